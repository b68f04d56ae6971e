"""Turns a template folder and facts into the HTML of a page. Sandboxed Jinja2: loops and formats, nothing undefined, all escaped.

Called by `papers` (to prove a template) and by `press` (to print). Finds no file but those of the folder and of the shared base.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

from jinja2 import BaseLoader, Environment, StrictUndefined, TemplateNotFound
from jinja2.sandbox import ImmutableSandboxedEnvironment

from dealflow.kernel.clock import PROJECT_ZONE
from dealflow.kernel.money import Fen, capitals, yuan

BASE: Final = "_base"
PLAIN_NAME: Final = re.compile(r"[a-z0-9_-]+\.[a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Heading:
    """What every page knows beside its facts, under the name `paper`."""

    kind: str
    title_zh: str
    title_en: str
    number: str
    project: str
    issued_at: str
    issued_by: str
    created: str
    seal: str
    mark: str
    labels: Mapping[str, Mapping[str, str]]
    signs: Mapping[str, Mapping[str, str]]


class Folder(BaseLoader):
    """Finds plain file names in the paper's own folder, then in the shared base; links and paths lead nowhere."""

    def __init__(self, folder: Path) -> None:
        self.places = (folder, folder.parent / BASE)

    def find(self, name: str) -> Path | None:
        """The file of that name, if it is a plain one inside its folder."""
        if not PLAIN_NAME.fullmatch(name):
            return None
        for place in self.places:
            file = place / name
            if file.is_file() and file.resolve().parent == place.resolve():
                return file
        return None

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        """What Jinja2 asks for."""
        file = self.find(template)
        if file is None:
            raise TemplateNotFound(template)
        return file.read_text(encoding="utf-8"), str(file), lambda: True


def environment(folder: Path) -> Environment:
    """The one way a page of that folder is rendered."""
    made = ImmutableSandboxedEnvironment(
        loader=Folder(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
    )
    made.globals.clear()
    made.filters = {name: made.filters[name] for name in KEPT} | FORMATS
    return made


def day(value: str) -> str:
    """A frozen date as papers show it: 2026年11月22日."""
    return _day(date.fromisoformat(value))


def moment(value: str) -> str:
    """A frozen moment in the project's zone: 2025年03月03日 15:20."""
    local = datetime.fromisoformat(value).astimezone(PROJECT_ZONE)
    return f"{_day(local.date())} {local:%H:%M}"


def day_of(value: str) -> str:
    """The day, in the project's zone, of a frozen moment."""
    return _day(datetime.fromisoformat(value).astimezone(PROJECT_ZONE).date())


def frozen(value: datetime) -> str:
    """A moment as records hold it."""
    return value.astimezone(UTC).isoformat(timespec="seconds")


def area(value: int) -> str:
    """Square centimetres as square metres with two places, the unit left to the page: 118.62. Half a place goes up."""
    whole, rest = divmod((value + 50) // 100, 100)
    return f"{whole:,}.{rest:02d}"


def money(value: int) -> str:
    """Fen as ¥1,234.00."""
    return yuan(Fen(value))


def in_capitals(value: int) -> str:
    """Fen in capitals; the paper prints 人民币 in front."""
    return capitals(Fen(value))


def yes(value: bool) -> str:
    """是 or 否."""
    return "是" if value else "否"


def _day(value: date) -> str:
    return f"{value.year:04d}年{value.month:02d}月{value.day:02d}日"


KEPT: Final = ("escape", "e", "join", "length", "first", "last", "sum", "groupby", "batch", "default", "upper")
FORMATS: Final[dict[str, Callable[..., object]]] = {
    "money": money,
    "capitals": in_capitals,
    "day": day,
    "day_of": day_of,
    "moment": moment,
    "area": area,
    "yes": yes,
}
