"""The project's numbers and choices, and setting one within its bounds."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Path
from pydantic import BaseModel, Field

from dealflow.api.door import House, SignedIn, unkeyed
from dealflow.api.schemas import Words, problems, yuan
from dealflow.features.policies import service
from dealflow.features.policies.queries import Setting
from dealflow.features.policies.service import SetPolicy

router = APIRouter(prefix="/policies", tags=["policies"])

PolicyKey = Annotated[str, Path(pattern=r"^[a-z][a-z_.]{0,59}$")]


class Policy(BaseModel):
    """A policy with its default and what the project decided, spelled as people type it: "500.00", "72h", "true"."""

    key: str
    label: Words
    type: str
    rule: str
    default: str
    value: str
    choices: list[str]
    minimum: str | None
    maximum: str | None
    set_by: int | None
    set_at: datetime | None


class Policies(BaseModel):
    """Every policy, in the order of the file."""

    policies: list[Policy]


class NewValue(BaseModel, extra="forbid"):
    """A value as text."""

    value: str = Field(max_length=2000, examples=["600.00"])


class SetValue(BaseModel):
    """The value's one spelling."""

    key: str
    value: str


@router.get("", responses=problems())
def show(dealflow: House, caller: SignedIn) -> Policies:
    """Every policy with its default and its value."""
    with dealflow.reading() as uow:
        return Policies(policies=[_policy(setting) for setting in service.settings(uow)])


def _policy(setting: Setting) -> Policy:
    policy = setting.policy
    return Policy(
        key=policy.key,
        label=Words.of(policy.label),
        type=policy.type,
        rule=policy.rule,
        default=setting.default,
        value=setting.value,
        choices=list(policy.choices),
        minimum=_bound(policy.type, policy.minimum),
        maximum=_bound(policy.type, policy.maximum),
        set_by=setting.set_by,
        set_at=setting.set_at,
    )


def _bound(kind: str, size: int | None) -> str | None:
    """A bound as a value of its type: yuan, minutes, a whole number."""
    if size is None:
        return None
    return yuan(size) if kind == "money" else f"{size}m" if kind == "duration" else str(size)


@router.put("/{key}", responses=problems(403, 413))
def put(dealflow: House, caller: SignedIn, key: PolicyKey, asked: NewValue) -> SetValue:
    """Set a policy. The next step reads it; running clocks keep theirs."""
    page = dealflow.book["policies.set_policy"]
    with dealflow.unit_of_work() as uow:
        value: str = page.carry_out(uow, unkeyed(caller.actor), SetPolicy(key=key, value=asked.value))
    return SetValue(key=key, value=value)
