"""Where was the client, where are they now, and where next? The way through the departments."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from clientele.store.queries.route import Stop
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
    """Stops as chips.

    ``walk(department_id)`` for one that is planned or was left, ``choose`` for another.
    """

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
        self.been: dict[int, ChoiceButton] = {}
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
        pieces: list[QWidget] = []
        self.planned, self.been = {}, {}
        for stop in visit.stops:
            if pieces:
                pieces.append(label("→", "label", wrap=False))
            pieces.append(self._piece(stop, visit))
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

    def _piece(self, stop: Stop, visit: VisitPage) -> QWidget:
        words = stop_words(stop, self._desk.now(), self._desk.formats)
        if stop.started_at is None:
            return self._planned(stop.department_id, words)
        here = visit.stop
        if here is None or visit.left_at is not None or stop.department_id == here.department_id:
            piece: QWidget = self._chip(words, stop.current)
        else:
            piece = self._been(stop, words)
        if stop.colleague:
            piece.setToolTip(self.tr("with {name}").format(name=stop.colleague))
        return piece

    def _been(self, stop: Stop, words: str) -> ChoiceButton:
        button = ChoiceButton(words)
        button.setChecked(True)
        button.setAccessibleName(
            self.tr("{stop}; back to {department}").format(stop=words, department=stop.department)
        )
        button.setToolTip(self.tr("Back to {department}").format(department=stop.department))
        button.clicked.connect(lambda _=False: self._back_to(button, stop.department_id))
        self.been[stop.department_id] = button
        return button

    def _back_to(self, button: ChoiceButton, department: int) -> None:
        button.setChecked(True)
        self.walk.emit(department)

    def _chip(self, words: str, here: bool) -> Chip:
        chip = Chip(words, Tone.GREEN)
        if here:
            chip.setProperty("outlined", True)
            chip.setAccessibleName(self.tr("{stop}, here now").format(stop=words))
            restyle(chip)
        return chip
