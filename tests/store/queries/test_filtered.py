"""Does each condition of a list find exactly those of whom it is true, in every combination?"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clientele.domain.client import BookRole
from clientele.domain.rules.filters import SHAPES, Condition, Filter, Group, Match, Value, What
from clientele.domain.rules.names import sort_name
from clientele.domain.tables import (
    Absence,
    Address,
    Associate,
    BookMembership,
    Client,
    ClientMerge,
    ClientTag,
    Consent,
    ContactPoint,
    CustomField,
    CustomValue,
    Department,
    DuplicatePair,
    FollowUp,
    HouseholdMember,
    Occasion,
    Preference,
    Promise,
    Purchase,
    PurchaseLine,
    Size,
    Tag,
    Wish,
)
from clientele.store.queries.clients import Book, WhoseBook
from clientele.store.queries.filtered import (
    Asker,
    By,
    Listed,
    count_filtered,
    filtered_beginning,
    filtered_ids,
)
from clientele.store.session import Store
from tests.examples import examples

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
TODAY = NOW.date()
ME, COLLEAGUE, AWAY = 1, 2, 3
SUITS, SHOES = 1, 2
CLUB, ROOM, VISITS, SINCE, PARKING = 1, 2, 3, 4, 5
NAMES = ("Ada", "Ben", "Cléo", "Dora", "Eve", "Fay")
STORE = WhoseBook(Book.STORE, ME, SUITS)
ASKER = Asker(ME, SUITS, TODAY)


@pytest.fixture
def book(store: Store) -> Store:
    """Six clients, Ada to Fay, ids 1 to 6."""
    with store.write() as session:
        session.add_all([Department(id=1, name="Suits"), Department(id=2, name="Shoes")])
        session.flush()
        session.add_all(
            Associate(id=at, name=f"A{at}", department_id=place, created_at=NOW)
            for at, place in ((ME, SUITS), (COLLEAGUE, SHOES), (AWAY, SHOES))
        )
        for at, name in enumerate(NAMES, start=1):
            session.add(
                Client(id=at, given_name=name, family_name="X", sort_name=sort_name(name, ""),
                       created_at=NOW - timedelta(days=100 * (at - 1)), updated_at=NOW)
            )  # fmt: skip
        session.flush()
        session.add(Absence(associate_id=AWAY, cover_id=ME, away_from=TODAY,
                            back_on=TODAY + timedelta(days=5), created_at=NOW))  # fmt: skip
        for client, who, until in ((1, ME, None), (2, COLLEAGUE, None), (3, AWAY, None),
                                   (4, ME, NOW)):  # fmt: skip
            session.add(BookMembership(client_id=client, associate_id=who, role=BookRole.OWNER,
                                       since=NOW, until=until))  # fmt: skip
        _known(session)
        _bought(session)
    return store


def _known(session: object) -> None:
    add = session.add_all  # type: ignore[attr-defined]
    ada, ben, cleo, dora, eve = (session.get(Client, at) for at in range(1, 6))  # type: ignore[attr-defined]
    ada.birth_month, ada.birth_day = 11, 25
    ben.birth_month, ben.birth_day, ben.birth_year = 2, 29, 1980
    cleo.birth_month = 12
    ben.language, cleo.language = "nl-BE", "nl"
    dora.time_zone = "America/New_York"
    eve.referred_by_id = 1
    add([Tag(id=1, name="VIP"), Tag(id=2, name="friend")])
    session.flush()  # type: ignore[attr-defined]
    add([ClientTag(client_id=1, tag_id=1), ClientTag(client_id=2, tag_id=2)])
    add([
        HouseholdMember(id=1, client_id=2, name="Ana", relation="wife"),
        HouseholdMember(id=2, client_id=4, name="Tomás", relation="son"),
    ])  # fmt: skip
    session.flush()  # type: ignore[attr-defined]
    add([
        Occasion(client_id=2, household_member_id=1, kind="birthday", month=12, day=1),
        Occasion(client_id=4, kind="wedding", month=11, day=30, year=2025, every_year=False),
        Occasion(client_id=5, kind="wedding", month=11, day=30, year=2026, every_year=False),
        Preference(client_id=1, kind="like", what="Crème silk", created_at=NOW),
        Preference(client_id=2, kind="avoid", what="silk", created_at=NOW),
        Preference(client_id=4, household_member_id=2, kind="like", what="silk", created_at=NOW),
        Size(client_id=1, category="Suit", value="42R", evidence_at=NOW),
        Size(client_id=2, category="Suit", value="42R", evidence="returned, too small",
             evidence_at=NOW),
        Size(client_id=4, household_member_id=2, category="Suit", value="42R", evidence_at=NOW),
        Wish(client_id=1, item="navy coat", wished_at=NOW),
        Wish(client_id=2, item="navy coat", state="bought", wished_at=NOW),
        ContactPoint(client_id=1, kind="phone", value="1"),
        ContactPoint(client_id=2, kind="email", value="b@x.example", normalised="b@x.example"),
        Address(client_id=1, city="Zürich", postcode="1011 AB"),
        Address(client_id=2, city="Utrecht", postcode="3511"),
        Consent(client_id=1, channel="call", allowed=False, said_at=NOW - timedelta(days=9)),
        Consent(client_id=1, channel="call", allowed=True, said_at=NOW),
        Consent(client_id=2, channel="call", allowed=True, said_at=NOW),
        Consent(client_id=2, channel="call", allowed=False, said_at=NOW),
        Consent(client_id=3, channel="email", allowed=True, said_at=NOW),
        Promise(client_id=1, associate_id=ME, kind="hold", what="x", due_on=TODAY, state="ready",
                promised_at=NOW, last_word_at=NOW),
        Promise(client_id=2, associate_id=ME, kind="hold", what="x", due_on=TODAY, state="kept",
                promised_at=NOW, last_word_at=NOW),
        FollowUp(client_id=1, associate_id=ME, channel="call", reason="x", due_on=TODAY,
                 created_at=NOW),
        FollowUp(client_id=2, associate_id=ME, channel="call", reason="x", due_on=TODAY,
                 state="done", created_at=NOW),
        ClientMerge(kept_id=3, gone_id=99, moved="{}", merged_at=NOW),
        DuplicatePair(first_id=4, second_id=5, score=90, reasons="", found_at=NOW),
        DuplicatePair(first_id=1, second_id=2, score=90, reasons="", state="not the same",
                      found_at=NOW),
        *(CustomField(id=at, name=kind, kind=kind, created_at=NOW)
          for at, kind in enumerate(("text", "choice", "number", "date", "yes or no"), start=1)),
    ])  # fmt: skip
    session.flush()  # type: ignore[attr-defined]
    add([
        CustomValue(client_id=1, field_id=CLUB, value="Golf & Münze"),
        CustomValue(client_id=2, field_id=ROOM, value="golf"),
        CustomValue(client_id=1, field_id=VISITS, value="2.5", number=2500),
        CustomValue(client_id=2, field_id=VISITS, value="7", number=7000),
        CustomValue(client_id=1, field_id=SINCE, value="2026-03-01"),
        CustomValue(client_id=1, field_id=PARKING, value="yes"),
        CustomValue(client_id=2, field_id=PARKING, value="no"),
    ])  # fmt: skip


def _bought(session: object) -> None:
    """Ada bought a suit 10 days ago and shoes 400 ago, Ben shoes 90 ago, Dora gave back only."""
    for key, client, ago, place, item, amount in (
        (1, 1, 10, SUITS, "navy suit 42R", 90_000),
        (2, 1, 400, SHOES, "loafer", 20_000),
        (3, 2, 90, SHOES, "navy loafer", 15_000),
        (4, 4, 5, SUITS, "belt", -5_000),
    ):
        day = TODAY - timedelta(days=ago)
        session.add(Purchase(id=key, client_id=client, sold_at=NOW - timedelta(days=ago),  # type: ignore[attr-defined]
                             sold_on=day, currency="EUR", total=amount))  # fmt: skip
        session.flush()  # type: ignore[attr-defined]
        session.add(PurchaseLine(purchase_id=key, department_id=place, item=item, amount=amount))  # type: ignore[attr-defined]


def day(ago: int) -> date:
    return TODAY - timedelta(days=ago)


def asks(book: Store, *parts: Condition | Group, match: Match = Match.ALL) -> str:
    listed = Listed(Filter(match, parts), STORE, By.NAME, ASKER)
    with book.read() as session:
        ids = filtered_ids(session, listed)
        assert count_filtered(session, listed) == len(ids)
    return "".join("ABCDEF"[at - 1] for at in ids)


C = Condition
CASES = [
    (C(What.MINE), "AC"),
    (C(What.MY_DEPARTMENT), "A"),
    (C(What.COLLEAGUE, about=COLLEAGUE), "B"),
    (C(What.NOBODYS), "DEF"),
    (C(What.WORDS, words="cleo"), "C"),
    (C(What.TAG, about=1), "A"),
    (C(What.TAG, about=9), ""),
    (C(What.FIELD_TEXT, words="munze GOLF", about=CLUB), "A"),
    (C(What.FIELD_TEXT, words="golf", about=SINCE), ""),
    (C(What.FIELD_CHOICE, words="golf", about=ROOM), "B"),
    (C(What.FIELD_NUMBER, about=VISITS, least=2500), "AB"),
    (C(What.FIELD_NUMBER, about=VISITS, least=2501, most=7000), "B"),
    (C(What.FIELD_DATE, about=SINCE, first=date(2026, 3, 1), last=date(2026, 3, 1)), "A"),
    (C(What.FIELD_DATE, about=SINCE, last=date(2026, 2, 28)), ""),
    (C(What.FIELD_YES, words="no", about=PARKING), "B"),
    (C(What.BIRTHDAY_WITHIN, most=4), "A"),
    (C(What.BIRTHDAY_WITHIN, most=3), ""),
    (C(What.BIRTHDAY_WITHIN, most=10), "AC"),
    (C(What.BIRTHDAY_WITHIN, most=99), "ABC"),
    (C(What.BIRTHDAY_WITHIN, most=400), "ABC"),
    (C(What.BIRTHDAY_IN, words="2"), "B"),
    (C(What.OCCASION_WITHIN, most=9), "AE"),
    (C(What.OCCASION_WITHIN, most=10), "ABCE"),
    (C(What.OCCASION_IN, words="11"), "AE"),
    (C(What.OCCASION_IN, words="12"), "BC"),
    (C(What.BOUGHT_IN, about=SHOES), "AB"),
    (C(What.BOUGHT_IN, about=SUITS), "A"),
    (C(What.BOUGHT, words="navy 42"), "A"),
    (C(What.BOUGHT, words="loaf"), "AB"),
    (C(What.BOUGHT, words='" OR belt*'), ""),
    (C(What.BRAND, words="navy"), "AB"),
    (C(What.WEARS, words="42r"), "A"),
    (C(What.LIKES, words="creme"), "A"),
    (C(What.LIKES, words="silk"), "A"),
    (C(What.AVOIDS, words="silk"), "B"),
    (C(What.HOUSEHOLD), "BD"),
    (C(What.HOUSEHOLD, words="tomas"), "D"),
    (C(What.HOUSEHOLD, words="wife"), "B"),
    (C(What.WISHES), "A"),
    (C(What.WISHES, words="coat"), "A"),
    (C(What.SPENT, least=15_000, most=15_000), "B"),
    (C(What.SPENT, least=15_000), "AB"),
    (C(What.SPENT, most=15_000), "BCDEF"),
    (C(What.SPENT, least=0), "ABCEF"),
    (C(What.SPENT, most=-1), "D"),
    (C(What.TICKETS, least=2), "A"),
    (C(What.TICKETS, most=0), "CDEF"),
    (C(What.LAST_BOUGHT, least=90), "B"),
    (C(What.LAST_BOUGHT, most=10), "AD"),
    (C(What.LAST_BOUGHT, least=6, most=10), "A"),
    (C(What.LAST_BOUGHT_ON, first=day(90), last=day(90)), "B"),
    (C(What.FIRST_BOUGHT, least=400), "A"),
    (C(What.FIRST_BOUGHT_ON, first=day(399)), "BD"),
    (C(What.EVER_BOUGHT), "AB"),
    (C(What.NEW, most=100), "AB"),
    (C(What.NEW, least=500), "F"),
    (C(What.NEW_ON, first=day(300), last=day(200)), "CD"),
    (C(What.LANGUAGE, words="NL"), "BC"),
    (C(What.TIME_ZONE, words="new york"), "D"),
    (C(What.PLACE, words="zurich"), "A"),
    (C(What.PLACE, words="1011a"), "A"),
    (C(What.PLACE, words="%"), ""),
    (C(What.PHONE), "A"),
    (C(What.EMAIL), "B"),
    (C(What.MAY, words="call"), "A"),
    (C(What.REFUSED, words="call"), "B"),
    (C(What.PROMISE), "A"),
    (C(What.FOLLOW_UP), "A"),
    (C(What.PLANNED), "ABE"),
    (C(What.NEXT_WITHIN, most=0), "A"),
    (C(What.NEXT_WITHIN, most=400), "ABE"),
    (C(What.NEXT_ON, first=day(-1), last=day(-9)), "E"),
    (C(What.NEXT_ON, first=day(-10)), "B"),
    (C(What.NEXT_ON, last=day(1)), ""),
    (C(What.REFERRED), "E"),
    (C(What.REFERRED, about=1), "E"),
    (C(What.REFERRED, about=2), ""),
    (C(What.MERGED), "C"),
    (C(What.TWICE), "DE"),
]


def test_every_condition_is_asked_here() -> None:
    assert {asked.what for asked, _ in CASES} == set(SHAPES)


def test_each_condition_finds_those_of_whom_it_is_true_and_turned_round_the_others(
    book: Store,
) -> None:
    for asked, expected in CASES:
        assert asks(book, asked) == expected, asked
        others = "".join(letter for letter in "ABCDEF" if letter not in expected)
        assert asks(book, replace(asked, turned=True)) == others, asked


def test_any_combination_is_that_of_the_sets(book: Store) -> None:
    cases = st.sampled_from(CASES)
    several = st.lists(cases, min_size=1, max_size=3)

    @settings(max_examples=examples(15), deadline=None)
    @given(st.sampled_from(Match), several, st.sampled_from(Match), several)
    def hold(match: Match, first: list, inner: Match, second: list) -> None:  # type: ignore[type-arg]
        def together(how: Match, sets: list[set[str]]) -> set[str]:
            if how is Match.ALL:
                return set.intersection(*sets)
            either = set.union(*sets)
            return either if how is Match.ANY else set("ABCDEF") - either

        group = Group(inner, tuple(asked for asked, _ in second))
        within = together(inner, [set(found) for _, found in second])
        expected = together(match, [*(set(found) for _, found in first), within])
        parts = [*(asked for asked, _ in first), group]
        assert set(asks(book, *parts, match=match)) == expected

    hold()


def test_within_a_book_only_its_clients_are_asked(book: Store) -> None:
    mine = WhoseBook(Book.MINE, ME, SUITS)
    listed = Listed(Filter(parts=(C(What.BOUGHT_IN, about=SHOES),)), mine, By.NAME, ASKER)
    with book.read() as session:
        assert list(filtered_ids(session, listed)) == [1]


@pytest.mark.parametrize(
    ("by", "order"),
    [
        (By.NAME, [1, 2, 3, 4, 5, 6]),
        (By.LAST_BOUGHT, [4, 1, 2, 3, 5, 6]),
        (By.SPENT, [1, 2, 4, 3, 5, 6]),
        (By.OCCASION, [1, 2, 3, 4, 5, 6]),
        (By.NEXT_TOUCH, [1, 5, 2, 3, 4, 6]),
    ],
)
def test_the_database_sorts_and_the_first_come_with_their_rows(
    book: Store, by: By, order: list[int]
) -> None:
    listed = Listed(Filter(), STORE, by, ASKER)
    with book.read() as session:
        assert list(filtered_ids(session, listed)) == order
        ids, rows = filtered_beginning(session, listed, ids=3, rows=2)
    assert (list(ids), sorted(rows)) == (order[:3], sorted(order[:2]))


def test_the_next_occasion_is_counted_from_today_on(book: Store) -> None:
    later = Asker(ME, SUITS, date(2026, 11, 26))
    with book.read() as session:
        ids = filtered_ids(session, Listed(Filter(), STORE, By.OCCASION, later))
    assert list(ids)[:3] == [2, 3, 1]


def test_a_search_that_finds_very_many_asks_for_all_of_them(
    book: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("clientele.store.queries.filter_sql.SORTABLE", 2)
    assert asks(book, C(What.WORDS, words="x")) == "ABCDEF"


def test_a_condition_that_is_not_finished_asks_for_everybody(book: Store) -> None:
    assert asks(book, C(What.TAG)) == "ABCDEF"
    assert SHAPES[What.TAG].value is Value.TAG
