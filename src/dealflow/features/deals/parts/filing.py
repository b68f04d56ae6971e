"""What a dossier may know of the filing of a contract: how far it has come, what is noted of it, the deal it is about."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from dealflow.casework.parts import CaseKey, Record, linked, part, rows_of
from dealflow.db.tables.casework import cases
from dealflow.db.tables.deals import deals, filings
from dealflow.features.deals.parts.contract import unmoved


class Filing(Record, frozen=True):
    """What is noted of the filing."""

    case_id: int
    deal_id: int
    contract_number: str | None = None
    entered_by: int | None = None
    entered_at: datetime | None = None
    reviewed_by: int | None = None
    reviewed_at: datetime | None = None
    filing_number: str | None = None
    filed_at: datetime | None = None
    registration_number: str | None = None
    registered_at: datetime | None = None


class FilingCase(Record, frozen=True):
    """How far the deal's filing has come."""

    id: int
    state: str


class FiledDeal(Record, frozen=True):
    """The deal that a filing is about."""

    id: int
    state: str
    owner_id: int | None


def _filing_case(case: CaseKey) -> sa.Select[Any]:
    return sa.select(cases.c.id, cases.c.state).where(cases.c.id == linked(case, "filing"))


def _filed_deal(case: CaseKey) -> sa.Select[Any]:
    joined = deals.join(cases, cases.c.id == deals.c.id)
    columns = (deals.c.id, cases.c.state, deals.c.owner_id)
    return sa.select(*columns).select_from(joined).where(deals.c.id == linked(case, "deal"))


FILING = rows_of(Filing, filings, link="filing")
FILING_CASE = part(FilingCase, _filing_case, fold=unmoved, of="filing")
FILED_DEAL = part(FiledDeal, _filed_deal, fold=unmoved, of="deal")
