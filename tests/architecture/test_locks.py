"""Lock files name what is installed by version and hash, and never where it comes from: a mirror serves as well."""

import json
import re

import pytest

from tests.architecture.source import ROOT

pytestmark = pytest.mark.once

ADDRESS = re.compile(r"\w+://|--(extra-)?index-url|--find-links|\bfile:|\bgit\+")
PINNED = re.compile(r"^[a-z0-9][a-z0-9.-]*(\[[a-z0-9,-]+\])?==\S+( ;.*)?( --hash=sha256:[0-9a-f]{64})+$")


def faults_of_requirements(text: str) -> list[str]:
    """Every entry stands on one logical line: name, exact version, perhaps a marker, and at least one hash."""
    lines = [line.strip() for line in re.sub(r"\s*\\\n\s*", " ", text).splitlines()]
    entries = [line for line in lines if line and not line.startswith("#")]
    return [line[:80] for line in entries if ADDRESS.search(line) or not PINNED.match(line)]


def faults_of_packages(text: str) -> list[str]:
    """Every package but the root has a hash, and none tells an address."""
    packages = json.loads(text)["packages"]
    return [
        name
        for name, entry in packages.items()
        if name and ("resolved" in entry or not entry.get("integrity", "").startswith("sha512-"))
    ]


@pytest.mark.parametrize("name", ["requirements.lock", "assets.lock"])
def test_every_locked_requirement_is_pinned_by_hash_and_names_no_host(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert "==" in text
    assert faults_of_requirements(text) == []


def test_the_pages_lock_has_hashes_and_names_no_host() -> None:
    text = (ROOT / "package-lock.json").read_text(encoding="utf-8")
    assert len(json.loads(text)["packages"]) > 1
    assert faults_of_packages(text) == []


HASH = f"--hash=sha256:{'0' * 64}"


@pytest.mark.parametrize(
    "text",
    [
        "rich==15.0.0",
        f"rich>=15 \\\n    {HASH}",
        f"--index-url https://packages.example/simple\nrich==15.0.0 \\\n    {HASH}",
        f"rich @ https://packages.example/rich.whl \\\n    {HASH}",
        "rich==15.0.0 \\\n    --hash=md5:0",
    ],
)
def test_a_lock_without_hash_or_with_an_address_is_caught(text: str) -> None:
    assert len(faults_of_requirements(text)) == 1


def test_a_marker_is_no_fault() -> None:
    assert faults_of_requirements(f"colorama==0.4.6 ; sys_platform == 'win32' \\\n    {HASH} \\\n    {HASH}\n") == []


@pytest.mark.parametrize(
    "entry", [{"integrity": "sha512-x", "resolved": "https://packages.example/htmx.tgz"}, {"version": "4.0.1"}]
)
def test_a_package_with_an_address_or_without_hash_is_caught(entry: dict[str, str]) -> None:
    assert faults_of_packages(json.dumps({"packages": {"": {}, "node_modules/htmx.org": entry}})) == ["node_modules/htmx.org"]
