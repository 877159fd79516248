"""What fits here? A size with its evidence, noted with the client beside you."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from clientele.domain.preferences import Evidence
from clientele.services.sizes import (
    AddSize,
    add_size,
)
from clientele.ui.desk import Desk
from clientele.ui.dialogs.drafted import DraftedSheet
from clientele.ui.models.known_words import evidence_words
from clientele.ui.widgets.buttons import Choice
from clientele.ui.widgets.fields import Field

OFFERED = (Evidence.TRIED_ON, Evidence.TOLD_US, Evidence.KEPT)


class NoteSizeSheet(DraftedSheet):
    """One size of a client for one department."""

    def __init__(self, desk: Desk, over: QWidget, client_id: int, department_id: int) -> None:
        title = QCoreApplication.translate("NoteSizeSheet", "Note a size")
        place = f"size of client {client_id} in {department_id}"
        super().__init__(desk, over, title, place, width=420)
        self._client_id, self._department_id = client_id, department_id
        self.category = Field(self.tr("What for"), hint=self.tr("Oxford, coat, ring …"))
        self.value = Field(self.tr("Size"), hint=self.tr("10½ D"))
        self.fit = Field(self.tr("How it sits"), hint=self.tr("wide toe box"))
        for field in (self.category, self.value, self.fit):
            self.add_field(field.accessibleName(), field)
            field.typed.connect(lambda _: self.save_draft())
        options = [(str(one), evidence_words(one)) for one in OFFERED]
        self.evidence = Choice(self.tr("How is it known?"), options)
        self.add_field(self.tr("How is it known?"), self.evidence)
        self.act = self.add_button(self.tr("Note it"), self.keep, primary=True)
        self.look_for_draft()

    def typed_now(self) -> dict[str, str]:
        """The fields."""
        fields = {
            "category": self.category.value,
            "value": self.value.value,
            "fit": self.fit.value,
        }
        return fields if any(words.strip() for words in fields.values()) else {}

    def bring_back(self, fields: dict[str, str]) -> None:
        """The fields as they were typed before."""
        self.category.set_value(fields.get("category", ""))
        self.value.set_value(fields.get("value", ""))
        self.fit.set_value(fields.get("fit", ""))

    def keep(self) -> None:
        """Write it down; without what it is for and the size there is nothing to write."""
        if not self.category.value.strip() or not self.value.value.strip():
            self.say(self.tr("Say what it is for and the size. Nothing was written yet."))
            (self.value if self.category.value.strip() else self.category).setFocus()
            return
        what = AddSize(
            self._client_id,
            self.category.value,
            self.value.value,
            self.desk.me.id,
            fit=self.fit.value,
            evidence=self.evidence.value,
            department_id=self._department_id,
            draft=self.place,
        )
        self.keep_as(add_size, what, said=self.tr("Size noted"))
