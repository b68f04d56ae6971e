"""The project's numbers and choices; one person proposes a change within the bounds, a second confirms it."""

from datetime import datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Path
from pydantic import BaseModel, Field

from dealflow.api.door import CaseId, House, SignedIn, unkeyed
from dealflow.api.schemas import Id, Words, problems, yuan
from dealflow.features.policies import queries, service
from dealflow.features.policies.queries import Setting
from dealflow.features.policies.service import OneProposal, ProposePolicy

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


class Proposal(BaseModel):
    """A proposed change: what was in force, what shall be, why, by whom. `answer` is null while it waits for a second person."""

    id: Id
    key: str
    former: str
    value: str
    reason: str
    proposed_by: int
    proposer: str
    proposed_at: datetime
    answer: Literal["confirmed", "withdrawn"] | None
    answered_by: int | None
    answerer: str | None
    answered_at: datetime | None


class Policies(BaseModel):
    """Every policy in the order of the file, the proposals that wait, and the latest that were confirmed or withdrawn."""

    policies: list[Policy]
    waiting: list[Proposal]
    history: list[Proposal]


class NewValue(BaseModel, extra="forbid"):
    """A value as text, and why it shall be."""

    value: str = Field(max_length=2000, examples=["600.00"])
    reason: str = Field(max_length=400, examples=["as the developer asked on 3 March"])


class SetValue(BaseModel):
    """The value that is in force from now on, in its one spelling."""

    key: str
    value: str


@router.get("", responses=problems())
def show(dealflow: House, caller: SignedIn) -> Policies:
    """Every policy with its default and its value; what was proposed, and what became of earlier proposals."""
    with dealflow.reading() as uow:
        return Policies(
            policies=[_policy(setting) for setting in service.settings(uow)],
            waiting=[_proposal(one) for one in service.waiting(uow)],
            history=[_proposal(one) for one in service.history(uow)],
        )


def _proposal(one: queries.Proposal) -> Proposal:
    return Proposal.model_validate(one, from_attributes=True)


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


@router.put("/{key}", responses=problems(403, 409, 413), status_code=202)
def propose(dealflow: House, caller: SignedIn, key: PolicyKey, asked: NewValue) -> Proposal:
    """Propose a value. Nothing changes before a second person confirms it; the same again gives the proposal that waits."""
    page = dealflow.book["policies.propose_policy"]
    with dealflow.unit_of_work(several=True) as uow:
        proposed = ProposePolicy(key=key, value=asked.value, reason=asked.reason)
        made: int = page.carry_out(uow, unkeyed(caller.actor), proposed)
        found = queries.proposal(uow.connection, uow.project_id, made)
    assert found is not None  # it was written or found a moment ago
    return _proposal(found)


@router.post("/proposals/{proposal}/confirm", responses=problems(403, 404, 409))
def confirm(dealflow: House, caller: SignedIn, proposal: CaseId) -> SetValue:
    """Put what another person proposed in force. The next step reads it; running clocks keep theirs."""
    page = dealflow.book["policies.confirm_policy"]
    with dealflow.unit_of_work(several=True) as uow:
        value: str = page.carry_out(uow, unkeyed(caller.actor), OneProposal(proposal=proposal))
        found = queries.proposal(uow.connection, uow.project_id, proposal)
    assert found is not None
    return SetValue(key=found.key, value=value)


@router.post("/proposals/{proposal}/withdraw", responses=problems(403, 404, 409), status_code=204)
def withdraw(dealflow: House, caller: SignedIn, proposal: CaseId) -> None:
    """End a proposal without effect: take back one's own, or decline another's."""
    page = dealflow.book["policies.withdraw_proposal"]
    with dealflow.unit_of_work(several=True) as uow:
        page.carry_out(uow, unkeyed(caller.actor), OneProposal(proposal=proposal))
