"""Who is credited for this item? Me, the colleague, both, or another: one touch."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Signal

from clientele.services.credit import ShareCredit, share_credit
from clientele.store.queries.ticket import Item
from clientele.ui.desk import Desk
from clientele.ui.theme import Space
from clientele.ui.widgets.basics import label
from clientele.ui.widgets.buttons import ChoiceButton
from clientele.ui.widgets.colleague_tiles import ColleagueTiles
from clientele.ui.widgets.layouts import Flow, ground_of
from clientele.ui.widgets.sheet import Sheet

Parts = tuple[tuple[int, int], ...]


class CreditLine(Flow):
    """Chips that say who is credited; the chosen one is how it stands.

    ``people`` are (id, name) of who is with the client: the visit's associate first, then the
    colleague at the item's stop.
    """

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(across=Space.TIGHT, down=2)
        self._desk = desk
        self._item: Item | None = None
        self._heading = label(self.tr("Credit"), "label", wrap=False)
        self.add(self._heading)
        self.buttons: dict[Parts, ChoiceButton] = {}
        self.other_button: ChoiceButton | None = None
        self.sheet: Sheet | None = None

    def show_item(self, item: Item, people: Sequence[tuple[int, str]]) -> None:
        """Who is credited as the book has it, and who else could be."""
        self._item = item
        stands = tuple((part.associate_id, part.parts) for part in item.credit)
        offered = _offers(people, self._desk.me.id)
        if stands and stands not in offered:
            names = {part.associate_id: part.associate for part in item.credit}
            offered[stands] = _said(names, [one for one, _ in stands], self._desk.me.id)
        if list(offered) != list(self.buttons):
            self._rebuild(offered)
        for parts, button in self.buttons.items():
            button.setChecked(parts == stands)

    def take_keyboard(self) -> None:
        """On the first chip."""
        first = next(iter(self.buttons.values()), self.other_button)
        if first is not None:
            first.setFocus()

    def _rebuild(self, offered: dict[Parts, str]) -> None:
        self.keep(self._heading)
        self.buttons = {}
        for parts, words in offered.items():
            button = ChoiceButton(words)
            button.setAccessibleName(self.tr("Credit: {who}").format(who=words))
            button.clicked.connect(lambda _=False, parts=parts: self._share(parts))
            self.buttons[parts] = button
            self.add(button)
        self.other_button = ChoiceButton(self.tr("+ Colleague…"))
        self.other_button.setCheckable(False)
        self.other_button.setAccessibleName(self.tr("Credit another colleague too"))
        self.other_button.clicked.connect(lambda _=False: self._ask_who())
        self.add(self.other_button)

    def _share(self, parts: Parts) -> None:
        if self._item is not None:
            self._desk.do(share_credit, ShareCredit(self._item.id, parts))

    def _ask_who(self) -> None:
        if self._item is None:
            return
        item = self._item
        sheet = Sheet(
            ground_of(self),
            self.tr("Who is credited too? {item}").format(item=item.item),
        )
        there = [part.associate_id for part in item.credit]
        tiles = ColleagueTiles(self._desk, self.tr("Colleagues"), without=there)
        sheet.body.addWidget(tiles)
        tiles.loaded.connect(lambda: sheet.open_sheet(tiles))
        tiles.chosen.connect(lambda chosen: self._add(item, chosen, sheet))
        sheet.closed.connect(sheet.deleteLater)
        self.sheet = sheet
        sheet.open_sheet()

    def _add(self, item: Item, associate_id: int, sheet: Sheet) -> None:
        parts = [(part.associate_id, 1) for part in item.credit]
        sheet.close_sheet()
        self._share((*parts, (associate_id, 1)))


def _offers(people: Sequence[tuple[int, str]], me: int) -> dict[Parts, str]:
    """Each of them alone, then all together in equal parts."""
    names = dict(people)
    offers: dict[Parts, str] = {((one, 1),): _said(names, [one], me) for one in names}
    if len(names) > 1:
        offers[tuple((one, 1) for one in names)] = QCoreApplication.translate(
            "CreditLine", "half each"
        )
    return offers


def _said(names: dict[int, str], ids: Sequence[int], me: int) -> str:
    mine = QCoreApplication.translate("CreditLine", "mine")
    if len(ids) == 1:
        return mine if ids[0] == me else names[ids[0]]
    return " + ".join(names[one] for one in ids)
