"""Sets up everything that `make run` and `make test` need, on a machine with nothing but Python and make.

Called by the Makefile (`python3 -m tools.setup [--tests]`) with the system's Python; standard library only. Each step leaves a
stamp of what it was made from, so that a second run passes all of them in a moment.
"""

import argparse
import ctypes
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tools import assets, python_version

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMPS = VENV / ".stamps"
FONTS = ROOT / "var" / "fonts"
NOTO = Path("/usr/share/fonts/opentype/noto")
UNIHAN = Path("/usr/share/unicode/Unihan_OtherMappings.txt.bz2")
PIP_INSTALL = ("-m", "pip", "install", "-qq", "--disable-pip-version-check")


class SetupFailed(Exception):
    """What is missing or went wrong, and what to do about it."""


@dataclass(frozen=True)
class Need:
    """Something only the operating system can bring: Debian's name for it, plain words, and how to tell that it is there."""

    package: str
    what: str
    is_there: Callable[[], bool]


@dataclass(frozen=True)
class Step:
    """A piece of set-up: done again when its inputs change or its product is gone."""

    name: str
    says: str
    inputs: Callable[[], str]
    product: Path
    do: Callable[[], None]

    def take(self) -> None:
        stamp = STAMPS / self.name
        if self.product.exists() and stamp.is_file() and stamp.read_text(encoding="utf-8") == self.inputs():
            return
        print(f"==> {self.says}", flush=True)
        self.do()
        STAMPS.mkdir(exist_ok=True)
        stamp.write_text(self.inputs(), encoding="utf-8")


def running_needs() -> list[Need]:
    """What the office itself needs: venv, the text layout under WeasyPrint, and the fonts that the papers' faces are cut from."""
    venv = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
    return [
        Need(venv, "Python's venv with pip", lambda: importlib.util.find_spec("ensurepip") is not None),
        Need("libpango-1.0-0", "Pango", lambda: _loads("libpango-1.0.so.0")),
        Need("libpangoft2-1.0-0", "Pango for FreeType", lambda: _loads("libpangoft2-1.0.so.0")),
        Need("libharfbuzz-subset0", "HarfBuzz subsetting", lambda: _loads("libharfbuzz-subset.so.0")),
        Need("fonts-noto-cjk", f"Noto Serif and Sans CJK in {NOTO}", lambda: (NOTO / "NotoSerifCJK-Bold.ttc").is_file()),
        Need("unicode-data", f"the Unicode Han database, {UNIHAN}", UNIHAN.is_file),
    ]


def testing_needs() -> list[Need]:
    """What the tests need besides: a browser, and two readers of PDF that are not our own."""
    chromium = "chromium-browser" if _is_ubuntu() else "chromium"
    return [
        Need(
            chromium,
            "the browser Chromium (or its path in CHROMIUM)",
            lambda: bool(os.environ.get("CHROMIUM") or _which(BROWSERS)),
        ),
        Need("qpdf", "qpdf", lambda: _which(("qpdf",))),
        Need("poppler-utils", "pdftotext and pdftoppm (Poppler)", lambda: _which(("pdftotext",)) and _which(("pdftoppm",))),
    ]


BROWSERS = ("chromium", "chromium-browser")


def system(needs: list[Need]) -> None:
    """Install what is missing where that can be done, or say in one message what to install."""
    missing = [need for need in needs if not need.is_there()]
    if not missing:
        return
    apt = _apt()
    if apt is None:
        raise SetupFailed(_please_install(missing))
    packages = [need.package for need in missing]
    print(f"==> Installing system packages (about a minute): {' '.join(packages)}", flush=True)
    _quietly([*apt, "update"], missing)
    _quietly([*apt, "install", "-y", "--no-install-recommends", *packages], missing)
    importlib.invalidate_caches()
    left = [need for need in missing if not need.is_there()]
    if left:
        raise SetupFailed(_please_install(left))


def steps() -> list[Step]:
    """From nothing to a house that runs, in this order."""
    return [
        Step("venv", "Creating the virtual environment .venv", _python_and_place, PYTHON, _make_venv),
        Step(
            "packages",
            "Installing the locked packages (about half a minute)",
            lambda: _hash("requirements.lock"),
            PYTHON,
            _packages,
        ),
        Step(
            "project",
            "Installing dealflow into it, editable",
            lambda: _hash("pyproject.toml"),
            VENV / "bin" / "dealflow",
            _project,
        ),
        Step("fonts", "Cutting the papers' fonts (about a minute, once)", _font_sources, FONTS / "stamp.json", _fonts),
        Step(
            "assets",
            "Fetching the pages' files (htmx)",
            lambda: _hash("package-lock.json"),
            ROOT / assets.VENDOR / ".stamp",
            _assets,
        ),
    ]


def _make_venv() -> None:
    """A virtual environment made by hand is kept when it works; one made for another place or Python is made anew."""
    made_by_us = (STAMPS / "venv").is_file()
    if not made_by_us and PYTHON.exists() and _works(PYTHON):
        return
    _run([sys.executable, "-m", "venv", "--clear", str(VENV)], "The virtual environment could not be made.")


def _packages() -> None:
    _run(
        [str(PYTHON), *PIP_INSTALL, "--require-hashes", "-r", "requirements.lock"], "The locked packages could not be installed."
    )


def _project() -> None:
    _run(
        [str(PYTHON), *PIP_INSTALL, "--no-deps", "--no-build-isolation", "-e", "."], "dealflow could not be installed into .venv."
    )


def _fonts() -> None:
    _run([str(PYTHON), "-m", "tools.fonts"], "The papers' fonts could not be cut.")


def _assets() -> None:
    _run([str(PYTHON), "-m", "tools.assets"], "The pages' files could not be fetched.")


def _run(command: list[str], sorry: str) -> None:
    """What the command says is shown: when it fails, that is where the reason stands."""
    if subprocess.run(command, cwd=ROOT, check=False).returncode != 0:
        raise SetupFailed(f"{sorry} The reason stands above; `make setup` goes on from here.")


def _quietly(command: list[str], missing: list[Need]) -> None:
    """apt talks much; it is heard only when it fails."""
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    if done.returncode != 0:
        raise SetupFailed(f"{done.stdout.strip()}\n\n{_please_install(missing)}")


def _apt() -> list[str] | None:
    """apt-get with the rights it needs, or None: another system, or nobody here who may."""
    if shutil.which("apt-get") is None:
        return None
    command = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q", "-o", "DPkg::Lock::Timeout=300"]
    if os.geteuid() == 0:
        return command
    if shutil.which("sudo") and (
        sys.stdin.isatty() or subprocess.run(["sudo", "-n", "true"], check=False, capture_output=True).returncode == 0
    ):
        return ["sudo", *command]
    return None


def _please_install(missing: list[Need]) -> str:
    """One message in plain words, in both languages."""
    packages = " ".join(need.package for need in missing)
    lines = "\n".join(f"  - {need.what}" for need in missing)
    return (
        f"本机缺少以下组件，请安装后再次运行 make：\n"
        f"This machine lacks the following; install it, then run make again:\n{lines}\n"
        f"Debian / Ubuntu（需管理员权限 as root）: apt-get install {packages}"
    )


def _python_and_place() -> str:
    """Scripts in a virtual environment name its folder, so a copied or moved one is made anew."""
    return f"{sys.version_info[0]}.{sys.version_info[1]} {VENV}"


def _font_sources() -> str:
    sizes = " ".join(f"{file.name}:{file.stat().st_size}" for file in (*sorted(NOTO.glob("Noto*CJK-*.ttc")), UNIHAN))
    return _hash("src/dealflow/printing/fonts.py", "src/dealflow/printing/cutting.py", "requirements.lock") + sizes


def _hash(*names: str) -> str:
    return hashlib.sha256(b"".join((ROOT / name).read_bytes() for name in names)).hexdigest()


def _works(python: Path) -> bool:
    asked = [str(python), "-c", f"import pip, sys; sys.exit({python_version.WRONG})"]
    return subprocess.run(asked, check=False, capture_output=True).returncode == 0


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _which(names: tuple[str, ...]) -> bool:
    return any(shutil.which(name) for name in names)


def _is_ubuntu() -> bool:
    release = Path("/etc/os-release")
    return release.is_file() and "ID=ubuntu" in release.read_text(encoding="utf-8").splitlines()


def main(arguments: list[str]) -> int:
    """0 when the house stands; 1 after a message that says what to do."""
    parser = argparse.ArgumentParser(prog="python3 -m tools.setup", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--tests", action="store_true", help="also what only the tests need")
    parser.add_argument("--only", choices=("fonts", "assets"), help="this step alone, after those before it")
    asked = parser.parse_args(arguments)
    try:
        system(running_needs() + (testing_needs() if asked.tests else []))
        for step in steps():
            if asked.only is None or step.name in ("venv", "packages", "project", asked.only):
                step.take()
    except SetupFailed as problem:
        print(f"\n{problem}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
