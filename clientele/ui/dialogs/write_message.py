"""What is written to a client, on which channel, and how does it go? The form for every message.

What the gate does not allow now is shut, and says why, what instead and when. Words leave by the
mail account, by another program, by the associate's telephone or by a copy; what the program
cannot see leaving, the associate says in one touch.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QTimer, Signal
from PySide6.QtWidgets import QWidget

from clientele.domain.client import Channel
from clientele.domain.contacting import Way
from clientele.domain.errors import Refusal
from clientele.domain.rules.permission_answers import Allowed, Answer, Refused
from clientele.domain.rules.template_filling import sendable
from clientele.services.changes import Changes, Kind
from clientele.services.messages import (
    CallOff,
    HandOver,
    QueueMessage,
    SayIfSent,
    Written,
    call_off,
    hand_over,
    queue_message,
    say_if_sent,
)
from clientele.store.queries.message_fields import Meant
from clientele.store.queries.message_form import MessageForm, message_form
from clientele.ui.desk import Desk
from clientele.ui.dialogs.drafted import DraftedSheet
from clientele.ui.dialogs.write_message_out import OutPart, has_room
from clientele.ui.dialogs.write_message_waiting import WaitingPart
from clientele.ui.dialogs.write_message_words import WordsForm
from clientele.ui.models.client_names import shown_name
from clientele.ui.models.message_words import answer_words, channel_name, later_words
from clientele.ui.refusals import sentence_of
from clientele.ui.theme import Tone
from clientele.ui.widgets.basics import label
from clientele.ui.widgets.buttons import Choice
from clientele.ui.widgets.card import Banner

MINUTE = 60_000

CHANNELS = (Channel.TEXT, Channel.EMAIL, Channel.CALL)

SHOWS = frozenset(
    {
        Kind.CONSENT,
        Kind.CONTACT_MADE,
        Kind.CONTACT_POINT,
        Kind.MAIL_ACCOUNT,
        Kind.MESSAGE,
        Kind.REACH_POLICY,
    }
)
"""What bears on whether and how the client is reached."""


class WriteMessageSheet(DraftedSheet):
    """Call ``open_sheet`` after making it. Emits ``gone`` once it was queued or said to be sent.

    ``meant`` says to whom, and about what or for which follow-up; ``channel`` where one is meant.
    """

    gone = Signal()

    def __init__(
        self, desk: Desk, over: QWidget, meant: Meant, *, channel: Channel | None = None
    ) -> None:
        title = QCoreApplication.translate("WriteMessageSheet", "Write or call")
        super().__init__(desk, over, title, f"message to {meant.client_id}", width=640)
        self._meant, self._wanted = meant, channel
        self._read: MessageForm | None = None
        self._handed: int | None = None
        """The message that was handed over, about which it is asked whether it was sent."""
        self.waiting = WaitingPart(desk)
        self.waiting.sent.connect(self._say_of)
        self.waiting.called_off.connect(self._call_off)
        self.channel = Choice(
            self.tr("How"), [(one.value, channel_name(one)) for one in CHANNELS], wraps=True
        )
        self.allowed = label("", "sub")
        self.closed_for = Banner(tone=Tone.AMBER)
        self.words = WordsForm(desk)
        self.out = OutPart()
        for part in (
            self.waiting,
            self.channel,
            self.allowed,
            self.closed_for,
            self.words,
            self.out,
        ):
            self.body.addWidget(part)
        self.copy = self.add_button(self.tr("Copy"), lambda: self._hand_over(Way.COPY))
        self.here = self.add_button("", lambda: self._hand_over(Way.PROGRAM))
        self.later = self.add_button("", self._queue_later)
        self.go = self.add_button("", self._go, primary=True)
        self.back = self.add_button(self.tr("Another way"), self._again)
        self.no = self.add_button(self.tr("Not sent"), lambda: self._say(sent=False))
        self.left = self.add_button(self.tr("Left a message"), self._left_a_message)
        self.yes = self.add_button(self.tr("Sent"), lambda: self._say(sent=True), primary=True)
        self.channel.chosen.connect(self._chose_channel)
        self.words.changed.connect(self._changed_words)
        desk.changed.connect(self._look_if_touched)
        self._timer = QTimer(self)
        self._timer.setInterval(MINUTE)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        self._show_stage()
        self.look()

    def look(self) -> None:
        """Ask the book to whom it goes, what is allowed now, and what waits."""
        meant, by, now = self._meant, self.desk.me.id, self.desk.now()
        language = self.desk.formats.language

        self.desk.ask(
            lambda session: message_form(session, meant, by, language=language, now=now),
            self._show_read,
            owner=self,
            slot="read",
        )

    # what is typed

    def typed_now(self) -> dict[str, str]:
        """The words, and how they were to go."""
        found = self.words.typed_now()
        return {**found, "channel": self.channel.value} if found else {}

    def bring_back(self, fields: dict[str, str]) -> None:
        """What was typed before."""
        if fields.get("channel") in set(Channel):
            self._choose(Channel(fields["channel"]))
        self.words.bring_back(fields)

    @property
    def answer(self) -> Answer | None:
        """Whether it may go now as it stands."""
        if self._read is None:
            return None
        about = self.words.matter
        promised = about is not None and about.promise_id is not None
        return self._read.open.get((self._channel, self.words.reason, promised))

    def written(self) -> Written | None:
        """The message as it stands; None without a number or address for it."""
        reach = None if self._read is None else self._read.facts.reach(self._channel)
        if self._read is None or reach is None:
            return None
        about, chosen = self.words.matter, self.words.chosen
        return Written(
            client_id=self._meant.client_id,
            by=self.desk.me.id,
            channel=self._channel,
            purpose=self.words.reason,
            address=reach.exact,
            body=self.words.body.value,
            subject=self.words.subject.value if self._channel == Channel.EMAIL else "",
            language=self.words.language_tag,
            template="" if chosen is None else chosen.key,
            missing=self.words.missing,
            follow_up_id=self._read.facts.follow_up_id,
            promise_id=None if about is None else about.promise_id,
            draft=self.place,
        )

    # what is shown

    @property
    def _channel(self) -> Channel:
        return Channel(self.channel.value)

    def _show_read(self, read: MessageForm | None) -> None:
        if read is None:
            self.close_sheet()
            return
        first, self._read = self._read is None, read
        self.title.setText(shown_name(read.facts.named))
        if first:
            self._choose(self._first_channel(read))
            self.words.show_facts(read.facts, read.templates)
            self.look_for_draft()
            gap = self.words.gap
            (self.words.body if gap is None else gap).setFocus()
        self._show_stage()

    def _first_channel(self, read: MessageForm) -> Channel:
        """The one that was meant, else the first that is open now."""
        meant = self._wanted or read.facts.channel
        if meant in set(Channel):
            return Channel(meant)
        reason = self.words.reason
        allowed = (c for c in CHANNELS if isinstance(read.open.get((c, reason, False)), Allowed))
        return next(allowed, Channel.TEXT)

    def _choose(self, channel: Channel) -> None:
        self.channel.choose(channel)
        self.words.set_channel(channel)

    def _chose_channel(self, channel: str) -> None:
        self.words.set_channel(Channel(channel))

    def _changed_words(self) -> None:
        self.save_draft()
        self._show_stage()

    def _show_stage(self) -> None:
        """Either the words and how they go, or what was handed over and whether it was sent."""
        writing, read, answer = self._handed is None, self._read, self.answer
        mail, call = self._channel == Channel.EMAIL, self._channel == Channel.CALL
        account = read is not None and read.by_account
        free = isinstance(answer, Allowed)
        self.waiting.show_waiting(read.facts.waiting if read is not None and writing else ())
        for part in (self.channel, self.words):
            part.setVisible(writing)
        self.out.setVisible(not writing)
        said = "" if answer is None else answer_words(answer, self.desk.formats)
        self.allowed.setText(said)
        self.allowed.setVisible(writing and free)
        self.closed_for.say(said if writing and not free else "")
        self._name_channels()
        self.go.set_words(
            self.tr("Send")
            if mail and account
            else self.tr("Open in the mail program")
            if mail
            else self.tr("Code for my telephone")
        )
        self.here.set_words(
            self.tr("Mail program")
            if mail
            else self.tr("Call from here")
            if call
            else self.tr("Text from here")
        )
        self.copy.set_words(self.tr("Copy the number") if call else self.tr("Copy"))
        self.yes.set_words(self.tr("Reached") if call else self.tr("Sent"))
        self.no.set_words(self.tr("No answer") if call else self.tr("Not sent"))
        waits = mail and account and isinstance(answer, Refused) and answer.earliest is not None
        if isinstance(answer, Refused) and waits:
            self.later.set_words(later_words(answer, self.desk.formats))
        for button in (self.go, self.copy, self.here):
            button.setVisible(writing)
            button.setEnabled(free)
        self.here.setVisible(writing and (account or not mail))
        self.later.setVisible(writing and waits)
        for button in (self.back, self.no, self.yes):
            button.setVisible(not writing)
        self.left.setVisible(not writing and call)
        self._primary = self.go if writing else self.yes

    def _name_channels(self) -> None:
        if self._read is None:
            return
        about = self.words.matter
        promised = about is not None and about.promise_id is not None
        for one in CHANNELS:
            reach, name = self._read.facts.reach(one), channel_name(one)
            answer = self._read.open.get((one, self.words.reason, promised))
            if reach is not None and isinstance(answer, Allowed):
                name = f"{name} · {reach.shown}"
            elif isinstance(answer, Refused):
                later = answer.earliest is not None
                shut = self.tr("not now") if later else self.tr("not allowed")
                name = f"{name} · {shut if reach is not None else self.tr('no address')}"
            self.channel.set_words(one.value, name)
        self.channel.updateGeometry()

    # what is done

    def _ready(self) -> Written | None:
        """The message if nothing is missing; else what is missing is said, and gone to."""
        written = self.written()
        if written is None:
            return None
        try:
            if written.channel != Channel.CALL:
                sendable(written.missing, written.subject, written.body)
        except Refusal as refusal:
            self.say(sentence_of(refusal))
            gap = self.words.gap
            (gap if gap is not None else self.words.body).setFocus()
            return None
        return written

    def _go(self) -> None:
        mail = self._channel == Channel.EMAIL
        if mail and self._read is not None and self._read.by_account:
            self._queue(later=False)
        else:
            self._hand_over(Way.PROGRAM if mail else Way.PHONE)

    def _queue_later(self) -> None:
        self._queue(later=True)

    def _queue(self, *, later: bool) -> None:
        written, answer = self._ready(), self.answer
        if written is None:
            return
        at = answer.earliest if later and isinstance(answer, Refused) else None
        said = self.tr("It goes out by itself") if at is None else self.later.text()
        what = QueueMessage(written, at)
        self.keep_as(queue_message, what, said=said, then=lambda _: self.gone.emit())

    def _hand_over(self, way: Way) -> None:
        written = self._ready()
        if written is None:
            return
        try:
            room = has_room(written, way)
        except Refusal as refusal:
            self.say(sentence_of(refusal))
            return
        if not room:
            self.say(self.tr("It is too long to go that way. Copy it, or make it shorter."))
            return

        def handed(changes: Changes) -> None:
            self._handed = changes.subject
            reach = None if self._read is None else self._read.facts.reach(written.channel)
            went = self.out.go(written, way, "" if reach is None else reach.shown)
            self.say("" if went else self.tr("No program here opens it. Take another way."))
            self._show_stage()
            self.yes.setFocus()

        what = HandOver(written, way, again=self._handed)
        self.desk.do(hand_over, what, then=handed, failed=self.say)

    def _again(self) -> None:
        """The words again, to hand them over in another way, or not at all."""
        if self._handed is not None:
            said = SayIfSent(self._handed, self.desk.me.id, sent=False)
            self.desk.do(say_if_sent, said, then=self._back_to_words, failed=self.say)

    def _back_to_words(self, _: Changes) -> None:
        self._handed = None
        self.out.code.set_text("")
        self._show_stage()

    def _left_a_message(self) -> None:
        words = self.out.outcome.value.strip()
        said = self.tr("left a message")
        self._say(sent=True, words=f"{said}: {words}" if words else said)

    def _say(self, *, sent: bool, words: str | None = None) -> None:
        if self._handed is None:
            return
        outcome = self.out.outcome.value if words is None else words
        what = SayIfSent(self._handed, self.desk.me.id, sent, outcome, self.place)
        if not sent:
            self.desk.do(say_if_sent, what, then=self.close_after, failed=self.say)
            return
        said = self.tr("It stands in the story")
        self.keep_as(say_if_sent, what, said=said, then=lambda _: self.gone.emit())

    def _say_of(self, message_id: int, sent: bool) -> None:
        """What is asked of a message that was handed over before."""
        said = self.tr("It stands in the story") if sent else None
        what = SayIfSent(message_id, self.desk.me.id, sent)
        self.desk.do(say_if_sent, what, said=said, failed=self.say)

    def _call_off(self, message_id: int) -> None:
        what = CallOff(message_id, self.desk.me.id)
        self.desk.do(call_off, what, said=self.tr("It will not be sent"), failed=self.say)

    def _look_if_touched(self, changes: Changes) -> None:
        if changes.kinds & SHOWS:
            self.look()
