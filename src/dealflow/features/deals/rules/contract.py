"""The lists of the contract and its arithmetic on plain values: clauses, the call's days, errors, keepers. No SQL, no clock."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from dealflow.kernel.clock import PROJECT_ZONE, read_moment

CLAUSES: Final = {  # the main clauses of the model contract that are explained one by one (R-PAY-04)
    "A": ("当事人名称或者姓名、住所", "names and domiciles of the parties"),
    "B": ("房屋坐落、面积、四至", "location, area and boundaries of the property"),
    "C": ("土地所有权性质", "nature of the land's ownership"),
    "D": ("土地使用权取得方式和使用期限", "way of obtaining and term of the land-use right"),
    "E": ("规划使用性质", "planned use"),
    "F": ("房屋平面布局、结构、质量、装修及配套设施", "layout, structure, quality, decoration and facilities"),
    "G": ("价格、付款方式和付款时间", "price, way and time of payment"),
    "H": ("交付日期", "date of delivery"),
    "I": ("违约责任", "liability for breach"),
    "J": ("争议解决方式", "settlement of disputes"),
}
ELIGIBILITY: Final = {"passed": ("符合", "eligible"), "failed": ("不符合", "not eligible")}
WAIVABLE: Final = {  # what the sales manager may let pass before signing
    "pre_signing_call": ("签约前确认电话", "the confirming call before signing"),
    "agreement_copy": ("收回客户所持认购书", "the return of the client's copy of the agreement"),
}
KEEPERS: Final = {"client": ("买受人", "buyer"), "developer": ("开发商", "developer"), "bank": ("银行", "bank")}
LOAN_PAPERS: Final = (  # the first set of a loan's papers (R-MTG-01)
    "夫妻双方身份证",
    "户口本",
    "婚姻证明",
    "收入证明",
    "银行流水",
    "房产查档证明",
    "首付款收据（POS单）",
    "其他证明（资产证明等）",
)
EARLIEST_CALL: Final = 3  # days before the appointment; an earlier contact is no confirming call (C-57)
LATEST_CALL: Final = 2  # a later one is late
COPIES: Final = {"original": ("正本", "original"), "duplicate": ("副本", "duplicate")}
STAMPED: Final = frozenset({"stamped", "mortgage", "move_in"})  # where the deal stands once its contract is stamped


def letters_of(given: object) -> tuple[str, ...]:
    """Clause letters as answered: a list of them, or one text such as "A B C"."""
    found = given if isinstance(given, Sequence) and not isinstance(given, str) else str(given or "")
    return tuple(dict.fromkeys(letter for one in found if (letter := str(one).strip().upper()).isalnum()))


def words_of(letters: Iterable[str]) -> tuple[str, str]:
    """Clauses by letter and name, in both languages."""
    known = [letter for letter in letters if letter in CLAUSES]
    return (
        "、".join(f"{letter} {CLAUSES[letter][0]}" for letter in known),
        ", ".join(f"{letter} {CLAUSES[letter][1]}" for letter in known),
    )


def days_before(call: datetime, appointment: datetime) -> int:
    """How many local days a call lies before the appointment."""
    return (_day(appointment) - _day(call)).days


def confirms(call: datetime, appointment: datetime) -> bool:
    """Whether a call counts as the confirming one: on day -3 or later, and before the appointment."""
    return call <= appointment and days_before(call, appointment) <= EARLIEST_CALL


def late(calls: Iterable[datetime], appointment: datetime) -> bool:
    """Whether every confirming call came after day -2."""
    counted = [call for call in calls if confirms(call, appointment)]
    return bool(counted) and all(days_before(call, appointment) < LATEST_CALL for call in counted)


def _day(moment: datetime) -> date:
    return moment.astimezone(PROJECT_ZONE).date()


def moment(given: object) -> datetime | None:
    """A moment as forms and JSON bring it; None for what is none, or lies outside the years that an office knows."""
    try:
        return read_moment(given)
    except ValueError:
        return None


def day(given: object) -> date | None:
    """A day as forms and JSON bring it."""
    if isinstance(given, datetime):
        return given.astimezone(PROJECT_ZONE).date()
    if isinstance(given, date):
        return given
    try:
        return date.fromisoformat(str(given or "").strip())
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Misplaced:
    """A place that is filled in wrongly in one copy; the same mistake in both copies is two (C-50)."""

    copy: str
    place: str
    wrong: str
    right: str


def errors_of(given: object) -> tuple[Misplaced, ...]:
    """The places as answered: records, or texts of one place each; blank ones are left out. `copy` may be both."""
    listed = given.splitlines() if isinstance(given, str) else given if isinstance(given, Sequence) else ()
    return tuple(found for one in listed for found in _misplaced(one) if found.place)


def _misplaced(given: object) -> Iterator[Misplaced]:
    if not isinstance(given, Mapping):
        yield Misplaced("original", str(given).strip(), "", "")
        return
    place, wrong, right = (str(given.get(name) or "").strip() for name in ("place", "wrong", "right"))
    copy = str(given.get("copy") or "original")
    for one in COPIES if copy == "both" else (copy,):
        yield Misplaced(one, place, wrong, right)


@dataclass(frozen=True, slots=True)
class Keeping:
    """Who keeps a copy of the contract: which, its number if it bears one, and who received it."""

    copy: str
    keeper: str
    number: str
    received_by: str


def keepers_of(given: object) -> tuple[Keeping, ...]:
    """The keepers as answered, in the order given."""
    listed = given if isinstance(given, Sequence) and not isinstance(given, str) else ()
    return tuple(_keeping(one) for one in listed if isinstance(one, Mapping))


def _keeping(given: Mapping[str, object]) -> Keeping:
    keeper, number, name = (str(given.get(n) or "").strip() for n in ("keeper", "number", "name"))
    return Keeping(str(given.get("copy") or "original"), keeper, number, name)


def keeper_faults(keepers: Sequence[Keeping]) -> Iterator[tuple[str, dict[str, object]]]:
    """What is wrong with them: somebody unknown or missing, an unknown copy, nobody who received it, a number twice."""
    named = [one.keeper for one in keepers]
    for unknown in sorted(set(named) - KEEPERS.keys()):
        yield "deals.keeper_unknown", {"keeper": unknown, "known": "、".join(KEEPERS)}
    for needed in ("client", "developer"):
        if needed not in named:
            zh, en = KEEPERS[needed]
            yield "deals.keeper_missing", {"keeper": zh, "keeper_en": en}
    if any(one.copy not in COPIES for one in keepers):
        yield "deals.copy_unknown", {"known": "、".join(COPIES)}
    if any(not one.received_by for one in keepers):
        yield "deals.receiver_unnamed", {}
    numbers = [one.number for one in keepers if one.number]
    if len(numbers) != len(set(numbers)):
        yield "deals.original_twice", {}


def ten_thousandths(rate: int) -> str:
    """A rate in ten-thousandths as contracts print it: 2 is 万分之二."""
    figures = "零一二三四五六七八九"
    words = str(rate) if rate > 10 else "十" if rate == 10 else figures[rate]
    return f"万分之{words}"
