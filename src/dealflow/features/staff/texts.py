"""What the staff room says when it refuses."""

from dealflow.casework.shelf import Text
from dealflow.kernel.errors import How, Unmet

ADMINISTRATOR = ("administrator",)

TEXTS: dict[str, Text] = {
    "staff.administrator_only": Text(
        "人员与岗位只能由系统管理员维护",
        "People and roles are kept by the administrator only",
        rule="R-ROLE-02",
        who=ADMINISTRATOR,
    ),
    "staff.not_to_oneself": Text(
        "不能为自己授予或收回岗位、授权，也不能停用自己",
        "Nobody gives himself a role or grant, takes his own back or deactivates himself",
        rule="R-ROLE-02",
        who=ADMINISTRATOR,
    ),
    "staff.may_not_grant": Text("“{grant}”不由你授权", "The grant “{grant_en}” is not yours to give", rule="R-ROLE-06"),
    "staff.role_unknown": Text("没有岗位“{role}”", "There is no role “{role}”", who=ADMINISTRATOR, how="staff.give_role"),
    "staff.grant_unknown": Text("没有授权“{grant}”", "There is no grant “{grant}”", how="staff.grant"),
    "staff.grant_of_nobody": Text(
        "“{grant}”须指明代谁跟进",
        "The grant “{grant_en}” must say on whose behalf it holds",
        rule="R-OBL-04",
        who=("sales_manager",),
        how="staff.grant",
    ),
    "staff.grant_ends_first": Text(
        "授权结束时间早于开始时间", "The grant would end before it begins", how="staff.grant", who=("sales_manager",)
    ),
    "staff.login_missing": Text("请填写登录名", "The login is missing", who=ADMINISTRATOR, how="staff.add_person"),
    "staff.login_taken": Text(
        "登录名“{login}”已被使用", "The login “{login}” is taken", who=ADMINISTRATOR, how="staff.add_person"
    ),
    "staff.name_missing": Text("请填写姓名", "The name is missing", who=ADMINISTRATOR, how="staff.add_person"),
    "staff.password_unfit": Text(
        "密码须为 {shortest} 至 {longest} 个字符，且不同于登录名",
        "A password has {shortest} to {longest} characters and differs from the login",
        how="staff.set_password",
    ),
    "staff.tracking_of_another": Text(
        "他人客户的跟踪记录不能查阅；须由案场经理打开",
        "The tracking records of another's client are not yours to open; the sales manager can open them",
        rule="R-ROLE-13",
        who=("sales_manager",),
    ),
    "staff.paper_of_another": Text(
        "这份单据不由你查阅", "This paper is not yours to open", rule="R-ROLE-13", who=("sales_manager",)
    ),
    "staff.password_wrong": Text("原密码不正确", "The present password is not right", how="staff.set_password"),
}


def refusal(code: str, *, who: tuple[str, ...] = (), **evidence: object) -> Unmet:
    """A reason with its sentences, for use cases that are no step of a case."""
    text = TEXTS[code]
    return Unmet(
        code,
        evidence,
        rule=text.rule,
        who=who or text.who,
        how=How(text.how) if text.how else None,
        zh=text.zh.format_map(evidence),
        en=text.en.format_map(evidence),
    )
