"""Does a merge know every place where the words of a draft belong to a client?"""

from __future__ import annotations

import re
from pathlib import Path

import clientele
from clientele.domain.rules.draft_places import PHRASES

_PLACE = re.compile(r'f"([a-z][a-z -]*) \{(?:self\.)?_?client(?:_id)?\}')


def test_every_place_that_names_a_client_is_known() -> None:
    found = {
        phrase
        for file in Path(clientele.__file__).parent.rglob("*.py")
        if {"ui", "services"} & set(file.parts)
        for phrase in _PLACE.findall(file.read_text(encoding="utf-8"))
    }
    assert found >= {"note of client", "hand over"}
    assert found - set(PHRASES) == set()
