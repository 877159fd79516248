"""Who is new? Name, number and birthday; and who may be in the book already, as it is typed."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from clientele.domain.errors import Refusal
from clientele.domain.rules.dates import parse_day
from clientele.services.changes import Changes
from clientele.services.clients import NewClient, new_client
from clientele.store.queries.duplicates import Alike, alike
from clientele.ui.actions import OPEN_KNOWN
from clientele.ui.card_numbers import to_keep
from clientele.ui.delegates.row_layout import Style
from clientele.ui.desk import Desk
from clientele.ui.dialogs.drafted import DraftedSheet
from clientele.ui.find import client_row
from clientele.ui.models.day_words import day_hint
from clientele.ui.models.duplicate_words import reason_chips
from clientele.ui.models.rows import Row, RowAction
from clientele.ui.refusals import sentence_of
from clientele.ui.theme import Space
from clientele.ui.widgets.basics import label
from clientele.ui.widgets.fields import Field, Pause
from clientele.ui.widgets.row_list import RowList

PLACE = "new client"
OPEN = "open"


class NewClientSheet(DraftedSheet):
    """Call ``open_sheet`` after making it. Emits ``open_client(id)`` for the new or a known one.

    ``text`` is what was searched for and not found: it goes into the field it belongs to.
    """

    open_client = Signal(int)
    open_details = Signal(int)
    """The client is added and shown, and more is to be typed."""

    def __init__(self, desk: Desk, over: QWidget, text: str = "") -> None:
        title = QCoreApplication.translate("NewClientSheet", "New client")
        super().__init__(desk, over, title, PLACE)
        self._goes_on = False
        self.fields = {
            "given_name": Field(self.tr("Given name")),
            "family_name": Field(self.tr("Family name")),
            "preferred_name": Field(self.tr("Preferred name")),
            "phone": Field(self.tr("Phone")),
            "email": Field(self.tr("E-mail")),
            "birthday": Field(self.tr("Birthday"), hint=day_hint(desk.formats)),
        }
        self._side_by_side("given_name", "family_name")
        self._side_by_side("preferred_name", "birthday")
        self._side_by_side("phone", "email")
        key = QKeySequence(OPEN_KNOWN.key).toString(QKeySequence.SequenceFormat.NativeText)
        words = self.tr("Perhaps in the book already · {key} opens the first").format(key=key)
        self.warning = label(words, "label")
        self.warning.hide()
        self.body.addWidget(self.warning)
        self.known = RowList(
            desk.theme, self.tr("Perhaps in the book already"), style=Style(inset=0)
        )
        self.known.opened.connect(self._open)
        self.known.acted.connect(lambda key, _: self._open(key))
        self.known.hide()
        self.body.addWidget(self.known)
        self.further_button = self.add_button(self.tr("Add, then details"), self.save_and_go_on)
        self.save_button = self.add_button(self.tr("Add client"), self.save, primary=True)
        self._pause = Pause(self)
        self._pause.paused.connect(lambda _: self._look())
        for field in self.fields.values():
            field.typed.connect(self._typed)
            field.returnPressed.connect(self.save)
        if text:
            self._put(text)
        self.look_for_draft()

    def open_sheet(self, focus: QWidget | None = None) -> None:
        """Begin with the first field that is empty."""
        fields = self.fields
        first = next((one for one in fields.values() if not one.value), fields["given_name"])
        super().open_sheet(focus or first)

    def typed_now(self) -> dict[str, str]:
        """What stands in the fields."""
        return {
            name: to_keep(self.desk, field, field.value)
            for name, field in self.fields.items()
            if field.value.strip()
        }

    def bring_back(self, fields: dict[str, str]) -> None:
        """What was typed before and not kept."""
        for name, words in fields.items():
            if name in self.fields:
                self.fields[name].set_value(words)
        self._look()

    def save(self) -> None:
        """Add the client and open their page."""
        birthday = self.fields["birthday"]
        try:
            when = parse_day(birthday.value)
        except Refusal as refusal:
            birthday.set_wrong(sentence_of(refusal))
            self.say(sentence_of(refusal))
            birthday.setFocus()
            return
        values = {name: field.value.strip() for name, field in self.fields.items()}
        what = NewClient(
            self.desk.me.id,
            values["given_name"],
            values["family_name"],
            values["preferred_name"],
            values["phone"],
            values["email"],
            when,
            draft=self.place,
        )
        name = f"{what.given_name} {what.family_name}".strip() or what.phone or what.email
        said = self.tr("{client} is in your book").format(client=name)
        self.keep_as(new_client, what, said=said, then=self._opened)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The client who is there already opens by one key, from whatever field."""
        first = self.known.rows()[:1]
        if QKeySequence(event.keyCombination()) == QKeySequence(OPEN_KNOWN.key) and first:
            self._open(first[0].key)
            event.accept()
            return
        super().keyPressEvent(event)

    def save_and_go_on(self) -> None:
        """Add the client, and go on with whatever else they say: addresses, language, tags."""
        self._goes_on = True
        self.save()

    def _opened(self, changes: Changes) -> None:
        if changes.subject is not None:
            self.open_client.emit(changes.subject)
            if self._goes_on:
                self.open_details.emit(changes.subject)

    def _side_by_side(self, *names: str) -> None:
        pair = QWidget()
        row = QHBoxLayout(pair)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.GAP)
        for name in names:
            row.addWidget(self._under_its_name(self.fields[name]), 1)
        self.body.addWidget(pair)

    def _under_its_name(self, field: Field) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        words = label(field.accessibleName(), "label")
        words.setBuddy(field)
        column.addWidget(words)
        column.addWidget(field)
        return holder

    def _put(self, text: str) -> None:
        """A text from the search box: an address, a number, or names of which the last is it."""
        words = text.split()
        if "@" in text:
            self.fields["email"].set_value(text)
        elif sum(map(str.isdigit, text)) >= 3:
            self.fields["phone"].set_value(text)
        else:
            self.fields["given_name"].set_value(" ".join(words[:-1]) or text)
            self.fields["family_name"].set_value(words[-1] if len(words) > 1 else "")
        self._look()

    def _typed(self, text: str) -> None:
        self.fields["birthday"].set_wrong("")
        self.say("")
        self.save_draft()
        self._pause.typed(text)

    def _look(self) -> None:
        values = {name: field.value for name, field in self.fields.items()}

        self.desk.ask(
            lambda session: alike(
                session,
                given_name=values["given_name"],
                family_name=values["family_name"],
                phone=values["phone"],
                email=values["email"],
                preferred_name=values["preferred_name"],
            ),
            self._show,
            owner=self,
            slot="alike",
        )

    def _show(self, found: tuple[Alike, ...]) -> None:
        self.known.set_rows([self._row(one) for one in found])
        self.known.setVisible(bool(found))
        self.warning.setVisible(bool(found))
        self._place()

    def _row(self, one: Alike) -> Row:
        row = client_row(one.row, self.desk)
        same = reason_chips(one.reasons)
        act = RowAction(OPEN, self.tr("Open"), "O")
        return Row(
            row.key,
            row.title,
            sub=row.sub,
            lead=row.lead,
            chips=(*row.chips, *same, *row.end_chips),
            actions=(act,),
        )

    def _open(self, key: object) -> None:
        self.close_sheet()
        self.open_client.emit(key)
