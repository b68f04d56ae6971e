"""The project's numbers and choices: one person proposes another value, a second confirms it; nothing of it is lost."""

from typing import Final

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from dealflow.features.policies import service
from dealflow.features.policies.queries import Proposal, Setting
from dealflow.features.policies.texts import not_permitted
from dealflow.kernel import duration, money
from dealflow.kernel.errors import Forbidden, Invalid, NotFound
from dealflow.web.acting import Done, act
from dealflow.web.forms import Asking, Returned, show
from dealflow.web.frame import frame_of
from dealflow.web.pages import moment
from dealflow.web.views import Action, Badge, Field, Option, PoliciesPage, PolicyRow, ProposalRow
from dealflow.web.visit import Sent, Visit, Visiting

router = APIRouter()
ANSWERS: Final = {"confirm": "policies.confirm_policy", "withdraw": "policies.withdraw_proposal"}


@router.get("/policies")
def listed(v: Visiting) -> Response:
    """Every policy, what waits to be confirmed, and what became of earlier proposals. Raises Forbidden."""
    return _page(v)


@router.post("/policies/{key}")
def propose(v: Visiting, key: str, form: Sent) -> Response:
    """Propose a value; a second person puts it in force. Raises NotFound."""
    with v.dealflow.reading() as uow:
        setting = next((s for s in service.settings(uow) if s.policy.key == key), None)
    if setting is None:
        raise NotFound("policy", key)
    result = act(v, asking_of(v, setting), form)
    return RedirectResponse("/policies", 303) if isinstance(result, Done) else _page(v, result)


@router.post("/policies/proposals/{proposal}/{answer}")
def answered(v: Visiting, proposal: int, answer: str, form: Sent) -> Response:
    """Confirm or withdraw a proposal. Raises NotFound; why it was refused stands above the page."""
    if answer not in ANSWERS or not 0 < proposal < 2**53:
        raise NotFound("policy proposal", proposal)
    result = act(v, answering(v, proposal, answer), form)
    return RedirectResponse("/policies", 303) if isinstance(result, Done) else _page(v, result)


def _page(v: Visit, back: Returned | None = None) -> Response:
    if not v.holds("administrator", "sales_manager"):
        raise Forbidden([not_permitted()])
    with v.dealflow.reading() as uow:
        settings, waiting, history = service.settings(uow), service.waiting(uow), service.history(uow)
        frame = frame_of(v, uow, v.say("项目参数", "Policies"), "policies")
    by_key, open_ = {s.policy.key: s for s in settings}, {p.key for p in waiting}
    page = PoliciesPage(
        tuple(_row(v, s, back, waits=s.policy.key in open_) for s in settings),
        tuple(v.say(zh, en) for zh, en in HEADS),
        v.say("待另一人确认", "Waiting for a second person"),
        tuple(_waiting(v, by_key, p) for p in waiting),
        v.say("修改记录", "History"),
        tuple(_answered(v, by_key, p) for p in history),
        _refused(back),
    )
    return v.page("policies.html", frame, page, back.status if back else 200)


HEADS: Final = (("参数", "Policy"), ("修改", "Change"), ("原因", "Reason"), ("提出", "Proposed"), ("处理", "Answer"))


def _refused(back: Returned | None) -> tuple[str, ...]:
    """Why an answer was not taken: its form may stand on the page no more."""
    if back is None or not back.id.startswith(tuple(ANSWERS)):
        return ()
    return tuple(text for _, _, text in back.reasons) or (back.summary,)


def _row(v: Visit, s: Setting, back: Returned | None, *, waits: bool) -> PolicyRow:
    changed = Badge(v.say("项目自定", "Set here"), "acc") if s.differs else None
    if waits:
        changed = Badge(v.say("修改待确认", "A change waits"), "warn")
    mine = back is not None and back.id == asking_of(v, s).id
    edit = None if waits and not mine else Action(v.say("提议修改", "Propose"), form=show(v, asking_of(v, s), back))
    return PolicyRow(
        s.policy.key, v.word(s.policy.label), s.policy.rule, worded(v, s, s.value), worded(v, s, s.default), changed, edit
    )


def _waiting(v: Visit, settings: dict[str, Setting], p: Proposal) -> ProposalRow:
    """The proposer may only take it back; another may confirm or decline it."""
    own = p.proposed_by == v.actor.id
    offered = ("withdraw",) if own else ("confirm", "withdraw")
    change = f"{_label(v, settings, p)}{v.say('：', ': ')}{_change(v, settings, p)}"
    askings = [answering(v, p.id, name, change) for name in offered]
    actions = tuple(Action(a.label, form=show(v, a), tone="pri" if a.id.startswith("confirm") else "") for a in askings)
    note = Badge(v.say("须由他人确认", "Another confirms it")) if own else None
    return ProposalRow(str(p.id), _label(v, settings, p), _change(v, settings, p), p.reason, _by(p), "", note, actions)


def _answered(v: Visit, settings: dict[str, Setting], p: Proposal) -> ProposalRow:
    confirmed = p.answer == "confirmed"
    state = Badge(v.say("已确认", "Confirmed"), "ok") if confirmed else Badge(v.say("已撤回", "Withdrawn"))
    told = f"{p.answerer or ''} {moment(p.answered_at)}".strip() if p.answered_at else ""
    return ProposalRow(str(p.id), _label(v, settings, p), _change(v, settings, p), p.reason, _by(p), told, state)


def _label(v: Visit, settings: dict[str, Setting], p: Proposal) -> str:
    """A policy that the file no longer has keeps its key."""
    return v.word(settings[p.key].policy.label) if p.key in settings else p.key


def _change(v: Visit, settings: dict[str, Setting], p: Proposal) -> str:
    """Both values; as they were typed, where the file no longer knows the policy or its values."""
    s = settings.get(p.key)
    try:
        return f"{worded(v, s, p.former)} → {worded(v, s, p.value)}" if s else f"{p.former} → {p.value}"
    except Invalid:
        return f"{p.former} → {p.value}"


def _by(p: Proposal) -> str:
    return f"{p.proposer} {moment(p.proposed_at)}".strip()


def asking_of(v: Visit, s: Setting) -> Asking:
    """The value, as text or by choice, and why."""
    reason = Field("reason", v.say("修改原因", "Reason of the change"), longest=400, wide=True)
    id = s.policy.key.replace(".", "-")
    return Asking(
        id,
        f"/policies/{s.policy.key}",
        v.say("提议修改", "Propose"),
        (_value(v, s), reason),
        "policies.propose_policy",
        {"key": s.policy.key},
        confirmed=False,
        intro=v.say("另一位系统管理员或案场经理确认后生效", "In force once another administrator or sales manager confirms it"),
    )


def _value(v: Visit, s: Setting) -> Field:
    kind, label = s.policy.type, v.word(s.policy.label)
    choices = s.policy.choices or (("true", "false") if kind == "truth" else ())
    if choices:
        return Field("value", label, "select", s.value, tuple(Option(c, worded(v, s, c)) for c in choices), wide=True)
    hint = v.say("例如 7d（天）、72h（小时）、5wd（工作日）", "such as 7d, 72h, 5wd (working days)") if kind == "duration" else ""
    return Field("value", label, "money" if kind == "money" else "text", s.value, hint=hint, longest=40, wide=True)


def answering(v: Visit, proposal: int, answer: str, change: str = "") -> Asking:
    """One button: confirm, or withdraw. `change` says both values, where the page knows them."""
    label = v.say("确认修改", "Confirm") if answer == "confirm" else v.say("撤回", "Withdraw")
    will = (
        v.say("新值从下一步起生效", "The new value holds from the next step on")
        if answer == "confirm"
        else v.say("现值不变，提议记为已撤回", "The value stays; the proposal is kept as withdrawn")
    )
    url, lines = f"/policies/proposals/{proposal}/{answer}", tuple(filter(None, (change, will)))
    return Asking(f"{answer}-{proposal}", url, label, (), ANSWERS[answer], {"proposal": proposal}, lines=lines)


def worded(v: Visit, s: Setting, value: str) -> str:
    """A value as people read it."""
    if s.policy.type == "truth":
        return v.say("是", "yes") if value == "true" else v.say("否", "no")
    if s.policy.type == "money":
        amount = money.shown(money.from_text(value))
        return v.say(f"{amount} 元", f"CNY {amount}")
    if s.policy.type == "duration":
        return v.say(*duration.parse(value).words())
    words = CHOICES.get(value)
    return v.say(*words) if words else value


CHOICES: Final = {
    "credit": ("抵作定金", "goes into the deposit"),
    "refund": ("退还客户", "is paid back"),
    "finance_manager_designated": ("财务、案场经理、指定收款人", "finance, manager, designated collectors"),
    "finance_only": ("仅财务", "finance only"),
    "acting_manager": ("案场经理或代理经理", "manager or acting manager"),
    "manager_only": ("仅案场经理", "manager only"),
}
