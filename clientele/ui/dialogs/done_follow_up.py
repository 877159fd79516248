"""How is the client reached, and what came of it? The sheet that ends a follow-up."""

from __future__ import annotations

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QWidget

from clientele.domain.client import Channel
from clientele.domain.rules.reaching import Way
from clientele.services.follow_ups import DoFollowUp, do_follow_up
from clientele.store.queries.follow_ups import FollowUpRow
from clientele.ui.desk import Desk
from clientele.ui.dialogs.drafted import DraftedSheet
from clientele.ui.models.client_names import shown_name
from clientele.ui.models.follow_up_rows import missing_words, no_words, ways_of
from clientele.ui.models.plan_words import channel_act
from clientele.ui.theme import Space
from clientele.ui.widgets.basics import label
from clientele.ui.widgets.buttons import Button
from clientele.ui.widgets.fields import Field


class DoneFollowUpSheet(DraftedSheet):
    """Call ``open_sheet`` after making it. Emits ``done(follow_up_id)``.

    With ``reach`` it begins with the ways to reach the client: numbers and addresses to dial,
    write to or copy. A channel that the client refused is said and not offered.
    """

    done = Signal(int)

    def __init__(self, desk: Desk, over: QWidget, row: FollowUpRow, *, reach: bool = False) -> None:
        super().__init__(desk, over, shown_name(row.named), f"outcome of {row.id}")
        self._row = row
        self.ways: dict[str, Button] = {}
        self.body.addWidget(label(row.reason, "label"))
        if reach:
            for way in sorted(ways_of(row), key=lambda way: way.channel != row.channel):
                self.body.addWidget(self._way(way))
        self.outcome = Field(
            self.tr("What came of it"), hint=self.tr("A few words for the story, if you like")
        )
        self.add_field(self.tr("What came of it"), self.outcome)
        self.outcome.typed.connect(lambda _: self.save_draft())
        self.outcome.returnPressed.connect(self.reached)
        self.no_answer: Button | None = None
        if row.channel == Channel.CALL:
            self.no_answer = self.add_button(self.tr("No answer"), self._no_answer)
            self.message = self.add_button(self.tr("Left a message"), self._left_a_message)
            self.yes = self.add_button(self.tr("Reached, done"), self.reached, primary=True)
        else:
            self.yes = self.add_button(self.tr("Written, done"), self.reached, primary=True)
        self._begin = self.ways.get(row.channel) or next(iter(self.ways.values()), None)
        self.look_for_draft()

    def open_sheet(self, focus: QWidget | None = None) -> None:
        """Begin with the way that was meant, or with the outcome."""
        super().open_sheet(focus or self._begin or self.outcome)

    def typed_now(self) -> dict[str, str]:
        """The outcome."""
        return {"outcome": self.outcome.value} if self.outcome.value.strip() else {}

    def bring_back(self, fields: dict[str, str]) -> None:
        """The outcome that was typed before."""
        self.outcome.set_value(fields.get("outcome", ""))

    def reached(self) -> None:
        """Done, and it stands in the client's story."""
        self._end(self.outcome.value, reached=True)

    def _left_a_message(self) -> None:
        self._end(self._with_words(self.tr("left a message")), reached=True)

    def _no_answer(self) -> None:
        self._end(self._with_words(self.tr("no answer")), reached=False)

    def _with_words(self, outcome: str) -> str:
        words = self.outcome.value.strip()
        return f"{outcome}: {words}" if words else outcome

    def _end(self, outcome: str, *, reached: bool) -> None:
        self.keep_as(
            do_follow_up,
            DoFollowUp(self._row.id, self.desk.me.id, outcome, reached, self.place),
            said=self.tr("Done: {client}").format(client=shown_name(self._row.named)),
            then=lambda _: self.done.emit(self._row.id),
        )

    def _way(self, way: Way) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.SMALL)
        if way.allowed is False or not way.value:
            words = no_words if way.allowed is False else missing_words
            said = label(words(way.channel), "sub")
            said.setMinimumHeight(Space.TARGET)
            row.addWidget(said, 1)
            return line
        act = channel_act(way.channel)
        row.addWidget(label(way.value, "strong"), 1)
        button = Button(act, lambda: QDesktopServices.openUrl(url_of(way)))
        button.setAccessibleName(f"{act}, {way.value}")
        copy = Button(self.tr("Copy"), lambda: QGuiApplication.clipboard().setText(way.value))
        copy.setAccessibleName(self.tr("Copy {value}").format(value=way.value))
        if way.channel != Channel.TEXT:
            row.addWidget(copy)
        row.addWidget(button)
        self.ways[way.channel] = button
        return line


def url_of(way: Way) -> QUrl:
    """What the system dials or writes to (RFC 3966, 5724 and 6068)."""
    if way.channel == Channel.EMAIL:
        return QUrl(f"mailto:{QUrl.toPercentEncoding(way.value, b'@+').toStdString()}")
    digits = "".join(letter for letter in way.value if letter.isdigit() or letter == "+")
    return QUrl(f"{'sms' if way.channel == Channel.TEXT else 'tel'}:{digits}")
