"""Our source as the architecture tests read it: each module's dotted name and its syntax tree, from the repository or planted."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Module:
    """A file of Python: what it is called, whether it is a package's `__init__`, and what stands in it."""

    name: str
    tree: ast.Module
    is_package: bool = False

    def at(self, node: ast.AST, says: str) -> str:
        return f"{self.name}:{getattr(node, 'lineno', 0)} {says}"

    def is_in(self, package: str) -> bool:
        return self.name == package or self.name.startswith(f"{package}.")


def dealflow() -> list[Module]:
    """The product's own modules."""
    return list(_modules(ROOT / "src"))


def everything() -> list[Module]:
    """The product's modules and the tools around it."""
    return [*dealflow(), *_modules(ROOT, "tools"), *_modules(ROOT, "bench"), _read(ROOT / "hatch_build.py", ROOT)]


def planted(name: str, text: str, *, is_package: bool = False) -> Module:
    """A module that exists only here, to prove that a rule catches."""
    return Module(name, ast.parse(dedent(text)), is_package)


def _modules(base: Path, folder: str = ".") -> Iterator[Module]:
    for path in sorted((base / folder).rglob("*.py")):
        yield _read(path, base)


def _read(path: Path, base: Path) -> Module:
    parts = path.relative_to(base).with_suffix("").parts
    is_package = parts[-1] == "__init__"
    return Module(".".join(parts[:-1] if is_package else parts), ast.parse(path.read_text(encoding="utf-8")), is_package)
