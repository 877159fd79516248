"""Does the score say who is one person, and never who only lives with them?"""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientele.domain.rules.alike_names import Likeness, alike
from clientele.domain.rules.duplicates import (
    LIKELY,
    Facts,
    What,
    compare,
    mailbox,
    near_number,
    reasons_of,
)
from tests.domain.rules.labelled_pairs import pairs, person

GIVEN = ["", "John", "Jon", "J.", "Anna", "Hanna", "Bob", "Robert", "Paul", "Paula", "José", "李"]
FAMILY = ["", "Smith", "Schmidt", "Smit", "van der Berg", "Berg", "Meyer", "Maier", "O'Neill"]
PHONES = ["+31612345678", "+31612345679", "+49301234567", "12"]
MAILS = ["j.smith@gmail.com", "jsmith@gmail.com", "info@smith.nl", "johnsmith@gmx.de", "x"]
PLACES = [
    ("Kerkstr. 1", "1017 GA", "Amsterdam"),
    ("Kerkstraat 1", "1017GA", ""),
    ("", "1017 GA", ""),
]

people = st.builds(
    Facts,
    given=st.sampled_from(GIVEN),
    family=st.sampled_from(FAMILY),
    preferred=st.sampled_from(GIVEN),
    phones=st.frozensets(st.sampled_from(PHONES), max_size=2),
    emails=st.frozensets(st.sampled_from(MAILS), max_size=2),
    birthday=st.tuples(
        st.sampled_from([None, 1, 2]), st.sampled_from([None, 1, 2]), st.sampled_from([None, 1960])
    ),
    addresses=st.frozensets(st.sampled_from(PLACES), max_size=2),
    references=st.frozensets(st.sampled_from(["a-1", "b-2"]), max_size=1),
)


def test_the_labelled_pairs_are_told_apart(capsys: pytest.CaptureFixture[str]) -> None:
    judged = [(compare(one, other).score >= LIKELY, same) for one, other, same in pairs()]
    found = sum(said and same for said, same in judged)
    precision = found / sum(said for said, _ in judged)
    recall = found / sum(same for _, same in judged)
    with capsys.disabled():
        sys.stdout.write(
            f"\n{len(judged)} labelled pairs: precision {precision:.3f}, recall {recall:.3f}\n"
        )
    assert len(judged) >= 120
    assert precision >= 0.95
    assert recall >= 0.95


@given(people, people)
def test_it_is_the_same_from_both_sides_and_within_bounds(one: Facts, other: Facts) -> None:
    there, back = compare(one, other), compare(other, one)
    assert there.score == back.score
    assert 0 <= there.score <= 100
    assert [reason.what for reason in there.reasons] == [reason.what for reason in back.reasons]


@given(people)
def test_the_same_person_scores_a_hundred(one: Facts) -> None:
    whole = replace(one, given="Eleanor", family="Marsh", phones=frozenset({"+31612345678"}))
    assert compare(whole, whole).score == 100


@given(people, people, st.sampled_from(["phones", "emails", "addresses", "references", "birthday"]))
def test_more_that_is_the_same_never_makes_it_less(one: Facts, other: Facts, what: str) -> None:
    more: dict[str, Any] = {
        "phones": frozenset({"+4512345678"}),
        "emails": frozenset({"nina.holm@post.dk"}),
        "addresses": frozenset({("Nygade 4", "1164", "")}),
        "references": frozenset({"c-3"}),
        "birthday": (3, 4, 1971),
    }
    if what == "birthday":
        one, other = replace(one, birthday=(None,) * 3), replace(other, birthday=(None,) * 3)

    def with_more(facts: Facts) -> Facts:
        added = more[what]
        if isinstance(added, frozenset):
            added = getattr(facts, what) | added
        return replace(facts, **{what: added})

    assert compare(with_more(one), with_more(other)).score >= compare(one, other).score


@given(people, people)
def test_another_birthday_never_makes_it_more(one: Facts, other: Facts) -> None:
    known = replace(one, birthday=(3, 4, 1971)), replace(other, birthday=(9, 20, 1945))
    blank = replace(one, birthday=(None,) * 3), replace(other, birthday=(None,) * 3)
    assert compare(*known).score <= compare(*blank).score or one.references & other.references


@given(people, people)
def test_reasons_can_be_kept_as_text(one: Facts, other: Facts) -> None:
    verdict = compare(one, other)
    assert reasons_of(verdict.as_text) == verdict.reasons


def test_a_line_of_another_version_is_left_out() -> None:
    assert [reason.what for reason in reasons_of("phone\nhoroscope\tx")] == [What.PHONE]


def test_family_on_one_telephone_is_not_one_person() -> None:
    one = person("John / Smith; +31612345678; Kerkstraat 1, 1017 GA")
    other = person("Mary / Smith; +31612345678; Kerkstraat 1, 1017 GA")
    verdict = compare(one, other)
    assert verdict.score < LIKELY
    assert What.OTHER_GIVEN in {reason.what for reason in verdict.reasons}


def test_the_reason_says_which_two_names() -> None:
    verdict = compare(person("Jon / Smith; +316123456"), person("John / Smith; +316123456"))
    assert ("Jon", "John") in {(reason.one, reason.other) for reason in verdict.reasons}


@pytest.mark.parametrize(
    ("one", "other", "how"),
    [
        ("Meyer", "Maier", Likeness.SOUND),
        ("Meijer", "Mayer", Likeness.SOUND),
        ("Schmidt", "Smit", Likeness.SOUND),
        ("Mueller", "Müller", Likeness.SOUND),
        ("Berg, van der", "van der Berg", Likeness.SAME),
        ("García López", "Garcia", Likeness.PART),
        ("Lindqvist", "Lindquist", Likeness.NEAR),
        ("Fisher", "Visser", Likeness.OTHER),
        ("", "Visser", Likeness.UNKNOWN),
    ],
)
def test_family_names(one: str, other: str, how: Likeness) -> None:
    assert alike(one, other, given=False) is alike(other, one, given=False) is how


@pytest.mark.parametrize(
    ("one", "other", "how"),
    [
        ("Bob", "Robert", Likeness.NICKNAME),
        ("Jan", "Johannes", Likeness.NICKNAME),
        ("Liesbeth", "Elisabeth", Likeness.NICKNAME),
        ("J.", "Johannes", Likeness.INITIAL),
        ("Anna Maria", "Anna", Likeness.PART),
        ("Paul", "Paula", Likeness.OTHER),
        ("Simon", "Simone", Likeness.OTHER),
        ("Tim", "Tom", Likeness.OTHER),
        ("Jan", "Anna", Likeness.OTHER),
    ],
)
def test_given_names(one: str, other: str, how: Likeness) -> None:
    assert alike(one, other, given=True) is alike(other, one, given=True) is how


def test_dots_count_only_where_the_provider_says_they_do_not() -> None:
    assert mailbox("J.Smith+shop@googlemail.com") == mailbox("jsmith@gmail.com")
    assert mailbox("j.smith@outlook.com") != mailbox("jsmith@outlook.com")
    assert mailbox("j.smith+x@outlook.com") == mailbox("j.smith@outlook.com")
    assert mailbox("a+b@firma.de") != mailbox("a@firma.de")


def test_one_slip_in_a_number() -> None:
    assert near_number("+31612345678", "+31612345687")
    assert not near_number("+31612345678", "+31612345678")
    assert not near_number("1234", "1235")
