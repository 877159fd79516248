"""Does each e-mail arrive once, only where it is allowed, and does nothing get lost on the way?"""

from __future__ import annotations

import ssl
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import trustme

from clientele.domain.client import Channel, Purpose
from clientele.domain.contacting import MAYBE
from clientele.domain.rules.permission_answers import Quiet, Refused, SaidNo
from clientele.domain.rules.permission_texts import answer_of
from clientele.domain.rules.permission_words import NotToBeReached
from clientele.domain.rules.sending import MailMove, MailState, NotYet
from clientele.domain.tables import Client, Consent, ContactPoint, Message
from clientele.services.messages import CallOff, QueueMessage, Written, call_off, queue_message
from clientele.services.sending import DecideMail, NoLongerAsks, decide_mail
from clientele.services.undo import CannotUndo
from clientele.store.queries.permission import known
from tests.mail_server import PATIENCE, At, Does, MailServer, Trouble
from tests.services.floor import Floor
from tests.services.posting import TO, Office


@pytest.fixture
def server(ca: trustme.CA) -> Iterator[MailServer]:
    with MailServer(ca) as running:
        yield running


@pytest.fixture
def office(floor: Floor, server: MailServer, trust: ssl.SSLContext) -> Iterator[Office]:
    made = Office(floor, server, trust)
    made.set_account()
    yield made
    made.close()


def decide(office: Office, key: int, move: MailMove) -> None:
    office.floor.do(decide_mail, DecideMail(key, office.floor.okafor, move))


def test_what_is_queued_arrives_once_and_is_told_in_the_story(office: Office) -> None:
    key = office.queue("Your suit is ready, until six.\nMaud")
    sender = office.sender()
    assert not sender.round()
    assert not sender.round()
    assert office.times(key) == 1
    (taken,) = office.server.taken
    assert taken.text.rstrip() == "Your suit is ready, until six.\nMaud"
    assert taken.recipients == (TO,)
    assert taken.letter["From"] == "Herengracht <hello@store.example>"
    assert taken.letter["List-Unsubscribe"] is None
    message = office.message(key)
    (told,) = office.contacts()
    assert message.state == MailState.SENT
    assert message.contact_id == told.id
    assert (told.summary, told.purpose, told.channel) == (message.body, Purpose.SERVICE, "email")
    assert told.took_place_at == office.floor.clock.now()
    assert all(set(one.clients) <= {office.floor.daniel} for one in office.told)
    assert any("contact_made" in one.kinds for one in office.told), "pages hear of it"


def test_each_step_is_kept_before_what_follows_it(office: Office) -> None:
    key = office.queue()
    sender = office.sender()
    states: list[str] = []
    sender._told = lambda _: states.append(office.message(key).state)
    sender.round()
    assert states == [MailState.SENDING, MailState.DOT, MailState.SENT]


def test_the_book_is_free_while_the_server_thinks(office: Office) -> None:
    office.server.trouble = Trouble(At.DOT, Does.STAND_STILL)
    key = office.queue()
    sender = office.sender()
    sending = threading.Thread(target=sender.round)
    sending.start()
    assert office.server.reached.wait(PATIENCE)
    with pytest.raises(Exception, match="does not wait"):
        office.floor.do(call_off, CallOff(key, office.floor.okafor))
    with pytest.raises(NoLongerAsks):
        decide(office, key, MailMove.AGAIN)
    office.floor.add(ContactPoint(client_id=office.floor.daniel, kind="phone", value="1"))
    office.server.go_on()
    sending.join()
    assert (office.message(key).state, office.times(key)) == (MailState.SENT, 1)


def test_news_says_how_to_be_left_alone(office: Office) -> None:
    yes: dict[str, Any] = {"channel": "email", "purpose": Purpose.NEWS, "allowed": True}
    said_at = office.floor.clock.now()
    office.floor.add(Consent(client_id=office.floor.daniel, said_at=said_at, **yes))
    office.queue(purpose=Purpose.NEWS)
    office.sender().round()
    (taken,) = office.server.taken
    link = taken.letter["List-Unsubscribe"]
    assert link == "<mailto:hello@store.example?subject=Unsubscribe>"


# may it?


def kept(message: Message) -> Refused:
    """Why the client could not be written to, as it is kept for every language."""
    answer = answer_of(message.answer)
    assert answer is not None
    return answer


def test_quiet_hours_move_it_and_it_goes_when_they_are_over(office: Office) -> None:
    key = office.queue()
    office.waits(hours=12)  # ten in the evening
    sender = office.sender()
    assert sender.round()
    message = office.message(key)
    assert (message.state, message.why) == (MailState.QUEUED, NotYet.QUIET)
    assert message.not_before is not None
    assert message.not_before > office.floor.clock.now()
    assert [type(one) for one in kept(message).reasons] == [Quiet]
    assert kept(message).earliest == message.not_before
    assert office.server.commands == [], "nobody was asked for what may not be sent"
    office.waits(hours=40)
    office.floor.clock.advance(message.not_before - office.floor.clock.now())
    assert not sender.round()
    assert (office.message(key).state, office.times(key)) == (MailState.SENT, 1)


def test_a_no_that_came_meanwhile_holds_and_says_why(office: Office) -> None:
    key = office.queue()
    with office.floor.store.write() as session:
        made = Consent(
            client_id=office.floor.daniel,
            channel="",
            allowed=False,
            said_at=office.floor.clock.now(),
        )
        session.add(made)
    office.sender().round()
    message = office.message(key)
    assert (message.state, message.why) == (MailState.REFUSED, NotYet.NOT_ALLOWED)
    assert [type(one) for one in kept(message).reasons] == [SaidNo]
    assert message.ended_at is None, "no server sent it back"
    assert office.server.taken == []
    with pytest.raises(NotToBeReached):
        decide(office, key, MailMove.AGAIN)
    decide(office, key, MailMove.CALL_OFF)
    assert office.message(key).state == MailState.CALLED_OFF


def test_an_address_that_is_not_the_clients_any_more_gets_nothing(office: Office) -> None:
    key = office.queue()
    with office.floor.store.write() as session:
        for row in session.query(ContactPoint).all():
            row.value = row.normalised = "daniel@new.example"
    office.sender().round()
    message = office.message(key)
    assert (message.state, message.why) == (MailState.REFUSED, NotYet.NO_ADDRESS)
    assert office.server.taken == []


def test_what_was_called_off_or_erased_is_not_sent(office: Office) -> None:
    off, gone = office.queue(), office.queue("Another")
    office.floor.do(call_off, CallOff(off, office.floor.okafor))
    with office.floor.store.write() as session:
        session.delete(session.get(Message, gone))
    assert not office.sender().round()
    assert office.server.taken == []


def test_a_client_erased_while_it_is_sent_is_in_nobodys_way(office: Office) -> None:
    office.server.trouble = Trouble(At.DOT, Does.STAND_STILL)
    office.queue()
    sender = office.sender()
    sending = threading.Thread(target=sender.round)
    sending.start()
    assert office.server.reached.wait(PATIENCE)
    with office.floor.store.write() as session:
        session.delete(session.get(Client, office.floor.daniel))
    office.server.go_on()
    sending.join()
    assert office.contacts() == []
    assert not sender.round()


def test_a_message_cannot_be_undone_once_it_is_sent(office: Office) -> None:
    floor = office.floor
    written = Written(
        floor.daniel, floor.okafor, Channel.EMAIL, Purpose.SERVICE, TO, "Ready.", "Suit"
    )
    queued = office.floor.do(queue_message, QueueMessage(written))
    office.sender().round()
    with pytest.raises(CannotUndo):
        office.floor.undo(queued)
    assert len(office.contacts()) == 1


def test_for_a_moment_it_can_be_undone_and_then_it_goes(office: Office) -> None:
    floor = office.floor
    sender = office.sender()
    sender.grace = timedelta(seconds=10)
    written = Written(
        floor.daniel, floor.okafor, Channel.EMAIL, Purpose.SERVICE, TO, "Ready.", "Suit"
    )
    queued = floor.do(queue_message, QueueMessage(written))
    assert sender.round()
    floor.undo(queued)
    assert not sender.round()
    key = office.queue()
    office.waits(seconds=9)
    assert sender.round()
    assert office.server.commands == []
    office.waits(seconds=1)
    assert not sender.round()
    assert office.times(key) == 1


def test_saying_again_can_be_taken_back_only_until_it_goes_on(office: Office) -> None:
    office.server.trouble = Trouble(At.DOT, Does.DROP)
    key = office.queue()
    office.sender().round()
    again = office.floor.do(decide_mail, DecideMail(key, office.floor.okafor, MailMove.AGAIN))
    office.floor.undo(again)
    assert office.message(key).state == MailState.UNSURE
    again = office.floor.do(decide_mail, DecideMail(key, office.floor.okafor, MailMove.AGAIN))
    office.server.trouble = None
    office.senders[0].round()
    with pytest.raises(CannotUndo):
        office.floor.undo(again)
    assert (office.message(key).state, office.times(key)) == (MailState.SENT, 2)


# what nobody can know


@pytest.mark.parametrize("again", [False, True])
def test_called_off_it_goes_on_counting_since_it_may_have_arrived(
    office: Office, again: bool
) -> None:
    office.server.trouble = Trouble(At.DOT, Does.DROP)
    key = office.queue()
    office.sender().round()
    tried_at = office.message(key).ended_at
    if again:
        decide(office, key, MailMove.AGAIN)
    decide(office, key, MailMove.CALL_OFF)
    message = office.message(key)
    assert (message.state, message.why) == (MailState.CALLED_OFF, MAYBE)
    assert again or message.ended_at == tried_at
    known_now = office.floor.ask(known, [office.floor.daniel], now=office.floor.clock.now())
    assert len(known_now[office.floor.daniel].contacts) == 1


@pytest.mark.parametrize(("at", "arrived"), [(At.DOT, 1), (At.LOST_DOT, 0)])
def test_dropped_after_the_dot_it_is_unsure_and_never_repeated_by_itself(
    office: Office, at: At, arrived: int
) -> None:
    office.server.trouble = Trouble(at, Does.DROP)
    key = office.queue()
    sender = office.sender()
    sender.round()
    office.server.trouble = None
    for _ in range(5):
        office.waits(hours=7)
        sender.round()
    message = office.message(key)
    assert (message.state, office.times(key)) == (MailState.UNSURE, arrived)
    assert message.ended_at is not None
    assert office.contacts() == []
    decide(office, key, MailMove.ARRIVED)
    (told,) = office.contacts()
    assert told.took_place_at == message.ended_at, "it is told when it took place"
    assert office.message(key).state == MailState.SENT
    with pytest.raises(NoLongerAsks):
        decide(office, key, MailMove.ARRIVED)
    assert len(office.contacts()) == 1


def test_put_off_by_the_server_it_is_tried_again_with_waits(office: Office) -> None:
    office.server.trouble = Trouble(At.RCPT, Does.SAY, "451 4.7.1 Come again later")
    key = office.queue()
    sender = office.sender()
    assert sender.round()
    assert sender.round()
    message = office.message(key)
    assert (message.state, message.tries) == (MailState.LATER, 1)
    assert message.answer == "4.7.1 Come again later"
    office.server.trouble = None
    office.waits(seconds=59)
    assert sender.round()
    office.waits(seconds=1)
    assert not sender.round()
    assert office.times(key) == 1


def test_refused_for_good_it_asks_with_the_servers_words(office: Office) -> None:
    office.server.trouble = Trouble(At.RCPT, Does.SAY, "550 5.1.1 No such user")
    key, other = office.queue(), office.queue("Second")
    assert not office.sender().round()
    message = office.message(key)
    assert (message.state, message.answer) == (MailState.REFUSED, "5.1.1 No such user")
    assert message.ended_at == office.floor.clock.now()
    assert office.message(other).state == MailState.REFUSED, "each on its own"
    assert office.account().ending == "", "the account is not to blame"


def test_after_a_day_it_asks_whatever_the_account_says(office: Office) -> None:
    key = office.queue()
    office.set_account(password="wrong")
    sender = office.sender()
    sender.round()
    office.waits(hours=24, minutes=1)
    sender.round()
    message = office.message(key)
    assert (message.state, message.why) == (MailState.REFUSED, NotYet.TOO_LATE)
    office.set_account()
    decide(office, key, MailMove.AGAIN)
    sender.round()
    assert (office.message(key).state, office.times(key)) == (MailState.SENT, 1)


def test_one_written_on_friday_for_monday_is_not_too_late_then(office: Office) -> None:
    monday = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
    key = office.queue(not_before=monday)
    sender = office.sender()
    assert sender.round()
    office.floor.clock.advance(monday - office.floor.clock.now())
    assert not sender.round()
    assert office.times(key) == 1


def test_a_clock_that_is_set_back_holds_nothing_up_and_repeats_nothing(office: Office) -> None:
    first = office.queue()
    sender = office.sender()
    sender.round()
    office.server.trouble = Trouble(At.RCPT, Does.SAY, "451 4.7.1 Come again later")
    second = office.queue("Second")
    sender.round()
    office.server.trouble = None
    office.floor.clock.advance(-timedelta(days=30))
    assert not sender.round()
    assert (office.times(first), office.times(second)) == (1, 1)
