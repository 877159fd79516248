"""How does the book say what was handed to whom? Rows for Today, sentences for a client."""

from __future__ import annotations

from datetime import date, datetime

from PySide6.QtCore import QCoreApplication

from clientele.domain.client import HandOffState
from clientele.store.queries.hand_offs import Colleague, HandOffRow
from clientele.system.formats import Formats
from clientele.ui.models.client_names import shown_initials, shown_name
from clientele.ui.models.rows import ChipSpec, Initials, Row, RowAction
from clientele.ui.theme import Tone

translate = QCoreApplication.translate

ACCEPT, DECLINE, WORD, BRIEF, WITHDRAW, EDIT, BACK = (
    "accept", "decline", "accept with a word", "brief", "withdraw", "edit", "give back",
)  # fmt: skip
"""The names of a row's actions."""


def inbox_row(row: HandOffRow, me: int, now: datetime, formats: Formats) -> Row:
    """A client offered to me: from whom, the note in full, what, until when."""
    today = formats.local_day(now)
    chips = [ChipSpec(part_words(row), Tone.BLUE)]
    if row.taker.id != me:
        chips.append(ChipSpec(translate("HandOff", "for {name}").format(name=row.taker.name)))
    return Row(
        key=row.id,
        title=shown_name(row.named),
        after_title=translate("HandOff", "from {name}").format(name=with_department(row.giver)),
        body=translate("HandOff", "“{note}”").format(note=row.note) if row.note else "",
        sub=" · ".join(_terms(row, today, now, formats)),
        lead=Initials(shown_initials(row.named)),
        chips=tuple(chips),
        actions=(
            RowAction(ACCEPT, translate("HandOff", "Accept"), "A", primary=True),
            RowAction(DECLINE, translate("HandOff", "Decline"), "X"),
            RowAction(WORD, translate("HandOff", "Accept with a word"), "W", shown=False),
            RowAction(BRIEF, translate("HandOff", "Brief"), "B", shown=False),
        ),
    )


def waiting_row(row: HandOffRow, now: datetime, formats: Formats) -> Row:
    """What I offered and wait for: “waiting for L. Sato since 10:12”."""
    today = formats.local_day(now)
    words = translate("HandOff", "waiting for {name} since {when}")
    if row.over(today):
        words = translate("HandOff", "{name} did not answer until the day was over")
    return Row(
        key=row.id,
        title=shown_name(row.named),
        sub=" · ".join(
            (
                words.format(name=row.taker.name, when=when_words(row.offered_at, today, formats)),
                part_words(row),
            )
        ),
        actions=(
            RowAction(WITHDRAW, translate("HandOff", "Withdraw"), "W"),
            RowAction(EDIT, translate("HandOff", "Change the note"), "E", shown=False),
        ),
    )


def lent_row(row: HandOffRow, today: date, formats: Formats, *, mine: bool) -> Row:
    """A client who is with a colleague for some days; or ``mine``, with me or whom I cover."""
    other = row.giver if mine else row.taker
    words = translate("HandOff", "lent by {name} until {day}")
    if not mine:
        words = translate("HandOff", "with {name} until {day}")
    day = formats.near_day(row.until_on or today, today)
    back = RowAction(BACK, translate("HandOff", "Give back"), "G")
    return Row(
        key=row.id,
        title=shown_name(row.named),
        sub=" · ".join((words.format(name=other.name, day=day), part_words(row))),
        actions=(back,) if mine else (),
    )


def lately_row(row: HandOffRow, today: date, formats: Formats) -> Row:
    """What came of what I offered."""
    at = row.ended_at or row.answered_at or row.offered_at
    words, said = translate("HandOff", "{name} took them over"), row.answer
    if row.department or row.promise:
        words = translate("HandOff", "{name} took over: {part}")
    if row.state == HandOffState.DECLINED:
        words = translate("HandOff", "{name} declined")
    elif row.state == HandOffState.GIVEN_BACK:
        words, said = translate("HandOff", "came back from {name}"), row.ending
    elif row.over(today):
        words, said = translate("HandOff", "came back from {name}, as agreed"), ""
    parts = [words.format(name=row.taker.name, part=row.promise or row.department)]
    if said:
        parts[0] += translate("HandOff", ": “{word}”").format(word=said)
    if not row.over(today) or row.state != HandOffState.ACCEPTED:
        parts.append(when_words(at, today, formats))
    return Row(key=row.id, title=shown_name(row.named), sub=" · ".join(parts))


def stands_words(row: HandOffRow, me: int, today: date, formats: Formats) -> str:
    """How it stands, for the client's page: “with L. Sato until Fri 27 Nov”."""
    mine = row.taker.id == me
    if row.state == HandOffState.OFFERED:
        words = translate("HandOff", "offered to {taker} by {giver}, not accepted yet")
        if mine:
            words = translate("HandOff", "{giver} would like to hand them over to you")
        elif row.giver.id == me:
            words = translate("HandOff", "offered to {taker}, yours until they accept")
    elif row.until_on is None:
        words = translate("HandOff", "handed over to {taker} by {giver}, {since}")
        if mine:
            words = translate("HandOff", "handed over to you by {giver}, {since}")
    else:
        words = translate("HandOff", "with {taker} until {day}")
        if mine:
            words = translate("HandOff", "lent to you by {giver} until {day}")
    return words.format(
        taker=row.taker.name,
        giver=row.giver.name,
        day=formats.weekday_day(row.until_on) if row.until_on else "",
        since=when_words(row.answered_at or row.offered_at, today, formats),
    )


def part_words(row: HandOffRow) -> str:
    """What is handed over: the whole client, one department, or the work of a promise."""
    if row.promise:
        return translate("HandOff", "{department}: {promise}").format(
            department=row.department or translate("HandOff", "whole client"), promise=row.promise
        )
    return row.department or translate("HandOff", "whole client")


def with_department(who: Colleague) -> str:
    """“L. Sato, Women's Sportswear”."""
    return f"{who.name}, {who.department}" if who.department else who.name


def handed_words(row: HandOffRow) -> str:
    """“handed over by Shoes: “hates wool””: the giver's department, or else their name."""
    words = translate("HandOff", "handed over by {who}").format(
        who=row.giver.department or row.giver.name
    )
    if row.note:
        words += translate("HandOff", ": “{word}”").format(word=row.note)
    return words


def when_words(at: datetime, today: date, formats: Formats) -> str:
    """The time of today, or the day before that."""
    day = formats.local_day(at)
    return formats.clock_time(at) if day == today else formats.past_day(day, today)


def until_words(row: HandOffRow, today: date, formats: Formats) -> str:
    """“for good”, or until which day."""
    if row.until_on is None:
        return translate("HandOff", "for good")
    return translate("HandOff", "until {day}").format(day=formats.near_day(row.until_on, today))


def _terms(row: HandOffRow, today: date, now: datetime, formats: Formats) -> list[str]:
    told = translate("HandOff", "the client knows")
    if not row.client_told:
        told = translate("HandOff", "the client was not told yet")
    return [
        until_words(row, today, formats),
        told,
        translate("HandOff", "since {when}").format(
            when=when_words(row.offered_at, today, formats)
        ),
    ]
