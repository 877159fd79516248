"""What does this store ask of its clients beside what every store does? Fields of its own."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from clientele.domain.known import CustomKind
from clientele.domain.rules.rights import Right
from clientele.services.changes import Changes, Kind
from clientele.services.custom_fields import (
    AddCustomField,
    PlaceCustomField,
    RenameCustomField,
    RetireCustomField,
    SetChoices,
    add_custom_field,
    place_custom_field,
    rename_custom_field,
    retire_custom_field,
    set_choices,
)
from clientele.store.queries.custom_fields import FieldRow, custom_fields
from clientele.ui.delegates.row_layout import Style
from clientele.ui.desk import Desk
from clientele.ui.dialogs.living import LivingSheet
from clientele.ui.models.client_facts import kind_words
from clientele.ui.models.rows import ChipSpec, Key, Row, RowAction
from clientele.ui.theme import Space
from clientele.ui.widgets.basics import Line, label
from clientele.ui.widgets.buttons import Button, Choice
from clientele.ui.widgets.fields import Field, TextField
from clientele.ui.widgets.row_list import RowList


class OwnFieldsSheet(LivingSheet):
    """Call ``open_sheet`` after making it; it deletes itself when it is closed."""

    SHOWS = frozenset({Kind.CUSTOM_FIELD, Kind.CUSTOM_VALUE})

    def __init__(self, desk: Desk, over: QWidget) -> None:
        title = QCoreApplication.translate("OwnFieldsSheet", "The store's own fields")
        super().__init__(desk, over, title, width=600)
        self._fields: tuple[FieldRow, ...] = ()
        self._changing: FieldRow | None = None
        self.none = label(
            self.tr(
                "What else do you ask of every client? A club, a shirt maker, whether they drive. "
                "Each field stands in the details of all clients; search finds it and lists "
                "filter by it."
            ),
            "label",
        )
        self.none.hide()
        self.body.addWidget(self.none)
        self.list = RowList(desk.theme, title, style=Style(inset=0))
        self.list.acted.connect(self._act)
        self.list.opened.connect(self._change)
        self.body.addWidget(self.list)
        self.body.addWidget(Line())
        self.asks = label(self.tr("Another field"), "strong")
        self.body.addWidget(self.asks)
        self.name = Field(self.tr("Name"), hint=self.tr("such as Shirt maker"))
        self.name.returnPressed.connect(self._keep)
        self.add_field(self.tr("Name"), self.name)
        self.kind = Choice(
            self.tr("It holds"), [(one.value, kind_words(one)) for one in CustomKind], wraps=True
        )
        self.kind.chosen.connect(self._show_choices)
        self.body.addWidget(self.kind)
        self.choices = TextField(
            self.tr("Words to choose from"), hint=self.tr("one a line"), lines=3
        )
        self.body.addWidget(self.choices)
        self.choices.hide()
        acts = QHBoxLayout()
        acts.setSpacing(Space.SMALL)
        self.leave = Button(self.tr("Leave it as it is"), self._begin_anew, kind="quiet")
        self.keep = Button(self.tr("Add the field"), self._keep)
        acts.addStretch(1)
        acts.addWidget(self.leave)
        acts.addWidget(self.keep)
        self.leave.hide()
        self.body.addLayout(acts)
        self.add_button(self.tr("Done"), self.close_sheet, primary=True)
        desk.allowed.close_form(self, Right.WORDING, self.keep)
        desk.allowed.tell(self, lambda: self._show(self._fields))
        self.look()

    def open_sheet(self, focus: QWidget | None = None) -> None:
        """Begin with a name for another one."""
        super().open_sheet(focus or self.name)

    def look(self) -> None:
        """All fields of the store."""
        self._desk.ask(custom_fields, self._show, owner=self, slot="fields")

    def _show(self, fields: tuple[FieldRow, ...]) -> None:
        self._fields = fields
        self.list.set_rows([self._row(of) for of in fields])
        self.list.setVisible(bool(fields))
        self.none.setVisible(not fields)
        if not self.isHidden():
            self._place()

    def _row(self, of: FieldRow) -> Row:
        asked = [one for one in self._fields if not one.retired]
        acts: list[RowAction] = []
        may = self._desk.allowed.may(Right.WORDING)
        if may and not of.retired:
            at = asked.index(of)
            if at > 0:
                acts.append(RowAction("up", "↑", "U"))
            if at + 1 < len(asked):
                acts.append(RowAction("down", "↓", "W"))
            acts.append(RowAction("change", self.tr("Change"), "E"))
        words = self.tr("Ask again") if of.retired else self.tr("Retire")
        if may:
            acts.append(RowAction("retire", words, "R"))
        said = self.tr("said of %n client(s)", "", of.said)
        holds = ", ".join(of.choices) if of.choices else kind_words(of.kind)
        return Row(
            of.id,
            of.name,
            sub=f"{holds} · {said}",
            chips=(ChipSpec(self.tr("no longer asked")),) if of.retired else (),
            actions=tuple(acts),
        )

    def _act(self, key: Key, name: str) -> None:
        of = next((one for one in self._fields if one.id == key), None)
        if of is None:
            return
        at = self._fields.index(of)
        if name in ("up", "down"):
            what = PlaceCustomField(of.id, at + (1 if name == "down" else -1))
            self._desk.do(place_custom_field, what, failed=self.say)
        elif name == "change":
            self._change(of.id)
        else:
            words = self.tr("Asked again: {field}") if of.retired else self.tr("Retired: {field}")
            self._desk.do(
                retire_custom_field,
                RetireCustomField(of.id, retired=not of.retired),
                said=words.format(field=of.name),
                failed=self.say,
            )

    def _change(self, key: Key) -> None:
        of = next((one for one in self._fields if one.id == key), None)
        if of is None or self._desk.allowed.refuses(Right.WORDING):
            return
        self._changing = of
        self.say("")
        self.asks.setText(self.tr("Change “{field}”").format(field=of.name))
        self.name.setText(of.name)
        self.choices.set_value("\n".join(of.choices))
        self.choices.setVisible(of.kind == CustomKind.CHOICE)
        self.kind.hide()
        self.leave.show()
        self.keep.set_words(self.tr("Keep"))
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)
        self._place()

    def _begin_anew(self) -> None:
        self._changing = None
        self.say("")
        self.asks.setText(self.tr("Another field"))
        self.name.clear()
        self.choices.set_value("")
        self.kind.show()
        self._show_choices(self.kind.value)
        self.leave.hide()
        self.keep.set_words(self.tr("Add the field"))
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_choices(self, kind: str) -> None:
        self.choices.setVisible(kind == CustomKind.CHOICE)
        self._place()

    def _keep(self) -> None:
        if self._desk.allowed.refuses(Right.WORDING):
            return
        name, words = self.name.value, self.choices.value
        if self._changing is None:
            self._desk.do(
                add_custom_field,
                AddCustomField(name, self.kind.value, words),
                said=self.tr("Asked of every client: {field}").format(field=name.strip()),
                then=self._kept,
                failed=self.say,
            )
            return
        of = self._changing
        if of.kind == CustomKind.CHOICE and words.split("\n") != list(of.choices):
            self._desk.do(set_choices, SetChoices(of.id, words), failed=self.say)
        self._desk.do(
            rename_custom_field,
            RenameCustomField(of.id, name),
            said=self.tr("Changed: {field}").format(field=name.strip()),
            then=self._kept,
            failed=self.say,
        )

    def _kept(self, _: Changes) -> None:
        self._begin_anew()
