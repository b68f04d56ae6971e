"""What the cashier is asked: the receipt of a hold fee, of a deposit, of price money."""

from dealflow.kernel import money
from dealflow.kernel.money import Fen
from dealflow.web.asking import WORDS, at_field, choose, options, own, units_field
from dealflow.web.forms import Asking
from dealflow.web.look import Look
from dealflow.web.views import Field
from dealflow.web.words import DOCUMENTS, METHODS


def received(k: Look, amount: str, payer: str, *, hint: str = "") -> tuple[Field, ...]:
    """What every receipt states."""
    v = k.v
    cheque = ("method", ("cheque",))
    buyer = k.deal.buyers[0] if k.deal.buyers and k.seen == "whole" else None
    document = buyer.document if buyer and buyer.name == payer else ""
    return (
        Field("amount", v.say("金额", "Amount"), "money", amount, hint=hint, live=WORDS),
        Field("method", v.say("交款方式", "Method"), "select", "", options(v, METHODS, choose(v))),
        Field("payer.name", v.say("交款人", "Payer"), value=payer, longest=40),
        Field("payer.document_kind", v.say("证件类型", "Document"), "select", "id_card", options(v, DOCUMENTS)),
        Field("payer.document", v.say("证件号码", "Document number"), value=document, longest=40),
        Field("source_of_funds", v.say("资金来源", "Source of funds"), value="自有资金", longest=60),
        Field("cheque_no", v.say("支票号码", "Cheque number"), shown_when=cheque, longest=40),
        Field("cheque_amount", v.say("支票金额", "Amount of the cheque"), "money", shown_when=cheque),
        Field("capitals", v.say("大写金额（手写收据上的）", "Capitals (of a handwritten receipt)"), required=False, longest=60),
        Field("reference", v.say("流水号", "Bank's reference"), required=False, longest=60),
        Field("note", v.say("备注", "Note"), required=False, longest=200),
        at_field(v),
    )


def take_hold(k: Look) -> Asking:
    """Unit and receipt of the hold fee."""
    fee = k.policy("hold.fee")
    assert isinstance(fee, int)
    amount = money.shown(Fen(fee))
    payer = k.deal.client if k.seen != "masked" else ""
    hint = k.v.say(f"封号费 {amount} 元", f"The hold fee is CNY {amount}")
    return own(k, "take_hold", "payments.take_hold_fee", (units_field(k), *received(k, amount, payer, hint=hint)))


def take_deposit(k: Look) -> Asking:
    """Receipt of the deposit or a part of it."""
    v, agreed = k.v, k.deal.agreed_deposit_fen or 0
    there = k.balance.hold + k.balance.deposit + k.balance.hold_uncleared + k.balance.deposit_uncleared
    left = max(0, agreed - there)
    hint = v.say(
        f"约定 {money.shown(Fen(agreed))} 元，还差 {money.shown(Fen(left))} 元",
        f"CNY {money.shown(Fen(agreed))} agreed, {money.shown(Fen(left))} left",
    )
    payer = k.deal.buyers[0].name if k.deal.buyers and k.seen != "masked" else ""
    return own(
        k,
        "take_deposit",
        "payments.take_deposit",
        received(k, money.shown(Fen(left)) if left else "", payer, hint=hint if agreed else ""),
    )


def receive(k: Look) -> Asking:
    """Receipt of price money; what is open first stands there already."""
    v = k.v
    first = next((c for c in k.charges if c.open > 0 and not c.by_loan), None)
    left = sum(c.open for c in k.charges if not c.by_loan)
    hint = (
        v.say(
            f"{first.label}还应交 {money.shown(Fen(first.open))} 元，全部未交 {money.shown(Fen(left))} 元",
            f"{first.label}: CNY {money.shown(Fen(first.open))} open; CNY {money.shown(Fen(left))} in all",
        )
        if first
        else ""
    )
    payer = k.deal.buyers[0].name if k.deal.buyers and k.seen != "masked" else ""
    fields = received(k, money.shown(Fen(first.open)) if first else "", payer, hint=hint)
    return own(k, "receive", "payments.take_price", fields)
