"""Every sentence of the movein room is used, and every code used has its sentence, in both languages, with the same places."""

import re
from pathlib import Path
from string import Formatter

import pytest

from dealflow.features import movein
from dealflow.features.movein import service
from dealflow.features.movein.shelf import shelf
from dealflow.features.movein.texts import TEXTS

pytestmark = pytest.mark.once

FOLDER = Path(movein.__file__).parent
SOURCES = [path.read_text("utf-8") for part in ("shelf", "service") for path in (FOLDER / part).glob("*.py")]
USED = {code for text in SOURCES for code in re.findall(r'"(movein\.[a-z_]+)"', text)}
POLICIES = {"movein.fees_block_keys", "movein.property_company", "movein.fee_rate"}


def places(text: str) -> set[str]:
    return {name.removesuffix("_en") for _, name, _, _ in Formatter().parse(text) if name}


def test_texts_and_codes_are_the_same_set() -> None:
    assert set(TEXTS) == USED - POLICIES


@pytest.mark.parametrize("code", sorted(TEXTS))
def test_a_text_speaks_both_languages_of_the_same_things(code: str) -> None:
    text = TEXTS[code]
    assert text.zh
    assert text.en
    assert places(text.zh) == places(text.en)
    assert not set("!！") & set(text.zh + text.en)


@pytest.mark.parametrize("code", sorted(TEXTS))
def test_a_way_out_is_a_use_case_of_the_house(code: str) -> None:
    how = TEXTS[code].how
    assert not how or how in service.book.pages or how == "payments.take_price"


@pytest.mark.parametrize("offers", [shelf.guards, shelf.effects, shelf.facts])
def test_every_offer_says_what_it_is(offers: dict[str, object]) -> None:
    assert all(offer.run.__doc__ for offer in offers.values())  # type: ignore[attr-defined]
