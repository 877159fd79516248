"""What is the list called, and who sees it? A name for a filter, or another one for a list."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from clientele.domain.rules.filters import Filter
from clientele.services.changes import Changes
from clientele.services.lists import (
    CopyList,
    RenameList,
    SaveList,
    copy_list,
    rename_list,
    save_list,
)
from clientele.store.queries.lists import ListRow
from clientele.ui.desk import Desk
from clientele.ui.dialogs.passing import PassingSheet
from clientele.ui.widgets.basics import label
from clientele.ui.widgets.buttons import Choice
from clientele.ui.widgets.fields import Field

PRIVATE, SHARED = "private", "shared"


class SaveListSheet(PassingSheet):
    """A new list of ``asked``; or, of a list that is there, another name or a copy.

    Emits ``saved(list id)``.
    """

    saved = Signal(int)

    def __init__(
        self,
        desk: Desk,
        over: QWidget,
        asked: Filter | None = None,
        *,
        words: str = "",
        rename: ListRow | None = None,
        copy: ListRow | None = None,
    ) -> None:
        title = QCoreApplication.translate("SaveListSheet", "Save as a list")
        if rename is not None:
            title = QCoreApplication.translate("SaveListSheet", "Rename the list")
        elif copy is not None:
            title = QCoreApplication.translate("SaveListSheet", "Copy the list")
        super().__init__(desk, over, title, width=440)
        self._asked = asked
        self._rename, self._copy = rename, copy
        if words:
            self.body.addWidget(label(words, "sub"))
        old = rename or copy
        self.name = Field(self.tr("Name"), "" if old is None else old.name)
        self.name.setPlaceholderText(self.tr("such as Spring preview"))
        self.add_field(self.tr("Name"), self.name)
        self.seen = Choice(
            self.tr("Who sees it"),
            [(PRIVATE, self.tr("Only me")), (SHARED, self.tr("Everybody"))],
        )
        if old is None:
            self.add_field(self.tr("Who sees it"), self.seen)
        else:
            self.seen.hide()
            self.seen.setParent(self)
        self.name.returnPressed.connect(self.keep)
        self.button = self.add_button(self.tr("Keep"), self.keep, primary=True)
        self.name.selectAll()

    def keep(self) -> None:
        """Keep it, or say what is missing."""
        me, name = self._desk.me.id, self.name.value
        words = " ".join(name.split())
        if self._rename is not None:
            self._desk.do(
                rename_list,
                RenameList(self._rename.id, me, name),
                said=self.tr("Now called “{name}”").format(name=words),
                then=self._kept,
                failed=self._refused,
            )
        elif self._copy is not None:
            self._desk.do(
                copy_list,
                CopyList(self._copy.id, me, name),
                said=self.tr("Copied as “{name}”").format(name=words),
                then=self._kept,
                failed=self._refused,
            )
        else:
            self._desk.do(
                save_list,
                SaveList(me, name, self._asked or Filter(), self.seen.value == SHARED),
                said=self.tr("List “{name}” kept").format(name=words),
                then=self._kept,
                failed=self._refused,
            )

    def _kept(self, changes: Changes) -> None:
        if changes.subject is not None:
            self.saved.emit(changes.subject)
        self.close_sheet()

    def _refused(self, sentence: str) -> None:
        self.say(sentence)
        self.name.setFocus()
