"""Identity numbers, credit codes, phones and masks (domain facts 4.1 to 4.3); every number is invented, in areas NN9900."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dealflow.kernel.errors import Invalid
from dealflow.kernel.identity import (
    DocumentKind,
    credit_code,
    document,
    id_card,
    mask_id,
    mask_name,
    mask_phone,
    name_fault,
    permanent_residence,
    phone,
    residence_permit,
)

TODAY = date(2026, 11, 22)

VALID_CARDS = [
    ("I01", "119900199003070025", "1990-03-07", "F"),
    ("I02", "319900198512310130", "1985-12-31", "M"),
    ("I03", "449900200002290044", "2000-02-29", "F"),
    ("I04", "519900196401010053", "1964-01-01", "M"),
    ("I05", "339900197708100185", "1977-08-10", "F"),
    ("I06", "429900200811180212", "2008-11-18", "M"),
    ("I07", "659900199911300020", "1999-11-30", "F"),
    ("I08", "469900201506010075", "2015-06-01", "M"),
    ("I09", "37990019920415002X", "1992-04-15", "F"),
    ("I10", "219900195809090020", "1958-09-09", "F"),
]
REFUSED_CARDS = [
    ("I11", "119900199003070020", "identity.id_check"),  # check character wrong
    ("I12", "119900199002300028", "identity.id_date"),  # birth date does not exist (30 February)
    ("I13", "119900190102290030", "identity.id_date"),  # 29 February of a non-leap year (1901)
    ("I14", "179900199003070026", "identity.id_province"),  # province prefix 17 not assigned
    ("I15", "119900202701010024", "identity.id_date"),  # birth date in the future (as of 2026-11-22)
    ("I16", "119900199013070029", "identity.id_date"),  # month 13
    ("I17", "31990019851231013", "identity.id_length"),  # 17 characters
    ("I18", "4499002000O2290044", "identity.id_charset"),  # letter O in place of a digit
    ("I19", "37990X19920415002X", "identity.id_charset"),  # X allowed only in the last place
    ("I20", "429900200811180122", "identity.id_check"),  # digits 16 and 17 swapped (check character catches it)
]
VALID_CODES = [
    ("U01", "91119900MA00TK018U"),
    ("U02", "913199007777777169"),
    ("U03", "92449900MA5AWQ123W"),
    ("U04", "93519900MA6CHXX1XW"),
    ("U05", "91339900MAE0003010"),
    ("U06", "52429900500000015Y"),
]
REFUSED_CODES = [
    ("U07", "91119900MA00TK018W", "identity.credit_check"),
    ("U08", "913199007O77777169", "identity.credit_charset"),
    ("U09", "92449900MA5AWQ123", "identity.credit_length"),
    ("U10", "93519900M6ACHXX1XW", "identity.credit_check"),
]


def refusal_of_card(text: str) -> Invalid:
    with pytest.raises(Invalid) as no:
        id_card(text, TODAY)
    return no.value


def test_the_tables_of_numbers_are_whole() -> None:
    assert len(VALID_CARDS) + len(REFUSED_CARDS) == 20
    assert len(VALID_CODES) + len(REFUSED_CODES) == 10


@pytest.mark.parametrize(("number", "born", "sex"), [row[1:] for row in VALID_CARDS], ids=[row[0] for row in VALID_CARDS])
def test_a_valid_card_tells_birth_and_sex(number: str, born: str, sex: str) -> None:
    card = id_card(number, TODAY)
    assert (card.number, card.born, card.sex) == (number, date.fromisoformat(born), sex)


@pytest.mark.parametrize(("number", "code"), [row[1:] for row in REFUSED_CARDS], ids=[row[0] for row in REFUSED_CARDS])
def test_a_faulty_card_is_refused_with_its_first_reason(number: str, code: str) -> None:
    assert refusal_of_card(number).code == code


@pytest.mark.parametrize("typed", [" 37990019920415002x ", "３７９９００１９９２０４１５００２ｘ", "\u300037990019920415002X\t"])
def test_a_card_is_put_into_normal_form(typed: str) -> None:
    assert id_card(typed, TODAY).number == "37990019920415002X"


def test_a_card_of_fifteen_places_is_named_by_its_length() -> None:
    assert refusal_of_card("119900900307002").evidence == {"length": 15}


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("1799O019900230002", "identity.id_length"),
        ("1799O0199002300020", "identity.id_charset"),
        ("179900199002300020", "identity.id_province"),
        ("119900199002300020", "identity.id_date"),
        ("119900199003070020", "identity.id_check"),
    ],
)
def test_reasons_come_in_the_order_of_the_product_rule(number: str, code: str) -> None:
    assert refusal_of_card(number).code == code


def test_a_birth_before_1900_is_refused() -> None:
    assert refusal_of_card("119900189912310021").evidence == {"why": "too_early"}


def test_a_child_born_today_has_a_card_and_one_born_tomorrow_has_none() -> None:
    assert id_card("429900200811180212", date(2008, 11, 18)).born == date(2008, 11, 18)
    with pytest.raises(Invalid) as no:
        id_card("429900200811180212", date(2008, 11, 17))
    assert no.value.evidence == {"why": "future"}


@pytest.mark.parametrize("text", ["119900199003070020", "179900199003070026", "4499002000O2290044", "119900202701010024"])
def test_a_refusal_does_not_repeat_the_number(text: str) -> None:
    assert text[6:17] not in str(refusal_of_card(text))


@pytest.mark.parametrize(("place", "other"), [(0, "2"), (5, "1"), (14, "9"), (16, "4"), (17, "6")])
def test_one_wrong_digit_is_always_caught(place: int, other: str) -> None:
    number = "119900199003070025"
    assert refusal_of_card(number[:place] + other + number[place + 1 :]).code == "identity.id_check"


@given(st.integers(min_value=0, max_value=16), st.sampled_from([row[1] for row in VALID_CARDS]))
def test_two_neighbours_swapped_are_caught(place: int, number: str) -> None:
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    if swapped != number:
        refusal_of_card(swapped)


@pytest.mark.parametrize(
    ("day", "age"), [("2026-11-17", 17), ("2026-11-18", 18), ("2027-11-17", 18), ("2008-11-18", 0), ("2009-11-18", 1)]
)
def test_age_is_counted_in_full_years_from_the_birthday(day: str, age: int) -> None:
    assert id_card("429900200811180212", TODAY).age_on(date.fromisoformat(day)) == age


@pytest.mark.parametrize(("day", "age"), [("2018-02-28", 17), ("2018-03-01", 18), ("2020-02-29", 20)])
def test_one_born_on_the_leap_day_turns_on_the_first_of_march(day: str, age: int) -> None:
    assert id_card("449900200002290044", TODAY).age_on(date.fromisoformat(day)) == age


@pytest.mark.parametrize("number", ["810000190902030016", "820000190806150028", "830000190711240030"])
def test_a_residence_permit_is_checked_like_a_card(number: str) -> None:
    assert residence_permit(number, TODAY).number == number


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("119900199003070025", "identity.residence_area"),
        ("810001190902030016", "identity.residence_area"),
        ("810000190902030017", "identity.id_check"),
        ("81000019090203001", "identity.id_length"),
    ],
)
def test_what_is_not_a_residence_permit_is_refused(number: str, code: str) -> None:
    with pytest.raises(Invalid) as no:
        residence_permit(number, TODAY)
    assert no.value.code == code


def test_a_permanent_residence_number_of_2023_tells_birth_and_sex() -> None:
    card = permanent_residence("911999198002290017", TODAY).card
    assert card is not None
    assert (card.born, card.sex) == (date(1980, 2, 29), "M")


def test_an_older_permanent_residence_number_is_kept_without_birth() -> None:
    residence = permanent_residence("xyz119900010101", TODAY)
    assert (residence.number, residence.card) == ("XYZ119900010101", None)


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("119900199003070025", "identity.permanent_residence"),
        ("911999198002290018", "identity.id_check"),
        ("XY1199000101011", "identity.id_length"),
    ],
)
def test_what_is_not_a_permanent_residence_number_is_refused(number: str, code: str) -> None:
    with pytest.raises(Invalid) as no:
        permanent_residence(number, TODAY)
    assert no.value.code == code


def test_a_permanent_residence_number_is_no_citizen_number() -> None:
    assert refusal_of_card("911999198002290017").code == "identity.id_province"


@pytest.mark.parametrize("code", [row[1] for row in VALID_CODES], ids=[row[0] for row in VALID_CODES])
def test_a_valid_credit_code_passes_with_its_inner_code(code: str) -> None:
    read = credit_code(code)
    assert (read.code, read.warnings) == (code, ())


@pytest.mark.parametrize(("text", "code"), [row[1:] for row in REFUSED_CODES], ids=[row[0] for row in REFUSED_CODES])
def test_a_faulty_credit_code_is_refused_with_its_reason(text: str, code: str) -> None:
    with pytest.raises(Invalid) as no:
        credit_code(text)
    assert no.value.code == code


def test_a_wrong_inner_code_is_a_warning_only() -> None:
    assert credit_code("91119900MA00TK028W").warnings == ("identity.credit_inner_check",)


def test_a_credit_code_is_put_into_normal_form() -> None:
    assert credit_code(" 91119900ma00tk018ｕ").code == "91119900MA00TK018U"


@pytest.mark.parametrize(
    ("typed", "normal"),
    [
        ("19000000001", "19000000001"),
        (" 190 0000 0001 ", "19000000001"),
        ("190-0000-0001", "19000000001"),
        ("１９００００００００１", "19000000001"),
        ("+86 19000000001", "19000000001"),
        ("0086-19000000001", "19000000001"),
        ("8619000000001", "19000000001"),
        ("１９０　００００　０００１", "19000000001"),
        ("190\u00a00000\u30000001", "19000000001"),
        ("\u3000１９０－００００－０００１\u3000", "19000000001"),
        ("＋８６　１９０００００００１０", "19000000010"),
        ("（０７５５）１２３４５６７８", "0755-12345678"),
        ("\u202d190\u200b0000\u20600001\u202c", "19000000001"),
        ("\ufeff19000000001", "19000000001"),
        ("0755-12345678", "0755-12345678"),
        ("075512345678", "0755-12345678"),
        ("01012345678", "010-12345678"),
        ("(010) 12345678", "010-12345678"),
        ("0215-1234567", "021-51234567"),
        ("0931-1234567", "0931-1234567"),
        ("0755-1234567-123", "0755-1234567-123"),
        ("+86 10 12345678", "010-12345678"),
        ("+86-0755-12345678", "0755-12345678"),
        ("21234567", "+85221234567"),
        ("85291234567", "+85291234567"),
        ("+852 9123 4567", "+85291234567"),
        ("+853 61234567", "+85361234567"),
        ("85361234567", "+85361234567"),
        ("61234567", "61234567"),
        ("0912345678", "+886912345678"),
        ("+886 912 345 678", "+886912345678"),
        ("+886 2 1234 5678", "+886212345678"),
        ("+44 20 7946 0000", "+442079460000"),
        ("001 202 555 0100", "+12025550100"),
    ],
)
def test_a_phone_has_one_spelling(typed: str, normal: str) -> None:
    assert phone(typed) == normal


@pytest.mark.parametrize(
    ("typed", "normal"),
    [
        ("19000000001", "19000000001"),
        ("0755-12345678-9", "0755-12345678-9"),
        ("+85291234567", "+85291234567"),
        ("61234567", "61234567"),
    ],
)
def test_the_normal_spelling_of_a_phone_stays_as_it_is(typed: str, normal: str) -> None:
    assert phone(phone(typed)) == normal


@pytest.mark.parametrize(
    "typed",
    ["", "1", "12000000001", "1900000000", "190000000011", "1900000000a", "+86 12000000001", "+852 11234567", "0755-123", "010",
     "11234567",
     "+1", "+0123456789", "+12345678901234567", "phone", "19000000001,19000000002", "٠١٢٣٤٥٦٧٨٩٠"],
)  # fmt: skip
def test_what_is_no_phone_is_refused(typed: str) -> None:
    with pytest.raises(Invalid) as no:
        phone(typed)
    assert no.value.code == "identity.phone"


@pytest.mark.parametrize(
    ("kind", "typed", "normal"),
    [
        ("id_card", "37990019920415002x", "37990019920415002X"),
        ("passport", "e12345678", "E12345678"),
        ("passport", "EA1234567", "EA1234567"),
        ("passport", "AB12345", "AB12345"),
        ("hk_macau_permit", "h12345678", "H12345678"),
        ("hk_macau_permit", "M1234567801", "M1234567801"),
        ("taiwan_permit", "12345678", "12345678"),
        ("residence_permit", "810000190902030016", "810000190902030016"),
        ("permanent_residence", "911999198002290017", "911999198002290017"),
        ("credit_code", "91119900ma00tk018u", "91119900MA00TK018U"),
    ],
)
def test_a_document_of_each_kind_is_read(kind: DocumentKind, typed: str, normal: str) -> None:
    assert document(kind, typed, TODAY) == normal


@pytest.mark.parametrize(
    ("kind", "typed", "code"),
    [
        ("id_card", "119900199003070020", "identity.id_check"),
        ("passport", "E123", "identity.passport"),
        ("passport", "E-1234567", "identity.passport"),
        ("hk_macau_permit", "C12345678", "identity.hk_macau_permit"),
        ("hk_macau_permit", "H123456789", "identity.hk_macau_permit"),
        ("taiwan_permit", "1234567", "identity.taiwan_permit"),
        ("residence_permit", "119900199003070025", "identity.residence_area"),
        ("permanent_residence", "119900199003070025", "identity.permanent_residence"),
        ("credit_code", "91119900MA00TK018W", "identity.credit_check"),
        ("library_card", "1", "identity.document_kind"),
    ],
)
def test_a_document_of_another_form_is_refused_by_its_kind(kind: DocumentKind, typed: str, code: str) -> None:
    with pytest.raises(Invalid) as no:
        document(kind, typed, TODAY)
    assert no.value.code == code


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("13900000001", "139****0001"),
        ("0755-12345678", "075****5678"),
        ("+85291234567", "+85****4567"),
        ("61234567", "61****67"),
        ("", ""),
    ],
)
def test_a_phone_is_masked_in_its_middle(number: str, masked: str) -> None:
    assert mask_phone(number) == masked


@pytest.mark.parametrize(
    ("number", "masked"), [("37990019920415002X", "379***********002X"), ("E12345678", "E1*****78"), ("1234", "****"), ("", "")]
)
def test_a_document_number_is_masked_in_its_middle(number: str, masked: str) -> None:
    assert mask_id(number) == masked


@pytest.mark.parametrize(
    ("name", "masked"), [("孙小明", "孙**"), ("张三", "张*"), ("欧阳娜娜", "欧阳**"), ("欧阳", "欧*"), ("李", "*"), ("", "")]
)
def test_a_name_keeps_its_surname_only(name: str, masked: str) -> None:
    assert mask_name(name) == masked


@pytest.mark.parametrize("name", ["陈静", "欧阳娜娜", "买买提·阿布都拉", "O'Neill-Smith Jr.", "字" * 60])
def test_a_name_that_papers_can_show_is_taken(name: str) -> None:
    assert name_fault(name) == ""


@pytest.mark.parametrize(
    "name", ["陈\n静", "陈\r静", "陈\t静", "陈\x00静", "陈\x1b静", "陈\u2028静", "陈\u202e静", "陈\u200b静", "\ufeff陈"]
)
def test_a_name_has_no_breaks_and_nothing_unseen(name: str) -> None:
    assert name_fault(name) == "unseen"


def test_a_name_has_at_most_sixty_characters() -> None:
    assert name_fault("字" * 61) == "long"
