"""The pages' words for what the domain names: stages, methods, documents, clocks, met needs. Chinese and English side by side."""

import math
from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from dealflow.casework.running import Clock
from dealflow.features.staff.rules import Sight
from dealflow.kernel.identity import mask_name, mask_phone
from dealflow.web.views import Badge, ClockBar, Tone
from dealflow.web.visit import Visit
from dealflow.workflow.records import Label, Workflow

STAGES: Final[Mapping[str, Label]] = {
    "new_visit": Label("新访", "New visit"),
    "tracked": Label("跟踪", "Tracking"),
    "reserved": Label("封号", "Reservation"),
    "subscribed": Label("认购", "Subscription"),
    "contract": Label("签约", "Contract"),
    "mortgage": Label("按揭", "Mortgage"),
    "move_in": Label("入住", "Move-in"),
    "after_sales": Label("售后", "After-sales"),
}
STATE_TONES: Final[Mapping[str, Tone]] = {
    "new_visit": "acc",
    "tracked": "acc",
    "reserved": "hold",
    "deposit_part": "warn",
    "deposit_full": "warn",
    "subscribed": "ok",
    "slip_signed": "acc",
    "first_paid": "acc",
    "filed": "acc",
    "signed": "acc",
    "proofread": "acc",
    "stamped": "ok",
    "move_in": "acc",
    "after_sales": "ok",
    "lost": "",
    "void": "",
    "lapsed": "",
}
ENDED: Final = ("lost", "void", "lapsed")
NEXT: Final[Mapping[str, Label]] = {  # what a deal in this state waits for, in a few words
    "new_visit": Label("建档跟踪", "Open tracking"),
    "tracked": Label("封号或收定金", "Hold or deposit"),
    "reserved": Label("收定金", "Take the deposit"),
    "deposit_part": Label("补齐定金", "Rest of the deposit"),
    "deposit_full": Label("签认购书", "Sign the agreement"),
    "subscribed": Label("七日内签约", "Contract within seven days"),
    "slip_signed": Label("交首付款", "First instalment"),
    "first_paid": Label("网备", "Filing"),
    "filed": Label("签订合同", "Sign the contract"),
    "signed": Label("校对合同", "Proofread the contract"),
    "proofread": Label("开发商盖章", "The developer's stamp"),
    "stamped": Label("登记、发放原件、入住通知", "Register, hand out originals, invite"),
    "move_in": Label("办理入住", "Move in"),
    "after_sales": Label("回访和产权证", "Callback and title"),
    "lost": Label("可重新跟踪", "May be reopened"),
    "void": Label("已作废", "Void"),
    "lapsed": Label("已失效", "Lapsed"),
}
METHODS: Final[Mapping[str, Label]] = {
    "cash": Label("现金", "Cash"),
    "pos": Label("POS 刷卡", "Card (POS)"),
    "scan": Label("扫码支付", "QR code"),
    "transfer": Label("银行转账", "Bank transfer"),
    "cheque": Label("支票", "Cheque"),
}
DOCUMENTS: Final[Mapping[str, Label]] = {
    "id_card": Label("居民身份证", "Resident identity card"),
    "passport": Label("护照", "Passport"),
    "hk_macau_permit": Label("港澳居民来往内地通行证", "Hong Kong/Macau travel permit"),
    "taiwan_permit": Label("台湾居民来往大陆通行证", "Taiwan travel permit"),
    "residence_permit": Label("港澳台居民居住证", "Residence permit (HK, Macau, Taiwan)"),
    "permanent_residence": Label("外国人永久居留身份证", "Permanent residence card"),
    "credit_code": Label("统一社会信用代码", "Unified social credit code"),
}
PLANS: Final[Mapping[str, Label]] = {
    "lump_sum": Label("一次性付款", "Lump sum"),
    "instalments": Label("分期付款", "Instalments"),
    "mortgage": Label("商业按揭贷款", "Bank mortgage"),
    "provident_fund": Label("公积金贷款", "Provident fund loan"),
    "combined": Label("组合贷款", "Combined loan"),
}
CHANNELS: Final[Mapping[str, Label]] = {
    "网络": Label("网络", "Internet"),
    "户外广告": Label("户外广告", "Outdoor advertising"),
    "报刊": Label("报刊", "Press"),
    "电视广播": Label("电视广播", "Television, radio"),
    "短信": Label("短信", "Text message"),
    "路过": Label("路过", "Passing by"),
    "老客户介绍": Label("老客户介绍", "Referred by a client"),
    "中介": Label("中介", "Agency"),
    "其他": Label("其他", "Other"),
}
PURPOSES: Final[Mapping[str, Label]] = {
    "hold_fee": Label("封号费", "Hold fee"),
    "deposit": Label("定金", "Deposit"),
    "price": Label("房款", "Price"),
}
LEDGER: Final[Mapping[str, Label]] = {
    "receipt": Label("收款", "Received"),
    "clear": Label("确认到账", "Confirmed by the bank"),
    "transfer": Label("转账", "Moved"),
    "reversal": Label("红冲", "Reversed"),
    "refund": Label("退款付出", "Refund paid"),
    "returned": Label("银行退回", "Sent back by the bank"),
}
ACCOUNTS: Final[Mapping[str, Label]] = {
    "hold": Label("封号费", "hold fee"),
    "deposit": Label("定金", "deposit"),
    "price_deposit": Label("定金抵房款", "deposit counted as price"),
    "price": Label("房款", "price"),
    "prepayment": Label("预收款", "prepayment"),
}
MET: Final[Mapping[str, Label]] = {  # a need that holds, by the guard that judges it
    "deals.client_not_with_another": Label("客户未归他人", "Client is nobody else's"),
    "deals.confirmation_valid": Label("客户确认仍有效", "Confirmation still valid"),
    "deals.new_owner_valid": Label("可变更归属", "Owner may change"),
    "deals.price_allowed": Label("价格可定", "Price may be agreed"),
    "deals.sale_prepared": Label("认购已准备", "Sale is prepared"),
    "documents.not_open": Label("没有同类有效单据", "No such paper stands"),
    "deals.buyers_on_record": Label("买受人已登记", "Buyers are on record"),
    "deals.identity_passed": Label("证件和资格已查验", "Originals and eligibility checked"),
    "deals.clauses_explained": Label("条款已讲解", "Clauses explained"),
    "deals.no_open_objection": Label("没有未了结的异议", "No objection is open"),
    "deals.notice_sent": Label("签约通知已发", "Signing notice is out"),
    "deals.called_before_signing": Label("签约前电话已确认", "Confirming call is on record"),
    "deals.dates_filled": Label("签署日期已填", "Dates are filled in"),
    "deals.floor_plan_attached": Label("平面图已粘贴", "Floor plan is attached"),
    "deals.agreement_back": Label("认购书已收回", "Agreement is back"),
    "deals.plan_without_loan": Label("贷款资料不缺", "No loan papers are missing"),
    "deals.filing_registered": Label("合同已登记", "Contract is registered"),
    "deals.originals_out": Label("合同原件已发放", "Originals are handed out"),
    "deals.filing_data_entered": Label("合同已录入", "Contract is entered"),
    "deals.filing_other_person": Label("复核人不是录入人", "Another person reviews"),
    "deals.filing_deal_ready": Label("首付款已到账", "First instalment is there"),
    "deals.filing_deal_stamped": Label("合同已盖章", "Contract is stamped"),
    "documents.stands": Label("单据有效", "Paper stands"),
    "documents.open": Label("单据已出具", "Paper is written"),
    "movein.building_ready": Label("楼栋可办入住", "Building is ready"),
    "movein.deal_whole": Label("交易款项齐全", "Deal is whole"),
    "movein.price_settled": Label("房款已齐", "Price is settled"),
    "movein.covenant_open": Label("公约已出具", "Covenant is written"),
    "movein.covenant_not_open": Label("没有有效的公约", "No covenant stands"),
    "movein.covenant_settled": Label("公约已了结", "Covenant is settled"),
    "movein.fees_settled": Label("入住费用已了结", "Fees are settled"),
    "movein.inspection_accepted": Label("验房已接收", "Inspection accepted"),
    "movein.schedule_posted": Label("收费标准已登记", "Fee schedule is posted"),
    "movein.papers_attached": Label("开发商资料齐全", "Developer's papers are there"),
    "payments.deposit_covered": Label("定金足额到账", "Deposit is there"),
    "payments.nothing_short": Label("款项不缺", "Nothing is short"),
    "payments.slip_agrees": Label("交款单与款项一致", "Slip agrees with the money"),
    "payments.slip_covered": Label("首付款已到账", "First instalment is there"),
    "documents.signature_complete": Label("还有买受人待签", "A buyer is still to sign"),
    "documents.signed_by_buyers": Label("买受人均已签字", "Signed by every buyer"),
    "followup.corrects_own_entry": Label("记录可更正", "Entry may be corrected"),
    "payments.early_release_allowed": Label("可提前放弃封号", "Hold may be given up early"),
    "payments.no_money": Label("本单没有款项", "No money on the deal"),
    "payments.receipt_stands": Label("收据有效", "Receipt stands"),
    "payments.receipt_uncleared": Label("收据待到账", "Receipt awaits the bank"),
    "payments.refund_money_cleared": Label("原款已到账", "Money is on the account"),
    "units.for_sale": Label("房源在售", "Unit is on sale"),
    "units.free_or_held_here": Label("房源未被他人占用", "Unit is free or held here"),
    "units.is_blocked": Label("房源已冻结", "Unit is blocked"),
    "units.is_free": Label("房源空闲", "Unit is free"),
    "units.licensed": Label("预售许可有效", "Sales licence in force"),
    "units.not_blocked": Label("房源未冻结", "Unit is not blocked"),
    "units.same_as_claimed": Label("房源与占用一致", "Same unit as claimed"),
}
PAUSED: Final[Mapping[str, Label]] = {
    "reserved": Label("封号期间暂停", "waits while held"),
    "lost": Label("未成交，只保留恢复权", "lost; only keeps the right to reopen"),
}
DAY: Final = timedelta(days=1)


def place_of(stage: str) -> int:
    """Which of the eight stages this is, from 1; an exit is none (0)."""
    return list(STAGES).index(stage) + 1 if stage in STAGES else 0


def stage_word(v: Visit, workflow: Workflow, state: str) -> str:
    """The stage of a state, or the state itself where it is an exit."""
    known = workflow.states[state]
    return v.word(STAGES.get(known.stage, known.label))


def state_badge(v: Visit, workflow: Workflow, state: str) -> Badge:
    """A state as a mark."""
    return Badge(v.word(workflow.states[state].label), STATE_TONES.get(state, ""))


def left_words(v: Visit, left: timedelta) -> str:
    """How much time is left, or by how much it is over, in one unit."""
    over, size = left < timedelta(), abs(left)
    if size >= 2 * DAY:
        amount, zh, en = size // DAY, "天", "d"
    elif size >= timedelta(hours=1):
        amount, zh, en = size // timedelta(hours=1), "小时", "h"
    else:
        amount, zh, en = max(1, math.ceil(size / timedelta(minutes=1))), "分钟", "min"
    return v.say(f"逾期 {amount} {zh}", f"{amount} {en} over") if over else v.say(f"剩 {amount} {zh}", f"{amount} {en} left")


def clock_bar(v: Visit, workflow: Workflow, clock: Clock, state: str) -> ClockBar:
    """A clock in words and cells: a cell for each day of the rule, six for a rule of a day."""
    whole, gone, left = clock.due_at - clock.since, v.now - clock.since, clock.due_at - v.now
    cells = max(1, min(14, whole // DAY)) if whole >= 2 * DAY else 6
    spent = min(cells, max(0, math.ceil(cells * (gone / whole)))) if whole else cells
    tone: Tone = "" if not clock.running or left > 3 * DAY else "warn" if left > DAY else "bad"
    paused = "" if clock.running else v.word(PAUSED.get(state, Label("暂停", "waits")))
    return ClockBar(v.word(workflow.clocks[clock.name].label), clock.due_at, cells, spent, left_words(v, left), tone, paused)


def client_name(name: str, seen: Sight) -> str:
    """A client's name as far as the reader may see it."""
    return mask_name(name) if seen == "masked" else name


def client_phone(phone: str, seen: Sight) -> str:
    """A phone, whole for whom it concerns."""
    return phone if seen == "whole" else mask_phone(phone)
