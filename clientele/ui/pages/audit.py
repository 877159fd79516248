"""Who saw, changed, gave or took out what, and when? Newest first, and is it as it was written?

For store managers; others are told so. What is shown here changes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from clientele.domain.errors import Refusal
from clientele.domain.rules.acts import ActKind
from clientele.domain.rules.due_days import parse_day_gone
from clientele.domain.rules.rights import Right
from clientele.services.audit_read import read_chain, read_trail
from clientele.store.audit_check import Chain
from clientele.store.queries.audit import Asked, Trail
from clientele.store.queries.team import AssociateTile, associates
from clientele.ui.desk import Desk
from clientele.ui.models.audit_rows import KINDS, audit_rows, kind_words, say
from clientele.ui.models.rows import Key
from clientele.ui.refusals import sentence_of
from clientele.ui.theme import Space, Tone
from clientele.ui.widgets.basics import label
from clientele.ui.widgets.buttons import Button, Choice
from clientele.ui.widgets.card import Banner, Card, EmptyState
from clientele.ui.widgets.client_picker import ClientPicker
from clientele.ui.widgets.emptying import empty
from clientele.ui.widgets.fields import Field, Pause
from clientele.ui.widgets.layouts import Columns, Stack
from clientele.ui.widgets.page import Page, PageHeader
from clientele.ui.widgets.row_list import RowList

SIDE, MAIN = 320, 480
CHECKED_FOR = timedelta(minutes=10)
"""So long the chain is not worked out again when the page is shown."""
HALF_A_DAY = 700
"""Milliseconds of rest after which what is typed as a day is read."""
ALL, TODAY, YESTERDAY, WEEK = "all", "today", "yesterday", "week"


@dataclass(frozen=True, slots=True)
class Place:
    """Which entries are shown, to come back to."""

    asked: Asked
    earlier: tuple[tuple[datetime, int] | None, ...] = ()
    """What the newer pages were asked with, the newest first."""


class AuditPage(Page):
    """The trail; emits ``open_client(id)``. ``show_client(id)`` narrows it to one client."""

    open_client = Signal(int)

    def __init__(self, desk: Desk) -> None:
        name = QCoreApplication.translate("AuditPage", "Audit trail")
        super().__init__(desk, name)
        self._at = Place(Asked())
        self._trail = Trail((), more=False)
        self._checked: tuple[int, datetime | None] = (0, None)
        self.header = PageHeader(
            name,
            self.tr(
                "Who did what, and when. It keeps no word of any client; names are those of "
                "today. Typing is entered once in five minutes, a look at a client once an hour."
            ),
        )
        self.closed = Banner(tone=Tone.AMBER)
        self.closed.hide()
        self.chain = Banner(tone=Tone.GREEN)
        self.chain.hide()
        self.columns = Columns()
        self.columns.set_main_at_least(MAIN)
        main, side = self.columns.column(), self.columns.column(SIDE, scrolls=True)
        for part in (self.header, self.closed, self.chain, self.columns):
            self.body.addWidget(part)
        self.list = RowList(desk.theme, name, hug=False, keeps_current=True)
        self.list.opened.connect(self._open)
        self.nothing = EmptyState(
            self.tr("No entries like that."), self.tr("Show everything"), self.show_all
        )
        self.nothing.hide()
        self.card = Card(self.tr("Newest first"), self.tr("Return opens the client"), fill=True)
        self.card.add(self.nothing)
        self.card.add(self.list)
        self.turning = self._made_turning()
        self.turning.hide()
        self.card.add(self.turning)
        main.addWidget(self.card)
        self.columns.let_grow(self.list)
        side.addWidget(self._made_filters())
        self.take_people(())
        desk.allowed.tell(self, self.make_due)

    # narrowing

    def show_client(self, client_id: int, kind: ActKind | None = None) -> None:
        """Show what concerns this client alone, and of that only ``kind`` if it is named."""
        self.kind.choose(kind.value if kind is not None else ALL)
        self._narrow(Asked(client_id=client_id, kind=kind))

    def show_all(self) -> None:
        """Show everything, newest first."""
        for choice in (self.kind, self.who, self.when):
            choice.choose(ALL)
        self.day.set_value("")
        self._say_no_day("")
        self._narrow(Asked())

    def place(self) -> object:
        """Which entries are shown."""
        return self._at

    def go_to(self, place: object) -> None:
        """Back to these entries."""
        if isinstance(place, Place):
            self._at = place
            self._show_asked()
            self.refresh()

    def refresh(self) -> None:
        """Ask for the entries, and, in the background, whether they are as they were written."""
        desk = self.desk
        words = self.tr("Only a store manager sees the audit trail.")
        why = desk.allowed.why_not(Right.AUDIT, words) if desk.is_signed_in else ""
        self.closed.say(why)
        self.columns.setVisible(not why)
        if why or not desk.is_signed_in:
            self._shut()
            return
        self._ask()
        desk.ask(associates, self.take_people, owner=self, slot="people")
        self._check()

    def showEvent(self, event: object) -> None:
        """The trail grows by itself: look anew whenever the page comes into sight."""
        self._due = True
        super().showEvent(event)  # type: ignore[arg-type]

    def take_people(self, people: Sequence[AssociateTile]) -> None:
        """Offer these associates to filter by."""
        words = [(ALL, self.tr("everybody")), *((str(one.id), one.name) for one in people)]
        chosen = str(self._at.asked.associate_id or ALL)
        empty(self._people)
        self.who = Choice(self.tr("Who"), words, wraps=True)
        self.who.chosen.connect(self._who_chosen)
        if chosen in {value for value, _ in words}:
            self.who.choose(chosen)
        self._people.addWidget(self.who)

    # making

    def _made_filters(self) -> Card:
        card = Card(self.tr("Show only"))
        self.kind = Choice(
            self.tr("What"),
            [(ALL, self.tr("everything")), *((kind.value, kind_words(kind)) for kind in KINDS)],
            wraps=True,
        )
        self.kind.chosen.connect(self._kind_chosen)
        holder = QWidget()
        self._people = Stack(holder)
        self._people.setContentsMargins(0, 0, 0, 0)
        self.client = ClientPicker(self.desk)
        self.client.picked.connect(self._client_chosen)
        self.when = Choice(
            self.tr("When"),
            [
                (ALL, self.tr("always")),
                (TODAY, self.tr("today")),
                (YESTERDAY, self.tr("yesterday")),
                (WEEK, self.tr("last seven days")),
            ],
            wraps=True,
        )
        self.when.chosen.connect(self._when_chosen)
        self.day = Field(self.tr("A day"))
        self.day.setPlaceholderText(self.tr("or a day, such as 18 Nov"))
        self._day_pause = Pause(self, HALF_A_DAY)
        self.day.typed.connect(self._day_goes_on)
        self._day_pause.paused.connect(self._day_typed)
        self.day.returnPressed.connect(lambda: self._day_typed(self.day.value))
        self.no_day = label("", "sub")
        self.no_day.hide()
        for words, widget in (
            (self.tr("Client"), self.client),
            (self.tr("What"), self.kind),
            (self.tr("When"), self.when),
            ("", self.day),
            ("", self.no_day),
            (self.tr("Who"), holder),
        ):
            if words:
                card.add(label(words, "sub"))
            card.add(widget)
        return card

    def _made_turning(self) -> QWidget:
        bar = QWidget()
        row = QHBoxLayout(bar)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.SMALL)
        self.newer = Button(self.tr("Newer"), self._newer)
        self.older = Button(self.tr("Older"), self._older)
        row.addWidget(self.newer)
        row.addStretch(1)
        row.addWidget(self.older)
        return bar

    # asking

    def _check(self) -> None:
        """Work out all seals in the background, which takes seconds for a busy year."""
        now, me = self.desk.now(), self.desk.me.id
        by, at = self._checked
        if by == me and at is not None and at <= now < at + CHECKED_FOR:
            self.chain.setVisible(bool(self.chain.sentence.text()))
            return
        self._checked = (me, now)
        self.chain.say(self.tr("Looking whether every entry is as it was written…"), Tone.BLUE)
        self.desk.ask(read_chain, self._show_chain, owner=self, slot="chain", failed=self._refused)

    def _ask(self) -> None:
        asked = self._at.asked
        self.desk.ask(
            lambda session: read_trail(session, asked),
            self._show,
            owner=self,
            slot="trail",
            failed=self._refused,
        )

    def _narrow(self, asked: Asked) -> None:
        self._at = Place(replace(asked, before=None))
        self._show_asked()
        if self.isVisible():
            self._ask()

    def _older(self) -> None:
        if self._trail.next is not None:
            now = self._at
            asked = replace(now.asked, before=self._trail.next)
            self._at = Place(asked, (*now.earlier, now.asked.before))
            self._ask()

    def _newer(self) -> None:
        if self._at.earlier:
            *earlier, last = self._at.earlier
            self._at = Place(replace(self._at.asked, before=last), tuple(earlier))
            self._ask()

    def _kind_chosen(self, value: str) -> None:
        self._narrow(replace(self._at.asked, kind=ActKind(value) if value != ALL else None))

    def _who_chosen(self, value: str) -> None:
        self._narrow(replace(self._at.asked, associate_id=int(value) if value != ALL else None))

    def _client_chosen(self, client_id: int | None) -> None:
        if client_id != self._at.asked.client_id:
            self._narrow(replace(self._at.asked, client_id=client_id))

    def _when_chosen(self, value: str) -> None:
        today = self.desk.today()
        self.day.set_value("")
        self._say_no_day("")
        yesterday = today - timedelta(days=1)
        since, until = {
            ALL: (None, None),
            TODAY: (today, today),
            YESTERDAY: (yesterday, yesterday),
            WEEK: (today - timedelta(days=6), None),
        }[value]
        self._days(since, until)

    def _day_goes_on(self, text: str) -> None:
        """Half a day is not wrong: it is read when the typing rests."""
        self._say_no_day("")
        self._day_pause.typed(text)

    def _say_no_day(self, why: str) -> None:
        self.day.set_wrong(why)
        self.no_day.setText(why)
        self.no_day.setVisible(bool(why))

    def _day_typed(self, text: str) -> None:
        try:
            day = parse_day_gone(text, self.desk.today())
        except Refusal as refusal:
            self._say_no_day(sentence_of(refusal))
            return
        self._say_no_day("")
        self.when.choose(ALL if day is None else "")
        self._days(day, day)

    def _days(self, since: date | None, until: date | None) -> None:
        self._narrow(replace(self._at.asked, since=since, until=until))

    # showing

    def _show_asked(self) -> None:
        """The filters say what is asked."""
        asked = self._at.asked
        self.kind.choose(asked.kind.value if asked.kind is not None else ALL)
        if asked.client_id != self.client.client_id:
            if asked.client_id is None:
                self.client.clear()
            else:
                self.client.pick(asked.client_id)

    def _show(self, trail: Trail) -> None:
        self._trail = trail
        self.list.set_rows(audit_rows(trail.lines, self.desk.formats, self.desk.today()))
        self.list.setVisible(bool(trail.lines))
        self.nothing.setVisible(not trail.lines)
        self.newer.setEnabled(bool(self._at.earlier))
        self.older.setEnabled(trail.more)
        self.turning.setVisible(trail.more or bool(self._at.earlier))
        self.list.verticalScrollBar().setValue(0)
        self.give_keyboard_to_list()

    def _show_chain(self, chain: Chain) -> None:
        words = say(chain.template).format(**chain.values)
        self.chain.say(words, Tone.GREEN if chain.whole else Tone.RED)

    def _refused(self, sentence: str) -> None:
        self._shut()
        self.closed.say(sentence)
        self.columns.hide()

    def _shut(self) -> None:
        """Nothing stays that the one before was shown."""
        self._trail = Trail((), more=False)
        self.list.set_rows([])
        self.chain.say("")
        self._checked = (0, None)

    def _open(self, key: Key) -> None:
        line = next((one for one in self._trail.lines if one.id == key), None)
        if line is not None and line.named is not None:
            self.open_client.emit(line.named.client_id)
