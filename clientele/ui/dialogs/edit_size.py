"""What was told of a size, and is said otherwise now? Kept as it is typed."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from clientele.domain.rules.size_evidence import Proof
from clientele.services.sizes import EditSize, edit_size
from clientele.ui.card_numbers import to_keep
from clientele.ui.desk import Desk
from clientele.ui.dialogs.passing import PassingSheet
from clientele.ui.widgets.fields import Field


class EditSizeSheet(PassingSheet):
    """Each field of a told size, by the evidence of it; undone like all that is typed."""

    def __init__(self, desk: Desk, over: QWidget, proof: Proof) -> None:
        title = QCoreApplication.translate("EditSizeSheet", "Change a size")
        super().__init__(desk, over, title, width=420)
        self._size_id = proof.id
        self.category = self._field("category", self.tr("What for"), proof.category)
        self.value = self._field("value", self.tr("Size"), proof.value)
        self.fit = self._field("fit", self.tr("How it sits"), proof.fit)
        self.brand = self._field("brand", self.tr("Brand"), proof.brand)
        self.add_button(self.tr("Done"), self.close_sheet, primary=True)

    def open_sheet(self, focus: QWidget | None = None) -> None:
        """Begin with the size itself."""
        super().open_sheet(focus or self.value)

    def _field(self, name: str, words: str, value: str) -> Field:
        field = Field(words, value)
        field.typed.connect(partial(self._typed, name, field))
        field.left.connect(self._desk.seal)
        field.returnPressed.connect(self.close_sheet)
        self.add_field(words, field)
        return field

    def _typed(self, name: str, field: Field, value: str) -> None:
        if not self.category.value.strip() or not self.value.value.strip():
            self.say(self.tr("A size says what it is for and the size. The last words are kept."))
            return
        self.say("")
        what = EditSize(self._size_id, name, to_keep(self._desk, field, value))
        self._desk.do(edit_size, what, merge=("size", self._size_id, name), failed=self.say)
