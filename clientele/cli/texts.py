"""How do a brief and a day read as plain text, where there is no window?"""

from __future__ import annotations

import textwrap
from datetime import datetime

from clientele.domain.plans import OccasionKind
from clientele.services.brief_choice import BriefSheet
from clientele.services.brief_words import called
from clientele.store.queries.occasions import OccasionAhead
from clientele.store.queries.team import AssociateTile
from clientele.store.queries.today import Expected, TodayPage
from clientele.system.formats import Formats

WIDTH = 78


def brief_text(sheet: BriefSheet) -> str:
    """A brief as a page of text."""
    title = sheet.title
    if sheet.called:
        title += f" (“{sheet.called}”)"
    if sheet.say_it:
        title += f", say {sheet.say_it}"
    lines = [title, "=" * len(title)]
    if sheet.under:
        lines.append(sheet.under)
    for section in sheet.sections:
        lines += ["", section.title]
        if section.topic.inline:
            lines += _wrapped(", ".join(entry.text for entry in section.entries), "  ")
        else:
            for entry in section.entries:
                lines += _wrapped(entry.text, "! " if entry.warns else "- ")
    if sheet.made:
        lines += ["", sheet.made]
    return "\n".join(lines)


def today_text(page: TodayPage, me: AssociateTile, formats: Formats, now: datetime) -> str:
    """A day as text: expected clients, follow-ups, promises, occasions."""
    title = f"{formats.long_day(page.day)}, {me.name}"
    lines = [title, "=" * len(title)]
    lines += _section("Expected", [_expected(one, formats) for one in page.expected])
    lines += _section(
        "Follow-ups",
        [
            f"{formats.near_day(row.due_on, page.day)}  {called(row.named)}: {row.reason} "
            f"({_reach(row.channel, row.phone, row.email)})"
            for row in page.follow_ups
        ],
    )
    lines += _section(
        "Promises",
        [
            f"{formats.near_day(row.due_on, page.day)}  {called(row.named)}: {row.what} "
            f"({row.standing.value if row.standing else row.state})"
            for row in page.promises
        ],
    )
    lines += _section("Occasions", [_occasion(row, formats, page) for row in page.occasions])
    if len(lines) == 2:
        lines += ["", "Nothing is due today."]
    return "\n".join(lines)


def _section(title: str, entries: list[str]) -> list[str]:
    if not entries:
        return []
    lines = ["", f"{title} ({len(entries)})"]
    for entry in entries:
        lines += _wrapped(entry, "- ")
    return lines


def _wrapped(text: str, mark: str) -> list[str]:
    return textwrap.wrap(
        text, WIDTH, initial_indent=mark, subsequent_indent=" " * len(mark), break_long_words=False
    ) or [mark.rstrip()]


def _expected(one: Expected, formats: Formats) -> str:
    parts = [f"{formats.clock_time(one.starts_at)}  {called(one.named)}"]
    if one.about:
        parts.append(one.about)
    if one.left:
        parts.append("has left")
    elif one.arrived:
        parts.append("is here")
    if one.first_with_you:
        parts.append("first time with you")
    if one.last_on:
        bought = formats.listed(one.last_departments)
        parts.append(f"last in {formats.day_year(one.last_on)}: {bought}")
    parts += [f"{kind} is ready" for kind in one.ready]
    return ", ".join(parts)


def _reach(channel: str, phone: str, email: str) -> str:
    at = email if channel == "email" else phone
    return f"{channel}: {at}" if at else channel


def _occasion(row: OccasionAhead, formats: Formats, page: TodayPage) -> str:
    whose = called(row.named)
    if row.member:
        relation = f", {row.relation}" if row.relation else ""
        whose = f"{row.member}{relation} of {whose}"
    what = row.title or (OccasionKind(row.kind).value if row.kind else "")
    years = f" ({row.years})" if row.years else ""
    return f"{formats.near_day(row.on, page.day)}  {whose}: {what}{years}"
