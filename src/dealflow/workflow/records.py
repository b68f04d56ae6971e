"""What a workflow file says, as frozen records. The loader makes them, the checker judges them, the corridor runs them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

NONE = "none"  # the state before the first event
SAME = "same"  # the target that keeps the state
FORMER = "former"  # the target that returns to the state before the last move into this one
DOORLESS = frozenset({"clock", "service", "then"})  # permits that no person holds


@dataclass(frozen=True, slots=True)
class Label:
    """A word in both languages."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class PolicyKey:
    """An argument that begins with `$` in the file: the value the project gives to this key."""

    key: str


Argument = str | int | bool | PolicyKey


@dataclass(frozen=True, slots=True)
class Use:
    """A guard, effect or fact by name, with its arguments as written."""

    name: str
    args: tuple[Argument, ...] = ()
    line: int = 0


@dataclass(frozen=True, slots=True)
class Need:
    """A guard, or a combination of needs. `when` judges its inner needs only while the fact `use` holds."""

    op: Literal["guard", "all", "any", "not", "when"]
    use: Use | None = None
    inner: tuple["Need", ...] = ()
    line: int = 0


@dataclass(frozen=True, slots=True)
class Start:
    """A clock that a step sets. `former` sets it to the due moment it had before."""

    clock: str
    former: bool = False
    line: int = 0


@dataclass(frozen=True, slots=True)
class State:
    """A state of a case. `waits_for` names whom the office waits for while a case stands here."""

    name: str
    stage: str
    label: Label
    waits_for: str = ""
    final: bool = False
    line: int = 0


@dataclass(frozen=True, slots=True)
class ClockRule:
    """A deadline of a workflow. It fires an event of the case, or warns a role with a task; the case then stays.

    `after` is a duration as text ("72h", "7d", "5wd") or a policy key of the type duration. It runs in `runs_in`, waits in
    `waits_in`, ends in every other state and with the events of `ends_on`. A warning with `repeats` is set anew each time.
    """

    name: str
    fires: str
    warns: str
    role: str
    after: Argument
    runs_in: frozenset[str]
    waits_in: frozenset[str]
    ends_on: frozenset[str]
    label: Label
    rule: str = ""
    repeats: bool = False
    line: int = 0
    lines: Mapping[str, int] = field(default_factory=dict, compare=False)

    def at(self, key: str, entry: str = "") -> int:
        """The line of a key of this clock, or of one entry of its list."""
        return self.lines.get(f"{key}.{entry}", self.lines.get(key, self.line))


@dataclass(frozen=True, slots=True)
class Step:
    """One row of the table: from which states, on which event, to which state, under which needs, with which effects."""

    event: str
    label: Label
    sources: tuple[str, ...]
    target: str
    permit: tuple[str, ...]
    rules: tuple[str, ...] = ()
    raised_by: str = ""
    when: Use | None = None
    needs: tuple[Need, ...] = ()
    effects: tuple[Use, ...] = ()
    issues: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    starts: tuple[Start, ...] = ()
    inverse: str = ""
    number: int = 0  # place in the file, which decides among several candidates
    line: int = 0
    lines: Mapping[str, int] = field(default_factory=dict, compare=False)  # "permit", "permit.owner" -> line

    @property
    def automatic(self) -> bool:
        """An A-step: the service takes it by itself when its needs are met."""
        return "service" in self.permit

    def at(self, key: str, entry: str = "") -> int:
        """The line of a key of this step, or of one entry of its list."""
        return self.lines.get(f"{key}.{entry}", self.lines.get(key, self.line))

    def lands(self, state: str, former: str) -> str:
        """The state in which the step ends when taken from `state`."""
        return state if self.target == SAME else former if self.target == FORMER else self.target


@dataclass(frozen=True)
class Workflow:
    """A lifecycle. Immutable once published; identified by the hash of its canonical form."""

    kind: str
    version: int
    initial: str
    states: Mapping[str, State]
    steps: tuple[Step, ...]
    clocks: Mapping[str, ClockRule]
    groups: Mapping[str, tuple[str, ...]]
    links: Mapping[str, str]  # every link a case of this kind may have -> the kind of the case at its other end
    label: Label
    text: str  # canonical form
    hash: str
    file: str
    by: Mapping[tuple[str, str], tuple[Step, ...]] = field(default_factory=dict)  # (state, event) -> candidates, in file order
    lines: Mapping[str, int] = field(default_factory=dict, compare=False)  # "initial", "links.unit" -> line

    def at(self, key: str, entry: str = "") -> int:
        """The line of a key on top of the file, or of one entry under it."""
        return self.lines.get(f"{key}.{entry}", self.lines.get(key, 1))

    def leaving(self, state: str) -> tuple[Step, ...]:
        """All steps that may be taken from a state, in file order."""
        return tuple(s for s in self.steps if state in s.sources)

    def automatic(self, state: str) -> tuple[Step, ...]:
        """The A-steps of a state, in file order."""
        return tuple(s for s in self.leaving(state) if s.automatic)


PolicyType = Literal["money", "duration", "number", "role", "choice", "truth", "text"]


@dataclass(frozen=True, slots=True)
class Policy:
    """A number, role or choice of the project, with its default from the rulebook."""

    key: str
    type: PolicyType
    default: str | int | bool
    choices: tuple[str, ...]
    minimum: int | None
    maximum: int | None
    rule: str
    label: Label
    line: int = 0


@dataclass(frozen=True, slots=True)
class Offered:
    """What the engine needs to know of a guard, effect, fact or relation on a shelf to check the files that name it."""

    name: str
    least: int  # fewest arguments
    most: int  # most arguments
    policies: frozenset[str] = frozenset()  # policy keys it reads by itself
    asks_paper: bool = False  # a guard: its arguments name papers that must be there
    supplies_paper: bool = False  # an effect: its arguments name papers that it makes
    then: tuple[tuple[str, str], ...] = ()  # (link, event): the cases it may move
    opens: tuple[tuple[str, str], ...] = ()  # (kind, event): the cases it may open
    truth: bool = False  # a fact or relation that answers yes or no
    followed: bool = True  # every part it reads follows changes in the image: an A-step may use it


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Every name a workflow file may use. Collected by the hall from the rooms' shelves."""

    guards: Mapping[str, Offered]
    effects: Mapping[str, Offered]
    facts: Mapping[str, Offered]
    relations: Mapping[str, Offered]
    roles: frozenset[str]
    grants: frozenset[str]
    papers: Mapping[str, tuple[str, ...]]  # paper -> the facts that fill it
    use_cases: Mapping[str, tuple[tuple[str, str], ...]]  # use case -> the (kind, event) it raises
    known_policies: frozenset[str] = frozenset()  # keys read by code that is no guard or effect
