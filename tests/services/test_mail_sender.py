"""Does one program alone send the e-mails of a book, and does it leave them in a true state?"""

from __future__ import annotations

import ssl
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import trustme

from clientele.domain.rules.sending import AccountTrouble, MailState
from clientele.domain.tables import Message
from clientele.services.mail_accounts import Passwords
from clientele.store.session import open_store
from tests.conftest import DATA_KEY
from tests.mail_server import PATIENCE, At, Certificate, Does, MailServer, Trouble
from tests.services.floor import Floor
from tests.services.posting import Office


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


# who else sends


def test_two_programs_on_one_book_send_nothing_twice(office: Office, tmp_path: Path) -> None:
    keys = [office.queue(f"Message {number}", **office.another()) for number in range(4)]
    other = open_store(office.floor.store.path, DATA_KEY)
    senders = [office.sender(), office.sender(other)]
    threads = [threading.Thread(target=one.round) for one in senders]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    senders[1].round()
    assert [office.times(key) for key in keys] == [1, 1, 1, 1]
    senders[0].stop()
    senders[0].leave()
    last = office.queue("Last")
    senders[1].round()
    assert office.times(last) == 1, "the other takes over"
    other.close()


def test_another_leaves_alone_what_this_one_is_sending(office: Office) -> None:
    office.server.trouble = Trouble(At.DOT, Does.STAND_STILL)
    key = office.queue()
    sending = threading.Thread(target=office.sender().round)
    sending.start()
    assert office.server.reached.wait(PATIENCE)
    other = office.sender()
    assert other.round()
    assert office.message(key).state == MailState.DOT
    office.server.go_on()
    sending.join()
    assert (office.message(key).state, office.times(key)) == (MailState.SENT, 1)


@pytest.mark.parametrize(
    ("at", "state", "arrived"),
    [
        (At.GREETING, MailState.QUEUED, 0),
        (At.AUTH, MailState.QUEUED, 0),
        (At.DATA, MailState.QUEUED, 0),
        (At.DOT, MailState.UNSURE, 1),
    ],
)
def test_closing_the_program_waits_for_no_server(
    office: Office, at: At, state: MailState, arrived: int
) -> None:
    office.server.trouble = Trouble(at, Does.STAND_STILL)
    key = office.queue()
    sender = office.sender()
    sending = threading.Thread(target=sender.round)
    sending.start()
    assert office.server.reached.wait(PATIENCE)
    sender.stop()
    sending.join(PATIENCE)
    assert not sending.is_alive()
    assert office.message(key).state == state
    assert office.account().ending == "", "it was us who hung up"
    assert office.server.taken == [] or arrived
    sender.leave()
    assert sender.round(), "nothing more is begun"


def test_a_password_that_is_waited_for_holds_up_no_other_account(office: Office) -> None:
    office.set_account(by=office.floor.okafor, associate_id=office.floor.okafor)
    theirs, known = office.own_account(office.floor.okafor).secret, office.passwords
    owner_is_back = threading.Event()

    class AtLunch(Passwords):
        def read(self, secret: str) -> str | AccountTrouble:
            if secret == theirs:
                assert owner_is_back.wait(PATIENCE)
            return known.read(secret)

    office.passwords = AtLunch()
    ada = office.another()["client_id"]
    waits, goes = office.queue(), office.queue(client_id=ada, by=office.floor.silva)
    sender = office.sender(moment=3.0)
    assert sender.round()
    assert office.message(waits).state == MailState.QUEUED
    assert office.message(goes).state == MailState.SENT
    assert office.own_account(office.floor.okafor).ending == "", "nothing is wrong with it yet"
    assert sender.round(), "it is not asked a second time, nor waited for"
    owner_is_back.set()
    for one in threading.enumerate():
        if one.name == "password":
            one.join(PATIENCE)
    assert not sender.round()
    assert office.message(waits).state == MailState.SENT


def test_closing_the_program_waits_for_no_keyring(office: Office) -> None:
    office.shelf.asks_for.add(office.account().secret)
    key = office.queue()
    sender = office.sender()
    sending = threading.Thread(target=sender.round)
    sending.start()
    assert office.shelf.asked.wait(PATIENCE)
    sender.stop()
    sending.join(PATIENCE / 4)
    assert not sending.is_alive()
    office.shelf.owner_is_back.set()
    assert office.message(key).state == MailState.QUEUED


def test_nothing_is_written_to_a_book_that_was_left(office: Office) -> None:
    office.server.trouble = Trouble(At.DATA, Does.STAND_STILL)
    key = office.queue()
    sender = office.sender()
    sending = threading.Thread(target=sender.round)
    sending.start()
    assert office.server.reached.wait(PATIENCE)
    sender.leave()
    office.server.go_on()
    sending.join(PATIENCE)
    assert office.message(key).state == MailState.SENDING
    assert office.server.taken == [], "and so the dot was not sent"


def test_what_a_killed_program_left_is_found_by_the_next(office: Office) -> None:
    keys = [office.queue("One"), office.queue("Two")]
    with office.floor.store.write() as session:
        session.get_one(Message, keys[0]).state = MailState.DOT
        session.get_one(Message, keys[1]).state = MailState.SENDING
    sender = office.sender()
    assert not sender.round()
    assert [office.message(key).state for key in keys] == [MailState.UNSURE, MailState.SENT]
    assert [office.times(key) for key in keys] == [0, 1]


# the account


@pytest.mark.parametrize("certificate", [Certificate.EXPIRED, Certificate.UNKNOWN_ISSUER])
def test_a_bad_certificate_pauses_the_account_and_loses_nothing(
    floor: Floor, ca: trustme.CA, trust: ssl.SSLContext, certificate: Certificate
) -> None:
    with MailServer(ca, certificate=certificate) as server:
        office = Office(floor, server, trust)
        office.set_account()
        keys = [office.queue("One"), office.queue("Two")]
        assert office.sender().round()
        office.close()
        assert server.commands.count("EHLO [127.0.0.1]") == 1, "tried once, not for each letter"
    account = office.account()
    assert (account.ending, account.why) == ("bad certificate", str(certificate))
    assert [office.message(key).state for key in keys] == [MailState.QUEUED] * 2
