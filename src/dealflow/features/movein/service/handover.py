"""The use cases of a handover: papers, signatures, fees, the inspection, the keys."""

from dataclasses import field, replace
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from dealflow.casework.command import Answer, Answers, CaseRef, Command
from dealflow.casework.inputs import Key, Local, Secret, Words, Yuan, answers_of, asked, read_input
from dealflow.casework.unit_of_work import UnitOfWork
from dealflow.features.movein.queries import handover as queries
from dealflow.features.movein.service.pages import book, move

Method = Literal["cash", "pos", "transfer", "cheque", "scan", ""]  # nothing chosen is refused by the step, with its rule
Count = Annotated[int, Field(ge=1, le=99)]


@asked
class TakeStep:
    """A step of a handover by its event, with the answers that it asks for."""

    handover: Key
    event: Words
    answers: dict[str, object] = field(default_factory=dict)


@asked
class SignCovenant:
    """An owner signed the covenant on paper. `signer` is his place among the buyers, `scan` the hash of a stored file."""

    handover: Key
    signer: Count
    way: Words = "wet"
    scan: Words = ""


@asked
class Payer:
    """Who pays, with the document he shows."""

    name: Secret = ""
    document_kind: Words = "id_card"
    document: Secret = ""


@asked
class FeeLine:
    """One fee: the management fee and parking by the quarter or the year. `basis` says how a sum of its own was found."""

    item: Words
    amount: Yuan
    period: Words = ""
    basis: Words = ""


@asked
class TakeFees:
    """A receipt of the property company with everything a receipt states (R-DEP-06)."""

    handover: Key
    lines: list[FeeLine] = field(default_factory=list)
    amount: Yuan
    payer: Payer
    method: Method = ""
    source_of_funds: Words = ""
    cheque_no: Words = ""
    cheque_amount: Yuan | None = None
    reference: Words = ""
    note: Words = ""
    capitals: Words = ""
    at: Local | None = None


@asked
class ClearFees:
    """The receipt whose money the bank's statement shows."""

    receipt: Key


@asked
class VoidFees:
    """The wrong receipt, and why."""

    receipt: Key
    reason: Words = ""


@asked
class ReturnFees:
    """The receipt whose money goes back after a withdrawn notice; to whom and how."""

    receipt: Key
    received_by: Secret = ""
    method: Method = ""
    account: Secret = ""


@asked
class Inspected:
    """Something that was looked at."""

    part: Words
    item: Words
    passed: bool
    note: Words = ""


@asked
class Inspect:
    """An inspection of the home with its result."""

    handover: Key
    result: Words
    items: list[Inspected] = field(default_factory=list)
    reason: Words = ""


@asked
class CountedKeys:
    """Keys or cards of one kind."""

    name: Words
    count: Count


@asked
class HandOverKeys:
    """Keys, meters, and who receives them."""

    handover: Key
    keys: list[CountedKeys] = field(default_factory=list)
    receiver: Payer
    water: Words = ""
    electricity: Words = ""
    gas: Words = ""


@asked
class KnownAnswers:
    """Answers of generic steps whose type matters; texts of forms become what guards and effects read."""

    notice: bool | None = None
    contract_duplicate: bool | None = None
    certificate: bool | None = None
    manual: bool | None = None
    statement: bool | None = None
    offered: bool | None = None
    surveyed_cm2: Annotated[int, Field(ge=0, le=10**12)] | None = None
    identity: Words | None = None
    payment_proof: Words | None = None
    decision: Words | None = None
    space: Words | None = None
    item: Words | None = None
    reason: Words | None = None
    place: Words | None = None
    slot: Local | None = None
    slot_until: Local | None = None


_known: TypeAdapter[KnownAnswers] = TypeAdapter(KnownAnswers)


@book.use_case(zh="办理入住步骤", en="Take move-in step")
def take_step(uow: UnitOfWork, command: Command, asked: TakeStep) -> Answer:
    """Any step of a handover that needs no form of its own. Raises Invalid for malformed answers."""
    given = {name: value for name, value in asked.answers.items() if value not in ("", None)}
    answers = answers_of(read_input(_known, given))
    return move(uow, command, CaseRef("handover", asked.handover), asked.event, answers)


@book.use_case(zh="登记业主签署公约", en="Sign covenant", raises=(("handover", "sign_covenant"),))
def sign_covenant(uow: UnitOfWork, command: Command, asked: SignCovenant) -> Answer:
    """An owner's signature on the covenant, recorded by the property team who were there."""
    return _on_handover(uow, command, asked.handover, "sign_covenant", answers_of(asked, "handover"))


@book.use_case(zh="收入住费用", en="Take fees", raises=(("handover", "take_fees"),))
def take_fees(uow: UnitOfWork, command: Command, asked: TakeFees) -> Answer:
    """Fees of the property company, with a receipt."""
    at = command if asked.at is None else replace(command, at=asked.at)
    return _on_handover(uow, at, asked.handover, "take_fees", answers_of(asked, "handover", "at"))


@book.use_case(zh="确认入住费用到账", en="Clear fees", raises=(("handover", "clear_fees"),))
def clear_fees(uow: UnitOfWork, command: Command, asked: ClearFees) -> Answer:
    """The money of a cheque or transfer is on the property company's account."""
    place = queries.receipt_place(uow.connection, asked.receipt)
    return _on_handover(uow, command, place.handover, "clear_fees", answers_of(asked))


@book.use_case(zh="入住费用收据作废", en="Void fee receipt", raises=(("handover", "void_fees"),))
def void_fees(uow: UnitOfWork, command: Command, asked: VoidFees) -> Answer:
    """A wrong receipt becomes void with its paper; the right one is taken anew."""
    place = queries.receipt_place(uow.connection, asked.receipt)
    ref, links = CaseRef("handover", place.handover), {"fee_paper": place.paper}
    return move(uow, command, ref, "void_fees", answers_of(asked), links)


@book.use_case(zh="退还入住费用", en="Return fees", raises=(("handover", "return_fees"),))
def return_fees(uow: UnitOfWork, command: Command, asked: ReturnFees) -> Answer:
    """After a withdrawn notice the property team gives the fees back, receipt by receipt."""
    place = queries.receipt_place(uow.connection, asked.receipt)
    return _on_handover(uow, command, place.handover, "return_fees", answers_of(asked))


@book.use_case(zh="登记验房", en="Inspect", raises=(("handover", "inspect"),))
def inspect(uow: UnitOfWork, command: Command, asked: Inspect) -> Answer:
    """What was found when the client looked at his home, and whether he takes it."""
    return _on_handover(uow, command, asked.handover, "inspect", answers_of(asked, "handover"))


@book.use_case(zh="交付钥匙", en="Hand over keys", raises=(("handover", "hand_over_keys"),))
def hand_over_keys(uow: UnitOfWork, command: Command, asked: HandOverKeys) -> Answer:
    """The last step: the home is the client's."""
    return _on_handover(uow, command, asked.handover, "hand_over_keys", answers_of(asked, "handover"))


def _on_handover(uow: UnitOfWork, command: Command, handover: int, event: str, answers: Answers) -> Answer:
    return move(uow, command, CaseRef("handover", handover), event, answers)
