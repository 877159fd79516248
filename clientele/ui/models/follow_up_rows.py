"""How does a follow-up look as one line? When, for whom, why, and how they may be reached."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QCoreApplication

from clientele.domain.client import Channel
from clientele.domain.plans import FollowUpState
from clientele.domain.rules.reaching import Way, way_for, ways
from clientele.store.queries.follow_ups import FollowUpRow
from clientele.system.formats import Formats
from clientele.ui.models.client_names import shown_name
from clientele.ui.models.plan_words import channel_act, channel_words
from clientele.ui.models.rows import ChipSpec, Row, RowAction
from clientele.ui.theme import Tone

translate = QCoreApplication.translate

REACH, DONE, SNOOZE, DROP = "reach", "done", "snooze", "drop"
"""The names of a row's actions."""


def ways_of(row: FollowUpRow) -> tuple[Way, ...]:
    """How the client of a follow-up can be reached."""
    return ways(row.phone, row.email, row.allowed, row.refused)


def way_of(row: FollowUpRow) -> Way | None:
    """The way to take: what was meant, or another that is open."""
    return way_for(row.channel, ways_of(row))


def follow_up_row(row: FollowUpRow, today: date, formats: Formats, *, section: str = "") -> Row:
    """An open follow-up, with a button to reach the client, Done, and the key S to put it off."""
    actions = [
        RowAction(DONE, translate("FollowUpRow", "Done"), "D"),
        RowAction(SNOOZE, translate("FollowUpRow", "Snooze"), "S", shown=False),
        RowAction(DROP, translate("FollowUpRow", "Not do it"), "X", shown=False),
    ]
    way = way_of(row)
    if way is not None:
        actions.insert(0, RowAction(REACH, channel_act(way.channel), "C"))
    return Row(
        key=row.id,
        title=shown_name(row.named),
        after_title=f"· {row.reason}",
        sub=reach_words(row),
        lead=due_chip(row.due_on, today, formats),
        actions=tuple(actions),
        section=section,
    )


def done_row(row: FollowUpRow, today: date, formats: Formats) -> Row:
    """One that was done or dropped, with what came of it and when."""
    dropped = row.state == FollowUpState.DROPPED
    words = translate("FollowUpRow", "not done") if dropped else translate("FollowUpRow", "done")
    when = ""
    if row.done_at is not None:
        when = formats.near_day(formats.local_day(row.done_at), today)
    parts = (channel_words(row.channel), row.outcome)
    return Row(
        key=row.id,
        title=shown_name(row.named),
        after_title=f"· {row.reason}",
        sub=" · ".join(part for part in parts if part),
        lead=ChipSpec(words, Tone.PLAIN if dropped else Tone.GREEN),
        end_chips=(ChipSpec(when),) if when else (),
    )


def due_chip(due_on: date, today: date, formats: Formats) -> ChipSpec:
    """“2 days over” in amber, “today” in blue, “by 23 Nov” plainly: red is for broken promises."""
    over = (today - due_on).days
    if over > 0:
        return ChipSpec(translate("FollowUpRow", "%n day(s) over", "", over), Tone.AMBER)
    if over == 0:
        return ChipSpec(translate("FollowUpRow", "today"), Tone.BLUE)
    near = formats.near_day(due_on, today)
    return ChipSpec(near if over > -7 else translate("FollowUpRow", "by {day}").format(day=near))


def reach_words(row: FollowUpRow) -> str:
    """“call 555-0142 · consent: call, e-mail”, or what stands in the way and what is open."""
    offered = ways_of(row)
    meant = next(way for way in offered if way.channel == row.channel)
    way = way_for(row.channel, offered)
    parts = []
    if meant.allowed is False:
        parts.append(unbroken(no_words(row.channel)))
    elif not meant.value:
        parts.append(unbroken(missing_words(row.channel)))
    if way is None:
        parts.append(translate("FollowUpRow", "next time they are in"))
        return " · ".join(parts)
    parts.append(f"{unbroken(channel_words(way.channel))} {way.value}")
    allowed = [channel_words(other.channel) for other in offered if other.allowed]
    if allowed:
        words = translate("FollowUpRow", "consent: {channels}")
        parts.append(unbroken(words.format(channels=", ".join(allowed))))
    return " · ".join(parts)


def unbroken(words: str) -> str:
    """The words with hyphens at which no line ends."""
    return words.replace("-", "\u2011")


def no_words(channel: str) -> str:
    """That the client refused a channel."""
    return {
        Channel.CALL.value: translate("FollowUpRow", "does not want calls"),
        Channel.EMAIL.value: translate("FollowUpRow", "does not want e-mail"),
        Channel.TEXT.value: translate("FollowUpRow", "does not want messages"),
    }[channel]


def missing_words(channel: str) -> str:
    """That there is no number or address for a channel."""
    if channel == Channel.EMAIL:
        return translate("FollowUpRow", "no e-mail address yet")
    return translate("FollowUpRow", "no telephone number yet")
