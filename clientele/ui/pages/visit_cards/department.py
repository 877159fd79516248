"""What matters in this department? Sizes, likes, avoids, what they own, what was said elsewhere."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from clientele.store.queries.for_department import ForDepartment
from clientele.ui.desk import Desk
from clientele.ui.dialogs.note_size import NoteSizeSheet
from clientele.ui.widgets.card import Card
from clientele.ui.widgets.known_here import KnownHere
from clientele.ui.widgets.layouts import ground_of


class DepartmentCard(Card):
    """What is known of the client for the department they are in."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(" ", "", parent=parent)
        self._desk = desk
        self._where: tuple[int, int] | None = None
        self.known = KnownHere(desk)
        self.known.size_wanted.connect(self.note_size)
        self.add(self.known)

    def show_for(self, client_id: int, department_id: int) -> None:
        """Whom and which department the facts are of that are being asked for."""
        self._where = client_id, department_id

    def show_known(self, known: ForDepartment) -> None:
        """The facts, or that there are none yet."""
        self.set_title(self.tr("For {department}").format(department=known.department))
        self.set_hint("" if known.is_empty else self.tr("what we know"))
        self.known.show_known(known)

    def note_size(self) -> None:
        """Write down a size for here."""
        if self._where is not None:
            NoteSizeSheet(self._desk, ground_of(self), *self._where).open_sheet()
