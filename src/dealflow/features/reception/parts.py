"""What a dossier may know at the reception desk: the lines of this deal, who receives, and to whom the client belongs."""

from datetime import datetime

import sqlalchemy as sa

from dealflow.casework.parts import CaseKey, Record, answered, part, rows_of
from dealflow.db.tables.deals import deals
from dealflow.db.tables.reception import register_lines
from dealflow.db.tables.staff import people, person_roles


class Line(Record, frozen=True):
    """A line of a register."""

    id: int
    case_id: int
    seq: int
    register: str
    at: datetime
    party: int
    one_family: bool
    name: str
    phone: str
    area: str
    channel: str
    first: bool
    earlier: str
    received_by: int
    way: str
    needs: str
    content: str
    remarks: str
    entered_by: int
    corrects: int | None


class Receiver(Record, frozen=True):
    """The person who is to receive the client."""

    id: int
    name: str
    active: bool
    sells: bool


class Ownership(Record, frozen=True):
    """To whom the client of this deal belongs."""

    id: int
    owner_id: int | None


def _receiver(case: CaseKey) -> sa.Select[tuple[object, ...]]:
    sells = sa.exists().where(person_roles.c.person_id == people.c.id, person_roles.c.role == sa.literal_column("'salesperson'"))
    wanted = people.c.id == answered("received_by", sa.BigInteger())
    return sa.select(people.c.id, people.c.name, people.c.active, sells.label("sells")).where(wanted)


LINES = rows_of(Line, register_lines)
RECEIVER = part(Receiver, _receiver)
OWNERSHIP = rows_of(Ownership, deals, by="id")
