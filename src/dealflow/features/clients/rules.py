"""The archive's fields, the client's number and the names of documents: data and arithmetic on plain values.

Read by the room's shelf; pages and other rooms use the same lists, so that a field exists once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # base 32 without I, L, O, U: read aloud without mistakes
LONGEST_VALUE: Final = 400


@dataclass(frozen=True, slots=True)
class Field:
    """One numbered item of the archive (R-ARC-03)."""

    no: int
    key: str
    zh: str
    en: str
    group: str


@dataclass(frozen=True, slots=True)
class Group:
    """A heading of the archive."""

    key: str
    zh: str
    en: str


GROUPS: Final = (
    Group("basic", "基本信息", "Basic data"),
    Group("family", "家庭信息", "Family"),
    Group("life", "个人生活与安全", "Personal life, security"),
    Group("property", "个人房产状况", "Property"),
    Group("standing", "受社会尊重信息", "Social standing"),
    Group("self", "自我认同价值", "Self-image"),
)

_ITEMS: Final = {
    "basic": (
        ("sex", "性别", "Sex"),
        ("mailing_address", "通讯地址", "Mailing address"),
        ("company", "公司名称及地址", "Company, address"),
        ("office_phone", "办公电话", "Office phone"),
        ("home_phone", "家庭电话", "Home phone"),
        ("mobile_phone", "移动电话", "Mobile phone"),
        ("native_place", "籍贯", "Native place"),
        ("education", "教育背景", "Education"),
    ),
    "family": (
        ("family", "家庭状况", "Family situation"),
        ("marital_status", "婚姻状况", "Marital status"),
        ("spouse", "配偶信息", "Spouse"),
        ("spouse_education", "配偶教育背景", "Spouse's education"),
        ("spouse_interests", "配偶兴趣", "Spouse's interests"),
        ("parents", "父母状况", "Parents"),
        ("children", "子女状况", "Children"),
        ("closest_relative", "家庭中最亲密的人", "Closest family member"),
    ),
    "life": (
        ("dining_place", "最偏好的就餐地点", "Favourite dining place"),
        ("shopping_place", "偏爱购物场所", "Favourite shopping place"),
        ("cuisine", "最偏爱的菜式", "Favourite cuisine"),
        ("alcohol", "饮酒", "Alcohol"),
        ("smoking", "抽烟", "Smoking"),
        ("health", "健康状况", "Health"),
        ("transport", "远行交通工具", "Long-distance transport"),
        ("associations", "所属的社会组织", "Social organisations"),
        ("social_life", "社交热衷程度", "Keenness on social life"),
    ),
    "property": (
        ("present_home", "现居住状况", "Present home"),
        ("investments", "现房产投资状况", "Present property investment"),
        ("ideal_home", "理想居住状况", "Ideal home"),
        ("reason_for_buying", "购房原因", "Reason for buying"),
        ("bought_here", "在本项目购房的具体情况", "What he bought here"),
        ("knows_developer", "对开发商的了解", "Knowledge of the developer"),
        ("neighbours", "是否在意其他业主的素质", "Cares about other owners"),
    ),
    "standing": (
        ("position", "职位", "Position"),
        ("car", "汽车品牌", "Car brand"),
        ("licence_plate", "车牌号", "Licence plate"),
        ("clothing", "服饰讲究", "Clothing style"),
        ("information_source", "信息主要来源", "Main source of information"),
        ("most_admired", "最佩服的人", "Most admired person"),
    ),
    "self": (
        ("career_goals", "事业目标（长期/短期）", "Career goals (long, short term)"),
        ("personal_goals", "个人目标（长期/短期）", "Personal goals (long, short term)"),
        ("proudest", "自认为最得意的事", "Proudest achievement"),
        ("own_opinion", "主见", "Own opinion"),
    ),
}

FIELDS: Final = tuple(
    Field(no, key, zh, en, group)
    for no, (group, (key, zh, en)) in enumerate(((g.key, item) for g in GROUPS for item in _ITEMS[g.key]), start=1)
)
SPELLINGS: Final = {spelling: f.key for f in FIELDS for spelling in (f.key, f.zh, str(f.no))}

DOCUMENTS: Final = {
    "id_card": "居民身份证",
    "passport": "护照",
    "hk_macau_permit": "港澳居民来往内地通行证",
    "taiwan_permit": "台湾居民来往大陆通行证",
    "residence_permit": "港澳台居民居住证",
    "permanent_residence": "外国人永久居留身份证",
    "credit_code": "统一社会信用代码",
}


def unknown_fields(given: Iterable[str]) -> tuple[str, ...]:
    """The names that are no item of the archive, as they were given."""
    return tuple(name for name in given if name not in SPELLINGS)


def too_long(given: Mapping[str, object]) -> tuple[str, ...]:
    """The items whose value does not fit the archive."""
    return tuple(name for name, value in given.items() if len(str(value)) > LONGEST_VALUE)


def merged(known: Mapping[str, str], given: Mapping[str, object]) -> dict[str, str]:
    """What is known once the given items are added. A blank item takes nothing away: an archive only grows (R-ARC-04)."""
    new = {SPELLINGS[name]: str(value).strip() for name, value in given.items() if value is not None}
    return {**known, **{key: value for key, value in new.items() if value}}


def sheet(known: Mapping[str, str]) -> list[dict[str, object]]:
    """Every item in the order of the form, also those not filled yet."""
    heading = {g.key: g.zh for g in GROUPS}
    return [{"group": heading[f.group], "no": f.no, "name": f.zh, "value": known.get(f.key, "")} for f in FIELDS]


def number_of(client_id: int) -> str:
    """The number of a client's file (R-ARC-01): K and the id in base 32, in groups that can be read aloud."""
    digits = ""
    while client_id:
        client_id, place = divmod(client_id, 32)
        digits = ALPHABET[place] + digits
    padded = digits.rjust(11, "0")
    return f"K{padded[:3]}-{padded[3:7]}-{padded[7:]}"
