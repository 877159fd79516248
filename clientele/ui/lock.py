"""The screen before the book: choose who you are, type your PIN. It covers all that is beneath."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from clientele.domain.rules.names import initials
from clientele.domain.tables import Associate
from clientele.services.changes import Changes
from clientele.services.pins import LONGEST, SHORTEST
from clientele.services.sign_in import SignIn, sign_in
from clientele.services.team import ChangePin, choose_first_pin
from clientele.store.queries.team import AssociateTile, associates
from clientele.ui.desk import Desk, Me
from clientele.ui.speech import announce
from clientele.ui.theme import Space, px
from clientele.ui.widgets.basics import Avatar, label
from clientele.ui.widgets.buttons import Button
from clientele.ui.widgets.layouts import Flow

WIDEST = 1000
"""The tiles and the pad stay together on a wide screen, in pixels at a text scale of one."""

WIDEST_PAD = 400


class Tile(QPushButton):
    """An associate to choose."""

    def __init__(self, who: AssociateTile) -> None:
        super().__init__()
        self.who = who
        self.setProperty("tile", True)
        self.setCheckable(True)
        self.setAccessibleName(f"{who.name}, {who.department}" if who.department else who.name)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.GAP, Space.SMALL, Space.GAP, Space.SMALL)
        row.setSpacing(12)
        row.addWidget(Avatar(initials(who.name), 40))
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addStretch(1)
        words.addWidget(label(who.name, "strong"))
        words.addWidget(label(who.department, "sub"))
        words.addStretch(1)
        row.addLayout(words, 1)
        for child in self.findChildren(QWidget):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFixedSize(px(220), px(72))


class PinPad(QWidget):
    """Digits for fingers and for the keyboard. Emits ``entered(pin)``; forgets it at once."""

    entered = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self.field = QLineEdit()
        self.field.setAccessibleName(self.tr("PIN"))
        self.field.setPlaceholderText(self.tr("PIN"))
        self.field.setEchoMode(QLineEdit.EchoMode.Password)
        self.field.setMaxLength(LONGEST)
        self.field.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.field.setInputMethodHints(
            Qt.InputMethodHint.ImhDigitsOnly | Qt.InputMethodHint.ImhSensitiveData
        )
        self.field.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.field.setProperty("pin", True)
        self.field.textEdited.connect(self._only_digits)
        self.field.returnPressed.connect(self._enter)
        column.addWidget(self.field)
        grid = QGridLayout()
        grid.setSpacing(Space.SMALL)
        for number in range(1, 10):
            grid.addWidget(self._digit(str(number)), (number - 1) // 3, (number - 1) % 3)
        back = self._key("⌫", self.tr("Delete a digit"))
        back.clicked.connect(self.field.backspace)
        grid.addWidget(back, 3, 0)
        grid.addWidget(self._digit("0"), 3, 1)
        clear = self._key("C", self.tr("Clear"))
        clear.clicked.connect(self.clear)
        grid.addWidget(clear, 3, 2)
        column.addLayout(grid)
        self.button = Button(self.tr("Sign in"), self._enter, kind="primary")
        self.button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        column.addWidget(self.button)

    def clear(self) -> None:
        """Forget what was typed."""
        self.field.clear()

    def add(self, digits: str) -> None:
        """Type digits into the field, wherever the keyboard is."""
        room = LONGEST - len(self.field.text())
        self.field.setText(self.field.text() + "".join(d for d in digits if d.isdigit())[:room])

    def _digit(self, digit: str) -> QPushButton:
        button = self._key(digit, digit)
        button.clicked.connect(lambda _=False: self.add(digit))
        return button

    def _key(self, words: str, name: str) -> QPushButton:
        button = QPushButton(words)
        button.setProperty("digit", True)
        button.setAccessibleName(name)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _only_digits(self, text: str) -> None:
        digits = "".join(letter for letter in text if letter in "0123456789")
        if digits != text:
            self.field.setText(digits)

    def _enter(self) -> None:
        pin = self.field.text()
        self.clear()
        if len(pin) >= SHORTEST:
            self.entered.emit(pin)
        else:
            self.entered.emit("")


class LockScreen(QWidget):
    """Tiles of associates and a PIN pad. Emits ``opened(Me)`` when a PIN was right."""

    opened = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("lock")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._desk = desk
        self._chosen: AssociateTile | None = None
        self._last: int | None = None
        self._trying = False
        self._no_pins = False
        self._group = QButtonGroup(self)
        self._tiles: dict[int, Tile] = {}
        middle = QWidget()
        middle.setMaximumWidth(px(WIDEST))
        outer = QHBoxLayout(self)
        outer.setContentsMargins(Space.PAGE_X, Space.PAGE_Y * 3, Space.PAGE_X, Space.PAGE_Y)
        outer.addStretch(1)
        outer.addWidget(middle, 100)
        outer.addStretch(1)
        row = QHBoxLayout(middle)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.PAGE_X)
        left = QVBoxLayout()
        left.setSpacing(Space.GAP)
        left.addWidget(label("Clientele", "brand"))
        left.addWidget(label(self.tr("Who is here?"), "title"))
        self._note = label("", "label")
        left.addWidget(self._note)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner = QWidget()
        inner.setProperty("surface", "page")
        self._flow = Flow(across=12, down=12)
        holder = QVBoxLayout(inner)
        holder.setContentsMargins(0, 0, 0, 0)
        holder.addWidget(self._flow)
        holder.addStretch(1)
        self._area.setWidget(inner)
        left.addWidget(self._area, 1)
        row.addLayout(left, 1)
        row.addWidget(self._made_pad(), 0, Qt.AlignmentFlag.AlignTop)
        desk.changed.connect(self._on_changed)

    def begin(self, last: Me | None, note: str = "") -> None:
        """Show the tiles with the one who was here last chosen; ``note`` says why it is locked."""
        self._last = None if last is None else last.id
        self._note.setText(note)
        self._note.setVisible(bool(note))
        self._say("")
        self.pad.clear()
        self._ask()

    def choose(self, key: int) -> None:
        """Choose an associate by id."""
        if key in self._tiles:
            self._tiles[key].setChecked(True)
            self._choose(self._tiles[key].who)
            self._area.ensureWidgetVisible(self._tiles[key])

    def tile(self, key: int) -> Tile:
        """The tile of an associate; KeyError when there is none."""
        return self._tiles[key]

    @property
    def sentence(self) -> str:
        """What is said below the pad."""
        return self._sentence.text()

    def showEvent(self, event: QShowEvent) -> None:
        """The keyboard is here and nowhere beneath."""
        super().showEvent(event)
        self._to_pad()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits go to the PIN wherever the keyboard is."""
        if event.text().isdigit() and self._chosen is not None:
            self.pad.field.setFocus()
            self.pad.add(event.text())
        event.accept()

    def _made_pad(self) -> QWidget:
        frame = QFrame()
        frame.setProperty("card", "plain")
        frame.setFixedWidth(min(px(300), WIDEST_PAD))
        column = QVBoxLayout(frame)
        column.setContentsMargins(Space.PAGE_X, Space.PAGE_Y, Space.PAGE_X, Space.PAGE_Y)
        column.setSpacing(12)
        self._who = label("", "strong")
        column.addWidget(self._who)
        self.pad = PinPad()
        self.pad.entered.connect(self._try)
        column.addWidget(self.pad)
        self._sentence = label("", "label")
        self._sentence.setMinimumHeight(2 * self._sentence.fontMetrics().lineSpacing() + 4)
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignTop)
        column.addWidget(self._sentence)
        return frame

    def _ask(self) -> None:
        self._desk.ask(associates, self._show, owner=self, slot="tiles")

    def _show(self, people: Sequence[AssociateTile]) -> None:
        able = [who for who in people if who.signs_in]
        self._no_pins = bool(people) and not able
        if self._no_pins:
            able = list(people)
        self._flow.keep()
        self._tiles.clear()
        for who in able:
            tile = Tile(who)
            tile.clicked.connect(lambda _=False, chosen=who: self._choose(chosen))
            self._group.addButton(tile)
            self._flow.add(tile)
            self._tiles[who.id] = tile
        before, typed = self._chosen, self.pad.field.text()
        keep = self._chosen.id if self._chosen is not None else self._last
        first = keep if keep in self._tiles else next(iter(self._tiles), None)
        self._chosen = None
        if first is not None:
            self.choose(first)
            if before is not None and before.id == first:
                self.pad.add(typed)  # a quick hand types before the tiles are there
        elif not able:
            self._say(self.tr("Nobody can sign in yet. Whoever set up this terminal can add you."))

    def _choose(self, who: AssociateTile) -> None:
        self._chosen = who
        self._who.setText(self.tr("PIN of {name}").format(name=who.name))
        self.pad.field.setAccessibleName(self._who.text())
        self.pad.clear()
        self._say("")
        if self._no_pins:
            self._say(self.tr("Nobody has a PIN yet. Choose yours: 4 to 8 digits."))
        self._to_pad()

    def _to_pad(self) -> None:
        if self.isVisible():
            self.pad.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _try(self, pin: str) -> None:
        who = self._chosen
        if who is None or self._trying:
            return
        if not pin:
            self._say(self.tr("A PIN has at least %n digits.", "", SHORTEST))
            return
        self._trying = True
        self._say(self.tr("One moment…"))
        if self._no_pins:
            self._desk.do(
                choose_first_pin,
                ChangePin(who.id, pin),
                then=lambda changes: self._answered(who, changes),
                failed=self._refused,
            )
            return
        self._desk.do(
            sign_in,
            SignIn(who.id, pin),
            then=lambda changes: self._answered(who, changes),
            failed=self._refused,
        )

    def _answered(self, who: AssociateTile, changes: Changes) -> None:
        self._trying = False
        if changes.subject is None:
            self._say(self.tr("That PIN is not right. Try again."))
            self._to_pad()
            return
        self._say("")
        self._no_pins = False
        self.opened.emit(Me(who.id, who.name, who.department_id, who.department))

    def _refused(self, sentence: str) -> None:
        self._trying = False
        self._say(sentence)
        self._to_pad()

    def _say(self, sentence: str) -> None:
        self._sentence.setText(sentence)
        self.pad.field.setAccessibleDescription(sentence)
        announce(self, sentence)

    def _on_changed(self, changes: Changes) -> None:
        people = {str(Associate.__tablename__), "department"}
        if self.isVisible() and not self._trying and changes.touch(*people):
            self._ask()


def locked_for_idleness(minutes: int) -> str:
    """Why the window is locked, when nobody locked it."""
    return QCoreApplication.translate(
        "LockScreen", "Locked after %n quiet minute(s). Everything typed is kept.", "", minutes
    )
