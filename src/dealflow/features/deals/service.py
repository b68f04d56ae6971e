"""The use cases of a deal's owner and manager: open tracking, prepare the sale, any step that has no form of its own."""

from dataclasses import field, replace
from datetime import date
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from dealflow.casework.advance import advance
from dealflow.casework.command import Answer, Answers, CaseRef, Command
from dealflow.casework.inputs import Key, Local, Secret, Words, Yuan, answers_of, asked, read_input
from dealflow.casework.unit_of_work import UnitOfWork
from dealflow.casework.usecases import UseCases

book = UseCases("deals")

PERSONAL = frozenset(
    {"archive", "content", "agent", "agent_document", "keepers", "needs", "questions", "feedback"}
)  # answers of generic steps that history holds as commitments
Share = Annotated[int, Field(ge=1, le=1_000_000)]


@asked
class OpenTracking:
    """The client's archive is opened; `archive` holds its items by name, number or key."""

    deal: Key
    channel: Words
    archive: dict[str, Secret] = field(default_factory=dict)


@asked
class NamedBuyer:
    """A buyer: a person, or a company with its credit code. `share_ppm` is needed when there are several."""

    kind: Literal["person", "company"] = "person"
    name: Secret
    document_kind: Words = ""
    document: Secret
    phone: Secret
    address: Secret = ""
    share_ppm: Share | None = None


@asked
class PlanLine:
    """A line of the payment plan; without a day it is due at the contract, or when the loan is paid out."""

    label: Words
    amount: Yuan
    due_on: date | None = None
    by_loan: bool = False


@asked
class PrepareSale:
    """What was agreed with the client. Without `lines` the plan is one line over the price, or down payment and loan."""

    deal: Key
    unit: Key
    price: Yuan
    plan: Literal["lump_sum", "instalments", "mortgage", "provident_fund", "combined"]
    deposit: Yuan
    buyers: list[NamedBuyer]
    lines: list[PlanLine] = field(default_factory=list)
    loan: Yuan | None = None
    loan_months: Annotated[int, Field(ge=1, le=480)] | None = None
    bank: Words = ""


@asked
class TakeStep:
    """A step of the deal by its event, with the answers that it asks for."""

    deal: Key
    event: Words
    answers: dict[str, object] = field(default_factory=dict)


@asked
class TakeFilingStep:
    """A step of the filing of a deal's contract by its event, with the answers that it asks for."""

    filing: Key
    event: Words
    answers: dict[str, object] = field(default_factory=dict)


@asked
class KnownAnswers:
    """Answers of generic steps whose type matters; texts of forms become what guards and effects read."""

    reason: Words | None = None
    text: Words | None = None
    extra_clause: Words | None = None
    places: Annotated[int, Field(ge=0, le=99)] | None = None
    owner: Key | None = None
    until: Local | None = None
    next_at: Local | None = None
    at: Local | None = None
    signed_on: date | None = None
    signer: Annotated[int, Field(ge=1, le=99)] | None = None
    originals: bool | None = None
    confirmed: bool | None = None
    notarised: bool | None = None
    original: bool | None = None
    filed_data: bool | None = None


_known: TypeAdapter[KnownAnswers] = TypeAdapter(KnownAnswers)


@book.use_case(zh="建档跟踪", en="Open tracking", raises=(("deal", "open_tracking"),))
def open_tracking(uow: UnitOfWork, command: Command, asked: OpenTracking) -> Answer:
    """The owner opens the client's archive and goes on following him up."""
    return advance(uow, command, CaseRef("deal", asked.deal), "open_tracking", answers_of(asked, "deal"))


@book.use_case(zh="准备认购", en="Prepare sale", raises=(("deal", "prepare_sale"),))
def prepare_sale(uow: UnitOfWork, command: Command, asked: PrepareSale) -> Answer:
    """Unit, price, plan, buyers and agreed deposit, written down before any deposit is taken."""
    links = {"unit": asked.unit}
    return advance(uow, command, CaseRef("deal", asked.deal), "prepare_sale", answers_of(asked, "deal", "unit"), links)


@book.use_case(zh="办理步骤", en="Take step")
def take_step(uow: UnitOfWork, command: Command, asked: TakeStep) -> Answer:
    """Any step that needs no form of its own; one that has its own is refused and names it. Invalid for malformed answers."""
    command = replace(command, personal=command.personal | PERSONAL)
    return advance(uow, command, CaseRef("deal", asked.deal), asked.event, typed(asked.answers))


@book.use_case(zh="办理网备步骤", en="Take filing step")
def take_filing_step(uow: UnitOfWork, command: Command, asked: TakeFilingStep) -> Answer:
    """Enter, review, submit, file, reject, correct or register the contract; what the deal does to it, only the deal does."""
    return advance(uow, command, CaseRef("filing", asked.filing), asked.event, typed(asked.answers))


def typed(answers: Answers) -> Answers:
    """The answers with those of known type read; the others as they are."""
    names = KnownAnswers.__dataclass_fields__.keys() & answers.keys()
    read = read_input(_known, {name: answers[name] for name in names if answers[name] not in ("", None)})
    return {**{name: value for name, value in answers.items() if name not in names}, **answers_of(read)}
