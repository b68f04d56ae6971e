"""What the deals room says when something is missing, and the sentences of its changes."""

from typing import Final

from dealflow.casework.shelf import Text
from dealflow.features.deals.texts.contract import CONTRACT_TEXTS

_OWNER = ("owner",)
_MANAGER = ("sales_manager",)
_DESK = ("front_desk_secretary", "on_duty")
_PREPARE = "deals.prepare_sale"
_STEP = "deals.take_step"


def _sale(zh: str, en: str, rule: str = "") -> Text:
    """A sentence about the sale that its owner clears by preparing it."""
    return Text(zh, en, rule, _OWNER, _PREPARE)


WHY: Final = {  # what is wrong with the number of a document, by the code of its reader
    "": ("不符合该证件的号码规则", "not a number of such a document"),
    "identity.id_length": ("应为 18 位", "it must have 18 places"),
    "identity.id_charset": ("含有不应出现的字符", "it has a character that does not belong there"),
    "identity.id_province": ("地区代码不存在", "its area does not exist"),
    "identity.id_date": ("出生日期有误", "its date of birth cannot be true"),
    "identity.id_check": ("校验码不符，请核对", "its check character does not agree"),
    "identity.credit_length": ("应为 18 位", "it must have 18 places"),
    "identity.credit_charset": ("含有不应出现的字符", "it has a character that does not belong there"),
    "identity.credit_check": ("校验码不符，请核对", "its check character does not agree"),
    "identity.document_kind": ("证件种类未知", "the kind of document is not known"),
}

TEXTS: dict[str, Text] = {
    # whose client he is
    "deals.claimed_by_another": Text(
        "该电话已由{owner}登记，确认权有效；请由{owner}接待",
        "This phone is registered by {owner}, whose confirmation is valid; let {owner} receive the client",
        "R-OWN-05 R-OWN-06 R-FUP-14",
        _MANAGER,
        _STEP,
    ),
    "deals.own_open_deal": Text(
        "该客户已有一笔进行中的交易，请登记到访，不必重新登记",
        "This client already has a deal under way; register the visit on it",
        "R-OWN-01",
        _DESK,
        "reception.register_visit",
    ),
    "deals.client_with_another": Text(
        "该客户已由{owner}重新登记，不能恢复跟踪",
        "{owner} has registered this client since; the deal cannot be reopened",
        "R-OWN-04",
        _MANAGER,
    ),
    "deals.client_has_open_deal": Text(
        "该客户已有另一笔进行中的交易", "This client has another deal under way", "R-OWN-01", _OWNER, "followup.record"
    ),
    "deals.confirmation_over": Text(
        "客户确认已于 {due} 到期，请重新登记",
        "The confirmation ended at {due}; register the client anew",
        "R-OWN-02",
        _DESK,
        "reception.register_visit",
    ),
    "deals.new_owner_unknown": Text("找不到新的归属人", "The new owner is not known here", "R-OWN-22", _MANAGER, _STEP),
    "deals.new_owner_unfit": Text("{owner}不是在职销售人员", "{owner} is not an active salesperson", "R-OWN-22", _MANAGER, _STEP),
    "deals.new_owner_same": Text("客户已归{owner}", "The client already belongs to {owner}", "R-OWN-22", _MANAGER, _STEP),
    # what a step's form asks for
    "deals.reason_missing": Text("请填写原因", "Please give the reason", "R-OWN-22"),
    "deals.channel_missing": Text(
        "请填写客户的信息获取渠道", "How the client heard of the project is missing", "R-FDT-05", _OWNER, "deals.open_tracking"
    ),
    "deals.lost_reason_unlisted": Text(
        "请选择未成交的真实原因：{known}", "Choose the true reason: {known_en}", "R-OBJ-01", _OWNER, _STEP
    ),
    "deals.lost_reason_untold": Text(
        "选择“其他”时请写明原因", "With “other”, please say the reason in words", "R-OBJ-01", _OWNER, _STEP
    ),
    "deals.free_clause": Text(
        "认购书不得添加约定：“{clause}”",
        "No clause may be added to the agreement: “{clause}”",
        "R-SUB-03",
        _OWNER,
        _STEP,
    ),
    # what a prepared sale holds
    "deals.no_unit": _sale("尚未为这笔交易选定房号", "No unit has been agreed"),
    "deals.prepared_for_other_unit": _sale("价格和付款方式是为另一套房准备的", "Price and plan were agreed for another unit"),
    "deals.no_price": _sale("尚未约定总价", "No price has been agreed"),
    "deals.no_plan": _sale("尚未约定付款方式", "No payment plan has been agreed"),
    "deals.no_buyers": _sale("尚未登记认购人", "No buyers have been named"),
    "deals.no_deposit": _sale("尚未约定定金金额", "No deposit has been agreed", "R-DEP-01"),
    # price, plan, deposit
    "deals.unit_unknown": _sale("本项目没有这套房", "This project has no such unit"),
    "deals.price_below": _sale(
        "总价 {price_yuan} 低于底价 {limit_yuan}，需先获批准",
        "The price {price_yuan} is below the lowest price {limit_yuan} and needs an approval",
        "R-ROLE-16",
    ),
    "deals.price_above": _sale(
        "总价 {price_yuan} 高于表价 {limit_yuan}", "The price {price_yuan} is above the list price {limit_yuan}"
    ),
    "deals.plan_unknown": _sale("请选择付款方式：{known}", "Choose a payment plan: {known_en}"),
    "deals.plan_line_incomplete": _sale("每期付款都要写明款项和金额", "Each line of the plan needs its name and its amount"),
    "deals.plan_sum_wrong": _sale(
        "付款安排合计 {sum_yuan}，与总价 {price_yuan} 相差 {difference_yuan}",
        "The plan's lines sum to {sum_yuan}; the price is {price_yuan}, the difference {difference_yuan}",
        "R-SUB-02",
    ),
    "deals.plan_loan_wrong": _sale(
        "付款安排中的贷款合计 {sum_yuan}，与贷款金额 {loan_yuan} 不符",
        "The plan's loan lines sum to {sum_yuan}; the loan is {loan_yuan}",
        "R-SUB-02",
    ),
    "deals.plan_without_loan": _sale("{plan}不含贷款", "A plan of this kind has no loan: {plan_en}", "R-SUB-02"),
    "deals.deposit_too_low": _sale(
        "约定定金 {deposit_yuan} 低于下限 {limit_yuan}",
        "The agreed deposit {deposit_yuan} is below the lowest one, {limit_yuan}",
        "R-DEP-01",
    ),
    # buyers
    "deals.buyers_missing": _sale("至少要有一位认购人", "At least one buyer must be named", "R-SUB-02"),
    "deals.buyer_unnamed": _sale("第 {position} 位认购人缺少姓名或名称", "Buyer {position} has no name", "R-SUB-02"),
    "deals.buyer_name_long": _sale(
        "第 {position} 位认购人的姓名或名称最多 {limit} 个字，现为 {length} 个字",
        "The name of buyer {position} has at most {limit} characters; this one has {length}",
        "R-SUB-02",
    ),
    "deals.buyer_name_unseen": _sale(
        "第 {position} 位认购人的姓名或名称不得含换行或看不见的字符",
        "The name of buyer {position} has no line breaks and no characters that cannot be seen",
        "R-SUB-02",
    ),
    "deals.buyer_document_kind": _sale(
        "第 {position} 位认购人：个人用身份证件，企业用统一社会信用代码",
        "Buyer {position}: a person has a personal document, a company its credit code",
        "R-SUB-02",
    ),
    "deals.buyer_document_invalid": _sale(
        "第 {position} 位认购人的证件号码有误：{reason}",
        "The document number of buyer {position} is not valid: {reason_en}",
        "R-SUB-02",
    ),
    "deals.buyer_phone_invalid": _sale(
        "第 {position} 位认购人的电话无效", "The phone of buyer {position} is not valid", "R-SUB-02"
    ),
    "deals.buyer_minor": _sale(
        "第 {position} 位认购人未满 18 岁（{age} 岁）：须由监护人办理，本流程暂不受理",
        "Buyer {position} is under 18 ({age}): a guardian must act for him, which this workflow does not offer yet",
        "R-SUB-02",
    ),
    "deals.buyer_twice": _sale("同一证件号码登记了两次", "The same document is named twice", "R-SUB-02"),
    "deals.shares_wrong": _sale(
        "各认购人份额合计应为 100%，现为 {sum_percent}",
        "The buyers' shares must sum to 100%; they sum to {sum_percent}",
        "R-SUB-02",
    ),
    # losers of a race, lines of the preview, tasks
    "deals.client_taken_now": Text("该客户刚刚已由他人登记", "This client was registered by somebody a moment ago"),
    "deals.changed_now": Text("这笔交易刚刚有变动，请刷新后再试", "This deal has changed a moment ago; look again and retry"),
    "deals.will_open": Text("客户归属：{owner}", "The client belongs to {owner}"),
    "deals.will_end": Text("客户不再归属任何人", "The client belongs to nobody any more"),
    "deals.will_lose": Text("记为未成交，原因：{reason}", "Recorded as lost, reason: {reason_en}"),
    "deals.will_prepare": Text(
        "总价 {price_yuan}，{plan}，定金 {deposit_yuan}，认购人 {buyers} 位",
        "Price {price_yuan}, {plan_en}, deposit {deposit_yuan}, buyers: {buyers}",
    ),
    "deals.will_earn": Text("{owner}享有佣金分配权", "{owner} has the commission right"),
    "deals.will_change_owner": Text("归属由{from_}变更为{to}", "Owner changes from {from_} to {to}"),
    "task.agreement_error_fine": Text("认购书填写错误 {places} 处", "Errors in a subscription agreement: {places}", "R-SUB-07"),
    **CONTRACT_TEXTS,
}
