"""Every sentence of the rooms that know clients is in both languages, and is told by the room that has it."""

from pathlib import Path

import pytest

from dealflow.features.clients import shelf as clients
from dealflow.features.followup import shelf as followup
from dealflow.features.reception import shelf as reception


@pytest.mark.parametrize("room", [clients, followup, reception], ids=["clients", "followup", "reception"])
def test_every_text_has_both_languages_and_is_told_by_its_room(room):
    source = Path(room.__file__).read_text(encoding="utf-8")
    for code, text in room.TEXTS.items():
        assert text.zh
        assert text.en
        assert f'"{code}"' in source
        assert "!" not in text.zh + text.en
        assert "！" not in text.zh
