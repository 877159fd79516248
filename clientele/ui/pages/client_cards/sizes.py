"""What fits: the newest evidence for each category, changed where it stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QHBoxLayout

from clientele.services.changes import Changes
from clientele.services.sizes import (
    AddSize,
    EditSize,
    RemoveSize,
    add_size,
    edit_size,
    remove_size,
)
from clientele.store.queries.client import ClientPage
from clientele.store.queries.passport import ITEM, SIZE
from clientele.store.queries.wearing import SizeRow
from clientele.ui.actions import PASSPORT
from clientele.ui.desk import Desk
from clientele.ui.pages.client_cards.as_typed import CARD_AIR, AsTyped, HugEdit, Lines
from clientele.ui.pages.client_cards.corner import Corner
from clientele.ui.theme import Space, Tone
from clientele.ui.widgets.basics import Chip, label
from clientele.ui.widgets.buttons import Button
from clientele.ui.widgets.card import Card
from clientele.ui.widgets.layouts import Flow, ground_of

FIRST = 4
"""How many sizes stand there at once; the older ones are one click away."""


class SizeLine(AsTyped):
    """Category, size, how it sits, brand."""

    def __init__(self, desk: Desk, client_id: int, key: int | None) -> None:
        super().__init__(desk, key)
        self._client_id = client_id
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.TIGHT)
        category = HugEdit(self.tr("What for"), hint=self.tr("Coat, shoe …"), words="label")
        left = Flow()
        left.add(self.field("category", category))
        row.addWidget(left, 42, Qt.AlignmentFlag.AlignTop)
        right = Flow(across=0, down=0)
        value = HugEdit(self.tr("Size"), hint=self.tr("Size"), words="strong")
        fit = HugEdit(self.tr("How it sits"), hint=self.tr("how it sits"))
        brand = HugEdit(self.tr("Brand"), hint=self.tr("brand"), words="label")
        right.add(self.field("value", value))
        right.add(self.field("fit", fit, optional=True))
        right.add(self.field("brand", brand, optional=True))
        self.known = Chip("", Tone.AMBER)
        self.known.hide()
        right.add(self.known)
        self._follows = key is not None and key < 0
        if not self._follows:
            away = Button("×", self.remove, kind="link")
            away.setAccessibleName(self.tr("Remove this size"))
            right.add(away)
            self.show_in_use(away)
        else:  # it follows from a purchase or from what was tried on, and is changed there
            for field in (category, value, fit, brand):
                field.setReadOnly(True)
        row.addWidget(right, 58, Qt.AlignmentFlag.AlignTop)

    def say_known(self, row: SizeRow) -> None:
        """A calm word where evidence contradicts the size, with what to try next."""
        words = ""
        if row.try_next:
            words = self.tr("try {size}").format(size=row.try_next)
        elif row.disputed:
            words = self.tr("two sizes")
        self.known.setText(words)
        self.known.setAccessibleName(words)
        self.known.setVisible(bool(words))

    def become(self, client_id: int, key: int) -> bool:
        """A size that was told can be changed, one that follows cannot."""
        if self._follows is not (key < 0):
            return False
        self._client_id, self.key = client_id, key
        return True

    def is_bare(self) -> bool:
        """Without what it is for and the size there is nothing."""
        values = self.values()
        return not values["category"].strip() and not values["value"].strip()

    def begin(self, values: Mapping[str, str], then: Callable[[Changes], None]) -> None:
        """A size the client told us."""
        size = AddSize(
            self._client_id,
            values["category"],
            values["value"],
            self.desk.me.id,
            brand=values["brand"],
            fit=values["fit"],
            department_id=self.desk.me.department_id,
        )
        self.desk.do(add_size, size, then=then)

    def edit(self, name: str, value: str) -> None:
        """One field of it."""
        assert self.key is not None
        self.desk.do(edit_size, EditSize(self.key, name, value), merge=("size", self.key, name))

    def remove(self) -> None:
        """Take it away."""
        if self.key is None:
            self.dropped.emit()
            return
        self.desk.do(remove_size, RemoveSize(self.key), said=self.tr("Size removed"))


class SizesCard(Card):
    """Sizes and fit."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(QCoreApplication.translate("SizesCard", "Sizes and fit"))
        self._desk = desk
        self._client_id = 0
        self.add_button = Button(self.tr("Add"), self.begin, kind="link")
        self.add_button.setAccessibleName(self.tr("Add a size"))
        self.all_button = Button(self.tr("All"), self._show_all, kind="link", key=PASSPORT.key)
        self.all_button.setAccessibleName(self.tr("Size passport"))
        Corner(self, self.all_button, self.add_button)
        self.nothing = label(self.tr("What fits stands here, the newest first."), "label")
        self.lines: Lines[SizeRow] = Lines(
            lambda key: SizeLine(desk, self._client_id, key), 0, air=CARD_AIR
        )
        self.body.setSpacing(0)
        self.add(self.nothing)
        self.add(self.lines, edge=True)

    def begin(self) -> None:
        """A new, empty line."""
        self.nothing.hide()
        self.lines.new_line().dropped.connect(self._say_nothing)

    def show_client(self, client_id: int, page: ClientPage) -> None:
        """The sizes of the client's own, the newest of them first."""
        if client_id != self._client_id:
            self._client_id = client_id
            self.lines.of_client(client_id)
        many = len(page.sizes)
        short = many > FIRST + 1
        self.set_hint(self.tr("newest first") if many > 1 else "")
        shown = page.sizes[:FIRST] if short else page.sizes
        self.lines.show_rows(shown, _key, _fill)
        self.all_button.set_words(self.tr("All %n", "", many) if short else self.tr("All"))
        self.all_button.setAccessibleName(self.tr("Size passport"))
        self._say_nothing()

    def _show_all(self) -> None:
        """All of them, with what stands behind each: the passport."""
        from clientele.ui.dialogs.passport import PassportSheet

        PassportSheet(self._desk, ground_of(self), self._client_id).open_sheet()

    def _say_nothing(self) -> None:
        self.nothing.setVisible(not self.lines.lines())


def _key(row: SizeRow) -> int:
    """Told sizes have their own number, what follows from other rows a negative one."""
    if row.source == SIZE:
        return row.id
    return -2 * row.id - (row.source == ITEM)


def _fill(line: AsTyped, row: SizeRow) -> None:
    if isinstance(line, SizeLine):
        line.say_known(row)
    line.set_values(
        {"category": row.category, "value": row.value, "fit": row.fit, "brand": row.brand}
    )
