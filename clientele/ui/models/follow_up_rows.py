"""How does a follow-up look as one line? When, for whom, why, and how they may be reached."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from types import MappingProxyType

from PySide6.QtCore import QCoreApplication

from clientele.domain.client import Channel
from clientele.domain.plans import FollowUpState
from clientele.domain.rules.permission import Reachable
from clientele.domain.rules.permission_answers import Refused
from clientele.domain.rules.reaching import Way, way_for, ways
from clientele.store.queries.follow_ups import FollowUpRow
from clientele.system.formats import Formats
from clientele.ui.models.behind_words import because_words
from clientele.ui.models.client_names import shown_name
from clientele.ui.models.plan_words import channel_act, channel_words
from clientele.ui.models.reaching_words import refused_words, short_words
from clientele.ui.models.rows import ChipSpec, Row, RowAction
from clientele.ui.theme import Tone

translate = QCoreApplication.translate

Shut = Mapping[str, Refused]
"""The channels that are closed now, with the gate's answer (``shut_now``)."""

REACH, DONE, SNOOZE, DROP = "reach", "done", "snooze", "drop"
"""The names of a row's actions."""


def ways_of(row: FollowUpRow) -> tuple[Way, ...]:
    """How the client of a follow-up can be reached."""
    return ways(row.phone, row.email, row.allowed, row.refused)


def way_of(row: FollowUpRow, shut: Shut = MappingProxyType({})) -> Way | None:
    """The way to take: what was meant, or another that is open now."""
    return way_for(row.channel, [way for way in ways_of(row) if way.channel not in shut])


def shut_now(gate: Reachable | None, at: datetime) -> Shut:
    """The channels on which the gate lets nobody reach the client at ``at``, with its answer."""
    if gate is None:
        return {}
    answers = {channel.value: gate.answer(channel, at) for channel in Channel}
    return {one: answer for one, answer in answers.items() if isinstance(answer, Refused)}


def follow_up_row(
    row: FollowUpRow,
    today: date,
    formats: Formats,
    *,
    section: str = "",
    shut: Shut = MappingProxyType({}),
) -> Row:
    """An open follow-up, with a button to reach the client, Done, and the key S to put it off.

    ``shut`` is ``shut_now``: where no way is open the button is closed and says why.
    """
    actions = [
        RowAction(DONE, translate("FollowUpRow", "Done"), "D"),
        RowAction(SNOOZE, translate("FollowUpRow", "Snooze"), "S", shown=False),
        RowAction(DROP, translate("FollowUpRow", "Not do it"), "X", shown=False),
    ]
    way = way_of(row, shut)
    if way is not None:
        actions.insert(0, RowAction(REACH, channel_act(way.channel), "C"))
    elif row.channel in shut:
        why = refused_words(shut[row.channel], formats)
        actions.insert(0, RowAction(REACH, channel_act(row.channel), "C", closed=why))
    return Row(
        key=row.id,
        title=shown_name(row.named),
        after_title=f"· {row.reason}",
        sub=reach_words(row, shut, formats),
        lead=due_chip(row.due_on, today, formats),
        actions=tuple(actions),
        section=section,
    )


def done_row(row: FollowUpRow, today: date, formats: Formats) -> Row:
    """One that has ended, however that was, with what came of it and when."""
    when = ""
    if row.done_at is not None:
        when = formats.near_day(formats.local_day(row.done_at), today)
    parts = (channel_words(row.channel), outcome_words(row))
    return Row(
        key=row.id,
        title=shown_name(row.named),
        after_title=f"· {row.reason}",
        sub=" · ".join(part for part in parts if part),
        lead=state_chip(row.state),
        end_chips=(ChipSpec(when),) if when else (),
    )


def state_chip(state: str) -> ChipSpec:
    """How it ended: “done”, “not done”, “passed” by itself, “taken back” by its rule."""
    if state == FollowUpState.DONE:
        return ChipSpec(translate("FollowUpRow", "done"), Tone.GREEN)
    return ChipSpec(
        {
            FollowUpState.DROPPED.value: translate("FollowUpRow", "not done"),
            FollowUpState.EXPIRED.value: translate("FollowUpRow", "passed"),
            FollowUpState.ENDED.value: translate("FollowUpRow", "taken back"),
        }.get(state, state)
    )


def outcome_words(row: FollowUpRow) -> str:
    """What came of it in an associate's words, or why it passed or was taken back."""
    if row.state in (FollowUpState.EXPIRED, FollowUpState.ENDED):
        return because_words(row.outcome)
    return row.outcome


def due_chip(due_on: date, today: date, formats: Formats) -> ChipSpec:
    """“2 days over” in amber, “today” in blue, “by 23 Nov” plainly: red is for broken promises."""
    over = (today - due_on).days
    if over > 0:
        return ChipSpec(translate("FollowUpRow", "%n day(s) over", "", over), Tone.AMBER)
    if over == 0:
        return ChipSpec(translate("FollowUpRow", "today"), Tone.BLUE)
    near = formats.near_day(due_on, today)
    return ChipSpec(near if over > -7 else translate("FollowUpRow", "by {day}").format(day=near))


def reach_words(
    row: FollowUpRow, shut: Shut = MappingProxyType({}), formats: Formats | None = None
) -> str:
    """“call 555-0142 · consent: call, e-mail”, or what stands in the way and what is open."""
    offered = ways_of(row)
    meant = next(way for way in offered if way.channel == row.channel)
    way = way_of(row, shut)
    parts = []
    if row.channel in shut and formats is not None:
        parts.append(unbroken(short_words(shut[row.channel], formats)))
    elif meant.allowed is False:
        parts.append(unbroken(no_words(row.channel)))
    elif not meant.value:
        parts.append(unbroken(missing_words(row.channel)))
    if way is None:
        waits = any(one.earliest is not None for one in shut.values())
        if not waits:
            parts.append(translate("FollowUpRow", "next time they are in"))
        return " · ".join(parts)
    parts.append(f"{unbroken(channel_words(way.channel))} {way.value}")
    allowed = [
        channel_words(other.channel)
        for other in offered
        if other.allowed and other.channel not in shut
    ]
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
