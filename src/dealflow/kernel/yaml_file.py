"""Reads a YAML 1.2 file into nodes that know their line and keep the text of what was written.

Called for workflow files, policies, paper.yaml and scenario files. The only home of ruamel. A file that is not what it should be
ends as faults with their lines. Only plain data: no anchors, no aliases, no tags, no key twice."""

import re
from collections.abc import ItemsView, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeAlias

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from dealflow.kernel.errors import BadWorkflow, Fault

LIMIT: Final = 1_000_000  # bytes of one file
DEPTH: Final = 40  # maps and lists inside each other

WHOLE_NUMBER: Final = re.compile(r"-?(?:0|[1-9][0-9]*)")
WORDS: Final = {"": None, "~": None, "null": None, "true": True, "false": False}

Scalar: TypeAlias = str | int | bool | None
Plain: TypeAlias = Scalar | list["Plain"] | dict[str, "Plain"]


@dataclass(frozen=True, slots=True)
class Node:
    """A map, a list or a scalar of a file.

    `line` (from 1) is where it is named: the line of its key, or its own in a list. `text` is a scalar as written. A plain whole
    number is an int, true and false are truths, nothing, ~ and null are None; all else is text: "500.00" stays "500.00"."""

    value: "Scalar | tuple[Node, ...] | dict[str, Node]"
    line: int
    text: str = ""
    file: str = ""

    @property
    def is_map(self) -> bool:
        """Has keys."""
        return isinstance(self.value, dict)

    @property
    def is_list(self) -> bool:
        """Is a sequence."""
        return isinstance(self.value, tuple)

    @property
    def is_empty(self) -> bool:
        """Nothing was written."""
        return self.value is None

    def get(self, key: str) -> "Node | None":
        """What stands under a key; None if the key is not there or nothing is written behind it."""
        found = self.must_be_map().get(key)
        return None if found is None or found.is_empty else found

    def must_have(self, key: str) -> "Node":
        """What stands under a key that may not be missing."""
        found = self.get(key)
        if found is None:
            raise self.wrong("yaml.missing_key", f"缺少“{key}”", f'"{key}" is missing')
        return found

    def items(self) -> "ItemsView[str, Node]":
        """Keys and what stands under them, in file order."""
        return self.must_be_map().items()

    def must_be_map(self, known: Iterable[str] | None = None) -> "dict[str, Node]":
        """The keys with their nodes. With `known`, any other key is a fault (all of them at once)."""
        if not isinstance(self.value, dict):
            raise self.wrong("yaml.shape", "此处应为键值对", "a map is expected here")
        allowed = set(self.value) if known is None else set(known)
        faults = [
            node.fault("yaml.unknown_key", f"未知的键“{key}”", f'unknown key "{key}"')
            for key, node in self.value.items()
            if key not in allowed
        ]
        if faults:
            raise BadWorkflow(faults)
        return self.value

    def must_be_list(self) -> "tuple[Node, ...]":
        """The entries of a list."""
        if not isinstance(self.value, tuple):
            raise self.wrong("yaml.shape", "此处应为列表", "a list is expected here")
        return self.value

    def must_be_text(self) -> str:
        """A scalar as it was written, numbers too; not a truth and not nothing."""
        if isinstance(self.value, bool) or not isinstance(self.value, str | int):
            raise self.wrong("yaml.shape", "此处应为文字", "a text is expected here")
        return self.text

    def must_be_int(self) -> int:
        """A whole number."""
        if isinstance(self.value, bool) or not isinstance(self.value, int):
            raise self.wrong("yaml.shape", "此处应为整数", "a whole number is expected here")
        return self.value

    def must_be_truth(self) -> bool:
        """true or false."""
        if not isinstance(self.value, bool):
            raise self.wrong("yaml.shape", "此处应为 true 或 false", "true or false is expected here")
        return self.value

    def fault(self, code: str, zh: str, en: str) -> Fault:
        """A fault at this place of the file."""
        return Fault(code, self.file, self.line, zh, en)

    def wrong(self, code: str, zh: str, en: str) -> BadWorkflow:
        """The error that this one fault makes; the caller raises it."""
        return BadWorkflow([self.fault(code, zh, en)])


def read(path: Path | str) -> Node:
    """Read one file. Raises BadWorkflow with every fault that its form has."""
    file = Path(path).as_posix()
    try:
        size, content = Path(path).stat().st_size, b""
        if size <= LIMIT:
            content = Path(path).read_bytes()
    except OSError as error:
        raise BadWorkflow([Fault("yaml.unreadable", file, 0, "文件无法读取", f"cannot be read: {error.strerror}")]) from error
    if size > LIMIT:
        raise BadWorkflow([Fault("yaml.too_large", file, 0, f"文件超过 {LIMIT} 字节", f"larger than {LIMIT} bytes")])
    try:
        return parse(content.decode("utf-8-sig"), file)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise BadWorkflow([Fault("yaml.not_utf8", file, line, "文件不是 UTF-8 编码", "not encoded as UTF-8")]) from error


def parse(content: str, file: str) -> Node:
    """Read a text as if it stood in a file of that name."""
    if len(content) > LIMIT:
        raise BadWorkflow([Fault("yaml.too_large", file, 0, f"文件超过 {LIMIT} 字节", f"larger than {LIMIT} bytes")])
    reading = _Reading(content, file)
    try:
        node = reading.document()
    except YAMLError as error:
        raise BadWorkflow([*reading.faults, _syntax(error, content, file)]) from error
    if reading.faults:
        raise BadWorkflow(reading.faults)
    return node


def plain(node: Node) -> Plain:
    """The same as plain Python values; numbers with a decimal point stay text."""
    if isinstance(node.value, dict):
        return {key: plain(inner) for key, inner in node.value.items()}
    if isinstance(node.value, tuple):
        return [plain(inner) for inner in node.value]
    return node.value


class _Reading:
    """One pass over the events of a text. Collects what is forbidden and goes on, so that all of it is told at once."""

    def __init__(self, content: str, file: str) -> None:
        self.file = file
        self.faults: list[Fault] = []
        self.events: Iterator[Event] = iter(YAML(typ="safe", pure=True).parse(content))

    def document(self) -> Node:
        """The one document of the file."""
        found: Node | None = None
        for event in self.events:
            if isinstance(event, DocumentStartEvent):
                self.directives(event)
                if found is not None:
                    self.forbid(event, "yaml.several", "一个文件只能有一份内容", "a file holds one document only")
            elif isinstance(event, ScalarEvent | SequenceStartEvent | MappingStartEvent | AliasEvent):
                node = self.node(event, 1, _line(event))
                found = found or node
        if found is None or found.is_empty:
            raise BadWorkflow([Fault("yaml.empty", self.file, 1, "文件没有内容", "the file is empty")])
        return found

    def directives(self, event: DocumentStartEvent) -> None:
        if event.tags or event.version not in (None, (1, 2)):
            self.forbid(event, "yaml.directive", "不允许使用指令", "directives are not allowed (YAML 1.2 is read)")

    def node(self, event: Event, depth: int, line: int) -> Node:
        if depth > DEPTH:
            raise BadWorkflow([*self.faults, Fault("yaml.too_deep", self.file, _line(event), "嵌套过深", "nested too deeply")])
        self.plain_only(event)
        if isinstance(event, MappingStartEvent):
            return Node(self.mapping(depth), line, file=self.file)
        if isinstance(event, SequenceStartEvent):
            return Node(tuple(self.entries(depth)), line, file=self.file)
        if isinstance(event, ScalarEvent):
            return Node(_typed(event), line, event.value, self.file)
        return Node(None, line, file=self.file)  # an alias, refused above

    def entries(self, depth: int) -> Iterator[Node]:
        for event in self.events:
            if isinstance(event, SequenceEndEvent):
                return
            yield self.node(event, depth + 1, _line(event))

    def mapping(self, depth: int) -> dict[str, Node]:
        found: dict[str, Node] = {}
        for event in self.events:
            if isinstance(event, MappingEndEvent):
                break
            key, line = self.node(event, depth + 1, _line(event)), _line(event)
            value = self.node(next(self.events), depth + 1, line)
            if key.is_map or key.is_list or not key.text:
                self.forbid(event, "yaml.key", "键必须是文字", "a key must be a text")
            elif key.text in found:
                self.forbid(event, "yaml.duplicate_key", f"键“{key.text}”重复", f'the key "{key.text}" stands here twice')
            else:
                found[key.text] = value
        return found

    def plain_only(self, event: Event) -> None:
        if isinstance(event, AliasEvent) or getattr(event, "anchor", None):
            self.forbid(event, "yaml.anchor", "不允许使用锚点或引用", "anchors and aliases are not allowed")
        if getattr(event, "tag", None):
            self.forbid(event, "yaml.tag", "不允许使用类型标签", "tags are not allowed")

    def forbid(self, event: Event, code: str, zh: str, en: str) -> None:
        self.faults.append(Fault(code, self.file, _line(event), zh, en))


def _typed(event: ScalarEvent) -> Scalar:
    text: str = event.value
    if event.style not in (None, ""):  # quoted or block: always text
        return text
    if text in WORDS:
        return WORDS[text]
    return int(text) if WHOLE_NUMBER.fullmatch(text) and len(text) <= 18 else text


def _line(event: Event) -> int:
    line: int = event.start_mark.line
    return line + 1


def _syntax(error: YAMLError, content: str, file: str) -> Fault:
    mark = error.problem_mark or error.context_mark if isinstance(error, MarkedYAMLError) else None
    position = getattr(error, "position", 0)
    line = mark.line + 1 if mark else content.count("\n", 0, position) + 1
    said = " ".join(str(part) for part in (getattr(error, "context", ""), getattr(error, "problem", "")) if part)
    what = said or getattr(error, "reason", "") or "not YAML"
    return Fault("yaml.syntax", file, line, "不是有效的 YAML 格式", f"not valid YAML: {what}")
