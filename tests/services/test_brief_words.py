"""A brief in words: the facts that an associate must have, right and in order of weight."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from clientele.domain.client import Channel
from clientele.domain.tables import (
    Appointment,
    Client,
    ClientReference,
    FollowUp,
    Note,
    Promise,
)
from clientele.services.brief_choice import BriefSheet, Topic
from clientele.services.brief_words import brief_sheet
from clientele.services.clients import NewClient, SayConsent, new_client, say_consent
from clientele.store.queries.brief import brief
from clientele.store.session import Store
from clientele.system.clock import FixedClock
from clientele.system.formats import Formats
from tests.services.floor import Floor, a_floor
from tests.store.queries.test_visit import bought, prefers, size

FORMATS = Formats("en", "Europe/Amsterdam")


@pytest.fixture
def floor(store: Store, clock: FixedClock) -> Floor:
    return a_floor(store, clock)


def the_sheet(floor: Floor, client: int | None = None, me: int | None = None) -> BriefSheet:
    now = floor.clock.now()
    found = floor.ask(brief, client or floor.daniel, now=now)
    return brief_sheet(found, FORMATS, now=now, me=me)


def said(sheet: BriefSheet, topic: Topic) -> list[str]:
    section = sheet.section(topic)
    return [] if section is None else [entry.text for entry in section.entries]


def test_a_client_of_whom_nothing_is_known(floor: Floor) -> None:
    sheet = the_sheet(floor)
    assert (sheet.title, sheet.called, sheet.say_it, sheet.under) == ("Daniel Tran", "", "", "")
    assert [section.topic for section in sheet.sections] == [Topic.NOT_YET]
    assert sheet.made == "Herengracht · Made 21 Nov 2026 at 10:00"


def test_who_it_is_and_how_to_reach_them(floor: Floor) -> None:
    client = floor.new(
        new_client,
        NewClient(floor.okafor, "Eleanor", "Marsh", "Nell", "020 624 1111", "nell@example.com"),
    )
    for channel, yes in ((Channel.EMAIL, True), (Channel.CALL, True), (Channel.TEXT, False)):
        floor.do(say_consent, SayConsent(client, channel, yes, floor.okafor))
    mine, hers = the_sheet(floor, client, floor.okafor), the_sheet(floor, client, floor.silva)
    assert (mine.title, mine.called) == ("Eleanor Marsh", "Nell")
    assert mine.under == "yours since 2026"
    assert hers.under == "with R. Okafor since 2026"
    assert said(mine, Topic.CONTACT) == [
        "Phone: 020 624 1111",
        "E-mail: nell@example.com",
        "May: call, e-mail",
        "May not: text",
    ]


def test_what_to_say_first_and_where_it_comes_from(floor: Floor) -> None:
    now = floor.clock.now()
    for days, first, body in ((1, False, "newer"), (9, True, "How was Italy?")):
        floor.add(
            Note(
                client_id=floor.daniel,
                associate_id=floor.okafor,
                body=body,
                say_first=first,
                written_at=now - timedelta(days=days),
            )
        )
    assert said(the_sheet(floor, me=floor.okafor), Topic.SAY_FIRST) == [
        "How was Italy? (from your note of 12 Nov)"
    ]
    assert said(the_sheet(floor, me=floor.silva), Topic.SAY_FIRST) == [
        "How was Italy? (from R. Okafor's note of 12 Nov)"
    ]
    assert said(the_sheet(floor, me=floor.okafor), Topic.NOTES) == ["20 Nov: newer (you)"]


def test_expected_promised_fits_and_avoids(floor: Floor) -> None:
    now = floor.clock.now()
    floor.add(
        Appointment(
            client_id=floor.daniel,
            associate_id=floor.okafor,
            starts_at=now + timedelta(hours=4, minutes=30),
            about="suit collection",
        )
    )
    floor.add(
        Promise(
            client_id=floor.daniel,
            associate_id=floor.silva,
            kind="transfer",
            what="size 7 loafer",
            due_on=now.date() - timedelta(days=1),
            promised_at=now,
            last_word_at=now,
        )
    )
    size(floor, "10½ D", 3, fit="wide toe box")
    prefers(floor, "avoid", "patent", floor.shoes)
    prefers(floor, "avoid", "being rushed", None)
    prefers(floor, "like", "navy", None)
    sheet = the_sheet(floor, me=floor.okafor)
    assert said(sheet, Topic.EXPECTED) == ["today 14:30, suit collection"]
    assert said(sheet, Topic.PROMISES) == ["yesterday: size 7 loafer (transfer, late, M. Silva)"]
    assert said(sheet, Topic.FITS) == ["Oxford: 10½ D, wide toe box"]
    assert said(sheet, Topic.NEVER_SAY) == ["patent (Men's Shoes)", "being rushed"]
    assert said(sheet, Topic.LIKES) == ["navy"]
    warned = [e.words for s in sheet.sections for e in s.entries if e.warns]
    assert warned == ["patent", "being rushed", "size 7 loafer"]


def test_last_purchases_and_how_they_turned_out(floor: Floor) -> None:
    now = floor.clock.now()
    many = [(floor.shoes, f"Pair {number}", 1000) for number in range(7)]
    ticket = bought(floor, now - timedelta(days=60), *many)
    bought(floor, now - timedelta(days=30), (floor.shoes, "Pair 2", -1000))
    floor.add(
        FollowUp(
            client_id=floor.daniel,
            associate_id=floor.okafor,
            purchase_id=ticket,
            channel="call",
            reason="How are the shoes?",
            due_on=now.date(),
            state="done",
            outcome="very happy",
            done_at=now - timedelta(days=20),
            created_at=now,
        )
    )
    assert said(the_sheet(floor), Topic.PURCHASES) == [
        "22 Oct: -€10.00, Pair 2 (Men's Shoes)",
        "22 Sep: €70.00, Pair 0, Pair 1, Pair 2, Pair 3, Pair 4, and 2 more"
        " · Pair 2 came back 22 Oct · 1 Nov: very happy (Men's Shoes)",
    ]


def test_a_client_known_by_purchases_only(floor: Floor) -> None:
    now = floor.clock.now()
    client = floor.add(Client(created_at=now, updated_at=now))
    floor.add(ClientReference(client_id=client, reference="900"))
    last = datetime(2017, 12, 31, 20, 12, tzinfo=UTC)
    bought(floor, last, (floor.suits, "", 20000), (floor.shoes, "", 100), who=client)
    bought(floor, last - timedelta(days=3), (floor.shoes, "", 200), who=client)
    sheet = the_sheet(floor, client)
    assert sheet.title == "Client 900"
    assert said(sheet, Topic.GLANCE) == [
        "Last in: 31 Dec 2017",
        "Tickets: 2",
        "Lines: 3",
        "Spent: €203.00",
        "Most lines in: Men's Shoes (2 of 3)",
    ]
    assert min(entry.weight for entry in sheet.section(Topic.GLANCE).entries) > 900  # type: ignore[union-attr]


def test_words_pass_through_the_translation(floor: Floor) -> None:
    found = floor.ask(brief, floor.daniel, now=floor.clock.now())
    sheet = brief_sheet(
        found,
        FORMATS,
        now=floor.clock.now(),
        say=lambda words: words if "{" in words else words.upper(),
    )
    assert sheet.sections[0].title == "DEPARTMENTS NOT VISITED YET"
