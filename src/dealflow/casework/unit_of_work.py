"""One request, one command, one job: a connection, a moment, the house. Committed by the door, at the end, or not at all."""

import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlalchemy.engine import Connection

from dealflow.casework import reading, writing
from dealflow.casework.command import Answers, CaseRef, Command
from dealflow.casework.dossier import Dossier
from dealflow.casework.house import House
from dealflow.casework.plan import Plan
from dealflow.casework.reading import Answered, Asked, Question
from dealflow.db.engine import Database
from dealflow.db.writes import Busy, Missed
from dealflow.kernel.errors import DealflowError, NotFound


class WroteTwice(DealflowError):
    """A use case wrote twice in a unit of work that was not opened for several writes."""

    kind = "fault"


@dataclass
class UnitOfWork:
    """Lives as long as one request, command or job."""

    connection: Connection
    database: Database
    house: House
    now: datetime
    project_id: int
    several: bool = False
    salt: str = field(default_factory=lambda: secrets.token_hex(16))
    rehearsal: bool = False  # decide everything, write nothing: what a page shows before a step
    plans: list[Plan] = field(default_factory=list)
    wrote: bool = False

    def read(
        self, case: CaseRef, event: str | None, command: Command, answers: Answers, links: Mapping[str, int]
    ) -> tuple[Answered | None, Dossier]:
        """The dossier of a case for an event (None: for every step), and what its key was answered before. Raises NotFound."""
        question = Question.about(self.house, case.kind, event, self.database.dialect)
        asked = Asked(
            case.kind,
            case.id,
            event,
            command.key,
            self.salt,
            command.actor,
            (command.at or self.now).astimezone(UTC),  # facts and events are told in one spelling
            self.now.astimezone(UTC),
            answers,
            links,
            self.project_id,
            command.on_behalf_of,
        )
        columns = self.database.ask(self.connection, question.sql, reading.values(question, asked))
        answered, dossier = reading.dossier(self.house, question, asked, columns)
        if dossier is None or dossier.case.kind != case.kind or dossier.case.project_id != self.project_id:
            raise NotFound(case.kind, case.id)
        return answered, dossier

    def write(self, plan: Plan, command: Mapping[str, Any] | None) -> None:
        """All of the plan, or a Conflict that says what was taken and leaves nothing behind."""
        self.plans.append(plan)
        if self.rehearsal:
            return
        if self.wrote and not self.several:
            raise WroteTwice("a second write needs unit_of_work(several=True)")
        try:
            self.database.write(self.connection, writing.writes_of(plan, command))
        except (Missed, Busy) as error:
            raise writing.told(self.house, error) from error
        self.wrote = True


@contextmanager
def unit_of_work(
    database: Database, house: House, now: datetime, project_id: int, *, several: bool = False
) -> Iterator[UnitOfWork]:
    """A unit of work: commits on the way out, rolls back on any error."""
    engine = database.several if several else database.writers
    with engine.begin() as connection:
        yield UnitOfWork(connection, database, house, now, project_id, several)


@contextmanager
def reading_only(
    database: Database, house: House, now: datetime, project_id: int, *, rehearsal: bool = False
) -> Iterator[UnitOfWork]:
    """For pages that only look, previews and why-not answers: takes no lock. A rehearsal keeps the plans of what it was asked."""
    with database.readers.connect() as connection:
        yield UnitOfWork(connection, database, house, now, project_id, rehearsal=rehearsal)
