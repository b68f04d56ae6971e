"""Files kept by their hash: what may be kept, under which type, and that a file of a name is whole."""

from pathlib import Path

import pytest

from dealflow.features.documents.rules import kind_of, shown_name
from dealflow.features.documents.store import Folder
from dealflow.kernel.canonical import sha256
from dealflow.kernel.errors import NotFound

PNG = b"\x89PNG\r\n\x1a\n....."


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.7\n...", "application/pdf"),
        (b"\xff\xd8\xff\xe0...", "image/jpeg"),
        (PNG, "image/png"),
        (b"<html><script>", None),
        (b"<svg xmlns=...", None),
        (b" %PDF-1.7", None),
        (b"MZ\x90\x00", None),
        (b"", None),
    ],
)
def test_the_type_is_what_the_bytes_say(content, kind):
    assert kind_of(content) == kind


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("认购书 签字页.pdf", "认购书 签字页.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\scans\\a.png", "a.png"),
        ("a\x00b\n.pdf", "ab.pdf"),
        ("", "file"),
        ("x" * 300, "x" * 120),
    ],
)
def test_a_name_is_the_last_part_without_control_characters(name, shown):
    assert shown_name(name) == shown


def test_what_is_kept_comes_back_under_its_hash(tmp_path: Path):
    digest = Folder(tmp_path).put(PNG)
    assert digest == sha256(PNG)
    assert Folder(tmp_path).get(digest) == PNG
    assert (tmp_path / digest[:2] / digest).is_file()


def test_the_same_bytes_are_kept_once_and_no_scratch_stays(tmp_path: Path):
    folder = Folder(tmp_path)
    assert folder.put(PNG) == folder.put(PNG)
    assert len([p for p in tmp_path.rglob("*") if p.is_file()]) == 1


@pytest.mark.parametrize("digest", ["0" * 64, "../secret", "", "A" * 64, "0" * 63 + "/"])
def test_anything_else_is_not_there(digest, tmp_path: Path):
    (tmp_path / "secret").write_text("x")
    with pytest.raises(NotFound):
        Folder(tmp_path / "files").get(digest)


def test_a_file_that_cannot_be_written_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def full(_: int) -> None:
        raise OSError("no space left")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="no space"):
        Folder(tmp_path).put(PNG)
    assert [p for p in tmp_path.rglob("*") if p.is_file()] == []
