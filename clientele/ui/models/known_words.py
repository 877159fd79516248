"""What is known of a client for a department, in words: sizes, evidence, sources."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from clientele.domain.preferences import Evidence
from clientele.store.queries.for_department import BuyingFor, Heard
from clientele.store.queries.occasions import OccasionAhead
from clientele.store.queries.owned import Owned
from clientele.store.queries.wearing import SizeRow
from clientele.ui.desk import Desk
from clientele.ui.models.plan_words import occasion_words


def _tr(words: str) -> str:
    return QCoreApplication.translate("known", words)


def evidence_words(evidence: str) -> str:
    """How a size is known."""
    return {
        Evidence.KEPT: _tr("kept"),
        Evidence.RETURNED_TOO_SMALL: _tr("returned, too small"),
        Evidence.RETURNED_TOO_LARGE: _tr("returned, too large"),
        Evidence.TRIED_ON: _tr("tried on"),
        Evidence.TOLD_US: _tr("told us"),
    }.get(Evidence(evidence), evidence)


def size_name(size: SizeRow) -> str:
    """“Dress · Arden”."""
    return f"{size.category} · {size.brand}" if size.brand else size.category


def size_tail(size: SizeRow, desk: Desk) -> str:
    """What follows the size itself: “, wide toe box · kept 5 Feb”."""
    on = desk.formats.local_day(size.evidence_at)
    day = desk.formats.past_day(on, desk.today())
    if on.year < desk.today().year:
        day = desk.formats.month_year(on)
    fit = f", {size.fit}" if size.fit else ""
    return f"{fit} · {evidence_words(size.evidence)} {day}"


def owned_words(one: Owned, desk: Desk) -> str:
    """“Brogued derby, brown 2024”: what it is and its colour, without the size."""
    words = ", ".join(part.strip() for part in one.item.split(",")[:2])
    return f"{words} {desk.formats.local_day(one.bought_at).year}"


def buying_for_words(one: BuyingFor) -> str:
    """“jacket 44L, likes tweed”."""
    parts = [f"{size_name(size)} {size.value}".strip() for size in one.sizes]
    if one.about:
        parts.append(one.about)
    if one.likes:
        parts.append(_tr("likes {what}").format(what=", ".join(one.likes)))
    if one.avoids:
        parts.append(_tr("avoids {what}").format(what=", ".join(one.avoids)))
    if one.given:
        parts.append(_tr("given {what}").format(what=", ".join(one.given)))
    return " · ".join(parts)


def heard_source(one: Heard, desk: Desk) -> str:
    """Where it was said, by whom it was noted, and when: “Men's Suits · you · 7 Nov”."""
    who = _tr("you") if one.associate_id == desk.me.id else one.associate
    day = desk.formats.past_day(desk.formats.local_day(one.at), desk.today())
    return " · ".join(part for part in (one.department, who, day) if part)


def day_ahead(one: OccasionAhead) -> str:
    """“Robert's birthday”, “Wedding”."""
    what = occasion_words(one.kind, one.title, one.years)
    if one.member:
        return _tr("{member}: {occasion}").format(member=one.member, occasion=what)
    return what[:1].upper() + what[1:]


def day_source(one: OccasionAhead, desk: Desk) -> str:
    """When it is, and whose: “Fri 27 Nov · husband”."""
    day = desk.formats.near_day(one.on, desk.today())
    return " · ".join(part for part in (day, one.relation) if part)
