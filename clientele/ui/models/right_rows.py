"""How does a problem look as one line? How it stands, whose and what about, and what is next."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from PySide6.QtCore import QCoreApplication

from clientele.domain.recovery import RightState
from clientele.store.queries.made_right import MadeRightRow
from clientele.store.queries.right_review import Reviewed
from clientele.system.formats import Formats
from clientele.ui.models.client_names import short_name, shown_name
from clientele.ui.models.for_whom import for_whom
from clientele.ui.models.right_words import (
    done_words,
    reasons_words,
    was_reopened,
)
from clientele.ui.models.rows import ChipSpec, Row, RowAction
from clientele.ui.theme import Tone

translate = QCoreApplication.translate

DO, SOLVED, NOT_SOLVED = "do", "solved", "not solved"
"""The names of a row's actions."""


def right_row(
    row: MadeRightRow, today: date, formats: Formats, *, me: int, mine: bool = False
) -> Row:
    """An open problem with its next step as a button; ``me`` need not read their own name.

    Among ``mine`` are those of colleagues whom I cover, which say for whom.
    """
    parts = [row.problem if row.goods else "", done_words(row, formats)]
    if row.associate_id != me and not mine:
        parts.append(row.associate)
    made = Row(
        key=row.id,
        title=shown_name(row.named),
        after_title=f"· {row.about}",
        sub=" · ".join(part for part in parts if part),
        lead=standing_chip(row, today, formats),
        actions=actions_of(row),
    )
    return for_whom(made, row, me) if mine else made


def brief_right_row(row: MadeRightRow, today: date, formats: Formats, *, me: int) -> Row:
    """An open problem of mine where there is little room."""
    whole = right_row(row, today, formats, me=me, mine=True)
    return replace(whole, title=short_name(row.named), sub="")


def solved_row(row: MadeRightRow, today: date, formats: Formats, *, section: str) -> Row:
    """A problem that the client called solved, and with which words."""
    solved = formats.local_day(row.solved_at) if row.solved_at else today
    word = row.steps[-1].word if row.steps else ""
    parts = [done_words(row, formats), f"“{word}”" if word else "", formats.near_day(solved, today)]
    return Row(
        key=row.id,
        after_title=f"{shown_name(row.named)} · {row.about}",
        aside="".join(f" · {part}" for part in parts if part),
        lead=ChipSpec(translate("RightRow", "solved"), Tone.GREEN),
        actions=actions_of(row),
        section=section,
    )


def review_row(one: Reviewed, formats: Formats, *, praise: bool) -> Row:
    """A problem in the month's review, with why it stands there."""
    row = one.row
    day = formats.day(formats.local_day(row.opened_at))
    told = [row.problem if row.goods else "", done_words(row, formats), row.associate]
    return Row(
        key=row.id,
        title=shown_name(row.named),
        after_title=f"· {row.about}",
        aside=f"· {day}",
        body=reasons_words(one.praised if praise else one.too_little),
        sub=" · ".join(part for part in told if part),
        lead=ChipSpec(translate("RightRow", "well done"), Tone.GREEN) if praise else None,
    )


def standing_chip(row: MadeRightRow, today: date, formats: Formats) -> ChipSpec:
    """How it stands, and so what is next."""
    if row.state == RightState.SOLVED:
        return ChipSpec(translate("RightRow", "solved"), Tone.GREEN)
    if was_reopened(row):
        return ChipSpec(translate("RightRow", "not solved yet"), Tone.AMBER)
    if row.state == RightState.OPEN:
        return ChipSpec(translate("RightRow", "to decide"), Tone.AMBER)
    if row.ask_on is None:
        return ChipSpec(translate("RightRow", "ask the client"), Tone.AMBER)
    words = translate("RightRow", "ask {day}").format(
        day=formats.near_day(max(row.ask_on, today), today)
    )
    return ChipSpec(words, Tone.AMBER if row.ask_on <= today else Tone.BLUE)


def next_words(row: MadeRightRow, today: date, formats: Formats) -> str:
    """What is next, as a sentence."""
    if row.state == RightState.SOLVED:
        return translate("RightRow", "Nothing more: the client says it is solved.")
    if was_reopened(row):
        return translate("RightRow", "Do more: for the client it is not solved yet.")
    if row.state == RightState.OPEN:
        return translate("RightRow", "Decide what you do for the client. You need ask nobody.")
    if row.ask_on is None or row.ask_on <= today:
        return translate("RightRow", "Ask the client whether it is truly solved.")
    return translate("RightRow", "On {day} ask whether it is truly solved.").format(
        day=formats.weekday_day(row.ask_on)
    )


def act_words(row: MadeRightRow) -> str:
    """What the step that gives the client something is called."""
    if any(step.what not in (SOLVED, NOT_SOLVED) for step in row.steps):
        return translate("RightRow", "Do more")
    return translate("RightRow", "Decide")


def actions_of(row: MadeRightRow) -> tuple[RowAction, ...]:
    """What can be done about it; the next step stands as a button."""
    if row.state == RightState.SOLVED:
        words = translate("RightRow", "Not solved after all")
        return (RowAction(NOT_SOLVED, words, "U", shown=False),)
    more = RowAction(DO, act_words(row), "G", shown=row.state == RightState.OPEN)
    if row.state == RightState.OPEN:
        return (more,)
    return (
        RowAction(SOLVED, translate("RightRow", "Solved"), "V"),
        RowAction(NOT_SOLVED, translate("RightRow", "Not solved yet"), "U", shown=False),
        more,
    )
