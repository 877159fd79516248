"""Two clients beside each other in words: are they one?"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from clientele.domain.rules.dates import PartialDate
from clientele.domain.rules.duplicates import Facts
from clientele.store.queries.client_rows import ClientRow
from clientele.store.queries.duplicates import PairRow
from clientele.ui.desk import Desk
from clientele.ui.models.client_names import shown_name
from clientele.ui.models.duplicate_words import birthday_words, how_likely, reason_chips
from clientele.ui.theme import Space
from clientele.ui.widgets.basics import Chip, label
from clientele.ui.widgets.buttons import Button
from clientele.ui.widgets.card import Card
from clientele.ui.widgets.emptying import empty
from clientele.ui.widgets.layouts import Flow


class PairCard(Card):
    """One pair; emits ``merge``, ``apart``, ``compare`` and ``open_client(id)``."""

    merge = Signal()
    apart = Signal()
    compare = Signal()
    open_client = Signal(int)

    def __init__(self, desk: Desk) -> None:
        super().__init__(QCoreApplication.translate("PairCard", "Side by side"))
        self._desk = desk
        self._pair: PairRow | None = None
        self.reasons = Flow(across=6, down=6)
        self._holder = QWidget()
        self.grid = QGridLayout(self._holder)
        self.grid.setContentsMargins(0, 0, 0, Space.SMALL)
        self.grid.setHorizontalSpacing(Space.GAP)
        self.grid.setVerticalSpacing(Space.ROW)
        for column, share in ((0, 26), (1, 37), (2, 37)):
            self.grid.setColumnStretch(column, share)
        self.merge_button = Button(self.tr("Make one client"), self.merge.emit, kind="primary",
                                   key="M")  # fmt: skip
        self.apart_button = Button(self.tr("Not the same"), self.apart.emit, key="N")
        self.compare_button = Button(self.tr("Choose…"), self.compare.emit, key="Return")
        self.buttons = Flow(across=8, down=8)
        self.buttons.set_widgets([self.merge_button, self.apart_button, self.compare_button])
        self.empty = label(self.tr("Choose a pair to see both beside each other."), "label")
        for part in (self.reasons, self._holder, self.buttons, self.empty):
            self.add(part)
        self.show_pair(None)

    def show_pair(self, pair: PairRow | None) -> None:
        """Show these two, or that none is chosen."""
        self._pair = pair
        for part in (self.reasons, self._holder, self.buttons):
            part.setVisible(pair is not None)
        self.empty.setVisible(pair is None)
        self.set_hint("" if pair is None else how_likely(pair.score))
        if pair is None:
            return
        self.reasons.set_widgets(
            [Chip(chip.text, chip.tone) for chip in reason_chips(pair.reasons)]
        )
        empty(self.grid)
        for column, row in ((1, pair.first), (2, pair.second)):
            self.grid.addWidget(self._name(row), 0, column, Qt.AlignmentFlag.AlignLeft)
        at = 1
        for name, one, other in self._rows(pair):
            if one or other:
                self.grid.addWidget(label(name, "label"), at, 0, Qt.AlignmentFlag.AlignTop)
                for column, words in ((1, one), (2, other)):
                    shown = label(words or "–", "" if words else "label")
                    shown.setAccessibleName(f"{name}: {words}")
                    self.grid.addWidget(shown, at, column, Qt.AlignmentFlag.AlignTop)
                at += 1

    def _name(self, row: ClientRow) -> QWidget:
        key = row.named.client_id
        return Button(shown_name(row.named), lambda: self.open_client.emit(key), kind="link")

    def _rows(self, pair: PairRow) -> list[tuple[str, str, str]]:
        sides = list(zip((pair.first, pair.second), pair.facts, strict=True))

        def both(name: str, said: list[str]) -> tuple[str, str, str]:
            return name, said[0], said[1]

        formats, today = self._desk.formats, self._desk.today()
        return [
            both(self.tr("Phone"), [row.phone for row, _ in sides]),
            both(self.tr("E-mail"), [row.email for row, _ in sides]),
            both(
                self.tr("Birthday"),
                [birthday_words(_birthday(facts), formats) for _, facts in sides],
            ),
            both(self.tr("Address"), [_address(facts) for _, facts in sides]),
            both(self.tr("Whose client"), [row.owner for row, _ in sides]),
            both(
                self.tr("Last in"),
                [
                    formats.past_day(formats.local_day(row.last_in), today) if row.last_in else ""
                    for row, _ in sides
                ],
            ),
            both(
                self.tr("Bought"),
                [formats.money(row.spent, row.currency) if row.spent else "" for row, _ in sides],
            ),
        ]


def _birthday(facts: Facts) -> PartialDate | None:
    month, day, year = facts.birthday
    return None if month is None else PartialDate(month, day, year)


def _address(facts: Facts) -> str:
    return "\n".join(", ".join(filter(None, parts)) for parts in sorted(facts.addresses))
