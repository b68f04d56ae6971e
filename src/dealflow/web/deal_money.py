"""The money of a deal on its page: balances, receipts with what finance may do to each, refunds, the ledger."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from dealflow.casework.advance import advance
from dealflow.casework.command import CaseRef
from dealflow.features.deals.rules import due_words
from dealflow.features.payments import rules
from dealflow.features.payments.queries import ChargeLine, ReceiptLine, RefundLine
from dealflow.features.staff.rules import may_open_paper
from dealflow.kernel import money as sums
from dealflow.kernel.money import Fen
from dealflow.web.asking import at_field, choose, options, reason
from dealflow.web.asks_money import received
from dealflow.web.forms import Asking, Returned, show
from dealflow.web.look import Look
from dealflow.web.views import Action, Badge, ChargeRow, Field, Money, MoneyLine, Receipt, Refund
from dealflow.web.words import ACCOUNTS, LEDGER, METHODS, PURPOSES, client_name
from dealflow.workflow.records import Label

REFUND_STATES: Final[Mapping[str, str]] = {"approved": "acc", "paid": "ok", "withdrawn": ""}
PAPERS: Final = {"hold_fee": "D-14", "deposit": "D-17", "price": "D-24"}


def money_of(k: Look, back: Returned | None) -> Money | None:
    """All money; nothing for whom the client does not concern, or before there is any."""
    if k.seen == "masked" or not (k.receipts or k.refunds or k.deal.agreed_deposit_fen):
        return None
    b, v = k.balance, k.v
    there = b.hold + b.deposit + b.price_deposit + b.price + b.prepayment
    waiting = b.hold_uncleared + b.deposit_uncleared + b.price_deposit_uncleared + b.price_uncleared + b.prepayment_uncleared
    charged = sum(c.fen for c in k.charges if not c.by_loan)
    return Money(
        there,
        waiting,
        charged or k.deal.agreed_deposit_fen or 0,
        v.say("应交房款", "Price to be paid") if charged else v.say("约定定金", "Agreed deposit"),
        _lines(k),
        tuple(_receipt(k, r, back) for r in k.receipts),
        tuple(_refund(k, r, back) for r in k.refunds),
        charges=tuple(_charge(k, c) for c in k.charges),
    )


def _charge(k: Look, c: ChargeLine) -> ChargeRow:
    due = due_words(c.due_on, c.by_loan)
    if k.v.english:
        due = c.due_on.isoformat() if c.due_on else "when the loan is paid out" if c.by_loan else "at the contract"
    late = c.due_on is not None and c.due_on.isoformat() < k.v.today and c.fen > c.paid
    return ChargeRow(c.label, due, c.fen, c.paid, c.waiting, c.open, late)


def _lines(k: Look) -> tuple[MoneyLine, ...]:
    balance, found = 0, []
    for line in k.ledger:
        base = line.account.removesuffix(rules.WAITING)
        uncleared = line.account.endswith(rules.WAITING)
        if line.case_id == k.id and not uncleared:
            balance += line.fen
        place = k.v.word(ACCOUNTS.get(base, Label(base, base)))
        if line.case_id != k.id:
            place = k.v.say("退款单", "refund")
        label = f"{k.v.word(LEDGER.get(line.kind, Label(line.kind, line.kind)))} · {place}"
        note = " · ".join(filter(None, (line.number, line.reason)))
        found.append(MoneyLine(str(line.id), line.at, label, line.fen, balance, note, uncleared))
    return tuple(found)


def _receipt(k: Look, r: ReceiptLine, back: Returned | None) -> Receipt:
    v = k.v
    state = (
        Badge(v.say("已作废", "Void"))
        if r.void
        else Badge(v.say("已到账", "Received"), "ok")
        if r.cleared
        else Badge(v.say("待到账", "Uncleared"), "warn")
    )
    moved = (
        v.say(f"另转入封号费 {sums.shown(Fen(r.moved_fen))} 元", f"plus hold fee CNY {sums.shown(Fen(r.moved_fen))}")
        if r.moved_fen
        else ""
    )
    method = " · ".join(filter(None, (v.word(METHODS.get(r.method, Label(r.method, r.method))), r.collector, moved)))
    href = f"/papers/{r.paper_id}.pdf" if r.paper_id and may_open_paper(v.actor, k.seen, PAPERS[r.purpose]) else ""
    actions = () if r.void else tuple(Action(a.label, form=show(v, a, back)) for a in receipt_asks(k, r))
    title = v.say(f"{v.word(PURPOSES[r.purpose])}收据", f"{v.word(PURPOSES[r.purpose])} receipt")
    return Receipt(str(r.id), r.number, r.paid_at, title, client_name(r.payer, k.seen), method, r.fen, state, href, actions)


def receipt_asks(k: Look, r: ReceiptLine) -> tuple[Asking, ...]:
    """What may be done to a receipt by the reader."""
    found = []
    if not r.cleared and k.may("clear_receipt"):
        found.append(clear(k, r))
    if k.may("correct_receipt"):
        found.append(correct(k, r))
    if k.may("reverse_receipt"):
        found.append(reverse(k, r))
    return tuple(found)


def clear(k: Look, r: ReceiptLine) -> Asking:
    """The bank's statement shows the money."""
    v = k.v
    fields = (Field("note", v.say("备注", "Note"), required=False, longest=200), at_field(v))
    return _on_receipt(k, r, "clear", v.say("确认到账", "Confirm"), "payments.clear_receipt", fields)


def reverse(k: Look, r: ReceiptLine) -> Asking:
    """The money never came, or was another deal's."""
    v = k.v
    return _on_receipt(
        k, r, "reverse", v.say("红冲", "Reverse"), "payments.reverse_receipt", (reason(v), at_field(v)), danger=True
    )


def correct(k: Look, r: ReceiptLine) -> Asking:
    """The receipt is void and another takes its place."""
    v = k.v
    fields = received(k, sums.shown(Fen(r.fen)), r.payer)
    chosen = tuple(replace(f, value=r.method) if f.name == "method" else f for f in fields if f.name != "at")
    return _on_receipt(k, r, "correct", v.say("更正", "Correct"), "payments.correct_receipt", (reason(v), *chosen))


def _on_receipt(
    k: Look, r: ReceiptLine, act: str, label: str, use_case: str, fields: tuple[Field, ...], *, danger: bool = False
) -> Asking:
    fixed = {"receipt": r.id}
    return Asking(f"{act}-{r.id}", f"/receipts/{r.id}/{act}", label, fields, use_case, fixed, k.deal.version, danger=danger)


def _refund(k: Look, r: RefundLine, back: Returned | None) -> Refund:
    v = k.v
    workflow = v.dealflow.house.of("refund", v.dealflow.house.current["refund"]).workflow
    tone = REFUND_STATES.get(r.state, "")
    note = " · ".join(filter(None, (r.unit_code, r.reason)))
    actions = tuple(Action(a.label, form=show(v, a, back)) for a in refund_asks(k, r))
    state = Badge(v.word(workflow.states[r.state].label), tone)  # type: ignore[arg-type]
    return Refund(str(r.id), client_name(r.payer, k.seen), r.fen, state, r.opened_at, r.due_at, note, actions)


def refund_asks(k: Look, r: RefundLine) -> tuple[Asking, ...]:
    """What may be done to a refund by the reader."""
    steps = k.refund_steps[r.id].choices
    found = []
    if "pay" in steps and steps["pay"].permitted:
        found.append(pay(k, r))
    if "sent_back" in steps and steps["sent_back"].permitted:
        found.append(sent_back(k, r))
    return tuple(found)


def pay(k: Look, r: RefundLine) -> Asking:
    """Who received the money, how, on which account."""
    v = k.v
    fields = (
        Field(
            "received_by",
            v.say("收款人", "Receiver"),
            value=r.payer,
            longest=40,
            hint=v.say("只退给原交款人", "only to the one who paid"),
        ),
        Field("method", v.say("退款方式", "Method"), "select", "", options(v, METHODS, choose(v))),
        Field("account", v.say("收款账户", "Account"), shown_when=("method", ("transfer",)), longest=60),
        at_field(v),
    )
    return Asking(
        f"pay-{r.id}",
        f"/refunds/{r.id}/pay",
        v.say("付款", "Pay"),
        fields,
        "payments.pay_refund",
        {"refund": r.id},
        k.refund_steps[r.id].version,
    )


def sent_back(k: Look, r: RefundLine) -> Asking:
    """The bank sent the money back."""
    v, case = k.v, CaseRef("refund", r.id)
    return Asking(
        f"sent_back-{r.id}",
        f"/refunds/{r.id}/sent_back",
        v.say("银行退回", "Sent back"),
        (reason(v),),
        "",
        version=k.refund_steps[r.id].version,
        danger=True,
        run=lambda uow, command, answers: advance(uow, command, case, "sent_back", answers),
    )
