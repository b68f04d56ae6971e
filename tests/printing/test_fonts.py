"""The faces: cut the same each time, named by one hash, known by their characters."""

import os
from dataclasses import replace
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from dealflow.printing import fonts
from dealflow.printing.cutting import Cut, cut, general_standard
from dealflow.printing.fonts import FACES, Faces, NoFonts
from dealflow.printing.press import Press

SERIF = fonts.NOTO / "NotoSerifCJK-Regular.ttc"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    order = Cut(SERIF, "Small.ttf", "Paper Small", "Regular", frozenset(map(ord, "人民币元 0")))
    folders = tmp_path_factory.mktemp("one"), tmp_path_factory.mktemp("two")
    for folder in folders:
        cut(order, folder)
    return folders


def test_cutting_twice_gives_the_same_bytes(small: tuple[Path, Path]) -> None:
    one, two = ((folder / "Small.ttf").read_bytes() for folder in small)
    assert one == two


def test_a_cut_face_has_no_layout_tables_and_true_type_outlines(small: tuple[Path, Path]) -> None:
    with TTFont(small[0] / "Small.ttf") as font:
        assert "glyf" in font
        assert not {"GSUB", "GPOS", "GDEF", "CFF ", "BASE"} & set(font.keys())


def test_a_cut_face_has_a_name_of_our_own_and_its_licence(small: tuple[Path, Path]) -> None:
    with TTFont(small[0] / "Small.ttf") as font:
        names = {record.nameID: record.toUnicode() for record in font["name"].names}
    assert names[1] == "Paper Small"
    assert "SIL Open Font License" in names[13]


def test_nothing_but_the_face_is_left_behind(small: tuple[Path, Path]) -> None:
    assert [file.name for file in small[0].iterdir()] == ["Small.ttf"]


def test_building_again_changes_nothing(faces: Faces) -> None:
    before = [(faces.folder / name).stat().st_mtime_ns for name in FACES]
    said: list[str] = []
    fonts.build(faces.folder, log=said.append)
    assert said == []
    assert [(faces.folder / name).stat().st_mtime_ns for name in FACES] == before


def test_missing_sources_are_named_with_their_packages(tmp_path: Path) -> None:
    with pytest.raises(NoFonts, match="fonts-noto-cjk"):
        fonts.build(tmp_path / "fonts", noto=tmp_path)
    assert not (tmp_path / "fonts").exists()


def test_faces_not_built_name_the_command(tmp_path: Path) -> None:
    with pytest.raises(NoFonts, match="dealflow fonts build"):
        Faces.load(tmp_path)


def test_the_hash_is_the_same_each_time(faces: Faces) -> None:
    assert Faces.load(faces.folder).hash == faces.hash
    assert len(faces.hash) == 64


def test_every_character_of_the_general_standard_can_be_printed(faces: Faces) -> None:
    standard = general_standard(fonts.UNIHAN)
    assert len(standard) == 8105
    assert faces.missing("".join(map(chr, sorted(standard)))) == ""


def test_missing_names_each_character_once_in_order(faces: Faces) -> None:
    assert faces.missing("ع陈😀ع\n") == "ع😀"


def test_the_process_sees_no_font_but_ours(faces: Faces, press: Press) -> None:
    config = Path(os.environ["FONTCONFIG_FILE"]).read_text(encoding="utf-8")
    assert config.count("<dir>") == 1
    assert f"<dir>{faces.folder}</dir>" in config


def test_a_second_folder_in_one_process_is_refused(faces: Faces, press: Press, tmp_path: Path) -> None:
    with pytest.raises(NoFonts):
        replace(faces, folder=tmp_path).install(tmp_path / "state")
