"""Does each kind say what took place, and can it be found by it?"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from clientele.domain.tables import (
    Appointment,
    BookMembership,
    Consent,
    CreditShare,
    HandOff,
    HouseholdMember,
    LineReturn,
    MadeRight,
    MadeRightStep,
    PartPayment,
    Promise,
    PromiseStep,
    Purchase,
    PurchaseLine,
    ShownItem,
    Visit,
    VisitCompanion,
    VisitStop,
)
from clientele.store.queries.story import Among, StoryEntry, Told, story
from clientele.store.queries.story_about import story_about, story_places
from clientele.store.queries.story_entry import StoryItem
from tests.services.floor import Floor


def told(floor: Floor, **asked: object) -> list[StoryEntry]:
    return list(floor.ask(story, floor.daniel, **asked))


def a_visit(floor: Floor) -> int:
    now = floor.clock.now()
    key = floor.add(
        Visit(client_id=floor.daniel, associate_id=floor.okafor, arrived_at=now, left_at=now)
    )
    suits = floor.add(VisitStop(visit_id=key, department_id=floor.suits, started_at=now))
    shoes = floor.add(
        VisitStop(
            visit_id=key, department_id=floor.shoes, position=1, started_at=now,
            colleague_id=floor.silva, joined_at=now,
        )
    )  # fmt: skip
    floor.add(ShownItem(stop_id=suits, item="Suit, navy", detail="42R", outcome="keeping"))
    floor.add(ShownItem(stop_id=shoes, item="Derby", outcome="no", why="too narrow"))
    wife = floor.add(HouseholdMember(client_id=floor.daniel, name="Anne", relation="wife"))
    floor.add(VisitCompanion(visit_id=key, household_member_id=wife, name=""))
    floor.add(VisitCompanion(visit_id=key, name="a friend"))
    return key


def a_ticket(floor: Floor, visit: int | None = None) -> int:
    now = floor.clock.now()
    return floor.add(
        Purchase(
            client_id=floor.daniel, visit_id=visit, sold_at=now, sold_on=now.date(),
            currency="EUR", total=0, associate_id=floor.okafor,
        )
    )  # fmt: skip


def test_a_visit_says_who_came_who_helped_and_what_became_of_it(floor: Floor) -> None:
    visit = a_visit(floor)
    shown = (
        StoryItem("Suit, navy", "42R", "Men's Suits", "keeping"),
        StoryItem("Derby", "", "Men's Shoes", "no", "too narrow"),
    )
    (entry,) = told(floor)
    assert (entry.kind, entry.id, entry.shown) == (Told.VISIT, visit, shown)
    assert (entry.colleagues, entry.companions) == (("M. Silva",), ("Anne", "a friend"))
    ticket = a_ticket(floor, visit)
    (entry,) = told(floor)
    assert (entry.kind, entry.id, entry.of, entry.shown) == (Told.PURCHASE, ticket, visit, shown)
    assert (entry.colleagues, entry.companions) == (("M. Silva",), ("Anne", "a friend"))
    for words in ("anne", "42r navy", "TOO narrow", "friend silva"):
        assert told(floor, search=words) == [entry], words
    assert told(floor, search="too wide") == []
    assert told(floor, department_id=floor.shoes) == [entry], "a stop there without a line"
    assert told(floor, department_id=floor.accessories) == []


def test_what_is_brought_back_says_why_and_when_it_was_bought(floor: Floor) -> None:
    floor.clock.advance(timedelta(days=-20))
    first = a_ticket(floor)
    sold = floor.add(
        PurchaseLine(purchase_id=first, department_id=floor.shoes, item="Derby", amount=12_000)
    )
    bought_on = floor.clock.now().date()
    floor.clock.advance(timedelta(days=20))
    second = a_ticket(floor)
    back = floor.add(
        PurchaseLine(
            purchase_id=second, department_id=floor.shoes, item="Derby", amount=-12_000,
            quantity=-1_000,
        )
    )  # fmt: skip
    new = floor.add(
        PurchaseLine(
            purchase_id=second, department_id=floor.shoes, item="Loafer", amount=13_000,
            mark_down=900, mark_down_why="last pair", associate_id=floor.okafor,
        )
    )  # fmt: skip
    floor.add(LineReturn(sold_line_id=sold, return_line_id=back, why="heel slips"))
    for who, amount in ((floor.okafor, 6_500), (floor.silva, 6_500)):
        floor.add(CreditShare(purchase_line_id=new, associate_id=who, amount=amount))
    exchange, bought = told(floor)
    returned, loafer = exchange.lines
    assert (returned.back, returned.why, returned.bought_on) == (True, "heel slips", bought_on)
    assert (loafer.back, loafer.mark_down, loafer.mark_down_why) == (False, 900, "last pair")
    assert loafer.credits == (("R. Okafor", 6_500), ("M. Silva", 6_500))
    assert exchange.colleagues == ("M. Silva",)
    assert told(floor, kinds=(Among.RETURNS,)) == [exchange]
    assert told(floor, kinds=(Among.VISITS,)) == []
    assert told(floor, kinds=(Told.PURCHASE,)) == [exchange, bought]
    assert told(floor, search="heel") == told(floor, search="last pair") == [exchange]


def test_a_promise_is_told_as_made_by_its_steps_and_as_kept(floor: Floor) -> None:
    now = floor.clock.now()
    promise = floor.add(
        Promise(
            client_id=floor.daniel, associate_id=floor.okafor, colleague_id=floor.silva,
            department_id=floor.suits, kind="alteration", what="hem", garment="navy suit",
            measurements="inside leg 81 cm", tag="A-2291", due_on=date(2026, 11, 20),
            promised_at=now - timedelta(days=9), last_word_at=now, ended_at=now, state="kept",
            ending="fits",
        )
    )  # fmt: skip
    for days, what, word in ((8, "fitted", ""), (5, "heard", "done on Friday"), (2, "ready", "")):
        floor.add(
            PromiseStep(
                promise_id=promise, what=what, word=word, associate_id=floor.silva,
                at=now - timedelta(days=days),
            )
        )  # fmt: skip
    floor.add(PromiseStep(promise_id=promise, what="collected", at=now))
    kept, ready, fitted, made = told(floor)
    assert (kept.kind, kept.words, kept.state) == (Told.PROMISE_ENDED, "hem: fits", "kept")
    assert (ready.kind, ready.state, ready.associate, ready.of) == (
        Told.PROMISE_STEP, "ready", "M. Silva", promise,
    )  # fmt: skip
    assert fitted.state == "fitted"
    assert made.about == ("navy suit", "inside leg 81 cm", "A-2291")
    assert (made.on, made.colleagues) == (date(2026, 11, 20), ("M. Silva",))
    assert [(step.what, step.word) for step in made.steps] == [
        ("fitted", ""), ("heard", "done on Friday"), ("ready", ""), ("collected", ""),
    ]  # fmt: skip
    assert kept.steps == made.steps
    assert told(floor, search="friday") == [kept, made]
    assert told(floor, search="a-2291") == [kept, made]
    assert len(told(floor, department_id=floor.suits)) == 4
    assert told(floor, department_id=floor.shoes) == []


def test_made_right_is_one_entry_with_all_that_was_done(floor: Floor) -> None:
    now = floor.clock.now()
    right = floor.add(
        MadeRight(
            client_id=floor.daniel, associate_id=floor.silva, goods="winter tyres",
            problem="bald after a week", sold_here=False, state="solved",
            opened_at=now - timedelta(days=3),
        )
    )  # fmt: skip
    floor.add(
        MadeRightStep(
            made_right_id=right, what="cash back", word="all of it", cost=40_000,
            associate_id=floor.silva, at=now - timedelta(days=3),
        )
    )  # fmt: skip
    floor.add(MadeRightStep(made_right_id=right, what="solved", word="wrote to thank us", at=now))
    (entry,) = told(floor)
    assert (entry.kind, entry.words, entry.about) == (
        Told.MADE_RIGHT, "bald after a week", ("winter tyres",),
    )  # fmt: skip
    assert (entry.state, entry.of) == ("solved", right)
    assert [(step.what, step.cost, step.by) for step in entry.steps] == [
        ("cash back", 40_000, "M. Silva"), ("solved", 0, ""),
    ]  # fmt: skip
    assert told(floor, search="thank tyres") == [entry]
    assert told(floor, department_id=floor.shoes) == [entry], "that of whose it is"


def test_a_hand_off_is_told_as_offered_answered_and_over(floor: Floor) -> None:
    now = floor.clock.now()
    given: dict[str, Any] = {
        "client_id": floor.daniel, "from_id": floor.okafor, "to_id": floor.silva,
        "department_id": floor.shoes, "note": "needs shoes for Zürich", "client_told": True,
        "offered_at": now - timedelta(days=4),
    }  # fmt: skip
    key = floor.add(
        HandOff(
            **given, answered_at=now - timedelta(days=3), answer="gladly", state="given back",
            ended_at=now,
        )
    )  # fmt: skip
    back, yes, offer = told(floor)
    assert (back.kind, back.associate, back.to, back.state) == (
        Told.HAND_OFF_ENDED, "M. Silva", "R. Okafor", "given back",
    )  # fmt: skip
    assert (yes.associate, yes.state, yes.words) == ("M. Silva", "accepted", "gladly")
    assert (offer.associate, offer.to, offer.channel) == ("R. Okafor", "M. Silva", "told")
    assert (offer.id, offer.departments) == (key, ("Men's Shoes",))
    assert told(floor, search="zurich") == [offer]
    assert told(floor, department_id=floor.suits) == []
    withdrawn = floor.add(HandOff(**given, state="withdrawn", ended_at=now))
    newest = told(floor)[0]
    assert (newest.id, newest.associate, newest.to) == (withdrawn, "R. Okafor", "M. Silva")


def test_the_book_says_whose_the_client_became(floor: Floor) -> None:
    now, earlier = floor.clock.now(), floor.clock.now() - timedelta(days=90)
    mine: dict[str, Any] = {"client_id": floor.daniel, "role": "owner"}
    floor.add(BookMembership(**mine, associate_id=floor.okafor, since=earlier, until=now))
    floor.add(BookMembership(**mine, associate_id=floor.silva, since=now, why="moved house"))
    floor.add(
        BookMembership(
            client_id=floor.daniel, associate_id=floor.silva, department_id=floor.shoes,
            role="department", since=earlier, until=now - timedelta(days=1),
        )
    )  # fmt: skip
    assert [(entry.kind, entry.associate, entry.state, entry.words) for entry in told(floor)] == [
        (Told.BOOK, "M. Silva", "owner", "moved house"),
        (Told.BOOK_ENDED, "M. Silva", "department", ""),
        (Told.BOOK, "M. Silva", "department", ""),
        (Told.BOOK, "R. Okafor", "owner", ""),
    ], "that the owner before has them no longer is said by the next one's beginning"


def test_consents_cancelled_appointments_and_money_paid_ahead(floor: Floor) -> None:
    now = floor.clock.now()
    floor.add(
        Consent(client_id=floor.daniel, channel="text", allowed=False, said_at=now, how="by mail")
    )
    for cancelled in (None, now):
        floor.add(
            Appointment(
                client_id=floor.daniel, associate_id=floor.okafor, about="coat fitting",
                starts_at=now - timedelta(days=9), cancelled_at=cancelled,
            )
        )  # fmt: skip
    floor.add(
        PartPayment(
            client_id=floor.daniel, what="half of a coat", receipt="0412", amount=20_000,
            currency="EUR", paid_at=now, associate_id=floor.okafor,
        )
    )  # fmt: skip
    paid, dropped, refused = told(floor)
    assert (paid.kind, paid.amount, paid.receipt, paid.words) == (
        Told.PART_PAYMENT, 20_000, "0412", "half of a coat",
    )  # fmt: skip
    assert (dropped.kind, dropped.words) == (Told.APPOINTMENT, "coat fitting")
    assert dropped.meant_at == now - timedelta(days=9)
    assert (refused.kind, refused.channel, refused.state, refused.words) == (
        Told.CONSENT, "text", "no", "by mail",
    )  # fmt: skip


def test_what_the_story_can_be_asked_for(floor: Floor) -> None:
    assert floor.ask(story_about, floor.daniel).entries == 0
    a_ticket(floor, a_visit(floor))
    floor.clock.advance(timedelta(days=-400))
    a_ticket(floor)
    about = floor.ask(story_about, floor.daniel)
    assert about.kinds == {Told.PURCHASE}
    assert (about.years, about.entries) == ((2026, 2025), 2)
    places = floor.ask(story_places, floor.daniel)
    assert places.kinds == {Among.VISITS}
    assert [name for _, name in places.departments] == ["Men's Suits", "Men's Shoes"]
