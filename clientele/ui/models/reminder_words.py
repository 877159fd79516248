"""How is it said that something is due? To the desktop, with names or without, and as rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from clientele.domain.rules.reminding import DueKind, Part
from clientele.store.queries.reminders import Reminder
from clientele.system.formats import Formats
from clientele.ui.models.client_names import shown_name
from clientele.ui.models.plan_words import channel_act, kind_words
from clientele.ui.models.rows import ChipSpec, Row, RowAction
from clientele.ui.notice import Notice
from clientele.ui.theme import Tone

translate = QCoreApplication.translate

TOGETHER = "list"
"""The key of the one notice that tells several things."""

SEEN = "seen"
"""The name of the action that puts the list away."""

NAMED = 3
"""So many of a list are named."""


def notice_of(one: Reminder, *, names: bool) -> Notice:
    """One thing. Without ``names`` it says of what sort it is, of nobody and with no typed word."""
    key = f"{one.due.kind}:{one.due.id}"
    label = translate("Reminder", "Open")
    if one.due.kind is DueKind.APPOINTMENT:
        title = _expected_words(one, names)
        return Notice(key, title, one.what if names else "", label)
    if names:
        return Notice(key, f"{_act(one)} · {shown_name(one.named)}", one.what, label)
    return Notice(key, _sort_words(one), _act(one), label)


def notice_of_many(reminders: Sequence[Reminder], formats: Formats, *, names: bool) -> Notice:
    """Several things that fell due together."""
    title = due_words(_counted(reminders), formats)
    body = ""
    if names:
        people = list(dict.fromkeys(shown_name(one.named) for one in reminders))
        body = ", ".join(people[:NAMED])
        if len(people) > NAMED:
            body += " " + translate("Reminder", "and %n more", "", len(people) - NAMED)
    return Notice(TOGETHER, title, body, translate("Reminder", "Open"))


def notice_of_counts(counts: Iterable[tuple[DueKind, int]], formats: Formats) -> Notice:
    """What is due, for a screen that is locked: numbers and no names."""
    return Notice(TOGETHER, due_words(counts, formats), "", translate("Reminder", "Open"))


def due_words(counts: Iterable[tuple[DueKind, int]], formats: Formats) -> str:
    """“Due: 2 appointments, 1 promise and 3 follow-ups”."""
    words = [_count_words(kind, count) for kind, count in counts]
    return translate("Reminder", "Due: {things}").format(things=formats.listed(words))


def reminder_row(one: Reminder, now: datetime, formats: Formats) -> Row:
    """One thing as a row that leads on."""
    today = formats.local_day(now)
    when = "" if one.on is None else formats.near_day(one.on, today)
    overdue = one.on is not None and one.on < today
    if one.at is not None and one.on == today:
        when = f"{one.at:%H:%M}"
    return Row(
        key=(str(one.due.kind), one.due.id),
        title=shown_name(one.named),
        after_title=f"· {one.what}" if one.what else "",
        aside=f"· {_act(one)}",
        lead=ChipSpec(when, Tone.PLAIN if overdue else Tone.AMBER) if when else None,
        actions=(RowAction(SEEN, translate("Reminder", "Seen"), "X", shown=False),),
    )


def _act(one: Reminder) -> str:
    """“Call”, “Alteration”, “Client expected”."""
    if one.due.kind is DueKind.FOLLOW_UP:
        return channel_act(one.sort)
    if one.due.kind is DueKind.APPOINTMENT:
        return translate("Reminder", "Client expected")
    return kind_words(one.sort)


def _sort_words(one: Reminder) -> str:
    if one.due.kind is DueKind.FOLLOW_UP:
        return translate("Reminder", "A follow-up is due")
    if one.due.kind is DueKind.HOLD:
        return translate("Reminder", "A hold ends today")
    return translate("Reminder", "A promise is due today")


def _expected_words(one: Reminder, names: bool) -> str:
    at = f"{one.at:%H:%M}" if one.at is not None else ""
    if one.due.part is Part.DAY_BEFORE:
        words = translate("Reminder", "Tomorrow at {time}: {who}")
    else:
        words = translate("Reminder", "At {time}: {who}")
    who = shown_name(one.named) if names else translate("Reminder", "a client is expected")
    return words.format(time=at, who=who)


def _counted(reminders: Sequence[Reminder]) -> list[tuple[DueKind, int]]:
    kinds = [one.due.kind for one in reminders]
    order = (DueKind.APPOINTMENT, DueKind.PROMISE, DueKind.HOLD, DueKind.FOLLOW_UP)
    return [(kind, kinds.count(kind)) for kind in order if kind in kinds]


def _count_words(kind: DueKind, count: int) -> str:
    if kind is DueKind.APPOINTMENT:
        return translate("Reminder", "%n appointment(s)", "", count)
    if kind is DueKind.PROMISE:
        return translate("Reminder", "%n promise(s)", "", count)
    if kind is DueKind.HOLD:
        return translate("Reminder", "%n hold(s)", "", count)
    return translate("Reminder", "%n follow-up(s)", "", count)
