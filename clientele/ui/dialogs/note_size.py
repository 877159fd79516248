"""What fits here? A size with its evidence in one line, noted with the client beside you."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from clientele.domain.preferences import Evidence
from clientele.domain.rules.size_line import SizeLine, read_size_line
from clientele.services.sizes import (
    AddSize,
    add_size,
)
from clientele.store.queries.passport import brands_of
from clientele.ui.desk import Desk
from clientele.ui.dialogs.drafted import DraftedSheet
from clientele.ui.models.known_words import evidence_words
from clientele.ui.widgets.basics import label
from clientele.ui.widgets.buttons import Choice
from clientele.ui.widgets.fields import Field
from clientele.ui.widgets.people_choice import PeopleChoice

OFFERED = (Evidence.TRIED_ON, Evidence.TOLD_US, Evidence.KEPT)
SYSTEMS = ("UK", "US", "US MEN", "US WOMEN", "EU", "FR", "DE", "IT")
"""Systems that share numbers, by their labels."""


class NoteSizeSheet(DraftedSheet):
    """One size of a client or of the household, for one department or for all of them."""

    def __init__(
        self, desk: Desk, over: QWidget, client_id: int, department_id: int | None
    ) -> None:
        title = QCoreApplication.translate("NoteSizeSheet", "Note a size")
        place = f"size of client {client_id} in {department_id or 0}"
        super().__init__(desk, over, title, place, width=500)
        self._client_id, self._department_id = client_id, department_id
        self._brands: tuple[str, ...] = ()
        self._chosen = ""
        self.words = Field(
            self.tr("What for, and the size"), hint=self.tr("coat UK 12, sleeves −2 cm")
        )
        self.add_field(self.tr("What for, and the size"), self.words)
        self.read = label("", "sub")
        self.body.addWidget(self.read)
        systems = [(one, _spoken(one)) for one in SYSTEMS]
        self.system = Choice(self.tr("Which system?"), systems, wraps=True)
        self.system.choose("")
        self.system.hide()
        self.body.addWidget(self.system)
        self.people = PeopleChoice(desk, self.tr("For whom"), self.tr("the client"))
        self.add_field(self.tr("For whom"), self.people)
        options = [(str(one), evidence_words(one)) for one in OFFERED]
        self.evidence = Choice(self.tr("How is it known?"), options, wraps=True)
        self.add_field(self.tr("How is it known?"), self.evidence)
        self.act = self.add_button(self.tr("Note it"), self.keep, primary=True)
        self.words.typed.connect(self._typed)
        self.words.returnPressed.connect(self.keep)
        self.system.chosen.connect(self._choose)
        self.people.chosen.connect(self._for_whom)
        self.people.loaded.connect(self._show)
        self.people.show_for(client_id)
        desk.ask(
            lambda session: brands_of(session, client_id),
            self._know_brands,
            owner=self,
            slot="brands",
        )
        self.look_for_draft()
        self._show()

    def typed_now(self) -> dict[str, str]:
        """The line and what was chosen beside it; nothing while the line is empty."""
        if not self.words.value.strip():
            return {}
        return {
            "words": self.words.value,
            "system": self._chosen,
            "member": str(self.people.member_id or ""),
            "evidence": self.evidence.value,
        }

    def bring_back(self, fields: dict[str, str]) -> None:
        """The line as it was typed before."""
        apart = f"{fields.get('category', '')} {fields.get('value', '')}".strip()
        before = ", ".join(part for part in (apart, fields.get("fit", "")) if part)
        self.words.set_value(fields.get("words", before))
        self._chosen = fields.get("system", "")
        if fields.get("member"):
            self.people.choose(int(fields["member"]))
        if fields.get("evidence"):
            self.evidence.choose(fields["evidence"])
        self._show()

    def keep(self) -> None:
        """Write it down; without what it is for and the size there is nothing to write."""
        line = self._line()
        if not line.is_whole:
            self.say(self.tr("Say what it is for and the size. Nothing was written yet."))
            self.words.setFocus()
            return
        what = AddSize(
            self._client_id,
            line.category,
            line.value,
            self.desk.me.id,
            brand=line.brand,
            fit=line.fit,
            evidence=self.evidence.value,
            department_id=self._department_id,
            household_member_id=self.people.member_id,
            draft=self.place,
        )
        self.keep_as(add_size, what, said=self.tr("Size noted"))

    def _line(self) -> SizeLine:
        return read_size_line(self.words.value, self.people.people, self._brands, self._chosen)

    def _know_brands(self, brands: tuple[str, ...]) -> None:
        self._brands = brands
        self._show()

    def _typed(self, _: str) -> None:
        member = self._line().member
        if member is not None:
            self.people.choose(member)
        self._show()
        self.save_draft()

    def _choose(self, system: str) -> None:
        self._chosen = system
        self._show()
        self.save_draft()

    def _for_whom(self) -> None:
        self._show()
        self.save_draft()

    def _show(self) -> None:
        """What was understood so far, as it will be kept."""
        line = self._line()
        system = "" if line.system and line.system in line.value.upper() else line.system
        whom = self.people.who
        parts = [
            line.category,
            line.value or (self.tr("which size?") if line.category else ""),
            _spoken(system),
            line.fit,
            self.tr("for {name}").format(name=whom) if whom and line.category else "",
            line.brand,
        ]
        if line.value and not line.category:
            parts[0] = self.tr("what for?")
        words = " · ".join(part for part in parts if part)
        self.read.setText(words or self.tr("What it is for, the size, how it sits, for whom."))
        several = len(line.choices) > 1
        self.system.setVisible(several)
        self.system.offer(line.choices)
        self.system.choose(line.system if line.system in line.choices else "")


def _spoken(system: str) -> str:
    return system.replace("US WOMEN", "US women").replace("US MEN", "US men")
