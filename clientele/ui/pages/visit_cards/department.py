"""What matters in this department? Sizes, likes, avoids, what they own."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from clientele.store.queries.owned import Owned
from clientele.store.queries.visit import ForDepartment
from clientele.ui.desk import Desk
from clientele.ui.widgets.basics import LabelledRows, label
from clientele.ui.widgets.card import Card

OWNS_SHOWN = 4
"""The latest articles; the story has the others."""


class DepartmentCard(Card):
    """What is known of the client for the department they are in."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(" ", "", parent=parent)
        self._desk = desk
        self._rows = LabelledRows()
        self._nothing = label("", "label")
        self.add(self._rows)
        self.add(self._nothing)

    def show_known(self, known: ForDepartment) -> None:
        """The facts, or that there are none yet."""
        self.set_title(self.tr("For {department}").format(department=known.department))
        self._rows.clear()
        for size in known.sizes:
            name = f"{size.category} · {size.brand}" if size.brand else size.category
            self._rows.add(name, f", {size.fit}" if size.fit else "", strong=size.value)
        if known.likes:
            self._rows.add(self.tr("Likes"), ", ".join(known.likes))
        if known.avoids:
            self._rows.add(self.tr("Avoids"), ", ".join(known.avoids))
        if known.owns:
            owns = " · ".join(self._owned(one) for one in known.owns[:OWNS_SHOWN])
            self._rows.add(self.tr("Owns"), owns)
        something = bool(known.sizes or known.likes or known.avoids or known.owns)
        self.set_hint(self.tr("what we know") if something else "")
        self._rows.setVisible(something)
        self._nothing.setVisible(not something)
        self._nothing.setText(
            self.tr(
                "Nothing is known for {department} yet. Sizes, likes and avoids of this "
                "department will stand here."
            ).format(department=known.department)
        )

    def _owned(self, one: Owned) -> str:
        """“Brogued derby, brown 2024”: what it is and its colour, without the size."""
        words = ", ".join(part.strip() for part in one.item.split(",")[:2])
        return f"{words} {self._desk.formats.local_day(one.bought_at).year}"
