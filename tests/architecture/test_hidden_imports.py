"""Imports stand on top of a file, where the contracts and the reader see them; never inside a function."""

import ast
from collections.abc import Iterable

import pytest

from tests.architecture.source import Module, everything, planted

pytestmark = pytest.mark.once

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
BY_NAME = {"__import__", "import_module"}


def breaches(modules: Iterable[Module]) -> list[str]:
    """Each hidden import once, also when functions stand inside each other."""
    found = {
        module.at(node, "imports inside a function")
        for module in modules
        for function in ast.walk(module.tree)
        if isinstance(function, FUNCTIONS)
        for node in ast.walk(function)
        if _imports(node)
    }
    return sorted(found)


def _imports(node: ast.AST) -> bool:
    match node:
        case ast.Import() | ast.ImportFrom():
            return True
        case ast.Call(func=ast.Name(id=name)) | ast.Call(func=ast.Attribute(attr=name)):
            return name in BY_NAME
        case _:
            return False


def test_no_import_is_hidden_in_a_function() -> None:
    assert breaches(everything()) == []


@pytest.mark.parametrize(
    "body",
    [
        "import json",
        "from dealflow.features import deals",
        "return importlib.import_module('json')",
        "return __import__('json')",
        "def inner():\n        import json",
    ],
)
def test_a_hidden_import_is_caught(body: str) -> None:
    assert len(breaches([planted("dealflow.features.units.service", f"def find():\n    {body}")])) == 1


def test_a_method_hides_imports_no_better_than_a_function() -> None:
    assert len(breaches([planted("dealflow.asgi", "class App:\n    async def start(self):\n        import json")])) == 1


def test_imports_for_type_checking_alone_are_no_breach() -> None:
    assert breaches([planted("dealflow.asgi", "if TYPE_CHECKING:\n    import json")]) == []
