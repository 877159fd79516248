"""Do the sample's clients say about what they may be reached, and is there whom to call?"""

from __future__ import annotations

from sqlalchemy import text

from clientele.domain.client import Channel, Purpose
from clientele.domain.rules.permission_answers import Allowed, Wish
from clientele.domain.rules.worth_a_call import Because
from clientele.services.sample.consents import purposes
from clientele.services.touch_rules import RunRules, run_rules
from clientele.services.worth_a_call import work_out
from clientele.store.queries.clients import Book, WhoseBook
from clientele.store.queries.permission import answer
from clientele.store.queries.worth_a_call import worth_book
from clientele.store.session import Store
from tests.services.sample.looking import NOW, filled, rows


def test_the_card_asks_about_both_and_what_was_said_about_one_is_about_one() -> None:
    assert purposes("ticked on the client card", allowed=True, old=True) == ("service", "news")
    assert purposes("asked to be told about arrivals", allowed=True, old=True) == ("news",)
    assert purposes("wrote it on the alteration slip", allowed=True, old=False) == ("service",)
    assert purposes("said so at the till", allowed=True, old=True) == ("",), "nobody asked then"
    assert purposes("gets too many already", allowed=False, old=False) == ("news",)
    assert purposes("asked us not to", allowed=False, old=False) == ("",)


def test_purposes_are_named_and_the_card_says_what_was_asked(sample: Store) -> None:
    counts = {
        (purpose, bool(allowed)): count
        for purpose, allowed, count in rows(
            sample, "SELECT purpose, allowed, count(*) FROM consent GROUP BY purpose, allowed"
        )
    }
    assert counts["news", True] > 150
    assert counts["service", True] > 100
    assert counts["news", False] > 10, "they may still hear that the suit is ready"
    asked = rows(sample, "SELECT DISTINCT how, purpose FROM consent WHERE words <> ''")
    assert asked == [("ticked on the client card", "news")]


def test_open_news_of_my_own_reach_somebody_who_said_yes_to_them(sample: Store) -> None:
    found = rows(
        sample,
        "SELECT client_id, channel FROM follow_up f WHERE state = 'open' AND purpose = 'news' "
        "AND rule_id IS NULL",
    )
    with sample.read() as session:
        allowed = [
            isinstance(
                answer(session, client_id, Wish(Channel(channel), Purpose.NEWS), at=NOW), Allowed
            )
            for client_id, channel in found
        ]
    assert len(found) > 20
    assert sum(allowed) > 0.8 * len(found), "others were reached not long ago"


def test_wishes_that_are_here_are_still_worth_a_call_when_the_rules_have_run(store: Store) -> None:
    by = filled(store, visit_open=True)
    with store.read() as session:
        ids = tuple(session.scalars(text("SELECT id FROM client ORDER BY id")))

    def why() -> dict[int, list[Because]]:
        work_out(store, now=NOW)
        with store.read() as session:
            book = worth_book(session, WhoseBook(Book.MINE, by, 1), now=NOW)
        return {row.named.client_id: [one.because for one in row.reasons] for row in book.rows}

    def wished(found: dict[int, list[Because]]) -> set[int]:
        return {key for key, reasons in found.items() if Because.WISH in reasons}

    before = why()
    for start in range(0, len(ids), 100):
        with store.write() as session:
            run_rules(session, RunRules(ids[start : start + 100]), now=NOW)
    after = why()
    assert len(wished(before)) >= 2
    assert wished(before) <= wished(after)
    assert len(after) == 12, "a day is full all the same"
