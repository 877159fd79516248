"""Why is it worth calling somebody, in words, and what are the rows behind it?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QCoreApplication

from clientele.domain.rules.worth_a_call import Because, Lacking, Reason, Thing
from clientele.store.queries.worth_a_call import Aside, Reach, Worth
from clientele.system.formats import Formats
from clientele.ui.models.client_names import shown_initials, shown_name
from clientele.ui.models.plan_words import channel_act, channel_words, occasion_words
from clientele.ui.models.rows import ChipSpec, Initials, Row, RowAction
from clientele.ui.theme import Tone

REACH, FOLLOW_UP = "reach", "follow up"
ASIDE, NOT_FOR_THIS, AGAIN = "aside", "not for this", "again"
"""The names of a row's actions."""

FEW_DAYS, MANY_DAYS = 21, 183
"""A time is told in days, from here on in weeks, and from there on in months."""

MONTH = 30.44
DAYS_SHOWN = 8

translate = QCoreApplication.translate


def _tr(words: str, count: int = -1) -> str:
    return translate("Worth", words, "", count) if count >= 0 else translate("Worth", words)


def kind_of_reason(because: str) -> str:
    """What a reason is called: “Own rhythm”."""
    return {
        Because.WISH.value: _tr("Wish that is here"),
        Because.PROMISE.value: _tr("Promise just kept"),
        Because.OCCASION.value: _tr("Occasion ahead"),
        Because.RHYTHM.value: _tr("Own rhythm"),
        Because.SEASON.value: _tr("Season of an earlier purchase"),
        Because.DEPARTMENT.value: _tr("A new department"),
    }.get(because, _tr("Any reason"))


def short_reason(because: str) -> str:
    """The same in a word or two, after “not to be shown”: “for their rhythm”."""
    return {
        Because.WISH.value: _tr("for a wish"),
        Because.PROMISE.value: _tr("for a promise"),
        Because.OCCASION.value: _tr("for an occasion"),
        Because.RHYTHM.value: _tr("for their rhythm"),
        Because.SEASON.value: _tr("for the season"),
        Because.DEPARTMENT.value: _tr("for a department"),
    }.get(because, because)


def span(days: int) -> str:
    """“9 days”, “6 weeks”, “14 months”."""
    if days < FEW_DAYS:
        return _tr("%n day(s)", days)
    if days < MANY_DAYS:
        return _tr("%n week(s)", round(days / 7))
    return _tr("%n month(s)", round(days / MONTH))


def reason_words(reason: Reason, worth: Worth, today: date, formats: Formats) -> str:
    """The reason in a line: “Comes every 6 weeks, now 9 weeks away”."""
    if reason.because == Because.RHYTHM:
        return _tr("Usually {usual} between purchases, now {since}").format(
            usual=span(reason.usual), since=span(reason.since)
        )
    if reason.because == Because.SEASON:
        return _tr("Bought at this time of year: {days}").format(
            days=formats.listed([formats.past_day(day, today) for day in reason.days[:2]])
        )
    if reason.following is not None:
        return _tr("Never bought in {department}; {took} of {of} like them went on to it").format(
            department=worth.next_department,
            took=formats.number(reason.following.took),
            of=formats.number(reason.following.of),
        )
    thing = reason.thing or Thing(0, today)
    if reason.because == Because.WISH:
        return _tr("What they wished for is here: {what}").format(what=thing.words)
    if reason.because == Because.PROMISE:
        return _tr("Promise kept {day}: {what}").format(
            what=thing.words, day=formats.near_day(thing.on, today)
        )
    words = _tr("{occasion}, {day}").format(
        occasion=_occasion(thing), day=formats.near_day(thing.on, today)
    )
    return words[:1].upper() + words[1:]


def reach_words(reach: Reach, today: date, formats: Formats) -> str:
    """“call, now”, “e-mail, from 10:00”."""
    how = channel_words(reach.channel)
    if reach.now:
        return _tr("{channel}, now").format(channel=how)
    return _tr("{channel}, from {time}").format(channel=how, time=formats.clock_time(reach.at))


def what_to_say(worth: Worth, today: date, formats: Formats) -> str:
    """The reason of a follow-up that is made of it."""
    return reason_words(worth.reasons[0], worth, today, formats)


def worth_row(worth: Worth, today: date, formats: Formats, *, brief: bool, me: int) -> Row:
    """Who, and why; ``brief`` for a narrow card, without buttons."""
    why = [reason_words(one, worth, today, formats) for one in worth.reasons[: 2 if brief else 3]]
    chips: list[ChipSpec] = []
    if not brief:
        tone = Tone.GREEN if worth.reach.now else Tone.PLAIN
        chips.append(ChipSpec(reach_words(worth.reach, today, formats), tone))
    if worth.associate_id not in (None, me) and worth.associate:
        chips.append(ChipSpec(_tr("for {name}").format(name=worth.associate)))
    elif worth.associate_id is None:
        chips.append(ChipSpec(_tr("nobody's client yet")))
    return Row(
        key=worth.named.client_id,
        title=shown_name(worth.named),
        sub=" · ".join(why),
        lead=Initials(shown_initials(worth.named)),
        chips=tuple(chips),
        actions=(
            RowAction(REACH, channel_act(worth.reach.channel), "C", shown=not brief),
            RowAction(ASIDE, _tr("Not now"), "N", shown=not brief),
            RowAction(FOLLOW_UP, _tr("Follow up"), "F", shown=False),
            RowAction(NOT_FOR_THIS, _tr("Not for this reason"), "X", shown=False),
        ),
    )


def aside_row(aside: Aside, today: date, formats: Formats) -> Row:
    """Who was set aside, for what and until when."""
    until = (
        _tr("for good")
        if aside.until_on is None
        else _tr("until {day}").format(day=formats.near_day(aside.until_on, today))
    )
    words = until if not aside.reason else f"{kind_of_reason(aside.reason)} · {until}"
    return Row(
        key=("aside", aside.id),
        title=shown_name(aside.named),
        after_title=f"· {words}",
        actions=(RowAction(AGAIN, _tr("Show again"), "U"),),
        section=_tr("Set aside"),
    )


def behind_rows(worth: Worth, today: date, formats: Formats) -> list[Row]:
    """Each reason with the rows behind it, then of what there is too little to say."""
    rows: list[Row] = []
    for at, reason in enumerate(worth.reasons):
        section = kind_of_reason(reason.because.value)
        for number, row in enumerate(_behind(reason, worth, today, formats)):
            head, side = row
            rows.append(Row(key=f"{at} {number}", after_title=head, trailing=side, section=section))
    for number, lacking in enumerate(worth.lacking):
        rows.append(
            Row(
                key=f"lacking {number}",
                after_title=_lacking(lacking, worth, formats),
                section=_tr("Not enough data"),
            )
        )
    return rows


def _behind(reason: Reason, worth: Worth, today: date, formats: Formats) -> list[tuple[str, str]]:
    if reason.because == Because.RHYTHM:
        return [
            (
                _tr("Usually {usual}; away this long in {longer} of {gaps} earlier gaps").format(
                    usual=span(reason.usual),
                    longer=formats.number(reason.longer),
                    gaps=formats.number(reason.gaps),
                ),
                span(reason.since),
            ),
            *_days(reason.days, today, formats),
        ]
    if reason.because == Because.SEASON:
        return [
            (_tr("Bought on {day}").format(day=formats.day_year(day)), "")
            for day in reason.days[:DAYS_SHOWN]
        ]
    if reason.following is not None:
        return [
            (
                _tr(
                    "{took} of {of} clients who had bought in just {departments} went on to {next}"
                ).format(
                    took=formats.number(reason.following.took),
                    of=formats.number(reason.following.of),
                    departments=formats.listed(sorted(worth.departments)),
                    next=worth.next_department,
                ),
                formats.percent(reason.following.took / reason.following.of),
            )
        ]
    thing = reason.thing or Thing(0, today)
    if reason.because == Because.OCCASION:
        return [(_occasion(thing), formats.near_day(thing.on, today))]
    return [(thing.words, formats.near_day(thing.on, today))]


def _days(days: Sequence[date], today: date, formats: Formats) -> list[tuple[str, str]]:
    """Buying days, the newest first, each with the time since the one before."""
    rows = []
    for at, day in enumerate(days[:DAYS_SHOWN]):
        before = days[at + 1] if at + 1 < len(days) else None
        after = "" if before is None else _tr("after {span}").format(span=span((day - before).days))
        rows.append((_tr("Bought on {day}").format(day=formats.past_day(day, today)), after))
    more = len(days) - DAYS_SHOWN
    if more > 0:
        rows.append((_tr("and on %n earlier day(s)", more), ""))
    return rows


def _occasion(thing: Thing) -> str:
    """“birthday”, “Robert (husband): turns 58”."""
    what = occasion_words(thing.kind, thing.words, thing.years)
    if not thing.who and not thing.relation:
        return what
    who = thing.who
    if thing.who and thing.relation:
        who = f"{thing.who} ({thing.relation})"
    return f"{who or thing.relation}: {what}"


def _lacking(lacking: Lacking, worth: Worth, formats: Formats) -> str:
    if lacking.because == Because.RHYTHM:
        return _tr("Own rhythm: %n buying day(s) more are needed", lacking.days)
    if lacking.because == Because.SEASON:
        return _tr("Season: no purchase a year ago or earlier")
    if not worth.departments:
        return _tr("A new department: nothing was bought yet")
    return _tr("A new department: only %n client(s) bought in just these departments", lacking.seen)
