"""What the movein room says when something is missing, the sentences of its changes, and the words its papers print."""

from typing import Final

from dealflow.casework.shelf import Text

CLERK: Final = ("developer_clerk",)
TEAM: Final = ("property_team",)
_BUILDING, _STEP = "movein.take_building_step", "movein.take_step"
_SIGN, _FEES, _INSPECT, _KEYS = ("movein.sign_covenant", "movein.take_fees", "movein.inspect", "movein.hand_over_keys")

ITEMS: Final = {  # fees, and what may be left out, as people call them
    "management_fee": ("物业管理费", "management fee"),
    "maintenance_fund": ("公共维修基金", "maintenance fund"),
    "parking_rent": ("车位租金", "parking rent"),
    "fitting_out_deposit": ("装修质押金", "fitting-out deposit"),
    "acceptance_statement": ("验收项目说明书", "acceptance-item statement"),
}
PER: Final = {
    "management_fee": "元/㎡·月",
    "maintenance_fund": "元/㎡",
    "parking_rent": "元/个·月",
    "fitting_out_deposit": "元/户",
}
PERIODS: Final = {"quarter": "按季", "year": "按年"}
PAPERS: Final = {
    "survey": ("测绘成果", "survey"),
    "D-37": ("房屋质量检验合格书", "quality inspection certificate"),
    "D-38": ("房屋使用说明书", "house manual"),
    "D-39": ("验收项目说明书", "acceptance-item statement"),
    "D-40": ("物业管理公约", "property management covenant"),
    "D-41": ("物业管理收费标准", "fee schedule"),
}
ENTRY: Final = {  # the four papers by which a client enters (R-MVC-02)
    "notice": ("入住通知书", "move-in notice"),
    "identity": ("身份证明（身份证或其他有效证件）", "proof of identity (ID card or another valid document)"),
    "contract_duplicate": ("合同副本", "contract duplicate"),
    "payment_proof": ("付款凭证（收据或发票）", "proof of payment (receipt or invoice)"),
}
IDENTITIES: Final = {
    "id_card": "居民身份证",
    "passport": "护照",
    "permit": "通行证",
    "licence": "营业执照",
    "other": "其他有效证件",
}
PROOFS: Final = {"receipt": "收据", "invoice": "发票"}
RESULTS: Final = {"accepted": "验收合格", "accepted_with_list": "合格，附整改清单", "refused": "不予接收"}
METHODS: Final = {"cash": "现金", "pos": "POS刷卡", "scan": "扫码支付", "transfer": "银行转账", "cheque": "支票"}
DOCUMENTS: Final = {
    "id_card": "居民身份证",
    "passport": "护照",
    "hk_macau_permit": "港澳居民来往内地通行证",
    "taiwan_permit": "台湾居民来往大陆通行证",
    "residence_permit": "港澳台居民居住证",
    "permanent_residence": "外国人永久居留身份证",
    "credit_code": "统一社会信用代码",
}
BUILDING_STEPS: Final = ("竣工", "测绘验收", "领取质检合格书", "房屋使用说明书", "发出入住通知书")
STEPS: Final = (
    "凭四项资料入场",
    "出示合格书与使用说明书",
    "补足房款",
    "签署物业管理公约",
    "领取收费标准",
    "定租车位（可选）",
    "交纳物业费、维修基金等",
    "领取钥匙",
)

TEXTS: dict[str, Text] = {
    # the building
    "movein.building_unknown": Text("本项目没有这栋楼", "This project has no such building", "R-MVD-01", CLERK),
    "movein.preparation_begun": Text(
        "{building}的入住准备已经开始", "The preparation of {building} has begun already", "R-MVD-01"
    ),
    "movein.completion_missing": Text("请填写竣工日期", "Give the day of completion", "R-MVD-01", CLERK),
    "movein.day_missing": Text("请填写日期", "Give the day", "R-MVD-01", CLERK),
    "movein.day_ahead": Text("日期 {day} 尚未到来", "The day {day} has not come yet", "R-MVD-01", CLERK),
    "movein.surveyor_missing": Text("请填写测绘单位", "Name the survey team", "R-MVD-01", CLERK, _BUILDING),
    "movein.certificate_number_missing": Text("请填写合格书编号", "Give the certificate's number", "R-MVD-02", CLERK, _BUILDING),
    "movein.certificate_body_missing": Text(
        "请填写合格书签发机构", "Name who issued the certificate", "R-MVD-02", CLERK, _BUILDING
    ),
    "movein.manual_title_missing": Text("请填写使用说明书名称", "Give the manual's title", "R-MVD-02", CLERK, _BUILDING),
    "movein.file_missing": Text("请上传原件扫描件", "Upload the scan of the paper", "R-MVD-02", (*CLERK, *TEAM)),
    "movein.file_unknown": Text("没有这份文件，请重新上传", "This file has not been stored; upload it again", "R-MVD-02"),
    "movein.kind_unknown": Text(
        "“{kind}”不在此登记，可登记：验收项目说明书 D-39、物业管理公约 D-40",
        "“{kind}” is not registered here; the acceptance-item statement D-39 and the covenant D-40 are",
        "R-MVD-02",
        CLERK,
        _BUILDING,
    ),
    "movein.rates_missing": Text(
        "收费标准须有物业管理费和公共维修基金的单价",
        "The fee schedule states the rates of the management fee and of the maintenance fund",
        "R-MVD-04",
        TEAM,
        _BUILDING,
    ),
    "movein.rate_wrong": Text(
        "收费项目“{item}”不可用，或单价不大于零", "The fee “{item}” is not known, or its rate is not above zero", "R-MVD-04", TEAM
    ),
    "movein.papers_missing": Text("还缺少：{papers}", "Still missing: {papers_en}", "R-MVD-02", (*CLERK, *TEAM), _BUILDING),
    "movein.reason_missing": Text("请填写原因", "Please give the reason"),
    # the deal's notice
    "movein.preparation_missing": Text(
        "这栋楼的入住准备尚未开始",
        "The preparation of this building has not begun",
        "R-MVD-01",
        CLERK,
        "movein.begin_preparation",
    ),
    "movein.building_not_ready": Text(
        "{building}还在“{state}”，备齐前不发入住通知书",
        "{building} stands at “{state_en}”; no notice goes out before it is ready",
        "R-MVD-01",
        CLERK,
        _BUILDING,
    ),
    "movein.slot_missing": Text("请填写办理时间", "Give the time of the appointment", "R-MVD-01"),
    "movein.slot_too_early": Text(
        "办理日 {slot} 距今不足十个整日，最早 {first}",
        "Ten whole days must lie before {slot}; the first day possible is {first}",
        "R-MVD-01",
        CLERK,
    ),
    "movein.slot_past": Text("办理时间 {slot} 已过", "The time {slot} is past", "", TEAM, _STEP),
    "movein.slot_ends_early": Text("办理时段的结束早于开始", "The appointment ends before it begins", ""),
    "movein.place_missing": Text("请填写办理地点", "Say where to come", "R-MVD-01"),
    # the handover
    "movein.deal_not_moving_in": Text(
        "交易目前不在入住办理阶段", "The deal is not at moving in now", "R-MVC-02", ("sales_manager",)
    ),
    "movein.deal_short": Text(
        "应已到账 {due}，实际到账 {paid}，补足前入住办理暂停",
        "{due} should be in and {paid} is; moving in waits until it is",
        "R-MVC-04",
        ("finance",),
    ),
    "movein.entry_paper_missing": Text(
        "缺少{paper}，不能开始办理", "The {paper_en} is missing; moving in cannot begin", "R-MVC-02", ("owner",), _STEP
    ),
    "movein.entry_paper_unknown": Text(
        "{paper}的类别“{kind}”不可用", "“{kind}” is no kind of {paper_en}", "R-MVC-01", TEAM, _STEP
    ),
    "movein.papers_unshown": Text("尚未出示{paper}", "The {paper_en} has not been shown", "R-MVC-03", TEAM, _STEP),
    "movein.statement_unshown": Text(
        "未出示验收项目说明书的，须记录放弃原因",
        "The acceptance-item statement is shown, or left out with a reason on record",
        "R-MVC-11",
        TEAM,
        _STEP,
    ),
    "movein.survey_wrong": Text("实测面积须大于零", "The surveyed area is above zero", "R-MVC-03", TEAM),
    "movein.price_open": Text(
        "总价 {price}，已到账 {paid}，尚欠 {missing}",
        "Of the price of {price}, {paid} is in; {missing} is still due",
        "R-MVC-04 R-MVC-09",
        ("finance",),
        "payments.take_price",
    ),
    "movein.covenant_unwritten": Text(
        "尚未出具物业管理公约", "The covenant has not been written yet", "R-MVD-03 R-MVC-05", TEAM, _STEP
    ),
    "movein.covenant_stands": Text(
        "公约 {number} 已出具，仍然有效", "The covenant {number} is issued and still stands", "R-MVC-05"
    ),
    "movein.covenant_unsigned": Text(
        "第 {position} 位业主{name}尚未签署公约",
        "Owner {position}, {name}, has not signed the covenant",
        "R-MVD-03 C-53",
        TEAM,
        _SIGN,
    ),
    "movein.covenant_unoffered": Text(
        "请先出具公约供业主签署，或记录已提供", "Write the covenant, or record that it was offered", "R-MVC-05", TEAM, _STEP
    ),
    "movein.not_an_owner": Text(
        "没有第 {position} 位业主（共 {owners} 位）", "There is no owner {position}; there are {owners}", "C-53", TEAM, _SIGN
    ),
    "movein.signed_already": Text("第 {position} 位业主{name}已签署", "Owner {position}, {name}, has signed already", "C-53"),
    "movein.way_unknown": Text("公约在纸上签署", "The covenant is signed on paper", "C-53", TEAM, _SIGN),
    "movein.scan_missing": Text(
        "纸上签字须上传签字页扫描件", "A signature on paper needs the scan of the signed copy", "C-53", TEAM
    ),
    "movein.schedule_missing": Text(
        "物业尚未登记本楼收费标准", "The property company has not posted its fees for this building", "R-MVD-04", TEAM, _BUILDING
    ),
    "movein.parking_undecided": Text(
        "请选择：租车位（填写车位号），或放弃（填写原因）",
        "Say whether a parking place is taken, and which, or left out, and why",
        "R-MVC-07 R-MVC-11",
        TEAM,
        _STEP,
    ),
    # fees
    "movein.lines_missing": Text("请填写收费项目", "Enter what is paid for", "R-MVC-08", TEAM, _FEES),
    "movein.line_unknown": Text("收费项目“{item}”不可用", "The fee “{item}” is not known", "R-MVC-08", TEAM, _FEES),
    "movein.period_wrong": Text(
        "{item}按季或按年交纳，不能按“{period}”",
        "The {item_en} is paid by the quarter or by the year, not “{period}”",
        "R-MVC-08",
        TEAM,
        _FEES,
    ),
    "movein.line_amount_missing": Text("{item}金额须大于零", "The {item_en} is above zero", "R-MVC-08", TEAM, _FEES),
    "movein.lines_differ": Text(
        "各项合计 {lines}，与收据金额 {amount} 不符",
        "The lines add up to {lines}, the receipt says {amount}",
        "R-DEP-06",
        TEAM,
        _FEES,
    ),
    "movein.basis_missing": Text(
        "{item}按标准应为 {due}，实填 {amount}，请写明计算依据",
        "By the schedule the {item_en} is {due}, not {amount}; say how it was found",
        "R-MVC-08",
        TEAM,
        _FEES,
    ),
    "movein.fee_unpaid": Text("{item}尚未交纳", "The {item_en} has not been paid", "R-MVC-08 R-MVC-09", TEAM, _FEES),
    "movein.fee_uncleared": Text("{item}尚未到账", "The {item_en} is not confirmed by the bank yet", "R-MVC-08", TEAM, _STEP),
    "movein.fee_undecided": Text(
        "{item}未交，也没有放弃记录", "The {item_en} is neither paid nor left out on record", "R-MVC-11", TEAM, _STEP
    ),
    "movein.not_waivable": Text(
        "“{item}”不能放弃，可放弃：装修质押金",
        "“{item}” cannot be left out; the fitting-out deposit can",
        "R-MVC-11",
        TEAM,
        _STEP,
    ),
    "movein.no_receipt": Text("没有有效的入住费用收据", "No fee receipt stands"),
    "movein.nothing_unconfirmed": Text("没有待确认到账的入住费用", "No fees wait for the bank's confirmation"),
    "movein.receipt_unknown": Text("本次入住办理没有这张收据", "This handover has no such receipt"),
    "movein.receipt_gone": Text("这张收据已作废或已退还", "This receipt is void, or its money was given back"),
    "movein.receipt_cleared": Text("这张收据的款项已确认到账", "The money of this receipt is confirmed already"),
    "movein.return_incomplete": Text("请写明退款方式和收款人", "Say how the money is given back, and to whom", "", TEAM),
    # inspection and keys
    "movein.result_unknown": Text(
        "验收结论须为：合格、合格附整改清单、不予接收",
        "The result is accepted, accepted with a list, or refused",
        "R-MVC-10",
        TEAM,
        _INSPECT,
    ),
    "movein.items_missing": Text("请逐项填写验收内容", "Enter what was looked at, item by item", "R-MVC-03", TEAM, _INSPECT),
    "movein.items_contradict": Text(
        "有 {failed} 项不合格，与结论“{result}”不符",
        "{failed} items failed, which does not fit the result “{result}”",
        "R-MVC-10",
        TEAM,
    ),
    "movein.refusal_unreasoned": Text("不予接收须写明原因", "A refusal says why", "R-MVC-10", TEAM, _INSPECT),
    "movein.uninspected": Text("尚未验房", "The home has not been inspected", "R-MVC-10", TEAM, _INSPECT),
    "movein.not_accepted": Text(
        "验房结论为“{result}”，尚不能领取钥匙", "The inspection says “{result}”; no keys yet", "R-MVC-10", TEAM, _INSPECT
    ),
    "movein.keys_missing": Text("请清点钥匙、门卡的名称和数量", "Count the keys and cards, by kind", "R-MVC-09", TEAM, _KEYS),
    "movein.meters_missing": Text("请抄录水、电表读数", "Read the water and electricity meters", "R-MVC-09", TEAM, _KEYS),
    "movein.receiver_missing": Text(
        "请填写领取人姓名和证件", "Name who receives the keys, with a document", "R-MVC-09", TEAM, _KEYS
    ),
    "movein.receiver_document_wrong": Text(
        "领取人证件号码有误，请核对原件（{why}）",
        "The number of the receiver's document is faulty; check the original ({why})",
        "R-MVC-09",
        TEAM,
    ),
    # malformed input
    "movein.signer_missing": Text("请写明由第几位业主签字", "Say which owner signed"),
    # losers of a race, lines of the preview
    "movein.begun_now": Text("{building}的入住准备刚刚已开始", "The preparation of {building} began a moment ago"),
    "movein.building_changed_now": Text(
        "{building}的入住准备刚刚有变动，请刷新后再试", "The preparation of {building} changed a moment ago; look again and retry"
    ),
    "movein.changed_now": Text("入住办理刚刚有变动，请刷新后再试", "The handover changed a moment ago; look again and retry"),
    "movein.signed_now": Text("这个签字刚刚已登记", "This signature was recorded a moment ago"),
    "movein.will_begin": Text("{building}开始入住准备", "The preparation of {building} begins"),
    "movein.will_register": Text("登记{paper}", "Registers the {paper_en}"),
    "movein.will_invite": Text("约定 {slot} 办理入住", "Invites the client for {slot}"),
    "movein.will_sign": Text("{name}签署公约", "{name} signs the covenant"),
    "movein.will_sign_last": Text("物业公司签署公约，{name}经办", "The property company signs the covenant, by {name}"),
    "movein.will_waive": Text("记录放弃{item}", "Records that the {item_en} is left out"),
    "movein.will_receive": Text("收入住费用 {amount}", "Takes fees of {amount}"),
    "movein.will_void": Text("入住费用收据作废：{amount}", "The fee receipt over {amount} becomes void"),
    "movein.will_return": Text("退还入住费用 {amount}", "Gives fees of {amount} back"),
    "movein.will_hand_over": Text("{unit} 交付钥匙", "The keys of {unit} are handed over"),
}
