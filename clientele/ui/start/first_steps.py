"""The three steps of a first start: where the book lives, who you are, how to begin."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QRegularExpression, Qt, Signal
from PySide6.QtGui import QRegularExpressionValidator, QShowEvent
from PySide6.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QLineEdit, QWidget

from clientele.domain.errors import Refusal
from clientele.system.region import Region
from clientele.ui.refusals import sentence_of
from clientele.ui.start.key_step import KeyStep
from clientele.ui.start.step import Step
from clientele.ui.theme import Space, px
from clientele.ui.widgets.basics import label
from clientele.ui.widgets.buttons import Button
from clientele.ui.widgets.fields import Field

DEPARTMENTS = (
    "Men's Suits",
    "Men's Shoes",
    "Men's Furnishings",
    "Women's Sportswear",
    "Women's Shoes",
    "Handbags",
    "Jewellery",
    "Cosmetics",
)
"""Offered at first start; any other name can be typed."""

SHORTEST_PASSPHRASE = 8
"""Characters; a PIN is slowed down by the program, a passphrase by its stretching alone."""


def secret_field(name: str, *, digits: bool = False) -> Field:
    """A field whose content is not shown; ``digits`` for a PIN of up to eight."""
    field = Field(name)
    field.setEchoMode(QLineEdit.EchoMode.Password)
    if digits:
        field.setMaxLength(8)
        field.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly)
        field.setValidator(QRegularExpressionValidator(QRegularExpression("[0-9]{0,8}"), field))
    return field


class WhereStep(Step):
    """Where the book lives, and which store it is for. Emits ``done``."""

    done = Signal()

    def __init__(self, book: Path, region: Region, *, needs_passphrase: bool) -> None:
        super().__init__()
        self.set_words(
            self.tr("Where your book lives"),
            self.tr("Everything about your clients stays in one encrypted file on this computer."),
            self.tr("Step 1 of 3"),
        )
        self.book = Field(self.tr("The book's file"), str(book))
        choose = Button(self.tr("Change…"), self._choose)
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(Space.SMALL)
        line.addWidget(self.book, 1)
        line.addWidget(choose)
        self.add_field(self.tr("The book's file"), row)
        self.store = Field(self.tr("Store"), hint=self.tr("Name of your store"))
        self.add_field(self.tr("Store"), self.store)
        self.currency = Field(self.tr("Currency"), region.currency)
        self.country = Field(self.tr("Country"), region.country)
        self.zone = Field(self.tr("Time zone"), region.time_zone)
        self.add_side_by_side(
            (self.tr("Currency"), self.currency),
            (self.tr("Country"), self.country),
            (self.tr("Time zone"), self.zone),
        )
        self.passphrase = secret_field(self.tr("Passphrase"))
        self.again = secret_field(self.tr("The same again"))
        self.needs_passphrase = needs_passphrase
        if needs_passphrase:
            self.body.addWidget(
                label(
                    self.tr(
                        "This computer has no keyring that could keep the key, so a passphrase "
                        "opens the book at each start."
                    ),
                    "sub",
                )
            )
            self.add_side_by_side(
                (self.tr("Passphrase"), self.passphrase),
                (self.tr("The same again"), self.again),
            )
        self.add_button(self.tr("Next"), self._next, primary=True)

    def showEvent(self, event: QShowEvent) -> None:
        """The keyboard goes to the first thing that nobody can guess."""
        super().showEvent(event)
        self.store.setFocus()

    def _choose(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(
            self, self.tr("Where your book lives"), self.book.text(), "*.clientele"
        )
        if chosen:
            self.book.setText(chosen)

    def _next(self) -> None:
        if self.needs_passphrase and self.passphrase.text() != self.again.text():
            self.say(self.tr("The two passphrases differ. Type the same one twice."))
            return
        if self.needs_passphrase and len(self.passphrase.text()) < SHORTEST_PASSPHRASE:
            self.say(self.tr("That passphrase is short. Choose a few words that you will know."))
            return
        self.say("")
        self.done.emit()


class WhoStep(Step):
    """Who sets this up: name, department, PIN. Emits ``done`` and ``back``."""

    done = Signal()
    back = Signal()

    def __init__(self, departments: list[str]) -> None:
        super().__init__()
        self.set_words(
            self.tr("Who you are"),
            self.tr("You sign in with a tap on your name and your PIN. Colleagues come later."),
            self.tr("Step 2 of 3"),
        )
        self.name = Field(self.tr("Your name"))
        self.add_field(self.tr("Your name"), self.name)
        self.department = QComboBox()
        self.department.setEditable(True)
        self.department.addItems(departments)
        self.department.setCurrentText("")
        editor = self.department.lineEdit()
        assert editor is not None, "an editable box has a line"
        editor.setPlaceholderText(self.tr("For example Men's Suits"))
        self.add_field(self.tr("Your department"), self.department)
        self.pin = secret_field(self.tr("PIN"), digits=True)
        self.again = secret_field(self.tr("The same again"), digits=True)
        self.add_side_by_side(
            (self.tr("PIN, 6 to 8 digits"), self.pin),
            (self.tr("The same again"), self.again),
        )
        self.add_button(self.tr("Back"), self.back.emit)
        self.add_button(self.tr("Next"), self._next, primary=True)

    def showEvent(self, event: QShowEvent) -> None:
        """The keyboard goes to the name."""
        super().showEvent(event)
        self.name.setFocus()

    def _next(self) -> None:
        if not self.name.text().strip():
            self.say(self.tr("Your name is missing. Type it as colleagues know you."))
        elif not self.department.currentText().strip():
            self.say(self.tr("Your department is missing. Choose one or type it."))
        elif self.pin.text() != self.again.text():
            self.say(self.tr("The two PINs differ. Type the same one twice."))
        elif why := self._why_not(self.pin.text()):
            self.say(why)
        else:
            self.say("")
            self.done.emit()

    def _why_not(self, pin: str) -> str:
        """Why whoever sets up the book, a store manager, cannot have this PIN."""
        from clientele.domain.rules.pin_rules import check_chosen
        from clientele.domain.team import Role

        try:
            check_chosen(pin, role=Role.STORE_MANAGER)
        except Refusal as refusal:
            return sentence_of(refusal)
        return ""


class BeginStep(KeyStep):
    """The recovery key for the paper, and how to begin.

    Emits ``sample``, ``bring_in`` or ``empty``, and ``print_key``.
    """

    sample = Signal()
    bring_in = Signal()
    empty = Signal()
    print_key = Signal()

    def __init__(self, recovery_key: str) -> None:
        super().__init__(recovery_key)
        self.set_words(
            self.tr("Keep this key on paper, then begin"),
            self.tr(
                "If this computer ever forgets how to open your book, this key opens it and "
                "every copy of it. It is shown only now."
            ),
            self.tr("Step 3 of 3"),
        )
        self.choices = [
            self._choice(
                self.tr("Bring in a file"),
                self.tr("Customers or purchases, as CSV from the till or the shop system"),
                self.bring_in.emit,
            ),
            self._choice(
                self.tr("Look around with sample clients"),
                self.tr("400 invented clients with two years of life in eight departments"),
                self.sample.emit,
            ),
            self._choice(
                self.tr("Begin empty"),
                self.tr("The first client who walks in is the first in the book"),
                self.empty.emit,
            ),
        ]
        for choice in self.choices:
            self.hold_back(choice)

    def print_it(self) -> None:
        """Whoever shows this step knows the book."""
        self.print_key.emit()

    def _choice(self, name: str, what: str, on_click: Callable[[], object]) -> Button:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, Space.TIGHT, 0, 0)
        row.setSpacing(Space.GAP)
        button = Button(name, on_click)
        button.setAccessibleDescription(what)
        button.setMinimumWidth(px(240))
        row.addWidget(button)
        row.addWidget(label(what, "sub"), 1)
        self.body.addWidget(holder)
        return button
