"""What the units room says when something is missing, and the sentences of its changes."""

from typing import Final

from dealflow.casework.shelf import Text

FIELDS: Final = {  # names of a new unit's fields, as people call them
    "code": ("房号", "room number"),
    "layout": ("户型", "layout"),
    "orientation": ("朝向", "orientation"),
    "floor": ("楼层", "floor"),
    "area_cm2": ("建筑面积", "built area"),
    "inner_area_cm2": ("套内面积（不大于建筑面积）", "inner area (not above the built area)"),
    "list_price": ("表价", "list price"),
    "lowest_price": ("底价（不高于表价）", "lowest price (not above the list price)"),
}

TEXTS: dict[str, Text] = {
    "units.not_chosen": Text("请先选定房号", "Choose a unit first", rule="R-HLD-01", who=("owner",)),
    "units.unknown": Text("本项目没有这套房", "This project has no such unit", who=("owner",)),
    "units.unlicensed": Text(
        "{unit} 所在楼栋在 {day} 没有生效的预售许可证，依法不得收取任何定金或预定款",
        "The building of {unit} has no sales licence in force on {day}; the law allows no deposit or booking money",
        who=("administrator",),
    ),
    "units.not_for_sale": Text(
        "{unit} 尚未推出销售",
        "{unit} is not on sale",
        who=("sales_manager",),
        how="units.take_step",
    ),
    "units.taken": Text(
        "{unit} 已有其他客户，请另选房源", "{unit} belongs to another client; choose another unit", rule="R-DEP-10"
    ),
    "units.held_for_another": Text(
        "{unit} 正为另一客户封号，封号期内不能卖给他人",
        "{unit} is held for another client and is not sold past him during his hold",
        rule="R-HLD-03",
    ),
    "units.blocked": Text(
        "{unit} 已冻结：{why}",
        "{unit} is blocked: {why}",
        who=("administrator", "sales_manager"),
        how="units.take_step",
    ),
    "units.not_blocked": Text("{unit} 没有冻结", "{unit} is not blocked"),
    "units.other_claimed": Text(
        "这笔交易已占用 {claimed}，请先释放或换房，再选 {unit}",
        "This deal claims {claimed}; release or change it before choosing {unit}",
        rule="R-HLD-06",
        who=("owner",),
        how="deals.take_step",
    ),
    "units.reason_missing": Text("请填写原因", "Please give the reason"),
    "units.building_unknown": Text(
        "本项目没有这栋楼", "This project has no such building", who=("administrator",), how="units.add_building"
    ),
    "units.data_missing": Text(
        "房源资料不全或有误：{fields}",
        "The unit's data are missing or wrong: {fields_en}",
        who=("administrator",),
        how="units.add_unit",
    ),
    "units.not_administrator": Text(
        "项目和楼栋由管理员建立", "Projects and buildings are added by the administrator", who=("administrator",)
    ),
    "units.building_code_taken": Text("楼栋编号 {code} 已存在", "There already is a building {code}"),
    "units.code_taken": Text("房号 {unit} 已存在", "There already is a unit {unit}"),
    "units.taken_now": Text("{unit} 刚刚被其他客户占用，请另选房源", "{unit} was taken a moment ago; choose another unit"),
    "units.changed_now": Text("{unit} 刚刚有变动，请刷新后再试", "{unit} has changed a moment ago; look again and retry"),
    "units.will_hold": Text("{unit} 为本客户封号", "Holds {unit} for this client"),
    "units.will_secure": Text("{unit} 归本客户认购", "Secures {unit} for this client"),
    "units.will_release": Text("{unit} 重新可售", "{unit} is for sale again"),
    "units.will_create": Text("新建房源 {unit}", "Adds the unit {unit}"),
    "units.will_block": Text("冻结 {unit}", "Blocks {unit}"),
    "units.will_lift": Text("解冻 {unit}", "Lifts the block of {unit}"),
}
