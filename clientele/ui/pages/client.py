"""Who is this client? Everything the associates know, changed where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent

from clientele.services.changes import Changes, Kind
from clientele.store.queries.client import ClientPage as Facts
from clientele.store.queries.client import client_page
from clientele.store.queries.merged import where_now
from clientele.ui.actions import (
    BRIEF,
    DETAILS,
    FIND_HERE,
    KEEP_OFFERS,
    QUICK_NOTE,
    START_OR_RING,
)
from clientele.ui.desk import Desk
from clientele.ui.dialogs.edit_note import EditNoteSheet
from clientele.ui.dialogs.hand_over import HandOverSheet
from clientele.ui.dialogs.make_right import MakeRightSheet
from clientele.ui.dialogs.new_follow_up import NewFollowUpSheet
from clientele.ui.dialogs.whose import WhoseSheet
from clientele.ui.pages.client_cards.across import AcrossCard
from clientele.ui.pages.client_cards.at_hand import OpenCard
from clientele.ui.pages.client_cards.handed import HandedLine
from clientele.ui.pages.client_cards.header import ClientHeader
from clientele.ui.pages.client_cards.household import HouseholdCard
from clientele.ui.pages.client_cards.preferences import PreferencesCard
from clientele.ui.pages.client_cards.say_first import SayFirstCard
from clientele.ui.pages.client_cards.sizes import SizesCard
from clientele.ui.pages.client_cards.story import StoryCard
from clientele.ui.pages.client_cards.wishes import WishCard
from clientele.ui.pages.client_cards.work_bar import WorkBar
from clientele.ui.pages.open_rights import OpenRightsCard
from clientele.ui.theme import Space
from clientele.ui.widgets.card import EmptyState
from clientele.ui.widgets.held import Held
from clientele.ui.widgets.layouts import Columns
from clientele.ui.widgets.page import Page

if TYPE_CHECKING:
    from clientele.ui.pages.client_cards.details import DetailsSheet

FACTS = frozenset(
    {
        Kind.ABSENCE,
        Kind.ADDRESS,
        Kind.ASSOCIATE,
        Kind.BOOK_MEMBERSHIP,
        Kind.CLIENT,
        Kind.CLIENT_PHOTO,
        Kind.CLIENT_REFERENCE,
        Kind.CLIENT_TAG,
        Kind.CONSENT,
        Kind.CONTACT_POINT,
        Kind.EVIDENCE_ASIDE,
        Kind.GIFT,
        Kind.HAND_OFF,
        Kind.HOUSEHOLD_MEMBER,
        Kind.LINE_RETURN,
        Kind.NOTE,
        Kind.OCCASION,
        Kind.PREFERENCE,
        Kind.PURCHASE,
        Kind.PURCHASE_LINE,
        Kind.SHOWN_ITEM,
        Kind.SIZE,
        Kind.TAG,
        Kind.VISIT,
    }
)
TOLD = frozenset(
    {
        Kind.APPOINTMENT,
        Kind.BOOK_MEMBERSHIP,
        Kind.CLIENT_MERGE,
        Kind.CONSENT,
        Kind.CONTACT_MADE,
        Kind.CREDIT_SHARE,
        Kind.HAND_OFF,
        Kind.LINE_RETURN,
        Kind.MADE_RIGHT,
        Kind.MADE_RIGHT_STEP,
        Kind.NOTE,
        Kind.PART_PAYMENT,
        Kind.PROMISE,
        Kind.PROMISE_STEP,
        Kind.PURCHASE,
        Kind.PURCHASE_LINE,
        Kind.SHOWN_ITEM,
        Kind.VISIT,
        Kind.VISIT_COMPANION,
        Kind.VISIT_STOP,
    }
)
OPEN = frozenset(
    {
        Kind.CONSENT,
        Kind.CONTACT_POINT,
        Kind.FOLLOW_UP,
        Kind.MADE_RIGHT,
        Kind.PROMISE,
    }
)

WISHED = frozenset({Kind.WISH, Kind.PROMISE, Kind.HOUSEHOLD_MEMBER, Kind.LINE_RETURN})
GIVEN = frozenset({Kind.GIFT, Kind.HOUSEHOLD_MEMBER, Kind.OCCASION, Kind.CLIENT, Kind.PURCHASE})

ALL = FACTS | TOLD | OPEN | WISHED | GIVEN

LEFT, RIGHT, MIDDLE = 322, 300, 430
"""Widths of the columns at scale one; the middle is the least that leaves the right one beside."""


class ClientPage(Page):
    """The page of one client: ``show_client(id)``.

    Emits ``open_client(id)`` for somebody of the household, ``open_brief(id)``,
    ``start_visit(id)``, ``open_visit(visit id)``, ``open_promise(promise id)``,
    ``open_made_right(its id)``, ``open_clients`` when the client is no longer there.
    """

    open_client = Signal(int)
    open_brief = Signal(int)
    start_visit = Signal(int)
    open_visit = Signal(int)
    open_promise = Signal(int)
    open_made_right = Signal(int)
    open_clients = Signal()

    def __init__(self, desk: Desk) -> None:
        name = QCoreApplication.translate("ClientPage", "Client")
        super().__init__(desk, name, ALL)
        self._client_id = 0
        self._changed = ALL
        self._shown_for = 0
        self.header = ClientHeader(desk)
        self.handed = HandedLine(desk, self)
        self.work = WorkBar(desk)
        self.details: DetailsSheet | None = None
        self.say_first = SayFirstCard(desk)
        self.sizes = SizesCard(desk)
        self.preferences = PreferencesCard(desk)
        self.household = HouseholdCard(desk)
        self.story = StoryCard(desk)
        self.open = OpenCard(desk, self)
        self.rights = OpenRightsCard(desk, self)
        self.wishes = WishCard(desk, self)
        self.across = AcrossCard(desk)
        self.columns = Columns()
        self.columns.set_main_at_least(MIDDLE)
        self._left = self.columns.column(LEFT, scrolls=True)
        self._main = self.columns.column()
        self._right = self.columns.column(RIGHT, above=True, scrolls=True)
        for card in (self.say_first, self.sizes, self.preferences, self.household):
            self._left.addWidget(card)
        self._main.addWidget(self.story)
        self._right.addWidget(self.rights)
        self._right.addWidget(self.open)
        self._right.addWidget(self.wishes)
        self._right.addWidget(self.across)
        self.missing = EmptyState(
            self.tr("This client is no longer in the book."),
            self.tr("Show the clients"),
            self.open_clients.emit,
        )
        self.missing.hide()
        for part in (self.work, self.header, self.handed, self.missing, self.columns):
            self.body.addWidget(part)
        self._held = Held(self, desk)
        self._wire()

    def show_client(self, client_id: int) -> None:
        """Show this client from now on."""
        if client_id != self._client_id:
            self._client_id = client_id
            self.work.show_client(client_id)
            self._close_details()
            self.verticalScrollBar().setValue(0)
            self._held.hold()
        self._changed = ALL
        self.make_due()

    @property
    def client_id(self) -> int:
        """Whose page it is, 0 before any was shown."""
        return self._client_id

    def client_at_hand(self) -> int | None:
        """The client shown."""
        return self._client_id or None

    def place(self) -> object:
        """The client."""
        return self._client_id or None

    def go_to(self, place: object) -> None:
        """Back to a client."""
        if isinstance(place, int):
            self.show_client(place)

    def concerns(self, changes: Changes) -> bool:
        """Only what changed for this client, and only that is asked again."""
        if not self._client_id or not changes.touch(*(ALL), client=self._client_id):
            return False
        self._changed |= {Kind(kind) for kind in changes.kinds}
        return True

    def refresh(self) -> None:
        """Ask for the parts that changed."""
        if not self._client_id:
            return
        changed, self._changed = self._changed, frozenset()
        if self._shown_for != self.desk.me.id:
            self._shown_for, changed = self.desk.me.id, ALL
        key, now = self._client_id, self.desk.now()
        self.desk.saw(key)

        if changed & FACTS:
            self.desk.ask(
                lambda session: client_page(session, key, now=now),
                self._show,
                owner=self,
                slot="facts",
            )
        if changed & (TOLD | {Kind.ASSOCIATE}):
            self.story.show_client(key)
        if changed & GIVEN:
            self.household.look_beside(key)
        if changed & WISHED:
            self.wishes.show_client(key)
        if changed & OPEN:
            self.rights.show_client(key)
            self.open.show_client(key)

    def write_note(self) -> None:
        """Put the keyboard into the box for a note."""
        self.story.note.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.ensureWidgetVisible(self.story.note)

    def find_in_story(self) -> None:
        """Put the keyboard into the field that looks for words in the story."""
        self.story.find_words()
        self.ensureWidgetVisible(self.story.filter.field)

    def edit_details(self) -> None:
        """Show names, numbers, addresses and all else that is known, to be changed."""
        from clientele.ui.pages.client_cards.details import DetailsSheet

        if not self._client_id:
            return
        self._close_details()
        self.details = DetailsSheet(self.desk, self, self._client_id)
        self.details.open_client.connect(self.open_client)
        self.details.closed.connect(self._forget_details)
        self.details.open_sheet()

    def _close_details(self) -> None:
        if self.details is not None:
            self.details.close_sheet()

    def _forget_details(self) -> None:
        self.details = None

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window what matters first stands first, wishes and “across” come last."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        # The columns are laid out after this, so their own width is still the old one.
        folded = sum(self.columns.fold(self.viewport().width() - 2 * Space.PAGE_X))
        place = self._left if folded == 1 else self._right
        if place.indexOf(self.wishes) < 0:
            place.insertWidget(place.indexOf(self.household) if folded == 1 else 2, self.wishes)
        place = self._right if folded == 0 else self._left
        if place.indexOf(self.across) < 0:
            place.addWidget(self.across)
        place = self._right if folded == 2 else self._left
        if place.indexOf(self.say_first) < 0:
            place.insertWidget(0, self.say_first)
        self.story.set_alone(folded == 2, self.viewport().height())

    def _show(self, facts: Facts | None) -> None:
        for part in (self.header, self.columns):
            part.setVisible(facts is not None)
        self.missing.setVisible(facts is None)
        if facts is None:
            self._close_details()
            self.handed.hide()
            self._follow_merge()
            return
        key = self._client_id
        self.setAccessibleName(facts.named.name or self.tr("Client"))
        self.header.show_client(facts)
        self.handed.show_client(key)
        self.say_first.show_client(facts)
        self.sizes.show_client(key, facts)
        self.preferences.show_client(key, facts)
        self.household.show_client(key, facts)
        self.across.show_client(facts)

    def _follow_merge(self) -> None:
        """A client who became one with another is shown there, wherever one came from."""
        key = self._client_id

        def found(there: int | None) -> None:
            if there is not None and self._client_id == key:
                self.show_client(there)

        self.desk.ask(lambda session: where_now(session, key), found, owner=self, slot="merged")

    def _wire(self) -> None:
        self.desk.theme.changed.connect(self._arrange)
        header = self.header
        header.note.connect(self.write_note)
        header.follow_up.connect(self._new_follow_up)
        header.brief.connect(self._brief)
        header.visit.connect(self._visit)
        header.make_right.connect(self._make_right)
        header.hand_over.connect(self._hand_over)
        header.edit.connect(self.edit_details)
        self.across.purchases.connect(self._show_purchases)
        header.photo.connect(self._show_photo)
        header.open_client.connect(self.open_client)
        header.whose.connect(self._ask_whose)
        self.household.open_client.connect(self.open_client.emit)
        self.story.open_visit.connect(self.open_visit.emit)
        self.story.open_promise.connect(self.open_promise.emit)
        self.story.open_made_right.connect(self.open_made_right.emit)
        self.story.open_note.connect(self._edit_note)
        self.on(FIND_HERE, self.find_in_story)
        self.on(QUICK_NOTE, self.write_note)
        self.on(KEEP_OFFERS, self.story.offers.keep_all)
        self.on(BRIEF, self._brief)
        self.on(DETAILS, self.edit_details)
        self.on(START_OR_RING, self._keep_or_visit)

    def _brief(self) -> None:
        if self._client_id:
            self.open_brief.emit(self._client_id)

    def _visit(self) -> None:
        if self._client_id:
            self.start_visit.emit(self._client_id)

    def _keep_or_visit(self) -> None:
        """Ctrl+Return keeps the note that is being written, else it starts the visit."""
        if self.story.note.is_written():
            self.story.note.keep()
        else:
            self._visit()

    def _new_follow_up(self) -> None:
        NewFollowUpSheet(self.desk, self, client_id=self._client_id).open_sheet()

    def _ask_whose(self) -> None:
        WhoseSheet(self.desk, self, self._client_id).open_sheet()

    def _hand_over(self) -> None:
        HandOverSheet(self.desk, self, client_id=self._client_id).open_sheet()

    def _make_right(self) -> None:
        MakeRightSheet(self.desk, self, client_id=self._client_id).open_sheet()

    def _show_purchases(self) -> None:
        from clientele.ui.dialogs.purchases import PurchasesSheet

        sheet = PurchasesSheet(self.desk, self, self._client_id)
        sheet.open_visit.connect(self.open_visit.emit)
        sheet.open_sheet()

    def _show_photo(self) -> None:
        from clientele.ui.dialogs.photo import PhotoSheet

        PhotoSheet(self.desk, self, self._client_id).open_sheet()

    def _edit_note(self, note_id: int, words: str, first: bool) -> None:
        EditNoteSheet(self.desk, self, note_id, words, say_first_now=first).open_sheet()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """D is done with the client of a list; a field that is written in keeps it to itself."""
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        if event.key() == Qt.Key.Key_D and plain and self.work.can_be_done:
            self.work.toggle()
        else:
            super().keyPressEvent(event)

    def take_keyboard(self) -> None:
        """J and K move through the story at once."""
        self.story.list.setFocus(Qt.FocusReason.OtherFocusReason)
