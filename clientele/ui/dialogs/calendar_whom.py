"""Which client does an appointment of another calendar mean?"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from clientele.store.queries.reading import Named
from clientele.ui.desk import Desk
from clientele.ui.dialogs.passing import PassingSheet
from clientele.ui.models.client_names import shown_name
from clientele.ui.widgets.basics import label
from clientele.ui.widgets.buttons import Button
from clientele.ui.widgets.client_picker import ClientPicker
from clientele.ui.widgets.layouts import Flow


class CalendarWhomSheet(PassingSheet):
    """Those whom it may mean, and a search for anybody else. Emits ``picked(id, name)``."""

    picked = Signal(int, str)

    def __init__(self, desk: Desk, over: QWidget, said: str, candidates: Sequence[Named]) -> None:
        title = QCoreApplication.translate("CalendarWhomSheet", "Who is it?")
        super().__init__(desk, over, title)
        self.body.addWidget(label(f"“{said}”", "strong"))
        self.offered: list[Button] = []
        flow = Flow()
        for named in candidates:
            button = Button(
                shown_name(named), partial(self._chosen, named.client_id, shown_name(named))
            )
            self.offered.append(button)
            flow.add(button)
        if self.offered:
            self.body.addWidget(flow)
        self.picker = ClientPicker(desk)
        self.add_field(self.tr("Client"), self.picker)
        self.keep = self.add_button(self.tr("Keep"), self._keep, primary=True)

    def open_sheet(self, focus: QWidget | None = None) -> None:
        """Begin with the likeliest, else with the search."""
        first = self.offered[0] if self.offered else self.picker.box
        super().open_sheet(focus or first)

    def _keep(self) -> None:
        if self.picker.client_id is None or self.picker.named is None:
            self.say(self.tr("Choose the client, or close this to leave the appointment out."))
            self.picker.box.setFocus()
            return
        self._chosen(self.picker.client_id, shown_name(self.picker.named))

    def _chosen(self, client_id: int, name: str) -> None:
        self.close_sheet()
        self.picked.emit(client_id, name)
