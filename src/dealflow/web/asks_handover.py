"""What each step of a handover asks, by its event. A step that nobody described asks for nothing."""

from collections.abc import Callable, Mapping
from typing import Final

from dealflow.casework.judging import Choice
from dealflow.features.movein import rules, texts
from dealflow.web.asking import choose, reason
from dealflow.web.asks_closing import place, slot, until
from dealflow.web.asks_fees import take_fees
from dealflow.web.asks_keys import hand_over_keys, inspect
from dealflow.web.asks_signing import scan
from dealflow.web.forms import Asking, Shape
from dealflow.web.handover_look import HandoverLook
from dealflow.web.views import Field, Option
from dealflow.web.visit import Visit

Fields = tuple[Field, ...]
OWN: Final = {  # events with a use case of their own
    "sign_covenant": "movein.sign_covenant",
    "take_fees": "movein.take_fees",
    "inspect": "movein.inspect",
    "hand_over_keys": "movein.hand_over_keys",
}
DANGER: Final = frozenset({"void_covenant", "no_show"})
IDENTITIES_EN: Final = {"id_card": "ID card", "passport": "passport", "permit": "permit", "licence": "business licence",
                        "other": "other valid document"}  # fmt: skip
PROOFS_EN: Final = {"receipt": "receipt", "invoice": "invoice"}


def appointment(h: HandoverLook) -> Fields:
    """Another appointment."""
    return (slot(h.v), until(h.v), place(h.v, h.row.place, required=False))


def reschedule(h: HandoverLook) -> Fields:
    """Another appointment, and why."""
    return (*appointment(h), reason(h.v))


def admit(h: HandoverLook) -> Fields:
    """The four papers; who was admitted before has them on record."""
    if 1 in h.taken:
        return ()
    v = h.v
    return (
        Field("notice", v.say("入住通知书", "Move-in notice"), "checkbox", required=False),
        Field("contract_duplicate", v.say("合同副本", "Contract duplicate"), "checkbox", required=False),
        Field("identity", v.say("身份证明", "Proof of identity"), "select", "", _listed(v, texts.IDENTITIES, IDENTITIES_EN)),
        Field("payment_proof", v.say("付款凭证", "Proof of payment"), "select", "", _listed(v, texts.PROOFS, PROOFS_EN)),
    )


def _listed(v: Visit, zh: Mapping[str, str], en: Mapping[str, str]) -> tuple[Option, ...]:
    return (Option("", choose(v)), *(Option(key, en.get(key, word) if v.english else word) for key, word in zh.items()))


def show_papers(h: HandoverLook) -> Fields:
    """What was shown; the statement may be left out with a reason."""
    v = h.v
    shown = (("certificate", "D-37"), ("manual", "D-38"), ("statement", "D-39"))
    hint = v.say("建筑面积，单位平方米；与合同不同时由财务结算差价", "Square metres; finance settles a difference")
    why = v.say("未出示验收项目说明书的原因", "Why the statement is left out")
    return (
        *(Field(name, _shown(v, kind), "checkbox", required=False, wide=True) for name, kind in shown),
        Field("surveyed_cm2", v.say("实测面积", "Surveyed area"), required=False, longest=12, hint=hint),
        Field("reason", why, "textarea", required=False, longest=400),
    )


def _shown(v: Visit, kind: str) -> str:
    zh, en = texts.PAPERS[kind]
    return v.say(f"已出示{zh}", f"Shown: {en}")


def sign_covenant(h: HandoverLook) -> Fields:
    """Which owner, with the scan of the signed copy."""
    v, left = h.v, h.unsigned
    signers = tuple(Option(str(b.position), f"{b.position} {b.name}") for b in left)
    return (Field("signer", v.say("签署业主", "Owner"), "select", signers[0].value if signers else "", signers), scan(v))


def close_covenant(h: HandoverLook) -> Fields:
    """Where nobody may insist on the signature, that the covenant was offered."""
    offered = Field("offered", h.v.say("已提供公约供业主签署", "The covenant was offered"), "checkbox", required=False)
    codes = {w.unmet.code for w in h.steps.choices["close_covenant"].wants} if "close_covenant" in h.steps.choices else set()
    return (offered,) if "movein.covenant_unoffered" in codes else ()


def settle_parking(h: HandoverLook) -> Fields:
    """A place, and which; or none, and why."""
    v = h.v
    both = (Option("taken", v.say("租用车位", "A place is taken")), Option("waived", v.say("放弃", "None")))
    return (
        Field("decision", v.say("车位", "Parking"), "choice", "", both),
        Field("space", v.say("车位号", "Which place"), shown_when=("decision", ("taken",)), longest=20),
        Field("reason", v.say("放弃原因", "Why not"), shown_when=("decision", ("waived",)), longest=200),
    )


def waive(h: HandoverLook) -> Fields:
    """The fitting-out deposit is left out, with a reason."""
    v = h.v
    item = Option(rules.FITTING_OUT, v.say(*texts.ITEMS[rules.FITTING_OUT]))
    return (Field("item", v.say("放弃项目", "Left out"), "select", item.value, (item,)), reason(v))


def with_reason(h: HandoverLook) -> Fields:
    """Why."""
    return (reason(h.v),)


def area_in_cm2(found: dict[str, object]) -> dict[str, object]:
    """Square metres with two places at most, as square centimetres; what is no area goes on to be refused."""
    given = str(found.get("surveyed_cm2", ""))
    whole, _, rest = given.partition(".")
    if given and whole.isascii() and whole.isdigit() and (not rest or (rest.isascii() and rest.isdigit() and len(rest) <= 2)):
        return {**found, "surveyed_cm2": int(whole) * 10_000 + int(rest.ljust(2, "0")) * 100}
    return found


def passed(found: dict[str, object]) -> dict[str, object]:
    """Rows without a part and an item are none."""
    items = found.get("items", [])
    kept = [row for row in items if isinstance(row, dict) and row.get("item")] if isinstance(items, list) else []
    return {**found, "items": kept}


ASKS: Final[Mapping[str, Callable[[HandoverLook], Fields]]] = {
    "reschedule": reschedule,
    "no_show": appointment,
    "repaired": reschedule,
    "admit": admit,
    "show_papers": show_papers,
    "sign_covenant": sign_covenant,
    "void_covenant": with_reason,
    "close_covenant": close_covenant,
    "settle_parking": settle_parking,
    "take_fees": take_fees,
    "waive": waive,
    "inspect": inspect,
    "hand_over_keys": hand_over_keys,
}
SHAPES: Final[Mapping[str, Shape]] = {"show_papers": area_in_cm2, "inspect": passed}


def ask(h: HandoverLook, choice: Choice) -> Asking:
    """What a step asks."""
    event = choice.step.event
    fields = ASKS[event](h) if event in ASKS else ()
    own = OWN.get(event)
    return Asking(
        event,
        f"/handovers/{h.row.id}/steps/{event}",
        h.v.word(choice.step.label),
        fields,
        own or "movein.take_step",
        {"handover": h.row.id} if own else {"handover": h.row.id, "event": event},
        h.row.version,
        SHAPES.get(event),
        answers=not own,
        confirmed=bool(fields),
        danger=event in DANGER,
    )
