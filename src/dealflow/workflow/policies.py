"""The project's policies: which numbers, roles and choices may differ, within which bounds, and what their defaults are.

Called by the loader for workflows/policies.yaml, by the policies room for each value that a project sets, and by the corridor
for the defaults."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final, TypeAlias, cast, get_args

from dealflow.kernel import duration, money
from dealflow.kernel.duration import Duration
from dealflow.kernel.errors import BadWorkflow, Fault, Invalid
from dealflow.kernel.money import Fen
from dealflow.kernel.yaml_file import WHOLE_NUMBER, Node, read
from dealflow.workflow.records import Label, Policy, PolicyType

Value: TypeAlias = str | int | bool | Duration

TYPES: Final[tuple[str, ...]] = get_args(PolicyType)
POLICY: Final = ("type", "default", "choices", "min", "max", "rule", "label")
BOUNDED: Final = ("money", "duration", "number", "text")
MINUTES: Final = {"m": 1, "h": 60, "d": 1440, "wd": 1440}  # for comparing with bounds only: a working day counts as a day
LONGEST: Final = 2_000  # characters of any policy value


@dataclass(frozen=True, slots=True)
class Policies:
    """All policy keys of the installation, in the order of the file."""

    keys: Mapping[str, Policy]
    file: str = ""
    faults: tuple[Fault, ...] = field(default=(), compare=False)  # of the file's form and of its defaults
    broken: frozenset[str] = frozenset()  # keys that stand in the file but could not be read

    def parse(self, key: str, text: str) -> Value:
        """A value as typed in by a person or stored, typed and inside its bounds. Money is yuan in the text and fen in the value.

        Raises Invalid "policy.unknown", "policy.not_a_<type>" or "policy.out_of_bounds"."""
        policy = self.keys.get(key)
        if policy is None:
            raise Invalid("policy.unknown", key)
        return _typed(policy, text)

    def text(self, key: str, value: Value) -> str:
        """The spelling of a value that `parse` reads back: "500.00", "72h", "true"."""
        return _spelled(self.keys[key].type, value)

    def defaults(self) -> dict[str, Value]:
        """Every key with its default, typed."""
        return {key: _default(policy) for key, policy in self.keys.items()}


def load(path: Path | str) -> Policies:
    """The policies of a file: {policies: {key: {type, default, choices, min, max, rule, label}}}.

    Faults stand beside the keys that could be read. Raises BadWorkflow only when the file itself cannot be read."""
    root = read(path)
    faults: list[Fault] = []
    found: dict[str, Policy] = {}
    broken: set[str] = set()
    try:
        entries = root.must_be_map(("policies",)) and root.must_have("policies").must_be_map()
    except BadWorkflow as bad:
        return Policies({}, root.file, bad.faults)
    for key, node in entries.items():
        try:
            found[key] = _policy(key, node)
        except BadWorkflow as bad:
            faults += bad.faults
            broken.add(key)
    return Policies(found, root.file, BadWorkflow(faults).faults, frozenset(broken))


def _policy(key: str, node: Node) -> Policy:
    node.must_be_map(POLICY)
    kind = node.must_have("type").must_be_text()
    if kind not in TYPES:
        raise node.wrong("policy.type", f"“{key}”的类型“{kind}”未知", f'"{key}" is of the unknown type "{kind}"')
    default, chosen = node.must_have("default"), node.get("choices")
    choices = tuple(each.must_be_text() for each in chosen.must_be_list()) if chosen else ()
    if (kind == "choice") != bool(choices):
        raise node.wrong(
            "policy.choices", f"“{key}”：仅选项类须列出选项", f'"{key}": choices belong to the type choice, and only there'
        )
    policy = Policy(
        key,
        cast(PolicyType, kind),
        "",
        choices,
        _bound(kind, key, node.get("min")),
        _bound(kind, key, node.get("max")),
        _text(node.get("rule")),
        _label(node.get("label")),
        node.line,
    )
    return _with_default(policy, default)


def _with_default(policy: Policy, node: Node) -> Policy:
    """The policy with its default in the stored form: fen, a whole number, a truth, or the text of the rest."""
    try:
        value = _typed(policy, node.text)
    except Invalid as error:
        zh = f"“{policy.key}”的默认值“{node.text}”类型不符或超出范围"
        en = f'the default "{node.text}" of "{policy.key}" is of the wrong type or out of bounds'
        raise node.wrong("policy.default", zh, en) from error
    return replace(policy, default=str(value) if isinstance(value, Duration) else value)


def _typed(policy: Policy, text: str) -> Value:
    try:
        value = _read(policy.type, text)
    except Invalid as error:
        raise Invalid(f"policy.not_a_{policy.type}", policy.key, text=text[:40]) from error
    if policy.type == "choice" and text not in policy.choices:
        raise Invalid("policy.not_a_choice", policy.key, text=text[:40])
    size, low, high = _size(value), policy.minimum, policy.maximum
    if len(text) > LONGEST or (low is not None and size < low) or (high is not None and size > high):
        raise Invalid("policy.out_of_bounds", policy.key, text=text[:40])
    return value


def _read(kind: str, text: str) -> Value:
    if kind == "money":
        return int(money.from_text(text))
    if kind == "duration":
        return duration.parse(text)
    if kind == "number":
        if WHOLE_NUMBER.fullmatch(text) is None or len(text) > 15:
            raise Invalid("policy.not_a_number")
        return int(text)
    if kind == "truth":
        if text not in ("true", "false"):
            raise Invalid("policy.not_a_truth")
        return text == "true"
    return text


def _size(value: Value) -> int:
    """What bounds are compared with: fen, a whole number, minutes, or the length of a text."""
    if isinstance(value, Duration):
        return value.length * MINUTES[value.unit]
    return value if isinstance(value, int) else len(value)


def _bound(kind: str, key: str, node: Node | None) -> int | None:
    if node is None:
        return None
    if kind not in BOUNDED:
        raise node.wrong("policy.bounds", f"“{key}”不能有上下限", f'"{key}" cannot have bounds')
    try:
        return _size(_read("number" if kind == "text" else kind, node.text))
    except Invalid as error:
        raise node.wrong("policy.bounds", f"“{key}”的上下限无效", f'a bound of "{key}" is not of its type') from error


def _default(policy: Policy) -> Value:
    return duration.parse(str(policy.default)) if policy.type == "duration" else policy.default


def _spelled(kind: str, value: Value) -> str:
    if kind == "money" and isinstance(value, int):
        return money.plain(Fen(value))
    return ("false", "true")[value] if isinstance(value, bool) else str(value)


def _text(node: Node | None) -> str:
    return node.must_be_text() if node else ""


def _label(node: Node | None) -> Label:
    if node is None:
        return Label("", "")
    node.must_be_map(("zh", "en"))
    return Label(_text(node.get("zh")), _text(node.get("en")))
