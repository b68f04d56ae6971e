"""Lists of deals and all that the page of one deal shows. Reads only; whoever may not see a client sees him masked."""

from dealflow.features.deals.queries.contract import (
    ContractNotes,
    FilingRow,
    ObjectionRow,
    OriginalRow,
    WaiverRow,
    filing,
    filing_of,
    filings_in,
    notes_of,
    objections_of,
    originals_of,
    waivers_of,
)
from dealflow.features.deals.queries.lists import DealRow, counts, search
from dealflow.features.deals.queries.page import BuyerRow, DealDetail, OwnershipRow, PlanRow, one
from dealflow.features.deals.queries.reader import Reader

__all__ = [
    "BuyerRow",
    "ContractNotes",
    "DealDetail",
    "DealRow",
    "FilingRow",
    "ObjectionRow",
    "OriginalRow",
    "OwnershipRow",
    "PlanRow",
    "Reader",
    "WaiverRow",
    "counts",
    "filing",
    "filing_of",
    "filings_in",
    "notes_of",
    "objections_of",
    "one",
    "originals_of",
    "search",
    "waivers_of",
]
