"""What stands where no client is listed? Why nobody is, and the one thing that changes it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from clientele.ui.theme import Space
from clientele.ui.widgets.buttons import Button
from clientele.ui.widgets.card import EmptyState
from clientele.ui.widgets.emptying import empty
from clientele.ui.widgets.layouts import Flow

Do = Callable[[], object]


class NobodyListed(QWidget):
    """One sentence and what to do; ``say_…`` chooses which."""

    def __init__(self) -> None:
        super().__init__()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self.hide()

    def say_not_found(self, text: str, show_all: Do) -> None:
        """A search found nobody."""
        sentence = _tr("Nobody was found by “{text}”.").format(text=text)
        self._say(EmptyState(sentence, _tr("Show all clients"), show_all))

    def say_filtered(self, clear: Do) -> None:
        """The filter holds for nobody."""
        sentence = _tr(
            "Of nobody is all of this true. Take a condition out, or let any of them be enough."
        )
        self._say(EmptyState(sentence, _tr("Clear the filter"), clear))

    def say_other_books(self, show_store: Do) -> None:
        """Only this book is empty."""
        sentence = _tr(
            "Nobody is in this book yet. Clients you add or take into your book stand here."
        )
        self._say(EmptyState(sentence, _tr("Show the store's clients"), show_store))

    def say_empty(self, new_client: Do, bring_in: Do) -> None:
        """There is no client at all."""
        sentence = _tr(
            "The book is empty. Clients stand here as soon as you add one, or bring in the "
            "customers and purchases that the store already has."
        )
        both = QWidget()
        column = QVBoxLayout(both)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(EmptyState(sentence))
        buttons = Flow(across=Space.SMALL)
        buttons.add(Button(_tr("New client"), new_client))
        buttons.add(Button(_tr("Import a file"), bring_in))
        column.addWidget(buttons)
        self._say(both)

    def _say(self, what: QWidget) -> None:
        empty(self._row)
        self._row.addWidget(what)


def _tr(words: str) -> str:
    return QCoreApplication.translate("ClientsPage", words)
