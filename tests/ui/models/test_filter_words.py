"""Does every condition read as words, and does what is typed mean what one would think?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from clientele.domain.rules.filters import (
    SHAPES,
    Condition,
    Filter,
    Group,
    Match,
    Part,
    Value,
    What,
)
from clientele.store.queries.lists import Choices, OwnField
from clientele.system.formats import Formats
from clientele.ui.models.filter_typed import TYPED, offers
from clientele.ui.models.filter_words import (
    Ground,
    condition_words,
    filter_words,
    part_words,
    what_words,
)

GROUND = Ground(
    Formats("en", "Europe/Amsterdam"),
    Choices(
        departments=((1, "Men's Suits"), (2, "Women's Shoes")),
        colleagues=((1, "Ruth Okafor"), (2, "Lena Sato")),
        tags=((1, "VIP"), (2, "Golf & opera")),
        fields=(
            OwnField(1, "Parking", "yes or no", ()),
            OwnField(2, "Room", "choice", ("Oak", "Elm")),
            OwnField(3, "Club", "text", ()),
        ),
        currency="EUR",
    ),
    {7: "Ann Abel"},
)
C = Condition

SAID = {
    Value.NOTHING: {},
    Value.TAG: {"about": 1},
    Value.COLLEAGUE: {"about": 2},
    Value.DEPARTMENT: {"about": 2},
    Value.CLIENT: {"about": 7},
    Value.TEXT: {"words": "navy"},
    Value.FIELD_TEXT: {"about": 3, "words": "golf"},
    Value.FIELD_CHOICE: {"about": 2, "words": "Oak"},
    Value.FIELD_YES: {"about": 1, "words": "yes"},
    Value.FIELD_NUMBER: {"about": 3, "least": 1500},
    Value.FIELD_DAYS: {"about": 3, "first": date(2026, 3, 1)},
    Value.CHANNEL: {"words": "call"},
    Value.MONTH: {"words": "3"},
    Value.AHEAD: {"most": 30},
    Value.AMOUNT: {"least": 50_000, "most": 90_000},
    Value.COUNT: {"least": 3},
    Value.AGO: {"least": 90},
    Value.DAYS: {"last": date(2026, 3, 1)},
}


def test_every_condition_reads_differently_both_ways() -> None:
    read: dict[str, str] = {}
    for what, shape in SHAPES.items():
        condition = C(what, **SAID[shape.value])  # type: ignore[arg-type]
        assert condition.whole, what
        for one in (condition, replace(condition, turned=True)):
            words = condition_words(one, GROUND)
            assert words
            assert "{" not in words, words
            kin = what.value.removesuffix(" on")
            assert read.setdefault(words, kin) == kin, words
        assert what_words(what)
    assert len(read) == 2 * len(SHAPES)
    assert all(part_words(part) for part in Part)


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        (C(What.BOUGHT_IN, about=2), "bought in Women's Shoes"),
        (C(What.BOUGHT_IN, about=2, turned=True), "never bought in Women's Shoes"),
        (C(What.BOUGHT_IN, about=9), "bought in a department that is gone"),
        (C(What.TAG, about=9), "tagged with a tag that is gone"),
        (C(What.LAST_BOUGHT, least=90), "last bought 90 days ago or more"),
        (C(What.LAST_BOUGHT, most=90), "last bought in the last 90 days"),
        (C(What.LAST_BOUGHT, least=30, most=90), "last bought 30 to 90 days ago"),
        (C(What.SPENT, least=50_000), "spent €500.00 or more"),
        (C(What.SPENT, most=50_000), "spent €500.00 or less"),
        (C(What.TICKETS, least=3, most=3), "tickets: 3"),
        (C(What.NEW_ON, first=date(2026, 1, 1), last=date(2026, 1, 31)),
         "new in the book from 1 Jan 2026 to 31 Jan 2026"),
        (C(What.MAY, words="call"), "said yes to calls"),
        (C(What.BIRTHDAY_IN, words="12"), "birthday in December"),
        (C(What.HOUSEHOLD), "buys for somebody"),
        (C(What.REFERRED, about=7), "referred by Ann Abel"),
        (C(What.FIELD_YES, about=1, words="no"), "Parking: no"),
        (C(What.FIELD_NUMBER, about=3, least=1500), "Club: 1.5 or more"),
    ],
)  # fmt: skip
def test_a_condition_as_one_would_say_it(condition: Condition, words: str) -> None:
    assert condition_words(condition, GROUND) == words


def test_a_filter_is_one_line() -> None:
    either = Group(Match.ANY, (C(What.TAG, about=1), C(What.LIKES, words="linen")))
    none = Group(Match.NONE, (C(What.PHONE), C(What.EMAIL)))
    asked = Filter(parts=(C(What.MINE), either, none))
    assert filter_words(asked, GROUND) == (
        "in my book · tagged VIP or likes linen"
        " · none of: has a telephone number, has an e-mail address"
    )
    assert filter_words(replace(asked, match=Match.ANY, parts=asked.parts[:1] * 2), GROUND) == (
        "in my book or in my book"
    )


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("tag vip", "tagged VIP"),
        ("not tag vip", "not tagged VIP"),
        ("vip", "tagged VIP"),
        ("opera", "tagged Golf & opera"),
        ("bought shoes", "bought in Women's Shoes"),
        ("never bought shoes", "never bought in Women's Shoes"),
        ("bought loafer", "bought “loafer”"),
        ("last 90", "last bought 90 days ago or more"),
        ("spent more than 500", "spent €500.00 or more"),
        ("birthday 30", "birthday in the next 30 days"),
        ("birthday in dec", "birthday in December"),
        ("of sato", "Lena Sato's client"),
        ("mine", "in my book"),
        ("no phone", "no telephone number"),
        ("may call", "said yes to calls"),
        ("parking", "Parking: yes"),
        ("room elm", "Room: Elm"),
        ("club golf", "Club says golf"),
        ("new 30", "new in the book in the last 30 days"),
        ("wears 42R", "wears 42R"),
        ("likes Crème silk", "likes Crème silk"),
        ("tickets 3", "tickets: 3 or more"),
        ("xyzzy", "found by “xyzzy”"),
    ],
)
def test_what_is_typed_is_offered_first(typed: str, first: str) -> None:
    assert offers(typed, GROUND)[0].words == first


def test_what_still_needs_a_value_is_offered_and_says_so() -> None:
    offered = {offer.words: offer.condition for offer in offers("spent", GROUND)}
    assert not offered["Spent…"].whole
    assert offers("  ", GROUND) == []
    assert len(offers("b", GROUND)) <= 8


def test_every_condition_can_be_typed() -> None:
    assert set(TYPED) == set(SHAPES)
    for what, words in TYPED.items():
        if what.value.startswith("field"):
            continue
        meant = {
            offer.condition.what for word in words.split(",") for offer in offers(word, GROUND)
        }
        assert what in meant, what
