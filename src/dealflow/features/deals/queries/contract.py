"""What is on record of a deal's contract and its filing, for pages and the API: notes, objections, originals, the filing."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from dealflow.db.tables.casework import cases
from dealflow.db.tables.deals import contracts, deals, filings, objections, originals, waivers
from dealflow.db.tables.staff import people

PAGE = 50


@dataclass(frozen=True, slots=True)
class ContractNotes:
    """What was noted on the way to the stamped contract; nothing where nothing was."""

    eligibility: str | None = None
    identity_at: datetime | None = None
    clauses_at: datetime | None = None
    appointment_at: datetime | None = None
    appointment_place: str | None = None
    floor_plan: str | None = None
    signed_on: date | None = None
    agreement_back_at: datetime | None = None
    signed_at: datetime | None = None
    called_late: bool | None = None
    error_places: int | None = None
    proofread_at: datetime | None = None
    stamped_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ObjectionRow:
    """A client's objection to a clause. `confirmed` is the developer's answer; nothing: none yet."""

    clause: str
    text: str
    raised_at: datetime
    confirmed: bool | None
    answer: str | None
    withdrawn_at: datetime | None

    @property
    def open(self) -> bool:
        """Neither confirmed by the developer nor withdrawn by the client."""
        return self.withdrawn_at is None and self.confirmed is not True


@dataclass(frozen=True, slots=True)
class OriginalRow:
    """A copy of the contract and its keeper."""

    copy: str
    keeper: str
    number: str
    received_by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class WaiverRow:
    """What the sales manager let pass, and why."""

    what: str
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class FilingRow:
    """The filing of a contract with everything noted of it. `client` comes whole: the door masks it."""

    id: int
    state: str
    version: int
    deal_id: int
    client: str
    owner_id: int | None
    opened_at: datetime
    contract_number: str | None
    entered_by: str | None
    entered_at: datetime | None
    reviewed_by: str | None
    reviewed_at: datetime | None
    filing_number: str | None
    filed_at: datetime | None
    registration_number: str | None
    registered_at: datetime | None


def notes_of(connection: sa.Connection, deal_id: int) -> ContractNotes:
    """What is noted of the deal's contract."""
    columns = [contracts.c[name] for name in ContractNotes.__dataclass_fields__]
    row = connection.execute(sa.select(*columns).where(contracts.c.case_id == deal_id)).first()
    return ContractNotes(*row) if row else ContractNotes()


def objections_of(connection: sa.Connection, deal_id: int) -> Sequence[ObjectionRow]:
    """The client's objections in the order in which they were raised."""
    columns = [objections.c[name] for name in ObjectionRow.__dataclass_fields__]
    wanted = sa.select(*columns).where(objections.c.case_id == deal_id).order_by(objections.c.seq)
    return [ObjectionRow(*row) for row in connection.execute(wanted)]


def originals_of(connection: sa.Connection, deal_id: int) -> Sequence[OriginalRow]:
    """Who keeps which copy."""
    columns = [originals.c[name] for name in OriginalRow.__dataclass_fields__]
    wanted = sa.select(*columns).where(originals.c.case_id == deal_id).order_by(originals.c.seq, originals.c.position)
    return [OriginalRow(*row) for row in connection.execute(wanted)]


def waivers_of(connection: sa.Connection, deal_id: int) -> Sequence[WaiverRow]:
    """What the sales manager let pass."""
    columns = [waivers.c[name] for name in WaiverRow.__dataclass_fields__]
    wanted = sa.select(*columns).where(waivers.c.case_id == deal_id).order_by(waivers.c.seq)
    return [WaiverRow(*row) for row in connection.execute(wanted)]


def filing_of(connection: sa.Connection, deal_id: int) -> FilingRow | None:
    """The deal's last filing, if one was opened."""
    wanted = _filings().where(filings.c.deal_id == deal_id).order_by(cases.c.opened_at.desc()).limit(1)
    row = connection.execute(wanted).first()
    return FilingRow(*row) if row else None


def filing(connection: sa.Connection, project_id: int, filing_id: int) -> FilingRow | None:
    """One filing of the project."""
    row = connection.execute(_filings().where(filings.c.case_id == filing_id, cases.c.project_id == project_id)).first()
    return FilingRow(*row) if row else None


def filings_in(connection: sa.Connection, project_id: int, states: Collection[str], limit: int = PAGE) -> Sequence[FilingRow]:
    """Filings of the project that stand in these states, the oldest first."""
    wanted = _filings().where(cases.c.project_id == project_id, cases.c.state.in_(sorted(states)))
    return [FilingRow(*row) for row in connection.execute(wanted.order_by(cases.c.opened_at, cases.c.id).limit(limit))]


def _filings() -> sa.Select[Any]:
    f, deal, entered, reviewed = filings.c, cases.alias("deal"), people.alias("entered"), people.alias("reviewed")
    joined = (
        filings.join(cases, cases.c.id == f.case_id)
        .join(deal, deal.c.id == f.deal_id)
        .join(deals, deals.c.id == f.deal_id)
        .outerjoin(entered, entered.c.id == f.entered_by)
        .outerjoin(reviewed, reviewed.c.id == f.reviewed_by)
    )
    columns: tuple[Any, ...] = (
        f.case_id,
        cases.c.state,
        cases.c.version,
        f.deal_id,
        deal.c.name.label("client"),
        deals.c.owner_id,
        cases.c.opened_at,
        f.contract_number,
        entered.c.name.label("enterer"),
        f.entered_at,
        reviewed.c.name.label("reviewer"),
        f.reviewed_at,
        f.filing_number,
        f.filed_at,
        f.registration_number,
        f.registered_at,
    )
    return sa.select(*columns).select_from(joined)
