"""Is a client found by all that is known of them, together with a name, and by no sign at all?"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from clientele.domain.tables import (
    ClientReference,
    ClientTag,
    CustomField,
    CustomValue,
    HouseholdMember,
    Note,
    Preference,
    Purchase,
    PurchaseLine,
    ShownItem,
    Size,
    Tag,
    Visit,
    VisitStop,
    Wish,
)
from clientele.services.clients import NewClient, new_client
from clientele.services.team import AddAssociate, add_associate
from clientele.store.asked import read_text
from clientele.store.queries.found import answer
from clientele.store.search import Why, search
from clientele.store.session import Store
from clientele.system.clock import FixedClock
from tests.examples import examples

AT = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


def of_anna() -> list[Any]:
    """All that is known of the first client."""
    return [
        ClientReference(client_id=1, reference="LOY-0042"),
        ClientReference(client_id=1, reference="7"),
        Tag(id=1, name="Gala list"),
        ClientTag(client_id=1, tag_id=1),
        Note(client_id=1, body="Loves old tramways", written_at=AT),
        Note(client_id=1, body="Had an operation", sensitive=True, written_at=AT),
        HouseholdMember(
            id=1, client_id=1, name="Constance", relation="daughter", about="plays the cello"
        ),
        Size(
            client_id=1,
            category="Suit",
            brand="Kerry Lane",
            value="42R",
            fit="narrow",
            evidence_at=AT,
        ),
        Preference(client_id=1, kind="avoid", what="mohair", created_at=AT),
        CustomField(id=1, name="Watch", kind="text", created_at=AT),
        CustomValue(client_id=1, field_id=1, value="Nomos Tangente"),
        Purchase(
            id=1,
            client_id=1,
            receipt="R1",
            sold_at=AT,
            sold_on=AT.date(),
            currency="EUR",
            total=100,
        ),
        PurchaseLine(
            purchase_id=1,
            department_id=1,
            item="Coat, navy",
            sku="12152320",
            brand="Yarrow",
            size="44",
            amount=100,
        ),
        Wish(client_id=1, item="Umbrella", detail="malacca", wished_at=AT),
    ]


@pytest.fixture
def by(store: Store, clock: FixedClock) -> int:
    """Anna Müller, of whom much is known; Anna Mueller and Jon Muller, of whom nothing is."""
    with store.write() as session:
        now = clock.now()
        by = add_associate(session, AddAssociate("Ann", "Suits"), now=now).subject or 0
        for given_name, family, phone, email in (
            ("Anna", "Müller", "06 1234 5551", "a.mueller@example.com"),
            ("Anna", "Mueller", "+31 20 555 0142", ""),
            ("Jon", "Muller", "", ""),
        ):
            what = NewClient(by, given_name, family, phone=phone, email=email)
            new_client(session, what, now=now)
        for row in of_anna():
            session.add(row)
            session.flush()
    return by


@pytest.mark.parametrize(
    ("typed", "why", "words"),
    [
        ("anna muller", Why.NAME, ()),
        ("6123455", Why.PHONE, ("06 1234 5551",)),
        ("+31 6 1234", Why.PHONE, ("06 1234 5551",)),
        ("0031 6 1234", Why.PHONE, ("06 1234 5551",)),
        ("06 12 34", Why.PHONE, ("06 1234 5551",)),
        ("a.muel", Why.EMAIL, ("a.mueller@example.com",)),
        ("loy-0042", Why.REFERENCE, ("LOY-0042",)),
        ("0042", Why.REFERENCE, ("LOY-0042",)),
        ("7", Why.REFERENCE, ("7",)),
        ("gala", Why.TAG, ("Gala list",)),
        ("tramway", Why.NOTE, ("Loves old tramways",)),
        ("constan", Why.HOUSEHOLD, ("Constance",)),
        ("cello", Why.HOUSEHOLD, ("Constance plays the cello",)),
        ("42r", Why.WEARS, ("Suit 42R",)),
        ("mohair", Why.AVOIDS, ("mohair",)),
        ("tangente", Why.FIELD, ("Watch Nomos Tangente",)),
        ("navy 44", Why.BOUGHT, ("Coat, navy 44",)),
        ("12152320", Why.BOUGHT, ("Coat, navy 12152320",)),
        ("yarrow", Why.BOUGHT, ("Coat, navy Yarrow",)),
        ("malacca", Why.WISHES, ("Umbrella malacca",)),
        ("anna navy 42", Why.WEARS, ("Coat, navy", "Suit 42R")),
        ("anna 5551", Why.PHONE, ("06 1234 5551",)),
        ("navy anna 5551", Why.PHONE, ("06 1234 5551", "Coat, navy")),
    ],
)
def test_a_client_is_found_and_it_is_said_why(
    store: Store, by: int, typed: str, why: Why, words: tuple[str, ...]
) -> None:
    with store.read() as session:
        found = answer(session, typed, associate_id=by, limit=8)
    first = found.hits[0]
    assert (first.client_id, first.why, set(first.words)) == (1, why, set(words))
    assert [row.named.client_id for row in found.rows] == [hit.client_id for hit in found.hits]


def test_who_was_only_shown_it_comes_after_who_bought_it(store: Store, by: int) -> None:
    now = AT
    with store.write() as session:
        for row in (
            Visit(id=1, client_id=2, associate_id=by, arrived_at=now, left_at=now),
            VisitStop(id=1, visit_id=1, department_id=1, started_at=now),
            ShownItem(stop_id=1, item="Scarf, teal"),
            Purchase(
                id=2, client_id=3, receipt="R2", sold_at=now, sold_on=now.date(), currency="EUR",
                total=100,
            ),
            PurchaseLine(purchase_id=2, department_id=1, item="Scarf, teal", amount=100),
        ):  # fmt: skip
            session.add(row)
            session.flush()
    with store.read() as session:
        found = answer(session, "scarf", associate_id=by, limit=8)
    assert [(hit.client_id, hit.why) for hit in found.hits] == [(3, Why.BOUGHT), (2, Why.SHOWN)]
    assert [row.named.client_id for row in found.rows] == [3, 2]


@pytest.mark.parametrize("typed", ["operation", "d1", "t1", "a1", "5551 jon", "gala jon", "999"])
def test_nobody_is_found(store: Store, by: int, typed: str) -> None:
    with store.read() as session:
        assert search(session, typed, associate_id=by).ids == ()


@pytest.mark.parametrize("typed", ["Müller", "mueller", "muller", "MÜLL", "muel"])
def test_an_umlaut_is_found_in_every_spelling(store: Store, by: int, typed: str) -> None:
    with store.read() as session:
        found = search(session, typed, associate_id=by).ids
    assert set(found) == {1, 2, 3}


def test_a_word_of_one_letter_is_the_beginning_of_a_name(store: Store, by: int) -> None:
    with store.read() as session:
        assert search(session, "j m").ids == (3,)
        assert set(search(session, "a m").ids) == {1, 2}
        assert search(session, "a b c d").ids == ()


def test_names_come_before_what_is_known(store: Store, by: int) -> None:
    with store.write() as session:
        session.connection().exec_driver_sql("UPDATE client SET family_name = 'Navy' WHERE id = 3")
    with store.read() as session:
        hits = search(session, "navy", associate_id=by).hits
    assert [(hit.client_id, hit.why) for hit in hits] == [(3, Why.NAME), (1, Why.KNOWN)]


SYNTAX = st.sampled_from(
    ['"', "'", "*", "^", ":", "-", "+", "(", ")", "{", "}", "NEAR", "AND", "OR", "NOT", "facts",
     "name :", "client_known", ";", "--",
     "\x00", "\ud800", "½", "ß", "ǅ", "\u0301", "\U0001d51e", "漢",
     "a1", "d1", "@", "_", ".", "%", "?", "\\", "anna", "navy", "5551"]
)  # fmt: skip
HOSTILE = st.lists(SYNTAX | st.text(max_size=4), max_size=8).map("".join) | st.lists(
    SYNTAX | st.text(max_size=4), max_size=8
).map(" ".join)


@given(typed=HOSTILE)
@example(typed="a\U0001e922b \U0001e900x \ufb01ne \u017fharp")
@example(typed='anna") OR ("')
@settings(
    max_examples=examples(150),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_text_is_never_syntax(store: Store, by: int, typed: str) -> None:
    with store.read() as session:
        found = answer(session, typed, associate_id=by, limit=8)
    assert {hit.client_id for hit in found.hits} <= {1, 2, 3}
    assert read_text(typed) or not found.hits
