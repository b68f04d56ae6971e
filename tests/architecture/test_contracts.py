"""The import contracts in pyproject.toml hold, and a planted breach of each kind is caught."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.source import ROOT

pytestmark = pytest.mark.once

LINTER = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"


def linted(root: Path) -> "subprocess.CompletedProcess[str]":
    """The linter on the source under this root, whatever is installed."""
    environment = {
        **os.environ,
        "PYTHONPATH": str(root / "src"),
        "PYTHONDONTWRITEBYTECODE": "1",
        "NO_COLOR": "1",
        "COLUMNS": "200",
    }
    return subprocess.run([sys.executable, "-c", LINTER], cwd=root, env=environment, capture_output=True, text=True, check=False)


def test_the_contracts_hold() -> None:
    done = linted(ROOT)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("module", "text", "contract"),
    [
        ("kernel/planted.py", "import dealflow.workflow", "Floors: imports go down"),
        ("features/units/rules.py", "import sqlalchemy", "Engine, rules and kernel are pure"),
        ("features/units/shelf/board.py", "import psycopg", "Shelves do no I/O"),
        ("web/planted.py", "import dealflow.db.meta", "Doors never touch stores or tables"),
        ("casework/planted.py", "import fastapi", "No web framework below the doors"),
        ("workflow/planted.py", "import transitions", "Each library has one home"),
    ],
)
def test_a_breach_is_caught(module: str, text: str, contract: str, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__", "static", "templates"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    file = tmp_path / "src" / "dealflow" / module
    file.parent.mkdir(exist_ok=True)
    (file.parent / "__init__.py").touch()
    file.write_text(text, encoding="utf-8")
    done = linted(tmp_path)
    broken = [line for line in done.stdout.splitlines() if line.startswith(f"{contract} BROKEN")]
    assert (done.returncode, len(broken)) == (1, 1), done.stdout + done.stderr
