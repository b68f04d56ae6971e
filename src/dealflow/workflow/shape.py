"""The one shape of a workflow file: turns the nodes of a file into records, collecting every fault on the way.

Called by load.py only. Judges the form; whether the names mean anything is for check.py."""

import re
from collections.abc import Callable, Iterator
from typing import Final, Literal, TypeVar

from dealflow.kernel.errors import BadWorkflow, Fault
from dealflow.kernel.yaml_file import Node
from dealflow.workflow.records import (
    FORMER,
    NONE,
    SAME,
    Argument,
    ClockRule,
    Label,
    Need,
    PolicyKey,
    Start,
    State,
    Step,
    Use,
    Workflow,
)

NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,63}")
TOP: Final = ("workflow", "version", "label", "initial", "groups", "links", "clocks", "states", "steps")
STATE: Final = ("stage", "label", "waits_for", "final")
CLOCK: Final = ("fires", "warns", "to", "after", "runs_in", "waits_in", "ends_on", "label", "rule", "repeats")
TAKEN: Final = ("event", "label", "from", "to", "permit", "rules", "raised_by", "when")
STEP: Final = (*TAKEN, "needs", "effects", "issues", "links", "starts", "inverse")
COMBINED: Final[dict[str, Literal["all", "any"]]] = {"all": "all", "any": "any"}
NOWHERE: Final = Label("", "")

Keys = dict[str, Node]
T = TypeVar("T")


class Shape:
    """One file being read. `faults` holds what was wrong; a record is made all the same, so that reading can go on."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []
        self.groups: dict[str, tuple[str, ...]] = {}

    def workflow(self, root: Node) -> Workflow:
        """The whole file. Its canonical text and hash are put in by the loader."""
        top = self.keys(root, TOP, ("workflow", "version", "states", "steps"))
        states = {name: self.state(name, node) for name, node in self.named(top.get("states"))}
        self.groups = dict(self.groups_of(top, states))
        clocks = {name: self.clock(name, node) for name, node in self.named(top.get("clocks"))}
        steps = tuple(self.step(number, node) for number, node in enumerate(self.entries(top.get("steps"))))
        first = next((step.target for step in steps if NONE in step.sources), "")
        return Workflow(
            kind=self.name(top.get("workflow")),
            version=self.version(top.get("version")),
            initial=self.name(top.get("initial")) or first,
            states=states,
            steps=steps,
            clocks=clocks,
            groups=self.groups,
            links={name: self.name(node) for name, node in self.named(top.get("links"))},
            label=self.label(top.get("label")),
            text="",
            hash="",
            file=root.file,
            by=_candidates(steps),
            lines=dict(_lines(top)),
        )

    def groups_of(self, top: Keys, states: dict[str, State]) -> Iterator[tuple[str, tuple[str, ...]]]:
        for name, node in self.named(top.get("groups")):
            if name in states or name in (NONE, SAME, FORMER):
                self.say(node, "group.name", f"分组名“{name}”已被占用", f'the group name "{name}" already means something')
            if not self.entries(node):
                self.say(node, "group.empty", f"分组“{name}”没有状态", f'the group "{name}" has no states')
            yield name, self.names(node)

    def state(self, name: str, node: Node) -> State:
        keys = self.keys(node, STATE, ("stage",))
        if name in (NONE, SAME, FORMER):
            self.say(node, "state.name", f"“{name}”不能作状态名", f'"{name}" cannot be the name of a state')
        return State(
            name,
            self.name(keys.get("stage")),
            self.label(keys.get("label")),
            self.text(keys.get("waits_for")),
            self.truth(keys.get("final")),
            node.line,
        )

    def clock(self, name: str, node: Node) -> ClockRule:
        keys = self.keys(node, CLOCK, ("after", "runs_in"))
        fires, warns = "fires" in keys, "warns" in keys
        if fires == warns:
            self.say(node, "clock.kind", "时限须触发事件或提醒，二者取一", "a clock either fires an event or warns a role")
        if warns != ("to" in keys) or (fires and "repeats" in keys):
            self.say(
                node, "clock.kind", "提醒须写明岗位（to），仅提醒可重复", "a warning names its role (to); only a warning repeats"
            )
        return ClockRule(
            name=name,
            fires=self.name(keys.get("fires")),
            warns=self.name(keys.get("warns")),
            role=self.name(keys.get("to")),
            after=self.argument(keys["after"]) if "after" in keys else "",
            runs_in=frozenset(self.places(keys.get("runs_in"))),
            waits_in=frozenset(self.places(keys.get("waits_in"))),
            ends_on=frozenset(self.names(keys.get("ends_on"))),
            label=self.label(keys.get("label")),
            rule=self.text(keys.get("rule")),
            repeats=self.truth(keys.get("repeats")),
            line=node.line,
            lines=dict(_lines(keys)),
        )

    def step(self, number: int, node: Node) -> Step:
        keys = self.keys(node, STEP, ("event", "from", "to"))
        return Step(
            event=self.name(keys.get("event")),
            label=self.label(keys.get("label")),
            sources=self.places(keys.get("from")),
            target=self.name(keys.get("to")),
            permit=self.words(keys.get("permit")),
            rules=self.words(keys.get("rules")),
            raised_by=self.text(keys.get("raised_by")),
            when=self.use(keys["when"]) if "when" in keys else None,
            needs=self.needs(keys.get("needs")),
            effects=tuple(self.use(entry) for entry in self.entries(keys.get("effects"))),
            issues=self.words(keys.get("issues")),
            links=self.words(keys.get("links")),
            starts=tuple(self.start(entry) for entry in self.entries(keys.get("starts"))),
            inverse=self.name(keys.get("inverse")),
            number=number,
            line=node.line,
            lines=dict(_lines(keys)),
        )

    def needs(self, node: Node | None) -> tuple[Need, ...]:
        return tuple(self.need(entry) for entry in self.entries(node))

    def need(self, node: Node) -> Need:
        """A guard, or one of {all: [...]}, {any: [...]}, {not: x}, {when: fact, then: [...]}."""
        keys = node.value if isinstance(node.value, dict) else {}
        if set(keys) == {"when", "then"}:
            return Need("when", self.use(keys["when"]), self.needs(keys["then"]), node.line)
        if set(keys) == {"not"}:
            return Need("not", None, (self.need(keys["not"]),), node.line)
        if len(keys) == 1 and (combined := COMBINED.get(next(iter(keys)))):
            inner = self.needs(keys[combined])
            if not inner:
                self.say(node, "need.empty", "组合条件不能为空", "a combination needs at least one need")
            return Need(combined, None, inner, node.line)
        return Need("guard", self.use(node), (), node.line)

    def use(self, node: Node) -> Use:
        """A name, {name: argument} or {name: [arguments]}."""
        if not node.is_map:
            return Use(self.text(node), (), node.line)
        keys = self.keys(node, None)
        if len(keys) != 1:
            self.say(node, "use.form", "应为“名称: 参数”一项", "one name with its arguments is expected here")
            return Use("", (), node.line)
        ((name, given),) = keys.items()
        arguments = given.value if isinstance(given.value, tuple) else (given,)
        return Use(name, tuple(self.argument(each) for each in arguments), node.line)

    def argument(self, node: Node) -> Argument:
        if isinstance(node.value, str) and node.value.startswith("$"):
            return PolicyKey(node.value[1:])
        if isinstance(node.value, str | int):
            return node.value
        self.say(node, "use.argument", "参数须为文字、整数或 true/false", "an argument is a text, a whole number or a truth")
        return ""

    def start(self, node: Node) -> Start:
        """The name of a clock, or {clock: former}: with the due moment it had before."""
        if not node.is_map:
            return Start(self.name(node), False, node.line)
        use = self.use(node)
        if use.args != (FORMER,):
            self.say(node, "start.form", "应为时限名或“时限名: former”", "the name of a clock is expected, or {clock: former}")
        return Start(use.name, True, node.line)

    def label(self, node: Node | None) -> Label:
        keys = self.keys(node, ("zh", "en")) if node else {}
        return Label(self.text(keys.get("zh")), self.text(keys.get("en"))) if keys else NOWHERE

    def places(self, node: Node | None) -> tuple[str, ...]:
        """States by name or by group, each once, in the order written."""
        written = self.names(node)
        return tuple(dict.fromkeys(state for name in written for state in self.groups.get(name, (name,))))

    def names(self, node: Node | None) -> tuple[str, ...]:
        return tuple(self.name(entry) for entry in self.entries(node))

    def words(self, node: Node | None) -> tuple[str, ...]:
        return tuple(self.text(entry) for entry in self.entries(node))

    def entries(self, node: Node | None) -> tuple[Node, ...]:
        """One entry or a list of them."""
        if node is None:
            return ()
        return node.value if isinstance(node.value, tuple) else (node,)

    def named(self, node: Node | None) -> Iterator[tuple[str, Node]]:
        """The entries of a map whose keys are names."""
        for name, inner in (self.keys(node, None) if node else {}).items():
            if not NAME.fullmatch(name):
                self.say(inner, "name.form", f"名称“{name}”不合规", f'"{name}" cannot be a name here')
            yield name, inner

    def keys(self, node: Node, known: tuple[str, ...] | None, needed: tuple[str, ...] = ()) -> Keys:
        """The keys of a map behind which something is written; unknown and missing ones are faults."""
        nothing: Keys = {}
        self.attempt(lambda: node.must_be_map(known), nothing)
        found = {key: inner for key, inner in node.value.items() if not inner.is_empty} if isinstance(node.value, dict) else {}
        for key in needed:
            if node.is_map and (key not in found or found[key].value == ()):
                self.say(node, "yaml.missing_key", f"缺少“{key}”", f'"{key}" is missing')
        return found

    def name(self, node: Node | None) -> str:
        written = self.text(node)
        if node is not None and written and not NAME.fullmatch(written):
            self.say(node, "name.form", f"名称“{written}”不合规", f'"{written}" cannot be a name here')
        return written

    def text(self, node: Node | None) -> str:
        return self.attempt(node.must_be_text, "") if node else ""

    def truth(self, node: Node | None) -> bool:
        return self.attempt(node.must_be_truth, False) if node else False

    def version(self, node: Node | None) -> int:
        found = self.attempt(node.must_be_int, 1) if node else 1
        if node is not None and found < 1:
            self.say(node, "version.form", "版本号从 1 起", "versions begin at 1")
        return found

    def attempt(self, read: Callable[[], T], otherwise: T) -> T:
        try:
            return read()
        except BadWorkflow as bad:
            self.faults += bad.faults
            return otherwise

    def say(self, node: Node, code: str, zh: str, en: str) -> None:
        self.faults.append(node.fault(code, zh, en))


def _candidates(steps: tuple[Step, ...]) -> dict[tuple[str, str], tuple[Step, ...]]:
    found: dict[tuple[str, str], tuple[Step, ...]] = {}
    for step in steps:
        for state in step.sources:
            found[state, step.event] = (*found.get((state, step.event), ()), step)
    return found


def _lines(keys: Keys, before: str = "") -> Iterator[tuple[str, int]]:
    """The line of each key and, one below, of each entry of a list or map."""
    for key, node in keys.items():
        yield before + key, node.line
        if isinstance(node.value, tuple):
            yield from ((f"{before}{key}.{entry.text}", entry.line) for entry in node.value if entry.text)
        elif isinstance(node.value, dict) and not before:
            yield from _lines(node.value, f"{key}.")
