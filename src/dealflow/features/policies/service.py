"""The use cases of the policies room: look at the project's policies, set one."""

from collections.abc import Sequence

from dealflow.casework.command import Command
from dealflow.casework.inputs import Words, asked
from dealflow.casework.unit_of_work import UnitOfWork
from dealflow.casework.usecases import UseCases
from dealflow.features.policies import queries, store
from dealflow.features.policies.queries import Setting
from dealflow.features.policies.texts import WHO, not_permitted
from dealflow.kernel.errors import Forbidden

book = UseCases("policies")


@asked
class SetPolicy:
    """A policy by its key, and its value as text: "600.00", "72h", "true", a choice."""

    key: Words
    value: Words


def settings(uow: UnitOfWork) -> Sequence[Setting]:
    """Every policy with its default and what the project decided."""
    return queries.settings(uow.connection, uow.house.policies, uow.project_id)


@book.use_case(zh="修改项目参数", en="Set policy")
def set_policy(uow: UnitOfWork, command: Command, asked: SetPolicy) -> str:
    """Set a policy within its bounds; the next step reads the new value, running clocks keep theirs.

    Gives the value's one spelling. Raises Forbidden for anybody but administrator and sales manager, Invalid
    "policy.unknown", "policy.not_a_<type>" or "policy.out_of_bounds"."""
    if command.actor.roles.isdisjoint(WHO):
        raise Forbidden([not_permitted()])
    policies = uow.house.policies
    value = policies.text(asked.key, policies.parse(asked.key, asked.value.strip()))
    store.put(uow.connection, uow.project_id, asked.key, value, command.actor.id, uow.now)
    return value
