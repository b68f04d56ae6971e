"""Reads one template folder: paper.yaml into a `PaperKind`, example.json and long.json into records. Called by `papers.load`.

Every fault is kept with its file and line; reading goes on as far as it can, so that one look shows all that must be mended.
"""

import json
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from typing import Final, TypeVar

from dealflow.kernel import yaml_file
from dealflow.kernel.canonical import sha256
from dealflow.kernel.errors import BadWorkflow, Fault
from dealflow.kernel.yaml_file import Node
from dealflow.printing.inputs import FITS, Input
from dealflow.printing.kinds import PaperKind, Signatory
from dealflow.printing.pages import BASE
from dealflow.printing.record import PaperRecord

FILES: Final = ("paper.yaml", "paper.html", "paper.css", "example.json", "long.json")
EXAMPLES: Final = ("example.json", "long.json")
KEYS: Final = ("id", "title", "archive", "signatories", "inputs")
INPUT_KEYS: Final = ("type", "fact", "zh", "en", "longest", "may_be_empty", "needed_with", "at_least", "columns")
COLUMN_KEYS: Final = ("type", "zh", "en", "longest", "may_be_empty")
SIMPLE: Final = tuple(name for name in FITS if name not in ("rows", "person"))
T = TypeVar("T")


class Reader:
    """One folder being read; `faults` grows as it goes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.faults: list[Fault] = []

    def kind(self) -> PaperKind | None:
        """The kind as far as its paper.yaml says one; None when there is too little to go on."""
        absent = [name for name in FILES if not (self.folder / name).is_file()]
        for name in absent:
            self.fault("papers.no_file", name, 0, "缺少文件", "the file is missing")
        node = None if "paper.yaml" in absent else self.tried(lambda: yaml_file.read(self.folder / "paper.yaml"))
        return None if node is None or absent else self.tried(lambda: self._kind(node))

    def _kind(self, node: Node) -> PaperKind:
        self.tried(lambda: node.must_be_map(KEYS))
        kind = self.tried(lambda: node.must_have("id").must_be_text())
        if kind not in (None, self.folder.name):
            self.fault(
                "papers.id",
                "paper.yaml",
                node.must_have("id").line,
                f"编号应为 {self.folder.name}",
                f"id must be {self.folder.name}",
            )
        zh, en = self._words(self.tried(lambda: node.must_have("title")))
        archive = self.tried(lambda: node.must_have("archive").must_be_truth())
        signatories = self.tried(lambda: [self._signatory(one) for one in node.must_have("signatories").must_be_list()])
        inputs = self.tried(lambda: [self._input(name, one, INPUT_KEYS) for name, one in node.must_have("inputs").items()])
        return PaperKind(
            id=self.folder.name,
            zh=zh,
            en=en,
            archive=bool(archive),
            signatories=tuple(one for one in signatories or () if one),
            inputs=tuple(one for one in inputs or () if one),
            folder=self.folder,
            template_hash=_hash(self.folder),
        )

    def _words(self, node: Node | None) -> tuple[str, str]:
        if node is None:
            return "", ""
        found = [self.tried(lambda language=language: node.must_have(language).must_be_text()) for language in ("zh", "en")]  # type: ignore[misc]
        return found[0] or "", found[1] or ""

    def _signatory(self, node: Node) -> Signatory | None:
        return self.tried(lambda: Signatory(node.must_have("who").must_be_text(), *self._words(node)))

    def _input(self, name: str, node: Node, keys: Iterable[str]) -> Input | None:
        if self.tried(lambda: node.must_be_map(keys)) is None:
            return None
        column = "fact" not in keys
        kind = self._type(node, SIMPLE if column else tuple(FITS))
        zh, en = self._words(node)
        fact = "" if column else self._fact(node)
        longest, at_least = self._number(node, "longest"), self._number(node, "at_least")
        if kind in ("text", "person") and not longest:
            self.fault(
                "papers.no_longest", "paper.yaml", node.line, f"“{name}”未写明最长字数", f'"{name}" does not say its longest'
            )
        if kind is None:
            return None
        return Input(
            name, kind, fact, zh, en, node.line, longest,
            may_be_empty=bool(self._optional(node, "may_be_empty", Node.must_be_truth)),
            needed_with=self._optional(node, "needed_with", Node.must_be_text) or "",
            at_least=at_least,
            columns=self._columns(node) if kind == "rows" else (),
        )  # fmt: skip

    def _columns(self, node: Node) -> tuple[Input, ...]:
        columns = self.tried(lambda: [self._input(name, one, COLUMN_KEYS) for name, one in node.must_have("columns").items()])
        return tuple(one for one in columns or () if one)

    def _type(self, node: Node, known: tuple[str, ...]) -> str | None:
        found = self.tried(lambda: node.must_have("type").must_be_text())
        if found is None or found in known:
            return found
        line, names = node.must_have("type").line, ", ".join(known)
        self.fault(
            "papers.unknown_type",
            "paper.yaml",
            line,
            f"未知的类型“{found}”，可用：{names}",
            f'unknown type "{found}", one of: {names}',
        )
        return None

    def _fact(self, node: Node) -> str:
        found = self.tried(lambda: node.must_have("fact").must_be_text()) or ""
        if found and found.count(".") != 1:
            self.fault("papers.fact", "paper.yaml", node.line, f"“{found}”应写作 房间.事实", f'"{found}" must read room.fact')
        return found

    def _number(self, node: Node, key: str) -> int:
        return self._optional(node, key, Node.must_be_int) or 0

    def _optional(self, node: Node, key: str, what: Callable[[Node], T]) -> T | None:
        found = node.get(key)
        return None if found is None else self.tried(lambda: what(found))

    def record(self, kind: PaperKind, name: str) -> PaperRecord | None:
        """The record in example.json or long.json."""
        file = self.folder / name
        try:
            said = json.loads(file.read_text(encoding="utf-8"))
            moment = datetime.fromisoformat(said["issued_at"])
            return PaperRecord(
                kind.id, said["number"], said["project"], moment, said["issued_by"], kind.template_hash, said["facts"]
            )
        except json.JSONDecodeError as error:
            self.fault("papers.json", name, error.lineno, "不是有效的 JSON", f"not valid JSON: {error.msg}")
        except (KeyError, TypeError, ValueError) as error:
            self.fault("papers.example", name, 1, "不是完整的单据记录", f"not a whole record: {error}")
        return None

    def fault(self, code: str, name: str, line: int, zh: str, en: str) -> None:
        """One more thing to mend."""
        self.faults.append(Fault(code, (self.folder / name).as_posix(), line, zh, en))

    def tried(self, what: Callable[[], T]) -> T | None:
        """The value, or None with its faults kept."""
        try:
            return what()
        except BadWorkflow as error:
            self.faults.extend(error.faults)
            return None


def _hash(folder: Path) -> str:
    """Over everything that decides how the paper looks: the folder and the shared base, without the two examples."""
    files = [
        file for place in (folder, folder.parent / BASE) if place.is_dir() for file in sorted(place.iterdir()) if file.is_file()
    ]
    return sha256(
        "\n".join(f"{file.parent.name}/{file.name} {sha256(file.read_bytes())}" for file in files if file.name not in EXAMPLES)
    )
