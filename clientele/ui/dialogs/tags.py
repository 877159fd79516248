"""Which tags does the store use, on how many clients? Renamed, put together, removed."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from clientele.domain.rules.names import folded
from clientele.domain.rules.rights import Right
from clientele.services.changes import Changes, Kind
from clientele.services.tags import (
    MergeTags,
    RemoveTag,
    RenameTag,
    merge_tags,
    remove_tag,
    rename_tag,
)
from clientele.store.queries.tags import TagRow, tags
from clientele.ui.delegates.row_layout import Style
from clientele.ui.desk import Desk
from clientele.ui.dialogs.living import LivingSheet
from clientele.ui.models.rows import Key, Row, RowAction
from clientele.ui.theme import Space
from clientele.ui.widgets.basics import label
from clientele.ui.widgets.buttons import Button
from clientele.ui.widgets.fields import Field
from clientele.ui.widgets.row_list import RowList


class TagsSheet(LivingSheet):
    """Call ``open_sheet`` after making it; it deletes itself when it is closed."""

    SHOWS = frozenset({Kind.TAG, Kind.CLIENT_TAG})

    def __init__(self, desk: Desk, over: QWidget) -> None:
        title = QCoreApplication.translate("TagsSheet", "Tags")
        super().__init__(desk, over, title, width=520)
        self._tags: tuple[TagRow, ...] = ()
        self._changing: TagRow | None = None
        self.none = label(
            self.tr("No tags yet. A word typed under Tags in a client's details appears here."),
            "label",
        )
        self.none.hide()
        self.body.addWidget(self.none)
        self._form = QWidget()
        row = QHBoxLayout(self._form)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.SMALL)
        self.name = Field(self.tr("The tag's word"))
        self.name.typed.connect(self._typed)
        self.name.returnPressed.connect(self._keep)
        row.addWidget(self.name, 1)
        self.keep = Button(self.tr("Call it so"), self._keep)
        row.addWidget(self.keep)
        self._form.hide()
        self.body.addWidget(self._form)
        self.list = RowList(desk.theme, title, style=Style(inset=0))
        self.list.acted.connect(self._act)
        self.list.opened.connect(self._change)
        self.body.addWidget(self.list)
        self.add_button(self.tr("Done"), self.close_sheet, primary=True)
        desk.allowed.close_form(self, Right.WORDING, self.keep)
        desk.allowed.tell(self, lambda: self._show(self._tags))
        self.look()

    def open_sheet(self, focus: QWidget | None = None) -> None:
        """Begin in the list."""
        super().open_sheet(focus or self.list)

    def look(self) -> None:
        """All tags, and how many clients have each."""
        self._desk.ask(tags, self._show, owner=self, slot="tags")

    def _show(self, found: tuple[TagRow, ...]) -> None:
        self._tags = found
        acts = (
            ()
            if not self._desk.allowed.may(Right.WORDING)
            else (
                RowAction("change", self.tr("Rename"), "E"),
                RowAction("remove", self.tr("Remove"), "X"),
            )
        )
        self.list.set_rows(
            [
                Row(
                    one.id,
                    one.name,
                    aside=self.tr("%n client(s)", "", one.clients),
                    actions=acts,
                )
                for one in found
            ]
        )
        self.list.setVisible(bool(found))
        self.none.setVisible(not found)
        if not self.isHidden():
            self._place()

    def _act(self, key: Key, name: str) -> None:
        if name == "change":
            self._change(key)
            return
        one = self._tag(key)
        if one is not None:
            said = self.tr("Removed from %n client(s)", "", one.clients) + f": {one.name}"
            self._desk.do(remove_tag, RemoveTag(one.id), said=said, failed=self.say)

    def _change(self, key: Key) -> None:
        one = self._tag(key)
        if one is None or self._desk.allowed.refuses(Right.WORDING):
            return
        self._changing = one
        self.say("")
        self.name.setText(one.name)
        self._typed(one.name)
        self._form.show()
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)
        self.name.selectAll()
        self._place()

    def _typed(self, text: str) -> None:
        other = self._other(text)
        words = self.tr("Put both together") if other is not None else self.tr("Call it so")
        self.keep.set_words(words)

    def _other(self, text: str) -> TagRow | None:
        """Another tag that has this name."""
        wanted = folded(" ".join(text.split()))
        changing = self._changing.id if self._changing else None
        return next(
            (one for one in self._tags if folded(one.name) == wanted and one.id != changing), None
        )

    def _keep(self) -> None:
        one = self._changing
        if one is None:
            return
        text = " ".join(self.name.value.split())
        other = self._other(text)
        if other is not None:
            self._desk.do(
                merge_tags,
                MergeTags(one.id, other.id),
                said=self.tr("{tag} is now {other}").format(tag=one.name, other=other.name),
                then=self._kept,
                failed=self.say,
            )
            return
        self._desk.do(
            rename_tag,
            RenameTag(one.id, text),
            said=self.tr("{tag} is now {other}").format(tag=one.name, other=text),
            then=self._kept,
            failed=self.say,
        )

    def _kept(self, _: Changes) -> None:
        self._changing = None
        self._form.hide()
        self.say("")
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        self._place()

    def _tag(self, key: Key) -> TagRow | None:
        return next((one for one in self._tags if one.id == key), None)
