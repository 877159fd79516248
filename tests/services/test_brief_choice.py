"""What a brief says, and what goes first when there is too little room."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientele.services.brief_choice import (
    BriefSheet,
    Entry,
    Section,
    Topic,
    shortened,
)
from clientele.store.queries.reading import Named


def sheet(*sections: tuple[Topic, list[Entry]]) -> BriefSheet:
    return BriefSheet(
        named=Named(1, "Daniel", "Tran"),
        title="Daniel Tran",
        called="",
        say_it="",
        under="",
        made="",
        made_at=datetime(2026, 11, 21, tzinfo=UTC),
        sections=tuple(Section(topic, topic.value, tuple(entries)) for topic, entries in sections),
    )


FULL = sheet(
    (Topic.SAY_FIRST, [Entry("first", 1000)]),
    (Topic.LIKES, [Entry("navy", 700), Entry("camel", 692)]),
    (Topic.NEVER_SAY, [Entry("patent", 860)]),
    (Topic.NOTES, [Entry("old", 400)]),
)


def said(some: BriefSheet) -> list[str]:
    return [entry.words for section in some.sections for entry in section.entries]


def test_the_least_weighty_goes_first_and_its_title_with_it() -> None:
    assert said(FULL.heaviest(5)) == ["first", "navy", "camel", "patent", "old"]
    four = FULL.heaviest(4)
    assert said(four) == ["first", "navy", "camel", "patent"]
    assert [section.topic for section in four.sections][-1] is Topic.NEVER_SAY
    assert said(FULL.heaviest(2)) == ["first", "patent"]
    assert (FULL.left_out, four.left_out, FULL.heaviest(2).left_out) == (0, 1, 3)
    assert FULL.heaviest(4).heaviest(2).left_out == 3
    assert said(FULL.heaviest(0)) == []


def test_equal_weights_keep_the_earlier() -> None:
    some = sheet((Topic.LIKES, [Entry("a", 1), Entry("b", 1), Entry("c", 1)]))
    assert said(some.heaviest(2)) == ["a", "b"]


@given(st.lists(st.integers(0, 9), max_size=12), st.integers(0, 12))
def test_as_much_as_fits_is_kept(weights: list[int], room: int) -> None:
    some = sheet((Topic.NOTES, [Entry(f"{at}", weight) for at, weight in enumerate(weights)]))
    kept = some.fitting(lambda part: part.size <= room)
    assert kept.size == min(room, len(weights))
    assert kept.left_out == len(weights) - kept.size
    gone = sorted(weights)[: len(weights) - kept.size]
    assert sorted(weight_of(kept)) == sorted(weights)[len(gone) :]


def weight_of(some: BriefSheet) -> list[int]:
    return [entry.weight for section in some.sections for entry in section.entries]


def test_a_sheet_that_fits_is_left_alone() -> None:
    assert FULL.fitting(lambda _: True) is FULL
    assert replace(FULL, sections=()).fitting(lambda _: False).size == 0


@pytest.mark.parametrize(
    ("text", "most", "short"),
    [
        ("Short.", 20, "Short."),
        ("  Many   blanks. ", 20, "Many blanks."),
        ("One two. Three four. Five six.", 22, "One two. Three four. […]"),
        ("One two three four! Five.", 10, "One two three four! […]"),
        ("She said “no.” Then left us.", 16, "She said “no.” […]"),
        ("At 10.30 in the morning. Later more.", 25, "At 10.30 in the morning. […]"),
        ("one two three four five", 10, "one two three four five"),
        ("one two three four five six seven eight", 10, "one two […]"),
    ],
)
def test_a_text_is_cut_between_sentences(text: str, most: int, short: str) -> None:
    assert shortened(text, most) == short


def test_an_entry_in_one_line() -> None:
    assert Entry("wide toe box", 1, name="Oxford", strong="10½ D").text == (
        "Oxford: 10½ D, wide toe box"
    )
    assert Entry("navy", 1, aside="Men's Suits").text == "navy (Men's Suits)"
    assert Entry("", 1, name="Mai").text == "Mai"
