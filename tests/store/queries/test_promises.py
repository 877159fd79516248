"""Is every promise in sight of whoever has to keep it, the worrying ones first?"""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from clientele.domain.promises import PromiseKind, PromiseState
from clientele.domain.rules.promises import Standing
from clientele.domain.tables import Promise, Size
from clientele.services.promise_words import (
    AskAboutPromise,
    PassPromise,
    TagPrinted,
    WordOnPromise,
    ask_about_promise,
    pass_promise,
    tag_printed,
    word_on_promise,
)
from clientele.services.promises import (
    EndPromise,
    MakePromise,
    ReachStep,
    end_promise,
    make_promise,
    reach_step,
)
from clientele.store.queries.clients import Book, WhoseBook
from clientele.store.queries.counts import rail_counts
from clientele.store.queries.found import answer
from clientele.store.queries.measurements import measured_before
from clientele.store.queries.promise_history import promise_by_tag
from clientele.store.queries.promises import (
    Narrowed,
    PromiseBook,
    PromiseCounts,
    PromiseRow,
    open_promises,
    open_promises_of_client,
    promise,
    promise_book,
)
from clientele.store.session import Store
from clientele.system.clock import FixedClock
from tests.a_day import TODAY, Day, local


@pytest.fixture
def day(staged_saturday: Day) -> Day:
    """Five promises of R. Okafor."""
    return staged_saturday


def book(store: Store, whose: WhoseBook, now: datetime) -> PromiseBook:
    """What the page shows."""
    with store.read() as session:
        return promise_book(session, whose, now=now)


def mine(day: Day) -> WhoseBook:
    """R. Okafor's own."""
    return WhoseBook(Book.MINE, day.okafor, day.departments["Men's Suits"])


def words(rows: tuple[PromiseRow, ...]) -> list[str]:
    """What was promised, in order."""
    return [row.what for row in rows]


def test_the_worrying_ones_first_then_by_day(store: Store, clock: FixedClock, day: Day) -> None:
    found = book(store, mine(day), clock.now())
    assert [(row.what, row.standing) for row in found.open] == [
        ("a price for the lining", Standing.LATE),
        ("trousers hemmed", Standing.AT_RISK),
        ("navy jacket taken in", Standing.READY),
        ("size 7 loafer from the downtown store", Standing.ON_ITS_WAY),
        ("cashmere crew, camel, L", Standing.ON_ITS_WAY),
    ]
    assert found.counts == PromiseCounts(open=5, at_risk=2, kept=0, on_the_day=0, broken=0)
    assert found.ended == ()


def test_what_is_at_risk_comes_before_what_is_due_earlier(
    store: Store, clock: FixedClock, day: Day
) -> None:
    with store.write() as session:
        in_spring = TODAY + timedelta(days=60)
        kind = PromiseKind.SPECIAL_ORDER
        far = MakePromise(day.clients["Tom"], day.okafor, kind, "a coat", in_spring)
        silent_since = clock.now() - timedelta(days=7)
        make_promise(session, far, now=silent_since)
    found = book(store, mine(day), clock.now()).open
    assert words(found)[:3] == ["a price for the lining", "trousers hemmed", "a coat"]
    assert found[2].due_on > found[3].due_on


def test_a_row_is_known_by_the_promise_not_by_the_client(
    store: Store, clock: FixedClock, day: Day
) -> None:
    found = {row.what: row for row in book(store, mine(day), clock.now()).open}
    assert {row.id for row in found.values()} == set(day.promises.values())
    hemmed = found["trousers hemmed"]
    assert hemmed.id == day.promises["hemmed"]
    assert hemmed.named.client_id == day.clients["Daniel"]
    assert (hemmed.associate_id, hemmed.associate) == (day.okafor, "R. Okafor")
    assert hemmed.department == "Alterations"
    with store.read() as session:
        one = promise(session, day.promises["hemmed"], now=clock.now())
        assert one == hemmed
        assert promise(session, 9_999, now=clock.now()) is None


def test_standing_moves_with_the_clock(store: Store, clock: FixedClock, day: Day) -> None:
    def standing(now: datetime) -> Standing | None:
        rows = book(store, mine(day), now).open
        return next(row.standing for row in rows if row.id == day.promises["hemmed"])

    assert standing(local(TODAY, 14, 30)) is Standing.AT_RISK
    assert standing(local(TODAY, 14, 31)) is Standing.LATE


def test_mine_the_departments_and_the_stores(store: Store, clock: FixedClock, day: Day) -> None:
    tomorrow = TODAY + timedelta(days=1)
    sportswear, shoes = day.departments["Women's Sportswear"], day.departments["Shoes"]
    with store.write() as session:
        for what, department in (("for her own", None), ("for Shoes", shoes)):
            made = MakePromise(
                day.clients["Tom"],
                day.sato,
                PromiseKind.HOLD,
                what,
                tomorrow,
                department_id=department,
            )
            make_promise(session, made, now=clock.now())
    now = clock.now()
    assert words(book(store, WhoseBook(Book.MINE, day.sato), now).open) == [
        "for her own",
        "for Shoes",
    ]
    of_shoes = WhoseBook(Book.DEPARTMENT, day.okafor, shoes)
    assert words(book(store, of_shoes, now).open) == ["for Shoes"]
    of_sportswear = WhoseBook(Book.DEPARTMENT, day.okafor, sportswear)
    assert words(book(store, of_sportswear, now).open) == ["for her own"]
    assert len(book(store, WhoseBook(Book.STORE, day.sato), now).open) == 7
    with store.write() as session:
        end_promise(session, EndPromise(day.promises["hemmed"]), now=now)
    assert book(store, of_shoes, now).counts.kept == 0
    alterations = WhoseBook(Book.DEPARTMENT, day.sato, day.departments["Alterations"])
    assert book(store, alterations, now).counts.kept == 1


def test_what_ended_stays_a_week_and_is_counted_a_year(
    store: Store, clock: FixedClock, day: Day
) -> None:
    def end(name: str, *, kept: bool) -> None:
        with store.write() as session:
            end_promise(session, EndPromise(day.promises[name], kept), now=clock.now())

    end("hemmed", kept=True)
    clock.advance(timedelta(hours=1))
    end("late", kept=True)
    clock.advance(timedelta(hours=1))
    end("camel", kept=False)
    found = book(store, mine(day), clock.now())
    assert [(row.what, row.standing) for row in found.ended] == [
        ("cashmere crew, camel, L", None),
        ("a price for the lining", None),
        ("trousers hemmed", None),
    ]
    assert found.counts == PromiseCounts(open=2, at_risk=0, kept=2, on_the_day=1, broken=1)
    assert len(book(store, mine(day), clock.now() + timedelta(days=7)).ended) == 3
    later = book(store, mine(day), clock.now() + timedelta(days=8))
    assert later.ended == ()
    assert later.counts.kept == 2
    assert book(store, mine(day), clock.now() + timedelta(days=366)).counts.kept == 0


def test_of_a_client_by_day_whoever_made_them(store: Store, clock: FixedClock, day: Day) -> None:
    with store.read() as session:
        found = open_promises_of_client(session, day.clients["Daniel"], now=clock.now())
        assert words(found) == ["trousers hemmed", "navy jacket taken in"]
        cut = open_promises(session, mine(day), now=clock.now(), limit=2)
        assert len(cut) == 2


def test_with_me_and_of_one_kind(store: Store, clock: FixedClock, day: Day) -> None:
    with store.write() as session:
        what = PassPromise(day.promises["hemmed"], day.sato, day.okafor)
        pass_promise(session, what, now=clock.now())
    theirs = WhoseBook(Book.MINE, day.sato, day.departments["Women's Sportswear"])
    found = book(store, theirs, clock.now())
    assert words(found.open) == ["trousers hemmed"]
    assert (found.open[0].colleague_id, found.open[0].colleague) == (day.sato, "L. Sato")
    assert found.open[0].associate == "R. Okafor"
    assert found.counts.open == 1
    with store.read() as session:
        in_hand = Narrowed(in_hand=True)
        own = promise_book(session, mine(day), now=clock.now(), narrowed=in_hand)
        assert own.open == ()
        hers = promise_book(session, theirs, now=clock.now(), narrowed=in_hand)
        assert words(hers.open) == ["trousers hemmed"]
        kind = Narrowed(PromiseKind.ALTERATION)
        altered = promise_book(session, mine(day), now=clock.now(), narrowed=kind)
        assert words(altered.open) == ["trousers hemmed", "navy jacket taken in"]
        assert altered.counts.open == 2
        assert rail_counts(session, day.sato, now=clock.now()).promises == 1


def test_the_years_record_is_of_what_one_promised_oneself(
    store: Store, clock: FixedClock, day: Day
) -> None:
    with store.write() as session:
        passed = PassPromise(day.promises["hemmed"], day.sato, day.okafor)
        pass_promise(session, passed, now=clock.now())
        end_promise(session, EndPromise(day.promises["hemmed"]), now=clock.now())
    theirs = WhoseBook(Book.MINE, day.sato, day.departments["Women's Sportswear"])
    hers = book(store, theirs, clock.now())
    assert (words(hers.ended), hers.counts.kept) == (["trousers hemmed"], 0)
    assert book(store, mine(day), clock.now()).counts.kept == 1


def test_how_far_it_is_and_what_was_said(store: Store, clock: FixedClock, day: Day) -> None:
    key = day.promises["loafer"]

    def now_is() -> PromiseRow:
        with store.read() as session:
            row = promise(session, key, now=clock.now())
            assert row is not None
            return row

    assert (now_is().step, now_is().step_at, now_is().word) == ("", None, "")
    with store.write() as session:
        sent = ReachStep(key, "on its way", day.okafor, "on the van Monday")
        reach_step(session, sent, now=clock.now())
        tag_printed(session, TagPrinted(key, day.okafor), now=clock.now())
        tag_printed(session, TagPrinted(key, day.okafor), now=clock.now())
    row = now_is()
    assert (row.step, row.step_at, row.word) == ("on its way", clock.now(), "on the van Monday")
    assert (row.printed, row.asked_at) == (2, None)
    clock.advance(timedelta(hours=1))
    with store.write() as session:
        ask_about_promise(session, AskAboutPromise(key, day.okafor, "where?"), now=clock.now())
    assert (now_is().asked_at, now_is().word) == (clock.now(), "on the van Monday")
    clock.advance(timedelta(hours=1))
    with store.write() as session:
        word_on_promise(session, WordOnPromise(key, "at the gate"), now=clock.now())
    assert (now_is().asked_at, now_is().word) == (None, "at the gate")
    clock.advance(timedelta(days=3, hours=2))
    assert (now_is().missing, now_is().standing) == ("arrived", Standing.AT_RISK)


def test_an_older_promise_that_is_ready_is_at_its_step(
    store: Store, clock: FixedClock, day: Day
) -> None:
    with store.write() as session:
        old = session.get(Promise, day.promises["camel"])
        assert old is not None
        old.state, old.step = PromiseState.READY, ""
    with store.read() as session:
        row = promise(session, day.promises["camel"], now=clock.now())
    assert row is not None
    assert (row.step, row.standing, row.missing) == ("arrived", Standing.READY, "")


def test_a_tag_leads_to_its_promise(store: Store, clock: FixedClock, day: Day) -> None:
    with store.read() as session:
        row = promise(session, day.promises["hemmed"], now=clock.now())
        assert row is not None
        found = promise_by_tag(session, row.tag)
        assert found is not None
        assert (found.promise_id, found.what) == (row.id, "trousers hemmed")
        assert found.named.client_id == day.clients["Daniel"]
        for typed in (row.tag.lower(), row.tag.replace("-", ""), f" {row.tag}\r"):
            assert promise_by_tag(session, typed) == found
        digit = str((int(row.tag[-1]) + 1) % 10)
        assert promise_by_tag(session, row.tag[:-1] + digit) is None
        assert promise_by_tag(session, "navy 42R") is None
        assert answer(session, row.tag, associate_id=day.okafor, limit=5).tagged == found


def test_what_was_measured_before_is_known(store: Store, clock: FixedClock, day: Day) -> None:
    daniel = day.clients["Daniel"]

    def alter(measurements: str, garment: str) -> None:
        clock.advance(timedelta(hours=1))
        what = MakePromise(
            daniel,
            day.okafor,
            PromiseKind.ALTERATION,
            "hem",
            TODAY,
            garment=garment,
            measurements=measurements,
        )
        with store.write() as session:
            make_promise(session, what, now=clock.now())

    alter("inside leg 80 cm", "grey flannels")
    alter("inside leg 81 cm", "navy suit")
    alter("Inside leg 81 cm", "linen trousers")
    with store.write() as session:
        size = Size(
            client_id=daniel,
            category="jacket",
            value="42R",
            evidence="kept",
            evidence_at=clock.now(),
        )
        session.add(size)
    with store.read() as session:
        found = measured_before(session, daniel)
        assert measured_before(session, day.clients["Tom"]) == ()
    assert [(one.words, one.garment) for one in found] == [
        ("Inside leg 81 cm", "linen trousers"),
        ("inside leg 80 cm", "grey flannels"),
        ("jacket 42R", ""),
    ]
    assert found[0].at == clock.now()
