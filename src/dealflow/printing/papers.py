"""The catalogue of papers: every template folder, read and proved when the service starts.

Loaded by bootstrap, used by the press. A folder is data, never code; all faults of all folders are found at once,
each with file and line.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from dealflow.kernel.errors import DealflowError, Fault
from dealflow.printing.inputs import Need
from dealflow.printing.kinds import PaperKind, Signatory
from dealflow.printing.proving import prove
from dealflow.printing.reading import Reader
from dealflow.printing.record import PaperRecord

__all__ = ["Catalogue", "Need", "NoSuchPaper", "PaperKind", "PaperRecord", "Signatory", "load"]


class NoSuchPaper(DealflowError):
    """No template folder of that kind."""

    kind = "not_found"


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All kinds of paper by id, and every fault found in their folders."""

    kinds: Mapping[str, PaperKind]
    faults: tuple[Fault, ...] = ()

    def kind(self, name: str) -> PaperKind:
        """That kind, or NoSuchPaper."""
        if name not in self.kinds:
            raise NoSuchPaper(f"没有单据 {name} 的模板 / there is no template for {name}")
        return self.kinds[name]

    def unknown_facts(self, known: Collection[str]) -> list[Fault]:
        """Inputs whose fact is on no room's shelf; told when the shelves are collected."""
        return list(self._unknown(known))

    def _unknown(self, known: Collection[str]) -> Iterator[Fault]:
        for kind in self.kinds.values():
            for wanted in kind.inputs:
                if wanted.fact not in known:
                    where, fact = (kind.folder / "paper.yaml").as_posix(), wanted.fact
                    yield Fault(
                        "papers.unknown_fact", where, wanted.line, f"没有名为“{fact}”的事实", f'no room tells the fact "{fact}"'
                    )


def load(folder: Path) -> Catalogue:
    """Read every template folder. Names that begin with an underscore or a dot are not papers."""
    kinds: dict[str, PaperKind] = {}
    faults: list[Fault] = []
    if not folder.is_dir():
        return Catalogue(
            {}, (Fault("papers.no_folder", folder.as_posix(), 0, "单据模板目录不存在", "there is no such folder of templates"),)
        )
    for place in sorted(one for one in folder.iterdir() if one.is_dir() and one.name[0] not in "_."):
        reader = Reader(place)
        kind = reader.kind()
        if kind is not None:
            prove(reader, kind)
            kinds[kind.id] = kind
        faults.extend(reader.faults)
    return Catalogue(kinds, tuple(sorted(faults, key=lambda one: (one.file, one.line, one.code))))


def example(kind: PaperKind, name: str = "example.json") -> PaperRecord:
    """The invented record that the folder shows the kind with (or long.json: every field at its longest)."""
    record = Reader(kind.folder).record(kind, name)
    if record is None:
        raise NoSuchPaper(f"{kind.folder / name}")
    return record
