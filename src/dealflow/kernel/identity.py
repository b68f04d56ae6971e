"""Identity numbers, credit codes, phones and names: read as people type them, normalised, checked, and masked for showing.

Called wherever a person or company is registered; the pages and papers use the masks.
Errors never carry the number itself: refusals are logged, numbers of people are not."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, get_args

from dealflow.kernel.errors import Invalid

Sex = Literal["F", "M"]
DocumentKind = Literal[
    "id_card", "passport", "hk_macau_permit", "taiwan_permit", "residence_permit", "permanent_residence", "credit_code"
]

# Only the two-digit prefix is checked: invented numbers live in areas (NN9900) that no county owns.
PROVINCES: Final = frozenset(
    str(prefix)
    for first, last in ((11, 15), (21, 23), (31, 37), (41, 46), (50, 54), (61, 65), (71, 71), (81, 83))
    for prefix in range(first, last + 1)
)
RESIDENCE_AREAS: Final = frozenset({"810000", "820000", "830000"})  # Hong Kong, Macau, Taiwan
FIRST_BIRTH: Final = date(1900, 1, 1)
ID_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
ID_CHECKS: Final = "10X98765432"

CREDIT_ALPHABET: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"
ORGANISATION_ALPHABET: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
ORGANISATION_WEIGHTS: Final = (3, 7, 9, 10, 5, 8, 4, 2)

PATTERNS: Final = {
    "passport": re.compile(r"[A-Z0-9]{5,17}"),
    "hk_macau_permit": re.compile(r"[HM][0-9]{8}(?:[0-9]{2})?"),
    "taiwan_permit": re.compile(r"[0-9]{8}"),
}
OLD_PERMANENT_RESIDENCE: Final = re.compile(r"[A-Z]{3}[0-9]{12}")

MOBILE: Final = re.compile(r"(?:\+?86)?(1[3-9][0-9]{9})")
LANDLINE: Final = re.compile(r"(0[0-9]{2,3})-?([0-9]{7,8})(-[0-9]{1,6})?")
NEIGHBOURS: Final = (  # country code and the pattern of the number after it
    ("886", re.compile(r"(?:\+?886|0)(9[0-9]{8})")),
    ("852", re.compile(r"(?:\+?852)?([2-9][0-9]{7})")),
    ("853", re.compile(r"\+?853(6[0-9]{7})")),
)
ABROAD: Final = re.compile(r"\+(?!86|852|0)[0-9]{7,15}")

COMPOUND_SURNAME: Final = re.compile(
    "欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|司徒|夏侯|长孙|宇文|端木|轩辕|申屠|太史|闻人|澹台|独孤|南宫|西门|呼延"
)
LONGEST_NAME: Final = 60
UNSEEN: Final = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})  # controls, breaks, and marks that turn or hide what stands around them
FULL_WIDTH: Final = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}


@dataclass(frozen=True, slots=True)
class IdCard:
    """A checked 18-place number and what it says of its holder."""

    number: str
    born: date
    sex: Sex

    def age_on(self, day: date) -> int:
        """Full years on that day; the birthday itself counts, 29 February turns on 1 March of common years."""
        return day.year - self.born.year - ((day.month, day.day) < (self.born.month, self.born.day))


@dataclass(frozen=True, slots=True)
class PermanentResidence:
    """A permanent residence number; `card` is there for the form of 2023, whose number tells birth and sex."""

    number: str
    card: IdCard | None


@dataclass(frozen=True, slots=True)
class CreditCode:
    """A checked unified social credit code, with the codes of what looks odd but does not refuse it."""

    code: str
    warnings: tuple[str, ...]


def id_card(text: str, today: date) -> IdCard:
    """Read a citizen identity number; full-width characters, outer spaces and a small x are put right.

    Raises Invalid, the first that applies of: identity.id_length (length; 15 is the old card), identity.id_charset (place,
    from 1), identity.id_province (prefix), identity.id_date (why: no_such_day, too_early or future), identity.id_check."""
    number = _eighteen(_normal(text))
    if number[:2] not in PROVINCES:
        raise Invalid("identity.id_province", prefix=number[:2])
    return _born_and_checked(number, today)


def residence_permit(text: str, today: date) -> IdCard:
    """Read the number of a residence permit for people of Hong Kong (81), Macau (82) or Taiwan (83).

    Raises Invalid as `id_card` does, with identity.residence_area (area) in place of identity.id_province."""
    number = _eighteen(_normal(text))
    if number[:6] not in RESIDENCE_AREAS:
        raise Invalid("identity.residence_area", area=number[:6])
    return _born_and_checked(number, today)


def permanent_residence(text: str, today: date) -> PermanentResidence:
    """Read a foreigner's permanent residence number: 18 places beginning with 9 (2023), or 3 letters and 12 digits (before).

    Raises Invalid as `id_card` does, with identity.permanent_residence where the number does not begin with 9."""
    number = _normal(text)
    if OLD_PERMANENT_RESIDENCE.fullmatch(number):
        return PermanentResidence(number, None)
    if not _eighteen(number).startswith("9"):
        raise Invalid("identity.permanent_residence")
    return PermanentResidence(number, _born_and_checked(number, today))


def credit_code(text: str) -> CreditCode:
    """Read a unified social credit code; small letters, full-width characters and outer spaces are put right.

    Raises Invalid identity.credit_length (length), identity.credit_charset (place, from 1) or identity.credit_check.
    A wrong check of the old organisation code inside is only the warning identity.credit_inner_check."""
    code = _normal(text)
    if len(code) != 18:
        raise Invalid("identity.credit_length", length=len(code))
    for place, character in enumerate(code, start=1):
        if character not in CREDIT_ALPHABET:
            raise Invalid("identity.credit_charset", place=place)
    total = sum(CREDIT_ALPHABET.index(character) * pow(3, place, 31) for place, character in enumerate(code[:17]))
    if CREDIT_ALPHABET[-total % 31] != code[17]:
        raise Invalid("identity.credit_check")
    return CreditCode(code, () if _inner_check(code[8:16]) == code[16] else ("identity.credit_inner_check",))


def phone(text: str) -> str:
    """Read a phone number and give its one spelling, so that the same phone typed twice is the same text.

    Mainland mobile "13900000001"; landline "0755-12345678" with "-123" for an extension; Hong Kong, Macau, Taiwan mobile and
    everything abroad "+85291234567". Eight digits beginning with 6 may be Hong Kong or Macau and stay as they are.
    Full-width characters, blanks of every width and the unseen marks of a pasted number are put right first.
    Raises Invalid "identity.phone"."""
    seen = "".join(c for c in text.translate(FULL_WIDTH) if unicodedata.category(c) != "Cf")
    typed = re.sub(r"[\s()]", "", seen).upper()
    digits = re.sub(r"^00", "+", typed.replace("-", ""))
    if mobile := MOBILE.fullmatch(digits):
        return mobile[1]
    national = re.sub(r"^\+86-?0?(?=10|[2-9])", "0", re.sub(r"^00", "+", typed))
    neighbour = _neighbour(digits)
    if neighbour is not None:
        return neighbour
    if landline := LANDLINE.fullmatch(national):
        return _landline(landline[1], landline[2], landline[3] or "")
    if ABROAD.fullmatch(digits):
        return digits
    raise Invalid("identity.phone")


def document(kind: DocumentKind, text: str, today: date) -> str:
    """Read the number of a document of that kind and give its normal form.

    Raises Invalid with the codes of the kind's own reader, identity.passport, identity.hk_macau_permit,
    identity.taiwan_permit for a number of another form, or identity.document_kind (kind) for an unknown kind."""
    match kind:
        case "id_card":
            return id_card(text, today).number
        case "residence_permit":
            return residence_permit(text, today).number
        case "permanent_residence":
            return permanent_residence(text, today).number
        case "credit_code":
            return credit_code(text).code
        case "passport" | "hk_macau_permit" | "taiwan_permit":
            number = _normal(text)
            if PATTERNS[kind].fullmatch(number) is None:
                raise Invalid(f"identity.{kind}")
            return number
    raise Invalid("identity.document_kind", kind=kind, known=get_args(DocumentKind))


def name_fault(name: str) -> Literal["", "long", "unseen"]:
    """What is wrong with a name that papers and registers must show on one line: too long, or with characters nobody sees."""
    if any(unicodedata.category(character) in UNSEEN for character in name):
        return "unseen"
    return "long" if len(name) > LONGEST_NAME else ""


def mask_phone(number: str) -> str:
    """ "13900000001" → "139****0001"; shorter than 11 places the first two and the last two stay."""
    return f"{number[:3]}****{number[-4:]}" if len(number) >= 11 else _ends(number)


def mask_id(number: str) -> str:
    """First three and last four of an 18-place number, first two and last two of any other, stars between."""
    return f"{number[:3]}{'*' * 11}{number[-4:]}" if len(number) == 18 else _ends(number)


def mask_name(name: str) -> str:
    """The surname and a star for each further character: 孙小明 → 孙**, 欧阳娜娜 → 欧阳**; a single character becomes a star."""
    shown = 2 if len(name) > 2 and COMPOUND_SURNAME.match(name) else min(1, len(name) - 1)
    return name[:shown] + "*" * (len(name) - shown) if name else ""


def _ends(text: str) -> str:
    return f"{text[:2]}{'*' * (len(text) - 4)}{text[-2:]}" if len(text) > 4 else "*" * len(text)


def _normal(text: str) -> str:
    return text.translate(FULL_WIDTH).strip().upper()


def _eighteen(number: str) -> str:
    if len(number) != 18:
        raise Invalid("identity.id_length", length=len(number))
    for place, character in enumerate(number, start=1):
        if character not in ("0123456789X" if place == 18 else "0123456789"):
            raise Invalid("identity.id_charset", place=place)
    return number


def _born_and_checked(number: str, today: date) -> IdCard:
    born = _birth_date(number[6:14], today)
    total = sum(int(digit) * weight for digit, weight in zip(number[:17], ID_WEIGHTS, strict=True))
    if ID_CHECKS[total % 11] != number[17]:
        raise Invalid("identity.id_check")
    return IdCard(number, born, "M" if int(number[16]) % 2 else "F")


def _birth_date(digits: str, today: date) -> date:
    try:
        born = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        raise Invalid("identity.id_date", why="no_such_day") from None
    if born < FIRST_BIRTH:
        raise Invalid("identity.id_date", why="too_early")
    if born > today:
        raise Invalid("identity.id_date", why="future")
    return born


def _inner_check(organisation: str) -> str:
    total = sum(
        ORGANISATION_ALPHABET.index(character) * weight
        for character, weight in zip(organisation, ORGANISATION_WEIGHTS, strict=True)
    )
    return "0123456789X"[-total % 11]


def _neighbour(digits: str) -> str | None:
    if re.fullmatch(r"6[0-9]{7}", digits):
        return digits  # Hong Kong or Macau: only the client knows, so no country is added
    for country, pattern in NEIGHBOURS:
        if found := pattern.fullmatch(digits):
            return f"+{country}{found[1]}"
    return None


def _landline(area: str, local: str, extension: str) -> str:
    """Area codes have three digits for 01x and 02x, four elsewhere; a number typed without its hyphen is split so."""
    together = area + local
    split = 3 if together[1] in "12" else 4
    if not 7 <= len(together) - split <= 8:
        split = len(area)
    return f"{together[:split]}-{together[split:]}{extension}"
