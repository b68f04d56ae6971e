"""The use cases of the front desk: a visit, a call. Each ends in one step of a deal, a new one or the client's open one."""

from dataclasses import replace
from typing import Annotated, Literal

from pydantic import Field

from dealflow.casework.advance import advance
from dealflow.casework.command import Answer, CaseRef, Command, identify
from dealflow.casework.inputs import Key, Local, Secret, Words, answers_of, asked
from dealflow.casework.unit_of_work import UnitOfWork
from dealflow.casework.usecases import UseCases
from dealflow.features.reception import queries
from dealflow.kernel import identity
from dealflow.kernel.errors import Invalid

book = UseCases("reception")

Way = Literal["turn", "named", "returning", "courtesy", "compensation"]


@asked
class RegisterVisit:
    """A visitor at the desk. `deal` says that he comes for this deal (one with a deposit, say); `claim_new` asks for a new
    registration even though the register knows him."""

    name: Secret
    phone: Secret
    party: Annotated[int, Field(ge=1, le=9999)] = 1
    one_family: bool = True
    channel: Words
    area: Words = ""
    first: bool = True
    earlier: Words = ""
    received_by: Key
    way: Way
    reason: Words = ""
    needs: Words = ""
    remarks: Words = ""
    at: Local | None = None
    deal: Key | None = None
    claim_new: bool = False


@asked
class RegisterCall:
    """A caller, and what was spoken of."""

    name: Secret
    phone: Secret
    channel: Words
    area: Words = ""
    first: bool = True
    earlier: Words = ""
    received_by: Key
    way: Way
    reason: Words = ""
    needs: Words = ""
    content: Words = ""
    remarks: Words = ""
    at: Local | None = None
    deal: Key | None = None
    claim_new: bool = False


@book.use_case(zh="登记来访", en="Register visit", raises=(("deal", "register"), ("deal", "visit")))
def register_visit(uow: UnitOfWork, command: Command, asked: RegisterVisit) -> Answer:
    """Register a visitor.

    1. Whom the register knows by phone and whose deal is open (or lost, but still somebody's), comes to that deal: ownership
    does not depend on his memory (C-06), and whoever receives him, receives by courtesy unless the client is his own (E-038).
    2. Anybody else becomes a new deal: new clients, lapsed ones, and those whose deals have a deposit.
    A new registration of a client who is another's is made only when asked for, and then refused with the owner's name (E-047).
    """
    answers = {**answers_of(asked, "at", "deal", "claim_new"), "register": "visit", "phone": _spelled(asked.phone)}
    command = replace(command, at=asked.at or command.at)
    deal = _deal_of(uow, command.key, asked, str(answers["phone"]))
    if deal is None:
        return advance(uow, command, CaseRef("deal", identify(command.key, "deal")), "register", answers)
    return advance(uow, command, CaseRef("deal", deal), "visit", answers)


@book.use_case(zh="登记来电", en="Register call", raises=(("deal", "register"), ("deal", "call")))
def register_call(uow: UnitOfWork, command: Command, asked: RegisterCall) -> Answer:
    """Register a call: on the deal of a client whom the register knows; else a new deal, assigned by the phone's turn (C-59)."""
    answers = {**answers_of(asked, "at", "deal", "claim_new"), "register": "phone", "phone": _spelled(asked.phone)}
    command = replace(command, at=asked.at or command.at)
    deal = _deal_of(uow, command.key, asked, str(answers["phone"]))
    if deal is None:
        return advance(uow, command, CaseRef("deal", identify(command.key, "deal")), "register", answers)
    return advance(uow, command, CaseRef("deal", deal), "call", answers)


def _deal_of(uow: UnitOfWork, key: str, asked: RegisterVisit | RegisterCall, phone: str) -> int | None:
    """The deal that the visit belongs to, if there is one already. A retry of a command goes the way it went before."""
    before = queries.answered(uow.connection, key)
    if before is not None:
        return None if before.case == identify(key, "deal") else before.case
    if asked.deal is not None or asked.claim_new:
        return asked.deal
    known = queries.open_deal(uow.connection, uow.project_id, phone, asked.at or uow.now)
    return known.id if known else None


def _spelled(phone: str) -> str:
    """The one spelling of a phone; one that cannot be read stays as typed, for the step to refuse with its rule (R-REG-10)."""
    try:
        return identity.phone(phone)
    except Invalid:
        return phone
