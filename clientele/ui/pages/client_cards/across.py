"""Where in the store the client buys, and where not yet."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from clientele.store.queries.client import ClientPage
from clientele.ui.actions import PURCHASES
from clientele.ui.desk import Desk
from clientele.ui.pages.client_cards.as_typed import listed
from clientele.ui.theme import Space
from clientele.ui.widgets.basics import Bar, label
from clientele.ui.widgets.buttons import Button
from clientele.ui.widgets.card import Card

BARS = 8
"""How many departments have a bar; the others are named."""

NAMES = 6
"""How many departments are named in a sentence."""


class AcrossCard(Card):
    """Across the store, the last 24 months. Emits ``purchases`` for all that they own."""

    purchases = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            QCoreApplication.translate("AcrossCard", "Across the store"),
            QCoreApplication.translate("AcrossCard", "24 months"),
            fill=True,
        )
        self._desk = desk
        self._shown: object = None
        holder = QWidget()
        self._bars = QVBoxLayout(holder)
        self._bars.setContentsMargins(0, 0, 0, 0)
        self._bars.setSpacing(Space.SMALL)
        self._made: list[Bar] = []
        self.nothing = label("", "label")
        self._bars.addWidget(self.nothing)
        self.rest = label("", "sub")
        self.not_yet = label("", "sub")
        self.add(holder)
        self.add(self.rest)
        self.add(self.not_yet)
        self.all = Button(
            self.tr("Purchases and habits"), self.purchases.emit, kind="link", key=PURCHASES.key
        )
        self.add(self.all)

    def show_client(self, page: ClientPage) -> None:
        """A bar for each department, as long as its part of the largest."""
        shown = (page.across, page.not_yet, page.currency, page.tickets > 0)
        if shown == self._shown:
            return
        self._shown = shown
        formats = self._desk.formats
        most = max((share.amount for share in page.across), default=0)
        for at, share in enumerate(page.across[:BARS]):
            amount = formats.money(share.amount, page.currency, cents=False)
            self._say(at, share.department, amount, share.amount / most if most else 0)
        for bar in self._made[len(page.across) :]:
            bar.hide()
        self.nothing.setText(
            self.tr("Nothing was bought in the last 24 months.")
            if page.tickets
            else self.tr("Where they buy stands here after the first purchase.")
        )
        self.nothing.setVisible(not page.across)
        others = [share.department for share in page.across[BARS:]]
        self.rest.setText(self.tr("Also {names}.").format(names=self._named(others)))
        self.rest.setVisible(bool(others))
        self.not_yet.setText(self.tr("Not yet: {names}.").format(names=self._named(page.not_yet)))
        self.not_yet.setVisible(bool(page.not_yet) and bool(page.tickets))
        self.all.setVisible(page.tickets > 0)

    def _say(self, at: int, name: str, amount: str, share: float) -> None:
        """Bars are kept from client to client: making them takes longer than all the rest here."""
        if at == len(self._made):
            self._made.append(Bar(name, amount, share))
            self._bars.addWidget(self._made[at])
        else:
            self._made[at].say(name, amount, share)
        self._made[at].show()

    def _named(self, names: list[str] | tuple[str, ...]) -> str:
        words = listed(names[:NAMES])
        more = len(names) - NAMES
        return words if more <= 0 else self.tr("{names} and %n more", "", more).format(names=words)
