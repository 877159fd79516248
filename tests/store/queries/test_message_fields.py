"""Does a message know to whom it goes, and what it may be about, with the values for its fields?"""

from __future__ import annotations

from datetime import timedelta

import pytest

from clientele.domain.client import Channel, Purpose
from clientele.domain.plans import OccasionKind
from clientele.domain.rules.field_values import Matter, Who, values
from clientele.domain.rules.permission_answers import Allowed, Refused
from clientele.domain.rules.templates import Address, Variant
from clientele.domain.tables import FollowUp, Purchase, PurchaseLine, Visit
from clientele.services.rows import new_id
from clientele.store.queries.message_fields import (
    About,
    MatterKind,
    Meant,
    ToWrite,
    to_write,
    ways_open,
)
from clientele.store.session import Store
from clientele.system.clock import FixedClock
from tests.a_day import Day

ZONE = "Europe/Amsterdam"


@pytest.fixture
def day(staged_saturday: Day) -> Day:
    """A day in the store."""
    return staged_saturday


def asked(store: Store, clock: FixedClock, day: Day, meant: Meant) -> ToWrite:
    """What the book answers."""
    with store.read() as session:
        found = to_write(session, meant, day.okafor, now=clock.now())
    assert found is not None
    return found


def said(about: About | None, language: str = "en") -> dict[str, str]:
    """The values that it brings."""
    assert about is not None
    who = Who("Daniel", "Tran", "", "R. Okafor", "Herengracht")
    return values(who, about.matter, Variant(language, ""), ZONE)


def test_what_is_open_comes_first_then_what_is_ahead_then_what_was(
    store: Store, clock: FixedClock, day: Day
) -> None:
    found = asked(store, clock, day, Meant(day.clients["Daniel"]))
    kinds = [one.kind for one in found.abouts]
    assert kinds == [
        MatterKind.PROMISE,
        MatterKind.PROMISE,
        MatterKind.APPOINTMENT,
        MatterKind.OCCASION,
        MatterKind.PURCHASE,
    ]
    assert found.about is None
    assert (found.who.associate, found.who.store) == ("R. Okafor", "Herengracht")


def test_a_promise_an_appointment_and_a_purchase_bring_their_words(
    store: Store, clock: FixedClock, day: Day
) -> None:
    daniel = day.clients["Daniel"]
    hem = Meant(daniel, MatterKind.PROMISE, day.promises["hemmed"])
    about = asked(store, clock, day, hem).about
    assert said(about)["item"] == "trousers hemmed"
    assert said(about, "nl")["day"] == "zaterdag 21 november"
    assert about is not None
    assert (about.template, about.promise_id) == ("alteration_ready", day.promises["hemmed"])
    visit = Meant(daniel, MatterKind.APPOINTMENT, day.appointments["Daniel"])
    about = asked(store, clock, day, visit).about
    assert said(about)["time"] == "14:30"
    assert about is not None
    assert (about.template, about.promise_id) == ("appointment_reminder", None)
    bought = asked(store, clock, day, Meant(daniel)).abouts[-1]
    assert said(bought)["month bought"] == "Nov 2026"
    assert bought.template == "thank_you"


def test_a_follow_up_knows_what_it_is_about(store: Store, clock: FixedClock, day: Day) -> None:
    daniel = day.clients["Daniel"]
    with store.write() as session:
        follow_up = FollowUp(
            client_id=daniel,
            associate_id=day.okafor,
            channel=Channel.EMAIL,
            reason="hem",
            due_on=clock.now().date(),
            created_at=clock.now(),
            template="hold_ends",
            source="promise",
            source_id=day.promises["hemmed"],
        )
        key = new_id(session, follow_up)
    found = asked(store, clock, day, Meant(daniel, follow_up_id=key))
    assert (found.channel, found.template, found.follow_up_id) == ("email", "hold_ends", key)
    assert found.about is not None
    assert found.about.promise_id == day.promises["hemmed"]
    gone = asked(store, clock, day, Meant(daniel, follow_up_id=999))
    assert (gone.follow_up_id, gone.about) == (None, None)


@pytest.mark.parametrize("bought", [True, False])
def test_a_visit_is_thanked_for_what_was_bought(
    store: Store, clock: FixedClock, day: Day, bought: bool
) -> None:
    priya, at = day.clients["Priya"], clock.now() - timedelta(hours=1)
    with store.write() as session:
        visit = new_id(session, Visit(client_id=priya, associate_id=day.okafor, arrived_at=at))
        if bought:
            purchase = new_id(
                session,
                Purchase(
                    client_id=priya,
                    visit_id=visit,
                    sold_at=at,
                    sold_on=at.date(),
                    currency="EUR",
                    total=500,
                ),
            )
            for item, amount in (("Belt", 100), ("Coat", 400)):
                line = PurchaseLine(
                    purchase_id=purchase,
                    department_id=day.departments["Shoes"],
                    item=item,
                    amount=amount,
                )
                new_id(session, line)
    found = asked(store, clock, day, Meant(priya, MatterKind.VISIT, visit))
    assert found.about is not None
    assert found.template == ("thank_you" if bought else "first_visit")
    assert said(found.about).get("item", "") == ("Coat" if bought else "")
    assert said(found.about)["day"] == "Saturday 21 November"


def test_who_is_not_there_has_nothing(store: Store, clock: FixedClock, day: Day) -> None:
    with store.read() as session:
        assert to_write(session, Meant(999), day.okafor, now=clock.now()) is None
        assert ways_open(session, 999, now=clock.now()) == {}


def test_the_gate_answers_for_every_channel_and_purpose(
    store: Store, clock: FixedClock, day: Day
) -> None:
    with store.read() as session:
        found = ways_open(session, day.clients["Priya"], now=clock.now())
    assert len(found) == 12
    assert isinstance(found[Channel.EMAIL, Purpose.SERVICE, False], Allowed)
    assert isinstance(found[Channel.EMAIL, Purpose.NEWS, False], Refused)
    assert isinstance(found[Channel.TEXT, Purpose.SERVICE, True], Refused)


@pytest.mark.parametrize(
    ("language", "whose", "title", "words"),
    [
        ("en", "Grace", "", "Grace’s birthday"),
        ("de", "Grace", "", "Geburtstag von Grace"),
        ("nl", "", "", "verjaardag"),
        ("nl", "Grace", "Grace's party", "Grace's party"),
        ("fr", "Grace", "", ""),
    ],
)
def test_an_occasion_says_whose_it_is(language: str, whose: str, title: str, words: str) -> None:
    matter = Matter(occasion=(OccasionKind.BIRTHDAY, whose, title))
    who = Who("Nell", "Marsh", "", "Ada", "Store")
    assert values(who, matter, Variant(language, ""), ZONE).get("occasion", "") == words


def test_names_are_what_is_known() -> None:
    plain = Variant("de", "", address=Address.FORMAL)
    nell = values(Who("Eleanor", "Marsh", "Nell", "Ada", ""), Matter(), plain, ZONE)
    assert (nell["preferred name"], nell["full name"]) == ("Nell", "Eleanor Marsh")
    assert "store" not in nell
    assert nell["how to stop"].startswith("Wenn Sie")
    number = values(Who("", "", "", "Ada", "Store"), Matter(), plain, ZONE)
    assert "preferred name" not in number
    assert "how to stop" not in values(
        Who("", "", "", "Ada", ""), Matter(), Variant("fr", ""), ZONE
    )
