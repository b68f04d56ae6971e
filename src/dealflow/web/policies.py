"""The project's numbers and choices, for those who decide on them: each with its default, its rule, and a form."""

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from dealflow.features.policies import service
from dealflow.features.policies.queries import Setting
from dealflow.features.policies.texts import not_permitted
from dealflow.kernel import duration, money
from dealflow.kernel.errors import Forbidden, NotFound
from dealflow.web.acting import Done, act
from dealflow.web.forms import Asking, Returned, show
from dealflow.web.frame import frame_of
from dealflow.web.views import Action, Badge, Field, Option, PoliciesPage, PolicyRow
from dealflow.web.visit import Sent, Visit, Visiting

router = APIRouter()


@router.get("/policies")
def listed(v: Visiting) -> Response:
    """Every policy. Raises Forbidden."""
    return _page(v)


@router.post("/policies/{key}")
def put(v: Visiting, key: str, form: Sent) -> Response:
    """Set one; the next step reads it. Raises NotFound."""
    with v.dealflow.reading() as uow:
        setting = next((s for s in service.settings(uow) if s.policy.key == key), None)
    if setting is None:
        raise NotFound("policy", key)
    result = act(v, asking_of(v, setting), form)
    return RedirectResponse("/policies", 303) if isinstance(result, Done) else _page(v, result)


def _page(v: Visit, back: Returned | None = None) -> Response:
    if not v.holds("administrator", "sales_manager"):
        raise Forbidden([not_permitted()])
    with v.dealflow.reading() as uow:
        rows = tuple(_row(v, s, back) for s in service.settings(uow))
        frame = frame_of(v, uow, v.say("项目参数", "Policies"), "policies")
    return v.page("policies.html", frame, PoliciesPage(rows), back.status if back else 200)


def _row(v: Visit, s: Setting, back: Returned | None) -> PolicyRow:
    changed = Badge(v.say("项目自定", "Set here"), "acc") if s.differs else None
    edit = Action(v.say("修改", "Change"), form=show(v, asking_of(v, s), back))
    return PolicyRow(
        s.policy.key, v.word(s.policy.label), s.policy.rule, worded(v, s, s.value), worded(v, s, s.default), changed, edit
    )


def asking_of(v: Visit, s: Setting) -> Asking:
    """The value, as text or by choice."""
    kind = s.policy.type
    choices = s.policy.choices or (("true", "false") if kind == "truth" else ())
    if choices:
        field = Field(
            "value", v.word(s.policy.label), "select", s.value, tuple(Option(c, worded(v, s, c)) for c in choices), wide=True
        )
    else:
        hint = (
            v.say("例如 7d（天）、72h（小时）、5wd（工作日）", "such as 7d, 72h, 5wd (working days)")
            if kind == "duration"
            else ""
        )
        field = Field(
            "value", v.word(s.policy.label), "money" if kind == "money" else "text", s.value, hint=hint, longest=40, wide=True
        )
    id = s.policy.key.replace(".", "-")
    return Asking(
        id,
        f"/policies/{s.policy.key}",
        v.say("修改", "Change"),
        (field,),
        "policies.set_policy",
        {"key": s.policy.key},
        confirmed=False,
    )


def worded(v: Visit, s: Setting, value: str) -> str:
    """A value as people read it."""
    if s.policy.type == "truth":
        return v.say("是", "yes") if value == "true" else v.say("否", "no")
    if s.policy.type == "money":
        amount = money.shown(money.from_text(value))
        return v.say(f"{amount} 元", f"CNY {amount}")
    if s.policy.type == "duration":
        return v.say(*duration.parse(value).words())
    words = CHOICES.get(value)
    return v.say(*words) if words else value


CHOICES = {
    "credit": ("抵作定金", "goes into the deposit"),
    "refund": ("退还客户", "is paid back"),
    "finance_manager_designated": ("财务、案场经理、指定收款人", "finance, manager, designated collectors"),
    "finance_only": ("仅财务", "finance only"),
    "acting_manager": ("案场经理或代理经理", "manager or acting manager"),
    "manager_only": ("仅案场经理", "manager only"),
}
