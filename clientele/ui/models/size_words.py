"""What fits, and why it is thought so, in plain words."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from clientele.domain.preferences import Evidence
from clientele.domain.rules.size_evidence import Proof, Worn
from clientele.domain.rules.size_systems import about, in_full, parse_size
from clientele.store.queries.passport import LINE
from clientele.store.queries.size_sources import Source
from clientele.ui.desk import Desk

AT_MOST = 3
"""Pieces of evidence that one sentence tells of; the others are one key away."""

PRACTICE = "retail practice: "
"""How the sources begin that no standard says."""


def _tr(words: str) -> str:
    return QCoreApplication.translate("Sizes", words)


def sentence(worn: Worn, desk: Desk) -> str:
    """“Kept 42R in May, brought back 42R as too small in September”, what is newest last.

    What is said several times is told once, with how often.
    """
    alike: dict[tuple[Evidence, str], list[Proof]] = {}
    for proof in (worn.best, *worn.against, *worn.proofs):
        said = alike.setdefault((proof.evidence, proof.value.casefold()), [])
        if proof not in said:
            said.append(proof)
    told = list(alike.values())[:AT_MOST]
    told.sort(key=lambda group: max(one.at for one in group))
    parts = [_several(group, desk) for group in told]
    more = len(worn.proofs) - sum(len(group) for group in told)
    if more > 0:
        parts.append(
            QCoreApplication.translate("Sizes", "and %n piece(s) of evidence more", "", more)
        )
    words = ", ".join(parts)
    return words[:1].upper() + words[1:]


def piece(proof: Proof, desk: Desk) -> str:
    """“kept 42R in May”."""
    return _said(proof.evidence).format(size=proof.value, when=when(proof, desk))


def _several(group: list[Proof], desk: Desk) -> str:
    """“kept 42R 3 times, last in May”."""
    newest = max(group, key=lambda one: one.at)
    if len(group) == 1:
        return piece(newest, desk)
    last = when(newest, desk)
    words = QCoreApplication.translate("Sizes", "%n time(s), last {when}", "", len(group))
    return _said(newest.evidence).format(size=newest.value, when=words.format(when=last))


def _said(evidence: Evidence) -> str:
    return {
        Evidence.KEPT: _tr("kept {size} {when}"),
        Evidence.RETURNED_TOO_SMALL: _tr("brought back {size} as too small {when}"),
        Evidence.RETURNED_TOO_LARGE: _tr("brought back {size} as too large {when}"),
        Evidence.TRIED_ON: _tr("tried on {size} {when}"),
        Evidence.TRIED_TOO_SMALL: _tr("found {size} too small {when}"),
        Evidence.TRIED_TOO_LARGE: _tr("found {size} too large {when}"),
        Evidence.TOLD_US: _tr("told us {size} {when}"),
    }[evidence]


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
    return _tr("≈ {sizes} (approximate, {sources})").format(
        sizes=sizes, sources=_sources([one.source for one in found])
    )


def _sources(each: Sequence[str]) -> str:
    """Where conversions are from, each once: “EN 13402-3 …; retail practice: EU = UK + 28, …”."""
    parts = dict.fromkeys(part for source in each for part in source.split("; "))
    practice = [part.removeprefix(PRACTICE) for part in parts if part.startswith(PRACTICE)]
    rest = [part for part in parts if not part.startswith(PRACTICE)]
    return "; ".join([*rest, *([PRACTICE + ", ".join(practice)] if practice else [])])


def two(worn: Worn) -> Sequence[Proof]:
    """The two sizes that contradict each other; nothing where none do."""
    return () if worn.rival is None else (worn.best, worn.rival)
