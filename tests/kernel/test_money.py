"""Amounts: text, figures and capitals (domain facts 3.7 and 3.8)."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dealflow.kernel.errors import Invalid
from dealflow.kernel.money import LIMIT, Fen, capitals, cheque_date, from_capitals, from_text, plain, shown, yuan

# Table R01-R64 of the domain facts: the only printed form.
CAPITALS = """
R01 0.00 零元整
R02 0.01 壹分
R03 0.05 伍分
R04 0.10 壹角
R05 0.11 壹角壹分
R06 0.50 伍角
R07 0.99 玖角玖分
R08 1.00 壹元整
R09 1.01 壹元零壹分
R10 1.10 壹元壹角
R11 10.00 壹拾元整
R12 10.01 壹拾元零壹分
R13 11.00 壹拾壹元整
R14 20.00 贰拾元整
R15 100.00 壹佰元整
R16 101.00 壹佰零壹元整
R17 110.00 壹佰壹拾元整
R18 111.00 壹佰壹拾壹元整
R19 1,000.00 壹仟元整
R20 1,001.00 壹仟零壹元整
R21 1,010.00 壹仟零壹拾元整
R22 1,100.00 壹仟壹佰元整
R23 1,409.50 壹仟肆佰零玖元伍角
R24 1,680.32 壹仟陆佰捌拾元叁角贰分
R25 6,007.14 陆仟零柒元壹角肆分
R26 325.04 叁佰贰拾伍元零肆分
R27 10,000.00 壹万元整
R28 10,001.00 壹万零壹元整
R29 10,010.00 壹万零壹拾元整
R30 10,100.00 壹万零壹佰元整
R31 11,000.00 壹万壹仟元整
R32 10,500.05 壹万零伍佰元零伍分
R33 16,409.02 壹万陆仟肆佰零玖元零贰分
R34 20,000.20 贰万元贰角
R35 100,000.00 壹拾万元整
R36 100,001.00 壹拾万零壹元整
R37 100,010.00 壹拾万零壹拾元整
R38 101,000.00 壹拾万壹仟元整
R39 107,000.53 壹拾万柒仟元伍角叁分
R40 110,000.00 壹拾壹万元整
R41 1,000,000.00 壹佰万元整
R42 1,000,001.00 壹佰万零壹元整
R43 1,001,000.00 壹佰万壹仟元整
R44 1,010,000.00 壹佰零壹万元整
R45 1,200,050.05 壹佰贰拾万零伍拾元零伍分
R46 5,000,000.00 伍佰万元整
R47 10,000,000.00 壹仟万元整
R48 10,000,001.00 壹仟万零壹元整
R49 10,005,000.00 壹仟万伍仟元整
R50 10,010,000.00 壹仟零壹万元整
R51 20,304,050.67 贰仟零叁拾万肆仟零伍拾元陆角柒分
R52 99,999,999.99 玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分
R53 100,000,000.00 壹亿元整
R54 100,000,001.00 壹亿零壹元整
R55 100,005,000.00 壹亿零伍仟元整
R56 100,010,000.00 壹亿零壹万元整
R57 101,000,000.00 壹亿零壹佰万元整
R58 110,000,000.00 壹亿壹仟万元整
R59 1,000,010,000.00 壹拾亿零壹万元整
R60 1,010,000,000.00 壹拾亿壹仟万元整
R61 10,000,000,000.00 壹佰亿元整
R62 100,000,000,000.00 壹仟亿元整
R63 999,999,999,999.99 玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分
R64 1,000,000,000,000.00 壹万亿元整
"""
ROWS = [tuple(row.split()) for row in CAPITALS.strip().splitlines()]


def fen_of(figures: str) -> Fen:
    return from_text(figures.replace(",", ""))


def test_the_table_of_capitals_is_whole() -> None:
    assert [row[0] for row in ROWS] == [f"R{number:02d}" for number in range(1, 65)]


@pytest.mark.parametrize(("figures", "words"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS])
def test_an_amount_is_written_in_its_one_printed_form(figures: str, words: str) -> None:
    assert capitals(fen_of(figures)) == words


@pytest.mark.parametrize(("figures", "words"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS])
def test_the_printed_form_is_read_back(figures: str, words: str) -> None:
    assert from_capitals(words) == fen_of(figures)


@pytest.mark.parametrize(("figures", "words"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS])
def test_figures_are_shown_with_separators(figures: str, words: str) -> None:
    assert shown(fen_of(figures)) == figures


@given(st.integers(min_value=0, max_value=10**14))
def test_capitals_read_back_give_the_same_amount(fen: int) -> None:
    assert from_capitals(capitals(Fen(fen))) == fen


@given(st.integers(min_value=1 - LIMIT, max_value=LIMIT - 1))
def test_capitals_work_up_to_the_limit_and_below_zero(fen: int) -> None:
    assert from_capitals(capitals(Fen(fen))) == fen


@given(
    st.integers(min_value=0, max_value=9),
    st.lists(st.sampled_from([0, 0, 1, 10, 1000, 5000, 1010, 9999]), min_size=4, max_size=4),
)
def test_amounts_full_of_zeros_read_back(cents: int, sections: list[int]) -> None:
    whole = int("".join(f"{section:04d}" for section in [sections[0] % 100, *sections[1:]]))
    fen = Fen(whole * 100 + cents)
    assert from_capitals(capitals(fen)) == fen


@given(st.integers(min_value=0, max_value=LIMIT - 1))
def test_the_plain_form_reads_back(fen: int) -> None:
    assert from_text(plain(Fen(fen))) == fen


@pytest.mark.parametrize(
    ("text", "fen"),
    [("0", 0), ("1", 100), ("12.3", 1230), ("12.30", 1230), ("0.07", 7), ("007", 700), ("99999999999999.99", LIMIT - 1)],
)
def test_a_plain_decimal_of_yuan_is_read(text: str, fen: int) -> None:
    assert from_text(text) == fen


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        ".",
        "1.",
        ".5",
        "1.234",
        "1,234",
        "1 234",
        " 1",
        "1\n",
        "-1",
        "+1",
        "1e3",
        "1_000",
        "１２",
        "٣",
        "壹元整",
        "¥1",
        "1.5.0",
        "0x10",
        "NaN",
        "inf",
    ],
)
def test_anything_but_a_plain_decimal_is_refused(text: str) -> None:
    with pytest.raises(Invalid) as no:
        from_text(text)
    assert no.value.code == "money.not_a_plain_amount"


@pytest.mark.parametrize("text", ["100000000000000", "1" + "0" * 5000], ids=["first", "thousands of digits"])
def test_an_amount_from_a_hundred_million_million_yuan_is_refused(text: str) -> None:
    with pytest.raises(Invalid) as no:
        from_text(text)
    assert no.value.code == "money.too_large"


def test_an_amount_over_the_limit_has_no_capitals() -> None:
    with pytest.raises(Invalid) as no:
        capitals(Fen(LIMIT))
    assert no.value.code == "money.too_large"


def test_capitals_over_the_limit_are_refused() -> None:
    with pytest.raises(Invalid) as no:
        from_capitals("壹佰万亿元整")
    assert no.value.code == "money.too_large"


@pytest.mark.parametrize(
    ("fen", "expected"),
    [
        (123400, ("1234.00", "1,234.00", "¥1,234.00")),
        (5, ("0.05", "0.05", "¥0.05")),
        (0, ("0.00", "0.00", "¥0.00")),
        (-123405, ("-1234.05", "-1,234.05", "-¥1,234.05")),
    ],
)
def test_an_amount_is_shown_plain_separated_and_with_its_currency(fen: int, expected: tuple[str, str, str]) -> None:
    assert (plain(Fen(fen)), shown(Fen(fen)), yuan(Fen(fen))) == expected


def test_a_negative_sum_begins_with_fu() -> None:
    assert capitals(Fen(-140950)) == "负壹仟肆佰零玖元伍角"


@pytest.mark.parametrize(
    ("words", "figures"),
    [
        ("人民币壹仟肆佰零玖元伍角", "1409.50"),
        ("人民币壹仟肆佰零玖元伍角整", "1409.50"),
        ("人民币壹仟陆佰捌拾元零叁角贰分", "1680.32"),  # the optional 零, as the payment rules show it
        ("人民币壹拾万柒仟元零伍角叁分", "107000.53"),
        ("人民币壹拾万零柒仟元伍角叁分", "107000.53"),
        ("人民币壹拾万零柒仟元零伍角叁分", "107000.53"),
        ("壹圆正", "1.00"),
        ("壹圓整", "1.00"),
        ("壹億元整", "100000000.00"),
        ("人民幣貳萬元整", "20000.00"),
        ("零元伍角", "0.50"),
        ("零元伍角整", "0.50"),
        ("零元零伍分", "0.05"),
        ("零元正", "0.00"),
        ("壹拾亿零壹仟万元整", "1010000000.00"),
        (" 壹元整 ", "1.00"),
    ],
)
def test_accepted_variants_are_read(words: str, figures: str) -> None:
    assert from_capitals(words) == from_text(figures)


@pytest.mark.parametrize(
    "words",
    [
        "",
        "人民币",
        "元整",
        "整",
        "零",
        "壹",
        "壹元",
        "一元整",
        "1元整",
        "拾元整",
        "壹仟壹元整",
        "壹元壹分",
        "壹元零壹角",
        "壹元壹分整",
        "壹佰壹仟元整",
        "壹万壹万元整",
        "壹万元壹角元整",
        "零壹元整",
        "壹零元整",
        "壹仟零零壹元整",
        "壹亿壹亿元整",
        "万元整",
        "亿元整",
        "负零元整",
        "负负壹元整",
        "壹元整整",
        "人民币人民币壹元整",
        "壹拾壹拾元整",
        "壹元零角壹分",
        "壹 元整",
    ],
)
def test_nonsense_in_capitals_is_refused(words: str) -> None:
    with pytest.raises(Invalid) as no:
        from_capitals(words)
    assert no.value.code == "money.not_capitals"


@given(st.text(alphabet="零壹贰玖拾佰仟万亿元角分整负", max_size=14))
def test_whatever_is_read_is_a_spelling_of_the_amount(words: str) -> None:
    try:
        fen = from_capitals(words)
    except Invalid:
        return
    skeleton = str.maketrans("", "", "零整")
    assert capitals(fen).translate(skeleton).removeprefix("元") == words.translate(skeleton).removeprefix("元")


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2026-01-15", "贰零贰陆年零壹月壹拾伍日"),
        ("2026-02-14", "贰零贰陆年零贰月壹拾肆日"),
        ("2026-03-09", "贰零贰陆年叁月零玖日"),
        ("2026-10-20", "贰零贰陆年零壹拾月零贰拾日"),
        ("2026-10-30", "贰零贰陆年零壹拾月零叁拾日"),
        ("2026-11-11", "贰零贰陆年壹拾壹月壹拾壹日"),
        ("2026-12-31", "贰零贰陆年壹拾贰月叁拾壹日"),
        ("2026-04-23", "贰零贰陆年肆月贰拾叁日"),
    ],
)
def test_a_cheque_carries_its_date_in_capitals(day: str, words: str) -> None:
    assert cheque_date(date.fromisoformat(day)) == words
