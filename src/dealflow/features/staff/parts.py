"""What a dossier may know of the staff: who is on duty. Used by this room's shelf."""

from datetime import datetime

import sqlalchemy as sa

from dealflow.casework.parts import PROJECT, Record, part
from dealflow.db.tables.staff import grants, people


class OnDuty(Record, frozen=True):
    """Somebody's grant of being on duty, for a time."""

    id: int
    name: str
    since: datetime
    until: datetime | None


DUTY = part(
    OnDuty,
    lambda case: (
        sa.select(grants.c.id, people.c.name, grants.c.since, grants.c.until)
        .join(people, people.c.id == grants.c.person_id)
        .where(grants.c.grant == "on_duty", people.c.project_id == PROJECT, people.c.active)
    ),
    fold=lambda rows, change, links, case: rows,
)
