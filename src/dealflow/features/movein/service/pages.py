"""The room's pages in the book of use cases, and how its cases are moved."""

from collections.abc import Mapping

from dealflow.casework.advance import advance
from dealflow.casework.command import Answer, Answers, CaseRef, Command
from dealflow.casework.unit_of_work import UnitOfWork
from dealflow.casework.usecases import UseCases
from dealflow.kernel.errors import NotFound

book = UseCases("movein")


def move(
    uow: UnitOfWork, command: Command, case: CaseRef, event: str, answers: Answers, links: Mapping[str, int] | None = None
) -> Answer:
    """A step of a case whose workflow is published here. Raises NotFound where it is not."""
    if case.kind not in uow.house.current:
        raise NotFound(case.kind, case.id)
    return advance(uow, command, case, event, answers, links or {})
