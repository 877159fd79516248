"""How is the client reached, and where? Labelled, the preferred number and place first."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout

from clientele.domain.client import ContactKind
from clientele.services.changes import Changes
from clientele.services.clients import (
    AddContactPoint,
    EditContactPoint,
    add_contact_point,
    edit_contact_point,
)
from clientele.services.reaching import (
    AddAddress,
    EditOneAddress,
    LabelContactPoint,
    PlaceAddress,
    PlaceContactPoint,
    RemoveAddress,
    add_address,
    edit_one_address,
    label_contact_point,
    place_address,
    place_contact_point,
    remove_address,
)
from clientele.store.queries.known_of import AddressKnown, PointKnown
from clientele.ui.desk import Desk
from clientele.ui.models.client_facts import LABELS, label_key, label_words
from clientele.ui.pages.client_cards.as_typed import AsTyped
from clientele.ui.theme import Space, px
from clientele.ui.widgets.basics import label
from clientele.ui.widgets.buttons import Button
from clientele.ui.widgets.fields import Field
from clientele.ui.widgets.layouts import Flow

LABEL = 92
"""How wide the field of a label is, at scale one."""


class OrderedLine(AsTyped):
    """A line with a label and a place among others; Alt with an arrow moves it."""

    def __init__(self, desk: Desk, client_id: int, key: int | None) -> None:
        super().__init__(desk, key)
        self.client_id = client_id
        self._at, self._count = 0, 1
        self.rows = QVBoxLayout(self)
        self.rows.setContentsMargins(0, 0, 0, 0)
        self.rows.setSpacing(0)
        self.label_field = Field(self.tr("Label"), hint=self.tr("label"))
        self.label_field.setFixedWidth(px(LABEL))
        self.away = Button("×", self.remove, kind="link")
        self.away.setAccessibleName(self.tr("Remove"))

    def finish(self) -> None:
        """Put below the fields what can be done with them while they are used."""
        self.said = label("", "sub")
        self.said.hide()
        self.rows.addWidget(self.said)
        self.acts = Flow(across=Space.SMALL + 2, down=0)
        for one in LABELS:
            self.acts.add(Button(label_words(one), partial(self._call_it, one), kind="link"))
        self.first = Button(self.tr("Preferred"), partial(self._move_to, 0), kind="link")
        self.up = Button("↑", partial(self._move_by, -1), kind="link", key="Alt+Up")
        self.up.setAccessibleName(self.tr("Earlier"))
        self.down = Button("↓", partial(self._move_by, 1), kind="link", key="Alt+Down")
        self.down.setAccessibleName(self.tr("Later"))
        for button in (self.first, self.up, self.down):
            self.acts.add(button)
        self.rows.addWidget(self.acts)
        self.show_in_use(self.acts)
        self._order()

    def place(self, at: int) -> None:
        """Write another place among the others."""
        raise NotImplementedError

    def set_order(self, at: int, count: int) -> None:
        """Which of how many it is, from 0."""
        self._at, self._count = at, count
        self._order()

    def say(self, *words: str) -> None:
        """What there is to say of the line, below it."""
        preferred = self.tr("preferred") if self._count > 1 and self._at == 0 else ""
        sentence = " · ".join(part for part in (preferred, *words) if part)
        self.said.setText(sentence)
        self.said.setVisible(bool(sentence))

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """Alt with an arrow moves the line."""
        if (
            event.type() is QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.modifiers() & Qt.KeyboardModifier.AltModifier
            and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down)
        ):
            self._move_by(-1 if event.key() == Qt.Key.Key_Up else 1)
            return True
        return super().eventFilter(watched, event)

    def _order(self) -> None:
        several = self._count > 1 and self.key is not None
        self.first.setVisible(several and self._at > 0)
        self.up.setVisible(several and self._at > 0)
        self.down.setVisible(several and self._at < self._count - 1)
        self.acts.updateGeometry()
        self.acts.place()

    def _move_by(self, steps: int) -> None:
        self._move_to(self._at + steps)

    def _move_to(self, at: int) -> None:
        if self.key is not None and 0 <= at < self._count and at != self._at:
            self.desk.seal()
            self.place(at)

    def _call_it(self, one: str) -> None:
        self.label_field.setText(label_words(one))
        self.label_field.typed.emit(self.label_field.text())
        self.desk.seal()


class PointLine(OrderedLine):
    """A telephone number or an e-mail address."""

    def __init__(self, desk: Desk, client_id: int, kind: ContactKind, key: int | None) -> None:
        super().__init__(desk, client_id, key)
        self._kind = kind
        name = self.tr("E-mail") if kind == ContactKind.EMAIL else self.tr("Phone")
        row = QHBoxLayout()
        row.setSpacing(Space.TIGHT)
        row.addWidget(self.field("value", Field(name)), 1)
        row.addWidget(self.field("label", self.label_field))
        row.addWidget(self.away)
        self.rows.addLayout(row)
        self.finish()

    def is_bare(self) -> bool:
        """A label alone is nobody's number."""
        return not self.fields["value"].value.strip()

    def begin(self, values: Mapping[str, str], then: Callable[[Changes], None]) -> None:
        """Another way to reach the client."""
        what = AddContactPoint(
            self.client_id, values["value"], label_key(values["label"]), self._kind
        )
        self.desk.do(add_contact_point, what, then=then)

    def edit(self, name: str, value: str) -> None:
        """As it stands now."""
        assert self.key is not None
        if name == "label":
            what = LabelContactPoint(self.key, label_key(value))
            self.desk.do(label_contact_point, what, merge=("point label", self.key))
            return
        self.desk.do(
            edit_contact_point, EditContactPoint(self.key, value), merge=("point", self.key)
        )

    def remove(self) -> None:
        """Take it away."""
        if self.key is None:
            self.dropped.emit()
            return
        words = self.values()["value"].strip()
        said = self.tr("Removed: {what}").format(what=words) if words else self.tr("Removed")
        self.desk.do(edit_contact_point, EditContactPoint(self.key, ""), said=said)

    def place(self, at: int) -> None:
        """Among those of its kind."""
        assert self.key is not None
        words = self.values()["value"].strip()
        said = self.tr("Preferred: {what}").format(what=words) if at == 0 else None
        self.desk.do(place_contact_point, PlaceContactPoint(self.key, at), said=said)

    def set_row(self, row: PointKnown) -> None:
        """What the book says."""
        self.set_values({"value": row.value, "label": label_words(row.label)})
        email = row.kind == ContactKind.EMAIL
        unread = (
            self.tr("not a whole address yet; kept as typed")
            if email
            else self.tr("not read as a number; kept as typed, found by its digits")
        )
        self.say("" if row.readable else unread)


class AddressLine(OrderedLine):
    """A postal address."""

    def __init__(self, desk: Desk, client_id: int, key: int | None) -> None:
        super().__init__(desk, client_id, key)
        above = QHBoxLayout()
        above.setSpacing(Space.TIGHT)
        above.addWidget(self._part("street", self.tr("Street")), 1)
        above.addWidget(self.field("label", self.label_field))
        above.addWidget(self.away)
        self.rows.addLayout(above)
        self.rows.addSpacing(Space.TIGHT)
        below = QGridLayout()
        below.setHorizontalSpacing(Space.TIGHT)
        for column, (name, words, share) in enumerate(
            (
                ("postcode", self.tr("Postcode"), 3),
                ("city", self.tr("City"), 5),
                ("country", self.tr("Country"), 4),
            )
        ):
            below.addWidget(self._part(name, words), 0, column)
            below.setColumnStretch(column, share)
        self.rows.addLayout(below)
        self.finish()

    def is_bare(self) -> bool:
        """A label alone is no place."""
        return not any(
            field.value.strip() for name, field in self.fields.items() if name != "label"
        )

    def begin(self, values: Mapping[str, str], then: Callable[[Changes], None]) -> None:
        """Another address."""
        words = {**values, "label": label_key(values["label"])}
        self.desk.do(add_address, AddAddress(self.client_id, **words), then=then)

    def edit(self, name: str, value: str) -> None:
        """As it stands now."""
        assert self.key is not None
        kept = label_key(value) if name == "label" else value
        what = EditOneAddress(self.key, name, kept)
        self.desk.do(edit_one_address, what, merge=("address", self.key, name))

    def remove(self) -> None:
        """Take it away."""
        if self.key is None:
            self.dropped.emit()
            return
        self.desk.do(remove_address, RemoveAddress(self.key), said=self.tr("Address removed"))

    def place(self, at: int) -> None:
        """Among the client's addresses."""
        assert self.key is not None
        said = self.tr("This is the preferred address") if at == 0 else None
        self.desk.do(place_address, PlaceAddress(self.key, at), said=said)

    def set_row(self, row: AddressKnown) -> None:
        """What the book says."""
        self.set_values(
            {
                "street": row.street,
                "postcode": row.postcode,
                "city": row.city,
                "country": row.country,
                "label": label_words(row.label),
            }
        )
        self.say()

    def _part(self, name: str, words: str) -> Field:
        return self.field(name, Field(words, hint=words))
