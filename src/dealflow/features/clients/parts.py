"""What a dossier may know of clients and of a deal's buyers. Other rooms call `client_id` for the client of a step."""

from datetime import datetime

import sqlalchemy as sa

from dealflow.casework.dossier import Dossier
from dealflow.casework.parts import PROJECT, CaseKey, Record, answered, part, rows_of
from dealflow.db.tables.clients import clients
from dealflow.db.tables.deals import buyers


class Client(Record, frozen=True):
    """The client of the case."""

    id: int
    name: str
    phone: str
    area: str
    channel: str
    since: datetime
    archive: str


class ClientByPhone(Record, frozen=True):
    """The client whom the project already knows by the phone that was given."""

    id: int
    name: str


class Buyer(Record, frozen=True):
    """One buyer of a deal, in contract order."""

    case_id: int
    position: int
    name: str
    document_kind: str
    document: str
    phone: str
    address: str


def _by_phone(case: CaseKey) -> sa.Select[tuple[object, ...]]:
    return sa.select(clients.c.id, clients.c.name).where(clients.c.project_id == PROJECT, clients.c.phone == answered("phone"))


CLIENT = rows_of(Client, clients, by="id", link="client")
CLIENT_BY_PHONE = part(ClientByPhone, _by_phone)
BUYERS = rows_of(Buyer, buyers, link="deal")


def client_id(d: Dossier) -> int:
    """The id of the client of a registration: the one known by this phone, else the one this step adds. Needs CLIENT_BY_PHONE."""
    known = d.one(CLIENT_BY_PHONE)
    return known.id if known else d.fresh("client")
