"""What fits a client and the household, and how is it known? The size passport."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from clientele.domain.preferences import Evidence
from clientele.domain.rules.size_evidence import Proof
from clientele.services.changes import Kind
from clientele.services.sizes import (
    CountAgain,
    RemoveSize,
    SetAside,
    count_again,
    remove_size,
    set_aside,
)
from clientele.store.queries.passport import ITEM, LINE
from clientele.store.queries.size_sources import WholePassport, whole_passport
from clientele.ui.delegates.row_layout import Style
from clientele.ui.desk import Desk
from clientele.ui.dialogs.living import LivingSheet
from clientele.ui.models.passport_rows import (
    AGAIN,
    CONVERT,
    EDIT,
    NOT_THEIRS,
    REMOVE,
    each_worn,
    passport_rows,
)
from clientele.ui.models.rows import Key
from clientele.ui.widgets.basics import label
from clientele.ui.widgets.row_list import RowList


class PassportSheet(LivingSheet):
    """Call ``open_sheet`` after making it; it deletes itself when it is closed."""

    SHOWS = frozenset(
        {
            Kind.CLIENT,
            Kind.EVIDENCE_ASIDE,
            Kind.GIFT,
            Kind.HOUSEHOLD_MEMBER,
            Kind.LINE_RETURN,
            Kind.PURCHASE,
            Kind.PURCHASE_LINE,
            Kind.SHOWN_ITEM,
            Kind.SIZE,
        }
    )

    def __init__(self, desk: Desk, over: QWidget, client_id: int) -> None:
        title = QCoreApplication.translate("PassportSheet", "Size passport")
        super().__init__(desk, over, title, width=680)
        self._client_id = client_id
        self._found: WholePassport | None = None
        self._opened: set[str] = set()
        self._converted: set[str] = set()
        self.nothing = label(
            self.tr(
                "No size is known yet. What is bought and kept, brought back or tried on tells "
                "it by itself, and what they say can be noted here."
            ),
            "label",
        )
        self.nothing.hide()
        self.keys = label(self.tr("Return: how it is known · C: in other systems"), "hint")
        self.list = RowList(
            desk.theme,
            self.tr("Size passport"),
            style=Style(small_headings=True, inset=0, max_lines=6),
        )
        self.list.acted.connect(self._act)
        self.list.opened.connect(self._open)
        for widget in (self.nothing, self.keys, self.list):
            self.body.addWidget(widget)
        self.note = self.add_button(self.tr("Note a size"), self._note, primary=True)
        self.look()

    def open_sheet(self, focus: QWidget | None = None) -> None:
        """Begin with the sizes."""
        super().open_sheet(focus or self.list)

    def look(self) -> None:
        """All sizes, and what tells them."""
        client_id = self._client_id
        self._desk.ask(
            lambda session: whole_passport(session, client_id),
            self._show,
            owner=self,
            slot="passport",
        )

    def _show(self, found: WholePassport | None) -> None:
        if found is None:
            self.close_sheet()
            return
        self._found = found
        rows = passport_rows(found, self._desk, opened=self._opened, converted=self._converted)
        self.list.set_rows(rows)
        if not rows and self.list.hasFocus():
            self.note.setFocus()
        for widget in (self.list, self.keys):
            widget.setVisible(bool(rows))
        self.nothing.setVisible(not rows)

    def _open(self, key: Key) -> None:
        """Show or hide what stands behind a size."""
        if isinstance(key, str):
            self._opened ^= {key}
            self._show(self._found)

    def _act(self, key: Key, name: str) -> None:
        if name == CONVERT and isinstance(key, str):
            self._converted ^= {key}
            self._show(self._found)
            return
        if not isinstance(key, tuple):
            return
        source, number = key
        if name == NOT_THEIRS:
            what = SetAside(
                self._client_of(key),
                self._desk.me.id,
                purchase_line_id=number if source == LINE else None,
                shown_item_id=number if source == ITEM else None,
            )
            self._desk.do(set_aside, what, said=self.tr("Set aside: not for them"))
        elif name == AGAIN:
            self._desk.do(count_again, CountAgain(number), said=self.tr("Counted again"))
        elif name == REMOVE:
            self._desk.do(remove_size, RemoveSize(number), said=self.tr("Size removed"))
        elif name == EDIT and (proof := self._proof(key)) is not None:
            from clientele.ui.dialogs.edit_size import EditSizeSheet

            EditSizeSheet(self._desk, self, proof).open_sheet()

    def _proof(self, key: Key) -> Proof | None:
        if self._found is None:
            return None
        proofs = (proof for worn in each_worn(self._found) for proof in worn.proofs)
        return next((one for one in proofs if (one.source, one.id) == key), None)

    def _client_of(self, key: Key) -> int:
        """Whose evidence it is: the client's, or that of somebody with a page of their own."""
        for worn in each_worn(self._found) if self._found else ():
            if any((one.source, one.id) == key for one in worn.proofs):
                member = worn.member_id or 0
                return -member if member < 0 else self._client_id
        return self._client_id

    def _note(self) -> None:
        from clientele.ui.dialogs.note_size import NoteSizeSheet

        sheet = NoteSizeSheet(self._desk, self, self._client_id, self._desk.me.department_id)
        sheet.evidence.choose(Evidence.TOLD_US)
        sheet.open_sheet()
