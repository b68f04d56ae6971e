"""What the inspection and the keys ask: what was looked at, the result; keys and cards counted, meters, who receives them."""

from typing import Final

from dealflow.features.movein import rules, texts
from dealflow.web.asking import choose, options
from dealflow.web.forms import ROW
from dealflow.web.handover_look import HandoverLook
from dealflow.web.views import Field, Option
from dealflow.web.visit import Visit
from dealflow.web.words import DOCUMENTS

RESULTS_EN: Final = {"accepted": "accepted", "accepted_with_list": "accepted, with a repair list", "refused": "refused"}
LOOKED_AT: Final = (  # where an inspection usually begins: part, item
    ("入户门、门窗", "门锁、开启、密封"),
    ("墙面、地面、顶棚", "平整、空鼓、开裂"),
    ("厨房、卫生间", "防水、地漏、烟道"),
    ("水电、燃气", "通水、通电、仪表"),
)
KEYS: Final = ("入户门钥匙", "单元门卡")


def inspect(h: HandoverLook) -> tuple[Field, ...]:
    """Item by item, then the result."""
    v = h.v
    rows = tuple(_item(v, str(n), part, item) for n, (part, item) in enumerate(LOOKED_AT))
    results = tuple(
        Option(r, RESULTS_EN[r] if v.english else texts.RESULTS[r]) for r in ("accepted", "accepted_with_list", "refused")
    )
    return (
        Field("items", v.say("验收内容", "What was looked at"), "rows", rows=rows, blank=_item(v, ROW)),
        Field("result", v.say("结论", "Result"), "choice", "", tuple(o for o in results if o.value in rules.RESULTS)),
        Field(
            "reason", v.say("不予接收的原因", "Why it is refused"), "textarea", longest=400, shown_when=("result", ("refused",))
        ),
    )


def _item(v: Visit, n: str, part: str = "", item: str = "") -> tuple[Field, ...]:
    said = (Option("true", v.say("合格", "passed")), Option("false", v.say("不合格", "failed")))
    return (
        Field(f"items.{n}.part", v.say("部位", "Part"), value=part, longest=40),
        Field(f"items.{n}.item", v.say("内容", "Item"), value=item, longest=60),
        Field(f"items.{n}.passed", v.say("结果", "Found"), "select", "", (Option("", choose(v)), *said)),
        Field(f"items.{n}.note", v.say("说明", "Note"), required=False, longest=120),
    )


def hand_over_keys(h: HandoverLook) -> tuple[Field, ...]:
    """Keys, meters, receiver."""
    v = h.v
    name = h.deal.buyers[0].name if h.deal.buyers and h.seen != "masked" else ""
    return (
        Field("keys", v.say("钥匙、门卡", "Keys and cards"), "rows", rows=tuple(_key(v, str(n), k) for n, k in enumerate(KEYS)),
              blank=_key(v, ROW)),
        Field("water", v.say("水表读数", "Water meter"), longest=20),
        Field("electricity", v.say("电表读数", "Electricity meter"), longest=20),
        Field("gas", v.say("燃气表读数", "Gas meter"), required=False, longest=20),
        Field("receiver.name", v.say("领取人", "Received by"), value=name, longest=40),
        Field("receiver.document_kind", v.say("证件类型", "Document"), "select", "id_card", options(v, DOCUMENTS)),
        Field("receiver.document", v.say("证件号码", "Document number"), longest=40),
    )  # fmt: skip


def _key(v: Visit, n: str, name: str = "") -> tuple[Field, ...]:
    return (
        Field(f"keys.{n}.name", v.say("名称", "Name"), value=name, longest=30),
        Field(f"keys.{n}.count", v.say("数量", "Count"), "number", "", longest=2),
    )
