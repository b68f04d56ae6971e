"""Every sentence of the units room is used, and every code used has its sentence, in both languages, with the same places."""

import re
from pathlib import Path
from string import Formatter

import pytest

from dealflow.features import units
from dealflow.features.units.shelf import shelf
from dealflow.features.units.texts import TEXTS

pytestmark = pytest.mark.once

FOLDER = Path(units.__file__).parent
USED = {
    code
    for name in ("shelf/__init__.py", "shelf/facts.py", "service.py")
    for code in re.findall(r'"(units\.[a-z_]+)"', (FOLDER / name).read_text("utf-8"))
}
USE_CASES = {"units.take_step", "units.add_unit", "units.add_building"}


def places(text: str) -> set[str]:
    return {name.removesuffix("_en") for _, name, _, _ in Formatter().parse(text) if name}


def test_texts_and_codes_are_the_same_set() -> None:
    assert set(TEXTS) == USED - USE_CASES


@pytest.mark.parametrize("code", sorted(TEXTS))
def test_a_text_speaks_both_languages_of_the_same_things(code: str) -> None:
    text = TEXTS[code]
    assert text.zh
    assert text.en
    assert places(text.zh) == places(text.en)
    assert not set("!！") & set(text.zh + text.en)


@pytest.mark.parametrize("offers", [shelf.guards, shelf.effects, shelf.facts])
def test_every_offer_says_what_it_is(offers: dict[str, object]) -> None:
    assert all(offer.run.__doc__ for offer in offers.values())  # type: ignore[attr-defined]
