"""How do the expected clients and the days that matter look on Today?"""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QCoreApplication

from clientele.domain.plans import OccasionKind
from clientele.store.queries.occasions import OccasionAhead
from clientele.store.queries.today import Expected
from clientele.system.formats import Formats
from clientele.ui.models.client_names import prefers, shown_initials, shown_name
from clientele.ui.models.hand_off_rows import handed_words
from clientele.ui.models.plan_words import occasion_words, ready_words
from clientele.ui.models.rows import ChipSpec, Initials, Row, RowAction
from clientele.ui.theme import Tone

translate = QCoreApplication.translate

BRIEF, START, VISIT, CANCEL = "brief", "start", "visit", "cancel"
"""The names of a row's actions."""


def expected_row(one: Expected, today: date, formats: Formats) -> Row:
    """Who comes, when and what about, and what is worth knowing at a glance."""
    return Row(
        key=one.appointment_id,
        title=shown_name(one.named),
        sub=" · ".join(_known(one, today, formats)),
        lead=Initials(shown_initials(one.named)),
        chips=tuple(_chips(one)),
        actions=tuple(_actions(one)),
    )


def occasion_row(at: int, one: OccasionAhead, today: date, formats: Formats) -> Row:
    """Whose day it is, what day, and when."""
    client = shown_name(one.named)
    who = client
    if one.member or one.relation:
        given = one.named.given_name or client
        theirs = translate("TodayRow", "{client}'s {relation}").format(
            client=given, relation=one.relation or translate("TodayRow", "household")
        )
        who = f"{one.member} ({theirs})" if one.member else theirs
    return Row(
        key=at,
        after_title=f"{who} · {occasion_words(one.kind, one.title, one.years)}",
        end_chips=(ChipSpec(formats.near_day(one.on, today)),),
    )


def _chips(one: Expected) -> list[ChipSpec]:
    chips = []
    if one.left:
        chips.append(ChipSpec(translate("TodayRow", "was here"), Tone.PLAIN))
    elif one.arrived:
        chips.append(ChipSpec(translate("TodayRow", "here now"), Tone.GREEN))
    if words := prefers(one.named):
        chips.append(ChipSpec(words, Tone.GREEN))
    chips += [ChipSpec(ready_words(kind), Tone.AMBER) for kind in dict.fromkeys(one.ready)]
    if one.first_with_you:
        chips.append(ChipSpec(translate("TodayRow", "first visit with you"), Tone.BLUE))
    return chips


def _known(one: Expected, today: date, formats: Formats) -> list[str]:
    parts = [formats.clock_time(one.starts_at)]
    if one.about:
        parts.append(one.about)
    if one.handed is not None:
        parts.append(handed_words(one.handed))
    if one.last_on is not None:
        words = translate("TodayRow", "last in {day}, {departments}")
        if not one.last_departments:
            words = translate("TodayRow", "last in {day}")
        parts.append(
            words.format(
                day=formats.past_day(one.last_on, today),
                departments=formats.listed(one.last_departments),
            )
        )
    if one.occasion is not None:
        parts.append(_occasion(one.occasion, today))
    return parts


def _occasion(one: OccasionAhead, today: date) -> str:
    """“husband's birthday in 6 days”."""
    what = occasion_words(one.kind, one.title, None)
    whose = one.relation or one.member
    if whose and not (one.title and one.kind == OccasionKind.OTHER):
        what = translate("TodayRow", "{whose}'s {occasion}").format(whose=whose, occasion=what)
    days = (one.on - today).days
    if days == 0:
        return translate("TodayRow", "{what} today").format(what=what)
    if days == 1:
        return translate("TodayRow", "{what} tomorrow").format(what=what)
    return translate("TodayRow", "{what} in %n day(s)", "", days).format(what=what)


def _actions(one: Expected) -> list[RowAction]:
    brief = RowAction(BRIEF, translate("TodayRow", "Brief"), "B")
    if one.arrived:
        return [brief, RowAction(VISIT, translate("TodayRow", "Open visit"), "V")]
    return [
        brief,
        RowAction(START, translate("TodayRow", "Start visit"), "V"),
        RowAction(CANCEL, translate("TodayRow", "Not coming"), "X", shown=False),
    ]
