"""Are likes, avoids and sizes kept as they are said, changed and taken back?"""

from __future__ import annotations

from datetime import timedelta

import pytest

from clientele.domain.errors import NotThere
from clientele.domain.preferences import Evidence
from clientele.services.preferences import (
    AddPreference,
    EditPreference,
    add_preference,
    edit_preference,
)
from clientele.services.sizes import (
    AddSize,
    EditSize,
    RemoveSize,
    add_size,
    edit_size,
    remove_size,
)
from clientele.store.queries.client import ClientPage, client_page
from tests.services.floor import Floor


def page(floor: Floor) -> ClientPage:
    found = floor.ask(client_page, floor.daniel, now=floor.clock.now())
    assert isinstance(found, ClientPage)
    return found


def test_likes_and_avoids(floor: Floor) -> None:
    floor.new(add_preference, AddPreference(floor.daniel, "like", " navy  blue ", floor.okafor))
    wool = floor.new(
        add_preference,
        AddPreference(floor.daniel, "avoid", "wool", floor.okafor, department_id=floor.suits),
    )
    assert floor.do(add_preference, AddPreference(floor.daniel, "like", " ", 1)).subject is None
    found = page(floor)
    assert [like.what for like in found.likes] == ["navy blue"]
    assert [(one.what, one.department) for one in found.avoids] == [("wool", "Men's Suits")]
    floor.do(edit_preference, EditPreference(wool, "wool on skin"))
    assert page(floor).avoids[0].what == "wool on skin"
    changes = floor.do(edit_preference, EditPreference(wool, "  "))
    assert page(floor).avoids == ()
    floor.undo(changes)
    assert page(floor).avoids[0].what == "wool on skin"
    with pytest.raises(NotThere):
        floor.do(edit_preference, EditPreference(4711, "x"))


def test_the_newest_evidence_of_a_category_and_brand_is_the_size_that_fits(floor: Floor) -> None:
    for category, value, brand, evidence in (
        ("Suit", "42R", "", Evidence.TOLD_US),
        ("Shoe", "9 D", "", Evidence.TOLD_US),
        ("suit", "44R", "", Evidence.RETURNED_TOO_SMALL),
        ("Suit", "43R", "Arden", Evidence.KEPT),
    ):
        floor.clock.advance(timedelta(days=1))
        size = AddSize(floor.daniel, category, value, floor.okafor, brand, evidence=evidence)
        floor.do(add_size, size)
    assert [(size.value, size.brand) for size in page(floor).sizes] == [
        ("43R", "Arden"),
        ("9 D", ""),
        ("42R", ""),
    ]
    suit = page(floor).sizes[2]
    assert (suit.evidence, suit.disputed) == (Evidence.TOLD_US, True), "44R was too small"


def test_a_size_is_changed_field_by_field(floor: Floor) -> None:
    key = floor.new(add_size, AddSize(floor.daniel, "Suit", "42R", floor.okafor))
    changes = floor.do(edit_size, EditSize(key, "fit", "sleeves −2 cm"))
    floor.do(edit_size, EditSize(key, "value", "43R"))
    (size,) = page(floor).sizes
    assert (size.category, size.value, size.fit) == ("Suit", "43R", "sleeves −2 cm")
    floor.undo(changes)
    (size,) = page(floor).sizes
    assert (size.value, size.fit) == ("43R", "")
    with pytest.raises(ValueError, match="evidence"):
        floor.do(edit_size, EditSize(key, "evidence", "kept"))


def test_a_size_without_category_and_value_is_none(floor: Floor) -> None:
    nothing = AddSize(floor.daniel, " ", "", floor.okafor, fit="narrow")
    assert floor.do(add_size, nothing).subject is None
    key = floor.new(add_size, AddSize(floor.daniel, "Suit", "42R", floor.okafor, fit="slim"))
    floor.do(edit_size, EditSize(key, "category", ""))
    assert page(floor).sizes[0].value == "42R"
    floor.do(edit_size, EditSize(key, "value", ""))
    assert page(floor).sizes == ()


def test_a_size_taken_away_comes_back_whole(floor: Floor) -> None:
    size = AddSize(floor.daniel, "Suit", "42R", floor.okafor, "Arden", "slim")
    key = floor.new(add_size, size)
    changes = floor.do(remove_size, RemoveSize(key))
    assert page(floor).sizes == ()
    floor.undo(changes)
    (back,) = page(floor).sizes
    assert (back.id, back.brand, back.fit) == (key, "Arden", "slim")


def test_what_is_said_of_somebody_who_was_removed_meanwhile_is_refused(floor: Floor) -> None:
    gone = 4_711
    with pytest.raises(NotThere):
        floor.do(
            add_preference,
            AddPreference(floor.daniel, "like", "emerald", floor.okafor, household_member_id=gone),
        )
    with pytest.raises(NotThere):
        floor.do(
            add_size,
            AddSize(floor.daniel, "Ring", "6", floor.okafor, household_member_id=gone),
        )
    assert page(floor).likes == ()
