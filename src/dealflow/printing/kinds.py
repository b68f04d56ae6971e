"""One kind of paper as read from its template folder: titles, who signs, its inputs, the hash of everything that prints it.

Made by `papers.load`; asked by whoever issues a paper (`facts`, `check`) and by the press.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from dealflow.printing.inputs import Facts, Input, Need, needs
from dealflow.printing.pages import Heading, day_of, frozen
from dealflow.printing.record import PaperRecord


@dataclass(frozen=True, slots=True)
class Signatory:
    """Somebody who signs: who (a role, or a relation such as buyers) and the words under the line."""

    who: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class PaperKind:
    """A template folder, read and found whole."""

    id: str
    zh: str
    en: str
    archive: bool
    signatories: tuple[Signatory, ...]
    inputs: tuple[Input, ...]
    folder: Path
    template_hash: str

    @property
    def facts(self) -> Mapping[str, str]:
        """Which fact on a room's shelf fills which input."""
        return {wanted.name: wanted.fact for wanted in self.inputs}

    @property
    def types(self) -> Mapping[str, str]:
        """The type of each input."""
        return {wanted.name: wanted.type for wanted in self.inputs}

    def check(self, facts: Facts) -> list[Need]:
        """Every input that these facts, by input name, leave unfilled or fill wrongly. Empty: the paper may be issued."""
        return needs(self.inputs, facts)

    def heading(self, record: PaperRecord, mark: str = "") -> Heading:
        """What the page knows beside its facts. A draft shows neither number nor seal."""
        draft = mark == DRAFT
        return Heading(
            kind=self.id,
            title_zh=self.zh,
            title_en=self.en,
            number="" if draft else record.number,
            project=record.project,
            issued_at=day_of(frozen(record.issued_at)),
            issued_by=record.issued_by,
            created=frozen(record.issued_at),
            seal="" if draft else " ".join(record.seal[at : at + 4] for at in range(0, 16, 4)),
            mark=mark or (VOID if record.void else ""),
            labels=_labels(self.inputs),
            signs={one.who: {"zh": one.zh, "en": one.en} for one in self.signatories},
        )


DRAFT, VOID = "草稿 DRAFT", "作废 VOID"


def _labels(inputs: Sequence[Input]) -> dict[str, dict[str, str]]:
    """The words beside each field; a column's stand under `rows.column`."""
    found = {one.name: {"zh": one.zh, "en": one.en} for one in inputs}
    for one in inputs:
        found |= {f"{one.name}.{column.name}": {"zh": column.zh, "en": column.en} for column in one.columns}
    return found
