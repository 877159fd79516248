"""What fits, and why it is thought so, in plain words."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from clientele.domain.preferences import Evidence
from clientele.domain.rules.size_evidence import AGAINST, Proof, Worn
from clientele.domain.rules.size_systems import about, in_full, parse_size
from clientele.store.queries.passport import LINE
from clientele.store.queries.size_sources import Source
from clientele.ui.desk import Desk

AT_MOST = 3
"""Pieces of evidence that one sentence tells of; the others are one key away."""


def _tr(words: str) -> str:
    return QCoreApplication.translate("Sizes", words)


def sentence(worn: Worn, desk: Desk) -> str:
    """“Kept 42R in May, brought back 42R as too small in September.”, the oldest first."""
    told = [worn.best]
    for proof in (*worn.against, *worn.proofs):
        if len(told) < AT_MOST and proof not in told:
            told.append(proof)
    parts = [piece(proof, desk) for proof in sorted(told, key=lambda one: (one.at, one.id))]
    words = ", ".join(parts)
    more = len(worn.proofs) - len(told)
    if more > 0:
        counted = QCoreApplication.translate("Sizes", "and %n piece(s) of evidence more", "", more)
        words = f"{words}, {counted}"
    return words[:1].upper() + words[1:]


def piece(proof: Proof, desk: Desk) -> str:
    """“kept 42R in May”."""
    words = {
        Evidence.KEPT: _tr("kept {size} {when}"),
        Evidence.RETURNED_TOO_SMALL: _tr("brought back {size} as too small {when}"),
        Evidence.RETURNED_TOO_LARGE: _tr("brought back {size} as too large {when}"),
        Evidence.TRIED_ON: _tr("tried {size} on {when}, and it fitted"),
        Evidence.TRIED_TOO_SMALL: _tr("tried {size} on {when}, too small"),
        Evidence.TRIED_TOO_LARGE: _tr("tried {size} on {when}, too large"),
        Evidence.TOLD_US: _tr("told us {size} {when}"),
    }[proof.evidence]
    return words.format(size=proof.value, when=when(proof, desk))


def side(proof: Proof, desk: Desk) -> str:
    """One of two that contradict each other: “44R · told us 3 Sep”."""
    words = {
        Evidence.KEPT: _tr("kept"),
        Evidence.RETURNED_TOO_SMALL: _tr("too small, brought back"),
        Evidence.RETURNED_TOO_LARGE: _tr("too large, brought back"),
        Evidence.TRIED_ON: _tr("tried on"),
        Evidence.TRIED_TOO_SMALL: _tr("too small, tried on"),
        Evidence.TRIED_TOO_LARGE: _tr("too large, tried on"),
        Evidence.TOLD_US: _tr("told us"),
    }[proof.evidence]
    on = desk.formats.past_day(desk.formats.local_day(proof.at), desk.today())
    return f"{proof.value} · {words} {on}"


def when(proof: Proof, desk: Desk) -> str:
    """“on 12 Nov” in this month and the last, else “in May”, “in May 2024”."""
    on, today = desk.formats.local_day(proof.at), desk.today()
    if on == today:
        return _tr("today")
    if (today - on).days < 31:
        return _tr("on {day}").format(day=desk.formats.past_day(on, today))
    month = desk.formats.month(on.month) if on.year == today.year else desk.formats.month_year(on)
    return _tr("in {month}").format(month=month)


def source_words(proof: Proof, source: Source | None, desk: Desk) -> str:
    """What it was, who has it from where: “Suit, navy · 12 May · Men's Suits · you”."""
    parts = [proof.words]
    if proof.why:
        parts.append(_tr("“{why}”").format(why=proof.why))
    parts.append(desk.formats.day_year(desk.formats.local_day(proof.at)))
    if source is not None:
        who = _tr("you") if source.associate_id == desk.me.id else source.associate or ""
        parts += [source.department or "", who]
        if proof.source == LINE and source.receipt:
            parts.append(_tr("receipt {number}").format(number=source.receipt))
    return " · ".join(part for part in parts if part)


def others(worn: Worn) -> str:
    """“≈ EU 52 · US 42 (approximate: …)”; says so where a size has no known system."""
    size = parse_size(worn.value, worn.best.family)
    found = about(size) if size is not None else ()
    if not found:
        return _tr("Not known in other systems. Say which system it is of, such as UK or EU.")
    sizes = " · ".join(in_full(one.size) for one in found)
    sources = "; ".join(dict.fromkeys(one.source for one in found))
    return _tr("≈ {sizes} (approximate, {sources})").format(sizes=sizes, sources=sources)


def is_two(worn: Worn) -> bool:
    """Whether two sizes are both said to fit."""
    return any(proof.evidence not in AGAINST for proof in worn.against)


def two(worn: Worn) -> Sequence[Proof]:
    """The two that contradict each other; nothing where nothing does."""
    other = next((one for one in worn.against if one.evidence not in AGAINST), None)
    return () if other is None else (worn.best, other)
