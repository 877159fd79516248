"""Who works here, what may each, and who can sign in? For managers; others are told whom to ask."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from clientele.domain.rules.rights import Right
from clientele.services.changes import Kind
from clientele.services.leaving import AssociateComesBack, associate_comes_back
from clientele.services.team import see_team
from clientele.store.queries.team_page import Member, TeamFacts
from clientele.ui.delegates.row_layout import Style
from clientele.ui.desk import Desk
from clientele.ui.models.rows import Key, Row, RowAction
from clientele.ui.models.team_words import BACK, CHANGE, GIVE_PIN, LEAVES, gives_a_pin, member_row
from clientele.ui.widgets.basics import LabelledRows
from clientele.ui.widgets.buttons import Button
from clientele.ui.widgets.card import Banner, Card
from clientele.ui.widgets.layouts import Columns
from clientele.ui.widgets.page import Page, PageHeader
from clientele.ui.widgets.row_list import RowList

SIDE, MAIN = 360, 460
KINDS = {Kind.ASSOCIATE, Kind.DEPARTMENT, Kind.STORE_PROFILE, Kind.BOOK_MEMBERSHIP}


class TeamPage(Page):
    """The people by department, the departments, and the store."""

    def __init__(self, desk: Desk) -> None:
        name = QCoreApplication.translate("TeamPage", "Team")
        super().__init__(desk, name, KINDS)
        self._facts: TeamFacts | None = None
        self.add = Button(self.tr("Add somebody"), self.add_somebody, kind="primary")
        self.header = PageHeader(
            name, self.tr("Who works here, and what each may do."), buttons=[self.add]
        )
        self.body.addWidget(self.header)
        self.note = Banner()
        self.body.addWidget(self.note)
        self.columns = Columns()
        self.columns.set_main_at_least(MAIN)
        main, side = self.columns.column(), self.columns.column(SIDE)
        self.body.addWidget(self.columns)
        self.people = RowList(
            desk.theme, name, hug=False, keeps_current=True, click_opens=False, style=Style()
        )
        self.people.acted.connect(self._act)
        self.people.opened.connect(self._open)
        self.card = Card(self.tr("People"), fill=True)
        self.card.add(self.people)
        main.addWidget(self.card)
        self.columns.let_grow(self.people)
        self.store_card = Card(self.tr("The store"))
        self.store_rows = LabelledRows()
        self.store_button = Button(self.tr("Change"), self.change_store)
        self.store_card.add_beside_title(self.store_button)
        self.store_card.add(self.store_rows)
        side.addWidget(self.store_card)
        self.places = RowList(desk.theme, self.tr("Departments"))
        self.places.acted.connect(lambda key, _: self._rename(key))
        self.places.opened.connect(self._rename)
        self.places_card = Card(self.tr("Departments"))
        self.places_card.add(self.places)
        side.addWidget(self.places_card)
        desk.allowed.close(self.add, Right.TEAM)
        desk.allowed.close(self.store_button, Right.TEAM)
        desk.allowed.tell(self, self._allowed)

    def refresh(self) -> None:
        """Ask who works here, if one may."""
        if self.desk.is_signed_in:
            self.desk.ask(see_team, self._show, owner=self, slot="team", failed=self._not_for_all)

    def member(self, key: Key | None) -> Member | None:
        """Somebody of the team."""
        there = self._facts.members if self._facts else ()
        return next((one for one in there if one.id == key), None)

    # showing

    def _allowed(self) -> None:
        """What one may not do is said once, above, and closed where it is."""
        allowed = self.desk.allowed
        if not allowed.may(Right.RESET_PIN):
            self._not_for_all(allowed.why_not(Right.RESET_PIN))
            return
        words = self.tr(
            "You give PINs to the associates of your department. All else here is the store "
            "manager's: ask one of them to sign in."
        )
        self.note.say("" if allowed.may(Right.TEAM) else words)
        self.columns.show()
        self._show_facts()

    def _not_for_all(self, sentence: str) -> None:
        self._facts = None
        self.people.set_rows([])
        self.columns.hide()
        words = self.tr("Only a manager sees the team.")
        self.note.say(self.desk.allowed.why_not(Right.RESET_PIN, words) or sentence)

    def _show(self, facts: TeamFacts) -> None:
        self._facts = facts
        self.columns.show()
        self._show_facts()

    def _show_facts(self) -> None:
        facts = self._facts
        if facts is None or not self.desk.is_signed_in:
            return
        may_change = self.desk.allowed.may(Right.TEAM)
        me = self.member(self.desk.me.id)
        formats = self.desk.formats
        self.people.set_rows(
            [member_row(one, me, formats, may_change=may_change) for one in facts.members]
        )
        if facts.members and self.people.current_key() is None:
            self.people.set_current(facts.members[0].id)
        self.card.set_hint(
            self.tr("J/K to move · Return change · P give a PIN · X leaves") if may_change else ""
        )
        rename = (RowAction(CHANGE, self.tr("Rename"), "E", shown=False),) if may_change else ()
        self.places_card.set_hint(self.tr("a click renames") if may_change else "")
        self.places.set_rows(
            [
                Row(
                    one.id,
                    one.name,
                    aside=self.tr("%n working here", "", one.people),
                    actions=rename,
                )
                for one in facts.departments
            ]
        )
        self.store_rows.clear()
        if facts.store is not None:
            store = facts.store
            self.store_rows.add(self.tr("Name"), store.name or "–")
            self.store_rows.add(self.tr("Currency"), store.currency)
            self.store_rows.add(self.tr("Country"), store.country)
            self.store_rows.add(self.tr("Time zone"), store.time_zone)

    # doing

    def add_somebody(self) -> None:
        """Open the form for somebody who begins to work here."""
        from clientele.ui.dialogs.team import PersonSheet

        if self._facts is not None and not self.desk.allowed.refuses(Right.TEAM):
            PersonSheet(self.desk, self, self._facts.departments).open_sheet()

    def change_store(self) -> None:
        """Open the form for the store."""
        from clientele.ui.dialogs.team import StoreSheet

        if self._facts is None or self._facts.store is None:
            return
        if not self.desk.allowed.refuses(Right.TEAM):
            StoreSheet(self.desk, self, self._facts.store).open_sheet()

    def _open(self, key: Key) -> None:
        """Return changes somebody, or where that is not mine, gives a PIN."""
        one = self.member(key)
        if one is None:
            return
        if self.desk.allowed.may(Right.TEAM):
            self._act(key, CHANGE if one.active else BACK)
        elif gives_a_pin(self.member(self.desk.me.id), one):
            self._act(key, GIVE_PIN)
        else:
            self.desk.allowed.refuses(Right.TEAM)

    def _act(self, key: Key, name: str) -> None:
        from clientele.ui.dialogs.leaves import LeavesSheet
        from clientele.ui.dialogs.team import GivePinSheet, PersonSheet

        one = self.member(key)
        if one is None or self._facts is None:
            return
        if name == CHANGE:
            PersonSheet(self.desk, self, self._facts.departments, one).open_sheet()
        elif name == GIVE_PIN:
            GivePinSheet(self.desk, self, one.id, one.name).open_sheet()
        elif name == LEAVES:
            LeavesSheet(self.desk, self, one).open_sheet()
        elif name == BACK:
            words = self.tr("{name} works here again; a PIN lets them sign in")
            self.desk.do(
                associate_comes_back, AssociateComesBack(one.id), said=words.format(name=one.name)
            )

    def _rename(self, key: Key) -> None:
        from clientele.ui.dialogs.team import DepartmentSheet

        places = self._facts.departments if self._facts else ()
        place = next((one for one in places if one.id == key), None)
        if place is not None and not self.desk.allowed.refuses(Right.TEAM):
            DepartmentSheet(self.desk, self, place).open_sheet()
