"""Which tags does the client have? Chips with a cross, and a field that offers the store's tags."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from clientele.services.clients import SetTag, set_tag
from clientele.store.queries.tags import tags_like
from clientele.ui.card_numbers import to_keep
from clientele.ui.desk import Desk
from clientele.ui.pages.client_cards.as_typed import HugEdit
from clientele.ui.theme import Space
from clientele.ui.widgets.basics import label
from clientele.ui.widgets.buttons import Button
from clientele.ui.widgets.fields import Pause
from clientele.ui.widgets.layouts import Flow


class TagChip(QWidget):
    """A tag with a cross that takes it off."""

    def __init__(self, tags: Tags, words: str) -> None:
        super().__init__()
        self.words = words
        self.setProperty("pill", True)
        self.setProperty("tone", "plain")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        shown: QLabel = label(words, wrap=False)
        shown.setProperty("pill", True)
        row.addWidget(shown)
        self.away = Button("×", partial(tags.take_off, words), kind="link")
        self.away.setProperty("pill", "plain")
        self.away.setAccessibleName(self.tr("Take off: {tag}").format(tag=words))
        row.addWidget(self.away)


class Tags(QWidget):
    """The tags of one client; a word typed and Return puts one on."""

    def __init__(self, desk: Desk, client_id: int) -> None:
        super().__init__()
        self._desk, self._client_id = desk, client_id
        self._on: tuple[str, ...] = ()
        self.chips: dict[str, TagChip] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._flow = Flow()
        self.adder = HugEdit(self.tr("Add a tag"), hint=self.tr("+ tag"))
        self.adder.returnPressed.connect(self._add)
        self.adder.left.connect(self._left)
        self._pause = Pause(self)
        self._pause.paused.connect(self._look)
        self.adder.typed.connect(self._pause.typed)
        self._flow.add(self.adder)
        column.addWidget(self._flow)
        self.offers = Flow(across=Space.ROW, down=0)
        self.offers.hide()
        column.addWidget(self.offers)

    def show_tags(self, tags: tuple[str, ...]) -> None:
        """These are on."""
        self._on = tags
        self.chips = {tag: self.chips.get(tag) or TagChip(self, tag) for tag in tags}
        self._flow.arrange([*self.chips.values(), self.adder])

    def put_on(self, words: str) -> None:
        """Put a tag on."""
        self.adder.clear()
        self._offer(())
        self._desk.do(set_tag, SetTag(self._client_id, words))

    def take_off(self, words: str) -> None:
        """Take a tag off."""
        said = self.tr("Taken off: {tag}").format(tag=words)
        self._desk.do(set_tag, SetTag(self._client_id, words, on=False), said=said)

    def _add(self) -> None:
        words = to_keep(self._desk, self.adder, self.adder.text()).strip()
        if words and not self.adder.property("cardNumber"):
            self.put_on(words)

    def _left(self) -> None:
        self._add()
        self._offer(())

    def _look(self, text: str) -> None:
        if not text.strip():
            self._offer(())
            return
        on = self._on
        self._desk.ask(
            lambda session: tags_like(session, text, but=on), self._offer, owner=self, slot="tags"
        )

    def _offer(self, found: tuple[str, ...]) -> None:
        shown = found if self.adder.text().strip() else ()
        self.offers.arrange([Button(tag, partial(self.put_on, tag), kind="link") for tag in shown])
        self.offers.setVisible(bool(shown))
