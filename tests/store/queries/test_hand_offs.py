"""Does the book say what waits for whom, what is lent, what came back, and who is responsible?"""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from clientele.domain.history import Note
from clientele.domain.promises import PromiseKind
from clientele.domain.tables import Absence, Appointment, Visit
from clientele.services.books import TakeIntoBook, take_into_book
from clientele.services.hand_offs import Answer, Offer, accept, decline, give_back, offer, withdraw
from clientele.services.promises import MakePromise, make_promise
from clientele.services.team import AddAssociate, add_associate
from clientele.store.queries.acting import covering
from clientele.store.queries.clients import Book, WhoseBook, client_ids
from clientele.store.queries.hand_offs import HandOffs, hand_off, hand_offs
from clientele.store.queries.hand_over import HandOver, hand_over
from clientele.store.queries.responsible import Responsible, responsible_for
from clientele.store.queries.today import today_page
from clientele.store.session import Store
from clientele.system.clock import FixedClock
from tests.services.floor import Floor, a_floor

TODAY = date(2026, 11, 21)
FRIDAY = date(2026, 11, 27)


@pytest.fixture
def floor(store: Store, clock: FixedClock) -> Floor:
    """Daniel is R. Okafor's."""
    made = a_floor(store, clock)
    made.do(take_into_book, TakeIntoBook(made.daniel, made.okafor))
    return made


@pytest.fixture
def sato(floor: Floor) -> int:
    return floor.new(add_associate, AddAssociate("L. Sato", "Women's Sportswear"))


def seen(floor: Floor, who: int) -> HandOffs:
    found = floor.ask(hand_offs, who, now=floor.clock.now())
    assert isinstance(found, HandOffs)
    return found


def now(floor: Floor, day: date = TODAY) -> Responsible:
    found = floor.ask(responsible_for, floor.daniel, day)
    assert isinstance(found, Responsible)
    return found


def offered(floor: Floor, **more: object) -> int:
    what = {"client_id": floor.daniel, "to_id": floor.silva, "by": floor.okafor, **more}
    return floor.new(offer, Offer(**what))  # type: ignore[arg-type]


def away(floor: Floor, who: int, cover: int) -> None:
    floor.add(
        Absence(associate_id=who, cover_id=cover, away_from=TODAY, back_on=FRIDAY,
                created_at=floor.clock.now())
    )  # fmt: skip


def test_an_offer_waits_on_both_sides(floor: Floor, sato: int) -> None:
    key = offered(floor, note="hates wool", department_id=floor.shoes, client_told=True)
    (row,) = seen(floor, floor.silva).inbox
    assert (row.id, row.named.name, row.note, row.department) == (
        key, "Daniel Tran", "hates wool", "Men's Shoes",
    )  # fmt: skip
    assert (row.giver.name, row.giver.department, row.client_told) == (
        "R. Okafor", "Men's Suits", True,
    )  # fmt: skip
    assert row.responsible(TODAY) == floor.okafor
    assert seen(floor, floor.okafor).waiting == (row,)
    assert seen(floor, sato) == HandOffs((), (), (), (), ())
    floor.do(withdraw, Answer(key, floor.okafor))
    assert seen(floor, floor.silva).inbox == ()
    assert seen(floor, floor.okafor) == HandOffs((), (), (), (), ())


def test_a_cover_sees_what_waits_for_who_is_away(floor: Floor, sato: int) -> None:
    key = offered(floor)
    away(floor, floor.silva, sato)
    assert [row.id for row in seen(floor, sato).inbox] == [key]
    away(floor, floor.okafor, sato)
    assert [row.id for row in seen(floor, sato).waiting] == [key]


def test_lent_out_and_in_with_the_first_to_return_first(floor: Floor, sato: int) -> None:
    late = offered(floor, until_on=FRIDAY)
    early = offered(floor, department_id=floor.shoes, until_on=TODAY, to_id=sato)
    floor.do(accept, Answer(late, floor.silva))
    floor.do(accept, Answer(early, sato))
    assert [row.id for row in seen(floor, floor.okafor).lent_out] == [early, late]
    assert [row.id for row in seen(floor, floor.silva).lent_in] == [late]
    assert seen(floor, floor.okafor).lately == ()
    floor.clock.advance(timedelta(days=1))
    assert [row.id for row in seen(floor, floor.okafor).lent_out] == [late]
    assert [row.id for row in seen(floor, floor.okafor).lately] == [early]


def test_what_ended_stays_in_sight_for_a_while(floor: Floor, sato: int) -> None:
    declined = offered(floor)
    floor.do(decline, Answer(declined, floor.silva, "away"))
    floor.clock.advance(timedelta(hours=1))
    kept = offered(floor, to_id=sato)
    floor.do(accept, Answer(kept, sato))
    floor.clock.advance(timedelta(hours=1))
    assert [row.id for row in seen(floor, floor.okafor).lately] == [kept, declined]
    floor.do(give_back, Answer(kept, sato, "he asked for you"))
    first, second = seen(floor, floor.okafor).lately
    assert (first.ending, second.answer) == ("he asked for you", "away")
    floor.clock.advance(timedelta(days=3))
    assert seen(floor, floor.okafor).lately == ()


def test_an_offer_that_is_over_waits_for_nobody(floor: Floor) -> None:
    key = offered(floor, until_on=TODAY)
    floor.clock.advance(timedelta(days=1))
    assert seen(floor, floor.silva).inbox == ()
    (row,) = seen(floor, floor.okafor).waiting
    assert row.id == key
    assert row.over(TODAY + timedelta(days=1))


def test_who_is_responsible_in_each_state(floor: Floor, sato: int) -> None:
    assert now(floor).whole.associate == "R. Okafor"
    whole = offered(floor, until_on=FRIDAY)
    part = offered(floor, department_id=floor.shoes, to_id=sato)
    assert now(floor).whole.associate_id == floor.okafor
    assert now(floor).of(floor.shoes).associate_id == floor.okafor
    assert [row.id for row in now(floor).offered] == [whole, part]
    floor.do(accept, Answer(whole, floor.silva))
    floor.do(accept, Answer(part, sato))
    there = now(floor)
    assert (there.owner, there.whole.associate, there.whole.until_on) == (
        "R. Okafor", "M. Silva", FRIDAY,
    )  # fmt: skip
    assert (there.whole.hand_off_id, there.of(floor.shoes).associate) == (whole, "L. Sato")
    assert there.of(floor.accessories).associate == "M. Silva"
    assert now(floor, FRIDAY).whole.associate_id == floor.silva
    after = now(floor, FRIDAY + timedelta(days=1))
    assert (after.whole.associate_id, after.whole.until_on) == (floor.okafor, None)
    assert after.of(floor.shoes).associate_id == sato


def test_while_they_are_away_the_cover_answers(floor: Floor, sato: int) -> None:
    away(floor, floor.okafor, sato)
    there = now(floor).whole
    assert (there.associate_id, there.acting_id, there.acting) == (floor.okafor, sato, "L. Sato")
    assert now(floor, FRIDAY).whole.acting_id == floor.okafor


def book(floor: Floor, who: int) -> list[int]:
    day = floor.clock.now().date()
    found = floor.ask(lambda s: client_ids(s, covering(s, WhoseBook(Book.MINE, who), day)))
    return list(found)


def test_a_client_lent_whole_stands_in_the_book_until_it_is_over(floor: Floor) -> None:
    part = offered(floor, department_id=floor.shoes, until_on=FRIDAY)
    floor.do(accept, Answer(part, floor.silva))
    key = offered(floor, until_on=FRIDAY)
    assert book(floor, floor.silva) == []
    floor.do(accept, Answer(key, floor.silva))
    assert book(floor, floor.silva) == [floor.daniel]
    assert book(floor, floor.okafor) == [floor.daniel]
    floor.clock.advance(timedelta(days=7))
    assert book(floor, floor.silva) == []


def test_who_is_expected_says_who_handed_them_over(floor: Floor) -> None:
    at = floor.clock.now() + timedelta(hours=3)
    floor.add(Appointment(client_id=floor.daniel, associate_id=floor.silva, starts_at=at))
    key = offered(floor, note="hates wool")

    def handed() -> object:
        (one,) = floor.ask(today_page, floor.silva, now=floor.clock.now()).expected
        return one.handed

    assert handed() is None
    floor.do(accept, Answer(key, floor.silva))
    assert handed() == floor.ask(hand_off, key)


def asked(floor: Floor, by: int, visit: int | None = None) -> HandOver:
    found = floor.ask(hand_over, floor.daniel, by=by, today=TODAY, visit_id=visit)
    assert isinstance(found, HandOver)
    return found


def test_what_somebody_may_hand_over_and_to_whom(floor: Floor, sato: int) -> None:
    assert asked(floor, floor.okafor).whole
    assert len(asked(floor, floor.okafor).departments) == 4
    assert not asked(floor, sato).whole
    assert asked(floor, sato).departments == ()
    floor.do(accept, Answer(offered(floor, department_id=floor.shoes), floor.silva))
    (shoes,) = asked(floor, floor.silva).departments
    assert shoes.name == "Men's Shoes"
    assert asked(floor, floor.okafor).knowing == (floor.silva, floor.okafor)
    away(floor, floor.silva, sato)
    assert asked(floor, floor.okafor).away == {floor.silva: FRIDAY}
    visit = floor.add(
        Visit(client_id=floor.daniel, associate_id=sato, arrived_at=floor.clock.now())
    )
    assert len(asked(floor, sato, visit).departments) == 4
    assert floor.ask(hand_over, 99, by=sato, today=TODAY) is None


def test_the_note_is_offered_from_the_story(floor: Floor) -> None:
    at = floor.clock.now()
    floor.add(
        Visit(client_id=floor.daniel, associate_id=floor.okafor, arrived_at=at, here_for="a suit")
    )
    for body, sensitive in (("likes tea", False), ("in divorce", True)):
        floor.add(Note(client_id=floor.daniel, body=body, written_at=at, sensitive=sensitive))
    floor.new(
        make_promise, MakePromise(floor.daniel, floor.okafor, PromiseKind.HOLD, "coat", FRIDAY)
    )
    assert asked(floor, floor.okafor).words == ("a suit", "likes tea", "coat")
