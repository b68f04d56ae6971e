"""Stored bytes by their SHA-256, in a folder or wherever a `FileStore` keeps them, and the rows that know them."""

import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import sqlalchemy as sa

from dealflow.db.tables.documents import files, papers
from dealflow.features.documents import rules
from dealflow.kernel.canonical import sha256
from dealflow.kernel.errors import NotFound


class FileStore(Protocol):
    """Keeps bytes under their hash. The same bytes twice are kept once."""

    def put(self, content: bytes) -> str:
        """Keep these bytes; answers with their hash once they are safe."""
        ...

    def get(self, digest: str) -> bytes:
        """The bytes of a hash, or NotFound."""
        ...


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder of files named by hash, sharded by the first two characters."""

    root: Path

    def put(self, content: bytes) -> str:
        """Written beside and renamed, so that a file of this name is whole or not there."""
        digest = sha256(content)
        place = self._place(digest)
        if not place.exists():
            place.parent.mkdir(parents=True, exist_ok=True)
            _write(place, content)
        return digest

    def get(self, digest: str) -> bytes:
        """The bytes of a hash, or NotFound. Anything that is no hash is never a path."""
        if rules.HASH.fullmatch(digest) is None:
            raise NotFound("file", digest)
        try:
            return self._place(digest).read_bytes()
        except FileNotFoundError:
            raise NotFound("file", digest) from None

    def _place(self, digest: str) -> Path:
        return self.root / digest[:2] / digest


def _write(place: Path, content: bytes) -> None:
    handle, scratch = tempfile.mkstemp(prefix=".writing-", dir=place.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(scratch).replace(place)
    except BaseException:
        Path(scratch).unlink(missing_ok=True)
        raise
    folder = os.open(place.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def note_file(connection: sa.Connection, row: Mapping[str, object]) -> None:
    """The row of a stored file, unless these bytes are known already."""
    given = [sa.literal(row[c.name], c.type) for c in files.c]
    known = sa.exists().where(files.c.hash == row["hash"])
    connection.execute(sa.insert(files).from_select([c.name for c in files.c], sa.select(*given).where(~known)))


def note_printed(connection: sa.Connection, paper_id: int, digest: str, engine: str) -> None:
    """The stored bytes of a paper, once: whatever stands there already stays."""
    first = sa.update(papers).where(papers.c.id == paper_id, papers.c.file.is_(None))
    connection.execute(first.values(file=digest, engine=engine))
