"""Who looks, and the tables that every view of a deal joins."""

from dataclasses import dataclass

import sqlalchemy as sa

from dealflow.db.tables.casework import cases, links
from dealflow.db.tables.clients import clients
from dealflow.db.tables.deals import deals
from dealflow.db.tables.staff import people
from dealflow.db.tables.units import units


@dataclass(frozen=True, slots=True)
class Reader:
    """Who looks: his own clients he sees whole, those of others only with `all`."""

    person: int
    all: bool = False

    def sees(self, owner: int | None) -> bool:
        """Whether this reader may see a client of that owner."""
        return self.all or (owner is not None and owner == self.person)


_UNIT_LINK = sa.and_(links.c.case_id == deals.c.id, links.c.name == "unit")
JOINED = (
    deals.join(cases, cases.c.id == deals.c.id)
    .join(clients, clients.c.id == deals.c.client_id)
    .outerjoin(people, people.c.id == deals.c.owner_id)
    .outerjoin(links, _UNIT_LINK)
    .outerjoin(units, units.c.id == links.c.other)
)
