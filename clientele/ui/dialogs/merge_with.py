"""Which other entry of the book is this client too?"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from clientele.ui.desk import Desk
from clientele.ui.dialogs.merge import MergeSheet
from clientele.ui.dialogs.passing import PassingSheet
from clientele.ui.widgets.client_picker import ClientPicker


class MergeWithSheet(PassingSheet):
    """Two clients to make one of, then the choice field by field. Emits ``merged(id)``."""

    merged = Signal(int)

    def __init__(self, desk: Desk, over: QWidget, client_id: int | None) -> None:
        title = QCoreApplication.translate("MergeWithSheet", "The same client twice")
        super().__init__(desk, over, title, width=520)
        self._over = over
        self.one = ClientPicker(desk, client_id)
        self.other = ClientPicker(desk)
        self.add_field(self.tr("This client"), self.one)
        self.add_field(self.tr("is also"), self.other)
        self.next = self.add_button(self.tr("Put them side by side"), self._compare, primary=True)

    def _compare(self) -> None:
        one, other = self.one.client_id, self.other.client_id
        if one is None or other is None:
            self.say(self.tr("Choose both clients first."))
            return
        if one == other:
            self.say(self.tr("This is one and the same client; choose another."))
            return
        sheet = MergeSheet(self._desk, self._over, one, other)
        sheet.merged.connect(self.merged)
        self.close_sheet()
        sheet.open_sheet()
