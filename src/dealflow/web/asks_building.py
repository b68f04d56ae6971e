"""What each step of a building's preparation asks: the paper's number, body, day and scan; the fee schedule; a reason."""

from typing import Final

from dealflow.casework.judging import Choice
from dealflow.features.movein import rules, texts
from dealflow.features.movein.queries.building import PreparationRow
from dealflow.web.asking import choose, reason
from dealflow.web.asks_signing import scan
from dealflow.web.forms import Asking
from dealflow.web.views import Field, Option
from dealflow.web.visit import Visit

OWN: Final = {
    "survey": "movein.record_survey",
    "certify": "movein.register_certificate",
    "add_manual": "movein.register_manual",
    "attach": "movein.attach_paper",
    "post_schedule": "movein.post_schedule",
}
ATTACHED: Final = ("D-39", "D-40")


def begin(v: Visit, row: PreparationRow) -> Asking:
    """The building is complete."""
    fields = (
        Field("completed_on", v.say("竣工日期", "Completed on"), "date"),
        Field("number", v.say("竣工备案编号", "Number of the completion filing"), required=False, longest=60),
    )
    return Asking(
        f"begin-{row.building}", _url(row, "begin"), v.say("登记竣工", "Completed"), fields, "movein.begin_preparation",
        {"building": row.building},
    )  # fmt: skip


def ask(v: Visit, row: PreparationRow, choice: Choice) -> Asking:
    """What a step asks."""
    event = choice.step.event
    fields, own = _fields(v, event), OWN.get(event)
    fixed: dict[str, object] = {"preparation": row.id} if own else {"preparation": row.id, "event": event}
    return Asking(
        f"{event}-{row.building}",
        _url(row, event),
        v.word(choice.step.label),
        fields,
        own or "movein.take_building_step",
        fixed,
        row.version,
        confirmed=bool(fields),
        danger=event == "set_back",
    )


def _url(row: PreparationRow, event: str) -> str:
    return f"/buildings/{row.building}/steps/{event}"


def _fields(v: Visit, event: str) -> tuple[Field, ...]:
    on = Field("on", v.say("日期", "Day"), "date")
    number = Field("number", v.say("编号", "Number"), required=event == "certify", longest=60)
    original = scan(v, label=("原件扫描件", "Scan of the paper"))
    if event == "survey":
        return (Field("body", v.say("测绘单位", "Survey team"), longest=80), on, number)
    if event == "certify":
        return (number, Field("body", v.say("签发机构", "Issued by"), longest=80), on, original)
    if event == "add_manual":
        return (Field("title", v.say("说明书名称", "Title"), longest=80), on, original)
    if event == "attach":
        kinds = tuple(Option(kind, f"{kind} {v.say(*texts.PAPERS[kind])}") for kind in ATTACHED)
        return (Field("kind", v.say("资料", "Paper"), "select", "", (Option("", choose(v)), *kinds)), on, number, original)
    if event == "post_schedule":
        return (*_rates(v), Field("on", v.say("自何日起执行", "In force from"), "date"), original)
    return (reason(v),) if event == "set_back" else ()


def _rates(v: Visit) -> tuple[Field, ...]:
    per = {item: v.say(f"（{texts.PER[item]}）", f" ({texts.PER[item]})") for item in rules.ITEMS}
    return tuple(
        Field(f"rates.{item}", f"{v.say(*texts.ITEMS[item])}{per[item]}", "money", required=item in rules.MANDATORY)
        for item in rules.ITEMS
    )
