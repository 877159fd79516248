"""Likes and avoids as rows: what, of whom, where it counts, and how it is known."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication

from clientele.domain.preferences import Evidence, PreferenceKind
from clientele.domain.rules.likes import Conflict, conflicts
from clientele.store.queries.likes import LikeRow
from clientele.store.queries.seen import Seen
from clientele.ui.desk import Desk
from clientele.ui.models.rows import ChipSpec, Row, RowAction
from clientele.ui.theme import Tone

NOTHING = Seen()


def _tr(words: str) -> str:
    return QCoreApplication.translate("Likes", words)


def side_words(kind: str) -> str:
    """On which side it stands."""
    return _tr("likes") if kind == PreferenceKind.LIKE else _tr("avoids")


def told_words(row: LikeRow, desk: Desk) -> str:
    """“told us 3 Nov · you · Men's Suits”."""
    how = {
        Evidence.TOLD_US.value: _tr("told us"),
        Evidence.KEPT.value: _tr("kept one"),
        Evidence.TRIED_ON.value: _tr("tried one on"),
    }.get(row.evidence, row.evidence)
    day = desk.formats.past_day(desk.formats.local_day(row.said_at), desk.today())
    who = _tr("you") if row.associate_id == desk.me.id else row.associate
    return " · ".join(part for part in (f"{how} {day}", who, row.told_in) if part)


def seen_words(seen: Seen, desk: Desk) -> str:
    """“seen: bought 3 times, last 12 Sep; on the wish list; in 2 notes”."""
    parts = []
    if seen.bought and seen.last_bought is not None:
        day = desk.formats.past_day(seen.last_bought, desk.today())
        often = _tr("bought {day}") if seen.bought == 1 else _tr("bought {count} times, last {day}")
        parts.append(often.format(count=desk.formats.number(seen.bought), day=day))
    if seen.wished:
        parts.append(_tr("on the wish list"))
    if seen.noted:
        parts.append(
            _tr("in a note")
            if seen.noted == 1
            else _tr("in {count} notes").format(count=desk.formats.number(seen.noted))
        )
    return _tr("seen: {what}").format(what="; ".join(parts)) if parts else ""


def like_rows(rows: tuple[LikeRow, ...], seen: Mapping[int, Seen], desk: Desk) -> list[Row]:
    """All of them: what contradicts first, side by side, then each person's."""
    against = conflicts(row.held for row in rows)
    by_id = {row.id: row for row in rows}
    shown: list[Row] = []
    done: set[int] = set()
    for one in against:
        for held in (one.like, one.avoid):
            if held.id not in done:
                done.add(held.id)
                row = by_id[held.id]
                shown.append(_row(row, seen.get(row.id, NOTHING), desk, settles=True))
    own = _tr("The client's own") if done or any(row.member for row in rows) else ""
    shown += [
        _row(row, seen.get(row.id, NOTHING), desk, settles=False, own=own)
        for row in rows
        if row.id not in done
    ]
    return shown


def conflict_words(one: Conflict) -> str:
    """“logos” is liked and avoided."""
    if one.like.what.casefold() == one.avoid.what.casefold():
        return _tr("“{what}” is liked and avoided").format(what=one.like.what)
    return _tr("“{like}” is liked, “{avoid}” is avoided").format(
        like=one.like.what, avoid=one.avoid.what
    )


def _row(row: LikeRow, seen: Seen, desk: Desk, *, settles: bool, own: str = "") -> Row:
    like = row.kind == PreferenceKind.LIKE
    chips = [ChipSpec(side_words(row.kind), Tone.GREEN if like else Tone.RED)]
    if row.department:
        chips.append(ChipSpec(row.department))
    acts = [
        RowAction("move", _tr("Avoids") if like else _tr("Likes"), "M", shown=not settles),
        RowAction("change", _tr("Change"), "E"),
        RowAction("remove", _tr("Remove"), "X"),
    ]
    if settles:
        acts.insert(0, RowAction("settle", _tr("It is so"), "S", primary=True))
    said = (told_words(row, desk), seen_words(seen, desk))
    section = _tr("Liked and avoided: which is it?") if settles else row.member or own
    return Row(
        row.id,
        row.what,
        aside=row.member if settles else "",
        sub=" · ".join(part for part in said if part),
        chips=tuple(chips),
        actions=tuple(acts),
        section=section,
    )
