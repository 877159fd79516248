"""Four tyres that the store never sold: made right at once, by one who asked nobody."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from clientele.services.clients import NewClient, new_client
from clientele.services.opening import FirstAssociate, begin_book
from clientele.services.team import AddAssociate, SetUpStore, add_associate
from clientele.store.session import Store
from clientele.system.clock import FixedClock
from clientele.system.formats import Formats
from clientele.ui.plurals import EnglishPlurals
from clientele.ui.theme import Scheme, Theme
from clientele.ui.workplace import Workplace
from tests.conftest import ZONE
from tests.e2e.hand import Hand

FEWER_THAN = 8


@dataclass
class Terminal:
    """The window on a book with one client, R. Okafor signed in, and a hand."""

    place: Workplace
    hand: Hand
    store: Store


@pytest.fixture
def terminal(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, clock: FixedClock
) -> Iterator[Terminal]:
    plurals = EnglishPlurals(qapp)
    qapp.installTranslator(plurals)
    begun = begin_book(
        tmp_path / "floor" / "book.clientele",
        SetUpStore("Herengracht", "EUR", "NL", ZONE),
        FirstAssociate("R. Okafor", "Men's Suits", "2468", "associate"),
        vault=None,
        passphrase="four quiet words here",
        now=clock.now(),
    )
    with begun.store.write() as session:
        me = begun.associate_id
        new_client(session, NewClient(me, "Wim", "de Boer", phone="020 555 0199"), now=clock.now())
        add_associate(session, AddAssociate("M. Silva", "Men's Shoes"), now=clock.now())
    theme = Theme(qapp, Scheme.LIGHT)
    place = Workplace(begun.store, clock, Formats("en", ZONE), theme)
    place.enter(begun.associate_id)
    place.window.show()
    hand = Hand(qtbot, lambda: place.window)
    hand.come_to_front()
    hand.until(lambda: place.desk.is_signed_in, "somebody is signed in")
    yield Terminal(place, hand, begun.store)
    place.stop()
    begun.store.close()
    theme.deleteLater()
    qapp.removeTranslator(plurals)
    plurals.deleteLater()


def test_four_tyres_that_we_never_sold(
    terminal: Terminal, clock: FixedClock, capsys: pytest.CaptureFixture[str]
) -> None:
    hand = terminal.hand
    hand.wait_for("Expected today")

    # He rolls them in, in the middle of whatever one is doing.
    began = hand.actions
    hand.key("Ctrl+M")
    hand.wait_for("nobody needs to be asked")
    hand.write("de boer")
    hand.wait_for("020 555 0199")
    hand.key("Down")
    hand.key("Return")
    hand.wait_for("Another client")
    hand.until(lambda: _keyboard_in(terminal, "What it is about"), "the keyboard is in the goods")
    hand.write("four winter tyres")
    hand.press("We never sold this")
    hand.press("Cash back")
    hand.until(lambda: _keyboard_in(terminal, "What it costs the store"), "the cost is asked")
    hand.write("480")
    hand.key("Ctrl+Return")
    hand.wait_for("Made right. Whether it is truly solved is asked in 3 days.")
    actions = hand.actions - began
    with capsys.disabled():
        sys.stdout.write(f"\nThe tyres were made right in {actions} actions.\n")
    assert actions < FEWER_THAN
    assert not hand.sees("approv"), "nobody is asked"
    assert not hand.sees("receipt"), "nor anything shown"

    # It is in his story, and his page says what is next.
    hand.key("Ctrl+K")
    hand.write("de boer")
    hand.wait_for("020 555 0199")
    hand.key("Down")
    hand.key("Return")
    hand.wait_for("To make right")
    hand.wait_for("four winter tyres")
    hand.wait_for("ask Tue")
    hand.wait_for("Made right ·")

    # In three days somebody asks, and his word solves it.
    clock.advance(timedelta(days=3))
    hand.key("Ctrl+4")
    hand.click_row("Is it truly solved? (four winter tyres)")
    hand.key("D")
    hand.into("What came of it")
    hand.write("told the whole harbour")
    hand.press("Solved")
    hand.press("Reached, done")
    hand.wait_for("Solved, says Wim de Boer")

    # The review praises it, and finds nothing else to say.
    hand.key("Ctrl+8")
    hand.wait_for("Nobody waits, as far as we were told")
    hand.press("review")
    hand.wait_for("Decided on the spot. Goods that we never sold. No receipt was asked for.")
    hand.wait_for("Nowhere, as far as the book can tell.")


def _keyboard_in(terminal: Terminal, name: str) -> bool:
    at = QApplication.focusWidget()
    return at is not None and at.accessibleName() == name and terminal.place.window.isActiveWindow()
