"""The corridor's own sentences, in both languages."""

from dealflow.casework.shelf import Text

TEXTS: dict[str, Text] = {
    "casework.already": Text("刚刚已有人写入，请刷新后再试", "This was written a moment ago; look again and retry"),
    "casework.no_such_step": Text(
        "{kind}现在是“{state}”，此时不能“{event}”", "The {kind_en} is {state_en}; {event_en} is not possible now"
    ),
    "casework.not_permitted": Text(
        "这一步不由你办理；可由以下人员办理：{who_zh}", "This step is not yours to take; it may be taken by: {who_en}"
    ),
    "casework.own_form": Text("这一步请用“{use_case}”的表单办理", "This step is raised by its own form: {use_case}"),
    "casework.moved_on": Text(
        "{name}已被他人更新，请核对后再提交", "{name} has been changed by somebody else; check it and submit again"
    ),
    "casework.newer": Text(
        "你看到的是旧内容：{name}已有新变动，请刷新", "You are looking at an older state of {name_en}; refresh first"
    ),
    "casework.key_reused": Text("同一提交编号已用于另一操作", "This key was used for another command"),
    "casework.key_running": Text("这一操作正在处理中", "This command is being carried out"),
    "casework.must_not": Text("另一条件已成立，此步不适用", "Another condition holds, so this step does not apply"),
    "casework.paper_fact_missing": Text("{paper}缺少“{label}”，不能出具", "{paper_en} lacks “{label_en}” and cannot be issued"),
    "casework.paper_unprintable": Text(
        "{paper}含有无法打印的字：{characters}", "{paper_en} has characters no face can print: {characters}"
    ),
    "casework.busy": Text("有人同时在处理相同内容，请再试一次", "Two people were at work on the same things; try again"),
    "casework.clock_first": Text(
        "“{clock}”已到期，系统正在办理；请稍候再试", "“{clock_en}” has fallen due and is being acted on; try again in a moment"
    ),
    "casework.before_case": Text(
        "业务时间早于本单登记时间（{opened}）", "The business time lies before the case began ({opened})"
    ),
    "casework.too_late": Text(
        "补录须在{within}内；更早的由案场经理办理",
        "An entry may be made up within {within_en}; an older one needs the sales manager",
        "C-10",
        ("sales_manager",),
    ),
    "casework.in_future": Text("业务时间不能晚于现在", "The business time lies in the future"),
}
