"""The lists of the deals room and its arithmetic on plain values: plan lines, buyers, days. No SQL, no clock."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, cast, get_args

from dealflow.kernel import identity
from dealflow.kernel.errors import Invalid
from dealflow.kernel.identity import DocumentKind

PLANS: Final = {  # payment plans, as the papers name them
    "lump_sum": "一次性付款",
    "instalments": "分期付款",
    "mortgage": "商业按揭贷款",
    "provident_fund": "公积金贷款",
    "combined": "组合贷款",
}
PLANS_EN: Final = {
    "lump_sum": "lump sum",
    "instalments": "instalments",
    "mortgage": "bank mortgage",
    "provident_fund": "provident fund loan",
    "combined": "combined loan",
}
LOANS: Final = frozenset({"mortgage", "provident_fund", "combined"})
LOST_REASONS: Final = {  # why a client does not buy (R-OBJ-01); "other" says so in words
    "price": ("价格", "price"),
    "layout": ("户型", "layout"),
    "location": ("位置", "location"),
    "delivery_date": ("交付时间", "delivery date"),
    "bought_elsewhere": ("已在别处购买", "bought elsewhere"),
    "no_eligibility": ("没有购房资格", "not eligible to buy"),
    "loan": ("贷款", "loan"),
    "family": ("家庭意见", "family"),
    "other": ("其他", "other"),
}
WHOLE: Final = 1_000_000  # ppm
ADULT: Final = 18
COMPANY_DOCUMENT: Final = "credit_code"
Faults = Iterator[tuple[str, dict[str, object]]]  # code of the refusal and its evidence


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a payment plan. Without a day it is due at the contract, or when the loan is paid out."""

    label: str
    amount: int
    due_on: date | None
    by_loan: bool


def lines_of(given: object, price: int, loan: int | None) -> tuple[Line, ...]:
    """The plan's lines as answered; without any, one line over the price, or down payment and loan."""
    if isinstance(given, Sequence) and given and not isinstance(given, str):
        return tuple(_line(one) for one in given if isinstance(one, Mapping))
    if loan:
        return (Line("首付款", price - loan, None, False), Line("贷款", loan, None, True))
    return (Line("房款", price, None, False),)


def _line(given: Mapping[str, object]) -> Line:
    amount, day = given.get("amount"), given.get("due_on")
    return Line(
        str(given.get("label") or "").strip(),
        amount if isinstance(amount, int) else 0,
        date.fromisoformat(day) if isinstance(day, str) and day else None,
        given.get("by_loan") is True,
    )


def plan_faults(plan: str, lines: Iterable[Line], price: int, loan: int | None) -> Faults:
    """What does not add up: code and evidence. Sums are compared to the fen."""
    lines = tuple(lines)
    total, lent = sum(line.amount for line in lines), sum(line.amount for line in lines if line.by_loan)
    if any(not line.label or line.amount <= 0 for line in lines):
        yield "deals.plan_line_incomplete", {}
    if total != price:
        yield "deals.plan_sum_wrong", {"sum": total, "price": price, "difference": price - total}
    if lent != (loan or 0):
        yield "deals.plan_loan_wrong", {"sum": lent, "loan": loan or 0}
    if (loan or lent) and plan not in LOANS:
        yield "deals.plan_without_loan", {"plan": PLANS.get(plan, plan), "plan_en": PLANS_EN.get(plan, plan)}


def due_words(due_on: date | None, by_loan: bool) -> str:
    """When a line is due, as the agreement prints it."""
    if due_on:
        return f"{due_on.year}年{due_on.month}月{due_on.day}日"
    return "贷款发放时" if by_loan else "签订合同之日"


@dataclass(frozen=True, slots=True)
class Buyer:
    """A buyer as answered: a person or a company, in contract order from 1."""

    position: int
    kind: Literal["person", "company"]
    name: str
    document_kind: str
    document: str
    phone: str
    address: str
    share: int | None


def buyers_of(given: object) -> tuple[Buyer, ...]:
    """The buyers as answered, in contract order."""
    if not isinstance(given, Sequence) or isinstance(given, str):
        return ()
    return tuple(_buyer(position, one) for position, one in enumerate(given, start=1) if isinstance(one, Mapping))


def _buyer(position: int, given: Mapping[str, object]) -> Buyer:
    share = given.get("share_ppm")
    company = given.get("kind") == "company"
    text = {name: str(given.get(name) or "").strip() for name in ("name", "document_kind", "document", "phone", "address")}
    return Buyer(
        position,
        "company" if company else "person",
        text["name"],
        text["document_kind"] or (COMPANY_DOCUMENT if company else "id_card"),
        text["document"],
        text["phone"],
        text["address"],
        share if isinstance(share, int) else None,
    )


def buyers_faults(buyers: Sequence[Buyer], today: date) -> Faults:
    """Everything that is wrong with the buyers: nobody, incomplete, wrong numbers, twice the same, a minor, shares."""
    if not buyers:
        yield "deals.buyers_missing", {}
    for buyer in buyers:
        yield from _buyer_faults(buyer, today)
    numbers = [number for number in (normal_document(b, today) for b in buyers) if number]
    if len(numbers) != len(set(numbers)):
        yield "deals.buyer_twice", {}
    shares = [b.share for b in buyers]
    if len(buyers) > 1 and (None in shares or any((s or 0) <= 0 for s in shares) or sum(s or 0 for s in shares) != WHOLE):
        total = sum(s or 0 for s in shares)
        yield "deals.shares_wrong", {"sum_ppm": total, "sum_percent": percent(total)}


def percent(ppm: int) -> str:
    """A share in percent, exactly: 333333 ppm is 33.3333%."""
    whole, rest = divmod(ppm, 10_000)
    return f"{whole}.{rest:04d}".rstrip("0").rstrip(".") + "%"


def _buyer_faults(buyer: Buyer, today: date) -> Faults:
    at: dict[str, object] = {"position": buyer.position}
    fault = identity.name_fault(buyer.name)
    if not buyer.name:
        yield "deals.buyer_unnamed", at
    elif fault == "long":
        yield "deals.buyer_name_long", {**at, "length": len(buyer.name), "limit": identity.LONGEST_NAME}
    elif fault:
        yield "deals.buyer_name_unseen", at
    if (buyer.document_kind == COMPANY_DOCUMENT) != (buyer.kind == "company"):
        yield "deals.buyer_document_kind", at
    try:
        identity.document(cast(DocumentKind, buyer.document_kind), buyer.document, today)
    except Invalid as error:
        yield "deals.buyer_document_invalid", {**at, "why": error.code}
    try:
        identity.phone(buyer.phone)
    except Invalid:
        yield "deals.buyer_phone_invalid", at
    age = age_of(buyer, today)
    if age is not None and age < ADULT:
        yield "deals.buyer_minor", {**at, "age": age}


def age_of(buyer: Buyer, today: date) -> int | None:
    """Full years, where the document tells the birth."""
    try:
        match buyer.document_kind:
            case "id_card":
                return identity.id_card(buyer.document, today).age_on(today)
            case "residence_permit":
                return identity.residence_permit(buyer.document, today).age_on(today)
            case "permanent_residence":
                card = identity.permanent_residence(buyer.document, today).card
                return card.age_on(today) if card else None
    except Invalid:
        return None
    return None


def normal_document(buyer: Buyer, today: date) -> str:
    """The number in its one spelling; empty when it is not valid."""
    if buyer.document_kind not in get_args(DocumentKind):
        return ""
    try:
        return identity.document(cast(DocumentKind, buyer.document_kind), buyer.document, today)
    except Invalid:
        return ""
