"""Which lists are there? My own and those that colleagues share, each to be opened or changed."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QWidget

from clientele.services.changes import Kind
from clientele.services.lists import DeleteList, ShareList, delete_list, share_list
from clientele.store.queries.lists import Choices, ListRow, lists_with_names
from clientele.ui.delegates.row_layout import Style
from clientele.ui.desk import Desk
from clientele.ui.dialogs.living import LivingSheet
from clientele.ui.dialogs.save_list import SaveListSheet
from clientele.ui.models.filter_words import Ground, filter_words
from clientele.ui.models.rows import ChipSpec, Row, RowAction
from clientele.ui.theme import Tone
from clientele.ui.widgets.card import EmptyState
from clientele.ui.widgets.row_list import RowList

Found = tuple[tuple[ListRow, ...], Choices, dict[int, str]]


class ListsSheet(LivingSheet):
    """Emits ``opened(list id)`` for the one that was chosen."""

    SHOWS = frozenset({Kind.SAVED_LIST, Kind.SAVED_LIST_MARK})

    opened = Signal(int)

    def __init__(self, desk: Desk, over: QWidget) -> None:
        title = QCoreApplication.translate("ListsSheet", "Lists")
        super().__init__(desk, over, title, width=640)
        self._over = over
        self._lists: tuple[ListRow, ...] = ()
        self.empty = EmptyState(
            self.tr(
                "No list is kept yet. Filter the clients, by what they bought or by a tag, and "
                "save that as a list; it then stands here, to be worked through."
            ),
            self.tr("Filter the clients"),
            self.close_sheet,
        )
        self.empty.hide()
        self.list = RowList(desk.theme, self.tr("Lists"), style=Style(inset=0))
        self.list.opened.connect(self._open)
        self.list.acted.connect(self._act)
        self.body.addWidget(self.empty)
        self.body.addWidget(self.list)
        self.look()

    def open_sheet(self, focus: QWidget | None = None) -> None:
        """J and K move at once."""
        super().open_sheet(focus or self.list)

    def look(self) -> None:
        """One's own lists and those that colleagues share."""
        me = self._desk.me.id
        self._desk.ask(partial(lists_with_names, by=me), self._show, owner=self, slot="lists")

    def _show(self, found: Found) -> None:
        self._lists, listed, clients = found
        ground = Ground(self._desk.formats, listed, clients)
        had_keyboard = self.list.hasFocus() or not self.list.rows()
        self.list.set_rows([self._row(one, ground) for one in self._lists])
        self.list.setVisible(bool(self._lists))
        self.empty.setVisible(not self._lists)
        if self._lists and had_keyboard and self.isVisible():
            if self.list.current_key() is None:
                self.list.set_current(self._lists[0].id)
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _row(self, one: ListRow, ground: Ground) -> Row:
        mine = one.associate_id == self._desk.me.id
        chips: tuple[ChipSpec, ...] = ()
        if mine and one.shared:
            chips = (ChipSpec(self.tr("shared"), Tone.BLUE),)
        done = self.tr("%n client(s) done", "", one.done) if one.done else ""
        copy = RowAction("copy", self.tr("Copy"), "C", shown=not mine)
        acts: tuple[RowAction, ...] = (copy,)
        if mine:
            share = self.tr("Keep private") if one.shared else self.tr("Share")
            acts = (
                RowAction("share", share, "S"),
                RowAction("rename", self.tr("Rename"), "R"),
                copy,
                RowAction("delete", self.tr("Delete"), "X"),
            )
        asks = one.trouble if one.asked is None else filter_words(one.asked, ground)
        return Row(
            one.id,
            one.name,
            aside=done,
            body=asks,
            chips=chips,
            actions=acts,
            section=self.tr("My lists") if mine else self.tr("Shared by colleagues"),
            sub="" if mine else self.tr("of {name}").format(name=one.associate),
        )

    def _open(self, key: object) -> None:
        one = self._named(key)
        if one is None:
            return
        if one.asked is None:
            self.say(one.trouble)
            return
        self.close_sheet()
        self.opened.emit(one.id)

    def _act(self, key: object, name: str) -> None:
        one, me = self._named(key), self._desk.me.id
        if one is None:
            return
        if name == "share":
            words = self.tr("“{name}” is seen by everybody")
            if one.shared:
                words = self.tr("“{name}” is seen by you alone")
            self._desk.do(
                share_list,
                ShareList(one.id, me, not one.shared),
                said=words.format(name=one.name),
                failed=self.say,
            )
        elif name == "delete":
            words = self.tr("List “{name}” deleted").format(name=one.name)
            self._desk.do(delete_list, DeleteList(one.id, me), said=words, failed=self.say)
        elif name == "rename":
            SaveListSheet(self._desk, self._over, rename=one).open_sheet()
        elif name == "copy":
            SaveListSheet(self._desk, self._over, copy=one).open_sheet()

    def _named(self, key: object) -> ListRow | None:
        return next((one for one in self._lists if one.id == key), None)
