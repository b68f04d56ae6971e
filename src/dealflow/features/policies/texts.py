"""What the policies room says when a value is refused."""

from dealflow.casework.shelf import Text
from dealflow.kernel.errors import Unmet

WHO = ("administrator", "sales_manager")

TEXTS: dict[str, Text] = {
    "policies.not_permitted": Text(
        "项目参数只能由系统管理员或案场经理修改",
        "Policies are changed by the administrator or the sales manager only",
        rule="R-ROLE-06",
        who=WHO,
    ),
}


def not_permitted() -> Unmet:
    """The reason somebody hears who may not decide on policies."""
    text = TEXTS["policies.not_permitted"]
    return Unmet("policies.not_permitted", rule=text.rule, who=text.who, zh=text.zh, en=text.en)
