"""Signatures, files and printed papers through the use cases on a real database."""

from pathlib import Path

import pytest

from dealflow.casework.command import Command
from dealflow.features.documents import queries, rules, service
from dealflow.features.documents.service import StoredFile
from dealflow.features.documents.store import Folder
from dealflow.kernel.errors import Forbidden, Invalid, NotFound
from tests.makers.office import Office

SCAN = b"%PDF-1.7\nsigned copy"


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path / "files")


def store(office: Office, folder: Folder, content: bytes = SCAN, name: str = "签字页.pdf") -> StoredFile:
    with office.dealflow.unit_of_work() as uow:
        return service.store_file(uow, Command("store", office.stage.actor("A")), content, name, folder)


def written(office: Office) -> int:
    """A deal whose agreement is written and waits for signatures."""
    deal = office.tracked()
    office.prepared(deal, "1-1201")
    office.deposit(deal, "20000.00")
    office.step(deal, "write_agreement", "A")
    return deal


def sign(office: Office, deal: int, by: str = "A", **more: object) -> None:
    office.do(
        by=by, use_case="documents.record_signature", deal=deal, **{"signer": 1, "scan": office.world.value("scan"), **more}
    )


def papers(office: Office, deal: int) -> dict[str, queries.PaperRow]:
    with office.dealflow.reading() as uow:
        return {paper.kind: paper for paper in queries.papers_of(uow.connection, deal)}


# ---- files
def test_a_file_is_known_under_its_type_and_the_same_bytes_once(office, folder):
    first, again = store(office, folder), store(office, folder, name="other.pdf")
    assert first.hash == again.hash
    with office.dealflow.reading() as uow:
        found = queries.file(uow.connection, first.hash)
    assert (found.kind, found.size, found.name) == ("application/pdf", len(SCAN), "签字页.pdf")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "documents.file_empty"),
        (b"<html>", "documents.file_kind"),
        (b"%PDF-" + b"0" * rules.LARGEST, "documents.file_too_large"),
    ],
)
def test_what_is_no_small_pdf_or_picture_is_not_kept(office, folder, content, code):
    with pytest.raises(Invalid) as told:
        store(office, folder, content)
    assert told.value.code == code
    assert told.value.evidence["zh"]
    assert not list(folder.root.rglob("*"))


# ---- signatures
def test_a_signature_on_paper_needs_its_stored_scan(office, folder):
    deal = written(office)
    with office.refused("documents.scan_missing"):
        sign(office, deal, scan="")
    with office.refused("documents.scan_unknown"):
        sign(office, deal, scan="0" * 64)
    sign(office, deal, scan=store(office, folder).hash)
    with office.dealflow.reading() as uow:
        (kept,) = queries.signatures_of(uow.connection, deal)
    assert (kept.signer, kept.position, kept.capacity, kept.witness) == ("陈静", 1, "self", "安然")


def test_clients_signatures_are_recorded_by_the_owner(office):
    deal = written(office)
    with pytest.raises(Forbidden):
        sign(office, deal, by="B")


def test_other_papers_are_not_signed_by_clients_here(office):
    with pytest.raises(Invalid):
        sign(office, written(office), paper="D-14")


def test_the_manager_signs_last_and_only_when_every_buyer_has_c_53_r_sub_04(office):
    deal = written(office)
    with office.refused("documents.buyer_unsigned"):
        office.step(deal, "agree", "M")
    sign(office, deal)
    office.step(deal, "agree", "M")
    agreement = papers(office, deal)["D-18"]
    assert (office.state(deal), agreement.state, agreement.kept_by) == ("subscribed", "signed", "孟琪")


def test_without_an_agreement_nobody_signs(office):
    deal = office.tracked()
    office.prepared(deal, "1-1201")
    office.deposit(deal, "20000.00")
    with office.refused("documents.not_issued"):
        sign(office, deal)


def test_signatures_of_a_void_agreement_do_not_count_for_the_next(office):
    deal = written(office)
    sign(office, deal)
    office.step(deal, "agree", "M")
    office.step(deal, "void_agreement", "M", reason="面积写错", places=1)
    with office.refused("documents.buyer_unsigned"):
        office.step(deal, "agree", "M")
    sign(office, deal)
    office.step(deal, "agree", "M")
    office.doctor()


# ---- papers
def test_a_paper_is_found_by_its_number_in_its_project(office):
    agreement = papers(office, written(office))["D-18"]
    with office.dealflow.reading() as uow:
        assert queries.by_number(uow.connection, uow.project_id, f" {agreement.number} ") == agreement
        assert queries.by_number(uow.connection, uow.project_id + 1, agreement.number) is None
        assert queries.one(uow.connection, uow.project_id, agreement.id) == agreement


def test_the_record_of_a_paper_is_the_one_that_was_sealed(office):
    agreement = papers(office, written(office))["D-18"]
    with office.dealflow.reading() as uow:
        record = queries.record(uow.connection, agreement.id)
    assert (record.kind, record.number, record.project, record.issued_by) == ("D-18", agreement.number, "江屿澜庭", "安然")
    assert record.facts["unit"] == "1-1201"


def test_a_paper_is_printed_once_and_kept_by_its_hash(office, folder):
    slip = papers(office, office.held("1-1201").case)["D-15"]
    opened = (office.dealflow.unit_of_work, office.dealflow.reading, office.dealflow.press, folder)
    first, again = service.print_paper(*opened, slip.id), service.print_paper(*opened, slip.id)
    assert first == again
    assert folder.get(first.file).startswith(b"%PDF-")
    with office.dealflow.reading() as uow:
        assert queries.one(uow.connection, uow.project_id, slip.id).file == first.file
        assert queries.file(uow.connection, first.file).kind == "application/pdf"


def test_no_paper_no_print(office, folder):
    with pytest.raises(NotFound):
        service.print_paper(office.dealflow.unit_of_work, office.dealflow.reading, office.dealflow.press, folder, 1)
