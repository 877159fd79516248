"""The people the client buys for, and the days that matter to them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from clientele.domain.preferences import PreferenceKind
from clientele.services.changes import Changes
from clientele.services.household import (
    AddHouseholdMember,
    EditHouseholdMember,
    RemoveHouseholdMember,
    add_household_member,
    edit_household_member,
    remove_household_member,
)
from clientele.store.queries.client import ClientPage
from clientele.store.queries.household import MemberRow, OccasionRow
from clientele.ui.desk import Desk
from clientele.ui.pages.client_cards.as_typed import (
    CARD_AIR,
    INSET,
    AsTyped,
    HugEdit,
    Lines,
    joined,
    listed,
)
from clientele.ui.pages.client_cards.corner import Corner
from clientele.ui.pages.client_cards.occasions import OccasionLine
from clientele.ui.theme import Space
from clientele.ui.widgets.basics import label
from clientele.ui.widgets.buttons import Button
from clientele.ui.widgets.card import Card
from clientele.ui.widgets.fields import FlatText
from clientele.ui.widgets.layouts import Flow


class MemberLine(AsTyped):
    """Name and relation at the left; days, what to know, sizes and likes at the right."""

    open_client = Signal(int)

    def __init__(self, desk: Desk, client_id: int, key: int | None) -> None:
        super().__init__(desk, key)
        self._client_id = client_id
        self._linked: int | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.TIGHT)
        left = Flow(across=0, down=0)
        left.add(self.field("name", HugEdit(self.tr("Name"), hint=self.tr("Name"))))
        relation = HugEdit(self.tr("Relation"), hint=self.tr("wife, son …"), words="label")
        left.add(self.field("relation", relation))
        row.addWidget(left, 42, Qt.AlignmentFlag.AlignTop)
        right = QVBoxLayout()
        right.setSpacing(0)
        self.days: Lines[OccasionRow] = Lines(
            lambda day: OccasionLine(desk, client_id, day, self.key), 0
        )
        right.addWidget(self.days)
        self.about = FlatText(self.tr("What to know"), hint=self.tr("what to know"))
        self.about.setProperty("hug", True)
        self.about.document().setDocumentMargin(0)
        right.addWidget(self.field("about", self.about, optional=True))
        self.known = label("", "sub")
        self.known.setContentsMargins(INSET, 0, 0, 2)
        right.addWidget(self.known)
        right.addWidget(self._made_links())
        row.addLayout(right, 58)

    def begin(self, values: Mapping[str, str], then: Callable[[Changes], None]) -> None:
        """Somebody new."""
        who = AddHouseholdMember(
            self._client_id, values["name"], values["relation"], values["about"]
        )
        self.desk.do(add_household_member, who, then=then)

    def edit(self, name: str, value: str) -> None:
        """One field."""
        assert self.key is not None
        self.desk.do(
            edit_household_member,
            EditHouseholdMember(self.key, name, value),
            merge=("household", self.key, name),
        )

    def remove(self) -> None:
        """Take the person out, with days, sizes and likes."""
        if self.key is None:
            self.dropped.emit()
            return
        who = RemoveHouseholdMember(self.key)
        self.desk.do(remove_household_member, who, said=self.tr("Person removed"))

    def set_row(self, row: MemberRow) -> None:
        """What the book says."""
        self.days.show_rows(row.occasions, lambda day: day.id, _fill_day)
        sizes = [joined_size(size.category, size.value, size.fit) for size in row.sizes]
        likes = listed(p.what for p in row.preferences if p.kind == PreferenceKind.LIKE)
        avoids = listed(p.what for p in row.preferences if p.kind == PreferenceKind.AVOID)
        known = joined(
            listed(sizes),
            self.tr("likes {what}").format(what=likes) if likes else "",
            self.tr("avoids {what}").format(what=avoids) if avoids else "",
        )
        self.known.setText(known)
        self.known.setVisible(bool(known))
        self._linked = row.linked_client_id
        self.client.setVisible(self._linked is not None)
        self.set_values({"name": row.name, "relation": row.relation, "about": row.about})

    def _made_links(self) -> QWidget:
        links = Flow(across=Space.ROW)
        self.client = Button(self.tr("Open"), self._open, kind="link")
        self.client.setAccessibleName(self.tr("Open this person's own page"))
        self.more = Button(self.tr("Add a day"), self._add_day, kind="link")
        away = Button("×", self.remove, kind="link")
        away.setAccessibleName(self.tr("Remove this person"))
        for button in (self.client, self.more, away):
            links.add(button)
        self.client.hide()
        self.show_in_use(self.more)
        self.show_in_use(away)
        return links

    def _add_day(self) -> None:
        if self.key is not None:
            self.days.new_line()

    def _open(self) -> None:
        if self._linked is not None:
            self.open_client.emit(self._linked)


class HouseholdCard(Card):
    """Household and occasions. Emits ``open_client(id)`` for somebody with a page of their own."""

    open_client = Signal(int)

    def __init__(self, desk: Desk) -> None:
        super().__init__(QCoreApplication.translate("HouseholdCard", "Household and occasions"))
        self._desk = desk
        self._client_id = 0
        self.add_button = Button(self.tr("Add"), self.begin, kind="link")
        self.add_button.setAccessibleName(self.tr("Add somebody of the household"))
        self.day_button = Button(self.tr("Add a day"), self._add_day, kind="link")
        self.day_button.setAccessibleName(self.tr("Add a day that matters to the client"))
        Corner(self, self.day_button, self.add_button)
        words = self.tr("Whom they buy for, and the days that matter, stand here.")
        self.nothing = label(words, "label")
        self.days: Lines[OccasionRow] = Lines(
            lambda key: OccasionLine(desk, self._client_id, key), 0, air=CARD_AIR
        )
        self.lines: Lines[MemberRow] = Lines(self._member, Space.TIGHT, air=CARD_AIR)
        self.body.setSpacing(Space.TIGHT)
        self.add(self.nothing)
        self.add(self.days, edge=True)
        self.add(self.lines, edge=True)

    def begin(self) -> None:
        """A line for somebody new."""
        self.nothing.hide()
        self.lines.new_line().dropped.connect(self._say_nothing)

    def show_client(self, client_id: int, page: ClientPage) -> None:
        """The household and the client's own days."""
        if client_id != self._client_id:
            self._client_id = client_id
            self.lines.clear()
            self.days.clear()
        self.days.show_rows(page.occasions, lambda row: row.id, _fill_day)
        self.lines.show_rows(page.household, lambda row: row.id, _fill_member)
        self._say_nothing()

    def _member(self, key: int | None) -> AsTyped:
        line = MemberLine(self._desk, self._client_id, key)
        line.open_client.connect(self.open_client.emit)
        return line

    def _add_day(self) -> None:
        self.nothing.hide()
        self.days.new_line().dropped.connect(self._say_nothing)

    def _say_nothing(self) -> None:
        self.nothing.setVisible(not self.lines.lines() and not self.days.lines())


def joined_size(category: str, value: str, fit: str) -> str:
    """“Jacket 44L, sleeves long”."""
    size = f"{category} {value}".strip()
    return f"{size} ({fit})" if fit else size


def _fill_day(line: AsTyped, row: OccasionRow) -> None:
    assert isinstance(line, OccasionLine)
    line.set_row(row)


def _fill_member(line: AsTyped, row: MemberRow) -> None:
    assert isinstance(line, MemberLine)
    line.set_row(row)
