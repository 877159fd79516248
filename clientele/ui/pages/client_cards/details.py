"""How is the client called and reached? Names, numbers, address and birthday, saved as typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from clientele.domain.client import ContactKind
from clientele.services.changes import Changes
from clientele.services.clients import (
    AddContactPoint,
    EditAddress,
    EditClient,
    EditContactPoint,
    SetBirthday,
    add_contact_point,
    edit_address,
    edit_client,
    edit_contact_point,
    set_birthday,
)
from clientele.store.queries.client import ClientPage, Point
from clientele.ui.card_numbers import to_keep
from clientele.ui.desk import Desk
from clientele.ui.models.day_words import day_hint, day_words
from clientele.ui.pages.client_cards.as_typed import AsTyped, Lines
from clientele.ui.pages.client_cards.corner import Corner
from clientele.ui.pages.client_cards.occasions import read_day
from clientele.ui.theme import Space
from clientele.ui.widgets.basics import label
from clientele.ui.widgets.buttons import Button
from clientele.ui.widgets.card import Card
from clientele.ui.widgets.fields import Field

ACROSS = 4
ADDRESS = ("street", "postcode", "city", "country")


class PointLine(AsTyped):
    """A telephone number or an e-mail address."""

    def __init__(self, desk: Desk, client_id: int, key: int | None, kind: ContactKind) -> None:
        super().__init__(desk, key)
        self._client_id = client_id
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.TIGHT)
        email = kind == ContactKind.EMAIL
        name = self.tr("E-mail") if email else self.tr("Phone")
        row.addWidget(self.field("value", Field(name)))
        away = Button("×", self.remove, kind="link")
        away.setAccessibleName(self.tr("Remove"))
        row.addWidget(away)
        self.show_in_use(away)

    def begin(self, values: Mapping[str, str], then: Callable[[Changes], None]) -> None:
        """Another way to reach the client."""
        what = AddContactPoint(self._client_id, values["value"])
        self.desk.do(add_contact_point, what, then=then)

    def edit(self, name: str, value: str) -> None:
        """As it stands now."""
        assert self.key is not None
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


class DetailsCard(Card):
    """Hidden until it is wanted. Emits ``done`` when it is to be put away."""

    done = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(QCoreApplication.translate("DetailsCard", "Details"))
        self._desk = desk
        self._client_id = 0
        Corner(self, Button(self.tr("Close"), self.done.emit, kind="link"))
        self.words: dict[str, Field] = {}
        self.address: dict[str, Field] = {}
        self.points: dict[ContactKind, Lines[Point]] = {}
        holder = QWidget()
        self._grid = QGridLayout(holder)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(Space.GAP)
        self._grid.setVerticalSpacing(Space.ROW)
        for at in range(ACROSS):
            self._grid.setColumnStretch(at, 1)
        self._make_names()
        self._make_points()
        self._make_address()
        self.add(holder)

    def first_field(self) -> Field:
        """Where the keyboard goes."""
        return self.words["given_name"]

    def show_client(self, client_id: int, page: ClientPage) -> None:
        """What the book says, except where somebody is typing."""
        if client_id != self._client_id:
            self._client_id = client_id
            for lines in self.points.values():
                lines.clear()
        self.words["given_name"].set_value(page.named.given_name)
        self.words["family_name"].set_value(page.named.family_name)
        self.words["preferred_name"].set_value(page.named.preferred_name)
        self.words["say_it"].set_value(page.say_it)
        street, city, postcode, country = page.address
        for name, value in zip(ADDRESS, (street, postcode, city, country), strict=True):
            self.address[name].set_value(value)
        when = page.birthday
        self.birthday.set_value(day_words(when, self._desk.formats) if when else "")
        for kind, lines in self.points.items():
            of = [point for point in page.points if point.kind == kind]
            lines.show_rows(of, lambda point: point.id, _fill)

    def _make_names(self) -> None:
        for at, (name, words) in enumerate(
            (
                ("given_name", self.tr("Given name")),
                ("family_name", self.tr("Family name")),
                ("preferred_name", self.tr("Preferred name")),
                ("say_it", self.tr("How to say it")),
            )
        ):
            field = self.words[name] = Field(words)
            field.typed.connect(partial(self._type_word, name))
            field.left.connect(self._desk.seal)
            self._put(0, at, words, field)

    def _make_points(self) -> None:
        for at, (kind, words, add) in enumerate(
            (
                (ContactKind.PHONE, self.tr("Phone"), self.tr("Add a number")),
                (ContactKind.EMAIL, self.tr("E-mail"), self.tr("Add an address")),
            )
        ):
            lines: Lines[Point] = Lines(partial(self._point, kind), Space.TIGHT)
            self.points[kind] = lines
            both = QWidget()
            column = QVBoxLayout(both)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(Space.TIGHT)
            column.addWidget(lines)
            column.addWidget(Button(add, lines.new_line, kind="link"))
            column.addStretch(1)
            self._put(1, at, words, both)
        self.birthday = Field(self.tr("Birthday"), hint=day_hint(self._desk.formats))
        self.birthday.typed.connect(self._type_birthday)
        self.birthday.left.connect(self._desk.seal)
        self._put(1, 2, self.tr("Birthday"), self.birthday)

    def _make_address(self) -> None:
        names = {
            "street": self.tr("Street"),
            "postcode": self.tr("Postcode"),
            "city": self.tr("City"),
            "country": self.tr("Country"),
        }
        for at, name in enumerate(ADDRESS):
            field = self.address[name] = Field(names[name])
            field.typed.connect(partial(self._type_address, name))
            field.left.connect(self._desk.seal)
            self._put(2, at, names[name], field)

    def _put(self, row: int, column: int, words: str, widget: QWidget) -> None:
        holder = QWidget()
        inside = QVBoxLayout(holder)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(3)
        name = label(words, "label", wrap=False)
        name.setBuddy(widget)
        inside.addWidget(name)
        inside.addWidget(widget)
        inside.addStretch(1)
        self._grid.addWidget(holder, row, column, Qt.AlignmentFlag.AlignTop)

    def _point(self, kind: ContactKind, key: int | None) -> AsTyped:
        return PointLine(self._desk, self._client_id, key, kind)

    def _type_word(self, name: str, value: str) -> None:
        key, kept = self._client_id, to_keep(self._desk, self.words[name], value)
        self._desk.do(edit_client, EditClient(key, name, kept), merge=("client", key, name))

    def _type_address(self, name: str, value: str) -> None:
        key, kept = self._client_id, to_keep(self._desk, self.address[name], value)
        self._desk.do(edit_address, EditAddress(key, name, kept), merge=("address", key, name))

    def _type_birthday(self, text: str) -> None:
        when = read_day(self.birthday)
        if when is not None and when.day is None:
            when = None
        if when is None and text.strip():
            return
        key = self._client_id
        self._desk.do(set_birthday, SetBirthday(key, when), merge=("birthday", key))


def _fill(line: AsTyped, point: Point) -> None:
    line.set_values({"value": point.value})
