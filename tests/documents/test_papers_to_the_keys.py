"""What the papers between the payment slip and the keys must say: sums, signatures, ticks, steps, and what is left out."""

import json
import re
import subprocess
from collections.abc import Callable

import pytest

from dealflow.printing import papers
from dealflow.printing.fonts import Faces
from dealflow.printing.papers import Catalogue, PaperRecord
from dealflow.printing.press import Press

Shown = Callable[..., str]
NEW = (
    "D-05", "D-21", "D-22", "D-23", "D-24", "D-25", "D-26", "D-27", "D-28", "D-29", "D-30", "D-31",
    "D-32", "D-36", "D-37", "D-38", "D-39", "D-40", "D-41", "D-42", "D-43", "D-44", "D-45",
)  # fmt: skip
CHEN, ZHOU = "119900199003070025", "319900198512310130"


def text_of(pdf: bytes, *options: str) -> str:
    read = subprocess.run(["pdftotext", "-raw", *options, "-", "-"], input=pdf, capture_output=True, check=True)
    return re.sub(r"\s+", "", read.stdout.decode())


@pytest.fixture
def shown(press: Press, catalogue: Catalogue) -> Shown:
    """The text of a kind's example (or long record), with some facts told otherwise."""

    def _shown(kind: str, name: str = "example.json", page: int = 0, **told: object) -> str:
        one = papers.example(catalogue.kind(kind), name)
        again = PaperRecord(kind, one.number, one.project, one.issued_at, one.issued_by, one.template_hash, {**one.facts, **told})
        return text_of(press.render(again), *(("-f", str(page), "-l", str(page)) if page else ()))

    return _shown


def rows(catalogue: Catalogue, kind: str, name: str) -> list[dict[str, object]]:
    told = papers.example(catalogue.kind(kind)).facts[name]
    assert isinstance(told, list)
    return told


@pytest.mark.parametrize("kind", NEW)
def test_every_character_of_the_fixed_text_is_in_a_face(catalogue: Catalogue, faces: Faces, kind: str) -> None:
    folder = catalogue.kind(kind).folder
    assert faces.missing("".join((folder / name).read_text(encoding="utf-8") for name in ("paper.html", "paper.yaml"))) == ""


@pytest.mark.parametrize("kind", NEW)
@pytest.mark.parametrize("name", ["example.json", "long.json"])
def test_no_page_prints_a_thing_of_the_machine(shown: Shown, kind: str, name: str) -> None:
    text = shown(kind, name)
    assert [word for word in ("<built-in", "None", "True", "False", "[{") if word in text] == []


@pytest.mark.parametrize("kind", NEW)
@pytest.mark.parametrize("name", ["example.json", "long.json"])
def test_all_money_of_the_record_is_printed(catalogue: Catalogue, shown: Shown, kind: str, name: str) -> None:
    one, text = papers.example(catalogue.kind(kind), name), shown(kind, name)
    told = json.loads(one.facts_text)
    fen = [told[wanted.name] for wanted in catalogue.kind(kind).inputs if wanted.type == "money" and told[wanted.name]]
    for wanted in catalogue.kind(kind).inputs:
        money = [column.name for column in wanted.columns if column.type == "money"]
        fen += [row[column] for row in told[wanted.name] for column in money if row[column]] if money else []
    assert [one for one in fen if f"¥{one // 100:,}.{one % 100:02d}" not in text] == []


def test_the_identity_check_says_that_originals_were_seen_and_when_R_PAY_02_R_PAY_05(shown: Shown) -> None:
    text = shown("D-21")
    assert all(part in text for part in ("已逐人核对原件", "符合", "认购前", "2025年03月05日15:05", CHEN, ZHOU))


def test_an_identity_check_without_originals_says_so_E_101(shown: Shown) -> None:
    text = shown("D-21", originals=False, eligibility="不符合")
    assert "未见原件" in text
    assert "已逐人核对原件" not in text


def test_all_ten_clauses_are_ticked_R_PAY_03_R_PAY_04(shown: Shown) -> None:
    assert shown("D-22").count("✓") == 10


def test_a_clause_not_explained_has_no_tick(catalogue: Catalogue, shown: Shown) -> None:
    told = [row | {"explained": row["letter"] != "H"} for row in rows(catalogue, "D-22", "clauses")]
    assert shown("D-22", clauses=told).count("✓") == 9


def test_clauses_without_objection_say_so(shown: Shown) -> None:
    assert "对上列条款没有异议" in shown("D-22", objections=[])


def test_an_objection_stands_with_the_developers_answer_R_CTR_13(shown: Shown) -> None:
    text = shown("D-22")
    assert "同意在交付通知时安排预验" in text
    assert "已撤回" in text


def test_the_slip_says_the_sum_both_ways_and_waits_for_the_manager_R_PAY_06_R_PAY_07(shown: Shown) -> None:
    text = shown("D-23")
    assert all(part in text for part in ("¥740,512.00", "人民币柒拾肆万零伍佰壹拾贰元整", "销售经理审核", "首期款"))


def test_the_price_receipt_names_what_it_fills_and_the_terminals_reference_R_PAY_08(shown: Shown) -> None:
    text = shown("D-24")
    assert all(part in text for part in ("首期款¥740,512.00", "202503101000005588", "尚余¥1,185,768.00"))


def test_a_receipt_that_pays_the_price_in_full_says_so(shown: Shown) -> None:
    text = shown("D-24", paid=197628000, missing=0)
    assert "已付清" in text
    assert "尚余" not in text


def test_a_report_line_without_a_roster_says_that_it_wrote_itself_R_PAY_09(shown: Shown) -> None:
    assert "据交款单自动登记" in shown("D-25", entered_by="")


def test_the_signing_notice_speaks_of_the_loan_only_where_there_is_one_R_CTR_11(shown: Shown) -> None:
    assert "贷款" not in shown("D-26")
    with_loan = shown("D-26", loan=138340000, loan_months=360)
    assert "¥1,383,400.00" in with_loan
    assert "360个月" in with_loan


def test_the_contract_carries_all_ten_clauses_in_order_R_PAY_04(shown: Shown) -> None:
    text = shown("D-27")
    heads = (
        "A当事人", "B房屋的位置、面积与界址", "C土地所有权性质", "D土地使用权的取得与期限", "E规划用途",
        "F户型、结构、质量、装修与配套", "G价款与付款", "H交付日期", "I违约责任", "J争议解决",
    )  # fmt: skip
    places = [text.find(head) for head in heads]
    assert -1 not in places
    assert places == sorted(places)


def test_the_contract_states_price_in_capitals_and_a_schedule_that_adds_up(shown: Shown) -> None:
    text = shown("D-27")
    assert "人民币壹佰玖拾柒万陆仟贰佰捌拾元整" in text
    assert "合计Total¥1,976,280.00" in text


@pytest.mark.parametrize("kind", ["D-27", "D-28", "D-40", "D-22", "D-21", "D-39"])
@pytest.mark.parametrize("number", [1, 2, 3, 4, 5, 6])
def test_each_of_any_number_of_buyers_has_a_place_to_sign_C_53(
    catalogue: Catalogue, shown: Shown, kind: str, number: int
) -> None:
    first = rows(catalogue, kind, "buyers")[0]
    told = [first | {"name": f"买受第{n}人", "id_number": CHEN} for n in range(1, number + 1)]
    word = next(one.en for one in catalogue.kind(kind).signatories if one.who == "buyers").replace(" ", "")
    places = re.findall(rf"{word}(买受第\d人)", shown(kind, buyers=told))
    assert sorted(places) == [one["name"] for one in told]


@pytest.mark.parametrize("kind", ["D-28", "D-40"])
@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_the_property_company_signs_once_beside_any_number_of_owners_R_MVD_03(
    catalogue: Catalogue, shown: Shown, kind: str, number: int
) -> None:
    told = [rows(catalogue, kind, "buyers")[0]] * number
    assert shown(kind, buyers=told).count("（盖章）") == 1


def test_the_contract_has_seal_copies_dates_and_floor_plan_R_CTR_04_R_CTR_05_R_CTR_07(shown: Shown) -> None:
    text = shown("D-27")
    assert all(part in text for part in ("正本Original", "副本Duplicate", "甲方盖章", "平面图粘贴处", "填写签署日期"))


def test_the_contracts_floor_plan_has_a_page_of_its_own(shown: Shown) -> None:
    assert "平面图粘贴处" in shown("D-27", page=4)
    assert "Buyer" not in shown("D-27", page=4)


def test_what_the_building_does_not_say_refers_to_its_permits(shown: Shown) -> None:
    text = shown("D-27", land_way="", land_until=None, use="", escrow="")
    assert all(part in text for part in ("以土地权属证书的记载为准", "以规划许可证的记载为准", "主管部门指定的监管账户"))


def test_the_proofreading_sheet_counts_the_errors_and_their_fine_R_CTR_20(shown: Shown) -> None:
    text = shown("D-29")
    assert "2处，计¥40.00" in text
    assert "副本" in text


def test_a_proofreading_without_error_says_so_R_CTR_06(shown: Shown) -> None:
    assert "未发现差错" in shown("D-29", errors=[], fine=0, result="校对通过", dates=True)


def test_the_bag_index_ticks_only_what_is_in_it_R_PAY_13(shown: Shown) -> None:
    assert shown("D-30").count("✓") == 11


def test_what_the_manager_waived_is_printed_with_its_reason(shown: Shown) -> None:
    text = shown("D-30")
    assert "签约前电话确认" in text
    assert "已改用短信确认" in text
    assert "批准人" not in shown("D-30", waivers=[])


def test_each_original_has_a_keeper_R_CTR_09(shown: Shown) -> None:
    text = shown("D-31")
    assert all(part in text for part in ("开发商正本JL-HT-25-00017-1", "买受人正本JL-HT-25-00017-2", "临房登备2025-004410"))


def test_a_power_without_end_says_so_R_CTR_15(shown: Shown) -> None:
    text = shown("D-32", until=None)
    assert "委托书未载明期限" in text
    assert "临滨证字第0990号" in text


def test_the_notice_names_slot_papers_and_fees_R_MVD_01_R_MVC_01(shown: Shown) -> None:
    text = shown("D-36")
    assert all(part in text for part in ("2026年10月24日09:00", "收据或发票均可", "房款余额", "专项维修资金", "¥10,675.80"))


def test_an_optional_fee_is_not_called_due_R_MVC_11(shown: Shown) -> None:
    assert "车位租金每月每个¥300.00临江锦澜物业服务有限公司可选—" in shown("D-36")


def test_the_registers_of_outside_papers_show_the_files_digest_R_MVD_02(catalogue: Catalogue, shown: Shown) -> None:
    for kind in ("D-37", "D-38"):
        digest = papers.example(catalogue.kind(kind)).facts["file"]
        assert isinstance(digest, str)
        assert digest in shown(kind)


def test_the_acceptance_statement_marks_what_awaits_repair_R_MVC_03(shown: Shown) -> None:
    text = shown("D-39")
    assert text.count("✓合格") == 11
    assert "待修次卧北墙有一条细裂缝" in text


def test_fees_go_by_quarter_or_year_never_by_month_E_128(shown: Shown) -> None:
    assert "不按月收取" in shown("D-41")
    assert "按季或者按年" in shown("D-28")


def test_the_checklist_shows_eight_steps_with_hour_and_person_R_MVC_02_to_09(catalogue: Catalogue, shown: Shown) -> None:
    text = shown("D-42")
    assert [row["name"] for row in rows(catalogue, "D-42", "steps") if str(row["name"]) not in text] == []
    assert "2026年10月24日10:53唐可" in text


def test_a_checklist_with_seven_steps_is_no_checklist(press: Press, catalogue: Catalogue) -> None:
    kind = catalogue.kind("D-42")
    facts = papers.example(kind).facts
    assert [need.input for need in kind.check({**facts, "steps": rows(catalogue, "D-42", "steps")[:7]})] == ["steps"]


def test_a_checklist_without_waivers_says_so_E_127(shown: Shown) -> None:
    assert "客户暂不需要车位" in shown("D-42")
    assert "没有放弃的项目" in shown("D-42", waivers=[])


def test_the_preparation_list_names_five_steps_and_certificates_R_MVD_01(shown: Shown) -> None:
    text = shown("D-43")
    names = ("竣工2026年08月20日", "测绘队验收", "领取质检合格书", "房屋使用说明书", "发出入住通知书")
    places = [text.find(name) for name in names]
    assert -1 not in places
    assert places == sorted(places)
    assert "临质检（2026）第0990号" in text


def test_the_fee_receipt_adds_up_its_items_R_MVC_08_R_DEP_06(shown: Shown) -> None:
    text = shown("D-44")
    assert all(part in text for part in ("¥996.41", "¥10,675.80", "¥11,672.21", "人民币壹万壹仟陆佰柒拾贰元贰角壹分"))


def test_the_key_receipt_counts_the_keys_R_MVC_09(shown: Shown) -> None:
    text = shown("D-45")
    assert "合计Total9" in text
    assert CHEN in text
