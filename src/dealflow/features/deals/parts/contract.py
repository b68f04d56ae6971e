"""What a dossier may know of a deal's contract: what is noted, who objects, who called, who the buyers are, who keeps it."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from dealflow.casework.changes import RowChange
from dealflow.casework.parts import PROJECT, CaseKey, Record, answered, linked, part, rows_of
from dealflow.db.tables.deals import buyers, contract_errors, contracts, deals, filings, objections, originals, powers, waivers
from dealflow.db.tables.documents import files
from dealflow.db.tables.followup import follow_ups
from dealflow.db.tables.staff import people
from dealflow.db.tables.units import buildings, units


class Contract(Record, frozen=True):
    """Everything that is noted on the way to the stamped contract; see the table for each."""

    case_id: int
    identity_documents: str | None = None
    eligibility: str | None = None
    identity_note: str | None = None
    identity_state: str | None = None
    identity_by: int | None = None
    identity_at: datetime | None = None
    clauses_note: str | None = None
    clauses_state: str | None = None
    clauses_by: int | None = None
    clauses_at: datetime | None = None
    appointment_at: datetime | None = None
    appointment_place: str | None = None
    notice_by: int | None = None
    notice_at: datetime | None = None
    floor_plan: str | None = None
    floor_plan_paper: int | None = None
    signed_on: date | None = None
    dates_paper: int | None = None
    agreement_paper: int | None = None
    agreement_back_at: datetime | None = None
    signed_at: datetime | None = None
    called_late: bool | None = None
    error_places: int | None = None
    proofread_by: int | None = None
    proofread_at: datetime | None = None
    stamped_by: int | None = None
    stamped_at: datetime | None = None


class Purchaser(Record, frozen=True):
    """A buyer with the document that is checked against its original."""

    case_id: int
    position: int
    kind: str
    name: str
    document_kind: str
    document: str


class Objection(Record, frozen=True):
    """A client's objection to a clause. `confirmed` is the developer's answer; nothing: none yet."""

    id: int
    case_id: int
    seq: int
    clause: str
    text: str
    confirmed: bool | None
    answer: str | None
    withdrawn_at: datetime | None


class Call(Record, frozen=True):
    """A recorded contact; one that another entry corrects was wrong."""

    id: int
    case_id: int
    at: datetime
    kind: str
    corrects: int | None


class Waiver(Record, frozen=True):
    """What the sales manager lets pass."""

    id: int
    case_id: int
    seq: int
    what: str
    reason: str
    by: int
    at: datetime


class Power(Record, frozen=True):
    """A notarised power of attorney that was checked."""

    id: int
    case_id: int
    seq: int
    position: int
    agent: str
    agent_document_kind: str
    agent_document: str
    notary: str
    certificate: str
    scope: str
    until: date | None
    original: bool
    paper_id: int | None
    at: datetime


class ContractError(Record, frozen=True):
    """A place filled in wrongly, as the team leader found it."""

    id: int
    case_id: int
    seq: int
    position: int
    copy: str
    place: str
    wrong_text: str
    right_text: str


class Original(Record, frozen=True):
    """An original of the contract and its keeper."""

    id: int
    case_id: int
    seq: int
    position: int
    copy: str
    keeper: str
    number: str
    received_by: str
    at: datetime


class Stored(Record, frozen=True):
    """The stored file that the command names."""

    hash: str


class Loan(Record, frozen=True):
    """What the plan borrows, and how the salesperson can be called."""

    id: int
    loan_fen: int | None
    loan_months: int | None
    owner_phone: str | None


class SpokenOf(Record, frozen=True):
    """A unit of the project whose code the step names."""

    id: int
    code: str
    area_cm2: int
    list_fen: int


class Colleague(Record, frozen=True):
    """Somebody of the office whom a contract or its filing names."""

    id: int
    name: str


def unmoved(found: tuple[Any, ...], change: RowChange, links: Mapping[str, int], case_id: int) -> tuple[Any, ...]:
    """Facts that no step of a deal or a filing changes itself."""
    return found


def _stored(case: CaseKey) -> sa.Select[Any]:
    return sa.select(files.c.hash).where(files.c.hash == answered("file"))


def _loan(case: CaseKey) -> sa.Select[Any]:
    joined = deals.outerjoin(people, people.c.id == deals.c.owner_id)
    columns = (deals.c.id, deals.c.loan_fen, deals.c.loan_months, people.c.phone.label("owner_phone"))
    return sa.select(*columns).select_from(joined).where(deals.c.id == linked(case, "deal"))


def _spoken_of(case: CaseKey) -> sa.Select[Any]:
    """Codes are given as one text, parted by 、 (1-1201、1-1202)."""
    mark: sa.ColumnElement[str] = sa.literal_column("'、'")
    named = (mark + sa.func.coalesce(answered("units"), sa.literal_column("''")) + mark).contains(mark + units.c.code + mark)
    joined = units.join(buildings, buildings.c.id == units.c.building_id)
    columns = (units.c.id, units.c.code, units.c.area_cm2, units.c.list_fen)
    return sa.select(*columns).select_from(joined).where(buildings.c.project_id == PROJECT, named)


def _colleagues(case: CaseKey) -> sa.Select[Any]:
    deal, filing = linked(case, "deal"), linked(case, "filing")
    waived = sa.select(waivers.c.by).where(waivers.c.case_id == deal)
    noted = ("identity_by", "clauses_by", "notice_by", "proofread_by", "stamped_by")
    wanted = [sa.select(contracts.c[name]).where(contracts.c.case_id == deal) for name in noted]
    wanted += [sa.select(filings.c[name]).where(filings.c.case_id == filing) for name in ("entered_by", "reviewed_by")]
    return sa.select(people.c.id, people.c.name).where(sa.or_(*(people.c.id.in_(one) for one in (waived, *wanted))))


CONTRACT = rows_of(Contract, contracts, link="deal")
PURCHASERS = rows_of(Purchaser, buyers, link="deal")
OBJECTIONS = rows_of(Objection, objections)
CALLS = rows_of(Call, follow_ups)
WAIVERS = rows_of(Waiver, waivers)
POWERS = rows_of(Power, powers)
ERRORS = rows_of(ContractError, contract_errors)
ORIGINALS = rows_of(Original, originals)
STORED = part(Stored, _stored)
LOAN = part(Loan, _loan, fold=unmoved)
SPOKEN_OF = part(SpokenOf, _spoken_of, fold=unmoved)
COLLEAGUES = part(Colleague, _colleagues, fold=unmoved)
