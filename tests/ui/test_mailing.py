"""Does the window send, say what is in the way, and let a person decide, with clicks and keys?"""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from datetime import timedelta

import pytest
import trustme
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from clientele.domain.rules.sending import MailState
from clientele.domain.tables import Client
from clientele.services.rows import new_id
from clientele.store.queries.mail_accounts import mail_account
from clientele.store.session import Store
from clientele.system.clock import FixedClock
from clientele.ui import actions
from clientele.ui.desk import Desk
from clientele.ui.dialogs.mail_account import MailAccountSheet
from clientele.ui.dialogs.outbox import OutboxSheet
from clientele.ui.mailing import Mailing
from clientele.ui.main_window import MainWindow
from clientele.ui.models.outbox_rows import AGAIN, ARRIVED, CALL_OFF
from clientele.ui.pages.today import TodayPage
from tests.mail_server import PATIENCE, At, Does, MailServer, Trouble
from tests.services.floor import Floor
from tests.services.posting import Office
from tests.ui.at_work import click_row, press, settle, sheet, write
from tests.ui.conftest import Team

SENT, UNSURE, QUEUED = MailState.SENT, MailState.UNSURE, MailState.QUEUED


@pytest.fixture
def server(ca: trustme.CA) -> Iterator[MailServer]:
    with MailServer(ca) as running:
        yield running


@pytest.fixture
def office(
    store: Store, clock: FixedClock, team: Team, server: MailServer, trust: ssl.SSLContext
) -> Iterator[Office]:
    with store.write() as session:
        now = clock.now()
        daniel = new_id(
            session,
            Client(given_name="Daniel", family_name="Tran", sort_name="tran daniel",
                   created_at=now, updated_at=now),
        )  # fmt: skip
    floor = Floor(store, clock, team.okafor.id, team.sato.id, 1, 2, 2, daniel)
    made = Office(floor, server, trust)
    made.set_account()
    yield made
    made.close()


@pytest.fixture
def mailing(
    desk: Desk, window: MainWindow, store: Store, clock: FixedClock, office: Office
) -> Iterator[Mailing]:
    made = Mailing(desk, window, store, clock, office.passwords, office.trust)
    made.sending.postman.grace = timedelta()
    yield made
    made.stop()


def until(office: Office, key: int, state: MailState, qtbot: QtBot) -> None:
    """What is queued by a verb of the tests is told to the thread as by the desk."""
    qtbot.waitUntil(lambda: office.message(key).state == state, timeout=int(PATIENCE * 1000))


def opened(desk: Desk, mailing: Mailing, qtbot: QtBot) -> OutboxSheet:
    mailing.outbox()
    settle(desk, qtbot)
    return sheet(mailing._window, OutboxSheet)


def press_button(within: MailAccountSheet, words: str) -> None:
    (found,) = (one for one in within.findChildren(QPushButton) if one.text() == words)
    found.click()


def test_what_is_queued_leaves_while_one_works_and_pages_hear_of_it(
    office: Office, mailing: Mailing, desk: Desk, qtbot: QtBot
) -> None:
    heard: list[frozenset[str]] = []
    desk.changed.connect(lambda changes: heard.append(changes.kinds))
    key = office.queue()
    mailing.sending.start()
    until(office, key, SENT, qtbot)
    qtbot.waitUntil(lambda: any("contact_made" in kinds for kinds in heard))
    second = office.queue("Second")
    desk.changed.emit(office.told[-1] if office.told else _changed(key))
    until(office, second, SENT, qtbot)
    assert (office.times(key), office.times(second)) == (1, 1)


def _changed(key: int) -> object:
    from clientele.services.changes import Changes

    return Changes({"message": frozenset({key})})


def test_locked_it_goes_on_and_shows_nothing(
    office: Office, mailing: Mailing, window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    office.server.trouble = Trouble(At.DOT, Does.DROP)
    key = office.queue()
    window.lock()
    with qtbot.waitSignal(desk.refused):
        mailing.sending.start()
    until(office, key, UNSURE, qtbot)
    assert window.is_locked
    assert not window.toast.isVisible()


def test_closing_hangs_up_and_leaves_the_letter_as_it_is(
    office: Office, mailing: Mailing, qtbot: QtBot
) -> None:
    office.server.trouble = Trouble(At.DATA, Does.STAND_STILL)
    key = office.queue()
    mailing.sending.start()
    assert office.server.reached.wait(PATIENCE)
    mailing.stop()
    assert office.message(key).state == QUEUED
    mailing.stop()


def test_the_outbox_asks_about_the_unsure_one_and_a_click_says_that_it_arrived(
    office: Office, mailing: Mailing, desk: Desk, qtbot: QtBot
) -> None:
    office.server.trouble = Trouble(At.DOT, Does.DROP)
    key = office.queue()
    mailing.sending.start()
    until(office, key, UNSURE, qtbot)
    box = opened(desk, mailing, qtbot)
    (row,) = box.list.rows()
    assert row.title == "Daniel Tran"
    assert "It may have arrived or not" in row.body
    assert [one.name for one in row.actions] == [ARRIVED, AGAIN, CALL_OFF]
    click_row(box.list, key, ARRIVED)
    settle(desk, qtbot)
    assert office.message(key).state == SENT
    assert len(office.contacts()) == 1
    assert box.list.rows() == []
    assert box.empty.isVisible()
    assert office.times(key) == 1


def test_the_keys_of_the_outbox_send_again_and_call_off_and_both_can_be_undone(
    office: Office, mailing: Mailing, desk: Desk, qtbot: QtBot
) -> None:
    office.server.trouble = Trouble(At.RCPT, Does.SAY, "550 5.1.1 No such user")
    key = office.queue()
    mailing.sending.start()
    until(office, key, MailState.REFUSED, qtbot)
    box = opened(desk, mailing, qtbot)
    assert "The server says: “5.1.1 No such user”" in box.list.rows()[0].body
    press(Qt.Key.Key_X)
    settle(desk, qtbot)
    assert office.message(key).state == MailState.CALLED_OFF
    desk.undo()
    settle(desk, qtbot)
    assert office.message(key).state == MailState.REFUSED
    office.server.trouble = None
    box.list.set_current(key)
    box.list.setFocus()
    press(Qt.Key.Key_S)
    until(office, key, SENT, qtbot)
    settle(desk, qtbot)
    assert office.times(key) == 1


def test_what_waits_can_be_called_off_and_says_when_it_goes(
    office: Office, mailing: Mailing, desk: Desk, clock: FixedClock, qtbot: QtBot
) -> None:
    key = office.queue(not_before=clock.now().replace(day=23))
    box = opened(desk, mailing, qtbot)
    (row,) = box.list.rows()
    assert "It goes out on Mon 23 Nov at 10:00" in row.body
    click_row(box.list, key, CALL_OFF)
    settle(desk, qtbot)
    assert office.message(key).state == MailState.CALLED_OFF


def test_today_says_in_one_line_what_needs_a_person_and_leads_there(
    office: Office, mailing: Mailing, desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    today = TodayPage(desk)
    today.cover.outbox_wanted.connect(mailing.outbox)
    window.add_page(today, actions.TODAY)
    window.show_page(today)
    office.set_account(password="wrong")
    office.queue()
    mailing.sending.start()
    qtbot.waitUntil(lambda: any("does not accept" in one for one in today.cover.sentences))
    (words,) = today.cover.sentences
    assert "every e-mail waits" in words
    (button,) = (one for one in today.cover.findChildren(QPushButton) if one.text() == "Outbox")
    button.click()
    settle(desk, qtbot)
    box = sheet(window, OutboxSheet)
    assert box.trouble.isVisible()
    assert "It waits until the mail account can be used again" in box.list.rows()[0].body
    office.set_account()
    desk.changed.emit(_account_changed())
    qtbot.waitUntil(lambda: len(office.contacts()) == 1)
    qtbot.waitUntil(lambda: today.cover.sentences == ())


def _account_changed() -> object:
    from clientele.services.changes import Changes

    return Changes({"mail_account": frozenset({1})})


# the account


def account_sheet(mailing: Mailing, desk: Desk, qtbot: QtBot) -> MailAccountSheet:
    mailing.account()
    settle(desk, qtbot)
    return sheet(mailing._window, MailAccountSheet)


def fill(form: MailAccountSheet, office: Office, password: str) -> None:
    for field, words in (
        (form.address, "ruth@store.example"),
        (form.name, "Ruth Okafor"),
        (form.host, "localhost"),
        (form.user, office.server.user),
        (form.password, password),
        (form.port, str(office.server.port)),
    ):
        field.setFocus()
        field.selectAll()
        write(words)
    form.security.choose("starttls")


def test_an_associate_sets_their_own_account_and_the_password_goes_to_the_keyring(
    office: Office, mailing: Mailing, desk: Desk, team: Team, qtbot: QtBot
) -> None:
    form = account_sheet(mailing, desk, qtbot)
    assert not form.whose.isVisible(), "the store's is the managers'"
    assert form.password.echoMode() is form.password.EchoMode.Password
    fill(form, office, office.server.password)
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: office.floor.ask(mail_account, team.okafor.id) is not None)
    known = office.floor.ask(mail_account, team.okafor.id)
    assert known.sender_address == "ruth@store.example"
    assert office.passwords.read(known.secret) == office.server.password
    key = office.queue()
    mailing.sending.start()
    until(office, key, SENT, qtbot)
    assert office.server.taken[0].sender == "ruth@store.example"


def test_trying_it_says_what_is_wrong_and_that_it_works(
    office: Office, mailing: Mailing, desk: Desk, qtbot: QtBot
) -> None:
    form = account_sheet(mailing, desk, qtbot)
    fill(form, office, "wrong")
    press_button(form, "Try it")
    qtbot.waitUntil(lambda: "does not accept" in form.banner.sentence.text())
    form.password.setText(office.server.password)
    press_button(form, "Try it")
    qtbot.waitUntil(lambda: "It works" in form.banner.sentence.text())
    assert office.server.taken == []
    assert office.floor.ask(mail_account, desk.me.id) is None, "nothing was saved by trying"


def test_a_locked_keyring_keeps_the_form_as_it_is(
    office: Office, mailing: Mailing, desk: Desk, qtbot: QtBot
) -> None:
    form = account_sheet(mailing, desk, qtbot)
    fill(form, office, office.server.password)
    office.shelf.locked = True
    press_button(form, "Save")
    qtbot.waitUntil(lambda: "no keyring" in form.banner.sentence.text())
    assert form.isVisible()
    assert form.host.value == "localhost"
    assert office.floor.ask(mail_account, desk.me.id) is None
    office.shelf.locked = False
    press_button(form, "Save")
    qtbot.waitUntil(lambda: office.floor.ask(mail_account, desk.me.id) is not None)


def test_removing_it_forgets_the_password(
    office: Office, mailing: Mailing, desk: Desk, qtbot: QtBot
) -> None:
    secret = office.passwords.keep("my own")
    me = desk.me.id
    office.set_account(by=me, associate_id=me, secret=secret)
    form = account_sheet(mailing, desk, qtbot)
    assert form.password.value == ""
    press_button(form, "Remove")
    qtbot.waitUntil(lambda: office.floor.ask(mail_account, me) is None)
    qtbot.waitUntil(lambda: all(name != secret for _, name in office.shelf.kept))
