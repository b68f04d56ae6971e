"""Papers of a deal, a paper by its number, signatures, stored files; and the frozen record from which a paper is printed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
import sqlalchemy as sa

from dealflow.db.tables.casework import cases, links, projects
from dealflow.db.tables.documents import files, papers, signatures
from dealflow.db.tables.staff import people
from dealflow.printing.record import PaperRecord

NOBODY = "系统"  # issued by a clock or an A-step


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A paper as lists show it. `file` is the hash of its bytes, once printed."""

    id: int
    of_case: int
    kind: str
    number: str
    state: str
    seq: int
    issued_at: datetime
    issued_by: str
    file: str | None
    voided_at: datetime | None
    void_reason: str | None
    kept_by: str


@dataclass(frozen=True, slots=True)
class SignatureRow:
    """A signature: whose, in which place and capacity, how, recorded by whom."""

    paper_id: int
    position: int
    signer: str
    capacity: str
    way: str
    scan: str | None
    witness: str
    at: datetime


@dataclass(frozen=True, slots=True)
class FileRow:
    """A stored file; `kind` is the only type under which it may be served."""

    hash: str
    kind: str
    size: int
    name: str
    stored_at: datetime


def papers_of(connection: sa.Connection, deal_id: int) -> Sequence[PaperRow]:
    """The papers of a deal and of its refunds, newest first."""
    refunds = sa.select(links.c.case_id).where(links.c.other == deal_id, links.c.name == "deal")
    wanted = _papers().where(sa.or_(papers.c.of_case == deal_id, papers.c.of_case.in_(refunds)))
    found = connection.execute(wanted.order_by(papers.c.issued_at.desc(), papers.c.number.desc())).mappings()
    return [_row(one) for one in found]


def by_number(connection: sa.Connection, project_id: int, number: str) -> PaperRow | None:
    """A paper of the project by its number."""
    return _first(connection, _papers().where(papers.c.number == number.strip(), cases.c.project_id == project_id))


def one(connection: sa.Connection, project_id: int, paper_id: int) -> PaperRow | None:
    """A paper of the project."""
    return _first(connection, _papers().where(papers.c.id == paper_id, cases.c.project_id == project_id))


def signatures_of(connection: sa.Connection, deal_id: int) -> Sequence[SignatureRow]:
    """All signatures on papers of a deal, in the order in which they were given."""
    columns = [
        people.c.name.label("witness") if name == "witness" else signatures.c[name] for name in SignatureRow.__dataclass_fields__
    ]
    joined = signatures.outerjoin(people, people.c.id == signatures.c.witness)
    wanted = sa.select(*columns).select_from(joined).where(signatures.c.case_id == deal_id)
    return [SignatureRow(*row) for row in connection.execute(wanted.order_by(signatures.c.at, signatures.c.position))]


def file(connection: sa.Connection, digest: str) -> FileRow | None:
    """A stored file by its hash."""
    columns = [files.c[name] for name in FileRow.__dataclass_fields__]
    row = connection.execute(sa.select(*columns).where(files.c.hash == digest)).first()
    return FileRow(*row) if row else None


def hashes(connection: sa.Connection) -> Sequence[str]:
    """The hashes of all stored files: what the doctor reads again."""
    return list(connection.scalars(sa.select(files.c.hash).order_by(files.c.hash)))


def record(connection: sa.Connection, paper_id: int) -> PaperRecord | None:
    """The frozen record of a paper, as it was issued: what its bytes are a pure function of."""
    joined = papers.join(cases, cases.c.id == papers.c.id).join(projects, projects.c.id == cases.c.project_id)
    joined = joined.outerjoin(people, people.c.id == papers.c.issued_by)
    columns = (papers, projects.c.name.label("project"), people.c.name.label("issuer"))
    found = connection.execute(sa.select(*columns).select_from(joined).where(papers.c.id == paper_id)).mappings().first()
    if found is None:
        return None
    return PaperRecord(
        kind=found["kind"],
        number=found["number"],
        project=found["project"],
        issued_at=found["issued_at"],
        issued_by=found["issuer"] or NOBODY,
        template_hash=found["template"],
        facts=msgspec.json.decode(found["facts"], type=dict[str, Any]),
    )


def _papers() -> sa.Select[Any]:
    issuer, keeper = people.alias("issuer"), people.alias("keeper")
    joined = (
        papers.join(cases, cases.c.id == papers.c.id)
        .outerjoin(issuer, issuer.c.id == papers.c.issued_by)
        .outerjoin(keeper, keeper.c.id == papers.c.kept_by)
    )
    named = {"issued_by": issuer.c.name, "kept_by": keeper.c.name, "state": cases.c.state}
    columns = (named[n].label(n) if n in named else papers.c[n] for n in PaperRow.__dataclass_fields__)
    return sa.select(*columns).select_from(joined)


def _first(connection: sa.Connection, wanted: sa.Select[Any]) -> PaperRow | None:
    found = connection.execute(wanted).mappings().first()
    return _row(found) if found else None


def _row(found: Any) -> PaperRow:
    return PaperRow(**{**found, "issued_by": found["issued_by"] or NOBODY, "kept_by": found["kept_by"] or ""})
