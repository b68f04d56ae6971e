"""What the policies room says when a change is refused."""

from dealflow.casework.shelf import Text
from dealflow.kernel.errors import Conflict, How, Unmet

WHO = ("administrator", "sales_manager")
RULE = "R-ROLE-06"

TEXTS: dict[str, Text] = {
    "policies.not_permitted": Text(
        "项目参数只能由系统管理员或案场经理提出和确认修改",
        "Changes of policies are proposed and confirmed by the administrator or the sales manager only",
        rule=RULE,
        who=WHO,
    ),
    "policies.own_proposal": Text(
        "参数修改须由另一人确认，不能确认自己提出的修改（{key}：{former} 改为 {value}）",
        "A change of a policy needs a second person; nobody confirms his own ({key}: {former} to {value})",
        rule=RULE,
        who=WHO,
        how="policies.confirm_policy",
    ),
    "policies.reason_missing": Text(
        "请填写修改原因", "Please give the reason of the change", rule=RULE, who=WHO, how="policies.propose_policy"
    ),
    "policies.unchanged": Text("现值已是 {value}，无需修改", "{value} is in force already", rule=RULE, who=WHO),
    "policies.proposal_open": Text(
        "此参数已有修改待确认（{proposer}提出：{value}），请先确认或撤回",
        "A change of this policy waits already ({value}, proposed by {proposer}); confirm or withdraw it first",
        rule=RULE,
        who=WHO,
        how="policies.confirm_policy",
    ),
    "policies.confirmed_before": Text("这项修改已经确认", "This change has been confirmed already", rule=RULE, who=WHO),
    "policies.withdrawn_before": Text(
        "这项修改已经撤回，需要时请重新提出",
        "This change has been withdrawn; propose it anew if it is wanted",
        rule=RULE,
        who=WHO,
        how="policies.propose_policy",
    ),
    "policies.value_moved": Text(
        "现值已不是提出时的 {former}，请撤回后重新提出",
        "{former} is no longer in force; withdraw the proposal and make a new one",
        rule=RULE,
        who=WHO,
        how="policies.withdraw_proposal",
    ),
    "policies.answered_now": Text(
        "这项修改刚刚已由他人处理，请刷新后再看", "Somebody has just answered this proposal; look again"
    ),
}


def refusal(code: str, **evidence: object) -> Unmet:
    """A reason with its sentences: these use cases are no step of a case."""
    text = TEXTS[code]
    how = How(text.how) if text.how else None
    told = text.zh.format_map(evidence), text.en.format_map(evidence)
    return Unmet(code, evidence, rule=text.rule, who=text.who, how=how, zh=told[0], en=told[1])


def not_permitted() -> Unmet:
    """The reason somebody hears who may not decide on policies."""
    return refusal("policies.not_permitted")


def answered_now() -> Conflict:
    """Two people answered at the same moment: this one was second."""
    text = TEXTS["policies.answered_now"]
    return Conflict("policies.answered_now", text.zh, text.en)
