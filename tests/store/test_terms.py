"""Which names are meant by one that is spelt otherwise?"""

from __future__ import annotations

import pytest

from clientele.services.clients import NewClient, new_client
from clientele.services.team import AddAssociate, add_associate
from clientele.store.search import Why, search
from clientele.store.session import Store
from clientele.store.terms import MOST, Near, Terms
from clientele.system.clock import FixedClock

NAMES = [
    *("john", "jonathan", "smith", "smit", "marsh", "meyer", "maier", "mueller", "muller"),
    *("al", "bo", "whitaker"),
]


@pytest.fixture
def terms() -> Terms:
    """A book's names, read."""

    class Driver:
        def execute(self, _: str) -> list[tuple[str]]:
            return [(name,) for name in sorted(NAMES)]

    made = Terms()
    made.load(Driver())
    return made


@pytest.mark.parametrize(
    ("typed", "nearest"),
    [
        ("jhon", "john"),
        ("smiht", "smith"),
        ("smth", "smith"),
        ("smmith", "smith"),
        ("meier", "meyer"),
        ("mueler", "mueller"),
        ("whitkaer", "whitaker"),
        ("wihtaekr", "whitaker"),
        ("wxitakxr", "whitaker"),
    ],
)
def test_a_slip_or_two_lead_to_the_name(terms: Terms, typed: str, nearest: str) -> None:
    near = [one.word for one in terms.near(typed, growing=False) if one.cost < 3]
    assert nearest in near[:3]


@pytest.mark.parametrize("typed", ["al", "bx", "x", "qqqqqq", "jonathanson"])
def test_nobody_is_near_a_short_word_or_another(terms: Terms, typed: str) -> None:
    assert terms.near(typed, growing=False) == []


def test_fewer_slips_are_nearer(terms: Terms) -> None:
    costs = [one.cost for one in terms.near("smitj", growing=False)]
    assert costs == sorted(costs)
    assert costs[0] == 1


def test_a_word_that_grows_is_near_by_its_first_letters(terms: Terms) -> None:
    assert Near("whita", 2, whole=False) in terms.near("wihta", growing=True)
    assert terms.near("wihta", growing=False) == []


def test_the_word_itself_and_what_begins_with_it_are_not_near(terms: Terms) -> None:
    assert "jonathan" not in [one.word for one in terms.near("jonatha", growing=True)]
    assert "smith" not in [one.word for one in terms.near("smit", growing=True)]


def test_words_are_known_lacking_or_not_read_yet(terms: Terms) -> None:
    assert (terms.knows("smith"), terms.knows("smi")) == (True, False)
    assert (terms.lacks("smi"), terms.lacks("smx")) == (False, True)
    assert (Terms().knows("smith"), Terms().lacks("smx")) == (False, False)
    terms.learn(["smxith"])
    assert not terms.lacks("smx")
    terms.forget()
    assert (terms.knows("smith"), terms.lacks("zz")) == (False, False)


def test_never_very_many(terms: Terms) -> None:
    terms.learn(f"m{first}r{last}h" for first in "abcdefghi" for last in "abcdefghi")
    assert len(terms.near("march", growing=True)) == MOST


def test_who_was_entered_a_moment_ago_is_found_misspelt(store: Store, clock: FixedClock) -> None:
    def enter(given: str, family: str) -> int:
        with store.write() as session:
            what = NewClient(by, given, family)
            return new_client(session, what, now=clock.now()).subject or 0

    with store.write() as session:
        by = add_associate(session, AddAssociate("Ann", "Suits"), now=clock.now()).subject or 0
    first = enter("Eleanor", "Marsh")
    with store.read() as session:
        assert search(session, "elaenor mrash").ids == (first,)
    second = enter("Jürgen", "Whitaker")
    with store.read() as session:
        found = search(session, "juergn whitkaer")
    assert [(hit.client_id, hit.why) for hit in found.hits] == [(second, Why.SOUNDS_LIKE)]
    with store.write() as session:
        session.connection().exec_driver_sql("UPDATE client SET family_name = 'Okonjo'")
    with store.read() as session:
        assert search(session, "elaenor okonjjo").ids == (first,)


def test_many_names_written_at_once_are_read_again(
    store: Store, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("clientele.store.session.CATCH_UP", 1)
    with store.write() as session:
        by = add_associate(session, AddAssociate("Ann", "Suits"), now=clock.now()).subject or 0
        for family in ("Marsh", "Whitaker"):
            new_client(session, NewClient(by, "Ada", family), now=clock.now())
    with store.read() as session:
        assert len(search(session, "ada whitkaer").ids) == 1
    with store.write() as session:
        session.connection().exec_driver_sql("UPDATE client SET family_name = 'Okonjo'")
    with store.read() as session:
        assert len(search(session, "ada okonjjo").ids) == 2
