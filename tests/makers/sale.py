"""Makers of units, deals, buyers and papers for pure tests: every field defaulted."""

from datetime import date, datetime
from typing import Any

from dealflow.features.deals.parts import Buyer, Deal, Named, OtherDeal, PlanLine
from dealflow.features.documents.parts import Buyer as Signer
from dealflow.features.documents.parts import Paper, Signature
from dealflow.features.units.parts import Unit
from dealflow.kernel.actor import Actor
from dealflow.kernel.identity import ID_CHECKS, ID_WEIGHTS
from tests.makers.dossiers import moment

U1, U2 = 501, 502
DEAL, RIVAL = 1, 2  # the deal of hand-made dossiers, and another client's
ANNE = Actor(23, "安顾问", frozenset({"salesperson"}))
PRICE = 138_960_000


def make_unit(**given: Any) -> Unit:
    """A licensed unit on sale, claimed by nobody."""
    row: dict[str, Any] = {
        "id": U1,
        "project_id": 1,
        "state": "for_sale",
        "code": "1-1201",
        "building": "1 号楼",
        "area_cm2": 1_158_000,
        "inner_area_cm2": 926_400,
        "list_fen": PRICE,
        "lowest_fen": 130_000_000,
        "blocked": None,
        "licence_no": "云房预售字（2024）第 011 号",
        "licence_from": date(2024, 6, 1),
        "claim_id": None,
        "claimed_by": None,
    }
    return Unit(**{**row, **given})


def held_by(deal: int, state: str = "held") -> Unit:
    """A unit that a deal claims."""
    return make_unit(state=state, claim_id=900, claimed_by=deal)


def make_deal(**given: Any) -> Deal:
    """A deal of 安顾问's, nothing agreed yet."""
    row: dict[str, Any] = {
        "id": DEAL,
        "client_id": 71,
        "owner_id": ANNE.id,
        "owner_name": ANNE.name,
        "visited": True,
        "open": True,
        "channel": "网络",
        "price_fen": None,
        "plan": None,
        "agreed_deposit_fen": None,
        "agreement_void_places": None,
        "unit_id": None,
        "commission_since": None,
    }
    return Deal(**{**row, **given})


def prepared_deal(**given: Any) -> Deal:
    """A deal about U1 with price, plan and deposit."""
    agreed = {"price_fen": PRICE, "plan": "lump_sum", "agreed_deposit_fen": 1_000_000, "unit_id": U1}
    return make_deal(**{**agreed, **given})


def make_other(**given: Any) -> OtherDeal:
    """Another salesperson's open deal with the same client."""
    row: dict[str, Any] = {
        "id": RIVAL,
        "state": "tracked",
        "owner_id": 24,
        "owner_name": "白顾问",
        "open": True,
        "confirmed_at": moment("2025-02-28 10:00"),
        "due_at": moment("2025-03-08 00:00"),
    }
    return OtherDeal(**{**row, **given})


def make_named(id: int = 24, name: str = "白顾问", *, active: bool = True, sells: bool = True) -> Named:
    """A person whom the step names."""
    return Named(id, name, active, sells)


def make_buyer(position: int = 1, name: str = "陈静") -> Buyer:
    """A buyer on record."""
    return Buyer(DEAL, position, name)


def make_line(amount: int = PRICE, position: int = 1, due_on: date | None = None, *, by_loan: bool = False) -> PlanLine:
    """A line of the plan."""
    return PlanLine(DEAL, position, "房款", amount, due_on, by_loan)


def make_paper(id: int = 801, state: str = "issued", voided_at: datetime | None = None) -> Paper:
    """A subscription agreement."""
    return Paper(id, "D-18", "JY-D18-25-000001", state, voided_at)


def make_signer(position: int = 1, name: str = "陈静", kind: str = "person") -> Signer:
    """A buyer who must sign."""
    return Signer(DEAL, position, kind, name)


def make_signature(position: int = 1, paper: int = 801, capacity: str = "self") -> Signature:
    """A signature on record."""
    return Signature(paper, DEAL, position, capacity)


def id_number(born: str = "19880101", serial: int = 100) -> str:
    """An invented identity number of an area that no county owns, with its check character."""
    body = f"419900{born}{serial:03d}"
    return body + ID_CHECKS[sum(int(digit) * weight for digit, weight in zip(body, ID_WEIGHTS, strict=True)) % 11]


def answered_buyer(serial: int = 100, **given: Any) -> dict[str, Any]:
    """A buyer as the form gives him."""
    return {"name": "陈静", "document": id_number(serial=serial), "phone": f"190000000{serial % 100:02d}", **given}
