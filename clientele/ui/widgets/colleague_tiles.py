"""Which colleague? One large tile each, those of one's own department first."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QGridLayout,
    QHBoxLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from clientele.domain.rules.names import initials
from clientele.store.queries.team import AssociateTile, associates
from clientele.ui.desk import Desk
from clientele.ui.theme import Space
from clientele.ui.widgets.basics import Avatar, label
from clientele.ui.widgets.buttons import Pressable

ACROSS = 2


class ColleagueTiles(QWidget):
    """Everybody who works here but those left out. Emits ``chosen(id)`` on a touch.

    ``loaded`` is emitted once they are there: they are asked from the book.
    """

    chosen = Signal(int)
    loaded = Signal()

    def __init__(
        self,
        desk: Desk,
        name: str,
        *,
        without: Collection[int] = (),
        across: int = ACROSS,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._desk, self._name, self._without = desk, name, frozenset(without)
        self._wanted: int | None = None
        self._people: tuple[AssociateTile, ...] = ()
        self._first: tuple[int, ...] = ()
        self._notes: dict[int, str] = {}
        self._group = QButtonGroup(self)
        self._tiles: dict[int, Pressable] = {}
        self._nobody = label(
            self.tr(
                "Nobody else stands in the book yet. Colleagues come with a file that is brought "
                "in, or are added by whoever set up the terminal."
            ),
            "sub",
        )
        self._nobody.hide()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(Space.SMALL)
        self._across = across
        for column in range(across):
            self._grid.setColumnStretch(column, 1)
        self._grid.addWidget(self._nobody, 0, 0, 1, ACROSS)
        desk.ask(associates, self._found, owner=self, slot="people")

    @property
    def value(self) -> int | None:
        """Who is chosen."""
        if not self._tiles:
            return self._wanted
        return next((key for key, tile in self._tiles.items() if tile.isChecked()), None)

    @property
    def ids(self) -> tuple[int, ...]:
        """Who is shown, in their order."""
        return tuple(self._tiles)

    def working_in(self, department_id: int) -> tuple[int, ...]:
        """Who of them works in a department."""
        return tuple(one.id for one in self._people if one.department_id == department_id)

    @property
    def chosen_name(self) -> str:
        """The name of who is chosen, empty while nobody is."""
        return next((one.name for one in self._people if one.id == self.value), "")

    def choose(self, associate_id: int | None) -> None:
        """Choose without telling; None leaves nobody chosen."""
        self._wanted = associate_id
        self._group.setExclusive(False)
        for key, tile in self._tiles.items():
            tile.setChecked(key == associate_id)
        self._group.setExclusive(True)

    def leave_out(self, without: Collection[int]) -> None:
        """Show everybody but these from now on; who is chosen stays so, if shown."""
        kept, self._without = self.value, frozenset(without)
        self._show(self._people)
        self.choose(kept if kept in self._tiles else None)

    def mark(self, first: Sequence[int], notes: Mapping[int, str]) -> None:
        """Show these first, in this order, and such words beside a department."""
        self._first, self._notes = tuple(first), dict(notes)
        kept = self.value
        self._show(self._people)
        self.choose(kept)

    def tile(self, associate_id: int) -> Pressable:
        """The tile of an associate."""
        return self._tiles[associate_id]

    def _found(self, people: tuple[AssociateTile, ...]) -> None:
        self._people = people
        self._show(people)
        self.choose(self._wanted)
        self.loaded.emit()

    def _show(self, people: Sequence[AssociateTile]) -> None:
        for tile in self._tiles.values():
            self._group.removeButton(tile)
            tile.hide()
            tile.deleteLater()
        self._tiles = {}
        mine = self._desk.me.department_id
        shown = sorted(
            (one for one in people if one.id not in self._without),
            key=lambda one: (
                self._first.index(one.id) if one.id in self._first else len(self._first),
                one.department_id != mine,
                one.name,
            ),
        )
        self._nobody.setVisible(not shown)
        for place, one in enumerate(shown):
            tile = self._made(one)
            self._tiles[one.id] = tile
            self._group.addButton(tile)
            self._grid.addWidget(tile, place // self._across, place % self._across)
        self.updateGeometry()

    def _made(self, who: AssociateTile) -> Pressable:
        tile = Pressable("")
        tile.setProperty("colleague", True)
        tile.setCheckable(True)
        about = " · ".join(part for part in (who.department, self._notes.get(who.id)) if part)
        words = f"{who.name}, {about}" if about else who.name
        tile.setAccessibleName(f"{self._name}: {words}")
        tile.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        tile.setCursor(Qt.CursorShape.PointingHandCursor)
        tile.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(tile)
        row.setContentsMargins(Space.SMALL, Space.TIGHT, Space.SMALL, Space.TIGHT)
        row.setSpacing(Space.SMALL)
        row.addWidget(Avatar(initials(who.name), 34))
        lines = QVBoxLayout()
        lines.setSpacing(0)
        lines.addStretch(1)
        lines.addWidget(label(who.name, "strong", wrap=False))
        lines.addWidget(label(about, "sub", wrap=False))
        lines.addStretch(1)
        row.addLayout(lines, 1)
        for child in tile.findChildren(QWidget):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        tile.clicked.connect(lambda _=False, key=who.id: self.chosen.emit(key))
        return tile
