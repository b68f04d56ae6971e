"""Work that must happen later: job rows written with their cause, claimed with a lease, done after it. Called by the worker."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from dealflow.db.tables.casework import jobs

LEASE = timedelta(minutes=2)
MOST_ATTEMPTS = 5


@dataclass(frozen=True, slots=True)
class Job:
    """A claimed job."""

    id: int
    kind: str
    subject: int
    attempts: int


def claim(connection: Connection, now: datetime) -> Job | None:
    """The oldest job that waits or whose lease ran out, claimed by an update that must touch exactly one row."""
    ready = sa.or_(jobs.c.state == "waiting", sa.and_(jobs.c.state == "running", jobs.c.lease_until < now))
    found = connection.execute(sa.select(jobs).where(ready).order_by(jobs.c.made_at, jobs.c.id).limit(1)).first()
    if found is None:
        return None
    mine = sa.update(jobs).where(jobs.c.id == found.id, jobs.c.attempts == found.attempts, ready)
    touched = connection.execute(mine.values(state="running", attempts=found.attempts + 1, lease_until=now + LEASE)).rowcount
    return Job(found.id, found.kind, found.subject, found.attempts + 1) if touched == 1 else None


def done(connection: Connection, job: Job) -> None:
    """The work is there."""
    connection.execute(sa.update(jobs).where(jobs.c.id == job.id).values(state="done", lease_until=None, fault=None))


def failed(connection: Connection, job: Job, fault: str) -> None:
    """Try again later; after too many attempts the job is parked with its fault and blocks nobody."""
    state = "parked" if job.attempts >= MOST_ATTEMPTS else "waiting"
    connection.execute(sa.update(jobs).where(jobs.c.id == job.id).values(state=state, lease_until=None, fault=fault[:500]))
