"""What happened to a deal: the stage bar with its dates, and the timeline of steps, contacts and papers."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from dealflow.casework.story import Event
from dealflow.features.deals.rules import LOANS
from dealflow.features.followup import rules as followup
from dealflow.features.followup.queries import RecordedContact
from dealflow.features.staff.rules import may_open_paper
from dealflow.kernel.clock import PROJECT_ZONE
from dealflow.web.look import Look
from dealflow.web.pages import long_day, moment
from dealflow.web.views import Action, Badge, Banner, Stage, Tab, TimelineEntry
from dealflow.web.words import ENDED, STAGES, place_of, state_badge
from dealflow.workflow.records import NONE

LATE: Final = timedelta(minutes=5)  # an entry this much later than what it tells says so
ICONS: Final = {
    "follow_up": "msg",
    "take_hold": "yuan",
    "take_deposit": "yuan",
    "receive": "yuan",
    "write_agreement": "file",
    "write_slip": "file",
    "agree": "pen",
    "sign_slip": "pen",
    "sign_paper": "pen",
    "sign_contract": "pen",
    "keys_handed": "key",
}
CHANGES: Final = ("prepare_sale", "change_owner", "extend_top_up", "void_agreement", "reverse_receipt", "correct_receipt")


def stages(k: Look) -> tuple[Stage, ...]:
    """The stages, that of the loan only with a loan: when each began, how long this one lasts, by when the next is due."""
    began = _began(k)
    state = k.workflow.states[k.dossier.case.state]
    here = place_of(state.stage) or max((place_of(s) for s in began), default=1)
    contract = next((c for c in k.clocks if c.name == "contract" and c.running), None)
    found = []
    for n, (key, label) in enumerate(STAGES.items(), start=1):
        if key == "mortgage" and k.deal.plan and k.deal.plan not in LOANS and key not in began:
            continue
        status = "past" if n < here or (n == here and state.final) else "now" if n == here else "todo"
        note = _note(k, began.get(key), status)
        if key == "contract" and contract:
            note = k.v.say(f"{_until(contract.due_at)} 前", f"by {_until(contract.due_at)}")
        found.append(Stage(key, k.v.word(label), status, note))  # type: ignore[arg-type]
    return tuple(found)


def _began(k: Look) -> dict[str, datetime]:
    """When the deal came into each stage for the first time since it last left it."""
    found: dict[str, datetime] = {}
    before = ""
    for event in k.events:
        stage = k.workflow.states[event.target].stage
        if stage != before:
            found[stage] = event.at
        before = stage
    return found


def _note(k: Look, since: datetime | None, status: str) -> str:
    if since is None:
        return k.v.say("未经过", "skipped") if status == "past" else ""
    days = (k.v.now - since).days
    date = f"{since.astimezone(PROJECT_ZONE):%m-%d}"
    return k.v.say(f"{date} · 已 {days} 天", f"{date} · {days} d") if status == "now" and days else date


def _until(due: datetime) -> str:
    """The last day of a term that ends at midnight, else the day itself."""
    return f"{(due - timedelta(microseconds=1)).astimezone(PROJECT_ZONE):%m-%d}"


def banner(k: Look) -> Banner | None:
    """A deal that has left the way says why."""
    state, last = k.dossier.case.state, k.events[-1]
    if state not in ENDED:
        return _short(k)
    ended = next((e for e in reversed(k.events) if e.target == state and e.source != state), last)
    why = next((o.reason for o in reversed(k.deal.owners) if o.reason and not o.to), "")
    if state == "lost" and k.deal.lost_reason:
        why = k.deal.lost_text or "" if k.seen == "whole" else ""
    text = k.v.say(f"{moment(ended.at)}，{ended.by.zh}", f"{moment(ended.at)}, {ended.by.en}")
    return Banner(k.v.word(k.workflow.states[state].label), f"{text}{k.v.say('：', ': ') + why if why else ''}", "warn", "flag")


def _short(k: Look) -> Banner | None:
    """A payment was taken back: what goes on and what does not (lifecycle 5)."""
    found = next((w.unmet for c in k.choices.values() for w in c.wants if w.unmet.code == "payments.deal_short"), None)
    if found is None or k.seen == "masked":
        return None
    return Banner(k.v.say("款项不足", "Money is missing"), k.v.word(found), "warn", "alert")


# ---- timeline
def timeline(k: Look, show: str) -> tuple[TimelineEntry, ...]:
    """Newest first, as far as the reader may see it."""
    contacts, papers = {c.seq: c for c in k.contacts}, _papers(k)
    moves = k.seen == "masked"  # of another's client only the stages
    events = [e for e in reversed(k.events) if _shown(e, show) and (e.source != e.target or not moves)]
    return tuple(_entry(k, e, contacts.get(e.seq), papers.get(e.seq, ())) for e in events)


def tabs(k: Look, show: str) -> tuple[Tab, ...]:
    """All, contacts, changes."""
    if k.seen == "masked":
        return ()
    kinds = (("all", "全部", "All"), ("contacts", "跟进", "Contacts"), ("changes", "变更", "Changes"))
    return tuple(Tab(k.v.say(zh, en), f"/deals/{k.id}?show={key}#timeline", key == show) for key, zh, en in kinds)


def _shown(e: Event, show: str) -> bool:
    if show == "contacts":
        return e.event in ("follow_up", "visit", "register", "reopen")
    return show != "changes" or e.source != e.target or e.event in CHANGES


def _papers(k: Look) -> dict[int, tuple[Action, ...]]:
    found: dict[int, list[Action]] = defaultdict(list)
    for paper in reversed(k.papers):
        if paper.of_case == k.id and k.seen != "masked":
            opened = may_open_paper(k.v.actor, k.seen, paper.kind)
            title = (
                k.v.word(k.v.dealflow.house.papers[paper.kind].title) if paper.kind in k.v.dealflow.house.papers else paper.kind
            )
            if opened:
                found[paper.seq].append(Action(f"{title} {paper.number}", href=f"/papers/{paper.id}.pdf"))
    return {seq: tuple(actions) for seq, actions in found.items()}


def _entry(k: Look, e: Event, contact: RecordedContact | None, papers: tuple[Action, ...]) -> TimelineEntry:
    v = k.v
    human = e.by.zh != "系统"
    moved = e.source != e.target
    return TimelineEntry(
        str(e.seq),
        e.at,
        day_of(k, e.at),
        v.word(e.label),
        actor=v.word(e.by) if human else "",
        initial=(e.by.zh[-1:]) if human else "",
        text=_text(k, e, contact),
        quote=_quote(k, contact),
        icon=ICONS.get(e.event, "clock" if not human else "deal"),
        from_stage=state_badge(v, k.workflow, e.source) if moved and e.source != NONE else None,
        to_stage=state_badge(v, k.workflow, e.target) if moved else None,
        papers=papers,
    )


def _text(k: Look, e: Event, contact: RecordedContact | None) -> str:
    found = []
    if contact and contact.next_at:
        found.append(k.v.say(f"下次跟进 {moment(contact.next_at)}", f"next contact {moment(contact.next_at)}"))
    if e.entered_at - e.at > LATE:
        found.append(k.v.say(f"补录于 {moment(e.entered_at)}", f"entered {moment(e.entered_at)}"))
    return " · ".join(found)


def _quote(k: Look, contact: RecordedContact | None) -> str:
    if contact is None:
        return ""
    method = k.v.word(followup.METHODS.get(contact.method, followup.NOT_SAID))
    corrected = k.v.say("更正：", "Correction: ") if contact.corrects is not None else ""
    said = f"{corrected}{method} · {contact.result}"
    return f"{said} — {contact.content}" if contact.content else said


def day_of(k: Look, at: datetime) -> str:
    """Today, yesterday, or the day with its weekday."""
    days = (k.v.now.astimezone(PROJECT_ZONE).date() - at.astimezone(PROJECT_ZONE).date()).days
    if days in (0, 1):
        return k.v.say(("今天", "昨天")[days], ("Today", "Yesterday")[days])
    return long_day(at, k.v.locale)


def said(k: Look, seq: int) -> str:
    """What the event of this number did, in one sentence; empty when there is none."""
    event = next((e for e in k.events if e.seq == seq), None)
    if event is None:
        return ""
    papers = [
        f"{k.v.word(k.v.dealflow.house.papers[p.kind].title)} {p.number}"
        for p in reversed(k.papers)
        if p.of_case == k.id and p.seq == seq
    ]
    comma = k.v.say("、", ", ")
    issued = k.v.say(f"；已出具{comma.join(papers)}", f"; issued {comma.join(papers)}") if papers else ""
    state = k.v.word(k.workflow.states[k.dossier.case.state].label)
    return k.v.say(f"已办理：{event.label.zh}，现为“{state}”{issued}", f"Done: {event.label.en}; now {state}{issued}")


def entries_since(k: Look, version: int) -> Iterator[tuple[str, str]]:
    """What happened since a form was shown: (step, by whom and when)."""
    for e in k.events:
        if e.seq > version:
            yield k.v.word(e.label), f"{k.v.word(e.by)} {moment(e.entered_at)}"


def badge(k: Look) -> Badge:
    """The state as a mark beside the name."""
    return state_badge(k.v, k.workflow, k.dossier.case.state)
