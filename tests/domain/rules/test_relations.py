"""Does the other side of a relation lead back to it, in every language?"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientele.domain.rules.relations import (
    ALSO,
    OTHER_SIDE,
    RELATIONS,
    Part,
    back_relations,
    part_of,
)

OFFERED = [
    (language, part, word)
    for language, parts in RELATIONS.items()
    for part, words in parts.items()
    for word in words
]
KNOWN = OFFERED + [
    (language, part, word)
    for language, parts in ALSO.items()
    for part, words in parts.items()
    for word in words
]
TWO_MEANINGS = {("nl", Part.COUSIN)}
"""Dutch says nicht and neef for a niece, a nephew and a cousin alike."""


@given(st.sampled_from(KNOWN), st.sampled_from((str.upper, str.lower, str.title)))
def test_the_other_side_of_the_other_side_is_the_part_itself(
    known: tuple[str, Part, str], typed: object
) -> None:
    language, part, word = known
    if (language, part) in TWO_MEANINGS:
        return
    typed_word = typed(word)  # type: ignore[operator]
    assert part_of(typed_word, language) is part
    backs = back_relations(typed_word, language)
    assert backs, word
    assert all(back in RELATIONS[language][OTHER_SIDE.get(part, part)] for back in backs)
    assert all(
        part_of(there, language) is part
        for back in backs
        for there in back_relations(back, language)
    )


def test_every_language_has_a_word_for_every_part() -> None:
    for language, parts in RELATIONS.items():
        assert set(parts) == set(Part), language
        assert all(parts.values()), language


@pytest.mark.parametrize(
    ("relation", "back"),
    [
        ("husband", ("wife", "husband")),
        ("Wife", ("wife", "husband")),
        ("fiancee", ("fiancée", "fiancé")),
        ("partner", ("partner",)),
        ("Mutter", ("Tochter", "Sohn")),
        ("Oma", ("Enkelin", "Enkel")),
        ("Frau", ("Ehefrau", "Ehemann")),
        ("zoon", ("moeder", "vader")),
        ("vrouw", ("echtgenote", "echtgenoot")),
        ("youngest daughter", ("mother", "father")),
        ("mother-in-law", ("daughter-in-law", "son-in-law")),
        ("neighbour", ()),
        ("", ()),
    ],
)
def test_what_the_client_may_be_to_them(relation: str, back: tuple[str, ...]) -> None:
    assert back_relations(relation) == back


def test_a_word_of_two_languages_is_answered_in_the_one_of_the_window() -> None:
    assert back_relations("oma", "nl") == ("kleindochter", "kleinzoon")
    assert back_relations("oma", "en") == ("Enkelin", "Enkel")
