"""What can be done with follow-ups from a list? Reach, done, put off, give, change, not do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from clientele.domain.client import Channel
from clientele.domain.rules.snoozing import Snooze
from clientele.services.follow_ups import (
    DropFollowUp,
    SnoozeFollowUp,
    drop_follow_up,
    snooze_follow_up,
)
from clientele.services.follow_ups_many import (
    DropFollowUps,
    SnoozeFollowUps,
    drop_follow_ups,
    snooze_follow_ups,
)
from clientele.services.messages import LogReply, log_reply
from clientele.store.queries.follow_ups import FollowUpRow
from clientele.store.queries.message_fields import Meant
from clientele.store.queries.snooze_days import snooze_days
from clientele.ui.desk import Desk
from clientele.ui.dialogs.choose_day import ChooseDaySheet
from clientele.ui.dialogs.done_follow_up import DoneFollowUpSheet
from clientele.ui.dialogs.say_why import SayWhySheet
from clientele.ui.models import follow_up_more, follow_up_rows
from clientele.ui.models.client_names import shown_name
from clientele.ui.models.repeat_words import again_words
from clientele.ui.models.snooze_words import snooze_choices


class FollowUpActs(QObject):
    """Opens the sheet for an act over the page that asks for it."""

    def __init__(self, desk: Desk, over: QWidget) -> None:
        super().__init__(over)
        self._desk, self._over = desk, over

    def act(self, row: FollowUpRow, name: str) -> None:
        """Do what an action of its row, or the key of one, is named after."""
        {
            follow_up_rows.REACH: self.reach,
            follow_up_rows.DONE: self.done,
            follow_up_rows.SNOOZE: self.snooze,
            follow_up_rows.DROP: self.drop,
            follow_up_more.CHANGE: self.change,
            follow_up_more.GIVE: self.give,
            follow_up_more.REPLIED: self.replied,
        }[name](row)

    def reach(self, row: FollowUpRow) -> None:
        """The numbers and addresses, and what came of it; what has words begins with them."""
        if not row.template or row.channel == Channel.CALL:
            DoneFollowUpSheet(self._desk, self._over, row, reach=True).open_sheet()
            return
        from clientele.ui.dialogs.write_message import WriteMessageSheet

        meant = Meant(row.named.client_id, follow_up_id=row.id)
        WriteMessageSheet(self._desk, self._over, meant).open_sheet()

    def done(self, row: FollowUpRow) -> None:
        """What came of it."""
        DoneFollowUpSheet(self._desk, self._over, row).open_sheet()

    def snooze(self, row: FollowUpRow) -> None:
        """Another day: the natural ones on which somebody is there, or any that is typed."""

        def put_off(until: date) -> None:
            day = self._desk.formats.near_day(until, self._desk.today())
            self._desk.do(
                snooze_follow_up,
                SnoozeFollowUp(row.id, until),
                said=self.tr("{client}: put off to {day}").format(
                    client=shown_name(row.named), day=day
                ),
            )

        self._ask_day([row], f"{shown_name(row.named)} · {row.reason}", put_off)

    def change(self, row: FollowUpRow) -> None:
        """Say it anew: the reason, the day, the channel, how often."""
        from clientele.ui.dialogs.change_follow_up import ChangeFollowUpSheet

        ChangeFollowUpSheet(self._desk, self._over, row).open_sheet()

    def give(self, row: FollowUpRow) -> None:
        """Let a colleague do it."""
        self._give([row], f"{shown_name(row.named)} · {row.reason}")

    def replied(self, row: FollowUpRow) -> None:
        """The client answered: it stands in the story, and what is to be done stays."""
        what = LogReply(
            row.named.client_id, self._desk.me.id, Channel(row.channel), as_reached=True
        )
        said = self.tr("{client} replied: it stands in the story")
        self._desk.do(log_reply, what, said=said.format(client=shown_name(row.named)))

    def drop(self, row: FollowUpRow, why: str = "") -> None:
        """It will not be done; one that repeats may be left out just this once."""
        again = again_words(row, self._desk.today(), self._desk.formats)
        repeats = bool(row.repeat)
        sheet = SayWhySheet(
            self._desk,
            self._over,
            self.tr("Not do it"),
            f"{shown_name(row.named)} · {row.reason}",
            f"dropping {row.id}",
            hint=self.tr("Told us in the store; no longer needed"),
            act=self.tr("Never again") if repeats else self.tr("Take it off the list"),
            other=self.tr("Not this time · {again}").format(again=again) if repeats else "",
        )
        if why:
            sheet.words.set_value(why)

        def drop(words: str, *, come_again: bool = False) -> None:
            sheet.keep_as(
                drop_follow_up,
                DropFollowUp(row.id, self._desk.me.id, words, sheet.place, come_again),
                said=self.tr("Off the list: {client}").format(client=shown_name(row.named)),
            )

        sheet.said.connect(drop)
        sheet.said_otherwise.connect(lambda words: drop(words, come_again=True))
        sheet.open_sheet()

    # several at once, each with one Undo

    def done_many(self, rows: Sequence[FollowUpRow]) -> None:
        """They are done, with one outcome."""
        from clientele.ui.dialogs.follow_ups_chosen import DoChosenSheet

        DoChosenSheet(self._desk, self._over, _ids(rows)).open_sheet()

    def snooze_many(self, rows: Sequence[FollowUpRow]) -> None:
        """Another day for all of them."""
        count = self.tr("%n follow-up(s)", "", len(rows))

        def put_off(until: date) -> None:
            day = self._desk.formats.near_day(until, self._desk.today())
            words = self.tr("%n follow-up(s) put off to {day}", "", len(rows)).format(day=day)
            self._desk.do(snooze_follow_ups, SnoozeFollowUps(_ids(rows), until), said=words)

        self._ask_day(rows, count, put_off)

    def give_many(self, rows: Sequence[FollowUpRow]) -> None:
        """Let a colleague do them."""
        self._give(rows, "")

    def drop_many(self, rows: Sequence[FollowUpRow]) -> None:
        """They will not be done; those that repeat end with it."""
        count = self.tr("%n follow-up(s)", "", len(rows))
        sheet = SayWhySheet(
            self._desk,
            self._over,
            self.tr("Not do them"),
            count,
            "dropping several",
            hint=self.tr("Told us in the store; no longer needed"),
            act=self.tr("Take them off the list"),
        )

        def drop(words: str) -> None:
            what = DropFollowUps(_ids(rows), self._desk.me.id, words, sheet.place)
            said = self.tr("%n follow-up(s) off the list", "", len(rows))
            sheet.keep_as(drop_follow_ups, what, said=said)

        sheet.said.connect(drop)
        sheet.open_sheet()

    def _give(self, rows: Sequence[FollowUpRow], about: str) -> None:
        from clientele.ui.dialogs.give_follow_ups import GiveFollowUpsSheet

        whose = {row.associate_id for row in rows}
        GiveFollowUpsSheet(self._desk, self._over, _ids(rows), about, whose=whose).open_sheet()

    def _ask_day(
        self, rows: Sequence[FollowUpRow], about: str, put_off: Callable[[date], None]
    ) -> None:
        """Ask for the days on which whoever does it is there, then offer them."""
        today = self._desk.today()
        whose = {row.associate_id for row in rows}
        who = whose.pop() if len(whose) == 1 else self._desk.me.id
        clients = list({row.named.client_id for row in rows})

        def offer(found: tuple[Snooze, ...]) -> None:
            days = snooze_choices(found, self._desk.formats)
            sheet = ChooseDaySheet(self._desk, self._over, self.tr("Put off"), about, days=days)
            sheet.chosen.connect(lambda day, _: put_off(day))
            sheet.open_sheet()

        self._desk.ask(
            lambda session: snooze_days(session, who, today=today, clients=clients),
            offer,
            owner=self,
            slot="days",
        )


def _ids(rows: Sequence[FollowUpRow]) -> tuple[int, ...]:
    return tuple(row.id for row in rows)
