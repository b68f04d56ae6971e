"""The frozen record that a paper is: its PDF is a pure function of it and of the engine.

Made by whoever issues a paper or derives it again.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from dealflow.kernel import canonical


@dataclass(frozen=True, slots=True)
class PaperRecord:
    """One paper: kind, number, project, when and by whom it was issued, by which template, and its frozen facts by input name."""

    kind: str
    number: str
    project: str
    issued_at: datetime
    issued_by: str
    template_hash: str
    facts: Mapping[str, object]
    void: bool = False

    @property
    def facts_text(self) -> str:
        """The facts as canonical JSON, as they stand in the row."""
        return canonical.text(dict(self.facts))

    @property
    def seal(self) -> str:
        """SHA-256 over number, line feed and facts: the same value that the database writes beside the row."""
        return canonical.sha256(f"{self.number}\n{self.facts_text}")
