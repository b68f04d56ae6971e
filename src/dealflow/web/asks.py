"""What each step of a deal asks: its fields, the use case they feed, the words on them. One function for each event."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import Final

from dealflow.features.clients.rules import FIELDS as ARCHIVE
from dealflow.features.deals.rules import LOST_REASONS
from dealflow.features.followup import rules as followup
from dealflow.kernel import money
from dealflow.kernel.money import Fen
from dealflow.web.forms import ROW, Asking, Shape
from dealflow.web.look import Look
from dealflow.web.pages import moment
from dealflow.web.views import Field, Option
from dealflow.web.visit import InTwoLanguages, Visit
from dealflow.web.words import CHANNELS, DOCUMENTS, METHODS, PLANS
from dealflow.workflow.records import DOORLESS

WORDS: Final = "/words/money"
LOANS: Final = ("mortgage", "provident_fund", "combined")
PERCENT: Final = 10_000  # ppm


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


def at_field(v: Visit) -> Field:
    """When it really was, for what is entered later."""
    return Field(
        "at", v.say("补录时间", "When, if entered later"), "datetime", required=False, hint=v.say("留空即现在", "empty means now")
    )


# ---- the steps
def open_tracking(k: Look) -> Asking:
    """Channel and what is known of the client."""
    v = k.v
    listed = options(v, CHANNELS, choose(v))
    if k.deal.channel and k.deal.channel not in CHANNELS:
        listed = (*listed, Option(k.deal.channel, k.deal.channel))
    channel = Field("channel", v.say("信息获取渠道", "How he heard of us"), "select", k.deal.channel, listed, wide=True)
    return _own(k, "open_tracking", "deals.open_tracking", (channel, *archive(v)), shape=_archive)


def update_archive(k: Look) -> Asking:
    """More that is known of the client; what stood there stays."""
    return replace(_generic(k, "update_archive", archive(k.v)), shape=_archive)


def archive(v: Visit) -> tuple[Field, ...]:
    """The items that matter most, and any other of the archive."""
    items = tuple(Option(f.key, f"{f.no} {f.en if v.english else f.zh}") for f in ARCHIVE)
    usual = [f for f in ARCHIVE if f.key in ("reason_for_buying", "family", "present_home", "ideal_home")]
    more = (
        Field(f"more.{ROW}.item", v.say("项目", "Item"), "select", "", (Option("", choose(v)), *items), required=False),
        Field(f"more.{ROW}.value", v.say("内容", "Content"), required=False, longest=400),
    )
    return (
        *(Field(f"archive.{f.key}", f.en if v.english else f.zh, required=False, longest=400) for f in usual),
        Field("more", v.say("档案其他项目", "Other items of the archive"), "rows", required=False, blank=more),
    )


def _archive(found: dict[str, object]) -> dict[str, object]:
    more = found.pop("more", [])
    given = found.get("archive", {})
    archive = dict(given) if isinstance(given, dict) else {}
    archive |= {str(r["item"]): str(r["value"]) for r in more if isinstance(r, dict) and r.get("item") and r.get("value")}  # type: ignore[attr-defined]
    return {**found, "archive": archive}


def take_hold(k: Look) -> Asking:
    """Unit and receipt of the hold fee."""
    fee = k.policy("hold.fee")
    assert isinstance(fee, int)
    amount = money.shown(Fen(fee))
    payer = k.deal.client if k.seen != "masked" else ""
    hint = k.v.say(f"封号费 {amount} 元", f"The hold fee is CNY {amount}")
    return _own(k, "take_hold", "payments.take_hold_fee", (units_field(k), *received(k, amount, payer, hint=hint)))


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
    return _own(
        k,
        "take_deposit",
        "payments.take_deposit",
        received(k, money.shown(Fen(left)) if left else "", payer, hint=hint if agreed else ""),
    )


def prepare_sale(k: Look) -> Asking:
    """Unit, price, plan, deposit, buyers, lines of the plan."""
    fields = (units_field(k), *_agreed(k), *_loan(k), buyers_field(k), lines_field(k))
    return _own(k, "prepare_sale", "deals.prepare_sale", fields, shape=_shares)


def _agreed(k: Look) -> tuple[Field, ...]:
    """Price and deposit, with the limits they have."""
    v, d, unit, least = k.v, k.deal, k.unit, k.policy("deposit.min")
    assert isinstance(least, int)
    price = d.price_fen or (unit.list_fen if unit else 0)
    listed = v.say(f"表价 {shown(unit.list_fen)} 元", f"List price CNY {shown(unit.list_fen)}") if unit else ""
    floor = v.say(f"不少于 {shown(least)} 元", f"At least CNY {shown(least)}")
    return (
        Field("price", v.say("成交总价", "Price"), "money", shown(price), live=WORDS, hint=listed),
        Field("deposit", v.say("约定定金", "Agreed deposit"), "money", shown(d.agreed_deposit_fen), live=WORDS, hint=floor),
    )


def _loan(k: Look) -> tuple[Field, ...]:
    """The plan, and the loan if it has one."""
    v, d, loan = k.v, k.deal, ("plan", LOANS)
    return (
        Field("plan", v.say("付款方式", "Payment plan"), "choice", d.plan or "lump_sum", options(v, PLANS)),
        Field("loan", v.say("贷款金额", "Loan"), "money", shown(d.loan_fen), shown_when=loan, live=WORDS),
        Field(
            "loan_months", v.say("贷款期数（月）", "Months"), "number", str(d.loan_months or ""), shown_when=loan, required=False
        ),
        Field("bank", v.say("贷款银行", "Bank"), value=d.bank or "", shown_when=loan, required=False, longest=60),
    )


def shown(fen: int | None) -> str:
    """A sum as it stands in a field; nothing for none."""
    return money.shown(Fen(fen)) if fen else ""


def buyers_field(k: Look) -> Field:
    """The buyers in contract order; one at least."""
    v, known = k.v, k.deal.buyers if k.seen == "whole" else ()
    rows = tuple(
        _buyer(
            v,
            str(n),
            b.kind,
            b.name,
            b.document_kind,
            b.document,
            b.phone,
            b.address,
            percent(b.share_ppm) if len(known) > 1 else "",
        )
        for n, b in enumerate(known)
    )
    name, phone = (k.deal.client, k.deal.phone) if k.seen == "whole" else ("", "")
    return Field(
        "buyers", v.say("认购人", "Buyers"), "rows", rows=rows or (_buyer(v, "0", name=name, phone=phone),), blank=_buyer(v, ROW)
    )


def _buyer(v: Visit, n: str, kind: str = "person", name: str = "", document_kind: str = "", document: str = "", phone: str = "",
           address: str = "", share: str = "") -> tuple[Field, ...]:  # fmt: skip
    kinds = (Option("person", v.say("个人", "Person")), Option("company", v.say("企业", "Company")))
    return (
        Field(f"buyers.{n}.kind", v.say("类别", "Kind"), "select", kind, kinds),
        Field(f"buyers.{n}.name", v.say("姓名或名称", "Name"), value=name, longest=60),
        Field(
            f"buyers.{n}.document_kind",
            v.say("证件类型", "Document"),
            "select",
            document_kind or "id_card",
            options(v, DOCUMENTS),
        ),
        Field(f"buyers.{n}.document", v.say("证件号码", "Document number"), value=document, longest=40),
        Field(f"buyers.{n}.phone", v.say("电话", "Phone"), "phone", phone, longest=30),
        Field(f"buyers.{n}.address", v.say("地址", "Address"), value=address, required=False, longest=120),
        Field(
            f"buyers.{n}.share", v.say("份额 %（多人时填）", "Share in % (if several)"), value=share, required=False, longest=8
        ),
    )


def lines_field(k: Look) -> Field:
    """The lines of the plan; without any, one over the price."""
    label = k.v.say("付款安排（留空按总价一笔）", "Lines of the plan (none: one over the price)")
    return Field("lines", label, "rows", required=False, blank=_line(k.v))


def _line(v: Visit) -> tuple[Field, ...]:
    return (
        Field(f"lines.{ROW}.label", v.say("款项", "Name"), required=False, longest=40),
        Field(f"lines.{ROW}.amount", v.say("金额", "Amount"), "money", required=False),
        Field(f"lines.{ROW}.due_on", v.say("日期（空：签约时）", "Day (empty: at the contract)"), "date", required=False),
        Field(f"lines.{ROW}.by_loan", v.say("由贷款支付", "By the loan"), "checkbox", required=False),
    )


def percent(ppm: int) -> str:
    """Millionths as a percentage."""
    whole, rest = divmod(ppm, PERCENT)
    return f"{whole}.{rest:04d}".rstrip("0").rstrip(".")


def _shares(found: dict[str, object]) -> dict[str, object]:
    """Percentages to millionths. What is no number goes on as it is, to be refused with its place."""
    buyers = found.get("buyers", [])
    for buyer in buyers if isinstance(buyers, list) else ():
        if (share := buyer.pop("share", None)) is not None:
            buyer["share_ppm"] = ppm(str(share))
    return found


def ppm(text: str) -> int | str:
    """A percentage as millionths, exactly; the text itself when it is none."""
    try:
        exact = Decimal(text.strip().rstrip("%％")) * PERCENT
        return int(exact) if exact == exact.to_integral_value() else text
    except (InvalidOperation, ValueError, OverflowError):
        return text


def sign_agreement(k: Look) -> Asking:
    """Whose signature, given how, with the scan of the signed page."""
    v = k.v
    signed = {s.position for s in k.signatures if k.agreement and s.paper_id == k.agreement.id}
    left = [b for b in k.deal.buyers if b.position not in signed]
    fields = (
        Field("signer", v.say("签字人", "Signer"), "select", str(left[0].position) if left else "",
              tuple(Option(str(b.position), f"{b.position} {b.name}") for b in left)),
        Field("scan", v.say("签字页扫描件", "Scan of the signed page"), "file", camera=True,
              hint=v.say("照片或 PDF，不超过 20 MB", "Photo or PDF, 20 MB at most")),
    )  # fmt: skip
    return _own(k, "sign_agreement", "documents.record_signature", fields, fixed={"paper": "D-18"})


def follow_up(k: Look) -> Asking:
    """A contact: how, what was said, what came of it, when next."""
    v = k.v
    fields = (
        Field("method", v.say("方式", "By"), "choice", "phone", options(v, followup.METHODS)),
        Field("result", v.say("结果", "Result"), longest=400, wide=True),
        Field("content", v.say("内容", "What was said"), "textarea", required=False, longest=2000),
        Field("next_at", v.say("下次跟进", "Next contact"), "datetime", required=False),
        Field("kind", v.say("类别", "Kind"), "select", "contact", options(v, followup.KINDS)),
        at_field(v),
    )
    return _own(k, "follow_up", "followup.record", fields, label=v.say("记录跟进", "Log a follow-up"), confirmed=False)


def lose(k: Look) -> Asking:
    """The true reason, from the list."""
    v = k.v
    listed = tuple(Option(name, v.say(*both)) for name, both in LOST_REASONS.items())
    text = Field("text", v.say("说明", "In words"), "textarea", required=False, longest=400)
    return _generic(
        k,
        "lose",
        (Field("reason", v.say("未成交原因", "Reason"), "select", "", (Option("", choose(v)), *listed)), text),
        danger=True,
    )


def reopen(k: Look) -> Asking:
    """A contact that shows that he is interested again."""
    v = k.v
    fields = (
        Field("method", v.say("方式", "By"), "choice", "phone", options(v, followup.METHODS)),
        Field("result", v.say("结果", "Result"), longest=400, wide=True),
        Field("content", v.say("内容", "What was said"), "textarea", required=False, longest=2000),
    )
    return _generic(k, "reopen", fields)


def extend_top_up(k: Look) -> Asking:
    """A new end for the rest of the deposit."""
    v = k.v
    until = next((c.due_at for c in k.clocks if c.name == "top_up"), None)
    hint = v.say(f"现在的期限 {moment(until)}", f"Now due {moment(until)}") if until else ""
    return _generic(k, "extend_top_up", (Field("until", v.say("新的补足期限", "New end"), "datetime", hint=hint), reason(v)))


def change_owner(k: Look) -> Asking:
    """To whom the client goes, and why."""
    v = k.v
    sellers = tuple(
        Option(str(p.id), p.name) for p in k.people if p.active and "salesperson" in p.roles and p.id != k.deal.owner_id
    )
    return _generic(
        k,
        "change_owner",
        (Field("owner", v.say("新的归属人", "New owner"), "select", "", (Option("", choose(v)), *sellers)), reason(v)),
    )


def void_agreement(k: Look) -> Asking:
    """How many places are wrong, and why."""
    v = k.v
    places = Field("places", v.say("填错处数", "Places filled in wrongly"), "number", "0", hint=v.say("没有则填 0", "0 if none"))
    return _generic(k, "void_agreement", (places, reason(v)), danger=True)


def release_hold(k: Look) -> Asking:
    """The client gives the hold up."""
    return _generic(k, "release_hold", (reason(k.v),), danger=True)


def void_registration(k: Look) -> Asking:
    """The registration was wrong."""
    return _generic(k, "void_registration", (reason(k.v),), danger=True)


def write_agreement(k: Look) -> Asking:
    """Nothing but the wish."""
    return _generic(k, "write_agreement", ())


def agree(k: Look) -> Asking:
    """The last signature."""
    return _generic(k, "agree", ())


ASKS: Final[Mapping[str, Callable[[Look], Asking]]] = {
    one.__name__: one
    for one in (
        open_tracking,
        update_archive,
        take_hold,
        take_deposit,
        prepare_sale,
        sign_agreement,
        follow_up,
        lose,
        reopen,
        extend_top_up,
        change_owner,
        void_agreement,
        release_hold,
        void_registration,
        write_agreement,
        agree,
    )
}


def ask(k: Look, event: str) -> Asking | None:
    """What a step asks. One that nobody described asks for its reason, if it needs one; one with a use case of its own, not."""
    if event in ASKS:
        return ASKS[event](k)
    rule = next((s for s in k.workflow.steps if s.event == event and not s.raised_by and not DOORLESS.issuperset(s.permit)), None)
    if rule is None:
        return None
    why = any(need.use and need.use.name.endswith(".reason_given") for need in rule.needs)
    return _generic(k, event, (reason(k.v),) if why else ())


def _label(k: Look, event: str) -> str:
    step = k.choices[event].step if event in k.choices else next((s for s in k.workflow.steps if s.event == event), None)
    return k.v.word(step.label) if step else event


def _own(
    k: Look, event: str, use_case: str, fields: Iterable[Field], *, label: str = "", fixed: Mapping[str, object] | None = None,
    shape: Shape | None = None, confirmed: bool = True,
) -> Asking:  # fmt: skip
    """A step with a use case of its own."""
    return Asking(
        event,
        f"/deals/{k.id}/steps/{event}",
        label or _label(k, event),
        tuple(fields),
        use_case,
        {"deal": k.id, **(fixed or {})},
        k.deal.version,
        shape,
        confirmed=confirmed,
    )


def _generic(k: Look, event: str, fields: Iterable[Field], *, danger: bool = False) -> Asking:
    """A step by its event, with its answers."""
    fixed = {"deal": k.id, "event": event}
    url = f"/deals/{k.id}/steps/{event}"
    return Asking(
        event, url, _label(k, event), tuple(fields), "deals.take_step", fixed, k.deal.version, answers=True, danger=danger
    )
