"""An installed wheel works without the repository: workflows, document templates and the pages' files travel in it."""

import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.architecture.source import ROOT
from tools import assets

pytestmark = [pytest.mark.once, pytest.mark.slow]


@pytest.fixture(scope="module")
def inside(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ZipFile]:
    out = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "wheel", "-q", "--disable-pip-version-check", "--no-deps", "--no-build-isolation"]
    done = subprocess.run([*pip, "-w", str(out), str(ROOT)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    (wheel,) = out.glob("dealflow-*.whl")
    with ZipFile(wheel) as opened:
        yield opened


def files(folder: str) -> set[str]:
    """What the repository has there, caches aside."""
    return {
        str(path.relative_to(ROOT)) for path in (ROOT / folder).rglob("*") if path.is_file() and "__pycache__" not in path.parts
    }


@pytest.mark.parametrize("folder", ["workflows", "templates/documents"])
def test_data_folders_travel_whole(folder: str, inside: ZipFile) -> None:
    carried = {name.removeprefix("dealflow/_data/") for name in inside.namelist() if name.startswith(f"dealflow/_data/{folder}/")}
    assert carried == files(folder)
    assert carried


def test_the_pages_files_travel(inside: ZipFile) -> None:
    vendor = "dealflow/web/static/vendor"
    assert {name for name in inside.namelist() if name.startswith(f"{vendor}/")} == {f"{vendor}/{name}" for name in assets.FILES}


def test_every_file_of_the_package_travels(inside: ZipFile) -> None:
    ours = {name.removeprefix("src/") for name in files("src/dealflow") if "/static/vendor/" not in name}
    assert ours <= set(inside.namelist())


def test_the_licence_travels(inside: ZipFile) -> None:
    (name,) = [name for name in inside.namelist() if name.endswith(".dist-info/licenses/LICENSE")]
    assert inside.read(name) == Path(ROOT / "LICENSE").read_bytes()


def test_the_wheel_asks_for_what_pyproject_names(inside: ZipFile) -> None:
    (name,) = [name for name in inside.namelist() if name.endswith(".dist-info/METADATA")]
    asked = inside.read(name).decode().count("\nRequires-Dist: ")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert asked == len(project["dependencies"]) + sum(map(len, project["optional-dependencies"].values()))
