"""Every sentence of the room is used, and every code used has its sentence, in both languages, with the same places."""

import re
from pathlib import Path
from string import Formatter

import pytest

from dealflow.features import payments
from dealflow.features.payments.rules import METHODS
from dealflow.features.payments.shelf import shelf
from dealflow.features.payments.shelf.shortage import SHORT
from dealflow.features.payments.texts import METHODS as METHOD_WORDS
from dealflow.features.payments.texts import TEXTS

pytestmark = pytest.mark.once

SHELF = Path(payments.__file__).parent / "shelf"
USED = {code for file in SHELF.glob("*.py") for code in re.findall(r'"(payments\.[a-z_]+)"', file.read_text("utf-8"))}


def test_texts_and_codes_are_the_same_set() -> None:
    assert set(TEXTS) == USED | {f"task.{SHORT}"}


@pytest.mark.parametrize("code", sorted(TEXTS))
def test_a_text_speaks_both_languages(code: str) -> None:
    assert TEXTS[code].zh
    assert TEXTS[code].en


@pytest.mark.parametrize("code", sorted(TEXTS))
def test_a_text_does_not_shout(code: str) -> None:
    assert not set("!！") & set(TEXTS[code].zh + TEXTS[code].en)


def test_both_languages_name_the_same_places() -> None:
    def places(text: str) -> set[str]:
        return {name for _, name, _, _ in Formatter().parse(text) if name}

    apart = {code for code, text in TEXTS.items() if places(text.zh) != places(text.en)}
    assert apart == {"payments.payer_document_wrong"}  # the document's name in Chinese, its kind in English


def test_every_method_has_its_word() -> None:
    assert set(METHOD_WORDS) == METHODS


@pytest.mark.parametrize("offers", [shelf.guards, shelf.effects, shelf.facts, shelf.relations])
def test_every_offer_says_what_it_is(offers: dict[str, object]) -> None:
    assert all(offer.run.__doc__ for offer in offers.values())  # type: ignore[attr-defined]
