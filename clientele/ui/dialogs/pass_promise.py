"""Who has the work in hand? A colleague, while the promise stays with whoever gave it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QComboBox, QWidget

from clientele.services.promise_words import PassPromise, pass_promise
from clientele.store.queries.promises import PromiseRow
from clientele.store.queries.team import AssociateTile, associates
from clientele.ui.desk import Desk
from clientele.ui.dialogs.passing import PassingSheet
from clientele.ui.models.client_names import shown_name
from clientele.ui.widgets.basics import label
from clientele.ui.widgets.fields import Field


class PassPromiseSheet(PassingSheet):
    """One colleague and a word; the associate who promised answers for it all the same."""

    def __init__(self, desk: Desk, over: QWidget, row: PromiseRow) -> None:
        title = QCoreApplication.translate("PassPromiseSheet", "Who does the work")
        super().__init__(desk, over, title)
        self._row = row
        self.body.addWidget(label(f"{shown_name(row.named)} · {row.what}", "label"))
        self.colleague = QComboBox()
        self.word = Field(self.tr("In a word"), hint=self.tr("Rush, for 14:30"))
        self.add_field(self.tr("In hand with"), self.colleague)
        self.add_field(self.tr("In a word"), self.word)
        self.word.returnPressed.connect(self.keep)
        self.add_button(self.tr("Pass on"), self.keep, primary=True)
        desk.ask(associates, partial(fill_colleagues, self.colleague, row), owner=self)

    def open_sheet(self, focus: QWidget | None = None) -> None:
        """Begin with who."""
        super().open_sheet(focus or self.colleague)

    def keep(self) -> None:
        """Write it down."""
        to = self.colleague.currentData()
        name = self.colleague.currentText()
        row = self._row
        self._desk.do(
            pass_promise,
            PassPromise(row.id, to, self._desk.me.id, self.word.value),
            said=self.tr("{what}: in hand with {name}").format(what=row.what, name=name),
            then=self.close_after,
            failed=self.say,
        )


def fill_colleagues(box: QComboBox, row: PromiseRow, people: tuple[AssociateTile, ...]) -> None:
    """Whoever promised first, then the colleagues; the one who has it in hand is chosen."""
    box.addItem(row.associate, None)
    for one in people:
        if one.id != row.associate_id:
            place = f"{one.name}, {one.department}" if one.department else one.name
            box.addItem(place, one.id)
    box.setCurrentIndex(max(box.findData(row.colleague_id), 0))
