"""Money: whole fen, the plain and the shown amount, and the amount in capitals (人民币大写) both ways.

Called by every room that reads, shows or prints a sum; the capitals by the papers (the paper itself prints 人民币 in front)."""

import re
from datetime import date
from typing import Final, NewType

from dealflow.kernel.errors import Invalid

Fen = NewType("Fen", int)

LIMIT: Final = 10**16  # fen; every amount lies strictly between -LIMIT and LIMIT, so it fits 64 bits with room for sums
YUAN_DIGITS: Final = 14  # digits of the whole yuan below LIMIT

DIGITS: Final = "零壹贰叁肆伍陆柒捌玖"
PLACES: Final = ("仟", "佰", "拾", "")
SECTIONS: Final = ((12, "万"), (8, "亿"), (4, "万"), (0, ""))  # power of ten and unit of each group of four digits

PLAIN: Final = re.compile(r"([0-9]+)(?:\.([0-9]{1,2}))?")
VARIANTS: Final = str.maketrans("圆圓億正萬貳參叄陸負", "元元亿整万贰叁叁陆负")
DIGIT: Final = f"[{DIGITS[1:]}]"
FOUR: Final = re.compile(f"(?:({DIGIT})仟)?(?:({DIGIT})佰)?(?:({DIGIT})拾)?({DIGIT})?")
WORDED: Final = re.compile(f"(?:(?P<yuan>[{DIGITS}拾佰仟万亿]+)元)?零?(?:(?P<jiao>{DIGIT})角)?零?(?:(?P<fen>{DIGIT})分)?整?")


def from_text(text: str) -> Fen:
    """Read a plain decimal of yuan ("1234", "1234.5", "1234.50") as fen; never rounds.

    Only ASCII digits and one optional point with one or two places: no sign, separator, space, exponent or full-width digit.
    Raises Invalid "money.not_a_plain_amount" or, from 10^16 fen on, "money.too_large"."""
    found = PLAIN.fullmatch(text)
    if found is None:
        raise Invalid("money.not_a_plain_amount", text=text[:40])
    yuan = found[1].lstrip("0")
    if len(yuan) > YUAN_DIGITS:
        raise Invalid("money.too_large", text=text[:40])
    return Fen(int(yuan or "0") * 100 + int((found[2] or "").ljust(2, "0")))


def plain(fen: Fen) -> str:
    """Yuan with two places and no separators, "1234.00"; negative with a leading "-"."""
    yuan, cents = divmod(abs(fen), 100)
    return f"{_minus(fen)}{yuan}.{cents:02d}"


def shown(fen: Fen) -> str:
    """Yuan with two places and thousand separators, "1,234.00"; negative with a leading "-"."""
    yuan, cents = divmod(abs(fen), 100)
    return f"{_minus(fen)}{yuan:,}.{cents:02d}"


def yuan(fen: Fen) -> str:
    """The shown amount with its sign of currency, "¥1,234.00"; negative "-¥1,234.00"."""
    return f"{_minus(fen)}¥{shown(Fen(abs(fen)))}"


def _minus(fen: int) -> str:
    return "-" if fen < 0 else ""


def capitals(fen: Fen) -> str:
    """The amount in capitals in the one printed form, without 人民币; negative sums (internal lists only) begin with 负.

    Raises Invalid "money.too_large" outside the limit."""
    if abs(fen) >= LIMIT:
        raise Invalid("money.too_large", text=plain(fen)[:40])
    written = _template(abs(fen)).replace("零?", "").replace("整?", "")
    return f"负{written}" if fen < 0 else written


def from_capitals(text: str) -> Fen:
    """Read an amount in capitals as fen, with or without 人民币 in front and in every form the payment rules allow.

    Accepted beside the printed form: 圆 圓 for 元, 正 for 整, traditional characters, the optional 零, 整 after 角,
    零元 before 角 or 分. Raises Invalid "money.not_capitals" for anything else, "money.too_large" outside the limit."""
    words = text.strip().replace("人民幣", "人民币").removeprefix("人民币").translate(VARIANTS)
    negative = words.startswith("负")
    words = words.removeprefix("负")
    amount = _evaluated(words)
    if amount is None or (negative and amount == 0):
        raise Invalid("money.not_capitals", text=text[:80])
    if amount >= LIMIT:
        raise Invalid("money.too_large", text=text[:80])
    # The digits alone would also read "壹仟壹元": only what the writer could have written for this amount is accepted.
    unwritten_yuan = "(?:零元零?)?" if 0 < amount < 100 else ""
    if re.fullmatch(unwritten_yuan + _template(amount), words) is None:
        raise Invalid("money.not_capitals", text=text[:80])
    return Fen(-amount if negative else amount)


def cheque_date(day: date) -> str:
    """The date as a cheque must carry it: 2026-02-14 → 贰零贰陆年零贰月壹拾肆日."""
    year = "".join(DIGITS[int(digit)] for digit in f"{day.year:04d}")
    month = f"{'零' if day.month in (1, 2, 10) else ''}{_four(day.month)}"
    in_front = "零" if day.day < 10 or day.day % 10 == 0 else ""
    return f"{year}年{month}月{in_front}{_four(day.day)}日"


def _template(fen: int) -> str:
    """Every accepted spelling as a pattern; without its optional parts ("零?", "整?") it is the printed form."""
    whole, cents = divmod(fen, 100)
    jiao, rest = divmod(cents, 10)
    head = f"{_integer(whole)}元" if whole else ""
    if not cents:
        return f"{head or '零元'}整"
    gap = "" if not whole else "零" if not jiao else "零?" if whole % 10 == 0 else ""
    return head + gap + (f"{DIGITS[jiao]}角" if jiao else "") + (f"{DIGITS[rest]}分" if rest else "整?")


def _integer(whole: int) -> str:
    written, before = "", 0
    for power, unit in SECTIONS:
        section = whole // 10**power % 10_000
        if section and written:
            written += "零" if section < 1000 or not before else "零?" if before % 10 == 0 else ""
        if section:
            written += _four(section) + unit
        if power == 8 and before and not section:
            written += "亿"  # 壹万亿: the unit of the empty section is still spoken
        before = section
    return written


def _four(section: int) -> str:
    written, gap = "", ""
    for digit, place in zip(f"{section:04d}", PLACES, strict=True):
        if digit == "0":
            gap = "零" if written else ""
        else:
            written += gap + DIGITS[int(digit)] + place
            gap = ""
    return written


def _evaluated(words: str) -> int | None:
    """The fen meant by digits and units, with no eye on where 零 and 整 stand; None if the units do not fit together."""
    found = WORDED.fullmatch(words)
    if found is None:
        return None
    high, _, low = (found["yuan"] or "").replace("零", "").rpartition("亿")
    parts = [_four_value(part) for side in (high, low) for part in side.rpartition("万")[::2]]
    value = 0
    for part in parts:
        if part is None:
            return None
        value = value * 10_000 + part
    return value * 100 + DIGITS.index(found["jiao"] or "零") * 10 + DIGITS.index(found["fen"] or "零")


def _four_value(words: str) -> int | None:
    found = FOUR.fullmatch(words)
    return None if found is None else int("".join(str(DIGITS.index(digit or "零")) for digit in found.groups()))
