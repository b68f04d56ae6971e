"""Template folders: every fault is found when the service starts, all at once, each with its file and line."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from dealflow.printing import papers
from dealflow.printing.papers import Catalogue

SHIPPED = Path(__file__).parents[2] / "templates/documents"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(SHIPPED / "_base", tmp_path / "_base")
    shutil.copytree(SHIPPED / "D-14", tmp_path / "D-14")
    return tmp_path


def edit(folder: Path, name: str, old: str, new: str) -> int:
    """Replace in one file; returns the line where it stood."""
    file = folder / "D-14" / name
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def found(folder: Path) -> list[tuple[str, str, int]]:
    return [(fault.code, Path(fault.file).name, fault.line) for fault in papers.load(folder).faults]


def test_a_sound_folder_has_no_fault(folder: Path) -> None:
    assert found(folder) == []


@pytest.mark.parametrize(
    ("code", "name", "old", "new"),
    [
        ("papers.unknown_type", "paper.yaml", "source:        {type: text", "source:        {type: colour"),
        ("yaml.missing_key", "paper.yaml", "title: {zh: 封号费收据, en: Hold Fee Receipt}", "title: {zh: 封号费收据}"),
        ("yaml.unknown_key", "paper.yaml", "archive: true", "archive: true\nfree_text: yes"),
        ("papers.id", "paper.yaml", "id: D-14", "id: D-15"),
        ("papers.fact", "paper.yaml", "payments.receipt_method", "receipt_method"),
        ("papers.no_longest", "paper.yaml", "payments.receipt_method, longest: 16", "payments.receipt_method"),
        ("papers.needed_with", "paper.yaml", "needed_with: cheque_number", "needed_with: cheque"),
        ("papers.unfilled", "paper.html", 'form.pair("source", source)', 'form.pair("source", sauce)'),
        (
            "papers.unused",
            "paper.yaml",
            "  hold_from:",
            "  begins: {type: date, fact: payments.begins, zh: 起, en: From}\n  hold_from:",
        ),
        ("papers.syntax", "paper.html", "{% if cheque_number %}", "{% if %}"),
        ("papers.outside", "paper.html", '{% extends "layout.html" %}', '{% extends "../D-15/paper.html" %}'),
        ("papers.outside", "paper.html", "<p>", '<p style="background: url(http://127.0.0.1/x.png)">'),
        ("papers.outside", "paper.html", "<p>", '<img src="{{ note }}"><p>'),
        ("papers.outside", "paper.css", '@import "slip.css"', '@import "/etc/slip.css"'),
        ("papers.example", "example.json", '"amount": 50000', '"amount": "500.00"'),
        ("papers.example", "example.json", '"method": "POS刷卡"', '"way": "POS刷卡"'),
        ("papers.length", "example.json", '"method": "POS刷卡"', '"method": "POS刷卡POS刷卡POS刷卡POS刷卡"'),
        ("papers.json", "long.json", '"facts": {', '"facts": '),
        ("papers.does_not_print", "paper.html", "received_at | moment", "payer.phone | moment"),
    ],
)
def test_a_broken_template_is_found_with_file_and_line(folder: Path, code: str, name: str, old: str, new: str) -> None:
    line = edit(folder, name, old, new)
    assert {(code, name, line), (code, name, line + 1)} & set(found(folder)), found(folder)


def test_all_faults_are_found_at_once(folder: Path) -> None:
    edit(folder, "paper.yaml", "source:        {type: text", "source:        {type: colour")
    edit(folder, "paper.html", "note, 3", "remark, 3")
    edit(folder, "paper.css", "slip.css", "none.css")
    (folder / "D-14" / "long.json").write_text("{}", encoding="utf-8")
    assert {"papers.unknown_type", "papers.unfilled", "papers.unused", "papers.outside", "papers.example"} <= {
        code for code, *_ in found(folder)
    }


def test_a_missing_file_is_a_fault(folder: Path) -> None:
    (folder / "D-14" / "long.json").unlink()
    assert found(folder) == [("papers.no_file", "long.json", 0)]


def test_a_fact_that_no_room_tells_is_named_with_its_line(catalogue: Catalogue) -> None:
    known = {fact for kind in catalogue.kinds.values() for fact in kind.facts.values()}
    assert catalogue.unknown_facts(known) == []
    faults = catalogue.unknown_facts(known - {"payments.hold_until"})
    assert {(Path(fault.file).parent.name, fault.code) for fault in faults} == {
        ("D-14", "papers.unknown_fact"),
        ("D-15", "papers.unknown_fact"),
    }


def test_the_template_hash_follows_page_sheet_and_base_but_not_the_examples(folder: Path) -> None:
    def hashed() -> str:
        return papers.load(folder).kinds["D-14"].template_hash

    first = hashed()
    (folder / "D-14" / "example.json").write_text((folder / "D-14" / "long.json").read_text(encoding="utf-8"), encoding="utf-8")
    assert hashed() == first
    changes: list[Callable[[], object]] = [
        lambda: edit(folder, "paper.css", "slip.css", "slip.css" + '"; p { color: red } /* "'),
        lambda: (folder / "_base" / "base.css").write_text("p { color: red }", encoding="utf-8"),
    ]
    for change in changes:
        change()
        assert hashed() != first
        first = hashed()


def needs(catalogue: Catalogue, kind: str, **facts: object) -> list[tuple[str, str]]:
    one = catalogue.kind(kind)
    return [(need.code, need.input) for need in one.check({**papers.example(one).facts, **facts})]


@pytest.mark.parametrize(
    ("facts", "wanted"),
    [
        ({"method": ""}, [("missing", "method")]),
        ({"method": None}, [("missing", "method")]),
        ({"amount": -1}, [("wrong_type", "amount")]),
        ({"amount": 500.0}, [("wrong_type", "amount")]),
        ({"amount": True}, [("wrong_type", "amount")]),
        ({"received_at": "2025-03-03T15:20:00"}, [("wrong_type", "received_at")]),
        ({"payer": {"name": "陈静", "id_kind": "居民身份证", "id_number": ""}}, [("wrong_type", "payer")]),
        ({"cheque_number": "30904430"}, [("missing", "cheque_amount")]),
        ({"cheque_number": "30904430", "cheque_amount": 50000}, []),
        ({"gift": "茶具"}, [("not_an_input", "gift")]),
    ],
)
def test_a_receipts_facts_are_checked_R_DEP_06_R_DEP_07(
    catalogue: Catalogue, facts: dict[str, object], wanted: list[tuple[str, str]]
) -> None:
    assert needs(catalogue, "D-14", **facts) == wanted


def test_an_agreement_needs_at_least_one_buyer(catalogue: Catalogue) -> None:
    assert needs(catalogue, "D-18", buyers=[]) == [("missing", "buyers")]


def test_a_need_inside_a_row_names_row_and_column(catalogue: Catalogue) -> None:
    buyer = {"name": "陈静", "id_kind": "居民身份证", "id_number": "", "phone": "19000000011", "address": ""}
    assert needs(catalogue, "D-18", buyers=[buyer]) == [("missing", "buyers[0].id_number")]


def test_every_money_paper_names_figures_method_and_source_by_fact(catalogue: Catalogue) -> None:
    assert json.loads(json.dumps(dict(catalogue.kind("D-17").facts)))["source"] == "payments.receipt_source"


def test_no_templates_is_a_fault(tmp_path: Path) -> None:
    assert [fault.code for fault in papers.load(tmp_path / "nowhere").faults] == ["papers.no_folder"]
