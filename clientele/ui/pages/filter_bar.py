"""Of which clients is the list? Conditions as chips, added by typing or choosing, and the order."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from clientele.domain.rules.filters import Condition, Filter, Group, Match
from clientele.services.changes import Changes, Kind
from clientele.store.queries.filtered import By
from clientele.store.queries.lists import Choices, ListRow, names_for
from clientele.ui.desk import Desk
from clientele.ui.models.filter_typed import Offer, offers
from clientele.ui.models.filter_words import Ground, part_in_words
from clientele.ui.models.rows import Row
from clientele.ui.theme import Space, px
from clientele.ui.widgets.basics import label
from clientele.ui.widgets.buttons import Button, Choice
from clientele.ui.widgets.layouts import Flow
from clientele.ui.widgets.search_box import SearchBox

NAMED = frozenset({Kind.ASSOCIATE, Kind.CUSTOM_FIELD, Kind.DEPARTMENT, Kind.TAG})
"""What conditions name."""

WIDE, CROSS = 250, 28
"""How wide the field is and, for a finger, the cross of a chip."""


class FilterBar(Flow):
    """Emits ``changed`` when the filter or the order is another.

    ``save``, ``keep_changes`` and ``again`` are emitted when that is asked for.
    ``asked`` is the filter, ``by`` the order, ``opened`` the saved list that it came from.
    """

    changed = Signal()
    learned = Signal()
    """What conditions name is known by now: what was said before may have to be said anew."""
    save = Signal()
    keep_changes = Signal()
    again = Signal()

    def __init__(self, desk: Desk, over: QWidget) -> None:
        super().__init__(across=Space.SMALL, down=Space.TIGHT)
        self._desk, self._over = desk, over
        self.asked = Filter()
        self.opened: ListRow | None = None
        self.ground = Ground(desk.formats)
        self._loaded = False
        self._offers: list[Offer] = []
        self._text = ""
        self.box = SearchBox(
            desk.theme, self.tr("Add a condition"), self.tr("Filter: bought shoes, tag vip…")
        )
        self.box.setFixedWidth(px(WIDE))
        self.box.asked.connect(self._offer)
        self.box.chosen.connect(self._take)
        self.choose_button = Button(self.tr("Conditions…"), self.choose)
        self.together = Choice(
            self.tr("How conditions go together"),
            [
                (Match.ALL.value, self.tr("All of these")),
                (Match.ANY.value, self.tr("Any of these")),
            ],
        )
        self.together.chosen.connect(self._go_together)
        self.save_button = Button(self.tr("Save as list…"), self.save.emit)
        self.keep_button = Button(self.tr("Save changes"), self.keep_changes.emit)
        self.clear_button = Button(self.tr("Clear"), self.clear, kind="quiet")
        self.again_button = Button(self.tr("Begin again"), self.again.emit, kind="quiet")
        self._may_begin_again = False
        self.order = Choice(
            self.tr("Order"),
            [
                (By.NAME.value, self.tr("By name")),
                (By.LAST_BOUGHT.value, self.tr("Last in")),
                (By.SPENT.value, self.tr("Spent")),
                (By.OCCASION.value, self.tr("Next occasion")),
                (By.NEXT_TOUCH.value, self.tr("Next touch")),
            ],
        )
        self.order.chosen.connect(self._reorder)
        self.counting = label("", "sub", wrap=False)
        self._chips: list[QWidget] = []
        self._arrange()
        desk.changed.connect(self._heard)

    @property
    def by(self) -> By:
        """The order that is chosen."""
        return By(self.order.value)

    @property
    def is_set(self) -> bool:
        """Whether anything else than everybody by name is asked."""
        return bool(self.asked.parts) or self.by is not By.NAME

    def show_filter(self, asked: Filter, opened: ListRow | None = None) -> None:
        """Ask for these from now on, as the list ``opened`` does."""
        self.asked, self.opened = asked, opened
        self.together.choose(Match.ANY.value if asked.match is Match.ANY else Match.ALL.value)
        self._learn()
        self._show()
        self.changed.emit()

    def set_opened(self, opened: ListRow | None) -> None:
        """The list by which these are known; what is asked stays."""
        self.opened = opened
        self._show()

    def clear(self) -> None:
        """Ask for everybody."""
        self.show_filter(Filter())

    def choose(self) -> None:
        """Choose a condition from all there are."""
        self._open_form(None)

    def edit(self, at: int) -> None:
        """Say the part at ``at`` otherwise."""
        self._open_form(at)

    def remove(self, at: int) -> None:
        """Take the part at ``at`` out."""
        self.asked = self.asked.without(at)
        self._changed()

    def offer_again(self, may: bool) -> None:
        """Whether anybody is done, so that the list can begin again."""
        if may != self._may_begin_again:
            self._may_begin_again = may
            self._arrange()

    def say_counting(self, words: str) -> None:
        """How many there are, while that is being found out."""
        self.counting.setText(words)

    def learn(self) -> None:
        """Ask for what conditions can name, once."""
        if not self._loaded:
            self._learn()

    # typing

    def _offer(self, text: str) -> None:
        self._text = text
        self.learn()
        self._show_offers()

    def _show_offers(self) -> None:
        self._offers = offers(self._text, self.ground)
        rows = [Row(f"offer {at}", "", one.words) for at, one in enumerate(self._offers)]
        self.box.set_results(rows, self.tr("Nothing is asked by that; see Conditions…"))

    def _take(self, key: object) -> None:
        at = int(str(key).removeprefix("offer "))
        condition = self._offers[at].condition
        if condition.whole:
            self._add(condition)
        else:
            self._open_form(None, condition)
        self.box.setFocus(Qt.FocusReason.OtherFocusReason)

    def _add(self, part: Condition | Group, at: int | None = None) -> None:
        self.asked = self.asked.with_part(part, at)
        self._changed()

    def _open_form(self, at: int | None, begun: Condition | None = None) -> None:
        from clientele.ui.dialogs.condition import ConditionSheet

        def ready() -> None:
            part = begun if at is None else self.asked.parts[at]
            sheet = ConditionSheet(self._desk, self._over, self.ground, part)
            sheet.said.connect(lambda said: self._add(said, at))
            if at is not None:
                sheet.removed.connect(lambda: self.remove(at))
            sheet.open_sheet()
            sheet.begin()

        if self._loaded:
            ready()
        else:
            self._learn(ready)

    # what is asked

    def _go_together(self, value: str) -> None:
        self.asked = Filter(Match(value), self.asked.parts)
        self._changed()

    def _reorder(self, _: str) -> None:
        self.changed.emit()

    def _changed(self) -> None:
        if not self.asked.parts:
            self.opened = None
        self._learn()
        self._show()
        self.changed.emit()

    def _learn(self, then: object = None) -> None:
        def known(found: tuple[Choices, dict[int, str]]) -> None:
            self._loaded = True
            self.ground = Ground(self._desk.formats, *found)
            self._show()
            self.learned.emit()
            if self.box.text().strip():
                self._show_offers()
            if callable(then):
                then()

        self._desk.ask(partial(names_for, asked=(self.asked,)), known, owner=self, slot="choices")

    def _heard(self, changes: Changes) -> None:
        if changes.kinds & NAMED:
            self._loaded = False
            if self.asked.parts:
                self._learn()

    def _show(self) -> None:
        self._chips = [self._chip(at, part) for at, part in enumerate(self.asked.parts)]
        self._arrange()

    def _chip(self, at: int, part: Condition | Group) -> QWidget:
        words = part_in_words(part, self.ground)
        holder = QWidget()
        holder.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(Button(words, partial(self.edit, at)))
        cross = Button("×", partial(self.remove, at), kind="link")
        cross.setMinimumWidth(px(CROSS))
        cross.setAccessibleName(self.tr("Remove: {words}").format(words=words))
        row.addWidget(cross)
        return holder

    def _arrange(self) -> None:
        parts, opened = self.asked.parts, self.opened
        mine = opened is not None and opened.associate_id == self._desk.me.id
        other = opened is None or opened.asked != self.asked
        shown: list[tuple[QWidget, bool]] = [
            (self.box, True),
            (self.choose_button, True),
            *((chip, True) for chip in self._chips),
            (self.together, len(parts) > 1),
            (self.keep_button, bool(parts) and mine and other),
            (self.save_button, bool(parts) and other),
            (self.clear_button, bool(parts)),
            (self.again_button, self._may_begin_again and opened is not None),
            (self.order, True),
            (self.counting, True),
        ]
        self.arrange([widget for widget, _ in shown])
        for widget, there in shown:
            widget.setVisible(there)
        self.updateGeometry()
        self.place()
