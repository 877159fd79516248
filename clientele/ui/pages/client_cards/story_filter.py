"""What of the story is told? Kinds as chips, a department, words that are looked for, a year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from clientele.store.queries.story import Among, Told
from clientele.store.queries.story_about import StoryAbout, StoryPlaces
from clientele.ui.actions import FIND_HERE
from clientele.ui.theme import Space, set_words
from clientele.ui.widgets.buttons import Button, Choice
from clientele.ui.widgets.fields import Field, Pause

KINDS: dict[str, tuple[str, ...]] = {
    "all": (),
    "visits": (Among.VISITS, Told.APPOINTMENT),
    "purchases": (Told.PURCHASE, Told.PART_PAYMENT),
    "returns": (Among.RETURNS,),
    "notes": (Told.NOTE,),
    "contact": (Told.CONTACT,),
    "promises": (Told.PROMISE, Told.PROMISE_STEP, Told.PROMISE_ENDED),
    "right": (Told.MADE_RIGHT,),
    "hand-offs": (Told.HAND_OFF, Told.HAND_OFF_ANSWERED, Told.HAND_OFF_ENDED),
    "book": (Told.BOOK, Told.BOOK_ENDED, Told.MERGED, Told.CONSENT),
}
"""What can be asked for, and of which kinds it is."""

FIRST = ("all", "purchases", "notes", "contact", "promises")
"""What has a chip of its own; the others stand in a menu beside, where one line is enough."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked of the story."""

    kinds: tuple[str, ...] = ()
    department_id: int | None = None
    search: str = ""

    @property
    def whole(self) -> bool:
        """Whether nothing is left out."""
        return not self.kinds and self.department_id is None and not self.search.strip()


class MenuButton(Button):
    """A button that opens a list of values. Emits ``chosen(value)``.

    With ``asks`` the list is worked out only when it is wanted: the first click emits ``wanted``,
    and ``open_if_wanted`` shows what was offered meanwhile.
    """

    chosen = Signal(object)
    wanted = Signal()

    def __init__(self, name: str, *, asks: bool = False) -> None:
        super().__init__("", self._open, kind="link")
        self.setAccessibleName(name)
        self._name = name
        self._values: list[tuple[object, str]] = []
        self._asks, self._known, self._waits = asks, False, False
        self.popup = QMenu(self)
        self.popup.setAccessibleName(name)

    def offer(self, values: Sequence[tuple[object, str]]) -> None:
        """What can be chosen: a value and its words for each."""
        if list(values) == self._values:
            return
        self._values = list(values)
        self.popup.clear()
        for value, words in values:
            entry = self.popup.addAction(words.replace("&", "&&"))
            entry.triggered.connect(lambda _=False, one=value: self.chosen.emit(one))

    def show_words(self, words: str) -> None:
        """What is chosen now."""
        self.setText(f"{words} ▾".replace("&", "&&"))
        self.setAccessibleName(f"{self._name}: {words}")

    def ask_again(self) -> None:
        """What is offered may have changed: work it out anew when it is next wanted."""
        self._known = self._waits = False

    def open_if_wanted(self) -> None:
        """Everything is offered now."""
        self._known = True
        if self._waits and self.isVisible():
            self._open()
        self._waits = False

    def _open(self) -> None:
        if self._asks and not self._known:
            self._waits = True
            self.wanted.emit()
            return
        self.popup.popup(self.mapToGlobal(QPoint(0, self.height())))


class FindField(Field):
    """Words to look for. Esc empties and leaves it, Return and the arrow go to what was found."""

    emptied = Signal()
    to_list = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc is not “bring back”: there is nothing to bring back."""
        if event.key() == Qt.Key.Key_Escape:
            self.clear()
            self.emptied.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self.to_list.emit()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Esc is this field's while it has the keyboard."""
        if (
            event.type() is QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
        ):
            event.accept()
            return True
        return super().event(event)


def _names() -> dict[str, str]:
    translate = QCoreApplication.translate
    return {
        "all": translate("StoryFilter", "All"),
        "visits": translate("StoryFilter", "Visits"),
        "purchases": translate("StoryFilter", "Purchases"),
        "returns": translate("StoryFilter", "Returns"),
        "notes": translate("StoryFilter", "Notes"),
        "contact": translate("StoryFilter", "Contact"),
        "promises": translate("StoryFilter", "Promises"),
        "right": translate("StoryFilter", "Made right"),
        "hand-offs": translate("StoryFilter", "Hand-offs"),
        "book": translate("StoryFilter", "Book and consent"),
    }


class StoryFilter(QObject):
    """The parts of the card that choose. Emits ``changed`` and ``year_asked(year)``.

    ``chips`` are the kinds (``parts`` and ``more``), ``line`` the field to search in (hidden until
    asked for); ``department``, ``year`` and ``find`` stand in the card's corner.
    """

    changed = Signal()
    year_asked = Signal(int)
    to_list = Signal()
    places_wanted = Signal()
    """Somebody wants to choose a department or another kind; hand them to ``show_places``."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        translate = QCoreApplication.translate
        self._names = _names()
        self.parts = Choice(
            translate("StoryFilter", "What of the story"),
            [(value, self._names[value]) for value in FIRST],
            wraps=True,
        )
        self.parts.chosen.connect(self._choose_part)
        self.more = MenuButton(translate("StoryFilter", "What else of the story"), asks=True)
        self.more.chosen.connect(self._choose_part)
        self.chips = QWidget()
        chips = QHBoxLayout(self.chips)
        chips.setContentsMargins(0, 0, 0, 0)
        chips.addWidget(self.parts, 1)
        chips.addWidget(self.more, 0, Qt.AlignmentFlag.AlignTop)
        self._part = "all"
        self.department = MenuButton(translate("StoryFilter", "Department"), asks=True)
        self.department.chosen.connect(self._choose_department)
        self.year = MenuButton(translate("StoryFilter", "Go to a year"))
        self.year.chosen.connect(self._choose_year)
        self.find = Button(
            translate("StoryFilter", "Find"), self.open_find, kind="link", key=FIND_HERE.key
        )
        set_words(self.find, translate("StoryFilter", "Find in the story"))
        self.find.set_key(FIND_HERE.key)
        self.line = QWidget()
        row = QHBoxLayout(self.line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.SMALL)
        self.field = FindField(
            translate("StoryFilter", "Find in the story"),
            hint=translate("StoryFilter", "Words in notes, articles, promises…; Esc ends"),
        )
        row.addWidget(self.field, 1)
        self.line.hide()
        pause = Pause(self)
        self.field.typed.connect(pause.typed)
        pause.paused.connect(self.search)
        self.field.emptied.connect(self._end_find)
        self.field.to_list.connect(self.to_list.emit)
        self._of_places = (self.more, self.department)
        for button in self._of_places:
            button.wanted.connect(self.places_wanted)
        self._department_id: int | None = None
        self._search = ""
        self._kinds: frozenset[str] = frozenset()
        self._places: dict[int, str] = {}
        self.show_about(None)

    @property
    def wanted(self) -> Wanted:
        """What is asked for now."""
        kinds = tuple(str(kind) for kind in KINDS[self._part])
        return Wanted(kinds, self._department_id, self._search)

    def show_all(self) -> None:
        """Leave nothing out any more."""
        self.clear()
        self.changed.emit()

    def clear(self) -> None:
        """Leave nothing out, and tell nobody."""
        self._part, self._department_id, self._search = "all", None, ""
        self._show_part()
        self.field.clear()
        self.line.hide()
        self._show_department()

    def show_about(self, about: StoryAbout | None) -> None:
        """Offer what there is in the story; what is chosen stays on offer."""
        self._kinds = about.kinds if about is not None else frozenset()
        if about is None:
            self._places = {}
        any_told = about is not None and about.entries > 0
        self.parts.offer(self._there())
        self._show_part()
        self._show_department()
        for button in self._of_places:
            button.ask_again()
            button.setVisible(any_told)
        years = about.years if about is not None else ()
        self.year.offer([(year, str(year)) for year in years])
        self.year.setVisible(len(years) > 1)
        self.find.setVisible(any_told)

    def show_places(self, places: StoryPlaces) -> None:
        """Offer the departments and other kinds that there are, to whoever asked for them."""
        there = self._there(places.kinds)
        self.more.offer([(value, self._names[value]) for value in there if value not in FIRST])
        self._places = dict(places.departments)
        everything = QCoreApplication.translate("StoryFilter", "All departments")
        self.department.offer([(None, everything), *self._places.items()])
        for button in self._of_places:
            button.open_if_wanted()

    def _there(self, others: frozenset[str] = frozenset()) -> list[str]:
        """What can be asked for, and what is."""
        kinds = self._kinds | others
        return [
            value
            for value, asked in KINDS.items()
            if not asked or kinds.intersection(asked) or value == self._part
        ]

    def show_year(self, year: int) -> None:
        """The year that is read now."""
        self.year.show_words(str(year))

    def open_find(self) -> None:
        """Show the field and put the keyboard into it."""
        self.line.show()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def _end_find(self) -> None:
        self.line.hide()
        self.search("")
        self.to_list.emit()

    def search(self, words: str) -> None:
        """Tell only what says each of these words; none for everything."""
        if words.strip() != self._search:
            self._search = words.strip()
            self.changed.emit()

    def _choose_part(self, value: object) -> None:
        self._part = str(value)
        self._show_part()
        self.changed.emit()

    def _show_part(self) -> None:
        first = self._part in FIRST
        self.parts.choose(self._part if first else "")
        more = QCoreApplication.translate("StoryFilter", "More")
        self.more.show_words(more if first else self._names[self._part])

    def _choose_department(self, key: object) -> None:
        self._department_id = key if isinstance(key, int) else None
        self._show_department()
        self.changed.emit()

    def _show_department(self) -> None:
        everything = QCoreApplication.translate("StoryFilter", "All departments")
        self.department.show_words(self._places.get(self._department_id or 0, everything))

    def _choose_year(self, year: object) -> None:
        if isinstance(year, int):
            self.year_asked.emit(year)
