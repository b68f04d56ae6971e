"""Proves a template against its inputs: every name the page uses is filled, every input is used,
nothing outside the folder is named, and both examples print. Called by `papers.load`; adds what it finds to the reader's faults.
"""

import re
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from jinja2 import Environment, TemplateError, meta, nodes
from jinja2.exceptions import TemplateSyntaxError

from dealflow.printing.inputs import Input, texts
from dealflow.printing.kinds import PaperKind
from dealflow.printing.pages import Folder, environment
from dealflow.printing.reading import EXAMPLES, Reader
from dealflow.printing.record import PaperRecord

PAGE: Final = "paper.html"
SHEET: Final = "paper.css"
ADDRESS: Final = re.compile(
    r"""(?:\b(?:src|href|data|poster|action|xlink:href)\s*=\s*|url\(\s*|@import\s+)["']?([^"'\s)>;]*(?:\{\{.*?\}\})?)"""
)
CALLS: Final = (nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)


def prove(reader: Reader, kind: PaperKind) -> None:
    """Find every fault of page, sheet and examples."""
    made, finder = environment(reader.folder), Folder(reader.folder)
    used: dict[str, tuple[str, int]] = {}
    for name in _templates(reader, made, finder):
        used |= _names(made, finder, name)
    _match(reader, kind, used)
    for name in (PAGE, SHEET):
        _addresses(reader, finder, name)
    for name in EXAMPLES:
        record = reader.record(kind, name)
        if record is not None:
            _example(reader, kind, made, name, record)
    _needed_with(reader, kind)


def _templates(reader: Reader, made: Environment, finder: Folder) -> list[str]:
    """The page and every template it calls, as far as they parse; a call that leads outside is a fault."""
    found, waiting = [], [PAGE]
    while waiting:
        name = waiting.pop()
        file = finder.find(name)
        assert file is not None
        try:
            tree = made.parse(file.read_text(encoding="utf-8"))
        except TemplateSyntaxError as error:
            reader.fault("papers.syntax", name, error.lineno, "模板语法有误", f"the template does not parse: {error.message}")
            continue
        found.append(name)
        for called, line in _calls(tree):
            if called is None or finder.find(called) is None:
                reader.fault(
                    "papers.outside",
                    name,
                    line,
                    f"模板引用了目录以外的文件“{called}”",
                    f'names a file outside its folder: "{called}"',
                )
            elif called not in found:
                waiting.append(called)
    return found


def _calls(tree: nodes.Template) -> Iterator[tuple[str | None, int]]:
    for node in tree.find_all(CALLS):
        target = node.template  # type: ignore[attr-defined]
        yield (target.value if isinstance(target, nodes.Const) and isinstance(target.value, str) else None), node.lineno


def _names(made: Environment, finder: Folder, name: str) -> dict[str, tuple[str, int]]:
    """What a template asks for without bringing it, with the first line that does."""
    file = finder.find(name)
    assert file is not None
    tree = made.parse(file.read_text(encoding="utf-8"))
    brought = {node.target for node in tree.find_all(nodes.Import)}  # visible inside blocks too
    asked = meta.find_undeclared_variables(tree) - brought
    lines: dict[str, tuple[str, int]] = {}
    for node in tree.find_all(nodes.Name):
        if node.ctx == "load" and node.name in asked:
            lines.setdefault(node.name, (name, node.lineno))
    return lines


def _match(reader: Reader, kind: PaperKind, used: dict[str, tuple[str, int]]) -> None:
    known = {wanted.name for wanted in kind.inputs}
    for name, (file, line) in used.items():
        if name not in known | {"paper"}:
            reader.fault(
                "papers.unfilled",
                file,
                line,
                f"页面使用了“{name}”，但没有输入填写它",
                f'the page uses "{name}" and no input fills it',
            )
    for wanted in kind.inputs:
        if wanted.name not in used:
            text = f'the input "{wanted.name}" is used nowhere'
            reader.fault("papers.unused", "paper.yaml", wanted.line, f"输入“{wanted.name}”没有被使用", text)


def _needed_with(reader: Reader, kind: PaperKind) -> None:
    names = {wanted.name for wanted in kind.inputs}
    for wanted in kind.inputs:
        if wanted.needed_with and wanted.needed_with not in names:
            said = wanted.needed_with
            reader.fault(
                "papers.needed_with", "paper.yaml", wanted.line, f"没有名为“{said}”的输入", f'there is no input named "{said}"'
            )


def _addresses(reader: Reader, finder: Folder, name: str) -> None:
    """Addresses in page and sheet: a plain file of the folder or a place on the page, never a fact."""
    for line, text in enumerate((reader.folder / name).read_text(encoding="utf-8").splitlines(), start=1):
        for address in ADDRESS.findall(text):
            if not address.startswith("#") and finder.find(address) is None:
                reader.fault(
                    "papers.outside",
                    name,
                    line,
                    f"引用了目录以外的地址“{address}”",
                    f'names an address outside its folder: "{address}"',
                )


def _example(reader: Reader, kind: PaperKind, made: Environment, name: str, record: PaperRecord) -> None:
    wrong = kind.check(record.facts)
    for need in wrong:
        reader.fault("papers.example", name, _line(reader.folder / name, need.input), need.zh, need.en)
    if not wrong:
        for wanted in kind.inputs:
            _length(reader, name, wanted, record.facts[wanted.name])
        _renders(reader, kind, made, name, record)


def _length(reader: Reader, name: str, wanted: Input, value: object) -> None:
    """The long record shows every text at its longest; the example stays within it."""
    if wanted.columns and isinstance(value, list):
        for column in wanted.columns:
            _length(reader, name, column, [row[column.name] for row in value])
        return
    longest = max((len(text) for text in texts(value)), default=0)
    if wanted.longest and (longest > wanted.longest or (name == "long.json" and longest < wanted.longest)):
        zh, en = (
            f"“{wanted.name}”为 {longest} 字，应为 {wanted.longest} 字",
            f'"{wanted.name}" has {longest} characters, its longest is {wanted.longest}',
        )
        reader.fault("papers.length", name, _line(reader.folder / name, wanted.name), zh, en)


def _renders(reader: Reader, kind: PaperKind, made: Environment, name: str, record: PaperRecord) -> None:
    try:
        made.get_template(PAGE).render(**record.facts, paper=kind.heading(record))
    except (TemplateError, TypeError, ValueError) as error:
        reader.fault("papers.does_not_print", PAGE, _at(error), f"用 {name} 无法生成页面", f"does not print with {name}: {error}")


def _at(error: Exception) -> int:
    """The line of the page where rendering stopped: Jinja2 writes template lines into the traceback."""
    frames = traceback.extract_tb(error.__traceback__)
    return next((frame.lineno or 0 for frame in reversed(frames) if Path(frame.filename).name == PAGE), 0)


def _line(file: Path, name: str) -> int:
    """Where a field stands in a JSON file, near enough to find it."""
    key = f'"{name.split("[")[0].split(".")[-1]}"'
    return next((line for line, text in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1) if key in text), 1)
