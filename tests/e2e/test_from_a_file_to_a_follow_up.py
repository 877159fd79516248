"""From an empty terminal to a client who was served across departments and called afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from clientele.app import Program
from clientele.system.clock import FixedClock
from clientele.system.settings import Settings
from tests.e2e.hand import Hand

CUSTOMERS = """reference;given_name;family_name;email;phone
K-17;Marta;Lindqvist;marta.l@example.com;020 555 0142
K-18;James;Whitfield;j.whitfield@example.com;020 555 0117
"""
PURCHASES = """reference;receipt;sold_at;department;item;amount
K-17;5001;2026-09-12 15:04;Women's Shoes;Loafer, navy, 7 B;286,00
K-17;5001;2026-09-12 15:04;Women's Sportswear;Linen blazer, camel;200,00
K-18;5002;2026-10-03 11:30;Men's Suits;Charcoal overcoat;640,00
"""
WORDS = "four quiet words here"


class Terminal:
    """A store terminal: the program can be started and ended on it."""

    def __init__(self, app: QApplication, qtbot: QtBot, book: Path, clock: FixedClock) -> None:
        self._app, self._book, self._clock = app, book, clock
        self.program: Program | None = None
        self.hand = Hand(qtbot, lambda: self._running().window)

    def start(self) -> None:
        """Start the program, as by its icon."""
        self.program = Program(self._app, self._book, Settings(), self._clock)
        self.program.start()
        self.hand.come_to_front()

    def end(self) -> None:
        """Close it."""
        if self.program is not None:
            self.program.end()
            self.program.theme.deleteLater()
            self.program.deleteLater()
            self.program = None

    def _running(self) -> Program:
        assert self.program is not None
        return self.program


@pytest.fixture
def terminal(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, clock: FixedClock
) -> Iterator[Terminal]:
    made = Terminal(qapp, qtbot, tmp_path / "book" / "book.clientele", clock)
    yield made
    made.end()


def set_up(hand: Hand) -> None:
    hand.into("Store")
    hand.write("Herengracht")
    hand.into("Passphrase")
    hand.write(WORDS)
    hand.into("The same again")
    hand.write(WORDS)
    hand.press("Next")
    hand.into("Your name")
    hand.write("Ruth Okafor")
    hand.key("Tab")
    hand.write("Women's Shoes")
    hand.into("PIN, 6 to 8 digits")
    hand.write("739182")
    hand.into("The same again")
    hand.write("739182")
    hand.press("Next")
    hand.press("I wrote it down")
    hand.press("Bring in a file")


def bring_in(hand: Hand, file: Path, added: int) -> None:
    hand.choose_file("Choose a file…", file)
    hand.press("Import")
    hand.wait_for(f"{added} added, 0 known already, 0 rejected")


def find(hand: Hand, typed: str, name: str) -> None:
    hand.key("Ctrl+K")
    hand.write(typed)
    hand.wait_for(name)
    hand.key("Down")
    hand.key("Return")


def sign_in(hand: Hand) -> None:
    hand.wait_for("PIN of Ruth Okafor")
    hand.write("739182")
    hand.key("Return")
    hand.until(lambda: not hand.sees("PIN of Ruth Okafor"), "signed in")


def find_and_prepare(hand: Hand) -> None:
    """A client is found in a few keys, and the brief read."""
    find(hand, "lind", "Marta Lindqvist")
    hand.wait_for("Loafer, navy, 7 B")
    hand.key("Ctrl+B")
    hand.wait_for("Linen blazer, camel")
    hand.key("Alt+Left")
    hand.wait_for("Across the store")


def show(hand: Hand, typed: str, item: str) -> None:
    hand.into("Item")
    hand.write(typed)
    hand.key("Return")
    hand.wait_for(item)
    hand.press("Keeping")


def serve_in_two_departments(hand: Hand) -> None:
    """She is here: two departments, one ticket, and a note."""
    hand.key("Ctrl+Return")
    hand.press("Greet")
    show(hand, "Cap-toe oxford, 7½ B 285.00", "Cap-toe oxford")
    hand.key("Ctrl+Right")
    hand.click_row("Women's Sportswear")
    hand.wait_for("Shown in Women's Sportswear")
    show(hand, "Silk scarf, emerald 127.00", "Silk scarf")
    hand.wait_for("$412.00")
    hand.into("Quick note")
    hand.write("wedding in June, likes emerald")
    hand.key("Ctrl+Return")
    hand.press("Ring once · $412.00")
    hand.into("The till's reference")
    hand.write("0412-8831")
    hand.key("Return")
    hand.wait_for("Rung once: $412.00")
    hand.click_row("Thank-you note")
    hand.key("A")
    hand.wait_for("Planned for")
    hand.press("Leave")


def keep_what_was_planned(hand: Hand) -> None:
    """The thank-you is due, and done with a word."""
    hand.key("Ctrl+4")
    hand.click_row("Thank-you note")
    hand.key("D")
    hand.into("What came of it")
    hand.write("she wrote back, delighted")
    hand.key("Return")
    hand.until(lambda: not hand.sees("What came of it"), "the sheet is gone")


def test_from_a_file_to_a_follow_up_and_after_a_restart(
    terminal: Terminal, tmp_path: Path, clock: FixedClock
) -> None:
    customers, purchases = tmp_path / "klanten.csv", tmp_path / "kassa.csv"
    customers.write_text(CUSTOMERS, encoding="utf-8")
    purchases.write_text(PURCHASES, encoding="utf-8")
    hand = terminal.hand
    terminal.start()
    set_up(hand)
    bring_in(hand, customers, 2)
    bring_in(hand, purchases, 3)
    hand.press("Close")
    find_and_prepare(hand)
    serve_in_two_departments(hand)

    clock.advance(timedelta(days=2))
    hand.key("Ctrl+L")
    sign_in(hand)
    keep_what_was_planned(hand)

    terminal.end()
    terminal.start()
    hand.into("Passphrase")
    hand.write(WORDS)
    hand.key("Return")
    sign_in(hand)
    find(hand, "0142", "Marta Lindqvist")
    for words in (
        "$412.00",
        "Cap-toe oxford",
        "wedding in June, likes emerald",
        "she wrote back, delighted",
    ):
        hand.wait_for(words)
