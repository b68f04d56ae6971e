"""Tables of the corridor: cases and their chained history, links, deadlines, series, commands, tasks, jobs."""

import sqlalchemy as sa

from dealflow.db.meta import Id, Moment, column, key, live_where, metadata, of_case

projects = sa.Table(
    "projects", metadata, key(), column("code", unique=True), column("name"), column("address"), column("developer")
)

workflows = sa.Table(
    "workflows",
    metadata,
    column("kind", primary_key=True),
    column("version", sa.Integer, primary_key=True),
    column("hash"),
    column("text"),  # canonical form: what a case that began with it is still judged by
    column("published_at", Moment),
)

cases = sa.Table(
    "cases",
    metadata,
    key(),
    column("project_id", Id, sa.ForeignKey("projects.id")),
    column("kind"),
    column("name"),  # what people call it: "1-1201", "孙小明"; never judged
    column("workflow", sa.Integer),
    column("state"),
    column("former"),  # the state before the last move into this one
    column("version", Id),
    column("seq", Id),
    column("head"),  # hash of the last event
    column("opened_at", Moment),
    column("moved_at", Moment),
    sa.Index("ix_cases_kind_state", "project_id", "kind", "state"),
)

links = sa.Table(
    "links",
    metadata,
    of_case(primary_key=True),
    column("name", primary_key=True),
    column("other", Id),
    sa.Index("ix_links_other", "other", "name"),
)

events = sa.Table(
    "events",
    metadata,
    of_case(primary_key=True),
    column("seq", Id, primary_key=True, autoincrement=False),
    column("at", Moment),  # business time
    column("entered_at", Moment),
    column("actor", Id),
    column("name"),
    column("source"),
    column("target"),
    column("body"),  # canonical JSON as text: JSONB would reorder keys
    column("previous"),
    column("hash"),
)

personal = sa.Table(
    "personal",
    metadata,
    of_case(primary_key=True),
    column("seq", Id, primary_key=True, autoincrement=False),
    column("field", primary_key=True),
    column("salt"),
    column("value"),
)

commands = sa.Table(
    "commands", metadata, column("key", primary_key=True), column("digest"), column("answer"), column("at", Moment)
)

deadlines = sa.Table(
    "deadlines",
    metadata,
    of_case(primary_key=True),
    column("clock", primary_key=True),
    column("due_at", Moment),
    column("open", sa.Boolean),  # not yet acted and not ended
    column("running", sa.Boolean),  # false while it waits
    column("fires", sa.Boolean),  # fires an event; else warns
    column("role"),
    column("set_by", Id),  # the event's sequence number
    column("next_try", Moment),
    column("fault", nullable=True),
)
sa.Index(
    "ix_deadlines_due",
    deadlines.c.next_try,
    postgresql_where=sa.text("open and running"),
    sqlite_where=sa.text("open = 1 and running = 1"),
)

series = sa.Table("series", metadata, column("name", primary_key=True), column("next", Id))

tasks = sa.Table(
    "tasks",
    metadata,
    key(),
    of_case(),
    column("topic"),
    column("role"),  # whom it concerns; the owner of a deal is found through the deal
    column("person", Id, nullable=True),
    column("body"),
    column("made_at", Moment),
    column("due_at", Moment, nullable=True),
    column("open", sa.Boolean),
    column("closed_at", Moment, nullable=True),
    sa.Index("ix_tasks_case_id", "case_id"),
)
sa.Index("ix_tasks_open", tasks.c.role, **live_where(tasks.c.open))

jobs = sa.Table(
    "jobs",
    metadata,
    key(),
    column("kind"),
    column("subject", Id),
    column("state"),  # waiting, running, done, parked
    column("attempts", sa.Integer),
    column("made_at", Moment),
    column("lease_until", Moment, nullable=True),
    column("fault", nullable=True),
    sa.Index("ix_jobs_state", "state", "made_at"),
)
