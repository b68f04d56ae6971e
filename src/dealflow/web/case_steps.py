"""Steps of the smaller cases (a filing, a building, a handover) as pages show them: needs in words, the form, who may."""

from collections.abc import Callable, Collection
from dataclasses import replace

from dealflow.casework.judging import Choice
from dealflow.features.staff.rules import Sight
from dealflow.kernel.errors import Unmet
from dealflow.web.acting import foreseen, masked
from dealflow.web.forms import Asking, Returned, show
from dealflow.web.views import Form, Need, Section, Step
from dealflow.web.visit import Visit
from dealflow.workflow.records import DOORLESS

Asks = Callable[[Choice], Asking]


def step_of(
    v: Visit, choice: Choice, asks: Asks, back: Returned | None, *, mark: str = "", seen: Sight = "whole",
    typed: Collection[str] = (),
) -> Step:  # fmt: skip
    """One step. `mark` tells steps of several cases on one page apart; `typed` are needs that the form itself can clear."""
    wants = [w for w in choice.wants if not w.asked and w.unmet.code not in typed]
    opened = choice.permitted and not wants
    needs = tuple(_need(v, w.unmet.code, masked(v, w.unmet) if seen == "masked" else w.unmet) for w in wants)
    event = choice.step.event
    return Step(
        f"{event}-{mark}" if mark else event,
        v.word(choice.step.label),
        needs,
        opened,
        choice.permitted,
        _form(v, asks(choice), back) if opened else None,
        who=() if choice.permitted else who_may(v, choice),
    )


def _need(v: Visit, code: str, unmet: Unmet) -> Need:
    mine = v.holds(*unmet.who)
    who = () if mine else tuple(v.who(w) for w in unmet.who)
    return Need(code, v.word(unmet), met=False, mine=mine, who=who, rule=unmet.rule, key=_key(unmet))


def _key(unmet: Unmet) -> str:
    told = "-".join(str(unmet.evidence[name]) for name in ("position", "paper_en", "item_en") if name in unmet.evidence)
    return f"{unmet.code}-{told}".replace(" ", "_") if told else ""


def _form(v: Visit, asking: Asking, back: Returned | None) -> Form:
    """One that asks nothing says beforehand what it will do."""
    plain = asking if asking.fields else replace(asking, lines=foreseen(v, asking))
    return show(v, plain, back)


def who_may(v: Visit, choice: Choice) -> tuple[str, ...]:
    """Who may take the step, in words."""
    names = (p.rpartition(".")[2] if "." in p else p for p in choice.step.permit if p not in DOORLESS)
    return tuple(dict.fromkeys(v.who("owner" if name.endswith("is_owner") else name) for name in names))


def forms_of(section: Section) -> list[Form]:
    """Every form that stands in a card."""
    steps = [*section.steps, *(s for check in section.checks for s in check.steps)]
    acts = [*section.actions, *(a for table in section.tables for row in table.rows for a in row.actions)]
    return [s.form for s in steps if s.form] + [a.form for a in acts if a.form]


def refused(sections: Collection[Section], back: Returned | None) -> tuple[Need, ...]:
    """Why an act was refused whose form is not on the page any more; nothing when the form tells it itself."""
    if back is None or back.confirming or any(form.id == back.id for section in sections for form in forms_of(section)):
        return ()
    return tuple(Need(code, text, met=False) for code, _, text in back.reasons)
