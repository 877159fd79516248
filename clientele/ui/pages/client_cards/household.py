"""The people the client buys for, and the days that matter to them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

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
from clientele.store.queries.gifts import GiftRow
from clientele.store.queries.household import MemberRow, OccasionRow
from clientele.store.queries.household_sheet import Beside, beside
from clientele.store.queries.reading import Named
from clientele.ui.delegates.row_layout import Style
from clientele.ui.desk import Desk
from clientele.ui.models.client_names import shown_name, spoken_name
from clientele.ui.models.gift_words import given_words
from clientele.ui.models.household_rows import next_days, other_words, said_of, theirs_of
from clientele.ui.models.rows import Row
from clientele.ui.pages.client_cards.as_typed import (
    CARD_AIR,
    INSET,
    AsTyped,
    HugEdit,
    Lines,
)
from clientele.ui.pages.client_cards.corner import Corner
from clientele.ui.pages.client_cards.occasions import OccasionLine
from clientele.ui.theme import Space
from clientele.ui.widgets.basics import label
from clientele.ui.widgets.buttons import Button
from clientele.ui.widgets.card import Card
from clientele.ui.widgets.fields import FlatText
from clientele.ui.widgets.layouts import Flow
from clientele.ui.widgets.row_list import RowList

GIFTS_SHOWN = 2


class MemberLine(AsTyped):
    """Name and relation at the left; days, what to know, sizes and likes at the right."""

    open_client = Signal(int)
    link_wanted = Signal(object)
    """With the ``MemberRow``."""

    def __init__(self, desk: Desk, client_id: int, key: int | None) -> None:
        super().__init__(desk, key)
        self._row: MemberRow | None = None
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
        self.theirs = label("", "sub")
        self.given = label("", "sub")
        for words in (self.known, self.theirs, self.given):
            words.setContentsMargins(INSET, 0, 0, 2)
            words.hide()
            right.addWidget(words)
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
        days = tuple(day for _, day in next_days(row.occasions, self.desk.today()))
        self.days.show_rows(days, lambda day: day.id, _fill_day)
        for words, said in ((self.known, said_of(row)), (self.theirs, theirs_of(row, self.desk))):
            words.setText(said)
            words.setVisible(bool(said))
        self._linked = row.linked_client_id
        self._row = row
        self.client.setVisible(self._linked is not None)
        self.set_values({"name": row.name, "relation": row.relation, "about": row.about})

    def show_gifts(self, gifts: Sequence[GiftRow]) -> None:
        """What they were given: the latest one or two."""
        shown = [given_words(gift, self.desk) for gift in gifts[:GIFTS_SHOWN]]
        words = self.tr("given {gifts}").format(gifts="; ".join(shown)) if shown else ""
        self.given.setText(words)
        self.given.setVisible(bool(words))

    def _made_links(self) -> QWidget:
        links = Flow(across=Space.ROW)
        self.client = Button(self.tr("Open"), self._open, kind="link")
        self.client.setAccessibleName(self.tr("Open this person's own page"))
        self.more = Button(self.tr("Add a day"), self._add_day, kind="link")
        away = Button("×", self.remove, kind="link")
        away.setAccessibleName(self.tr("Remove this person"))
        self.gift = Button(self.tr("Gift"), self._gift, kind="link")
        self.gift.setAccessibleName(self.tr("A gift to this person"))
        self.is_client = Button(self.tr("Is a client…"), self._link, kind="link")
        for button in (self.client, self.more, self.gift, self.is_client, away):
            links.add(button)
        self.client.hide()
        for button in (self.more, self.gift, self.is_client):
            self.show_in_use(button)
        self.show_in_use(away)
        return links

    def _add_day(self) -> None:
        if self.key is not None:
            self.days.new_line()

    def _gift(self) -> None:
        if self.key is not None:
            from clientele.ui.dialogs.gift import GiftSheet

            GiftSheet(self.desk, self, client_id=self._client_id, member_id=self.key).open_sheet()

    def _link(self) -> None:
        if self._row is not None:
            self.link_wanted.emit(self._row)

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
        self.day_button = Button(self.tr("Day"), self._add_day, kind="link")
        self.day_button.setAccessibleName(self.tr("Add a day that matters to the client"))
        self.all_button = Button(self.tr("All"), self.show_all, kind="link")
        self.all_button.setAccessibleName(self.tr("The whole household, gifts and who is a client"))
        Corner(self, self.all_button, self.day_button, self.add_button)
        self._named: Named | None = None
        self._beside = Beside((), ())
        self._beside_of = 0
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
        self.others = RowList(
            desk.theme, self.tr("In whose household they are"), style=Style(max_lines=2)
        )
        self.others.opened.connect(self._open_other)
        self.others.hide()
        self.add(self.others)

    def show_all(self) -> None:
        """The household with links, days and gifts, in a form of its own."""
        from clientele.ui.dialogs.household import HouseholdSheet

        sheet = HouseholdSheet(self._desk, self, self._client_id)
        sheet.open_client.connect(self.open_client.emit)
        sheet.open_sheet()

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
        if self._beside_of != client_id:
            self._beside_of, self._beside = client_id, Beside((), ())
        self._named = page.named
        days = tuple(day for _, day in next_days(page.occasions, self._desk.today()))
        self.days.show_rows(days, lambda row: row.id, _fill_day)
        self.lines.show_rows(page.household, lambda row: row.id, _fill_member)
        self._show_beside(self._beside)

    def look_beside(self, client_id: int) -> None:
        """Ask what was given, and who has this client in their household."""

        def found(there: Beside) -> None:
            self._beside_of, self._beside = client_id, there
            if self._client_id == client_id:  # otherwise with the client's own facts
                self._show_beside(there)

        self._desk.ask(
            lambda session: beside(session, client_id),
            found,
            owner=self,
            slot="beside",
        )

    def _show_beside(self, found: Beside) -> None:
        name = spoken_name(self._named) if self._named is not None else ""
        self.others.set_rows(
            [
                Row(
                    key=one.named.client_id,
                    title=shown_name(one.named),
                    aside=one.back_relation,
                    sub=other_words(one, name),
                )
                for one in found.others
            ]
        )
        self.others.setVisible(bool(found.others))
        self._show_gifts()
        self._say_nothing()

    def _show_gifts(self) -> None:
        for line in self.lines.lines():
            if isinstance(line, MemberLine):
                line.show_gifts([one for one in self._beside.gifts if one.member_id == line.key])

    def _open_other(self, key: int) -> None:
        self.open_client.emit(key)

    def _link(self, row: MemberRow) -> None:
        if self._named is not None:
            from clientele.ui.dialogs.link_member import LinkMemberSheet

            LinkMemberSheet(self._desk, self, row, self._named).open_sheet()

    def _member(self, key: int | None) -> AsTyped:
        line = MemberLine(self._desk, self._client_id, key)
        line.open_client.connect(self.open_client.emit)
        line.link_wanted.connect(self._link)
        return line

    def _add_day(self) -> None:
        self.nothing.hide()
        self.days.new_line().dropped.connect(self._say_nothing)

    def _say_nothing(self) -> None:
        there = self.lines.lines() or self.days.lines() or self._beside.others
        self.nothing.setVisible(not there)


def _fill_day(line: AsTyped, row: OccasionRow) -> None:
    assert isinstance(line, OccasionLine)
    line.set_row(row)


def _fill_member(line: AsTyped, row: MemberRow) -> None:
    assert isinstance(line, MemberLine)
    line.set_row(row)
