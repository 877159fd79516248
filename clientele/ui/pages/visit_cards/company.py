"""Where do they try things on, and who came along? Both change where they stand."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QSize
from PySide6.QtWidgets import QWidget

from clientele.services.company import (
    AddCompanion,
    RemoveCompanion,
    SayFittingRoom,
    add_companion,
    remove_companion,
    say_fitting_room,
)
from clientele.store.queries.route import Companion, household_names
from clientele.store.queries.visit import VisitPage
from clientele.ui.card_numbers import to_keep, was_kept
from clientele.ui.desk import Desk
from clientele.ui.pages.client_cards.as_typed import HugEdit
from clientele.ui.theme import Space
from clientele.ui.widgets.basics import label
from clientele.ui.widgets.buttons import Button, ChoiceButton
from clientele.ui.widgets.fields import Field
from clientele.ui.widgets.layouts import Flow, ground_of
from clientele.ui.widgets.sheet import Sheet


class SmallEdit(HugEdit):
    """A ``HugEdit`` in the small letters of a line below a title."""

    def __init__(self, name: str, *, hint: str = "") -> None:
        super().__init__(name, hint=hint)
        self.setProperty("small", True)

    def sizeHint(self) -> QSize:
        """As wide as its words with the air that small letters have."""
        size = super().sizeHint()
        return QSize(size.width() + SMALL_AIR, size.height())


SMALL_AIR = 8
"""What the style sheet puts beside small letters, above what it puts beside others, in pixels."""


class CompanyLine(Flow):
    """The fitting room, those who came along, and one more. A click on a name takes it off."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(across=Space.SMALL, down=0)
        self.setAccessibleName(self.tr("Who came along, and the fitting room"))
        self._desk = desk
        self._visit: VisitPage | None = None
        self._shown: tuple[Companion, ...] | None = None
        self.people: dict[int, ChoiceButton] = {}
        self.sheet: CompanionSheet | None = None
        self._room_words = label(self.tr("fitting room"), "sub", wrap=False)
        self.room = SmallEdit(self.tr("Fitting room"), hint=self.tr("none"))
        self.room.typed.connect(self._save)
        self.room.left.connect(desk.seal)
        self.room.returnPressed.connect(self.room.clearFocus)
        self.add_button = Button(self.tr("+ who came along"), self.ask, kind="link")
        self._steady = (self._room_words, self.room)
        self.set_widgets([*self._steady, self.add_button])

    def show_visit(self, visit: VisitPage) -> None:
        """Another visit, or the same as it is now."""
        other = self._visit is None or self._visit.id != visit.id
        self._visit = visit
        gone = visit.left_at is not None
        if other:
            self.room.clearFocus()
        self.room.set_value(visit.fitting_room)
        self.room.setReadOnly(gone)
        for piece in self._steady:
            piece.setVisible(not gone or bool(visit.fitting_room))
        self.add_button.setVisible(not gone)
        if visit.companions != self._shown:
            self._show_people(visit.companions)
        for button in self.people.values():
            button.setEnabled(not gone)
        if self.sheet is not None and not self.sheet.isHidden():
            self.sheet.show_visit(visit)

    def close_sheet(self) -> None:
        """Put the form away."""
        if self.sheet is not None:
            self.sheet.close_sheet()

    def ask(self) -> None:
        """Ask who came along: of the household, or a name."""
        if self._visit is None:
            return
        if self.sheet is None:
            self.sheet = CompanionSheet(self._desk, ground_of(self))
        self.sheet.ask(self._visit)

    def _show_people(self, companions: tuple[Companion, ...]) -> None:
        self._shown = companions
        self.people = {}
        for one in companions:
            words = self.tr("with {name}").format(name=named(one))
            button = ChoiceButton(words)
            button.setCheckable(False)
            button.setAccessibleName(self.tr("{name} came along; take off").format(name=named(one)))
            button.setToolTip(button.accessibleName())
            button.clicked.connect(lambda _=False, one=one: self._take_off(one))
            self.people[one.id] = button
        self.set_widgets([*self._steady, *self.people.values(), self.add_button])

    def _take_off(self, one: Companion) -> None:
        self._desk.do(
            remove_companion,
            RemoveCompanion(one.id),
            said=self.tr("{name} did not come along.").format(name=one.name),
        )

    def _save(self, text: str) -> None:
        if self._visit is not None:
            kept = to_keep(self._desk, self.room, text)
            self._desk.do(
                say_fitting_room,
                SayFittingRoom(self._visit.id, kept),
                merge=("fitting room", self._visit.id),
                then=lambda _: was_kept(self.room),
                failed=self.room.set_wrong,
            )


class CompanionSheet(Sheet):
    """Those of the household with one touch each, and a field for any other name."""

    def __init__(self, desk: Desk, over: QWidget) -> None:
        super().__init__(
            over, QCoreApplication.translate("CompanionSheet", "Who came along?"), width=440
        )
        self._desk = desk
        self._visit: VisitPage | None = None
        self._household: tuple[tuple[int, str, str], ...] = ()
        self.members: dict[int, Button] = {}
        self._flow = Flow(across=Space.SMALL, down=Space.SMALL)
        self.body.addWidget(self._flow)
        self.other = Field(self.tr("Name"), hint=self.tr("his mother, a friend; Return adds them"))
        self.other.returnPressed.connect(self._typed)
        self.add_field(self.tr("Somebody else"), self.other)
        self.add_button(self.tr("Done"), self._done, primary=True)

    def ask(self, visit: VisitPage) -> None:
        """Open it for a visit."""
        self._visit = visit
        client = visit.named.client_id
        self._desk.ask(lambda session: household_names(session, client), self._found, owner=self)

    def show_visit(self, visit: VisitPage) -> None:
        """The visit has changed while this is open."""
        self._visit = visit
        self._show()

    def _found(self, household: tuple[tuple[int, str, str], ...]) -> None:
        self._household = household
        self._show()
        if self.isHidden():
            self.open_sheet(next(iter(self.members.values()), self.other))

    def _show(self) -> None:
        assert self._visit is not None
        here = {one.member_id for one in self._visit.companions}
        self.members = {}
        for key, name, relation in self._household:
            if key in here:
                continue
            words = f"{name}, {relation}" if relation else name
            self.members[key] = Button(words, lambda key=key: self._came(key))  # type: ignore[misc]
        self._flow.set_widgets(list(self.members.values()))
        self._flow.setVisible(bool(self.members))

    def _came(self, member: int) -> None:
        self._add(member=member)
        self.close_sheet()

    def _typed(self) -> None:
        if self.other.value.strip():
            self._add(name=self.other.value)
            self.close_sheet()

    def _done(self) -> None:
        self._typed()
        self.close_sheet()

    def _add(self, name: str = "", member: int | None = None) -> None:
        assert self._visit is not None
        self._desk.do(
            add_companion,
            AddCompanion(self._visit.id, name, member),
            then=lambda _: self.other.clear() if name else None,
            failed=self._refused,
        )

    def _refused(self, sentence: str) -> None:
        self.open_sheet(self.other)
        self.other.set_wrong(sentence)
        self.say(sentence)


def named(one: Companion) -> str:
    """“Mai, fiancée”, or just the name."""
    return f"{one.name}, {one.relation}" if one.relation else one.name
