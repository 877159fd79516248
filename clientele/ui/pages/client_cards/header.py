"""Who is this? The name, whose client, how to reach them, when they were last in."""

from __future__ import annotations

from functools import partial
from operator import itemgetter

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QSpacerItem,
    QVBoxLayout,
    QWidget,
)

from clientele.services.books import TakeIntoBook, take_into_book
from clientele.store.queries.client import ClientPage, Point
from clientele.store.queries.known_of import Glance, glance
from clientele.store.queries.reading import Named
from clientele.store.queries.whose import Whose, whose
from clientele.ui.actions import (
    BRIEF,
    DETAILS,
    HAND_OVER,
    MADE_RIGHT,
    QUICK_NOTE,
    START_OR_RING,
    WHOSE,
    WRITE,
)
from clientele.ui.desk import Desk
from clientele.ui.models.client_facts import clock_words, soon_words
from clientele.ui.models.client_names import prefers, shown_initials, shown_name
from clientele.ui.models.whose_rows import (
    cover_words,
    handed_words,
    knowing_words,
    owner_chip,
    why_words,
)
from clientele.ui.pages.client_cards.as_typed import joined
from clientele.ui.pages.client_cards.consents import Consents
from clientele.ui.pages.client_cards.next_touch import NextTouchLine
from clientele.ui.theme import Space, Tone, px
from clientele.ui.widgets.basics import Chip, label
from clientele.ui.widgets.buttons import Button
from clientele.ui.widgets.face import Face
from clientele.ui.widgets.layouts import Flow

OVERLAP = 6
"""How far the line of chips, high for fingers, reaches into the buttons' air beside the name."""

NAME_AT_LEAST = 300
"""How much room the name and its chips are left beside the buttons, at scale one."""

SENT = 3
"""How many of those a client sent stand in the heading; all of them stand in the details."""

POINTS = 3
"""How many contact points stand in the line; all of them stand in the details."""


class NameLabel(QLabel):
    """The client's name; a click on it is the way to change it."""

    clicked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("words", "title")
        self.setIndent(0)
        self.setCursor(Qt.CursorShape.IBeamCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Clicked."""
        if self.rect().contains(event.position().toPoint()):
            self.clicked.emit()


class LongLabel(QLabel):
    """A line under the name that goes on in the next where the window is too narrow for it."""

    def __init__(self) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("words", "sub")
        self.setWordWrap(True)
        self.setIndent(0)

    def sizeHint(self) -> QSize:
        """All in one line."""
        width = self.fontMetrics().horizontalAdvance(self.text()) + 2
        return QSize(width, self.fontMetrics().height())


class ClientHeader(QWidget):
    """Emits what its buttons are for: ``note``, ``follow_up``, ``brief``, ``visit`` and others."""

    note = Signal()
    follow_up = Signal()
    brief = Signal()
    visit = Signal()
    make_right = Signal()
    hand_over = Signal()
    edit = Signal()
    photo = Signal()
    open_client = Signal(int)
    whose = Signal()
    """The words that say whose the client is were clicked."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._client_id = self._of_glance = 0
        self._shown: object = None
        self._whose: Whose | None = None
        self._named: Named | None = None
        self._glance: Glance | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.GAP)
        self.avatar = Face(desk.theme)
        self.avatar.clicked.connect(self.photo.emit)
        row.addWidget(self.avatar, 0, Qt.AlignmentFlag.AlignTop)
        self._both = both = QVBoxLayout()
        both.setSpacing(0)
        self._above = above = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        above.setSpacing(Space.SMALL)
        self._line = Flow(across=6, down=0)
        self.name = NameLabel()
        self.name.clicked.connect(self.edit.emit)
        self._line.add(self.name)
        self.edit_button = Button(self.tr("Details"), self.edit.emit, kind="link")
        self.edit_button.setAccessibleName(self.tr("Details: names, numbers, address and birthday"))
        self.edit_button.set_key(DETAILS.key)
        self._line.add(self.edit_button)
        self.owner = Button("", self.whose.emit, kind="link", key=WHOSE.key)
        self.take = Button(self.tr("Nobody's yet: take into my book"), self._take, kind="link")
        above.addWidget(self._line, 1)
        self._buttons = Flow(across=Space.SMALL)
        for button in self._made_buttons():
            self._buttons.add(button)
        self._buttons.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        above.addWidget(self._buttons)
        both.addLayout(above)
        self._gap = QSpacerItem(0, -OVERLAP)
        both.addItem(self._gap)
        both.addWidget(self._made_sub())
        row.addLayout(both, 1)

    def show_client(self, page: ClientPage) -> None:
        """Name, chips, the line below; nothing is made anew while somebody types elsewhere."""
        today, me = self._desk.today(), self._desk.me.id
        shown = (page.named, page.say_it, page.tags, page.points, page.consents, page.no_news)
        past = (page.visits, page.departments_ever, page.last_in, page.spent, today, me)
        self._set_visiting(page.open_visit_id is not None)
        self._ask_whose(page.named.client_id)
        self._named = page.named
        self._ask_glance(page.named.client_id)
        self.next.show_client(page.named.client_id)
        if (shown, past) == self._shown:
            return
        self._shown = (shown, past)
        self._client_id = page.named.client_id
        self.name.setText(shown_name(page.named))
        self._show_face()
        chips: list[QWidget] = []
        if words := prefers(page.named):
            chips.append(Chip(words, Tone.GREEN))
        say: list[QWidget] = []
        if page.say_it.strip():
            say.append(Chip(self.tr("say “{how}”").format(how=page.say_it.strip())))
        tags = [Chip(tag) for tag in page.tags]
        self._line.arrange([self.name, *chips, self.edit_button])
        self._sub.arrange(
            [
                *say,
                *self._reach,
                self.next,
                self.past,
                self.also,
                *tags,
                self.people,
                *self._whose_parts,
            ]
        )
        self.points.setText(joined(*_reached_first(page.points)))
        self.points.setVisible(bool(page.points))
        self.consents.show_client(self._client_id, page.consents, page.no_news)
        self.past.setText(self._past(page))
        self.past.setVisible(bool(self.past.text()))
        self._sub.updateGeometry()
        self._sub.place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where the buttons leave the name no room, that for a note goes first.

        The box for it stands on the page anyway. Beside large text all of them go under the name.
        """
        super().resizeEvent(event)
        wide, note = self._buttons.sizeHint().width(), self.note_button
        spared = note.sizeHint().width() + Space.SMALL
        wide += spared if note.isHidden() else 0
        room = self.width() - wide - self.avatar.width()
        note.setHidden(room < px(NAME_AT_LEAST))
        narrow = room + (spared if note.isHidden() else 0) < px(NAME_AT_LEAST)
        down, beside = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._above.setDirection(down if narrow else beside)
        self._gap.changeSize(0, Space.TIGHT if narrow else -OVERLAP)
        self._both.invalidate()

    def _set_visiting(self, visiting: bool) -> None:
        words = self.tr("Go on with visit") if visiting else self.tr("Start visit")
        if words != self.visit_button.text():
            self.visit_button.set_words(words)
            self.visit_button.set_key(START_OR_RING.key)
            self._buttons.updateGeometry()
            self._buttons.place()

    def _made_buttons(self) -> tuple[Button, ...]:
        self.note_button = Button(self.tr("Note"), self.note.emit, key=QUICK_NOTE.key)
        self.write_button = Button(self.tr("Write"), self._write, key=WRITE.key)
        self.write_button.setAccessibleName(self.tr("Write to the client, or call"))
        self.follow_up_button = Button(self.tr("Follow-up"), self.follow_up.emit)
        self.hand_over_button = Button(self.tr("Hand over"), self.hand_over.emit, key=HAND_OVER.key)
        self.right_button = Button(
            MADE_RIGHT.label, self.make_right.emit, kind="quiet", key=MADE_RIGHT.key
        )
        self.brief_button = Button(self.tr("Brief"), self.brief.emit, key=BRIEF.key)
        self.visit_button = Button(
            self.tr("Start visit"), self.visit.emit, kind="primary", key=START_OR_RING.key
        )
        return (
            self.right_button,
            self.note_button,
            self.write_button,
            self.follow_up_button,
            self.hand_over_button,
            self.brief_button,
            self.visit_button,
        )

    def _made_sub(self) -> Flow:
        self._sub = Flow(across=Space.TIGHT + 2, down=0)
        self.points = label("", "sub", wrap=False)
        self.points.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.points.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.points.setMinimumHeight(Space.TARGET)
        self.consents = Consents(self._desk)
        self._reach = (self.points, label(self.tr("may:"), "sub", wrap=False), self.consents)
        for part in self._reach:
            self._sub.add(part)
        self.next = NextTouchLine(self._desk)
        self._sub.add(self.next)
        self.past = label("", "sub", wrap=False)
        self.past.setMinimumHeight(Space.TARGET)
        self._sub.add(self.past)
        self.also = label("", "sub", wrap=False)
        self.also.setMinimumHeight(Space.TARGET)
        self.also.hide()
        self._sub.add(self.also)
        self.people = Flow(across=Space.TIGHT, down=0)
        self.people.hide()
        self._sub.add(self.people)
        self.book = LongLabel()
        self._whose_parts: tuple[QWidget, ...] = (self.owner, self.take, self.book)
        for whose_part in self._whose_parts:
            self._sub.add(whose_part)
            whose_part.hide()
        return self._sub

    def _ask_whose(self, client_id: int) -> None:
        if self._whose is not None and self._whose.named.client_id != client_id:
            self._whose = None
            for shown in (self.owner, self.take, self.book):
                shown.hide()
        today = self._desk.today()

        self._desk.ask(
            lambda session: whose(session, client_id, today=today),
            self._show_whose,
            owner=self,
            slot="whose",
        )

    def _ask_glance(self, client_id: int) -> None:
        if self._glance is not None and self._of_glance != client_id:
            self._glance = None
            self.also.hide()
            self.people.hide()
        self._of_glance = client_id
        self._desk.ask(
            lambda session: glance(session, client_id),
            self._show_glance,
            owner=self,
            slot="glance",
        )

    def _show_glance(self, seen: Glance | None) -> None:
        self._glance = seen
        self._show_face()
        if seen is None:
            return
        desk = self._desk
        words = joined(clock_words(seen.time_zone, desk), soon_words(seen.birthday, desk))
        self.also.setText(words)
        self.also.setVisible(bool(words))
        self.people.arrange(self._people(seen))
        self.people.setVisible(bool(seen.referred_by or seen.sent))
        self._sub.updateGeometry()
        self._sub.place()

    def _people(self, seen: Glance) -> list[QWidget]:
        """“sent by Anna”, “has sent Tom, Mia”, each a way to that client."""
        parts: list[QWidget] = []
        groups = (
            (self.tr("sent by"), [seen.referred_by] if seen.referred_by else []),
            (self.tr("has sent"), list(seen.sent[:SENT])),
        )
        for words, people in groups:
            if people:
                parts.append(label(words, "sub", wrap=False))
            for one in people:
                go = partial(self.open_client.emit, one.client_id)
                parts.append(Button(shown_name(one), go, kind="link"))
        if len(seen.sent) > SENT:
            parts.append(Button(self.tr("and more"), self.edit.emit, kind="link"))
        return parts

    def _show_face(self) -> None:
        if self._named is not None:
            jpeg = self._glance.photo if self._glance else None
            self.avatar.set_face(shown_initials(self._named), jpeg, shown_name(self._named))

    def _show_whose(self, found: Whose | None) -> None:
        if found is None or found.named.client_id != self._client_id:
            return
        self._whose = found
        me, formats = self._desk.me.id, self._desk.formats
        words = owner_chip(found, me, formats)
        self.take.setVisible(not words)
        self.owner.setVisible(bool(words))
        if words:
            self.owner.set_words(words)
            self.owner.set_key(WHOSE.key)
        why = why_words(found.owner, me) if found.owner else ""
        cover = cover_words(found, me, self._desk.today(), formats)
        said = joined(cover, handed_words(found, me, formats), why, knowing_words(found, me))
        self.book.setText(said)
        self.book.setVisible(bool(said))
        for flow in (self._line, self._sub):
            flow.updateGeometry()
            flow.place()

    def _past(self, page: ClientPage) -> str:
        formats = self._desk.formats
        if page.last_in is None:
            return self.tr("not been in yet")
        day = formats.past_day(formats.local_day(page.last_in), self._desk.today())
        visits = self.tr("%n visit(s)", "", page.visits)
        places = self.tr("%n department(s)", "", page.departments_ever)
        parts = [self.tr("last in {day}").format(day=day)]
        parts.append(f"{visits}, {places}" if page.departments_ever else visits)
        if page.spent:
            parts.append(formats.money(page.spent, page.currency, cents=False))
        return joined(*parts)

    def _write(self) -> None:
        from clientele.store.queries.message_fields import Meant
        from clientele.ui.dialogs.write_message import WriteMessageSheet

        WriteMessageSheet(self._desk, self, Meant(self._client_id)).open_sheet()

    def _take(self) -> None:
        what = TakeIntoBook(self._client_id, self._desk.me.id)
        self._desk.do(take_into_book, what, said=self.tr("In your book from now on"))


def _reached_first(points: tuple[Point, ...]) -> list[str]:
    """The preferred number and the preferred e-mail address, then the others."""
    seen: dict[str, int] = {}
    ranked: list[tuple[int, str]] = []
    for point in points:
        rank = seen[point.kind] = seen.get(point.kind, -1) + 1
        ranked.append((rank, point.value))
    return [value for _, value in sorted(ranked, key=itemgetter(0))[:POINTS]]
