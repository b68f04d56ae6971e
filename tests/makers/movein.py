"""Makers for pure tests of the movein room: a handover with a whole deal behind it, a building, receipts."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from dealflow.casework.dossier import Dossier
from dealflow.features.movein.parts.building import PREPARATION, RATES, Preparation, Rate
from dealflow.features.movein.parts.deal import CHARGES, HOME, OWNERS, PAID, SALE, Charge, Home, Owner, Paid, Sale
from dealflow.features.movein.parts.handover import HANDOVER, FeeLine, FeeReceipt, Handover, Inspection, Paper
from dealflow.kernel.actor import Actor
from tests.makers.dossiers import dossier, moment

HANDED, DEAL, UNIT, BUILDING = 7, 1, 501, 31
PRICE = 145_908_000
TEAM = Actor(31, "彭物业", frozenset({"property_team"}))
SLIP = Charge(61, DEAL, 1, 50_000_000, None)


def make_preparation(**given: Any) -> Preparation:
    """A building that is ready."""
    row: dict[str, Any] = {"id": BUILDING, "state": "ready", "ready": True, "rates_from": date(2025, 1, 1), "noticed_at": None}
    return Preparation(**{**row, "building": "1 号楼", "homes": 22, **given})


def make_handover(**given: Any) -> Handover:
    """A handover to which nobody has come yet."""
    row: dict[str, Any] = {
        "id": HANDED,
        "state": "invited",
        "deal_id": DEAL,
        "slot_at": moment("2025-03-14 09:00"),
        "slot_until": None,
        "place": "物业中心",
        "missed": 0,
        "notice": False,
        "identity": "",
        "contract_duplicate": False,
        "payment_proof": "",
        "surveyed_cm2": None,
        "statement_shown": False,
        "parking": "",
        "parking_space": "",
        "covenant_offered": False,
        "receiver": "",
        "receiver_document_kind": "",
        "receiver_document": "",
        "keys_at": None,
        "keys_by": "",
    }
    return Handover(**{**row, **given})


def make_receipt(id: int = 91, fen: int = 100, **given: Any) -> FeeReceipt:
    """A receipt in cash that stands."""
    row: dict[str, Any] = {
        "id": id,
        "case_id": HANDED,
        "seq": 5,
        "fen": fen,
        "method": "cash",
        "source_of_funds": "自有资金",
        "cheque_no": "",
        "cheque_fen": None,
        "reference": "",
        "payer": "陈静",
        "payer_document_kind": "id_card",
        "payer_document": "1",
        "note": "",
        "collector": "彭物业",
        "paid_at": moment("2025-03-14 09:30"),
        "cleared": True,
        "void": False,
        "returned": False,
    }
    return FeeReceipt(**{**row, **given})


def make_line(item: str, receipt: int = 91, period: str = "") -> FeeLine:
    """A fee on a receipt."""
    return FeeLine(receipt, HANDED, receipt, 1, item, period, 100, "")


def make_inspection(result: str, seq: int = 4) -> Inspection:
    """An inspection with this result."""
    return Inspection(seq, HANDED, seq, result, "", "彭物业", moment("2025-03-14 10:00"))


def make_covenant(state: str = "issued") -> Paper:
    """The covenant that stands."""
    return Paper(801, "D-40", "JY-D40-2500001", 4, state, None)


def handover(
    state: str = "fees_paid",
    *,
    deal: str = "move_in",
    paid: int = PRICE,
    owners: tuple[str, ...] = ("陈静",),
    rows: Mapping[Any, Any] | None = None,
    now: str = "2025-03-14 10:00",
    **more: Any,
) -> Dossier:
    """A handover whose deal is at moving in and paid in full."""
    known = {
        SALE: [Sale(DEAL, deal, PRICE)],
        PAID: [Paid("price_deposit", 2_000_000), Paid("price", paid - 2_000_000)],
        CHARGES: [SLIP],
        HOME: [Home(UNIT, "1-1201", 1_158_000)],
        OWNERS: [Owner(DEAL, n, "person", name) for n, name in enumerate(owners, 1)],
        PREPARATION: [make_preparation()],
        RATES: [Rate(BUILDING, "management_fee", 280), Rate(BUILDING, "maintenance_fund", 8_500)],
        HANDOVER: [make_handover(state=state)],
    }
    links = {"deal": DEAL, "unit": UNIT, "building": BUILDING, "D-40": 801}
    given = {"actor": TEAM, "policy": {"movein.fees_block_keys": True}, **more}
    return dossier("handover", state, id=HANDED, now=now, rows={**known, **(rows or {})}, links=links, **given)
