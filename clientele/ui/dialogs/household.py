"""The household of a client: who is a client too, who has them in theirs, and what was given."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from clientele.services.changes import Kind
from clientele.services.gifts import RemoveGift, remove_gift
from clientele.services.household import RemoveOccasion, remove_occasion
from clientele.services.household_links import (
    KeepHereToo,
    UnlinkMember,
    keep_here_too,
    unlink_member,
)
from clientele.store.queries.household import MemberRow
from clientele.store.queries.household_sheet import Household, household
from clientele.ui.delegates.row_layout import Style
from clientele.ui.desk import Desk
from clientele.ui.dialogs.living import LivingSheet
from clientele.ui.models import gift_words
from clientele.ui.models.client_names import short_name
from clientele.ui.models.household_rows import (
    DAY,
    GIFT,
    GIVE,
    KEEP,
    LINK,
    MEMBER,
    OTHER,
    REMOVE,
    UNLINK,
    WISH,
    household_rows,
)
from clientele.ui.models.rows import Key
from clientele.ui.widgets.basics import label
from clientele.ui.widgets.row_list import RowList


class HouseholdSheet(LivingSheet):
    """Call ``open_sheet`` after making it. Emits ``open_client(id)`` for somebody's own page."""

    SHOWS = frozenset(
        {
            Kind.CLIENT,
            Kind.GIFT,
            Kind.HOUSEHOLD_MEMBER,
            Kind.OCCASION,
            Kind.PREFERENCE,
            Kind.SIZE,
        }
    )

    open_client = Signal(int)

    def __init__(self, desk: Desk, over: QWidget, client_id: int) -> None:
        title = QCoreApplication.translate("HouseholdSheet", "Household and occasions")
        super().__init__(desk, over, title, width=640)
        self._client_id = client_id
        self._found: Household | None = None
        self.nothing = label(
            self.tr(
                "Nobody is known yet. Whom they buy for is added on the client's page, or with "
                "the first gift."
            ),
            "label",
        )
        self.nothing.hide()
        self.list = RowList(
            desk.theme, self.tr("Household"), style=Style(small_headings=True, inset=0)
        )
        self.list.acted.connect(self._act)
        self.list.opened.connect(self._open)
        self.body.addWidget(self.nothing)
        self.body.addWidget(self.list)
        self.add_button(self.tr("A gift…"), self._gift, primary=True)
        self.look()

    def open_sheet(self, focus: QWidget | None = None) -> None:
        """Begin with the people."""
        super().open_sheet(focus or self.list)

    def look(self) -> None:
        """The people, days and gifts."""
        client_id, now = self._client_id, self._desk.now()
        self._desk.ask(
            lambda session: household(session, client_id, now=now),
            self._show,
            owner=self,
            slot="household",
        )

    def _show(self, found: Household | None) -> None:
        if found is None:
            self.close_sheet()
            return
        self._found = found
        rows = household_rows(found, self._desk)
        self.list.set_rows(rows)
        self.list.setVisible(bool(rows))
        self.nothing.setVisible(not rows)

    def _open(self, key: Key) -> None:
        self._act(key, "")

    def _act(self, key: Key, name: str) -> None:
        if self._found is None or not isinstance(key, tuple):
            return
        kind, number = key
        if kind == MEMBER:
            member = next((row for row in self._found.members if row.id == number), None)
            if member is not None:
                self._member(member, name)
        elif kind == OTHER:
            self._other(number, name)
        elif kind == DAY and name == REMOVE:
            self._desk.do(remove_occasion, RemoveOccasion(number), said=self.tr("Day removed"))
        elif kind == GIFT:
            self._gift_act(number, name)

    def _member(self, row: MemberRow, name: str) -> None:
        if name == GIVE:
            self._gift(row.id)
        elif name == WISH:
            from clientele.ui.dialogs.wish import WishSheet

            WishSheet(self._desk, self, client_id=self._client_id, member_id=row.id).open_sheet()
        elif name == UNLINK:
            said = self.tr("{name} is no longer linked").format(name=row.name or row.relation)
            self._desk.do(unlink_member, UnlinkMember(row.id), said=said)
        elif row.linked_client_id is not None:
            self._go(row.linked_client_id)
        elif name in (LINK, "") and self._found is not None:
            from clientele.ui.dialogs.link_member import LinkMemberSheet

            LinkMemberSheet(self._desk, self, row, self._found.named).open_sheet()

    def _other(self, number: int, name: str) -> None:
        others = self._found.others if self._found else ()
        row = next((one for one in others if one.member_id == number), None)
        if row is None:
            return
        if name == KEEP:
            said = self.tr("{name} is kept here too").format(name=short_name(row.named))
            self._desk.do(keep_here_too, KeepHereToo(number), said=said)
        else:
            self._go(row.named.client_id)

    def _gift_act(self, number: int, name: str) -> None:
        if name == gift_words.REMOVE:
            self._desk.do(remove_gift, RemoveGift(number), said=self.tr("Gift removed"))
            return
        gifts = self._found.gifts if self._found else ()
        gift = next((one for one in gifts if one.id == number), None)
        if gift is not None:
            from clientele.ui.dialogs.gift import GiftSheet

            GiftSheet(self._desk, self, client_id=self._client_id, gift=gift).open_sheet()

    def _gift(self, member_id: int | None = None) -> None:
        from clientele.ui.dialogs.gift import GiftSheet

        GiftSheet(self._desk, self, client_id=self._client_id, member_id=member_id).open_sheet()

    def _go(self, client_id: int) -> None:
        self.close_sheet()
        self.open_client.emit(client_id)
