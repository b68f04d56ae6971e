"""The use cases of papers: record a client's signature, keep a file, print an issued paper."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Annotated, Literal, NoReturn

from pydantic import Field

from dealflow.casework.advance import advance
from dealflow.casework.command import Answer, CaseRef, Command
from dealflow.casework.inputs import Key, Words, answers_of, asked
from dealflow.casework.unit_of_work import UnitOfWork
from dealflow.casework.usecases import UseCases
from dealflow.features.documents import queries, rules
from dealflow.features.documents.store import FileStore, note_file, note_printed
from dealflow.features.documents.texts import TEXTS
from dealflow.kernel import canonical
from dealflow.kernel.actor import SERVICE
from dealflow.kernel.errors import Invalid, NotFound
from dealflow.printing.press import Press

book = UseCases("documents")
Opened = Callable[[], AbstractContextManager[UnitOfWork]]  # how a unit of work is opened


@asked
class RecordSignature:
    """A buyer signed on paper. `signer` is his place among the buyers, `scan` the stored file with the signed copy."""

    deal: Key
    paper: Words = "D-18"
    signer: Annotated[int, Field(ge=1, le=99)]
    way: Literal["wet"] = "wet"
    scan: Words = ""


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file that is kept: its hash, its type, its size in bytes, its name."""

    hash: str
    kind: str
    size: int
    name: str


@dataclass(frozen=True, slots=True)
class Printed:
    """The bytes of a paper: their hash, and the versions that made them."""

    file: str
    engine: str


@book.use_case(zh="登记客户签字", en="Record client's signature", raises=(("deal", "sign_agreement"), ("deal", "sign_paper")))
def record_signature(uow: UnitOfWork, command: Command, asked: RecordSignature) -> Answer:
    """A client's signature is recorded by the owner who was there. Raises Invalid for a paper that clients do not sign."""
    if asked.paper not in rules.SIGNING:
        _refuse("documents.paper_unsignable", "paper")
    return advance(uow, command, CaseRef("deal", asked.deal), rules.SIGNING[asked.paper], answers_of(asked, "deal"))


def store_file(uow: UnitOfWork, command: Command, content: bytes, name: str, store: FileStore) -> StoredFile:
    """Keep a file under its hash. Its type is what its bytes say; the same bytes again are the same file.

    Raises Invalid for an empty file, one above 20 MB, or one that is no PDF, JPEG or PNG."""
    kind = rules.kind_of(content)
    if not content:
        _refuse("documents.file_empty", "file")
    if len(content) > rules.LARGEST:
        _refuse("documents.file_too_large", "file")
    if kind is None:
        _refuse("documents.file_kind", "file")
    kept = StoredFile(store.put(content), kind, len(content), rules.shown_name(name))
    _note(uow, kept, command.actor.id)
    return kept


def print_paper(writing: Opened, reading: Opened, press: Press, store: FileStore, paper_id: int) -> Printed:
    """Print an issued paper and keep its bytes. The same paper twice gives the same file; the first one noted stays.

    Units of work are opened here, so that nobody waits for a lock while it prints. Raises NotFound, or what the press says."""
    with reading() as uow:
        record = queries.record(uow.connection, paper_id)
    if record is None:
        raise NotFound("paper", paper_id)
    content = press.render(record)
    kept = StoredFile(store.put(content), rules.PDF, len(content), f"{record.kind}-{record.number}.pdf")
    printed = Printed(kept.hash, canonical.text(press.engine_stamp()))
    with writing() as uow:
        _note(uow, kept, SERVICE.id)
        note_printed(uow.connection, paper_id, printed.file, printed.engine)
    return printed


def _note(uow: UnitOfWork, kept: StoredFile, by: int) -> None:
    row = {"hash": kept.hash, "kind": kept.kind, "size": kept.size, "name": kept.name, "stored_at": uow.now, "stored_by": by}
    note_file(uow.connection, row)


def _refuse(code: str, field: str) -> NoReturn:
    raise Invalid(code, field, zh=TEXTS[code].zh, en=TEXTS[code].en)
