"""The screen before the book: choose who you are, type your PIN. It covers all that is beneath."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from clientele.domain.errors import Refusal
from clientele.domain.rules.pin_rules import SHORTEST, check_chosen, shortest_of
from clientele.domain.tables import Associate
from clientele.services.changes import Changes
from clientele.services.sign_in import MOST_TRIES, ChoosePin, SignIn, Tried
from clientele.services.team import FirstPin, choose_first_pin
from clientele.store.queries.team import AssociateTile, associates
from clientele.ui.desk import Desk, Me
from clientele.ui.pin_pad import PinPad, Tile
from clientele.ui.refusals import sentence_of
from clientele.ui.speech import announce
from clientele.ui.theme import Space, px
from clientele.ui.widgets.basics import label
from clientele.ui.widgets.buttons import Button
from clientele.ui.widgets.layouts import Flow

WIDEST = 1000
"""The tiles and the pad stay together on a wide screen, in pixels at a text scale of one."""

WIDEST_PAD = 400

TELL_FROM = 3
"""With so few tries left it is said what comes after them."""


TO_CHOOSE = 120_000
"""For how long an own PIN can be chosen after the given one was right, in milliseconds."""


class LockScreen(QWidget):
    """Tiles of associates and a PIN pad. Emits ``opened(Me)`` when a PIN was right.

    Whoever was given a PIN chooses their own first. ``paper_wanted``: nobody can sign in, and
    somebody has the recovery key (only after ``offer_paper``).
    """

    opened = Signal(object)
    paper_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("lock")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._desk = desk
        self._chosen: AssociateTile | None = None
        self._last: int | None = None
        self._trying = False
        self._no_pins = False
        self._given = self._first = ""
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(TO_CHOOSE)
        self._patience.timeout.connect(self._give_up)
        self._group = QButtonGroup(self)
        self._tiles: dict[int, Tile] = {}
        self._layers = QStackedLayout(self)
        self._layers.addWidget(self._made_people())
        desk.changed.connect(self._on_changed)

    def _made_people(self) -> QWidget:
        people = QWidget()
        middle = QWidget()
        middle.setMaximumWidth(px(WIDEST))
        outer = QHBoxLayout(people)
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
        words = self.tr("Nobody can sign in? Use the recovery key")
        self.paper = Button(words, self.paper_wanted.emit, kind="link")
        self.paper.hide()
        left.addWidget(self.paper, 0, Qt.AlignmentFlag.AlignLeft)
        row.addLayout(left, 1)
        row.addWidget(self._made_pad(), 0, Qt.AlignmentFlag.AlignTop)
        return people

    def begin(self, last: Me | None, note: str = "") -> None:
        """Show the tiles with the one who was here last chosen; ``note`` says why it is locked."""
        self._last = None if last is None else last.id
        self._note.setText(note)
        self._note.setVisible(bool(note))
        self.show_people()
        self._forget()
        self._say("")
        self.pad.clear()
        self._ask()

    def offer_paper(self) -> None:
        """Say that the recovery key is a way in."""
        self.paper.show()

    def show_step(self, step: QWidget) -> None:
        """Something else on the locked screen, such as asking for the recovery key."""
        self.show_people()
        self._layers.addWidget(step)
        self._layers.setCurrentWidget(step)

    def show_people(self) -> None:
        """Back to the tiles and the pad."""
        while (step := self._layers.widget(1)) is not None:
            self._layers.removeWidget(step)
            step.hide()
            step.deleteLater()
        self._layers.setCurrentIndex(0)
        self._to_pad()

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
        if event.text().isdigit() and self._chosen is not None and self._layers.count() == 1:
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
        self._forget()
        self._ask_for(self.tr("PIN of {name}").format(name=who.name), self.tr("Sign in"))
        self._say("")
        if self._no_pins:
            least = shortest_of(who.role)
            words = self.tr("Nobody has a PIN yet. Choose yours: {least} to 8 digits.")
            self._say(words.format(least=least))
        self._to_pad()

    def _ask_for(self, what: str, button: str) -> None:
        self._who.setText(what)
        self.pad.field.setAccessibleName(what)
        self.pad.button.set_words(button)
        self.pad.clear()

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
        if self._given:
            self._choose_own(who, pin)
            return
        if self._no_pins and not self._can_be(who, pin):
            return
        self._trying = True
        self._say(self.tr("One moment…"))
        if self._no_pins:
            self._desk.do(
                choose_first_pin,
                FirstPin(who.id, pin),
                then=lambda _: self._enter(who),
                failed=self._refused,
            )
            return
        self._desk.trying.sign_in(
            SignIn(who.id, pin), lambda tried: self._answered(who, pin, tried), self._refused
        )

    def _answered(self, who: AssociateTile, pin: str, tried: Tried) -> None:
        if tried.subject is None:
            self._wrong(tried)
        elif tried.must_choose:
            self._trying = False
            self._given = pin
            self._patience.start()
            self._ask_own("")
        else:
            self._enter(who)

    def _wrong(self, tried: Tried) -> None:
        self._trying = False
        left = MOST_TRIES - tried.wrong
        words = self.tr("That PIN is not right. Try again.")
        if left <= 0:
            words = self.tr(
                "That PIN was wrong ten times and is locked. A manager gives a new one."
            )
        elif left <= TELL_FROM:
            more = self.tr("%n more wrong PIN(s), and it is locked.", "", left)
            words = f"{words} {more}"
        self._say(words)
        self._to_pad()

    def _enter(self, who: AssociateTile) -> None:
        self._trying = False
        self._forget()
        self._say("")
        self._no_pins = False
        self.opened.emit(Me(who.id, who.name, who.department_id, who.department))

    # an own PIN in place of a given one

    def _choose_own(self, who: AssociateTile, pin: str) -> None:
        if not self._first:
            if self._can_be(who, pin):
                self._first = pin
                self._ask_for(self.tr("Your own PIN once more"), self.tr("Keep and sign in"))
                self._say(self.tr("The same digits again."))
                self._to_pad()
            return
        first, self._first = self._first, ""
        if pin != first:
            self._ask_own(self.tr("The two differ. Choose one and type it twice."))
            return
        self._trying = True
        self._say(self.tr("One moment…"))

        def chosen(tried: Tried) -> None:
            if tried.subject is None:
                self._give_up()
                self._wrong(tried)
            else:
                self._enter(who)

        def refused(sentence: str) -> None:
            self._trying = False
            self._ask_own(sentence)

        self._desk.trying.choose(ChoosePin(who.id, self._given, pin), chosen, refused)

    def _ask_own(self, sentence: str) -> None:
        self._ask_for(self.tr("Choose your own PIN"), self.tr("Next"))
        self._say(sentence or self.tr("The PIN that you were given counts only this once."))
        self._to_pad()

    def _can_be(self, who: AssociateTile, pin: str) -> bool:
        """Whether it can be chosen; why not is said."""
        try:
            check_chosen(pin, role=who.role, before=self._given)
        except Refusal as refusal:
            self._say(sentence_of(refusal))
            self._to_pad()
            return False
        return True

    def _forget(self) -> None:
        """No PIN stays here longer than it is needed."""
        self._patience.stop()
        self._given = self._first = ""

    def _give_up(self) -> None:
        if self._chosen is not None:
            self._choose(self._chosen)

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
