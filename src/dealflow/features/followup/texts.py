"""What the follow-up room says when something is missing, and the sentences of its changes."""

from dealflow.casework.shelf import Text

RECORD = "followup.record"

TEXTS: dict[str, Text] = {
    "followup.result_missing": Text(
        "请填写跟进结果；没有记录结果的联系不算跟进",
        "Enter the result; a contact without a recorded result does not count",
        rule="R-FUP-03",
        who=("owner",),
        how=RECORD,
    ),
    "followup.method_unknown": Text(
        "跟进方式“{method}”不在名单内：{known}",
        "“{method}” is no way of following up; known are: {known}",
        rule="R-FUP-03",
        who=("owner",),
        how=RECORD,
    ),
    "followup.kind_unknown": Text(
        "跟进类别“{kind}”不在名单内：{known}",
        "“{kind}” is no kind of follow-up; known are: {known}",
        rule="R-FUP-03",
        who=("owner",),
        how=RECORD,
    ),
    "followup.next_in_past": Text(
        "下次跟进时间 {next} 早于本次联系",
        "The next contact, {next}, lies before this one",
        rule="R-FUP-19",
        who=("owner",),
        how=RECORD,
    ),
    "followup.entry_unknown": Text(
        "本交易没有编号为 {entry} 的跟进记录，无法更正",
        "This deal has no follow-up entry {entry} that could be corrected",
        rule="R-FUP-13",
        who=("owner",),
        how=RECORD,
    ),
    "followup.entry_of_another": Text(
        "该跟进记录由他人填写，只能由本人更正",
        "This entry was written by somebody else, who alone may correct it",
        rule="R-FUP-13",
        who=("owner",),
        how=RECORD,
    ),
    "followup.will_enter": Text("记录跟进：{method}，{result}", "Records a follow-up: {method_en}, {result}"),
}
