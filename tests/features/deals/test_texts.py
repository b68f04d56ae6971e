"""Every sentence of the deals room is used, and every code used has its sentence, in both languages, with the same places."""

import re
from pathlib import Path
from string import Formatter

import pytest

from dealflow.features import deals
from dealflow.features.deals.shelf import shelf
from dealflow.features.deals.texts import TEXTS

pytestmark = pytest.mark.once

ROOM = Path(deals.__file__).parent
SOURCES = (*(ROOM / "shelf").glob("*.py"), *(ROOM / "rules").glob("*.py"))
USED = {code for file in SOURCES for code in re.findall(r'"(deals\.[a-z_]+)"', file.read_text("utf-8"))}
MALFORMED = {"deals.owner_missing", "deals.clause_missing", "deals.signer_missing"}  # told by the form itself
TASKS = {"task.agreement_error_fine", "task.contract_error_fine", "task.pre_signing_call_late"}


def places(text: str) -> set[str]:
    return {name.removesuffix("_en") for _, name, _, _ in Formatter().parse(text) if name}


def test_texts_and_codes_are_the_same_set() -> None:
    assert set(TEXTS) == USED - MALFORMED | TASKS


@pytest.mark.parametrize("code", sorted(TEXTS))
def test_a_text_speaks_both_languages_of_the_same_things(code: str) -> None:
    text = TEXTS[code]
    assert text.zh
    assert text.en
    assert places(text.zh) == places(text.en)
    assert not set("!！") & set(text.zh + text.en)


@pytest.mark.parametrize("offers", [shelf.guards, shelf.effects, shelf.facts, shelf.relations])
def test_every_offer_says_what_it_is(offers: dict[str, object]) -> None:
    assert all(offer.run.__doc__ for offer in offers.values())  # type: ignore[attr-defined]
