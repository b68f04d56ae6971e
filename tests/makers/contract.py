"""Makers for pure tests of the contract and its filing: every field defaulted."""

from datetime import datetime
from typing import Any

from dealflow.features.deals.parts.contract import Call, Contract, Objection, Original, Power, Purchaser, Waiver
from dealflow.features.deals.parts.filing import FiledDeal, Filing
from dealflow.kernel.actor import Actor
from tests.makers.dossiers import moment
from tests.makers.sale import ANNE, DEAL

LEADER = Actor(25, "唐组长", frozenset({"team_leader", "salesperson"}))
DEVELOPER = Actor(26, "孔经办", frozenset({"developer_clerk"}))
OFFICER = Actor(27, "欧专员", frozenset({"mortgage_officer"}))
D18, D27 = 801, 802
FILING_ID = 601


def make_contract(**given: Any) -> Contract:
    """The contract's row, nothing noted yet."""
    return Contract(DEAL, **given)


def make_purchaser(position: int = 1, name: str = "陈静", document: str = "4199001", kind: str = "person") -> Purchaser:
    """A buyer with his document."""
    return Purchaser(DEAL, position, kind, name, "id_card", document)


def make_objection(id: int = 701, clause: str = "I", confirmed: bool | None = None, *, withdrawn: bool = False) -> Objection:
    """An objection to a clause, not answered yet."""
    gone: datetime | None = moment("2025-03-03 12:00") if withdrawn else None
    return Objection(id, DEAL, id, clause, "违约金太低", confirmed, None if confirmed is None else "已答复", gone)


def make_call(at: str, id: int = 711, kind: str = "pre_signing_call", corrects: int | None = None) -> Call:
    """A recorded contact."""
    return Call(id, DEAL, moment(at), kind, corrects)


def make_waiver(what: str) -> Waiver:
    """What the sales manager lets pass."""
    return Waiver(721, DEAL, 5, what, "客户遗失", 22, moment("2025-03-03 12:00"))


def make_power(**given: Any) -> Power:
    """A notarised power of the first buyer's."""
    row: dict[str, Any] = {
        "id": 731,
        "case_id": DEAL,
        "seq": 4,
        "position": 1,
        "agent": "陈强",
        "agent_document_kind": "id_card",
        "agent_document": "4199009",
        "notary": "云州公证处",
        "certificate": "第1号",
        "scope": "代为签署",
        "until": None,
        "original": True,
        "paper_id": D27,
        "at": moment("2025-03-03 12:00"),
    }
    return Power(**{**row, **given})


def make_original(keeper: str = "client") -> Original:
    """An original that was handed out."""
    return Original(741, DEAL, 4, 1, "original", keeper, "1", "陈静", moment("2025-03-03 12:00"))


def make_filing(**given: Any) -> Filing:
    """The filing's row, nothing noted yet."""
    return Filing(FILING_ID, DEAL, **given)


def filed_deal(state: str = "first_paid") -> FiledDeal:
    """The deal that is filed: 安顾问's."""
    return FiledDeal(DEAL, state, ANNE.id)
