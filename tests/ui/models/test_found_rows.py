"""Can be read why a client was found, however much stands around the words that were typed?"""

from __future__ import annotations

import pytest

from clientele.domain.rules.finding import asked_words, places
from clientele.store.search import Hit, Why
from clientele.ui.models.found_rows import ROOM, around, heading, in_order, with_reason
from clientele.ui.models.rows import Row

LONG = "Asked for a waterproof coat in a mid grey, then rang about umbrellas for the Italy trip"


def said(why: Why, typed: str, *words: str) -> str:
    """What stands under the name."""
    return with_reason(Row(1, "Hiroshi Bae"), Hit(1, why, words), typed, mine=True).sub


@pytest.mark.parametrize("typed", ["asked", "umbrella", "trip", "grey umbrella", "italy trip"])
def test_what_was_looked_for_stands_in_what_can_be_read(typed: str) -> None:
    shown = said(Why.NOTE, typed, LONG)
    end = sum(places(shown, asked_words(typed))[-1])
    assert end <= ROOM + 2
    assert len(places(shown, asked_words(typed))) == len(typed.split())


def test_of_two_long_texts_each_shows_its_word() -> None:
    shown = said(
        Why.SHOWN, "navy 42", "Lambswool V-neck, navy, in a box", "Dinner suit, midnight, 42"
    )
    assert shown == "was shown: Lambswool V-neck, navy…, …suit, midnight, 42"


def test_what_they_avoid_is_not_said_to_be_liked() -> None:
    assert said(Why.AVOIDS, "wool", "wool on skin") == "avoids: wool on skin"


def test_what_fits_stands_whole() -> None:
    assert said(Why.BOUGHT, "42", "Field jacket, navy, 42R") == "bought: Field jacket, navy, 42R"
    late = "Navy coat, which he wore in Venice, and a hat that came with it later"
    assert said(Why.BOUGHT, "navy", late) == f"bought: {late}"


def test_a_piece_is_of_whole_words() -> None:
    assert around(LONG, ("umbrella",), 30) == "…then rang about umbrellas for…"
    assert around("Quite ordinary", ("umbrella",), 5) == "Quite ordinary"


def test_a_command_comes_before_those_who_are_only_near_in_spelling() -> None:
    near = Row(1, "Ruben", section=heading(Why.SOUNDS_LIKE, mine=True))
    named = Row(2, "Ruhle", section=heading(Why.NAME, mine=True))
    rules = Row("rules", "Rules for follow-ups…", section="Commands")
    assert in_order([near], [rules]) == [rules, near]
    assert in_order([named, near], [rules]) == [named, near, rules]
    assert in_order([near], []) == [near]


def test_a_command_called_so_comes_before_those_of_whom_only_a_note_says_it() -> None:
    noted = Row(1, "Barros", section=heading(Why.NOTE, mine=True))
    named = Row(2, "Teamer", section=heading(Why.NAME, mine=True))
    team = Row("team", "Team…", section="Commands")
    assert in_order([noted], [team], meant=True) == [team, noted]
    assert in_order([noted], [team]) == [noted, team]
    assert in_order([named, noted], [team], meant=True) == [named, noted, team]
