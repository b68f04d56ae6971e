"""Published versions of workflows: immutable once a case may have begun with them.

Called by bootstrap when the database is open.
"""

from collections.abc import Iterable
from datetime import datetime

import sqlalchemy as sa

from dealflow.db.engine import Database
from dealflow.db.tables.casework import workflows as table
from dealflow.kernel.errors import BadWorkflow, Fault
from dealflow.workflow.load import revive
from dealflow.workflow.records import Workflow


def publish(database: Database, workflows: Iterable[Workflow], now: datetime) -> tuple[Workflow, ...]:
    """Write new versions; return every version ever published. Raises BadWorkflow when a published one was altered."""
    with database.several.begin() as connection:
        stored = {(row.kind, row.version): row for row in connection.execute(sa.select(table))}
        altered = [_altered(w) for w in workflows if (w.kind, w.version) in stored and stored[w.kind, w.version].hash != w.hash]
        if altered:
            raise BadWorkflow(altered)
        new = [w for w in workflows if (w.kind, w.version) not in stored]
        if new:
            rows = [{"kind": w.kind, "version": w.version, "hash": w.hash, "text": w.text, "published_at": now} for w in new]
            connection.execute(table.insert(), rows)
    given = {(w.kind, w.version): w for w in workflows}
    older = [
        revive(row.text, f"published {kind} {version}") for (kind, version), row in stored.items() if (kind, version) not in given
    ]
    return (*given.values(), *older)


def _altered(workflow: Workflow) -> Fault:
    return Fault(
        "workflow.altered",
        workflow.file,
        1,
        f"{workflow.kind}第{workflow.version}版已发布，内容不可改；请提高版本号",
        f"version {workflow.version} of {workflow.kind} is published and cannot be altered; raise its version",
    )
