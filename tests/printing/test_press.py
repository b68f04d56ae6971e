"""The press: a pure function of the record, deaf to hostile facts, blind to everything outside the template's folder."""

import re
import shutil
import subprocess
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from weasyprint import HTML
from weasyprint.urls import FatalURLFetchingError

from dealflow.printing import papers
from dealflow.printing.engine import ORIGIN, Fetcher
from dealflow.printing.fonts import Faces
from dealflow.printing.papers import Catalogue, NoSuchPaper, PaperRecord
from dealflow.printing.press import OtherTemplate, OutsideFolder, Press, Unfilled, UnprintableText

ROOT = Path(__file__).parents[2]
SHIPPED = ROOT / "templates/documents"


@pytest.fixture
def receipt(catalogue: Catalogue) -> PaperRecord:
    return papers.example(catalogue.kind("D-14"))


def told(record: PaperRecord, **facts: object) -> PaperRecord:
    return replace(record, facts={**record.facts, **facts})


def shown(pdf: bytes) -> str:
    read = subprocess.run(["pdftotext", "-raw", "-", "-"], input=pdf, capture_output=True, check=True)
    return re.sub(r"\s+", "", read.stdout.decode())


def test_markup_in_a_fact_prints_as_text(press: Press, receipt: PaperRecord) -> None:
    assert "<b>&</b>" in shown(press.render(told(receipt, note="<b>&</b>")))


@pytest.mark.parametrize(
    "hostile",
    ['<img src="file:///etc/hostname">', '<link rel="stylesheet" href="http://127.0.0.1:9/x.css">', "{{ 7*7 }}{% for %}"],
)
def test_an_address_or_template_in_a_fact_is_never_followed(press: Press, receipt: PaperRecord, hostile: str) -> None:
    assert hostile.replace(" ", "") in shown(press.render(told(receipt, note=hostile)))


def test_a_very_long_fact_is_printed_whole(press: Press, receipt: PaperRecord) -> None:
    assert shown(press.render(told(receipt, note="长" * 3000))).count("长") == 3000


def test_a_long_word_without_a_place_to_break_stays_inside_its_cell(press: Press, receipt: PaperRecord) -> None:
    assert shown(press.render(told(receipt, reference="9" * 300))).count("9") >= 300


def test_characters_no_face_has_are_refused_by_name(press: Press, receipt: PaperRecord) -> None:
    with pytest.raises(UnprintableText) as no:
        press.render(told(receipt, note="谢谢😀ع"))
    assert no.value.characters == "😀ع"
    assert "U+1F600" in str(no.value)


def test_unprintable_characters_are_known_before_a_number_is_taken(press: Press, receipt: PaperRecord) -> None:
    assert press.unprintable(receipt.facts) == ""
    assert press.unprintable({"payer": {"name": "陈\u200b静"}, "rows": [{"a": "☃"}]}) == "\u200b☃"


def test_a_rare_name_prints_in_the_rare_face(press: Press, receipt: PaperRecord) -> None:
    person = {"name": "𠮷㐂", "id_kind": "居民身份证", "id_number": "119900199003070025"}
    assert "𠮷㐂" in shown(press.render(told(receipt, payer=person)))


def test_a_missing_fact_is_a_need_and_never_a_blank_R_DEP_06(press: Press, receipt: PaperRecord) -> None:
    with pytest.raises(Unfilled) as no:
        press.render(told(receipt, source="  "))
    assert [(need.code, need.input, need.fact) for need in no.value.needs] == [("missing", "source", "payments.receipt_source")]


def test_another_templates_record_is_refused(press: Press, receipt: PaperRecord) -> None:
    with pytest.raises(OtherTemplate):
        press.render(replace(receipt, template_hash="0" * 64))


def test_an_unknown_kind_is_refused(press: Press, receipt: PaperRecord) -> None:
    with pytest.raises(NoSuchPaper):
        press.render(replace(receipt, kind="D-99"))


def test_the_file_is_dated_by_the_issue_and_not_by_the_clock(press: Press, receipt: PaperRecord) -> None:
    pdf = press.render(replace(receipt, issued_at=datetime(2019, 5, 6, 7, 8, 9, tzinfo=UTC)))
    said = subprocess.run(["pdfinfo", "-rawdates", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
    assert "CreationDate:    D:20190506070809" in said
    assert "ModDate:         D:20190506070809" in said


def test_an_archived_paper_carries_its_record(press: Press, receipt: PaperRecord, tmp_path: Path) -> None:
    file = tmp_path / "paper.pdf"
    file.write_bytes(press.render(receipt))
    subprocess.run(["pdfdetach", "-save", "1", "-o", tmp_path / "record.json", file], check=True)
    assert (tmp_path / "record.json").read_text(encoding="utf-8") == receipt.facts_text


def test_the_paper_shows_the_beginning_of_its_seal(press: Press, receipt: PaperRecord) -> None:
    assert f"核验码Seal{receipt.seal[:16]}" in shown(press.render(receipt))


def test_a_draft_is_marked_and_has_neither_number_nor_seal(press: Press, receipt: PaperRecord) -> None:
    text = shown(press.draft(receipt))
    assert "草稿DRAFT" in text
    assert receipt.number not in text
    assert "核验码" not in text


def test_a_void_paper_is_marked_and_keeps_its_number(press: Press, receipt: PaperRecord) -> None:
    text = shown(press.render(replace(receipt, void=True)))
    assert "作废VOID" in text
    assert receipt.number in text


def test_only_our_faces_are_embedded(press: Press, receipt: PaperRecord) -> None:
    said = subprocess.run(["pdffonts", "-"], input=press.render(receipt), capture_output=True, check=True).stdout.decode()
    names = {line.split()[0].split("+")[-1] for line in said.splitlines()[2:]}
    assert names
    assert all(name.startswith(("Paper-Serif", "Paper-Sans", "Paper-Rare")) for name in names)


def test_the_engine_stamp_names_what_decides_the_bytes(press: Press) -> None:
    stamp = press.engine_stamp()
    assert {"weasyprint", "pydyf", "pango", "harfbuzz", "fonttools", "zlib"} <= set(stamp)
    assert all(re.match(r"\d+\.\d+", version) for version in stamp.values())


@pytest.mark.parametrize(
    "address",
    ["file:///etc/hostname", "http://127.0.0.1/x.png", ORIGIN + "../D-15/paper.html", ORIGIN + "%2e%2e/x.css", "data:,x"],
)
def test_the_fetcher_refuses_every_address_outside_the_folder(address: str) -> None:
    with pytest.raises(FatalURLFetchingError):
        Fetcher(SHIPPED / "D-14").fetch(address)


def test_the_fetcher_follows_no_link_out_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "D-14").mkdir()
    (tmp_path / "D-14" / "logo.svg").symlink_to("/etc/hostname")
    with pytest.raises(FatalURLFetchingError):
        Fetcher(tmp_path / "D-14").fetch(ORIGIN + "logo.svg")


def test_a_page_that_reaches_outside_makes_no_paper(press: Press, tmp_path: Path, faces: Faces) -> None:
    shutil.copytree(SHIPPED / "_base", tmp_path / "_base")
    shutil.copytree(SHIPPED / "D-04", tmp_path / "D-04")
    page = tmp_path / "D-04" / "paper.html"
    page.write_text(page.read_text(encoding="utf-8").replace("<div", '<img src="file:///etc/hostname"><div', 1), encoding="utf-8")
    other = papers.load(tmp_path)
    with pytest.raises(OutsideFolder):
        Press(other, faces).render(papers.example(other.kind("D-04")))


def test_a_page_has_no_way_into_python(press: Press, tmp_path: Path, faces: Faces) -> None:
    shutil.copytree(SHIPPED / "_base", tmp_path / "_base")
    shutil.copytree(SHIPPED / "D-04", tmp_path / "D-04")
    page = tmp_path / "D-04" / "paper.html"
    page.write_text(page.read_text(encoding="utf-8").replace("<div", "{{ client.__class__.__mro__ }}<div", 1), encoding="utf-8")
    assert "papers.does_not_print" in {fault.code for fault in papers.load(tmp_path).faults}


def test_weasyprint_would_have_followed_the_address_without_our_fetcher(tmp_path: Path) -> None:
    """The control: the fetcher is what stands between a page and the disk."""
    (tmp_path / "x.css").write_text("p { color: red }")
    seen = HTML(string='<link rel="stylesheet" href="x.css"><p>x', base_url=tmp_path.as_uri() + "/").write_pdf()
    assert seen.startswith(b"%PDF")
