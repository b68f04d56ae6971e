"""What an `Invalid` says to people, by its code, in both languages. Read by the API, the pages and the command line.

A test reads the source and fails when a code has no sentence here, or a sentence no code.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from dealflow.kernel.errors import Invalid

Sentence = tuple[str, str]

WORDS: Final[Mapping[str, Sentence]] = {
    "calendar.block": ("假期 {first} 至 {last} 的起止颠倒", "The holiday {first} to {last} ends before it begins"),
    "calendar.make_up": ("{day} 不能作为调休上班日", "{day} cannot be a day worked in exchange"),
    "calendar.negative": ("期限不能为负：{n}", "A term cannot be negative: {n}"),
    "calendar.other_year": ("{day} 不在所录入的年份内", "{day} lies outside the year it is entered for"),
    "deals.clause_missing": ("请指明合同条款", "Name the clause of the contract"),
    "deals.owner_missing": ("请指明归属的置业顾问", "Name the salesperson to whom the client belongs"),
    "deals.signer_missing": ("请指明是第几位认购人签字", "Say which buyer signs"),
    "movein.signer_missing": ("请选择签字的业主", "Say which owner signs"),
    "documents.signer_missing": ("请指明是第几位认购人签字", "Say which buyer signs"),
    "duration.naive": ("时间 {start} 缺少时区", "The moment {start} has no time zone"),
    "duration.not_a_duration": ("“{text}”不是期限；例如 7d、72h、5wd", "“{text}” is no term; write 7d, 72h or 5wd"),
    "identity.credit_charset": ("统一社会信用代码第 {place} 位不合规定", "Place {place} of the credit code cannot stand there"),
    "identity.credit_check": ("统一社会信用代码校验位不符", "The check character of the credit code does not fit"),
    "identity.credit_length": (
        "统一社会信用代码应为 18 位，现为 {length} 位",
        "A credit code has 18 places; this one has {length}",
    ),
    "identity.document_kind": ("不认识的证件类型“{kind}”", "Unknown kind of document “{kind}”"),
    "identity.hk_macau_permit": (
        "港澳居民来往内地通行证号码格式不符",
        "This is not the form of a Hong Kong or Macau permit number",
    ),
    "identity.id_charset": ("证件号码第 {place} 位不合规定", "Place {place} of the number cannot stand there"),
    "identity.id_check": (
        "证件号码校验位不符，请核对",
        "The check place of the number does not fit; compare it with the document",
    ),
    "identity.id_date": ("证件号码中的出生日期不成立", "The date of birth in the number cannot be"),
    "identity.id_length": ("证件号码应为 18 位，现为 {length} 位", "The number has 18 places; this one has {length}"),
    "identity.id_province": ("证件号码开头“{prefix}”不是省级代码", "The number begins with {prefix}, which is no province"),
    "identity.passport": ("护照号码格式不符", "This is not the form of a passport number"),
    "identity.permanent_residence": ("外国人永久居留证号码格式不符", "This is not the form of a permanent residence number"),
    "identity.phone": ("电话号码无法识别", "The phone number cannot be read"),
    "identity.residence_area": (
        "港澳台居民居住证号码开头“{area}”不符",
        "The number begins with {area}, which is no residence permit's",
    ),
    "identity.taiwan_permit": ("台湾居民来往大陆通行证号码格式不符", "This is not the form of a Taiwan permit number"),
    "input.characters": ("含有不能使用的控制字符", "There are control characters that cannot be used"),
    "input.malformed": ("填写的内容有误，请逐项核对", "What was sent is malformed; see each fault"),
    "input.number": ("数字须为整数且不能过大；金额请以文本书写", "Numbers are whole and not too large; money is written as text"),
    "input.nested": ("内容嵌套过深", "The content is nested too deeply"),
    "input.place": ("续页标记无法识别，请从第一页开始", "The cursor cannot be read; begin with the first page"),
    "input.too_long": ("内容过长，最多 {most} 个字符", "The text is too long; at most {most} characters"),
    "money.not_a_plain_amount": (
        "“{text}”不是以元为单位、最多两位小数的金额",
        "“{text}” is no plain amount in yuan with at most two decimals",
    ),
    "money.not_capitals": ("“{text}”不是规范的大写金额", "“{text}” is no amount in capital numerals"),
    "money.too_large": ("金额“{text}”过大", "The amount {text} is too large"),
    "policy.not_a_choice": ("“{text}”不在可选项内", "“{text}” is none of the choices"),
    "policy.not_a_duration": ("“{text}”不是期限；例如 7d、72h、5wd", "“{text}” is no term; write 7d, 72h or 5wd"),
    "policy.not_a_money": ("“{text}”不是金额；例如 500.00", "“{text}” is no amount; write 500.00"),
    "policy.not_a_number": ("“{text}”不是整数", "“{text}” is no whole number"),
    "policy.not_a_role": ("“{text}”不是岗位", "“{text}” is no role"),
    "policy.not_a_text": ("“{text}”不是文字", "“{text}” is no text"),
    "policy.not_a_truth": ("“{text}”应为 true 或 false", "“{text}” must be true or false"),
    "policy.out_of_bounds": ("“{text}”超出允许范围", "“{text}” is out of bounds"),
    "policy.unknown": ("没有参数“{field}”", "There is no policy {field}"),
    "settings.database": (
        "DEALFLOW_DATABASE 应为 sqlite:/// 或 postgresql:// 地址",
        "DEALFLOW_DATABASE takes sqlite:/// or postgresql://",
    ),
    "settings.port": ("端口“{value}”无效", "{value} is no port"),
    "settings.truth": ("{field} 应为 true 或 false，而不是“{value}”", "{field} is true or false, not {value}"),
}

# The checks that every field has by its type, by the names that pydantic gives them.
CHECKS: Final[Mapping[str, str]] = {
    "bool_parsing": "请填写是或否（true 或 false）",
    "bool_type": "请填写是或否（true 或 false）",
    "dataclass_type": "应为一组字段",
    "date_from_datetime_parsing": "请填写日期，例如 2025-03-03",
    "date_parsing": "请填写日期，例如 2025-03-03",
    "date_type": "请填写日期，例如 2025-03-03",
    "datetime_from_date_parsing": "请填写时间，例如 2025-03-03 09:00",
    "datetime_type": "请填写时间，例如 2025-03-03 09:00",
    "dict_type": "应为一组字段",
    "extra_forbidden": "没有这一项",
    "greater_than_equal": "不能小于 {ge}",
    "int_from_float": "请填写整数",
    "int_parsing": "请填写整数",
    "int_type": "请填写整数",
    "json_invalid": "请求内容不是有效的 JSON",
    "less_than_equal": "不能大于 {le}",
    "list_type": "应为列表",
    "literal_error": "只能是以下之一：{expected}",
    "missing": "请填写此项",
    "model_attributes_type": "应为一组字段",
    "string_pattern_mismatch": "格式不符",
    "string_too_long": "最多 {max_length} 个字符",
    "string_too_short": "至少 {min_length} 个字符",
    "string_type": "应为文字",
    "too_long": "最多 {max_length} 项",
    "tuple_type": "应为列表",
    "unexpected_keyword_argument": "没有这一项",
}


def of(error: Invalid) -> Sentence:
    """The sentence of a malformed input in both languages; a code without one is told as itself."""
    told = error.evidence.get("zh"), error.evidence.get("en")  # a room's own sentences come along
    unknown = ("输入有误（{code}）", "Malformed input ({code})")
    zh, en = map(str, told) if all(told) else WORDS.get(error.code, unknown)
    places = _Places({"code": error.code, "field": error.field, **error.evidence})
    return zh.format_map(places), en.format_map(places)


def faults(error: Invalid) -> Iterator[tuple[str, str, str]]:
    """(field, zh, en) for every place of the form that is wrong."""
    found = error.evidence.get("faults")
    if isinstance(found, Mapping):
        for place, said in found.items():
            yield str(place), *_both(str(said))
    else:
        yield error.field, *of(error)


def fault(kind: str, said: str, limits: Mapping[str, object]) -> str:
    """What a check of a field's type says, as "english / 中文". `kind`, `said` and `limits` are the check's own words."""
    plain = said.removeprefix("Value error, ")
    if " / " in plain:
        return plain
    zh = CHECKS.get(kind, "此项填写有误").format_map(_Places(limits))
    return f"{plain} / {zh}"


def _both(said: str) -> Sentence:
    en, _, zh = said.rpartition(" / ")
    return zh, en or zh


class _Places(dict[str, object]):
    """Fills the places of a sentence; a missing one stays visible instead of hiding the sentence."""

    def __missing__(self, key: str) -> str:
        return "{" + key + "}"
