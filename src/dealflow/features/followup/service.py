"""The use case of the follow-up room: record a contact with a client."""

from dataclasses import replace
from typing import Literal

from dealflow.casework.advance import advance
from dealflow.casework.command import Answer, CaseRef, Command
from dealflow.casework.inputs import Key, Local, Secret, answers_of, asked
from dealflow.casework.unit_of_work import UnitOfWork
from dealflow.casework.usecases import UseCases

book = UseCases("followup")


@asked
class Record:
    """A contact, when it took place and what came of it. `corrects` names an entry by its id or the number of its event."""

    deal: Key
    method: Literal["phone", "visit", "message", "letter", "event"]
    kind: Literal["contact", "pre_signing_call", "negotiation"] = "contact"
    content: Secret = ""
    result: Secret
    next_at: Local | None = None
    corrects: Key | None = None
    at: Local | None = None


@book.use_case(zh="记录跟进", en="Record follow-up", raises=(("deal", "follow_up"),))
def record(uow: UnitOfWork, command: Command, asked: Record) -> Answer:
    """Enter a contact. Its own moment is the business time, so the seven days run from the contact, not from the entry."""
    command = replace(command, at=asked.at or command.at)
    return advance(uow, command, CaseRef("deal", asked.deal), "follow_up", answers_of(asked, "deal", "at"))
