"""What do they wish for? One line of plain words, read as it is typed; for whom, and a note."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QComboBox, QWidget

from clientele.domain.money import plain
from clientele.domain.rules.item_text import item_words
from clientele.domain.rules.wishing import TypedWish
from clientele.services.changes import Changes
from clientele.services.wishes import AddWish, ChangeWish, add_wish, change_wish, read_wish
from clientele.store.queries.reading import store_facts
from clientele.store.queries.team import DepartmentName, departments
from clientele.store.queries.wishes import WishRow
from clientele.ui.desk import Desk
from clientele.ui.dialogs.drafted import DraftedSheet
from clientele.ui.models.wish_rows import wish_words
from clientele.ui.widgets.basics import label
from clientele.ui.widgets.client_picker import ClientPicker
from clientele.ui.widgets.fields import Field
from clientele.ui.widgets.people_choice import PeopleChoice


class WishSheet(DraftedSheet):
    """Call ``open_sheet`` after making it. Emits ``made(wish_id)``.

    Without ``client_id`` it asks for the client. With ``wish`` it changes that one.
    """

    made = Signal(int)

    def __init__(
        self,
        desk: Desk,
        over: QWidget,
        *,
        client_id: int | None = None,
        department_id: int | None = None,
        member_id: int | None = None,
        wish: WishRow | None = None,
    ) -> None:
        new = QCoreApplication.translate("WishSheet", "Wish list")
        title = new if wish is None else QCoreApplication.translate("WishSheet", "Change a wish")
        place = "new wish" if client_id is None else f"wish of {client_id}"
        if wish is not None:
            client_id, place = wish.client_id, f"wish {wish.id}"
        super().__init__(desk, over, title, place, width=500)
        self._wish, self._currency = wish, ""
        self._asked_client = client_id is None
        self._department: int | None = desk.me.department_id
        if department_id is not None or wish is not None:
            self._department = department_id if wish is None else wish.department_id
        self.client = ClientPicker(desk, client_id)
        self.words = Field(
            self.tr("What they wish for"),
            hint=self.tr("emerald silk scarf, Hermès, for Julia, 420"),
        )
        self.read = label("", "sub")
        self.people = PeopleChoice(desk, self.tr("For whom"), self.tr("the client"))
        self.price = Field(self.tr("Price"), hint=self.tr("420.00, or any"))
        self.department = QComboBox()
        self.note = Field(self.tr("Note"), hint=self.tr("for Christmas; only in green"))
        for unused, wanted in ((self.client, self._asked_client), (self.price, wish is not None)):
            if not wanted:
                unused.setParent(self.frame)
                unused.hide()
        if self._asked_client:
            self.add_field(self.tr("Whose wish"), self.client)
        self.add_field(self.tr("What, in words or its number"), self.words)
        self.body.addWidget(self.read)
        self.add_field(self.tr("For whom"), self.people)
        if wish is not None:
            self.add_field(self.tr("Price"), self.price)
        self.add_field(self.tr("Department"), self.department)
        self.add_field(self.tr("Note"), self.note)
        self.add_button(self.tr("Keep"), self.keep, primary=True)
        self.words.typed.connect(self._typed)
        self.words.returnPressed.connect(self.keep)
        for field in (self.price, self.note):
            field.typed.connect(self._save)
            field.returnPressed.connect(self.keep)
        self.people.chosen.connect(self.save_draft)
        self.client.picked.connect(self._picked)
        self.people.show_for(client_id)
        if member_id is not None:
            self.people.choose(member_id)
        desk.ask(departments, self._departments, owner=self, slot="departments")
        desk.ask(
            lambda session: store_facts(session).currency, self._fill, owner=self, slot="store"
        )

    def open_sheet(self, focus: QWidget | None = None) -> None:
        """Begin with the words, or with the client where nobody is at hand."""
        nobody = self.client.client_id is None
        super().open_sheet(focus or (self.client.box if nobody else self.words))

    def typed_now(self) -> dict[str, str]:
        """Every field; empty while nothing is said."""
        fields = {"words": self.words.value, "note": self.note.value, "price": self.price.value}
        if not any(value.strip() for value in fields.values()) or fields == self._filled:
            return {}
        fields["member"] = str(self.people.member_id or "")
        if self._asked_client:
            fields["client"] = str(self.client.client_id or "")
        return fields

    def bring_back(self, fields: dict[str, str]) -> None:
        """What was typed before the window was locked or the sheet closed."""
        if self._asked_client and fields.get("client"):
            self.client.pick(int(fields["client"]))
        self.words.set_value(fields.get("words", ""))
        self.note.set_value(fields.get("note", ""))
        self.price.set_value(fields.get("price", ""))
        if fields.get("member"):
            self.people.choose(int(fields["member"]))
        self._read()

    def keep(self) -> None:
        """Put it on the list, or say what is missing."""
        client_id, by = self.client.client_id, self.desk.me.id
        if client_id is None:
            self.say(self.tr("Whose wish? Choose the client; what you typed is still there."))
            self.client.box.setFocus()
            return
        department = self.department.currentData() if self.department.count() else self._department
        words = self.words.value
        if self._wish is None:
            what = AddWish(
                client_id,
                by,
                words,
                self.people.member_id,
                department,
                note=self.note.value,
                draft=self.place,
            )
            self.keep_as(add_wish, what, said=self.tr("On the wish list"), then=self._made)
            return
        item, _, detail = words.partition(",")
        changed = ChangeWish(
            self._wish.id,
            by,
            item,
            detail,
            self.people.member_id,
            department,
            self.price.value,
            self.note.value,
            self.place,
        )
        self.keep_as(change_wish, changed, said=self.tr("Wish changed"))

    _filled: dict[str, str] | None = None

    def _fill(self, currency: str) -> None:
        self._currency = currency
        if self._wish is not None:
            wish = self._wish
            self.words.set_value(wish_words(wish))
            if wish.price is not None:
                self.price.set_value(plain(wish.price, currency))
            self.note.set_value(wish.note)
            self.people.choose(wish.member_id)
            self._filled = {
                "words": self.words.value,
                "note": self.note.value,
                "price": self.price.value,
            }
        self.look_for_draft()

    def _typed(self, _: str) -> None:
        self.save_draft()
        self._read()

    def _save(self, _: str) -> None:
        self.save_draft()

    def _read(self) -> None:
        """Say how the words are understood while they are typed."""
        words, client_id = self.words.value, self.client.client_id
        if self._wish is not None or client_id is None or not words.strip():
            self.read.setText("")
            return
        self.desk.ask(
            lambda session: read_wish(session, client_id, words),
            self._show_read,
            owner=self,
            slot="read",
        )

    def _show_read(self, read: TypedWish) -> None:
        parts = [item_words(read.item, read.detail, read.sku)]
        who = next((one for one in self.people.people if one.id == read.member), None)
        if who is not None:
            parts.append(self.tr("for {name}").format(name=who.name or who.relation))
            self.people.choose(who.id)
        if read.price is not None:
            parts.append(self.desk.formats.money(read.price, self._currency))
        self.read.setText(" · ".join(parts))

    def _picked(self, client_id: int | None) -> None:
        self.people.show_for(client_id)
        self._read()
        self.save_draft()

    def _departments(self, found: tuple[DepartmentName, ...]) -> None:
        self.department.addItem(self.tr("No department"), None)
        for one in found:
            self.department.addItem(one.name, one.id)
        at = self.department.findData(self._department) if self._department else 0
        self.department.setCurrentIndex(max(at, 0))

    def _made(self, changes: Changes) -> None:
        if changes.subject is not None:
            self.made.emit(changes.subject)
