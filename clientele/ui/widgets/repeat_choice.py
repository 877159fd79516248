"""How often does it come again, and until when? Chosen in words, the end typed."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from clientele.domain.errors import Refusal
from clientele.domain.rules.due_days import parse_day_ahead
from clientele.domain.rules.repeating import Repeat, offered, repeat_of, rule_text
from clientele.ui.desk import Desk
from clientele.ui.models.repeat_words import end_words, repeat_words
from clientele.ui.refusals import sentence_of
from clientele.ui.theme import Space
from clientele.ui.widgets.basics import label
from clientele.ui.widgets.buttons import Button, Choice
from clientele.ui.widgets.emptying import empty
from clientele.ui.widgets.fields import Field

ONCE, AS_IT_IS = "once", "as it is"
TIMES = re.compile(r"\s*(\d{1,3})\s*(?:x|×|times?|mal|keer)\s*", re.IGNORECASE)
"""“6 times”, “6x”, “6 mal”, “6 keer”: a number alone could be a day."""


class RepeatChoice(QWidget):
    """A form field. ``rule`` is the RRULE that was chosen, empty for once.

    Folded to one line until somebody asks for it or something repeats. Emits ``chosen``.
    """

    chosen = Signal()

    def __init__(self, desk: Desk, name: str, due_on: date) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._desk, self._name, self._due_on = desk, name, due_on
        self._own = ""
        self._options: dict[str, Repeat] = {}
        self._end: Repeat | None = None
        self._wrong = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.TIGHT)
        self.unfold = Button(self.tr("Once · repeat it…"), self._unfold, kind="link")
        column.addWidget(self.unfold)
        self._holder = QVBoxLayout()
        column.addLayout(self._holder)
        self.ends = Field(
            self.tr("{name}, until when").format(name=name),
            hint=self.tr("without an end, or: 6 times, or 31 Dec"),
        )
        self.ends.typed.connect(self._type)
        column.addWidget(self.ends)
        self.words = label("", "sub")
        column.addWidget(self.words)
        self.choice = self._build("")
        self._fold(True)

    @property
    def rule(self) -> str:
        """The RRULE, empty for once."""
        if self.choice.value == AS_IT_IS:
            return self._own
        repeat = self._options.get(self.choice.value)
        if repeat is None:
            return ""
        end = self._end
        whole = repeat if end is None else replace(repeat, until=end.until, count=end.count)
        return rule_text(whole)

    @property
    def wrong(self) -> str:
        """Why the end that was typed is none; empty where it is one."""
        return self._wrong if self.choice.value not in (ONCE, AS_IT_IS) else ""

    def set_rule(self, rule: str) -> None:
        """Show a rule that was chosen before, or one from elsewhere, which stays as it is."""
        repeat = repeat_of(rule, zone=self._desk.formats.tz) if rule else None
        self._own = rule if rule and repeat is None else ""
        self._end = None
        if repeat is not None and (repeat.until or repeat.count):
            self._end = repeat
            self.ends.set_value(end_words(repeat, self._desk.formats))
        self._build("")
        if self._own:
            self.choice.choose(AS_IT_IS)
        elif repeat is not None:
            bare = replace(repeat, until=None, count=None)
            value = next((key for key, one in self._options.items() if one == bare), "")
            if not value:
                self._options["kept"] = bare
                self._build("kept")
                value = "kept"
            self.choice.choose(value)
        self._fold(not rule)
        self._say()

    def set_due(self, due_on: date) -> None:
        """Another first day offers other weekdays and days of the month; the same one stays."""
        if due_on == self._due_on:
            return
        keys = list(self._options)
        before = self.choice.value
        at = keys.index(before) if before in keys else -1
        self._due_on = due_on
        self._options.pop("kept", None)
        self._build("")
        now = list(self._options)
        if before in (ONCE, AS_IT_IS):
            self.choice.choose(before)
        elif 0 <= at < len(now):
            self.choice.choose(now[at])
        self._say()

    def _build(self, kept: str) -> Choice:
        formats = self._desk.formats
        if not kept:
            self._options = {str(at): one for at, one in enumerate(offered(self._due_on))}
        options = [(ONCE, self.tr("Once"))]
        options += [
            (key, _capital(repeat_words(one, formats))) for key, one in self._options.items()
        ]
        if self._own:
            options.append((AS_IT_IS, self.tr("By its own rule")))
        empty(self._holder)
        self.choice = Choice(self._name, options, wraps=True, parent=self)
        self.choice.chosen.connect(self._chosen)
        self._holder.addWidget(self.choice)
        return self.choice

    def _unfold(self) -> None:
        self._fold(False)
        self.choice.take_keyboard()

    def _fold(self, folded: bool) -> None:
        self.unfold.setVisible(folded)
        self.choice.setVisible(not folded)
        self._folded = folded
        self._say()

    def _chosen(self, _: str) -> None:
        self._say()
        self.chosen.emit()

    def _type(self, text: str) -> None:
        self._end, self._wrong = None, ""
        self.ends.set_wrong("")
        times = TIMES.fullmatch(text)
        try:
            if times:
                self._end = replace(offered(self._due_on)[0], count=int(times[1]))
                rule_text(self._end)
            elif text.strip():
                until = parse_day_ahead(text, self._desk.today())
                self._end = replace(offered(self._due_on)[0], until=until)
        except Refusal as refusal:
            self._end, self._wrong = None, sentence_of(refusal)
        self._say()
        self.chosen.emit()

    def _say(self) -> None:
        repeats = not self._folded and self.choice.value not in (ONCE, AS_IT_IS)
        self.ends.setVisible(repeats)
        words = self._wrong or (
            "" if self._end is None else end_words(self._end, self._desk.formats)
        )
        self.words.setText(words if repeats else "")
        self.words.setVisible(bool(self.words.text()))


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
