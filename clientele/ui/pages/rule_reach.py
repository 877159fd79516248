"""Whom would a rule reach today, why, and why not the others?"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from clientele.domain.rules.touch_rules import Rule
from clientele.domain.rules.touch_rules_meet import Unwanted, Wanted
from clientele.store.queries.rule_page import Preview
from clientele.ui.delegates.row_layout import Style
from clientele.ui.desk import Desk
from clientele.ui.dialogs.edit_rule import others_words, reach_words
from clientele.ui.models.client_names import shown_name
from clientele.ui.models.plan_words import channel_words
from clientele.ui.models.rows import ChipSpec, Key, Row
from clientele.ui.models.rule_words import RuleVoice, why_words
from clientele.ui.theme import Tone
from clientele.ui.widgets.basics import label
from clientele.ui.widgets.card import Card
from clientele.ui.widgets.row_list import RowList


class RuleReachCard(Card):
    """The preview of one rule; emits ``open_client(id)``."""

    open_client = Signal(int)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(" ", fill=True, parent=parent)
        self._desk = desk
        self._clients: dict[Key, int] = {}
        self.words, self.why = label("", "strong"), label("", "sub")
        for part in (self.words, self.why):
            part.setWordWrap(True)
            self.add(part)
        self.list = RowList(
            desk.theme, self.tr("Whom the rule would reach"), hug=False,
            style=Style(small_headings=True),
        )  # fmt: skip
        self.list.opened.connect(self._open)
        self.add(self.list)
        self.clear()

    def clear(self) -> None:
        """No rule is at hand."""
        self.hide()
        self.list.set_rows([])

    def say(self, sentence: str) -> None:
        """Why it cannot be said."""
        self.words.setText(sentence)
        self.why.setText("")
        self.list.set_rows([])
        self.show()

    def show_reach(self, rule: Rule, found: Preview, voice: RuleVoice) -> None:
        """Whom ``rule`` would reach."""
        self.set_title(rule.name)
        self.words.setText(reach_words(found))
        self.why.setText(others_words(found))
        self.why.setVisible(bool(found.reach.why))
        rows = [
            *(self._row(one, found, voice) for one in found.reach.wanted),
            *(self._other(one, found, voice) for one in found.reach.others),
        ]
        self._clients = {row.key: row.key[1] for row in rows if isinstance(row.key, tuple)}
        self.list.set_rows(_each_once(rows))
        self.list.setVisible(bool(rows))
        self.show()

    def _row(self, one: Wanted, found: Preview, voice: RuleVoice) -> Row:
        day = self._desk.formats.near_day(one.due_on, self._desk.today())
        return Row(
            (f"would {one.key}", one.client_id),
            shown_name(found.clients[one.client_id]),
            sub=f"{voice.because(one.event, found.members)} · {channel_words(one.channel.value)}",
            lead=ChipSpec(day, Tone.PLAIN),
            section=self.tr("It would reach"),
        )

    def _other(self, one: Unwanted, found: Preview, voice: RuleVoice) -> Row:
        return Row(
            (f"not {one.key}", one.client_id),
            shown_name(found.clients[one.client_id]),
            sub=f"{voice.because(one.event, found.members)} · {why_words(one.why)}",
            section=self.tr("It would not reach"),
        )

    def _open(self, key: Key) -> None:
        if key in self._clients:
            self.open_client.emit(self._clients[key])


def _each_once(rows: list[Row]) -> list[Row]:
    return list({row.key: row for row in rows}.values())
