"""A case changes its state in casework and nowhere else: no `.state =`, no write to its table by rows, by changes or by SQL."""

import ast
import re
from collections.abc import Iterable

import pytest

from tests.architecture.source import Module, dealflow, planted

pytestmark = pytest.mark.once

WRITES = {"update", "insert", "delete", "Set", "Put", "Add", "Drop"}
SQL = re.compile(r"\b(update|insert\s+into|delete\s+from)\s+cases\b", re.IGNORECASE)


def breaches(modules: Iterable[Module]) -> list[str]:
    return [
        module.at(node, says)
        for module in modules
        if not module.is_in("dealflow.casework")
        for node in ast.walk(module.tree)
        for says in _faults(node)
    ]


def _faults(node: ast.AST) -> list[str]:
    match node:
        case ast.Assign(targets=targets):
            return ["sets .state"] if any(_is_state(part) for target in targets for part in ast.walk(target)) else []
        case ast.AugAssign(target=target) | ast.AnnAssign(target=target, value=ast.expr()):
            return ["sets .state"] if _is_state(target) else []
        case ast.Call(func=ast.Name(id="setattr"), args=[_, ast.Constant(value="state"), *_]):
            return ["sets .state"]
        case ast.Call(func=ast.Attribute(value=table, attr="update" | "insert" | "delete")) if _is_cases(table):
            return ["writes the table of cases"]
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name), args=[table, *_]) if name in WRITES and _is_cases(table):
            return ["writes the table of cases"]
        case ast.Constant(value=str() as text) if SQL.search(text):
            return ["writes the table of cases in SQL"]
        case _:
            return []


def _is_state(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and node.attr == "state" and isinstance(node.ctx, ast.Store)


def _is_cases(node: ast.AST) -> bool:
    """The table under its own name, taken directly or from its module."""
    return (isinstance(node, ast.Name) and node.id == "cases") or (isinstance(node, ast.Attribute) and node.attr == "cases")


def test_only_casework_changes_a_state() -> None:
    assert breaches(dealflow()) == []


@pytest.mark.parametrize(
    "text",
    [
        "deal.state = 'reserved'",
        "first, deal.state = 1, 'reserved'",
        "deal.state: str = 'reserved'",
        "setattr(deal, 'state', 'reserved')",
        "connection.execute(update(cases).values(state='reserved'))",
        "connection.execute(sa.update(tables.cases).values(state='reserved'))",
        "connection.execute(cases.update().values(state='reserved'))",
        "connection.execute(sa.insert(cases), rows)",
        "connection.exec_driver_sql(\"update cases set state = 'reserved'\")",
        "connection.exec_driver_sql('DELETE  FROM cases')",
        "def take(d):\n    yield Set(cases, {'id': 1}, {'state': 'reserved'})",
        "def take(d):\n    yield changes.Put(casework.cases, row)",
    ],
)
def test_another_way_to_change_a_state_is_caught(text: str) -> None:
    assert len(breaches([planted("dealflow.features.deals.store", text)])) == 1


@pytest.mark.parametrize(
    "text", ["select(cases.c.state)", "state = deal.state", "if deal.state == 'reserved': pass", "app.state.house = house"]
)
def test_reading_a_state_is_no_breach(text: str) -> None:
    assert breaches([planted("dealflow.features.deals.queries", text)]) == []


def test_casework_itself_may() -> None:
    assert breaches([planted("dealflow.casework.writing", "sa.update(cases)")]) == []
