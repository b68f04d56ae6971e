"""What the deals room says on the way from the subscription to the stamped contract and its filing."""

from typing import Final

from dealflow.casework.shelf import Text

_OWNER = ("owner",)
_MANAGER = ("sales_manager",)
_DEVELOPER = ("developer_clerk",)
_LEADER = ("team_leader",)
_OFFICER = ("mortgage_officer",)
_ENTERS = ("contract_clerk", "owner")
_STEP = "deals.take_step"


def _owner(zh: str, en: str, rule: str) -> Text:
    """A sentence that the deal's owner clears by a step."""
    return Text(zh, en, rule, _OWNER, _STEP)


CONTRACT_TEXTS: Final[dict[str, Text]] = {
    # a talk at the table
    "deals.talk_needs_missing": _owner("请填写客户需求", "Say what the client looks for", "R-FUP-01"),
    "deals.talk_next_missing": _owner("请填写约定的下一步", "Say what was agreed to come next", "R-FUP-19"),
    "deals.talk_day_wrong": _owner("下一步的日期有误", "The day of the next step is not valid", "R-FUP-19"),
    # identity and eligibility
    "deals.originals_unseen": _owner(
        "须查验每位买受人的证件原件，复印件无效",
        "Every buyer's original document must be seen; a photocopy does not do",
        "R-PAY-02",
    ),
    "deals.eligibility_missing": _owner(
        "请填写购房资格审核结果：符合或不符合", "Say whether the buyers are eligible: passed or failed", "R-PAY-02"
    ),
    "deals.identity_unchecked": _owner(
        "尚未查验证件原件和购房资格", "Originals and eligibility have not been checked", "R-PAY-02 R-PAY-05"
    ),
    "deals.identity_of_others": _owner(
        "查验之后买受人已变更，请重新查验", "The buyers have changed since the check; check the originals again", "R-PAY-02"
    ),
    "deals.not_eligible": Text(
        "购房资格审核为不符合，由案场经理决定变更买受人或退房",
        "The buyers are not eligible; the sales manager decides on other buyers or a withdrawal",
        "R-PAY-02",
        _MANAGER,
    ),
    # clauses
    "deals.clauses_missing": _owner(
        "合同主要条款须逐条讲解，尚缺：{clauses}", "The main clauses are explained one by one; missing: {clauses_en}", "R-PAY-04"
    ),
    "deals.clauses_unexplained": _owner(
        "尚未逐条讲解合同主要条款", "The main clauses of the contract have not been explained", "R-PAY-03 R-PAY-05"
    ),
    "deals.objection_clause_missing": _owner(
        "请写明对哪一条款有异议（{known}）", "Say which clause the client objects to ({known})", "R-CTR-13"
    ),
    "deals.objection_text_missing": _owner("请写明客户的异议", "Say what the client objects to", "R-CTR-13"),
    "deals.objection_there": Text(
        "条款 {clause} 的异议尚未了结",
        "An objection to clause {clause} is still open",
        "R-CTR-13",
        _DEVELOPER,
        _STEP,
    ),
    "deals.objection_none": Text("没有待处理的条款异议", "There is no open objection to a clause", "R-CTR-13"),
    "deals.answer_missing": Text(
        "请选择确认变更或不同意变更", "Say whether the change is confirmed or refused", "R-ROLE-11", _DEVELOPER, _STEP
    ),
    "deals.answer_text_missing": Text(
        "请填写开发商的答复", "Give the developer's answer in words", "R-ROLE-11", _DEVELOPER, _STEP
    ),
    "deals.objection_unanswered": Text(
        "客户对“{clause}”的异议待开发商答复：{text}；任何人不得擅自更改条款",
        "The objection to “{clause_en}” awaits the developer's answer: {text}; nobody changes a clause on his own",
        "R-CTR-13 R-ROLE-11",
        _DEVELOPER,
        _STEP,
    ),
    "deals.objection_refused": _owner(
        "开发商不同意变更“{clause}”，客户尚未撤回异议：{text}",
        "The developer refused to change “{clause_en}” and the client has not withdrawn his objection: {text}",
        "R-CTR-13",
    ),
    # notice, call, papers before the signature
    "deals.appointment_missing": _owner("请填写签约时间", "Give the time of signing", "R-CTR-02"),
    "deals.appointment_past": _owner(
        "签约时间 {at} 应晚于现在", "The time of signing, {at}, must lie later than now", "R-CTR-02"
    ),
    "deals.place_missing": _owner("请填写签约地点", "Give the place of signing", "R-CTR-02"),
    "deals.notice_unsent": _owner("尚未发出签约通知", "The client has not been told when to sign", "R-CTR-02"),
    "deals.call_missing": Text(
        "签约（{at}）前 {earliest} 至 {latest} 日须与客户电话确认并记录，更早的联系不算；或由案场经理批准免除",
        "Call the client {earliest} to {latest} days before signing ({at}) and record it; an earlier contact does not count."
        " Or the sales manager waives it",
        "R-CTR-11 C-57",
        _OWNER,
        "followup.record",
    ),
    "deals.file_missing": _owner("请上传平面图", "Upload the floor plan", "R-CTR-04"),
    "deals.file_unknown": _owner("没有这份文件，请重新上传", "This file has not been stored; upload it again", "R-CTR-04"),
    "deals.floor_plan_missing": _owner("合同尚未粘贴平面图附件", "The floor plan is not attached to the contract", "R-CTR-04"),
    "deals.date_missing": _owner("请填写合同签署日期", "Give the date of signing that stands in the contract", "R-CTR-05"),
    "deals.dates_blank": _owner("合同的签署日期尚未填写完整", "The dates of signing in the contract are blank", "R-CTR-05"),
    "deals.agreement_out": _owner(
        "客户所持认购书尚未收回；遗失的由案场经理登记免除",
        "The client's copy of the agreement is not back; if it is lost, the sales manager records that",
        "R-SUB-06",
    ),
    "deals.not_waivable": Text(
        "可由案场经理免除的只有：{known}", "The sales manager may waive only: {known_en}", "R-CTR-11 R-SUB-06", _MANAGER, _STEP
    ),
    "deals.loan_set_incomplete": Text(
        "付款方式为{plan}：须先由按揭专员核齐第一套按揭资料，方可签约",
        "The plan has a loan ({plan_en}): the mortgage officer must first mark set 1 of the loan papers complete",
        "R-MTG-02 R-PAY-14 C-64",
        _OFFICER,
    ),
    # the power of attorney
    "deals.power_unnotarised": _owner(
        "授权委托书须经公证，并写明公证机构和公证书编号",
        "The power of attorney must be notarised; give the notary and the certificate's number",
        "R-CTR-15",
    ),
    "deals.power_copy": _owner("须查验公证书原件", "The original of the notary's certificate must be seen", "R-CTR-15"),
    "deals.power_scope_missing": _owner("请填写委托事项", "Say what the agent may do", "R-CTR-15"),
    "deals.power_over": _owner("委托书已过有效期或日期有误", "The power has ended, or its date is not valid", "R-CTR-15"),
    "deals.power_of_nobody": _owner(
        "没有第 {position} 位买受人（共 {buyers} 位）", "There is no buyer {position}; there are {buyers}", "R-CTR-15"
    ),
    "deals.agent_unnamed": _owner("请填写受托人姓名", "Give the agent's name", "R-CTR-15"),
    "deals.agent_document_wrong": _owner("受托人的证件号码有误", "The agent's document number is not valid", "R-CTR-15"),
    # proofreading, originals
    "deals.errors_missing": Text("请逐处写明差错", "Name every place that is wrong", "R-CTR-20", _LEADER, _STEP),
    "deals.copy_unknown": Text("请写明正本或副本：{known}", "Say which copy: {known}", "C-50"),
    "deals.keeper_unknown": Text(
        "“{keeper}”不是合同保管人，可选：{known}", "“{keeper}” keeps no contract; known are: {known}", "R-CTR-09", _OFFICER, _STEP
    ),
    "deals.keeper_missing": Text("请写明{keeper}保管的合同", "Say which copy the {keeper_en} keeps", "R-CTR-09", _OFFICER, _STEP),
    "deals.receiver_unnamed": Text("请填写每份合同的领取人", "Say who received each copy", "R-CTR-09", _OFFICER, _STEP),
    "deals.original_twice": Text("同一合同编号登记了两次", "One number is named twice", "R-CTR-09", _OFFICER, _STEP),
    "deals.bank_without_loan": Text(
        "{plan}没有贷款，合同不交银行保管",
        "The plan has no loan ({plan_en}); the bank keeps no copy",
        "R-CTR-09",
        _OFFICER,
        _STEP,
    ),
    "deals.originals_here": Text(
        "合同原件尚未发放登记", "The originals of the contract have not been handed out", "R-CTR-09", _OFFICER, _STEP
    ),
    # filing
    "deals.filing_unregistered": Text("合同尚未登记", "The contract is not registered yet", "R-CTR-17 R-CTR-09", _OFFICER),
    "deals.draft_number_missing": Text(
        "请填写网签系统给出的合同编号", "Give the number that the authority's system gave to the draft", "R-CTR-01", _ENTERS
    ),
    "deals.filing_not_entered": Text("网备合同尚未录入", "The contract has not been entered for filing", "R-CTR-01", _ENTERS),
    "deals.filing_same_person": Text("复核人不能是录入人本人", "Whoever entered it may not review it", "R-CTR-01 C-28", _OFFICER),
    "deals.filing_deal_unpaid": Text(
        "首付款尚未到账或不足，不能提交网备",
        "The first instalment is not there or not whole; the contract cannot be submitted",
        "R-PAY-11 R-CTR-01",
        ("finance",),
    ),
    "deals.filing_deal_unstamped": Text(
        "合同尚未由开发商盖章，不能登记",
        "The developer has not stamped the contract; it cannot be registered",
        "R-CTR-17",
        _DEVELOPER,
    ),
    "deals.filing_number_missing": Text(
        "请填写主管部门给出的编号", "Give the number that the authority gave", "R-CTR-01", _OFFICER
    ),
    "deals.filing_reason_missing": Text("请填写退回原因", "Say why it was sent back", "R-CTR-01", _OFFICER),
    # lines of the preview, tasks
    "deals.will_note_identity": Text("证件原件已查验，购房资格：{result}", "Originals seen; the buyers are {result_en}"),
    "deals.will_note_clauses": Text("十项主要条款已逐条讲解", "All ten main clauses were explained"),
    "deals.will_object": Text(
        "客户对条款 {clause} 提出异议，请开发商答复", "The client objects to clause {clause}; the developer is asked"
    ),
    "deals.will_confirm": Text("开发商确认变更条款 {clause}", "The developer confirms the change of clause {clause}"),
    "deals.will_refuse": Text("开发商不同意变更条款 {clause}", "The developer refuses to change clause {clause}"),
    "deals.will_withdraw": Text("客户撤回对条款 {clause} 的异议", "The client withdraws his objection to clause {clause}"),
    "deals.will_meet": Text("签约时间：{at}", "Signing: {at}"),
    "deals.will_attach": Text("平面图已粘贴在合同中", "The floor plan is attached to the contract"),
    "deals.will_date": Text("合同签署日期：{day}", "Date of signing in the contract: {day}"),
    "deals.will_take_back": Text("收回客户所持认购书并存档", "The client's copy of the agreement is back and archived"),
    "deals.will_note_power": Text(
        "第 {position} 位买受人由{agent}代理，公证委托书已核验",
        "{agent} acts for buyer {position}; the notarised power was checked",
    ),
    "deals.will_waive": Text("免除：{what}", "Waived: {what_en}"),
    "deals.will_flag_call": Text("签约前确认电话晚于规定日期", "The confirming call came late"),
    "deals.will_note_errors": Text("差错 {places} 处", "Errors found: {places}"),
    "deals.will_proofread": Text("合同校对通过", "The contract is proofread"),
    "deals.will_stamp": Text("开发商盖章", "The developer's stamp"),
    "deals.will_keep": Text("{keeper}保管一份，领取人：{name}", "The {keeper_en} keeps a copy, received by {name}"),
    "deals.will_enter_filing": Text("网签合同编号：{number}", "The authority's contract number: {number}"),
    "deals.will_file": Text("备案编号：{number}", "Filed under {number}"),
    "deals.will_register": Text("登记编号：{number}", "Registered under {number}"),
    "task.contract_error_fine": Text("合同差错 {places} 处", "Errors in a contract: {places}", "R-CTR-20 C-50"),
    "task.pre_signing_call_late": Text(
        "签约前确认电话晚于规定日期", "The confirming call before signing came late", "R-CTR-11 C-57"
    ),
}
