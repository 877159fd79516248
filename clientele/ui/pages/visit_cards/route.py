"""Where was the client, where are they now, and where next? The way through the departments."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from clientele.store.queries.visit import VisitPage
from clientele.ui.desk import Desk
from clientele.ui.pages.visit_cards.helping import HelpLine
from clientele.ui.pages.visit_cards.words import stop_words
from clientele.ui.theme import Space, Tone
from clientele.ui.widgets.basics import Chip, KeyCap, label, restyle
from clientele.ui.widgets.buttons import Button, ChoiceButton
from clientele.ui.widgets.card import Card
from clientele.ui.widgets.layouts import Flow


class RouteStrip(Card):
    """Stops as chips. ``walk(department_id)`` for a planned one, ``choose`` for another."""

    walk = Signal(int)
    choose = Signal()
    onward = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.setAccessibleName(self.tr("Way through the departments"))
        self._visit: VisitPage | None = None
        if (outer := self.layout()) is not None:
            outer.setContentsMargins(0, 1, 0, 1)
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.GAP)
        self._chips = Flow(across=Space.SMALL, down=2)
        self.planned: dict[int, ChoiceButton] = {}
        row.addWidget(self._chips, 1)
        self.next_button = Button("", self.onward.emit, kind="quiet", key="Ctrl+Right")
        row.addWidget(self.next_button, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(KeyCap(self.tr("Ctrl →")), 0, Qt.AlignmentFlag.AlignVCenter)
        self.add(line)
        self.help = HelpLine(desk)
        self.add(self.help)

    def show_visit(self, visit: VisitPage) -> None:
        """The route as it is now."""
        self._visit = visit
        self.help.show_visit(visit)
        now, formats = self._desk.now(), self._desk.formats
        pieces: list[QWidget] = []
        self.planned = {}
        for stop in visit.stops:
            if pieces:
                pieces.append(label("→", "label", wrap=False))
            if stop.started_at is None:
                pieces.append(self._planned(stop.department_id, stop_words(stop, now, formats)))
            else:
                chip = self._chip(stop_words(stop, now, formats), stop.current)
                if stop.colleague:
                    chip.setToolTip(self.tr("with {name}").format(name=stop.colleague))
                pieces.append(chip)
        if visit.left_at is None:
            self.add_button = Button(self.tr("+ department"), self.choose.emit, kind="link")
            pieces.append(self.add_button)
        self._chips.set_widgets(pieces)
        self.next_button.setEnabled(visit.left_at is None)
        planned = next((stop for stop in visit.stops if stop.started_at is None), None)
        self.next_button.set_words(
            self.tr("Next: {department}").format(department=planned.department)
            if planned is not None
            else self.tr("Next department")
        )

    def tick(self) -> None:
        """A minute has passed where they are now."""
        if self._visit is None or (stop := self._visit.stop) is None:
            return
        for chip in self._chips.findChildren(Chip):
            if chip.property("outlined"):
                chip.setText(stop_words(stop, self._desk.now(), self._desk.formats))

    def _planned(self, department: int, words: str) -> ChoiceButton:
        button = ChoiceButton(words)
        button.setCheckable(False)
        button.setAccessibleName(self.tr("Walk to {department}").format(department=words))
        button.setToolTip(button.accessibleName())
        button.clicked.connect(lambda _=False: self.walk.emit(department))
        self.planned[department] = button
        return button

    def _chip(self, words: str, here: bool) -> Chip:
        chip = Chip(words, Tone.GREEN)
        if here:
            chip.setProperty("outlined", True)
            chip.setAccessibleName(self.tr("{stop}, here now").format(stop=words))
            restyle(chip)
        return chip
