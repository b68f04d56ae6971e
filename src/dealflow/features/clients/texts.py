"""What the clients room says when something is missing, and the sentences of its changes."""

from dealflow.casework.shelf import Text

TEXTS: dict[str, Text] = {
    "clients.phone_invalid": Text(
        "“{phone}”不是有效的联系电话；没有有效电话的登记不能确认客户归属",
        "“{phone}” is not a valid phone number; a registration without one gives no claim on the client",
        rule="R-REG-10",
        who=("front_desk_secretary", "on_duty"),
    ),
    "clients.name_missing": Text(
        "请填写客户姓名",
        "The client's name is missing",
        rule="R-REG-02",
        who=("front_desk_secretary", "on_duty"),
    ),
    "clients.name_long": Text(
        "客户姓名最多 {limit} 个字，现为 {length} 个字",
        "A client's name has at most {limit} characters; this one has {length}",
        rule="R-REG-02",
        who=("front_desk_secretary", "on_duty"),
    ),
    "clients.name_unseen": Text(
        "客户姓名不得含换行或看不见的字符",
        "A client's name has no line breaks and no characters that cannot be seen",
        rule="R-REG-02",
        who=("front_desk_secretary", "on_duty"),
    ),
    "clients.archive_malformed": Text(
        "客户档案应按“项目：内容”填写",
        "The archive is filled in as items and their contents",
        rule="R-ARC-03",
        who=("owner",),
        how="deals.open_tracking",
    ),
    "clients.archive_field_unknown": Text(
        "客户档案没有这些项目：{fields}",
        "The client archive has no such items: {fields}",
        rule="R-ARC-03",
        who=("owner",),
        how="deals.open_tracking",
    ),
    "clients.archive_too_long": Text(
        "客户档案这些项目超过 {limit} 字：{fields}",
        "These items of the archive exceed {limit} characters: {fields}",
        rule="R-ARC-03",
        who=("owner",),
        how="deals.open_tracking",
    ),
    "clients.phone_just_registered": Text(
        "这个电话刚刚已由他人登记，请重新查询", "This phone was registered by somebody a moment ago; search again"
    ),
    "clients.archive_changed": Text(
        "客户档案刚刚已有人补充，请刷新后再填", "The archive was filled in by somebody a moment ago; look again"
    ),
    "clients.will_remember": Text("新增客户：{name}", "Adds the client {name}"),
    "clients.will_archive": Text("客户档案已填 {filled} 项", "The archive will hold {filled} items"),
}
