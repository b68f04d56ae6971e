"""What is asked about the sale: unit, price, plan, buyers; the agreement and its signatures; ways back."""

from decimal import Decimal, InvalidOperation
from typing import Final

from dealflow.web.asking import WORDS, generic, options, own, reason, shown, units_field
from dealflow.web.forms import ROW, Asking
from dealflow.web.look import Look
from dealflow.web.pages import moment
from dealflow.web.views import Field, Option
from dealflow.web.visit import Visit
from dealflow.web.words import DOCUMENTS, PLANS

PERCENT: Final = 10_000  # ppm
LOANS: Final = ("mortgage", "provident_fund", "combined")


def prepare_sale(k: Look) -> Asking:
    """Unit, price, plan, deposit, buyers, lines of the plan."""
    fields = (units_field(k), *_agreed(k), *_loan(k), buyers_field(k), lines_field(k))
    return own(k, "prepare_sale", "deals.prepare_sale", fields, shape=_shares)


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
    return own(k, "sign_agreement", "documents.record_signature", fields, fixed={"paper": "D-18"})


def write_agreement(k: Look) -> Asking:
    """Nothing but the wish."""
    return generic(k, "write_agreement", ())


def agree(k: Look) -> Asking:
    """The last signature."""
    return generic(k, "agree", ())


def extend_top_up(k: Look) -> Asking:
    """A new end for the rest of the deposit."""
    v = k.v
    until = next((c.due_at for c in k.clocks if c.name == "top_up"), None)
    hint = v.say(f"现在的期限 {moment(until)}", f"Now due {moment(until)}") if until else ""
    return generic(k, "extend_top_up", (Field("until", v.say("新的补足期限", "New end"), "datetime", hint=hint), reason(v)))


def void_agreement(k: Look) -> Asking:
    """How many places are wrong, and why."""
    v = k.v
    places = Field("places", v.say("填错处数", "Places filled in wrongly"), "number", "0", hint=v.say("没有则填 0", "0 if none"))
    return generic(k, "void_agreement", (places, reason(v)), danger=True)


def release_hold(k: Look) -> Asking:
    """The client gives the hold up."""
    return generic(k, "release_hold", (reason(k.v),), danger=True)
