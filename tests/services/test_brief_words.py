"""A brief in words: the facts that an associate must have, right and in order of weight."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from clientele.domain.client import Channel
from clientele.domain.tables import (
    Absence,
    Appointment,
    BookMembership,
    Client,
    ClientReference,
    FollowUp,
    HandOff,
    HouseholdMember,
    LineReturn,
    MadeRight,
    MadeRightStep,
    Note,
    Occasion,
    PartPayment,
    Promise,
    Visit,
    VisitCompanion,
)
from clientele.services.brief_choice import BriefSheet, Topic
from clientele.services.brief_words import brief_sheet
from clientele.services.clients import NewClient, new_client
from clientele.services.consents import SayConsent, say_consent
from clientele.services.rows import the
from clientele.store.queries.brief import brief
from clientele.system.formats import Formats
from tests.services.floor import Floor
from tests.store.queries.test_visit import bought, prefers, size

FORMATS = Formats("en", "Europe/Amsterdam")


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


def note(floor: Floor, body: str, days: int, **marks: bool) -> int:
    return floor.add(
        Note(
            client_id=floor.daniel,
            associate_id=floor.okafor,
            body=body,
            written_at=floor.clock.now() - timedelta(days=days),
            **marks,
        )
    )


def promise(floor: Floor, what: str, days: int, **fields: Any) -> int:
    now = floor.clock.now()
    whole = {"kind": "alteration", "associate_id": floor.silva, "last_word_at": now, **fields}
    due = now.date() + timedelta(days=days)
    return floor.add(
        Promise(client_id=floor.daniel, what=what, due_on=due, promised_at=now, **whole)
    )


def first(floor: Floor, me: int | None = None) -> str:
    (only,) = said(the_sheet(floor, me=me), Topic.SAY_FIRST)
    return only


def test_what_is_owed_is_said_before_all_else(floor: Floor) -> None:
    """Each line outweighs those before it, and says where it comes from."""
    now = floor.clock.now()
    note(floor, "Likes emerald", 1)
    assert first(floor, floor.okafor) == "Likes emerald (from your note of 20 Nov)"
    floor.add(Occasion(client_id=floor.daniel, kind="wedding", month=12, day=5))
    assert first(floor) == "Ask about the wedding. (the wedding is on 5 Dec)"
    note(floor, "How was Italy?", 70, say_first=True)
    assert first(floor) == "How was Italy? (from R. Okafor's note of 12 Sep)"
    promise(floor, "hem of the suit", 0, state="ready")
    assert first(floor) == "Hem of the suit: ready to collect. (promised for today by M. Silva)"
    promise(floor, "jacket sleeves", -1)
    assert first(floor, floor.silva) == (
        "Jacket sleeves: late. Say so before they ask. (promised for yesterday by you)"
    )
    problem = floor.add(
        MadeRight(
            client_id=floor.daniel,
            associate_id=floor.silva,
            goods="winter tyres",
            problem="the wrong size",
            opened_at=now,
        )
    )
    assert first(floor) == (
        "Winter tyres: not made right yet. Say what you do about it. (heard on 21 Nov)"
    )
    floor.add(
        MadeRightStep(made_right_id=problem, what="cash back", associate_id=floor.silva, at=now)
    )
    with floor.store.write() as session:
        the(session, MadeRight, problem).state = "decided"
    assert first(floor) == (
        "Ask whether it is truly solved: winter tyres. "
        "(made right by M. Silva on 21 Nov, not confirmed yet)"
    )
    assert said(the_sheet(floor), Topic.PROBLEMS) == [
        "21 Nov: winter tyres: the wrong size (cash back on 21 Nov, not confirmed yet, M. Silva)"
    ]


def test_a_marked_note_is_said_once(floor: Floor) -> None:
    note(floor, "How was Italy?", 70, say_first=True)
    note(floor, "Wants a coat", 3)
    assert first(floor).startswith("How was Italy?")
    bought(floor, floor.clock.now() - timedelta(days=20), (floor.suits, "Tie", 5000))
    assert first(floor).startswith("Wants a coat")


def test_never_say_is_what_is_sensitive_and_then_what_they_avoid(floor: Floor) -> None:
    note(floor, "His mother died in May. He does not speak of it.", 60, sensitive=True)
    prefers(floor, "avoid", "patent", floor.shoes)
    sheet = the_sheet(floor, me=floor.okafor)
    assert said(sheet, Topic.NEVER_SAY) == [
        "His mother died in May. (from your note of 22 Sep)",
        "patent (Men's Shoes)",
    ]
    assert (said(sheet, Topic.SAY_FIRST), said(sheet, Topic.NOTES)) == ([], [])
    least = min(e.weight for s in sheet.sections if s.topic is Topic.NEVER_SAY for e in s.entries)
    others = (s for s in sheet.sections if s.topic is not Topic.NEVER_SAY)
    assert least > max(entry.weight for section in others for entry in section.entries)


def test_a_promise_with_its_step_and_tag(floor: Floor) -> None:
    promise(floor, "trousers hemmed", 2, step="sent", tag="A-2291", associate_id=floor.okafor)
    assert said(the_sheet(floor, me=floor.okafor), Topic.PROMISES) == [
        "Mon: trousers hemmed (alteration, sent, tag A-2291)"
    ]


def test_money_that_waits_and_who_comes_along(floor: Floor) -> None:
    now = floor.clock.now()
    for amount, rung in ((20000, None), (100, bought(floor, now, (floor.suits, "Suit", 1)))):
        floor.add(
            PartPayment(
                client_id=floor.daniel,
                what="navy suit",
                receipt="B-17",
                amount=amount,
                currency="EUR",
                paid_at=now - timedelta(days=3),
                purchase_id=rung,
            )
        )
    mai = floor.add(HouseholdMember(client_id=floor.daniel, name="Mai", relation="wife"))
    for number in range(2):
        visit = floor.add(
            Visit(
                client_id=floor.daniel,
                associate_id=floor.okafor,
                arrived_at=now - timedelta(days=5 + number),
                left_at=now - timedelta(days=4),
            )
        )
        floor.add(VisitCompanion(visit_id=visit, household_member_id=mai))
        if number:
            floor.add(VisitCompanion(visit_id=visit, name="his brother"))
    sheet = the_sheet(floor)
    assert said(sheet, Topic.PAID_AHEAD) == ["18 Nov: €200.00, navy suit (receipt B-17)"]
    assert said(sheet, Topic.COMES_WITH) == ["Mai, wife", "his brother"]


def test_in_whose_hands_they_are(floor: Floor) -> None:
    now, today = floor.clock.now(), floor.clock.now().date()
    hand: dict[str, Any] = {"client_id": floor.daniel, "offered_at": now - timedelta(days=2)}
    floor.add(
        HandOff(
            **hand,
            from_id=floor.okafor,
            to_id=floor.silva,
            department_id=floor.shoes,
            state="accepted",
            until_on=today + timedelta(days=6),
            note="boots for the winter",
            client_told=True,
        )
    )
    floor.add(HandOff(**hand, from_id=floor.okafor, to_id=floor.silva, state="offered"))
    floor.add(HandOff(**hand, from_id=floor.okafor, to_id=floor.silva, state="declined"))
    over = today - timedelta(days=1)
    floor.add(
        HandOff(**hand, from_id=floor.okafor, to_id=floor.silva, state="accepted", until_on=over)
    )
    assert said(the_sheet(floor, me=floor.okafor), Topic.WHOSE) == [
        "All departments: with you, offered to M. Silva "
        "(not accepted yet, the client was not told yet)",
        "Men's Shoes: with M. Silva, until Fri · boots for the winter "
        "(handed over by you on 19 Nov)",
    ]


def test_who_covers_and_who_knows_them(floor: Floor) -> None:
    now, today = floor.clock.now(), floor.clock.now().date()
    book: dict[str, Any] = {"client_id": floor.daniel, "since": now - timedelta(days=400)}
    floor.add(BookMembership(**book, associate_id=floor.okafor))
    shoes: dict[str, Any] = {"department_id": floor.shoes, "role": "department"}
    floor.add(BookMembership(**book, **shoes, associate_id=floor.silva))
    floor.add(
        Absence(
            associate_id=floor.okafor,
            cover_id=floor.silva,
            away_from=today,
            back_on=today + timedelta(days=3),
            created_at=now,
        )
    )
    sheet = the_sheet(floor, me=floor.silva)
    assert said(sheet, Topic.WHOSE) == ["Covered by: you, until R. Okafor is back, Tue"]
    assert said(sheet, Topic.KNOWN_TO) == ["you (Men's Shoes)"]


def test_why_it_came_back(floor: Floor) -> None:
    now = floor.clock.now()
    bought(floor, now - timedelta(days=60), (floor.shoes, "Oxford", 28500))
    ticket = bought(floor, now - timedelta(days=30), (floor.shoes, "Oxford", -28500))
    floor.add(LineReturn(sold_line_id=1, return_line_id=2, why="pinched at the toe"))
    assert ticket == 2
    assert said(the_sheet(floor), Topic.PURCHASES)[1] == (
        "22 Sep: €285.00, Oxford · Oxford came back 22 Oct: pinched at the toe (Men's Shoes)"
    )
