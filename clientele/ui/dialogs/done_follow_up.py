"""How is the client reached, and what came of it? The sheet that ends a follow-up."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QWidget
from shiboken6 import isValid

from clientele.domain.client import Channel
from clientele.domain.rules.permission import Reachable
from clientele.domain.rules.permission_answers import Refused
from clientele.domain.rules.reaching import Way
from clientele.services.changes import Changes
from clientele.services.follow_ups import DoFollowUp, do_follow_up
from clientele.services.made_right import AskedIfSolved, asked_if_solved
from clientele.store.queries.follow_up_gates import gates
from clientele.store.queries.follow_ups import FollowUpRow
from clientele.store.queries.made_right import asked_by
from clientele.store.queries.message_fields import Meant
from clientele.ui.clipboard import copy
from clientele.ui.desk import Desk
from clientele.ui.dialogs.drafted import DraftedSheet
from clientele.ui.models.client_names import shown_name
from clientele.ui.models.follow_up_rows import Shut, missing_words, no_words, shut_now, ways_of
from clientele.ui.models.plan_words import channel_act
from clientele.ui.models.reaching_words import refused_words, short_words
from clientele.ui.theme import Space
from clientele.ui.widgets.basics import label
from clientele.ui.widgets.buttons import Button, Choice
from clientele.ui.widgets.emptying import empty
from clientele.ui.widgets.fields import Field
from clientele.ui.widgets.layouts import Stack


class DoneFollowUpSheet(DraftedSheet):
    """Call ``open_sheet`` after making it. Emits ``done(follow_up_id)``.

    With ``reach`` it begins with the ways to reach the client: numbers and addresses to dial,
    write to or copy. A channel on which the gate lets nobody through is said, with why, and not
    offered. What is said to have reached the client and was not allowed is refused in the same
    words, and can be kept as what it was. A follow-up that asks whether a problem is truly solved
    takes the client's word with it.
    """

    done = Signal(int)

    def __init__(self, desk: Desk, over: QWidget, row: FollowUpRow, *, reach: bool = False) -> None:
        # A call that begins with the ways has four buttons.
        width = 600 if reach and row.channel == Channel.CALL else 480
        super().__init__(desk, over, shown_name(row.named), f"outcome of {row.id}", width=width)
        self._row = row
        self._outcome, self._reached = "", False
        self.ways: dict[str, Button] = {}
        self.body.addWidget(label(row.reason, "label"))
        self._gate: Reachable | None = None
        self._channel = row.channel
        self._wanted: Callable[[], None] | None = None
        self._reach = reach
        self._lines = Stack(gap=Space.TIGHT, spare=False)
        self.body.addLayout(self._lines)
        self._show_ways({})
        self.outcome = Field(
            self.tr("What came of it"), hint=self.tr("A few words for the story, if you like")
        )
        self.add_field(self.tr("What came of it"), self.outcome)
        self._made_right_id: int | None = None
        self.says = Choice(
            self.tr("The client says"),
            [("solved", self.tr("Solved")), ("not solved", self.tr("Not solved yet"))],
        )
        self.says.choose("")
        self.says.hide()
        self.body.addWidget(self.says)
        desk.ask(lambda session: asked_by(session, row.id), self._asks, owner=self, slot="asks")
        self.outcome.typed.connect(lambda _: self.save_draft())
        self.outcome.returnPressed.connect(self.reached)
        if reach:
            self.words = self.add_button(self.tr("With a template…"), self._write)
        self.no_answer: Button | None = None
        if row.channel == Channel.CALL:
            self.no_answer = self.add_button(self.tr("No answer"), self._no_answer)
            self.message = self.add_button(self.tr("Left a message"), self._left_a_message)
            self.yes = self.add_button(self.tr("Reached, done"), self.reached, primary=True)
        else:
            self.yes = self.add_button(self.tr("Written, done"), self.reached, primary=True)
        self.all_the_same = Button(self.tr("It took place all the same"), self._all_the_same)
        self.all_the_same.hide()
        self.body.addWidget(self.all_the_same)
        self.look_for_draft()
        now = desk.now()
        desk.ask(
            lambda session: gates(session, [row], now=now), self._gated, owner=self, slot="gate"
        )

    def open_sheet(self, focus: QWidget | None = None) -> None:
        """Begin with the way that was meant, or with the outcome."""
        super().open_sheet(focus or self._first())

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

    def _asks(self, made_right_id: int | None) -> None:
        """It asks about a problem: the client's word can be said with it."""
        self._made_right_id = made_right_id
        self.says.setVisible(made_right_id is not None)
        self.say("")

    def _all_the_same(self) -> None:
        self._end(self._outcome, reached=True, although=True)

    def _refused(self, sentence: str) -> None:
        """Say it; where the gate is in the way, what took place can be kept as that."""
        super()._refused(sentence)
        if isValid(self):
            self.all_the_same.setVisible(self._reached and self._channel in self._shut())

    def _shut(self) -> Shut:
        return shut_now(self._gate, self.desk.now())

    def _end(self, outcome: str, *, reached: bool, although: bool = False) -> None:
        client = shown_name(self._row.named)
        self._outcome, self._reached = outcome, reached
        channel = self._channel if reached else ""
        me = self.desk.me.id
        done = DoFollowUp(self._row.id, me, outcome, reached, self.place, channel, although)

        def told(_: Changes) -> None:
            self.done.emit(self._row.id)

        if self._made_right_id is None or not self.says.value or not reached:
            said = self.tr("Done: {client}").format(client=client)
            self.keep_as(do_follow_up, done, said=said, then=told)
            return
        solved = self.says.value == "solved"
        said = self.tr("Solved, says {client}") if solved else self.tr("Not solved: {client}")
        self.keep_as(
            asked_if_solved,
            AskedIfSolved(done, self._made_right_id, solved),
            said=said.format(client=client),
            then=told,
        )

    def _gated(self, found: dict[int, Reachable]) -> None:
        """What the gate knows arrived: close what is closed, and go on with what was pressed."""
        self._gate = found.get(self._row.id)
        self._show_ways(self._shut())
        wanted, self._wanted = self._wanted, None
        if wanted is not None:
            wanted()

    def _show_ways(self, shut: Shut) -> None:
        """A line for each way, the one that was meant first."""
        if not self._reach:
            return
        focused = next((one for one, button in self.ways.items() if button.hasFocus()), "")
        self.ways.clear()
        empty(self._lines)
        for way in sorted(ways_of(self._row), key=lambda way: way.channel != self._row.channel):
            self._lines.addWidget(self._way(way, shut.get(way.channel)))
        if focused:
            self._first().setFocus()

    def _first(self) -> QWidget:
        """The way that was meant, else another, else the outcome."""
        ways = [self.ways.get(self._row.channel), *self.ways.values()]
        return next((way for way in ways if way is not None), self.outcome)

    def _go(self, way: Way) -> None:
        """Dial or write, if the gate allows it at this moment."""
        if self._gate is None:
            self._wanted = lambda: self._go(way)
            return
        shut = self._shut()
        if way.channel in shut:
            self._show_ways(shut)
            self.say(refused_words(shut[way.channel], self.desk.formats))
            return
        self._channel = way.channel
        QDesktopServices.openUrl(url_of(way))

    def _write(self) -> None:
        """In the form for messages, which does the follow-up when it is sent."""
        from clientele.ui.dialogs.write_message import WriteMessageSheet

        meant = Meant(self._row.named.client_id, follow_up_id=self._row.id)
        sheet = WriteMessageSheet(self.desk, self._owner, meant, channel=Channel(self._row.channel))
        self.close_sheet()
        sheet.open_sheet()

    def _way(self, way: Way, answer: Refused | None) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.SMALL)
        if answer is not None or way.allowed is False or not way.value:
            words = no_words if way.allowed is False else missing_words
            why = words(way.channel)
            if answer is not None:
                # What was meant is explained; of the others a word is enough.
                say = refused_words if way.channel == self._row.channel else short_words
                why = f"{channel_act(way.channel)}: {say(answer, self.desk.formats)}"
            said = label(why, "sub")
            said.setMinimumHeight(Space.TARGET)
            row.addWidget(said, 1)
            return line
        act = channel_act(way.channel)
        row.addWidget(label(way.value, "strong"), 1)
        button = Button(act, lambda: self._go(way))
        button.setAccessibleName(f"{act}, {way.value}")
        copy_it = Button(self.tr("Copy"), lambda: copy(way.value))
        copy_it.setAccessibleName(self.tr("Copy {value}").format(value=way.value))
        if way.channel != Channel.TEXT:
            row.addWidget(copy_it)
        row.addWidget(button)
        self.ways[way.channel] = button
        return line


def url_of(way: Way) -> QUrl:
    """What the system dials or writes to (RFC 3966, 5724 and 6068)."""
    if way.channel == Channel.EMAIL:
        return QUrl(f"mailto:{QUrl.toPercentEncoding(way.value, b'@+').toStdString()}")
    digits = "".join(letter for letter in way.value if letter.isdigit() or letter == "+")
    return QUrl(f"{'sms' if way.channel == Channel.TEXT else 'tel'}:{digits}")
