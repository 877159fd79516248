"""What does a colleague who is brought in need to know? Their department's card, as a sheet."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from clientele.services.changes import Kind
from clientele.store.queries.for_department import ForDepartment, for_department
from clientele.ui.desk import Desk
from clientele.ui.dialogs.living import LivingSheet
from clientele.ui.dialogs.note_size import NoteSizeSheet
from clientele.ui.widgets.known_here import KnownHere


class ForDepartmentSheet(LivingSheet):
    """``ForDepartmentSheet(desk, over, client, department, visit).open_sheet()``."""

    SHOWS = frozenset(
        {Kind.CLIENT, Kind.HOUSEHOLD_MEMBER, Kind.NOTE, Kind.OCCASION, Kind.PREFERENCE}
        | {Kind.GIFT, Kind.LINE_RETURN, Kind.PURCHASE, Kind.SHOWN_ITEM, Kind.SIZE}
    )

    def __init__(
        self,
        desk: Desk,
        over: QWidget,
        client_id: int,
        department_id: int,
        visit_id: int | None = None,
    ) -> None:
        super().__init__(desk, over, " ", width=420)
        self._client_id, self._department_id, self._visit_id = client_id, department_id, visit_id
        self.known = KnownHere(desk)
        self.known.size_wanted.connect(self._note_size)
        self.body.addWidget(self.known)
        self.add_button(self.tr("Close"), self.close_sheet, primary=True)
        self.look()

    def look(self) -> None:
        """What is known of the client for the department now."""
        client, department, visit = self._client_id, self._department_id, self._visit_id
        now = self._desk.now()
        self._desk.ask(
            lambda session: for_department(session, client, department, now=now, visit_id=visit),
            self._show,
            owner=self,
            slot="known",
        )

    def _show(self, known: ForDepartment) -> None:
        title = self.tr("For {department}").format(department=known.department)
        self.title.setText(title)
        self.frame.setAccessibleName(title)
        self.known.show_known(known)

    def _note_size(self) -> None:
        NoteSizeSheet(self._desk, self, self._client_id, self._department_id).open_sheet()
