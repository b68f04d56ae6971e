"""No tracked file tells where a developer's machine keeps things or which registry served a package."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.source import ROOT

pytestmark = pytest.mark.once

PLACES = re.compile(r"(?<![\w.])/(root|work|farm|Users/\w+|home/\w+)/")
HOSTS = re.compile(
    r"\b(pypi|pythonhosted|npmjs|yarnpkg|npmmirror)[.](org|com)\b|\b(deb|archive|security|mirrors?)[.][\w-]+[.](org|com|cn|edu)\b"
    r"|https?://(files|registry|deb|pypi|mirrors?)[.]",
    re.IGNORECASE,
)
NOT_OURS = {"var", "node_modules", "vendor", "build", "dist", "__pycache__"}


def traces(text: str) -> list[str]:
    return [found.group() for pattern in (PLACES, HOSTS) for found in pattern.finditer(text)]


def tracked() -> Iterator[Path]:
    """What git tracks; in a copy without git, every file that is not fetched or made."""
    git = shutil.which("git")
    listed = git and subprocess.run([git, "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed and listed.returncode == 0:
        yield from (ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file())
    else:
        yield from (path for path in ROOT.rglob("*") if path.is_file() and _is_ours(path.relative_to(ROOT)))


def _is_ours(path: Path) -> bool:
    """Not fetched, not made, not a tool's cache (.git, .venv, .mypy_cache and the like)."""
    return not NOT_OURS & set(path.parts) and (
        path.parts[0] == ".ci" or not (path.parts[0].startswith(".") and len(path.parts) > 1)
    )


def test_no_tracked_file_names_a_machine_or_a_registry() -> None:
    found = {str(path.relative_to(ROOT)): traces(path.read_text(encoding="utf-8", errors="replace")) for path in tracked()}
    assert len(found) > 50
    assert {name: what for name, what in found.items() if what} == {}


@pytest.mark.parametrize(
    "parts",
    [
        ("cd /ro", "ot/dealflow"),
        ("see /wo", "rk/main/src"),
        ("/ho", "me/ann/dealflow"),
        ("simple.py", "pi.org/rich"),
        ("https://fi", "les.example/rich.whl"),
        ("registry.np", "mjs.org/htmx.org"),
        ("https://regis", "try.example/htmx.tgz"),
        ("de", "b.debian.org/debian"),
        ("https://mir", "rors.example.cn/pypi"),
    ],
)
def test_a_trace_is_caught(parts: tuple[str, str]) -> None:
    assert traces("".join(parts))


@pytest.mark.parametrize(
    "text", ["http://127.0.0.1:8000/deals/7", "http://www.apache.org/licenses/", "/usr/share/fonts", "workflows/deal.yaml"]
)
def test_an_innocent_address_is_no_trace(text: str) -> None:
    assert traces(text) == []
