"""Do the words of two drafts stay when they become one?"""

from __future__ import annotations

import json

import pytest

from clientele.domain.rules.draft_forms import covered, of_both


def both(place: str, one: dict[str, str], other: dict[str, str]) -> dict[str, str]:
    whole: dict[str, str] = json.loads(of_both(place, json.dumps(one), json.dumps(other)))
    return whole


def test_plain_words_stand_one_below_the_other() -> None:
    assert of_both("note of client 2", "likes navy", "wedding in May") == (
        "likes navy\nwedding in May"
    )
    assert of_both("note of client 2", "same", "same") == "same"
    assert of_both("note of client 2", "42", "7") == "42\n7"


def test_what_was_typed_into_two_forms_is_all_there() -> None:
    whole = both(
        "wish of 2",
        {"words": "emerald scarf", "note": "", "price": "420", "member": "3"},
        {"words": "navy belt", "note": "for May – “soon”", "price": "95", "member": "4"},
    )
    assert whole == {
        "words": "emerald scarf / navy belt",
        "note": "for May – “soon”",
        "price": "420 / 95",
        "member": "3",
    }


def test_of_what_is_chosen_there_is_one() -> None:
    one = {"to": "2", "until": "", "note": "Anna", "told": "yes"}
    other = {"to": "3", "until": "2026-12-01", "note": "Anna", "told": ""}
    assert both("hand over 2", one, other) == {
        "to": "2", "until": "2026-12-01", "note": "Anna", "told": "yes"
    }  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other", "whole"),
    [
        ("ring 6", "ring 16", "ring 6 / ring 16"),
        ("5", "95", "5 / 95"),
        (" ", "silk", "silk"),
        ("silk", " ", "silk"),
        ("silk", "silk ", "silk"),
    ],
)
def test_what_says_the_same_stands_once(one: str, other: str, whole: str) -> None:
    assert both("wish of 2", {"words": one}, {"words": other}) == {"words": whole}


def test_a_third_draft_adds_only_what_is_new() -> None:
    two = both("gift of 2", {"what": "scarf"}, {"what": "belt"})
    assert both("gift of 2", two, {"what": "belt"}) == {"what": "scarf / belt"}
    assert both("gift of 2", two, {"what": "tie"}) == {"what": "scarf / belt / tie"}


def test_a_field_of_one_form_alone_stays() -> None:
    assert both("paid ahead by 2", {"amount": "50"}, {"what": "suit"}) == {
        "amount": "50", "what": "suit"
    }  # fmt: skip


@pytest.mark.parametrize("between", ["", " ", "\t", "\n"])
def test_a_card_number_in_a_form_is_covered(between: str) -> None:
    card = between.join(("4111", "1111", "1111", "1111"))
    body = json.dumps({"words": f"refund {card}", "price": "95"}, ensure_ascii=False)
    assert json.loads(covered(body)) == {"words": "refund •••• 1111", "price": "95"}
    assert covered(f"refund {card}") == "refund •••• 1111"


def test_a_draft_without_one_stays_as_it_is() -> None:
    for body in ("", "size 42", '{"words":"size 42"}', '{"words": "4111'):
        assert covered(body) == body
