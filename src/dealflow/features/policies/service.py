"""The use cases of the policies room: one person proposes a change, another confirms it; either may withdraw it.

A repeated command writes nothing twice. No case moves here: the next step reads what is in force then."""

from collections.abc import Mapping, Sequence
from typing import Annotated

from pydantic import Field

from dealflow.casework.command import Command, identify
from dealflow.casework.inputs import Key, Words, asked
from dealflow.casework.unit_of_work import UnitOfWork
from dealflow.casework.usecases import UseCases
from dealflow.features.policies import queries, store
from dealflow.features.policies.queries import Proposal, Setting
from dealflow.features.policies.texts import WHO, answered_now, not_permitted, refusal
from dealflow.kernel.errors import Forbidden, NotFound, Refused

book = UseCases("policies")


@asked
class ProposePolicy:
    """A policy by its key, its new value as text ("600.00", "72h", "true", a choice), and why."""

    key: Words
    value: Words
    reason: Annotated[Words, Field(max_length=400)]


@asked
class OneProposal:
    """A proposal by its id."""

    proposal: Key


def settings(uow: UnitOfWork) -> Sequence[Setting]:
    """Every policy with its default and what is in force."""
    return queries.settings(uow.connection, uow.house.policies, uow.project_id)


def waiting(uow: UnitOfWork) -> Sequence[Proposal]:
    """The proposals that wait for a second person, the oldest first."""
    return queries.waiting(uow.connection, uow.project_id)


def history(uow: UnitOfWork) -> Sequence[Proposal]:
    """What was confirmed and withdrawn, the latest first."""
    return queries.answered(uow.connection, uow.project_id)


@book.use_case(zh="提出修改项目参数", en="Propose policy change")
def propose_policy(uow: UnitOfWork, command: Command, asked: ProposePolicy) -> int:
    """Propose a value within its bounds; nothing changes before a second person confirms. Gives the proposal's id.

    The same person proposing the same again gets the proposal that waits. Raises Forbidden for anybody but administrator and
    sales manager, Invalid "policy.unknown", "policy.not_a_<type>" or "policy.out_of_bounds", Refused with every reason."""
    _permitted(command)
    id = identify(command.key, "proposal")
    if queries.proposal(uow.connection, uow.project_id, id):
        return id
    value, former = _spelled(uow, asked.key, asked.value), in_force(uow, asked.key)
    open_ = next(iter(queries.waiting(uow.connection, uow.project_id, asked.key)), None)
    if open_ and (open_.value, open_.proposed_by) == (value, command.actor.id):
        return open_.id
    reasons = []
    if not asked.reason.strip():
        reasons.append(refusal("policies.reason_missing"))
    if value == former:
        reasons.append(refusal("policies.unchanged", value=value))
    if open_:
        told = {"proposal": open_.id, "proposer": open_.proposer, "value": open_.value}
        reasons.append(refusal("policies.proposal_open", **told))
    if reasons:
        raise Refused(reasons)
    row = {"id": id, "project_id": uow.project_id, "key": asked.key, "former": former, "value": value}
    by = {"reason": asked.reason.strip(), "proposed_by": command.actor.id, "proposed_at": uow.now}
    store.propose(uow.connection, {**row, **by})
    return id


@book.use_case(zh="确认修改项目参数", en="Confirm policy change")
def confirm_policy(uow: UnitOfWork, command: Command, asked: OneProposal) -> str:
    """Put what another person proposed in force; running clocks keep theirs. Gives the value.

    Raises Forbidden for one's own proposal and for anybody but administrator and sales manager, NotFound, Refused when it was
    withdrawn or another value came in force since, Conflict when somebody answered at the same moment."""
    _permitted(command)
    found = _found(uow, asked.proposal)
    if found.proposed_by == command.actor.id:
        told = {"key": found.key, "former": found.former, "value": found.value}
        raise Forbidden([refusal("policies.own_proposal", **told)])
    if found.answer == "confirmed" and found.answered_by == command.actor.id:
        return found.value
    _must_wait(found)
    value, former = _spelled(uow, found.key, found.value), in_force(uow, found.key)
    if former != found.former:
        raise Refused([refusal("policies.value_moved", former=found.former)])
    if not store.answer(uow.connection, found.id, "confirmed", command.actor.id, uow.now):
        raise answered_now()
    if not store.put(uow.connection, uow.project_id, found.key, value, command.actor.id, uow.now, former=former):
        raise answered_now()
    return value


@book.use_case(zh="撤回参数修改", en="Withdraw policy proposal")
def withdraw_proposal(uow: UnitOfWork, command: Command, asked: OneProposal) -> None:
    """End a proposal without effect: the proposer takes it back, or another who may decide declines it."""
    _permitted(command)
    found = _found(uow, asked.proposal)
    if found.answer == "withdrawn" and found.answered_by == command.actor.id:
        return
    _must_wait(found)
    if not store.answer(uow.connection, found.id, "withdrawn", command.actor.id, uow.now):
        raise answered_now()


def begin_with(uow: UnitOfWork, values: Mapping[str, str], by: int) -> None:
    """The policies with which a throwaway world begins. Scenarios only: no door offers it, nobody is asked to confirm."""
    for key, value in values.items():
        store.put(uow.connection, uow.project_id, key, _spelled(uow, key, value), by, uow.now)


def in_force(uow: UnitOfWork, key: str) -> str:
    """The value of a known policy as it stands, in its one spelling."""
    policies = uow.house.policies
    chosen = queries.chosen(uow.connection, uow.project_id, key)
    return chosen if chosen is not None else policies.text(key, policies.defaults()[key])


def _spelled(uow: UnitOfWork, key: str, value: str) -> str:
    """A value in its one spelling. Raises Invalid for an unknown policy and for a value that it does not take."""
    policies = uow.house.policies
    return policies.text(key, policies.parse(key, value.strip()))


def _permitted(command: Command) -> None:
    if command.actor.roles.isdisjoint(WHO):
        raise Forbidden([not_permitted()])


def _found(uow: UnitOfWork, id: int) -> Proposal:
    found = queries.proposal(uow.connection, uow.project_id, id)
    if found is None:
        raise NotFound("policy proposal", id)
    return found


def _must_wait(found: Proposal) -> None:
    if found.answer:
        raise Refused([refusal(ANSWERED[found.answer])])


ANSWERED = {"confirmed": "policies.confirmed_before", "withdrawn": "policies.withdrawn_before"}
