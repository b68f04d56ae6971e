"""What the payments room says: refusals, preview lines, and the Chinese words papers print for methods and documents."""

from typing import Final

from dealflow.casework.shelf import Text

COLLECTORS: Final = ("finance", "sales_manager", "designated_collector")
FINANCE: Final = ("finance",)

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

TEXTS: dict[str, Text] = {
    # the payer
    "payments.payer_missing": Text("请填写交款人姓名", "Enter the name of the payer", "R-DEP-06"),
    "payments.other_payer_unnoted": Text(
        "交款人不是认购人（{buyers}），请在备注中说明代谁付款及原因",
        "The payer is no buyer ({buyers}); say in the note for whom he pays and why",
        "R-DEP-06",
    ),
    "payments.payer_document_missing": Text("请填写交款人证件号码", "Enter the number of the payer's document", "R-DEP-06"),
    "payments.payer_document_kind_unknown": Text(
        "证件类型“{kind}”不可用，可选：{known}", "The kind of document “{kind}” is not known; choose one of: {known}", "R-DEP-06"
    ),
    "payments.payer_document_wrong": Text(
        "交款人的{document}号码有误，请核对原件（{why}）",
        "The number of the payer's document ({kind}) is faulty; check the original ({why})",
        "R-DEP-06",
    ),
    # the receipt
    "payments.unit_missing": Text("收据须写明房号，请先选定房屋", "A receipt names the unit; choose the unit first", "R-DEP-06"),
    "payments.amount_missing": Text("请填写大于零的收款金额", "Enter the amount received; it is more than zero", "R-DEP-06"),
    "payments.amount_not": Text(
        "应收 {due}，填写的是 {amount}",
        "The amount is {due}; {amount} was entered",
        "R-HLD-01",
        COLLECTORS,
    ),
    "payments.capitals_differ": Text(
        "小写 {amount} 与大写“{capitals}”不一致，大写应为“{expected}”",
        "Figures {amount} and capitals “{capitals}” differ; the capitals should read “{expected}”",
        "R-DEP-06",
    ),
    "payments.method_missing": Text("请选择交款方式：{known}", "Choose a payment method: {known}", "R-DEP-06"),
    "payments.source_missing": Text("请填写资金来源", "Enter the source of funds", "R-DEP-06"),
    "payments.cheque_number_missing": Text("支票交款须填写支票号码", "A payment by cheque needs the cheque's number", "R-DEP-07"),
    "payments.cheque_amount_missing": Text("支票交款须填写支票金额", "A payment by cheque needs the cheque's amount", "R-DEP-07"),
    "payments.cheque_amount_differs": Text(
        "支票金额 {cheque} 与收款金额 {amount} 不一致", "The cheque is for {cheque}, the receipt for {amount}", "R-DEP-07"
    ),
    # the hold
    "payments.hold_not_over": Text(
        "本项目封号期内不办理提前退号，封号费 {amount} 于 {until} 到期后退还",
        "This project does not end holds early; the fee of {amount} goes back when the hold ends at {until}",
        "C-19",
    ),
    "payments.hold_fee_there": Text("封号费 {amount} 仍在本单", "The hold fee of {amount} is still on this deal"),
    # the deposit
    "payments.deposit_short": Text(
        "到账定金 {paid}，约定 {agreed}，尚欠 {missing}（待确认 {uncleared}）",
        "Deposit on the account {paid} of {agreed} agreed; {missing} is missing ({uncleared} awaits confirmation)",
        "R-DEP-05",
        COLLECTORS,
        "payments.take_deposit",
    ),
    "payments.deposit_enough": Text(
        "到账定金 {paid} 已达约定的 {agreed}",
        "The deposit on the account, {paid}, reaches the agreed {agreed}",
        "R-DEP-05",
    ),
    "payments.deposit_there": Text("定金 {amount} 仍在本单", "A deposit of {amount} is still on this deal"),
    "payments.due_missing": Text("请填写新的补足期限", "Enter the new moment by which the deposit is completed", "R-DEP-05"),
    "payments.due_past": Text("新的补足期限 {until} 应晚于现在", "The new moment {until} must lie later than now", "R-DEP-05"),
    "payments.money_there": Text(
        "本单仍有款项 {amount}，不能作废",
        "There is still money on this deal, {amount}; it cannot be made void",
        "R-REG-03",
        FINANCE,
    ),
    # the price
    "payments.slip_unsigned": Text(
        "交款单尚未经案场经理审核签字，不能收取房款",
        "The payment slip is not signed by the sales manager yet; no price money is taken before that",
        "R-PAY-07",
        ("sales_manager",),
    ),
    "payments.slip_outdated": Text(
        "交款单写的是 {written}，按现有定金应交 {due}，请重新填写交款单",
        "The slip says {written}; with the deposit as it is now {due} is to be paid; write the slip anew",
        "R-PAY-06",
        ("owner",),
    ),
    "payments.slip_short": Text(
        "到账房款 {paid}，交款单应交（含定金）{due}，尚欠 {missing}（待确认 {uncleared}）",
        "On the account {paid} of {due} that the slip asks for, deposit included; {missing} is missing "
        "({uncleared} awaits confirmation)",
        "R-PAY-08",
        FINANCE,
        "payments.take_price",
    ),
    "payments.slip_enough": Text(
        "到账房款 {paid} 已达交款单应交的 {due}", "The money on the account, {paid}, reaches the slip's {due}", "R-PAY-08"
    ),
    "payments.price_open": Text(
        "客户应交房款 {due}，到账 {paid}，尚欠 {missing}（待确认 {uncleared}）",
        "Of {due} that the client pays, {paid} is on the account; {missing} is open ({uncleared} awaits confirmation)",
        "R-MVC-04",
        FINANCE,
        "payments.take_price",
    ),
    "payments.deal_short": Text(
        "本单款项因退票或冲销尚缺 {missing}，补足前只办理收款、到账确认和收据更正",
        "A payment was taken back and {missing} is missing; until it is made up only receiving, confirming and correcting go on",
        "R-DEP-08",
        FINANCE,
        "payments.take_price",
    ),
    "task.deal_short": Text("款项不足，尚缺 {missing}", "Money was taken back, {missing} is missing", "R-DEP-08"),
    # receipts that stand
    "payments.receipt_unknown": Text("本单没有这张收据", "This deal has no such receipt", "R-DEP-08"),
    "payments.receipt_void": Text("这张收据已作废", "This receipt is void already", "R-DEP-08"),
    "payments.receipt_cleared": Text("这张收据的款项已确认到账", "The money of this receipt is confirmed already", "R-DEP-08"),
    "payments.nothing_uncleared": Text("本单没有待确认到账的收据", "No receipt of this deal awaits confirmation", "R-DEP-08"),
    "payments.no_receipt": Text("本单没有有效收据", "This deal has no receipt that stands", "R-DEP-08"),
    "payments.receipt_money_gone": Text(
        "这张收据的款项已转出或退还，不能冲销或更正",
        "The money of this receipt has been moved to a refund or paid back; the receipt cannot be reversed or corrected",
        "R-DEP-08",
        FINANCE,
    ),
    "payments.receipt_paper_differs": Text(
        "所附单据不是这张收据的单据",
        "The paper named is not that of this receipt",
        "R-DEP-08",
    ),
    # refunds
    "payments.refund_uncleared": Text(
        "原款 {amount} 尚未确认到账，到账后方可退款",
        "Of the money to be refunded {amount} awaits the bank's confirmation; it is paid back after that",
        "R-DEP-08",
        FINANCE,
        "payments.clear_receipt",
    ),
    "payments.refund_not_there": Text(
        "退款单上的款项 {there} 不足应退的 {due}",
        "The refund holds {there}, less than the {due} to be paid back",
        "R-DEP-08",
        FINANCE,
    ),
    "payments.refund_to_payer": Text(
        "退款只退给原交款人，收款人应与收据上的交款人一致",
        "Money goes back to the one who paid it: the payer on the receipt",
        "R-HLD-04",
        FINANCE,
    ),
    "payments.receiver_missing": Text("请填写收款人", "Enter who received the money", "R-HLD-04"),
    "payments.refund_method_missing": Text("请选择退款方式：{known}", "Choose how the money is paid back: {known}", "R-DEP-08"),
    "payments.refund_account_missing": Text(
        "转账退款须填写收款账户",
        "A refund by transfer needs the receiver's account",
        "R-DEP-08",
    ),
    "payments.reason_missing": Text("请填写原因", "Enter the reason", "R-DEP-08"),
    # preview
    "payments.will_receive": Text("收款 {amount}（{method}）", "Receive {amount} ({method})"),
    "payments.will_move_to_deposit": Text("封号费 {amount} 转入定金", "Move the hold fee of {amount} into the deposit"),
    "payments.will_move_to_hold": Text("封号费 {amount} 由定金转回", "Move the hold fee of {amount} back out of the deposit"),
    "payments.will_allocate": Text("定金 {amount} 抵作房款", "Count the deposit of {amount} toward the price"),
    "payments.will_undo_allocation": Text("定金 {amount} 退回定金账", "Count {amount} as deposit alone again"),
    "payments.will_charge": Text("应收{label} {amount}", "Charge {label}: {amount}"),
    "payments.will_use_prepayment": Text("预收款 {amount} 转为房款", "Use a prepayment of {amount} for what is due"),
    "payments.will_refund": Text("封号费 {amount} 转入退款", "Move the hold fee of {amount} to a refund"),
    "payments.will_clear": Text("确认到账 {amount}", "Confirm {amount} as received by the bank"),
    "payments.will_reverse": Text("冲销收据 {amount}", "Reverse the receipt over {amount}"),
    "payments.will_pay": Text("退还 {amount} 给{payer}", "Pay {amount} back to {payer}"),
    "payments.will_return": Text("银行退回 {amount}，重新待付", "{amount} came back from the bank and is to be paid again"),
}
