"""Reads scenario files into records that know their lines. Everything wrong with a file is told at once. Called by the player."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final, TypeAlias

from dealflow.kernel.clock import PROJECT_ZONE
from dealflow.kernel.errors import BadWorkflow, Fault
from dealflow.kernel.yaml_file import Node, Plain, plain, read

LENGTH: Final = re.compile(r"(\d{1,5})(d|h|m|s)")
UNITS: Final = {"d": "days", "h": "hours", "m": "minutes", "s": "seconds"}
TOP: Final = frozenset({"scenario", "rules", "before", "starts", "policy", "world", "steps"})
DOING: Final = frozenset({"by", "do", "with", "as", "refused", "on_behalf_of", "at", "key"})
PAPER: Final = frozenset({"kind", "of", "contains", "lacks"})


@dataclass(frozen=True, slots=True)
class Do:
    """Somebody does something; or is refused, for exactly these rules or codes."""

    line: int
    by: str
    use_case: str
    fields: Mapping[str, Plain]
    named: str = ""
    refused: tuple[str, ...] | None = None
    on_behalf_of: str = ""
    at: datetime | None = None
    key: str = ""


@dataclass(frozen=True, slots=True)
class Wait:
    """Time passes; deadlines that fall due act, each just after its own moment."""

    line: int
    length: timedelta


@dataclass(frozen=True, slots=True)
class At:
    """Time passes until this moment."""

    line: int
    moment: datetime


@dataclass(frozen=True, slots=True)
class See:
    """How things stand: for each thing, what is observed of it."""

    line: int
    things: Mapping[str, Mapping[str, Plain]]


@dataclass(frozen=True, slots=True)
class Page:
    """A printed paper of a case holds these texts, and not those."""

    line: int
    kind: str
    of: str
    contains: tuple[str, ...]
    lacks: tuple[str, ...] = ()


Step: TypeAlias = Do | Wait | At | See | Page


@dataclass(frozen=True, slots=True)
class Scenario:
    """One file. What another file tells may come before it: then world and beginning are that one's."""

    file: Path
    name: str
    rules: tuple[str, ...]
    starts: datetime
    policy: Mapping[str, str]
    world: str
    steps: tuple[Step, ...]
    before: "Scenario | None" = None

    @property
    def parts(self) -> "tuple[Scenario, ...]":
        """What is played, in order."""
        return (*self.before.parts, self) if self.before else (self,)


class _Reading:
    """One pass over a file; collects faults."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.faults: list[Fault] = []

    def scenario(self, root: Node, behind: tuple[Path, ...]) -> Scenario:
        """The whole file."""
        top = self.map(root, TOP)
        before = self.before(top, behind)
        name = self.text(top.get("scenario"), root, "scenario")
        world = before.world if before else self.text(top.get("world"), root, "world")
        starts = before.starts if before else self.moment(top.get("starts") or root)
        rules = self.texts(top.get("rules"))
        policy = {key: node.text for key, node in self.map(top.get("policy"), None).items()}
        steps = [step for node in self.list(top.get("steps")) if (step := self.step(node))]
        if not steps:
            self.fault(root, "没有步骤", "has no steps")
        return Scenario(self.path, name, rules, starts, policy, world, tuple(steps), before)

    def before(self, top: Mapping[str, Node], behind: tuple[Path, ...]) -> Scenario | None:
        """The file that is played first. It stands beside this one, and none comes before itself."""
        node = top.get("before")
        if node is None:
            return None
        for key in ("starts", "world"):
            if key in top:
                self.fault(top[key], f"“{key}”由前一文件决定", f'"{key}" is that of the file that comes before')
        place = self.path.parent / node.text
        if place in (*behind, self.path):
            raise node.wrong("scenario.malformed", "文件循环引用", "a file comes before itself")
        return load(place, (*behind, self.path))

    def step(self, node: Node) -> Step | None:
        """One step, by its first word."""
        found = self.map(node, None)
        match sorted(found.keys() & {"do", "wait", "see", "paper"}):
            case ["do"]:
                return self.doing(node, self.map(node, DOING))
            case ["wait"] if len(found) == 1:
                return Wait(node.line, self.length(found["wait"]))
            case ["see"] if len(found) == 1:
                return See(node.line, {thing: self.plains(one) for thing, one in self.map(found["see"], None).items()})
            case ["paper"] if len(found) == 1:
                return self.page(found["paper"])
            case [] if set(found) == {"at"}:
                return At(node.line, self.moment(found["at"]))
        self.fault(node, "步骤应为 do、wait、at、see 或 paper 之一", "a step is one of do, wait, at, see, paper")
        return None

    def doing(self, node: Node, found: Mapping[str, Node]) -> Do:
        """A use case, by somebody, with fields."""
        return Do(
            node.line,
            self.text(found.get("by"), node, "by"),
            self.text(found.get("do"), node, "do"),
            self.plains(found["with"]) if "with" in found else {},
            self.word(found, "as"),
            self.texts(found["refused"]) if "refused" in found else None,
            self.word(found, "on_behalf_of"),
            self.moment(found["at"]) if "at" in found else None,
            self.word(found, "key"),
        )

    def page(self, node: Node) -> Page:
        """A paper and what it holds."""
        found = self.map(node, PAPER)
        kind, of = self.text(found.get("kind"), node, "kind"), self.text(found.get("of"), node, "of")
        return Page(node.line, kind, of, self.texts(found.get("contains")), self.texts(found.get("lacks")))

    def map(self, node: Node | None, known: frozenset[str] | None) -> dict[str, Node]:
        """The keys of a map; a key that nobody knows is a fault."""
        if node is None:
            return {}
        if not isinstance(node.value, dict):
            self.fault(node, "这里应为键值", "a map of keys belongs here")
            return {}
        for key in node.value.keys() - (known if known is not None else node.value.keys()):
            self.fault(node.value[key], f"未知的键“{key}”", f'the key "{key}" is not known here')
        return node.value

    def list(self, node: Node | None) -> tuple[Node, ...]:
        """The entries of a list."""
        if node is None:
            return ()
        if not isinstance(node.value, tuple):
            self.fault(node, "这里应为列表", "a list belongs here")
            return ()
        return node.value

    def plains(self, node: Node) -> dict[str, Plain]:
        """A map as plain values."""
        return {key: plain(inner) for key, inner in self.map(node, None).items()}

    def texts(self, node: Node | None) -> tuple[str, ...]:
        """A list of texts."""
        return tuple(one.text for one in self.list(node))

    @staticmethod
    def word(found: Mapping[str, Node], key: str) -> str:
        """A text that may be left out."""
        return found[key].text if key in found else ""

    def text(self, node: Node | None, above: Node, key: str) -> str:
        """A text that must be there."""
        if node is None or not node.text:
            self.fault(node or above, f"缺少“{key}”", f'"{key}" is missing')
            return ""
        return node.text

    def moment(self, node: Node) -> datetime:
        """A moment of the project's local time."""
        try:
            found = datetime.fromisoformat(node.text)
        except ValueError:
            self.fault(node, "应为时间，例如 2025-03-03 09:00", "a moment belongs here, such as 2025-03-03 09:00")
            return datetime.now(PROJECT_ZONE)
        return found if found.tzinfo else found.replace(tzinfo=PROJECT_ZONE)

    def length(self, node: Node) -> timedelta:
        """A length of time: 72h 1s."""
        parts = node.text.split()
        found = [LENGTH.fullmatch(part) for part in parts]
        if not parts or not all(found):
            self.fault(node, "应为时长，例如 72h 1s", "a length belongs here, such as 72h 1s")
        return sum((timedelta(**{UNITS[one[2]]: int(one[1])}) for one in found if one), timedelta())

    def fault(self, node: Node, zh: str, en: str) -> None:
        """Something that is wrong, with its line."""
        self.faults.append(Fault("scenario.malformed", str(self.path), node.line, zh, en))


def load(path: Path, behind: tuple[Path, ...] = ()) -> Scenario:
    """A scenario file, and what comes before it. Raises BadWorkflow with every fault of its form."""
    reading = _Reading(path)
    scenario = reading.scenario(read(path), behind)
    if reading.faults:
        raise BadWorkflow(reading.faults)
    return scenario


def expand(paths: tuple[Path, ...]) -> Iterator[Path]:
    """Files as named; of a folder every scenario in it."""
    for path in paths:
        yield from sorted(path.rglob("*.yaml")) if path.is_dir() else (path,)
