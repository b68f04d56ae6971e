"""What reception says when something is missing, and the sentences of its changes."""

from dealflow.casework.shelf import Text

DESK = ("front_desk_secretary", "on_duty")

TEXTS: dict[str, Text] = {
    "reception.earlier_contact_not_asked": Text(
        "请询问并记录客户此前与谁联系过",
        "Ask the client whom he was in contact with before, and record it",
        rule="R-FDT-02",
        who=DESK,
    ),
    "reception.receiver_missing": Text("请选择接待人员", "Choose who receives the client", rule="R-FDT-08", who=DESK),
    "reception.receiver_unknown": Text(
        "没有编号为 {receiver} 的人员",
        "There is no person with the number {receiver}",
        rule="R-FDT-08",
        who=DESK,
    ),
    "reception.receiver_inactive": Text(
        "{receiver}已停用，不能接待客户",
        "{receiver} is no longer active and cannot receive clients",
        rule="R-FDT-08",
        who=DESK,
    ),
    "reception.receiver_sells_not": Text(
        "{receiver}不是置业顾问，不能接待客户",
        "{receiver} is not a salesperson and cannot receive clients",
        rule="R-OWN-01",
        who=DESK,
    ),
    "reception.way_unknown": Text(
        "分配方式“{way}”不在名单内：{known}",
        "“{way}” is no way of allocation; known are: {known}",
        rule="R-FDT-08",
        who=DESK,
    ),
    "reception.allocation_unreasoned": Text(
        "按“{way}”接待须写明分配原因",
        "A reception by “{way_en}” needs its reason",
        rule="R-FDT-08",
        who=DESK,
    ),
    "reception.will_write": Text(
        "登记一行：{name}，{way}，接待人 {receiver}", "Writes a register line: {name}, {way_en}, received by {receiver}"
    ),
    "reception.will_correct": Text(
        "登记更正行：{name} 的登记作废", "Writes a correcting line: the registration of {name} is void"
    ),
}
