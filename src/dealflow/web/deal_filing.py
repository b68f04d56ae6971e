"""The filing of a deal's contract on the deal's page: how far it is, its numbers, and its own steps for clerk and officer."""

from dataclasses import replace
from typing import Final

from dealflow.casework.judging import Choice
from dealflow.features.deals.queries import FilingRow
from dealflow.web.asking import reason
from dealflow.web.case_steps import step_of
from dealflow.web.forms import Asking, Returned
from dealflow.web.look import Look
from dealflow.web.pages import moment
from dealflow.web.views import Badge, Field, Section, Tone
from dealflow.web.visit import Visit

TONES: Final[dict[str, Tone]] = {"rejected": "bad", "filed": "ok", "registered": "ok", "cancelled": ""}
SHOWN: Final = ("entered", "reviewed", "submitted", "rejected", "filed")  # where somebody has something to do


def filing_of(k: Look, back: Returned | None) -> Section | None:
    """The card; none before the first instalment, and none for whom the client does not concern."""
    if k.filing is None or k.filing_steps is None or k.seen == "masked":
        return None
    v, f = k.v, k.filing
    states = v.dealflow.house.of("filing", v.dealflow.house.current["filing"]).workflow.states
    steps = tuple(
        step_of(v, c, lambda choice: filing_ask(k, choice), back, mark="filing", seen=k.seen)
        for c in k.filing_steps.choices.values()
    )
    return Section(
        "filing",
        v.say("网备", "Filing"),
        badge=Badge(v.word(states[f.state].label), TONES.get(f.state, "acc")),
        facts=_facts(v, f),
        steps=steps if f.state in SHOWN else (),
    )


def _facts(v: Visit, f: FilingRow) -> tuple[tuple[str, str], ...]:
    rows = [
        (v.say("网签合同编号", "Draft number"), f.contract_number or ""),
        (v.say("录入", "Entered"), _by(f.entered_by, moment(f.entered_at) if f.entered_at else "")),
        (v.say("复核", "Reviewed"), _by(f.reviewed_by, moment(f.reviewed_at) if f.reviewed_at else "")),
        (v.say("备案编号", "Filing number"), f.filing_number or ""),
        (v.say("登记编号", "Registration number"), f.registration_number or ""),
    ]
    return tuple((word, value) for word, value in rows if value)


def _by(name: str | None, at: str) -> str:
    return f"{name} {at}" if name else ""


def filing_ask(k: Look, choice: Choice) -> Asking:
    """What a step of the filing asks."""
    v, event, filing = k.v, choice.step.event, k.filing
    assert filing is not None  # the card is not shown without one
    asking = Asking(
        f"filing-{event}",
        f"/deals/{k.id}/filing/{event}",
        v.word(choice.step.label),
        _fields(v, event, filing),
        "deals.take_filing_step",
        {"filing": filing.id, "event": event},
        filing.version,
        answers=True,
        danger=event == "reject",
    )
    return replace(asking, confirmed=bool(asking.fields))


def _fields(v: Visit, event: str, filing: FilingRow) -> tuple[Field, ...]:
    if event in ("enter_data", "correct"):
        label = v.say("网签系统给出的合同编号", "Number that the authority gave to the draft")
        return (Field("contract_number", label, value=filing.contract_number or "", longest=60, wide=True),)
    if event in ("file", "register"):
        label = v.say("备案编号", "Filing number") if event == "file" else v.say("登记编号", "Registration number")
        return (Field("number", label, longest=60, wide=True),)
    return (reason(v, ("退回原因", "Why it was sent back")),) if event == "reject" else ()
