"""Lists of deals and all that the page of one deal shows. Reads only; whoever may not see a client sees him masked."""

from dealflow.features.deals.queries.lists import DealRow, counts, search
from dealflow.features.deals.queries.page import BuyerRow, DealDetail, OwnershipRow, PlanRow, one
from dealflow.features.deals.queries.reader import Reader

__all__ = ["BuyerRow", "DealDetail", "DealRow", "OwnershipRow", "PlanRow", "Reader", "counts", "one", "search"]
