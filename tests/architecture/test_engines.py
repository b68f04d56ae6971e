"""Engines are opened on the floor of databases alone. A shelf that opened one would do I/O while deciding."""

import ast
from collections.abc import Iterable

import pytest

from tests.architecture.source import Module, dealflow, planted

pytestmark = pytest.mark.once

OPENERS = {"create_engine", "create_async_engine", "engine_from_config", "create_pool_from_url"}


def breaches(modules: Iterable[Module]) -> list[str]:
    return [
        module.at(node, f"opens an engine: {name}")
        for module in modules
        if not module.is_in("dealflow.db")
        for node in ast.walk(module.tree)
        for name in sorted(_names(node) & OPENERS)
    ]


def _names(node: ast.AST) -> set[str]:
    match node:
        case ast.ImportFrom(names=names):
            return {alias.name for alias in names}
        case ast.Attribute(attr=name):
            return {name}
        case _:
            return set()


def test_no_engine_is_opened_outside_db() -> None:
    assert breaches(dealflow()) == []


@pytest.mark.parametrize(
    "text",
    [
        "from sqlalchemy import create_engine\nengine = create_engine('sqlite://')",
        "import sqlalchemy as sa\nengine = sa.create_engine('sqlite://')",
        "from sqlalchemy import create_engine as begin\nengine = begin('sqlite://')",
        "from sqlalchemy.ext.asyncio import create_async_engine",
    ],
)
def test_a_shelf_that_opens_an_engine_is_caught(text: str) -> None:
    assert len(breaches([planted("dealflow.features.units.shelf", text)])) == 1


def test_the_floor_of_databases_may_open_engines() -> None:
    assert breaches([planted("dealflow.db.engine", "from sqlalchemy import create_engine")]) == []
