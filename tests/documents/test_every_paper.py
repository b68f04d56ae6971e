"""Every shipped template prints: text, page count, no missing words, the same bytes each time and everywhere."""

import hashlib
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from dealflow.printing import papers
from dealflow.printing.fonts import Faces
from dealflow.printing.inputs import texts
from dealflow.printing.papers import Catalogue, PaperRecord
from dealflow.printing.press import Press

ROOT = Path(__file__).parents[2]
PAGES = {
    "D-01": (1, 1), "D-02": (1, 1), "D-04": (1, 1), "D-05": (1, 1), "D-06": (2, 3), "D-09": (1, 4), "D-14": (1, 1),
    "D-15": (1, 1), "D-16": (1, 1), "D-17": (1, 1), "D-18": (2, 3), "D-19": (1, 1), "D-20": (1, 2), "D-21": (1, 2),
    "D-22": (1, 2), "D-23": (1, 1), "D-24": (1, 1), "D-25": (1, 1), "D-26": (1, 3), "D-27": (4, 6), "D-28": (1, 2),
    "D-29": (1, 2), "D-30": (1, 3), "D-31": (1, 1), "D-32": (1, 1), "D-36": (1, 2), "D-37": (1, 1), "D-38": (1, 1),
    "D-39": (1, 3), "D-40": (1, 2), "D-41": (1, 1), "D-42": (1, 2), "D-43": (1, 1), "D-44": (1, 2), "D-45": (1, 2),
}  # fmt: skip
EVERY = pytest.mark.parametrize("kind", sorted(PAGES))


def shown(pdf: bytes, *options: str) -> str:
    """The text of a PDF without white space: readers part words where the face changes."""
    read = subprocess.run(["pdftotext", "-raw", *options, "-", "-"], input=pdf, capture_output=True, check=True)
    return re.sub(r"\s+", "", read.stdout.decode())


def pages(pdf: bytes) -> int:
    read = subprocess.run(["pdfinfo", "-"], input=pdf, capture_output=True, check=True)
    return int(re.search(r"Pages:\s+(\d+)", read.stdout.decode())[1])


def record(catalogue: Catalogue, kind: str, name: str = "example.json") -> PaperRecord:
    return papers.example(catalogue.kind(kind), name)


def test_the_shipped_templates_have_no_fault(catalogue: Catalogue) -> None:
    assert [str(fault) for fault in catalogue.faults] == []


def test_exactly_the_papers_from_the_door_to_the_keys_are_there(catalogue: Catalogue) -> None:
    assert sorted(catalogue.kinds) == sorted(PAGES)


@EVERY
def test_the_example_has_its_pages(press: Press, catalogue: Catalogue, kind: str) -> None:
    assert pages(press.render(record(catalogue, kind))) == PAGES[kind][0]


@EVERY
def test_the_long_record_has_its_pages(press: Press, catalogue: Catalogue, kind: str) -> None:
    assert pages(press.render(record(catalogue, kind, "long.json"))) == PAGES[kind][1]


@EVERY
@pytest.mark.parametrize("name", ["example.json", "long.json"])
def test_no_word_of_the_record_is_lost(press: Press, catalogue: Catalogue, kind: str, name: str) -> None:
    wanted = record(catalogue, kind, name)
    text = shown(press.render(wanted))
    # the register line and the clause record show the purchasers without their addresses
    unseen = {"D-20": ("address",), "D-22": ("address",)}.get(kind, ())
    facts = {key: [{k: v for k, v in row.items() if k not in unseen} for row in value] if isinstance(value, list) else value
             for key, value in wanted.facts.items()}  # fmt: skip
    types = catalogue.kind(kind).types
    dates = re.compile(r"\d{4}-\d\d-\d\d(T.*)?")
    plain = [one for key, value in facts.items() if types[key] in ("text", "person", "rows") for one in texts(value)]
    lost = [one for one in plain if not dates.fullmatch(one) and re.sub(r"\s+", "", one) not in text]
    assert lost == []


@EVERY
def test_every_page_names_project_number_date_and_responsible_person(press: Press, catalogue: Catalogue, kind: str) -> None:
    wanted = record(catalogue, kind, "long.json")
    pdf, last = press.render(wanted), PAGES[kind][1]
    issued = catalogue.kind(kind).heading(wanted).issued_at
    foot = shown(pdf, "-f", str(last), "-l", str(last))
    assert all(part in foot for part in (wanted.project, wanted.number, issued, wanted.issued_by, f"第{last}页共{last}页"))


@EVERY
def test_the_title_is_bilingual(press: Press, catalogue: Catalogue, kind: str) -> None:
    text, one = shown(press.render(record(catalogue, kind))), catalogue.kind(kind)
    assert one.zh in text
    assert one.en.replace(" ", "") in text


@EVERY
def test_everyone_who_signs_has_a_place(press: Press, catalogue: Catalogue, kind: str) -> None:
    text = shown(press.render(record(catalogue, kind)))
    assert [one.zh for one in catalogue.kind(kind).signatories if one.zh not in text] == []


@EVERY
def test_printing_twice_gives_the_same_bytes(press: Press, catalogue: Catalogue, kind: str) -> None:
    assert press.render(record(catalogue, kind)) == press.render(record(catalogue, kind))


ELSEWHERE = """
import hashlib, json, sys
from pathlib import Path
from dealflow.printing import papers
from dealflow.printing.fonts import Faces
from dealflow.printing.press import Press
root, state = Path(sys.argv[1]), Path(sys.argv[2])
catalogue = papers.load(root / "templates/documents")
press = Press(catalogue, Faces.load(root / "var/fonts"), state)
kinds = sorted(catalogue.kinds, reverse=True)
print(json.dumps({kind: hashlib.sha256(press.render(papers.example(catalogue.kind(kind)))).hexdigest() for kind in kinds}))
"""


def test_another_process_zone_locale_seed_and_font_cache_give_the_same_bytes(
    press: Press, catalogue: Catalogue, faces: Faces, tmp_path: Path
) -> None:
    here = {kind: hashlib.sha256(press.render(record(catalogue, kind))).hexdigest() for kind in catalogue.kinds}
    world = os.environ | {
        "TZ": "America/Caracas",
        "LANG": "C",
        "LC_ALL": "C",
        "PYTHONHASHSEED": "4242",
        "PYTHONPATH": str(ROOT / "src"),
    }
    world.pop("FONTCONFIG_FILE", None)
    there = subprocess.run([sys.executable, "-c", ELSEWHERE, str(ROOT), str(tmp_path)], env=world, capture_output=True, text=True)
    assert there.returncode == 0, there.stderr
    assert json.loads(there.stdout) == here


def test_the_hold_fee_receipt_says_the_sum_in_figures_and_capitals_R_DEP_06(press: Press, catalogue: Catalogue) -> None:
    text = shown(press.render(record(catalogue, "D-14")))
    assert all(part in text for part in ("¥500.00", "人民币伍佰元整", "1-1201", "POS刷卡", "自有资金"))


def test_the_hold_runs_72_hours_in_the_project_zone_R_HLD_02(press: Press, catalogue: Catalogue) -> None:
    text = shown(press.render(record(catalogue, "D-14")))
    assert "2025年03月03日15:20" in text
    assert "2025年03月06日15:20" in text


def test_a_receipt_without_cheque_has_no_cheque_fields(press: Press, catalogue: Catalogue) -> None:
    assert "支票" not in shown(press.render(record(catalogue, "D-14")))


def test_a_cheque_receipt_states_number_and_amount_R_DEP_07(press: Press, catalogue: Catalogue) -> None:
    text = shown(press.render(record(catalogue, "D-17", "long.json")))
    assert "支票号码" in text
    assert "30904430-12345678-9900AB" in text
    assert "支票金额" in text


def test_the_hold_confirmation_names_priority_and_full_refund_R_HLD_03_R_HLD_04(press: Press, catalogue: Catalogue) -> None:
    text = shown(press.render(record(catalogue, "D-15")))
    assert "优先购买权" in text
    assert "全额退还" in text


def test_the_refund_voucher_names_the_original_receipt_R_HLD_04(press: Press, catalogue: Catalogue) -> None:
    text = shown(press.render(record(catalogue, "D-16")))
    assert "JL-SJ-26-00045" in text
    assert "人民币伍佰元整" in text


def test_the_deposit_receipt_adds_cash_and_moved_hold_fee(press: Press, catalogue: Catalogue) -> None:
    text = shown(press.render(record(catalogue, "D-17")))
    assert all(part in text for part in ("¥19,500.00", "¥500.00", "JL-SJ-26-00045", "¥20,000.00", "人民币贰万元整"))


def test_the_deposit_receipt_says_part_while_money_is_missing_R_DEP_05(press: Press, catalogue: Catalogue) -> None:
    text = shown(press.render(record(catalogue, "D-17")))
    assert "部分定金" in text
    assert "尚欠¥30,000.00" in text


def test_the_agreement_carries_every_buyer_and_the_managers_last_signature_R_SUB_04(press: Press, catalogue: Catalogue) -> None:
    text = shown(press.render(record(catalogue, "D-18")))
    assert all(
        part in text
        for part in ("119900199003070025", "319900198512310130", "最后签署", "人民币壹佰玖拾柒万陆仟贰佰捌拾元整", "118.62㎡")
    )


def test_the_agreements_signatures_stand_on_the_page_of_its_last_terms(press: Press, catalogue: Catalogue) -> None:
    last = shown(press.render(record(catalogue, "D-18", "long.json")), "-f", "3", "-l", "3")
    assert "五、其他" in last
    assert last.count("Purchaser") == 5


def test_a_tracking_sheet_without_entries_says_so(press: Press, catalogue: Catalogue) -> None:
    first = record(catalogue, "D-09")
    opened = PaperRecord(
        "D-09", first.number, first.project, first.issued_at, first.issued_by, first.template_hash, {**first.facts, "entries": []}
    )
    assert "开表时尚无跟踪记录" in shown(press.render(opened))
