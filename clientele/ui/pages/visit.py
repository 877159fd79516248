"""Who is with me now, where are they, what do they keep? The page of a visit."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from clientele.services.changes import Changes, Kind
from clientele.services.visits import Greet, Leave, StartVisit, greet, leave, start_visit
from clientele.store.queries.for_department import for_department
from clientele.store.queries.in_mind import in_mind
from clientele.store.queries.visit import OpenVisit, open_visits, visit_page
from clientele.store.queries.visit import VisitPage as Visit
from clientele.ui import actions
from clientele.ui.desk import Desk, Me
from clientele.ui.dialogs.new_promise import NewPromiseSheet
from clientele.ui.pages.visit_cards.afterwards import AfterwardsCard
from clientele.ui.pages.visit_cards.department import DepartmentCard
from clientele.ui.pages.visit_cards.header import VisitHeader
from clientele.ui.pages.visit_cards.in_mind import InMindCard
from clientele.ui.pages.visit_cards.nobody import NobodyHere
from clientele.ui.pages.visit_cards.quick_note import QuickNoteCard
from clientele.ui.pages.visit_cards.shown import ShownCard
from clientele.ui.pages.visit_cards.switch import VisitSwitch
from clientele.ui.pages.visit_cards.ticket import TicketCard
from clientele.ui.pages.visit_cards.till import Till
from clientele.ui.pages.visit_cards.walking import WalkingStrip
from clientele.ui.pages.visit_cards.words import farewell
from clientele.ui.scanner import Scanner
from clientele.ui.theme import Space
from clientele.ui.widgets.layouts import Columns, Stack, ground_of
from clientele.ui.widgets.page import Page
from clientele.ui.widgets.sheet import Sheet

MINUTE = 60_000
"""Milliseconds between two looks at how long the client has been here."""

KINDS = frozenset(
    {Kind.VISIT, Kind.VISIT_STOP, Kind.VISIT_COMPANION, Kind.SHOWN_ITEM, Kind.PURCHASE}
    | {Kind.CLIENT, Kind.SIZE, Kind.PREFERENCE, Kind.OCCASION, Kind.CONSENT, Kind.NOTE}
    | {Kind.HOUSEHOLD_MEMBER, Kind.ITEM_CREDIT, Kind.PART_PAYMENT, Kind.FOLLOW_UP, Kind.PROMISE}
    | {Kind.WISH, Kind.GIFT}
)


class VisitPage(Page):
    """Shows one visit at a time; ``show_visit(id)``, or ``start(client_id)`` for who comes in.

    ``left`` is emitted when the client has gone.
    """

    open_client = Signal(int)
    open_brief = Signal(int)
    open_follow_ups = Signal()
    open_promise = Signal(int)
    left = Signal()
    asks = Signal(object)
    """An ``Action`` of the window, for the client of the visit."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, QCoreApplication.translate("VisitPage", "Visit"), KINDS)
        self.visit_id: int | None = None
        self.visit: Visit | None = None
        self._open: tuple[OpenVisit, ...] = ()
        self._wants_keyboard = False
        self._asking = False
        self._me = desk.me.id if desk.is_signed_in else None
        self.till = Till(desk, self)
        self._clock = QTimer(self)
        self._clock.setInterval(MINUTE)
        self._clock.timeout.connect(self._tick)
        self.switch = VisitSwitch(desk)
        self.nobody = NobodyHere(desk)
        self.here = QWidget()
        self.body.addWidget(self.switch)
        self.body.addWidget(self.nobody)
        self.body.addWidget(self.here, 1)
        self.scanner = Scanner(self._can_scan, self)
        self._make()
        self.here.hide()
        self.nobody.hide()
        self._connect()

    def _make(self) -> None:
        desk = self.desk
        inner = Stack(self.here, gap=Space.SMALL)
        self.header = VisitHeader(desk)
        self.route = WalkingStrip(desk, self)
        inner.addWidget(self.header)
        inner.addWidget(self.route)
        columns = Columns(gap=Space.ROW)
        columns.set_main_at_least(416)
        left, main, right = columns.column(356), columns.column(), columns.column(318)
        self.department = DepartmentCard(desk)
        self.in_mind = InMindCard(desk)
        self.note = QuickNoteCard(desk)
        self.shown = ShownCard(desk)
        self.ticket = TicketCard(desk)
        self.afterwards = AfterwardsCard(desk)
        for stack, cards in (
            (left, (self.department, self.in_mind)),
            (main, (self.shown, self.note)),
            (right, (self.ticket, self.afterwards)),
        ):
            stack.setSpacing(Space.SMALL)
            for card in cards:
                stack.addWidget(card)
        inner.addWidget(columns, 1)

    def _connect(self) -> None:
        self.desk.signed.connect(self._somebody_signed)
        self.switch.chosen.connect(self.show_visit)
        self.nobody.start.connect(self.start)
        self.nobody.opened.connect(self.show_visit)
        self.header.greet.connect(self._greet)
        self.header.brief.connect(self._brief)
        self.header.promise.connect(self._promise)
        self.header.leave.connect(self._leave)
        self.header.ring.connect(self.ring)
        self.header.bring_in.connect(self.route.bring_in)
        self.header.asked.connect(self.asks)
        self.route.walked.connect(self.shown.box.setFocus)
        self.ticket.opened.connect(self.shown.open_item)
        self.ticket.opened_payment.connect(self.till.open_payment)
        self.ticket.opened_promise.connect(self.open_promise)
        self.ticket.bring_back.connect(self.till.bring_back)
        self.ticket.pay_ahead.connect(self.till.pay_ahead)
        self.ticket.print_it.connect(self.till.print_it)
        self.afterwards.open_follow_ups.connect(self.open_follow_ups)
        self.shown.open_promise.connect(self.open_promise)
        self.scanner.scanned.connect(self.shown.scan)
        self.on(actions.BRIEF, self._brief)
        self.on(actions.QUICK_NOTE, self._to_note)
        self.on(actions.KEEP_OFFERS, self.note.offers.keep_all)
        self.on(actions.START_OR_RING, self._return)
        self.on(actions.NEXT_DEPARTMENT, self.route.go_onward)
        self.on(actions.BRING_IN, self.route.bring_in)
        self.on(actions.BRING_BACK, self.till.bring_back)
        self.on(actions.PAY_AHEAD, self.till.pay_ahead)
        self.on(actions.PRINT, self.till.print_it)
        self.on(actions.PROMISE, self._promise)

    # which visit

    def show_visit(self, visit_id: int) -> None:
        """Show this visit, open or ended."""
        if visit_id != self.visit_id:
            self.desk.seal()
        self.visit_id, self._asking, self._wants_keyboard = visit_id, False, True
        self.make_due()

    def ask_who(self) -> None:
        """Another client has come in: ask for whom to start a visit."""
        self.desk.seal()
        self.visit_id, self._asking, self._wants_keyboard = None, True, True
        self.nobody.picker.clear()
        self.make_due()

    def start(self, client_id: int) -> None:
        """The client has come in: begin a visit in my department, or go on with theirs."""
        me = self.desk.me
        department = me.department_id
        if department is None:
            self.desk.refused.emit(
                self.tr("You have no department yet, so no visit was started. Sign in with one.")
            )
            return
        self.desk.do(
            start_visit,
            StartVisit(client_id, me.id, department),
            then=self._started,
        )

    def _somebody_signed(self, me: Me | None) -> None:
        """Another associate sees their own visits, and only the words that they typed."""
        if me is None or me.id == self._me:
            return
        self._me = me.id
        self.visit_id, self._asking = None, False
        for card in (self.note, self.shown):
            card.forget()
        self.route.close_sheet()
        self.header.company.close_sheet()
        self.till.close_sheets()
        self.make_due()

    def _started(self, changes: Changes) -> None:
        if changes.subject is not None:
            self.show_visit(changes.subject)

    def client_at_hand(self) -> int | None:
        """Whom the visit is of."""
        return None if self.visit is None else self.visit.named.client_id

    def visit_at_hand(self) -> int | None:
        """The visit that is shown."""
        return self.visit.id if self.visit else None

    def place(self) -> object:
        """The visit that is shown."""
        return self.visit_id

    def go_to(self, place: object) -> None:
        """Back to a visit."""
        if isinstance(place, int):
            self.show_visit(place)

    def take_keyboard(self) -> None:
        """Into the item box, where a scanner writes; once it is there."""
        self._wants_keyboard = self.visit_id not in (None, self.visit_at_hand())
        if self.visit is not None and self.visit.stop is not None:
            self.shown.box.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.nobody.isVisibleTo(self) and not self._wants_keyboard:
            self.nobody.take_keyboard()
        else:
            self._wants_keyboard = True

    def mine(self) -> list[int]:
        """The open visits of whoever is signed in, and those they were brought in to."""
        me = self.desk.me.id
        return [row.id for row in self._open if me in (row.associate_id, row.colleague_id)]

    def next_visit(self) -> None:
        """On to the next of my open visits; after the last comes the first."""
        self.desk.ask(open_visits, self._go_on, owner=self, slot="next")

    def _go_on(self, found: tuple[OpenVisit, ...]) -> None:
        self._open = found
        if mine := self.mine():
            at = mine.index(self.visit_id) if self.visit_id in mine else -1
            self.show_visit(mine[(at + 1) % len(mine)])

    # reading

    def refresh(self) -> None:
        """Ask for the open visits and for the one that is shown."""
        self.desk.ask(open_visits, self._found_open, owner=self, slot="open")

    def _found_open(self, found: tuple[OpenVisit, ...]) -> None:
        self._open = found
        mine = self.mine()
        if self.visit_id is None and mine and not self._asking:
            self.visit_id = mine[0]
        shown = self.visit_id
        self.switch.show_visits([row for row in found if row.id == shown or row.id in mine], shown)
        if shown is None:
            self._show(None)
            return
        self.desk.ask(
            lambda session: visit_page(session, shown), self._show, owner=self, slot="visit"
        )

    def _show(self, visit: Visit | None) -> None:
        self.visit = visit
        self.here.setVisible(visit is not None)
        self.nobody.setVisible(visit is None)
        if visit is None:
            self.visit_id = None
            self.nobody.show_visits(self._open, self.desk.me.id)
        else:
            self.desk.saw(visit.named.client_id, "see_visit")
            self._show_visit(visit)
        if self._wants_keyboard and self.isVisible():
            self.take_keyboard()

    def _show_visit(self, visit: Visit) -> None:
        self.header.show_visit(visit)
        self.route.show_visit(visit)
        self.shown.show_visit(visit)
        self.note.show_visit(visit)
        self.ticket.show_visit(visit)
        self.afterwards.show_visit(visit)
        self.till.show_visit(visit)
        self._ask_what_matters(visit)

    def _ask_what_matters(self, visit: Visit) -> None:
        client, now, today = visit.named.client_id, self.desk.now(), self.desk.today()
        stop = visit.stop or next(reversed(visit.stops), None)
        self.department.setVisible(stop is not None)
        if stop is not None:
            department, key = stop.department_id, visit.id
            self.department.show_for(client, department, stop.id if visit.left_at is None else None)
            self.desk.ask(
                lambda session: for_department(session, client, department, now=now, visit_id=key),
                self.department.show_known,
                owner=self,
                slot="department",
            )
        self.desk.ask(
            lambda session: in_mind(session, client, now=now, today=today),
            self.in_mind.show_found,
            owner=self,
            slot="in mind",
        )

    def concerns(self, changes: Changes) -> bool:
        """What touches the client shown, and who is in the store."""
        if Kind.DRAFT in changes.kinds and changes.kinds - {Kind.DRAFT}:
            self.note.load_draft()
            self.shown.load_draft()
        if Kind.VISIT in changes.kinds or self.visit is None:
            return super().concerns(changes)
        client = self.visit.named.client_id
        return super().concerns(changes) and (not changes.clients or client in changes.clients)

    # doing

    def _greet(self) -> None:
        if self.visit is not None:
            self.desk.do(greet, Greet(self.visit.id), said=self.tr("Greeted."))

    def _brief(self) -> None:
        if self.visit is not None:
            self.open_brief.emit(self.visit.named.client_id)

    def _promise(self) -> None:
        if self.visit is not None:
            stop = self.visit.stop
            sheet = NewPromiseSheet(
                self.desk,
                self,
                client_id=self.visit.named.client_id,
                visit_id=self.visit.id,
                department_id=stop.department_id if stop else None,
            )
            sheet.open_sheet()

    def _leave(self) -> None:
        if self.visit is not None:
            self.desk.do(
                leave,
                Leave(self.visit.id, self.desk.me.id),
                said=farewell(self.visit),
                then=self._gone,
            )

    def _gone(self, changes: Changes) -> None:
        if changes.subject == self.visit_id:
            self.visit_id = None
            self.make_due()
        self.left.emit()

    def ring(self) -> None:
        """Open the sheet that rings what is kept, once."""
        self.till.ring()

    def _return(self) -> None:
        if self.note.box.hasFocus() and self.note.box.value.strip():
            self.note.keep()
        elif self.visit is None:
            self.nobody.take_keyboard()
        else:
            self.ring()

    def _to_note(self) -> None:
        if self.visit is not None:
            self.note.box.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.ensureWidgetVisible(self.note)

    # time and keys

    def _can_scan(self) -> bool:
        """Whether a scan belongs to the item box: not while a form is open, which takes it."""
        forms = ground_of(self).findChildren(Sheet)
        there = self.visit is not None and self.visit.stop is not None
        return there and not any(form.isVisible() for form in forms)

    def showEvent(self, event: QShowEvent) -> None:
        """A minute counts only while somebody looks."""
        super().showEvent(event)
        self._tick()
        self._clock.start()
        self.scanner.watch(self.window().windowHandle())

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing ticks unseen."""
        self._clock.stop()
        self.scanner.watch(None)
        super().hideEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Tab and the digits go to another visit."""
        other = self.switch.asked_for(event, self.visit_id)
        if other is None:
            super().keyPressEvent(event)
        else:
            self.show_visit(other)

    def _tick(self) -> None:
        self.header.tick()
        self.switch.tick()
        self.route.tick()
