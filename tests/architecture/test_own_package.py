"""A child does not import its own package's `__init__`: the two would need each other to begin."""

import ast
from collections.abc import Iterable, Iterator

import pytest

from tests.architecture.source import Module, dealflow, planted

pytestmark = pytest.mark.once


def breaches(modules: Iterable[Module]) -> list[str]:
    modules = list(modules)
    names = {module.name for module in modules}
    return [
        module.at(node, f"takes {taken} from its own package {package}")
        for module in modules
        for node, package, taken in _imports(module)
        if module.name.startswith(f"{package}.") and f"{package}.{taken}" not in names
    ]


def _imports(module: Module) -> Iterator[tuple[ast.AST, str, str]]:
    """Every import as package and name taken; `import a.b` takes `a.b` as it is."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ImportFrom):
            for alias in node.names:
                yield node, _absolute(module, node), alias.name
        elif isinstance(node, ast.Import):
            for alias in node.names:
                yield node, alias.name, "all of it"


def _absolute(module: Module, node: ast.ImportFrom) -> str:
    if not node.level:
        return node.module or ""
    steps_up = node.level - 1 if module.is_package else node.level
    package = module.name.split(".")[: len(module.name.split(".")) - steps_up]
    return ".".join([*package, *([node.module] if node.module else [])])


def test_no_child_imports_its_own_package() -> None:
    assert breaches(dealflow()) == []


@pytest.mark.parametrize(
    "text",
    [
        "from dealflow.printing import Press",
        "from . import Press",
        "import dealflow.printing",
        "from dealflow import VERSION",
        "from .. import VERSION",
    ],
)
def test_a_child_that_imports_its_own_package_is_caught(text: str) -> None:
    assert len(breaches([planted("dealflow.printing.press", text)])) == 1


@pytest.mark.parametrize(
    "text", ["from dealflow.printing import fonts", "from . import fonts", "from dealflow.printing.fonts import build"]
)
def test_a_sibling_may_be_imported_by_its_name(text: str) -> None:
    assert breaches([planted("dealflow.printing.press", text), planted("dealflow.printing.fonts", "")]) == []


def test_a_package_may_import_its_own_children() -> None:
    assert breaches([planted("dealflow.printing", "from .fonts import build", is_package=True)]) == []
