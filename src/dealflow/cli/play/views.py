"""One case as a scenario sees it now. Called by everything observable."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from dealflow.casework.advance import why_not
from dealflow.casework.command import CaseRef, Command
from dealflow.casework.dossier import Dossier
from dealflow.cli.play.stage import Stage
from dealflow.features.documents import queries as documents
from dealflow.kernel.actor import SERVICE
from dealflow.kernel.clock import PROJECT_ZONE


@dataclass(frozen=True)
class View:
    """One case as it stands now."""

    stage: Stage
    kind: str
    id: int

    @cached_property
    def dossier(self) -> Dossier:
        """Everything that any of its steps may read."""
        with self.stage.dealflow.reading() as uow:
            return why_not(uow, Command("", SERVICE), CaseRef(self.kind, self.id))[0]

    @cached_property
    def papers(self) -> tuple[documents.PaperRow, ...]:
        """Its papers and those of the cases beside it (refunds, filing, handover), in the order of issue."""
        with self.stage.dealflow.reading() as uow:
            return tuple(reversed(documents.papers_of(uow.connection, self.id)))

    def letter(self, person: int | None) -> str | None:
        """The letter of a person."""
        return next((letter for letter, one in self.stage.world.people.items() if one == person), None)


def local(moment: datetime) -> str:
    """A moment in the project's zone, as scenarios write it: seconds only when there are any."""
    at = moment.astimezone(PROJECT_ZONE)
    return f"{at:%Y-%m-%d %H:%M}" if at.second == 0 else f"{at:%Y-%m-%d %H:%M:%S}"
