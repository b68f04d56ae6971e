"""What the forms of a deal's steps are made of: lists to choose from, reasons, units, and how a step becomes a form."""

from collections.abc import Iterable, Mapping

from dealflow.kernel import money
from dealflow.kernel.money import Fen
from dealflow.web.forms import Asking, Shape
from dealflow.web.look import Look
from dealflow.web.views import Field, Option
from dealflow.web.visit import InTwoLanguages, Visit

WORDS = "/words/money"  # says a typed sum in capitals


def options(v: Visit, labels: Mapping[str, InTwoLanguages], first: str = "") -> tuple[Option, ...]:
    """A list to choose from; `first` is the line that chooses nothing."""
    found = tuple(Option(value, v.word(label)) for value, label in labels.items())
    return (Option("", first), *found) if first else found


def choose(v: Visit) -> str:
    """The line that chooses nothing."""
    return v.say("请选择", "Choose")


def units_field(k: Look) -> Field:
    """The unit: those on sale, and the one that the deal has already."""
    v = k.v
    free = [u for u in k.stock if u.id == k.deal.unit_id or (u.state == "for_sale" and not u.claimed_by and not u.blocked)]
    found = tuple(Option(str(u.id), f"{u.code} · {u.layout} · {money.shown(Fen(u.list_fen)).removesuffix('.00')}") for u in free)
    value = str(k.deal.unit_id) if k.deal.unit_id and any(u.id == k.deal.unit_id for u in free) else ""
    return Field("unit", v.say("房号", "Unit"), "select", value, (Option("", choose(v)), *found), wide=True)


def reason(v: Visit, label: tuple[str, str] = ("原因", "Reason"), **more: str) -> Field:
    """Why."""
    return Field("reason", v.say(*label), "textarea", longest=400, **more)  # type: ignore[arg-type]


def at_field(v: Visit) -> Field:
    """When it really was, for what is entered later."""
    return Field(
        "at", v.say("补录时间", "When, if entered later"), "datetime", required=False, hint=v.say("留空即现在", "empty means now")
    )


def shown(fen: int | None) -> str:
    """A sum as it stands in a field; nothing for none."""
    return money.shown(Fen(fen)) if fen else ""


def label_of(k: Look, event: str) -> str:
    step = k.choices[event].step if event in k.choices else next((s for s in k.workflow.steps if s.event == event), None)
    return k.v.word(step.label) if step else event


def own(
    k: Look, event: str, use_case: str, fields: Iterable[Field], *, label: str = "", fixed: Mapping[str, object] | None = None,
    shape: Shape | None = None, confirmed: bool = True,
) -> Asking:  # fmt: skip
    """A step with a use case of its own."""
    return Asking(
        event,
        f"/deals/{k.id}/steps/{event}",
        label or label_of(k, event),
        tuple(fields),
        use_case,
        {"deal": k.id, **(fixed or {})},
        k.deal.version,
        shape,
        confirmed=confirmed,
    )


def generic(k: Look, event: str, fields: Iterable[Field], *, danger: bool = False) -> Asking:
    """A step by its event, with its answers."""
    fixed = {"deal": k.id, "event": event}
    url = f"/deals/{k.id}/steps/{event}"
    return Asking(
        event, url, label_of(k, event), tuple(fields), "deals.take_step", fixed, k.deal.version, answers=True, danger=danger
    )
