"""The command line as people use it, on a database of its own."""

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from dealflow.bootstrap import throwaway
from dealflow.cli.entry import main
from dealflow.cli.play.houses import Houses

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Done:
    """How a command ended and what it said."""

    returncode: int
    stdout: str
    stderr: str


Run = Callable[..., Done]


@pytest.fixture
def office_url(houses: Houses, tmp_path: Path) -> Iterator[str]:
    """A database with the office in it, and the files that it has stored."""
    made = houses.template("office").settings
    url = throwaway.copy(made.database)
    shutil.copytree(made.files, tmp_path / "files", dirs_exist_ok=True)
    yield url
    throwaway.drop(url)


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """Where a process keeps its things."""
    mine = {"DEALFLOW_STATE": str(tmp_path), "DEALFLOW_FONTS": str(ROOT / "var/fonts")}
    return {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "LC_ALL": "C.UTF-8", **mine}


@pytest.fixture
def dealflow(
    environment: dict[str, str], office_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Run:
    """Runs a command against the office; nothing is cut off and nothing is coloured."""

    def run(*arguments: str, **more: str) -> Done:
        for name, value in {**environment, "DEALFLOW_DATABASE": office_url, **more}.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setattr(sys, "argv", ["dealflow", *arguments])
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        told = capsys.readouterr()
        return Done(ended.value.code if isinstance(ended.value.code, int) else 0, told.out, told.err)

    return run
