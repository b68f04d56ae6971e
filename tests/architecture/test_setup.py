"""Set-up tells plainly what is missing, and does nothing twice."""

import ast
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.architecture.source import ROOT
from tools import assets, setup

pytestmark = pytest.mark.once

GONE = setup.Need("libpango-1.0-0", "Pango", lambda: False)
THERE = setup.Need("qpdf", "qpdf", lambda: True)


def test_nothing_is_installed_when_nothing_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert setup.system([THERE]) is None


def test_without_apt_or_rights_one_message_names_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(setup.SetupFailed) as said:
        setup.system([GONE, THERE])
    assert str(said.value) == (
        "本机缺少以下组件，请安装后再次运行 make：\n"
        "This machine lacks the following; install it, then run make again:\n"
        "  - Pango\n"
        "Debian / Ubuntu（需管理员权限 as root）: apt-get install libpango-1.0-0"
    )


def test_this_machine_has_all_that_running_and_testing_need() -> None:
    assert [need.package for need in (*setup.running_needs(), *setup.testing_needs()) if not need.is_there()] == []


def step(folder: Path, inputs: str, taken: list[str]) -> setup.Step:
    def do() -> None:
        taken.append(inputs)
        (folder / "product").touch()

    return setup.Step("planted", "Planting", lambda: inputs, folder / "product", do)


@pytest.fixture
def stamps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(setup, "STAMPS", tmp_path / "stamps")
    return tmp_path


def test_a_step_is_taken_once_for_the_same_inputs(stamps: Path) -> None:
    taken: list[str] = []
    step(stamps, "1", taken).take()
    step(stamps, "1", taken).take()
    assert taken == ["1"]


def test_a_step_is_taken_again_when_its_inputs_change(stamps: Path) -> None:
    taken: list[str] = []
    step(stamps, "1", taken).take()
    step(stamps, "2", taken).take()
    assert taken == ["1", "2"]


def test_a_step_is_taken_again_when_its_product_is_gone(stamps: Path) -> None:
    taken: list[str] = []
    step(stamps, "1", taken).take()
    (stamps / "product").unlink()
    step(stamps, "1", taken).take()
    assert taken == ["1", "1"]


def test_a_step_that_fails_is_taken_again(stamps: Path) -> None:
    def fail() -> None:
        raise setup.SetupFailed("no network")

    with pytest.raises(setup.SetupFailed):
        setup.Step("planted", "Planting", lambda: "1", stamps / "product", fail).take()
    taken: list[str] = []
    step(stamps, "1", taken).take()
    assert taken == ["1"]


@pytest.mark.parametrize("name", ["tools/python_version.py"])
def test_an_old_python_can_read_what_tells_it_that_it_is_old(name: str) -> None:
    ast.parse((ROOT / name).read_text(encoding="utf-8"), feature_version=(3, 7))


def test_the_pages_files_are_those_of_the_lock() -> None:
    assert assets.is_current()


def test_the_pages_files_are_fetched_again_when_the_lock_changes(tmp_path: Path) -> None:
    shutil.copytree(ROOT / assets.VENDOR, tmp_path / assets.VENDOR)
    (tmp_path / "package-lock.json").write_text("{}", encoding="utf-8")
    assert not assets.is_current(tmp_path)


def test_make_alone_lists_every_target() -> None:
    shown = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    phony = re.search(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert phony is not None
    assert re.findall(r"^  make (\w+) ", shown, re.MULTILINE) == phony.group(1).split()
