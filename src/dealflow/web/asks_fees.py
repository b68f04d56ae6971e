"""What the property company's money asks: a receipt with its lines by the schedule; a receipt confirmed, void, given back."""

from typing import Final

from dealflow.features.movein import rules, texts
from dealflow.kernel import money
from dealflow.kernel.money import Fen
from dealflow.web.asking import WORDS, at_field, choose, options, reason
from dealflow.web.forms import ROW, Asking
from dealflow.web.handover_look import HandoverLook
from dealflow.web.views import Field, Option
from dealflow.web.words import DOCUMENTS, METHODS

PERIODS_EN: Final = {"quarter": "by the quarter", "year": "by the year"}


def take_fees(h: HandoverLook) -> tuple[Field, ...]:
    """Line by line, then the receipt as every receipt is."""
    v = h.v
    payer = h.deal.buyers[0].name if h.deal.buyers and h.seen != "masked" else ""
    cheque = ("method", ("cheque",))
    return (
        Field("lines", v.say("收费项目", "Fees"), "rows", rows=tuple(_line(h, str(n), *row) for n, row in enumerate(_open(h))),
              blank=_line(h, ROW)),
        Field("amount", v.say("收据金额", "Amount of the receipt"), "money", live=WORDS),
        Field("method", v.say("交款方式", "Method"), "select", "", options(v, METHODS, choose(v))),
        Field("payer.name", v.say("交款人", "Payer"), value=payer, longest=40),
        Field("payer.document_kind", v.say("证件类型", "Document"), "select", "id_card", options(v, DOCUMENTS)),
        Field("payer.document", v.say("证件号码", "Document number"), longest=40),
        Field("source_of_funds", v.say("资金来源", "Source of funds"), value="自有资金", longest=60),
        Field("cheque_no", v.say("支票号码", "Cheque number"), shown_when=cheque, longest=40),
        Field("cheque_amount", v.say("支票金额", "Amount of the cheque"), "money", shown_when=cheque),
        Field("capitals", v.say("大写金额（手写收据上的）", "Capitals (of a handwritten receipt)"), required=False, longest=60),
        Field("note", v.say("备注", "Note"), required=False, longest=200),
        at_field(v),
    )  # fmt: skip


def _open(h: HandoverLook) -> list[tuple[str, str, str]]:
    """The mandatory fees that no receipt names yet, each with what the schedule makes of it."""
    paid = {x.item for x in h.fees if not (x.void or x.returned)}
    left = [item for item in rules.MANDATORY if item not in paid and item in h.rates]
    found = [(item, "quarter" if item in rules.PERIODIC else "") for item in left]
    return [(item, period, scheduled(h, item, period)) for item, period in found] or [("", "", "")]


def scheduled(h: HandoverLook, item: str, period: str) -> str:
    """What the schedule makes of a fee, as it stands in a field."""
    rate = h.rates.get(item)
    if rate is None or not h.area_cm2:
        return ""
    return money.shown(Fen(rules.scheduled(item, period, rate, h.area_cm2)))


def _line(h: HandoverLook, n: str, item: str = "", period: str = "", amount: str = "") -> tuple[Field, ...]:
    v = h.v
    items = (Option("", choose(v)), *(Option(name, v.say(*texts.ITEMS[name])) for name in rules.ITEMS))
    periods = (
        Option("", v.say("一次", "once")),
        *(Option(p, PERIODS_EN[p] if v.english else w) for p, w in texts.PERIODS.items()),
    )
    return (
        Field(f"lines.{n}.item", v.say("项目", "Fee"), "select", item, items),
        Field(f"lines.{n}.period", v.say("周期", "Period"), "select", period, periods, required=False),
        Field(f"lines.{n}.amount", v.say("金额", "Amount"), "money", amount),
        Field(
            f"lines.{n}.basis", v.say("计算依据（与标准不同时）", "Basis (if not by the schedule)"), required=False, longest=120
        ),
    )


def receipt_asks(h: HandoverLook, receipt: int) -> tuple[Asking, ...]:
    """What may be done to a fee receipt by the reader."""
    shown = next(x for x in h.fees if x.receipt == receipt)
    if shown.void or shown.returned:
        return ()
    acts = [act for act in ACTS if f"{act}_fees" in h.steps.choices and h.steps.choices[f"{act}_fees"].permitted]
    return tuple(receipt_ask(h, receipt, act) for act in acts if act != "clear" or not shown.cleared)


ACTS: Final = ("clear", "void", "return")


def receipt_ask(h: HandoverLook, receipt: int, act: str) -> Asking:
    """Confirm it, make it void, give its money back."""
    v = h.v
    labels = {"clear": ("确认到账", "Confirm"), "void": ("作废", "Void"), "return": ("退还", "Give back")}
    fields: tuple[Field, ...] = ()
    if act == "void":
        fields = (reason(v),)
    if act == "return":
        payer = next((x.payer for x in h.fees if x.receipt == receipt), "") if h.seen != "masked" else ""
        fields = (
            Field("received_by", v.say("收款人", "Receiver"), value=payer, longest=40),
            Field("method", v.say("退款方式", "Method"), "select", "", options(v, METHODS, choose(v))),
            Field("account", v.say("收款账户", "Account"), shown_when=("method", ("transfer",)), longest=60),
        )
    return Asking(
        f"{act}-{receipt}", f"/handovers/{h.row.id}/fees/{receipt}/{act}", v.say(*labels[act]), fields, f"movein.{act}_fees",
        {"receipt": receipt}, h.row.version, confirmed=bool(fields), danger=act == "void",
    )  # fmt: skip
