"""Is a mail account set by who may, its password kept in the keyring and nowhere else?"""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from dataclasses import fields
from datetime import timedelta

import pytest
import trustme

from clientele.domain.rules.sending import AccountTrouble, MailState
from clientele.domain.tables import MailAccount
from clientele.services.mail_accounts import (
    AccountUnfit,
    NoKeyring,
    NotYourAccount,
    PasswordAnew,
    Passwords,
    RemoveMailAccount,
    SetMailAccount,
    remove_mail_account,
)
from clientele.store.queries.mail_accounts import leaves_by, mail_account, may_set
from tests.mail_server import MailServer
from tests.services.floor import Floor
from tests.services.posting import Office

PASSWORD = "grüne Häuser 4711"


@pytest.fixture
def server(ca: trustme.CA) -> Iterator[MailServer]:
    with MailServer(ca, password=PASSWORD) as running:
        yield running


@pytest.fixture
def office(floor: Floor, server: MailServer, trust: ssl.SSLContext) -> Iterator[Office]:
    made = Office(floor, server, trust)
    yield made
    made.close()


def test_the_password_is_in_the_keyring_and_nowhere_in_the_book(office: Office) -> None:
    office.set_account()
    with office.floor.store.read() as session:
        dump = "\n".join(
            repr(tuple(row))
            for (name,) in session.connection()
            .exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'")
            .all()
            for row in session.connection().exec_driver_sql(f"SELECT * FROM [{name}]").all()
        )
        known = mail_account(session, None)
    assert "mail-" in dump
    for shape in (PASSWORD, PASSWORD.encode().hex(), "4711"):
        assert shape not in dump
    assert known is not None
    assert known.secret not in repr(known)
    assert office.passwords.read(known.secret) == PASSWORD
    assert not any("password" in one.name for one in fields(SetMailAccount))


def test_a_change_cannot_be_undone_to_a_password_that_is_gone(office: Office) -> None:
    office.set_account()
    known = office.account()
    changes = office.floor.do(remove_mail_account, RemoveMailAccount(office.floor.silva, None))
    assert changes.undo is None
    office.passwords.forget(known.secret)
    assert office.shelf.kept == {}
    office.passwords.forget(known.secret)


def test_ones_own_account_comes_before_the_stores(office: Office) -> None:
    floor = office.floor
    assert floor.ask(leaves_by, floor.okafor) is None
    office.set_account()
    office.set_account(by=floor.okafor, associate_id=floor.okafor, sender_address="r@own.example")
    assert floor.ask(leaves_by, floor.okafor).sender_address == "r@own.example"
    assert floor.ask(leaves_by, floor.silva).sender_address == "hello@store.example"
    floor.do(remove_mail_account, RemoveMailAccount(floor.okafor, floor.okafor))
    assert floor.ask(leaves_by, floor.okafor).sender_address == "hello@store.example"


def test_only_managers_set_the_stores_and_others(office: Office) -> None:
    floor = office.floor
    assert floor.ask(may_set, floor.okafor, floor.okafor)
    assert floor.ask(may_set, floor.silva, floor.okafor)
    for whose in (None, floor.silva):
        with pytest.raises(NotYourAccount):
            office.set_account(by=floor.okafor, associate_id=whose)
    office.set_account()
    with pytest.raises(NotYourAccount):
        floor.do(remove_mail_account, RemoveMailAccount(floor.okafor, None))
    floor.lets_go(floor.silva)
    assert not floor.ask(may_set, floor.silva, None)


@pytest.mark.parametrize(
    ("part", "said"),
    [
        ({"host": "mail server"}, "mail server"),
        ({"host": ""}, "no name of a server"),
        ({"port": 0}, "no port"),
        ({"user": "a\nb"}, "user name"),
        ({"sender_address": "hello"}, "“hello”"),
        ({"sender_name": "a\u2028b\x00"}, "to send from"),
        ({"reply_to": "no address"}, "for answers"),
    ],
)
def test_what_no_server_could_use_is_refused_with_its_name(
    office: Office, part: dict[str, object], said: str
) -> None:
    with pytest.raises(AccountUnfit) as refused:
        office.set_account(**part)
    assert said in refused.value.sentence
    assert "Nothing was saved" in refused.value.sentence
    assert office.floor.ask(mail_account, None) is None


def test_a_password_is_not_handed_to_another_server_unasked(office: Office) -> None:
    with pytest.raises(PasswordAnew):
        office.set_account(password="")
    office.set_account()
    office.set_account(password="", sender_name="Maison", host="LOCALHOST")
    assert office.account().sender_name == "Maison"
    assert office.account().secret, "it stays"
    for other in ({"host": "evil.example"}, {"user": "other"}, {"port": 25}):
        with pytest.raises(PasswordAnew):
            office.set_account(password="", **other)
    office.set_account(password="", user="", host="open.example")
    assert office.account().secret == "", "a server that asks for none is given none"


def test_a_keyring_that_is_missing_is_said_and_nothing_is_saved(office: Office) -> None:
    office.shelf.locked = True
    with pytest.raises(NoKeyring, match="keyring"):
        office.set_account()
    assert office.floor.ask(mail_account, None) is None


# using it


def test_a_wrong_password_is_said_once_and_not_tried_again(office: Office) -> None:
    office.set_account(password="wrong")
    keys = [office.queue("One"), office.queue("Two")]
    sender = office.sender()
    for _ in range(3):
        assert sender.round()
        office.waits(hours=3)
    assert sum(one.startswith("AUTH") for one in office.server.commands) == 1
    known = office.floor.ask(mail_account, None)
    assert "does not accept this user name and password" in known.in_the_way.sentence
    assert known.pause.asks
    assert [office.message(key).state for key in keys] == [MailState.QUEUED] * 2
    office.set_account()
    assert not sender.round()
    assert [office.times(key) for key in keys] == [1, 1]
    assert office.floor.ask(mail_account, None).in_the_way is None


def test_without_a_network_it_is_tried_again_by_itself(office: Office) -> None:
    port, office.server.port = office.server.port, 1
    office.set_account()
    key = office.queue()
    sender = office.sender()
    assert sender.round()
    known = office.floor.ask(mail_account, None)
    assert "cannot be reached" in known.in_the_way.sentence
    assert "nothing is lost" in known.in_the_way.sentence
    assert known.pause.next_at == office.floor.clock.now() + timedelta(minutes=1)
    with office.floor.store.write() as session:
        session.query(MailAccount).one().port = port
    assert sender.round()
    office.waits(minutes=1)
    assert not sender.round()
    assert office.times(key) == 1


def test_a_locked_keyring_holds_it_up_and_loses_nothing(office: Office) -> None:
    office.set_account()
    key = office.queue()
    office.shelf.locked = True
    sender = office.sender()
    assert sender.round()
    known = office.floor.ask(mail_account, None)
    assert "unlock the keyring" in known.in_the_way.sentence
    assert not known.pause.asks
    office.shelf.locked = False
    office.waits(minutes=1)
    assert not sender.round()
    assert office.times(key) == 1


def test_a_password_that_is_not_here_is_asked_for(office: Office) -> None:
    """As on another terminal, or after the keyring was emptied."""
    office.set_account()
    key = office.queue()
    office.shelf.kept.clear()
    sender = office.sender()
    sender.round()
    office.waits(hours=9)
    sender.round()
    known = office.floor.ask(mail_account, None)
    assert "is not in the keyring" in known.in_the_way.sentence
    assert known.pause.asks
    assert office.message(key).state == MailState.QUEUED
    assert office.server.commands == []


def test_what_came_of_an_account_that_was_changed_meanwhile_is_forgotten(office: Office) -> None:
    office.set_account(password="wrong")
    office.queue()
    sender = office.sender()

    def meanwhile(_: object) -> None:
        sender._told = lambda _: None
        office.waits(seconds=1)
        office.set_account()

    sender._told = meanwhile
    sender.round()
    assert office.account().ending == "", "the new password was not tried yet"
    assert not sender.round()
    assert len(office.contacts()) == 1


def test_a_password_never_goes_to_a_server_that_was_named_meanwhile(office: Office) -> None:
    office.set_account()
    key = office.queue()
    known = office.passwords

    class Slow(Passwords):
        def read(self, secret: str) -> str | AccountTrouble:
            found = known.read(secret)
            office.waits(seconds=1)
            office.set_account(host="elsewhere.example")
            return found

    office.passwords = Slow()
    sender = office.sender()
    office.passwords = known
    assert sender.round()
    assert office.message(key).state == MailState.QUEUED, "it is not begun with the old password"
    assert office.server.commands == []


def test_without_an_account_it_waits(office: Office) -> None:
    office.set_account()
    key = office.queue()
    office.floor.do(remove_mail_account, RemoveMailAccount(office.floor.silva, None))
    sender = office.sender()
    assert sender.round()
    assert office.message(key).state == MailState.QUEUED
