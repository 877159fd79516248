"""What does the client bring back? Chosen from what they own, or written; without a receipt."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from clientele.domain.errors import Refusal
from clientele.domain.history import QUANTITY_UNIT
from clientele.domain.rules.ticket import parse_quantity
from clientele.services.returns import BringBack, bring_back, return_draft
from clientele.store.queries.owned import OwnedLine, owned_lines
from clientele.store.queries.visit import VisitPage
from clientele.ui.delegates.row_layout import Style
from clientele.ui.desk import Desk
from clientele.ui.dialogs.drafted import DraftedSheet
from clientele.ui.models.rows import ChipSpec, Row
from clientele.ui.pages.visit_cards.ticket_words import return_whys
from clientele.ui.refusals import sentence_of
from clientele.ui.theme import Space, Tone
from clientele.ui.widgets.basics import label
from clientele.ui.widgets.buttons import ChoiceButton
from clientele.ui.widgets.fields import Field, Pause
from clientele.ui.widgets.layouts import Flow
from clientele.ui.widgets.row_list import RowList

NO_RECORD = 0
"""The key of the row for goods that the store has no record of."""

AT_MOST = 60
"""Lines that are shown; words find the others."""


class BringBackSheet(DraftedSheet):
    """What they own, the newest first. Call ``open_sheet`` after making it."""

    def __init__(self, desk: Desk, over: QWidget, visit: VisitPage) -> None:
        title = QCoreApplication.translate("BringBackSheet", "Bring back")
        super().__init__(desk, over, title, return_draft(visit.id), width=560)
        self._visit = visit
        self._lines: dict[int, OwnedLine] = {}
        self._chosen: int | None = None
        self.words = Field(
            self.tr("What comes back"),
            hint=self.tr("Find it, or write what it is: two tyres 145.00"),
        )
        self._pause = Pause(self)
        self.words.typed.connect(self._typed)
        self.words.returnPressed.connect(self._take_first)
        self.words.installEventFilter(self)
        self._pause.paused.connect(lambda _: self._look())
        self.body.addWidget(self.words)
        self.list = RowList(
            desk.theme, self.tr("What they own"), hug=False, style=Style(inset=Space.TIGHT)
        )
        self.list.setMinimumHeight(desk.theme.px(196))
        self.list.setMaximumHeight(desk.theme.px(260))
        self.list.opened.connect(self._choose)
        self.body.addWidget(self.list)
        self._nothing = label(
            self.tr(
                "Nothing bought here is known. Write what comes back and what is given for it: "
                "no record and no receipt are needed."
            ),
            "label",
        )
        self._nothing.hide()
        self.body.addWidget(self._nothing)
        self.quantity = Field(self.tr("How many"), hint="1")
        self._how_many = QWidget()
        self.add_field(self.tr("How many of them"), self.quantity)
        self._how_many = self.quantity.parentWidget() or self.quantity
        self._how_many.hide()
        self.quantity.typed.connect(lambda _: self.save_draft())
        self.add_field(self.tr("Why it comes back"), self._whys())
        self.add_button(self.tr("Take it back"), self.keep, primary=True)
        self._look()
        self.look_for_draft()

    def open_sheet(self, focus: QWidget | None = None) -> None:
        """Begin with what is looked for."""
        super().open_sheet(focus or self.words)

    def typed_now(self) -> dict[str, str]:
        """What was looked for, chosen and said."""
        fields = {
            "words": self.words.value,
            "why": self.why.value,
            "quantity": self.quantity.value,
            "line": str(self._chosen or ""),
        }
        return fields if any(value.strip() for value in fields.values()) else {}

    def bring_back(self, fields: dict[str, str]) -> None:
        """What was typed before the window was locked or the sheet closed."""
        self.words.set_value(fields.get("words", ""))
        self.quantity.set_value(fields.get("quantity", ""))
        self._say_why(fields.get("why", ""))
        self._chosen = int(fields["line"]) if fields.get("line") else None
        self._look()

    def keep(self) -> None:
        """Put it onto the ticket, or say what is missing."""
        line = self._lines.get(self._chosen or NO_RECORD)
        words = self.words.value.strip()
        if line is None and not (self._chosen == NO_RECORD and words):
            self.say(self.tr("What comes back? Choose it, or write what it is."))
            self.words.setFocus()
            return
        try:
            quantity = self._quantity_of(line)
        except Refusal as refusal:
            self.quantity.set_wrong(sentence_of(refusal))
            self.say(sentence_of(refusal))
            return
        item = words if line is None else line.item or line.sku
        self.keep_as(
            bring_back,
            BringBack(
                self._visit.id,
                self.desk.me.id,
                None if line is None else line.id,
                quantity,
                self.why.value,
                words if line is None else "",
                draft=self.place,
            ),
            said=self.tr("On the ticket, to give back: {item}").format(item=item),
        )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Down goes from the words into the list."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() is QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Down
            and self.list.rows()
        ):
            self.list.setFocus(Qt.FocusReason.TabFocusReason)
            return True
        return super().eventFilter(watched, event)

    def _quantity_of(self, line: OwnedLine | None) -> int | None:
        typed = self.quantity.value.strip()
        if line is None or line.left <= QUANTITY_UNIT or not typed:
            return None
        return parse_quantity(typed)

    def _whys(self) -> QWidget:
        holder = Flow(across=Space.TIGHT, down=2)
        self.why_buttons: dict[str, ChoiceButton] = {}
        for words in return_whys():
            button = ChoiceButton(words)
            button.setAccessibleName(self.tr("Comes back: {why}").format(why=words))
            button.clicked.connect(lambda _=False, words=words: self._touch_why(words))
            self.why_buttons[words] = button
            holder.add(button)
        self.why = Field(self.tr("Why it comes back"), hint=self.tr("other"))
        self.why.typed.connect(self._why_typed)
        self.why.setMinimumWidth(self.desk.theme.px(160))
        holder.add(self.why)
        return holder

    def _touch_why(self, words: str) -> None:
        self._say_why(words if self.why_buttons[words].isChecked() else "")
        self.save_draft()

    def _why_typed(self, words: str) -> None:
        self._say_why(words)
        self.save_draft()

    def _say_why(self, words: str) -> None:
        if self.why.value != words:
            self.why.setText(words)
        for other, button in self.why_buttons.items():
            button.setChecked(other == words)

    def _typed(self, words: str) -> None:
        self._chosen = None
        self._pause.typed(words)
        self.save_draft()

    def _look(self) -> None:
        client, words = self._visit.named.client_id, self.words.value
        self.desk.ask(
            lambda session: owned_lines(session, client, words),
            self._found_lines,
            owner=self,
            slot="owned",
        )

    def _found_lines(self, found: tuple[OwnedLine, ...]) -> None:
        self._lines = {line.id: line for line in found[:AT_MOST]}
        words = self.words.value.strip()
        if words and not found and self._chosen is None:
            self._chosen = NO_RECORD
        self._nothing.setVisible(not found and not words)
        self._show()

    def _show(self) -> None:
        words = self.words.value.strip()
        rows = [self._row(line) for line in self._lines.values()]
        if words:
            rows.append(
                Row(
                    NO_RECORD,
                    after_title=self.tr("“{words}”").format(words=words),
                    sub=self.tr("not on record: taken back all the same"),
                    end_chips=self._mark(NO_RECORD),
                )
            )
        self.list.set_rows(rows)
        self.list.setVisible(bool(rows))
        line = self._lines.get(self._chosen or NO_RECORD)
        several = line is not None and line.left > QUANTITY_UNIT
        if line is not None and several:
            self.quantity.setPlaceholderText(
                self.tr("all {count}").format(count=self.desk.formats.quantity(line.left))
            )
        self._how_many.setVisible(several)

    def _row(self, line: OwnedLine) -> Row:
        formats = self.desk.formats
        day = formats.day_year(formats.local_day(line.sold_at))
        several = line.quantity > QUANTITY_UNIT
        left = self.tr("{count} left").format(count=formats.quantity(line.left)) if several else ""
        parts = (line.department, self.tr("bought {day}").format(day=day), left)
        return Row(
            line.id,
            after_title=line.item or line.sku or self.tr("(no words)"),
            sub=" · ".join(part for part in parts if part),
            trailing=formats.money(line.left_amount, line.currency),
            end_chips=self._mark(line.id),
        )

    def _mark(self, key: int) -> tuple[ChipSpec, ...]:
        if key != self._chosen:
            return ()
        return (ChipSpec(self.tr("comes back"), Tone.AMBER),)

    def _choose(self, key: object) -> None:
        if isinstance(key, int):
            self._chosen = key
            self.say("")
            self.save_draft()
            self._show()

    def _take_first(self) -> None:
        """Return in the words chooses what stands first, and then takes it."""
        if self._chosen is not None:
            self.keep()
        elif self.list.rows():
            self._choose(self.list.rows()[0].key)
