"""Does the desktop show, replace, take back and answer, on a real bus with a strict server?"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import QSystemTrayIcon
from pytestqt.qtbot import QtBot

from clientele.ui.notice import Notice
from clientele.ui.notifying import ByTray, Notifier

if sys.platform != "linux" or not shutil.which("dbus-daemon"):
    pytest.skip("dbus-daemon is not installed", allow_module_level=True)

from clientele.ui.notifying_by_bus import PORTAL, SERVER
from tests.ui.a_bus import a_bus
from tests.ui.a_desktop import Service

DUE = Notice("follow-up:7", "1 follow-up is due", "Call about the <navy> suit & tie", "Open")
LATER = Notice("follow-up:7", "2 follow-ups are due", open_label="Open", urgent=True)
OTHER = Notice("appointment:9", "An appointment in 15 minutes")
SERVER_ID, URGENCY = 1, "urgency"


@pytest.fixture
def bus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A bus that is the session's."""
    folder = Path(os.environ["XDG_RUNTIME_DIR"]) / tmp_path.name[-12:]
    folder.mkdir(parents=True)
    with a_bus(folder) as address:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        yield address


@pytest.fixture
def server(bus: str) -> Iterator[Service]:
    """A notification server that reads markup, as GNOME's and KDE's do."""
    with Service(bus, SERVER, capabilities=("body", "body-markup", "actions")) as made:
        yield made


@pytest.fixture
def notifier(qtbot: QtBot, bus: str) -> Iterator[Notifier]:
    made = Notifier(QIcon())
    yield made
    made.close()
    made.deleteLater()


def test_a_notice_is_shown_as_the_specification_says(
    server: Service, notifier: Notifier, qtbot: QtBot
) -> None:
    notifier.show(DUE)
    qtbot.waitUntil(lambda: bool(server.named("Notify")))
    name, replaces, icon, title, body, actions, hints, seconds = server.named("Notify")[0]
    assert (name, replaces, icon, title) == ("Clientele", 0, "clientele", "1 follow-up is due")
    assert body == "Call about the &lt;navy&gt; suit &amp; tie"
    assert (actions, seconds) == (["default", "Open"], -1)
    assert hints == {"desktop-entry": ("s", "clientele"), "urgency": ("y", 1)}


def test_a_server_that_reads_no_markup_gets_the_words_as_they_are(
    bus: str, notifier: Notifier, qtbot: QtBot
) -> None:
    with Service(bus, SERVER, capabilities=("body",)) as plain:
        notifier.show(DUE)
        qtbot.waitUntil(lambda: bool(plain.named("Notify")))
        assert plain.named("Notify")[0][4] == DUE.body


def test_the_same_key_replaces_also_while_the_first_is_in_hand(
    server: Service, notifier: Notifier, qtbot: QtBot
) -> None:
    server.held.clear()
    notifier.show(DUE)
    qtbot.waitUntil(lambda: len(server.named("Notify")) == 1)
    notifier.show(OTHER)
    notifier.show(DUE)
    notifier.show(LATER)
    server.held.set()
    qtbot.waitUntil(lambda: len(server.named("Notify")) == 3)
    first, other, later = sorted(server.named("Notify"), key=lambda body: body[3])
    assert [first[1], other[1], later[1]] == [0, SERVER_ID, 0]
    assert [first[3], other[3], later[3]] == [DUE.title, LATER.title, OTHER.title]
    assert other[6][URGENCY] == ("y", 2)


def test_a_click_brings_its_key_and_the_leave_to_rise(
    server: Service, notifier: Notifier, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_ACTIVATION_TOKEN", "")
    notifier.show(DUE)
    notifier.show(OTHER)
    qtbot.waitUntil(lambda: len(server.named("Notify")) == 2)
    notifier.show(OTHER)  # answered only once the first answers were read
    qtbot.waitUntil(lambda: len(server.named("Notify")) == 3)
    with qtbot.waitSignal(notifier.clicked) as heard:
        server.signal("ActionInvoked", "us", 77, "default")  # another program's
        server.signal("ActionInvoked", "us", 1, "another action")
        server.signal("ActivationToken", "us", 2, "a token")
        server.signal("ActionInvoked", "us", 2, "default")
    assert heard.args == [OTHER.key]
    assert os.environ["XDG_ACTIVATION_TOKEN"] == "a token"


def test_what_is_withdrawn_is_closed_also_while_it_is_in_hand(
    server: Service, notifier: Notifier, qtbot: QtBot
) -> None:
    server.held.clear()
    notifier.show(DUE)
    qtbot.waitUntil(lambda: len(server.named("Notify")) == 1)
    notifier.withdraw(DUE.key)
    notifier.withdraw("never shown")
    server.held.set()
    qtbot.waitUntil(lambda: server.named("CloseNotification") == [(1,)])
    notifier.show(OTHER)
    qtbot.waitUntil(lambda: len(server.named("Notify")) == 2)
    notifier.show(OTHER)
    qtbot.waitUntil(lambda: len(server.named("Notify")) == 3)
    notifier.withdraw_all()
    qtbot.waitUntil(lambda: server.named("CloseNotification") == [(1,), (2,)])


def test_closed_by_hand_it_is_a_new_one_the_next_time(
    server: Service, notifier: Notifier, qtbot: QtBot
) -> None:
    notifier.show(DUE)
    qtbot.waitUntil(lambda: len(server.named("Notify")) == 1)
    notifier.show(DUE)
    qtbot.waitUntil(lambda: len(server.named("Notify")) == 2)
    with qtbot.waitSignal(notifier.clicked):
        server.signal("ActionInvoked", "us", 1, "default")
        server.signal("NotificationClosed", "uu", 1, 2)
    notifier.show(OTHER)
    qtbot.waitUntil(lambda: len(server.named("Notify")) == 3)
    notifier.show(DUE)
    qtbot.waitUntil(lambda: len(server.named("Notify")) == 4)
    assert [body[1] for body in server.named("Notify")] == [0, 1, 0, 0]


def test_another_server_is_asked_anew_and_counts_anew(
    bus: str, notifier: Notifier, qtbot: QtBot
) -> None:
    for capabilities, words in ((("body-markup",), "suit &amp; tie"), ((), "suit & tie")):
        with Service(bus, SERVER, capabilities=capabilities) as one:

            def shown(one: Service = one) -> bool:
                notifier.show(DUE)
                return bool(one.named("Notify"))

            qtbot.waitUntil(shown)
            _, replaces, _, _, body, *_ = one.named("Notify")[0]
            assert (replaces, body.endswith(words)) == (0, True)
        with qtbot.waitSignal(notifier.unshown):  # heard after the server's leaving was
            notifier.show(OTHER)


def test_in_a_sandbox_the_portal_is_asked(bus: str, qtbot: QtBot) -> None:
    with Service(bus, PORTAL) as portal, Service(bus, SERVER) as server:
        notifier = Notifier(QIcon(), sandboxed=True)
        notifier.show(DUE)
        qtbot.waitUntil(lambda: bool(portal.named("AddNotification")))
        key, content = portal.named("AddNotification")[0]
        assert key == DUE.key
        assert content["body"] == ("s", DUE.body)
        assert content["default-action"] == ("s", "default")
        with qtbot.waitSignal(notifier.clicked) as heard:
            portal.signal("ActionInvoked", "ssav", DUE.key, "default", [], to=portal.caller)
        assert heard.args == [DUE.key]
        notifier.close()
        qtbot.waitUntil(lambda: portal.named("RemoveNotification") == [(DUE.key,)])
        assert server.calls == []
        notifier.deleteLater()


def test_without_a_server_the_portal_is_asked(bus: str, notifier: Notifier, qtbot: QtBot) -> None:
    with Service(bus, PORTAL) as portal:
        notifier.show(DUE)
        notifier.show(OTHER)
        qtbot.waitUntil(lambda: len(portal.named("AddNotification")) == 2)
        notifier.withdraw(OTHER.key)
        qtbot.waitUntil(lambda: portal.named("RemoveNotification") == [(OTHER.key,)])


@pytest.mark.usefixtures("bus")
def test_where_nobody_shows_it_the_window_hears_of_it(notifier: Notifier, qtbot: QtBot) -> None:
    with qtbot.waitSignal(notifier.unshown) as heard:
        notifier.show(DUE)
    assert heard.args == [DUE]


@pytest.mark.parametrize("address", ["disabled:", "unix:path=/nowhere/bus", "tcp:host=x", ""])
def test_without_a_bus_the_window_hears_of_it(
    address: str, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
    notifier = Notifier(QIcon())
    with qtbot.waitSignal(notifier.unshown) as heard:
        notifier.show(LATER)
    assert heard.args == [LATER]
    with qtbot.waitSignal(notifier.unshown):
        notifier.show(DUE)
    notifier.close()
    notifier.deleteLater()


def test_elsewhere_no_bus_is_looked_for(
    qtbot: QtBot, server: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    notifier = Notifier(QIcon(), platform="win32")
    with qtbot.waitSignal(notifier.unshown):  # the tests' screen has no tray
        notifier.show(DUE)
    notifier.close()
    assert server.calls == []
    notifier.deleteLater()


def test_the_bus_goes_away_and_the_window_hears_of_what_was_in_hand(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = Path(os.environ["XDG_RUNTIME_DIR"]) / "gone"
    folder.mkdir(parents=True)
    with ExitStack() as stack:
        address = stack.enter_context(a_bus(folder))
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        notifier = Notifier(QIcon())
        with Service(address, SERVER) as server:
            server.held.clear()
            notifier.show(DUE)
            qtbot.waitUntil(lambda: bool(server.named("Notify")))
            with qtbot.waitSignal(notifier.unshown) as heard:
                stack.close()
            assert heard.args == [DUE]
    with qtbot.waitSignal(notifier.unshown):
        notifier.show(OTHER)
    notifier.close()
    notifier.deleteLater()


@pytest.mark.qt_log_ignore("systemTrayWindowChanged")  # Qt looks for a tray of X11
def test_a_click_on_what_the_tray_shows_brings_the_latest_key(qtbot: QtBot) -> None:
    """As on Windows and macOS, where Qt hands it on; the tests' screen has no tray to look at."""
    picture = QPixmap(16, 16)
    picture.fill("black")
    tray = ByTray(QIcon(picture))
    keys: list[str] = []
    tray.clicked.connect(keys.append)
    tray.show(DUE)
    tray.show(OTHER)
    made = tray.findChild(QSystemTrayIcon)
    assert isinstance(made, QSystemTrayIcon)
    made.messageClicked.emit()
    tray.withdraw(DUE.key)
    made.messageClicked.emit()
    tray.withdraw(OTHER.key)
    made.messageClicked.emit()
    made.activated.emit(QSystemTrayIcon.ActivationReason.Context)
    made.activated.emit(QSystemTrayIcon.ActivationReason.Trigger)
    assert keys == [OTHER.key, OTHER.key, "", ""]
    tray.hide()
    tray.deleteLater()
