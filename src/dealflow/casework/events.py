"""The body of a chained event: who did what, when, judged how, with which rows and papers.

Personal values stand in it as commitments only.
"""

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from dealflow.casework.changes import Add, RowChange, Set
from dealflow.casework.command import Command
from dealflow.casework.dossier import Dossier
from dealflow.casework.house import BoundStep
from dealflow.casework.plan import PaperWrite
from dealflow.db.tables.casework import personal
from dealflow.db.tables.documents import papers as papers_table
from dealflow.kernel import canonical
from dealflow.kernel.clock import iso


def body(
    d: Dossier,
    bound: BoundStep,
    command: Command,
    source: str,
    target: str,
    rows: list[RowChange],
    issued: list[PaperWrite],
) -> tuple[str, list[RowChange]]:
    """The canonical text of an event, and the rows that hold the personal values it commits to."""
    answers, kept = _committed(d, command)
    told: dict[str, object] = {
        "case": d.case.id,
        "kind": d.case.kind,
        "seq": d.case.seq + 1,
        "at": iso(d.now),
        "entered": iso(d.entered),
        "actor": d.actor.id,
        "behalf": command.on_behalf_of,
        "event": bound.step.event,
        "from": source,
        "to": target,
        "workflow": d.case.workflow,
        "key": command.key,
        "use_case": command.use_case,
        "answers": answers,
        "judged": [b.offer.name for _, found in bound.needs for b in found],
        "policy": {k: spelled(d.policy[k]) for k in dict.fromkeys(bound.policy_keys())},
        "rows": _history(rows),
        "papers": [_paper(p) for p in issued],
    }
    return canonical.text(told), kept


def _committed(d: Dossier, command: Command) -> tuple[dict[str, object], list[RowChange]]:
    answers: dict[str, object] = {}
    kept: list[RowChange] = []
    for name, value in d.answers.items():
        if name in command.personal or name in PERSONAL_ALWAYS:
            text = canonical.text(spelled(value))
            salt = canonical.sha256(f"{d.salt}\n{d.case.id}\n{d.case.seq + 1}\n{name}")
            answers[name] = {"commitment": canonical.commitment(salt, text)}
            kept.append(Add(personal, {"case_id": d.case.id, "seq": d.case.seq + 1, "field": name, "salt": salt, "value": text}))
        else:
            answers[name] = spelled(value)
    return answers, kept


PERSONAL_ALWAYS = frozenset(
    {"payer", "payer_document", "name", "phone", "document", "note", "reason", "text", "content", "remarks", "received_by_name"}
)  # people name people in free text; also in cases that a step opens


def spelled(value: object) -> object:
    """A value as canonical records spell it."""
    if isinstance(value, datetime):
        return iso(value)
    return value if isinstance(value, int | str | bool | list | dict | type(None)) else str(value)


def _history(rows: list[RowChange]) -> dict[str, list[list[Any]]]:
    """The columns that history repeats, and how they change later: money, papers and signatures derive from the events alone."""
    found: dict[str, list[list[Any]]] = {}
    for change in rows:
        columns = kept(change.table)
        if columns and isinstance(change, Add):
            found.setdefault(change.table.name, []).append([spelled(change.row.get(c)) for c in columns])
        elif columns and isinstance(change, Set):
            changed = {c: spelled(v) for c, v in change.values.items() if c in columns}
            named = {c: spelled(v) for c, v in {**change.key, **change.expecting}.items() if c in columns}
            if changed:
                found.setdefault(f"{change.table.name}.set", []).append([named, changed])
    return found


def kept(table: sa.Table) -> tuple[str, ...]:
    """The columns of a table that history repeats: those that never change (`history`) and those that do (`changing`)."""
    return (*table.info.get("history", ()), *table.info.get("changing", ()))


def _paper(paper: PaperWrite) -> list[object]:
    return [*(paper.row[c] for c in papers_table.info["history"]), canonical.sha256(str(paper.row["facts"]))]
