"""Whom was the client offered to, what was answered, and when was it over?"""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased
from sqlmodel import col

from clientele.domain.client import HandOffState
from clientele.domain.tables import Associate, Department, HandOff
from clientele.store.prepared import Prepared, among
from clientele.store.queries.columns import ident
from clientele.store.queries.story_entry import StoryEntry, Told


def offered(session: Session, keys: list[int]) -> list[StoryEntry]:
    """Hand-offs as they were offered, by whom, with the note that went along."""
    return _told(session, keys, Told.HAND_OFF)


def answered(session: Session, keys: list[int]) -> list[StoryEntry]:
    """What the other said: ``state`` “accepted” or “declined”, even if it is over since."""
    return _told(session, keys, Told.HAND_OFF_ANSWERED)


def ended(session: Session, keys: list[int]) -> list[StoryEntry]:
    """Hand-offs that were withdrawn by whom they came from, or given back."""
    return _told(session, keys, Told.HAND_OFF_ENDED)


def _told(session: Session, keys: list[int], kind: Told) -> list[StoryEntry]:
    rows = _TOLD.rows(session, keys=keys)
    told: list[StoryEntry] = []
    for (
        key, offered_at, answered_at, ended_at, from_id, from_name, to_id, to_name, note, answer,
        ending, state, until_on, client_told, place,
    ) in rows:  # fmt: skip
        by_giver = kind is Told.HAND_OFF or (
            kind is Told.HAND_OFF_ENDED and state == HandOffState.WITHDRAWN
        )
        at = {Told.HAND_OFF: offered_at, Told.HAND_OFF_ANSWERED: answered_at}.get(kind, ended_at)
        said = {
            Told.HAND_OFF: note,
            Told.HAND_OFF_ANSWERED: answer,
            Told.HAND_OFF_ENDED: ending,
        }
        was = state
        if kind is Told.HAND_OFF_ANSWERED and state == HandOffState.GIVEN_BACK:
            was = HandOffState.ACCEPTED.value
        told.append(
            StoryEntry(
                kind=kind,
                id=key,
                at=at or offered_at,
                associate_id=from_id if by_giver else to_id,
                associate=from_name if by_giver else to_name,
                to=to_name if by_giver else from_name,
                to_id=to_id if by_giver else from_id,
                words=said[kind],
                departments=(place,) if place else (),
                state=was,
                channel="told" if client_told else "",
                on=until_on,
                of=key,
            )
        )
    return told


_giver, _taker = aliased(Associate), aliased(Associate)
_TOLD = Prepared(
    select(
        ident(HandOff.id),
        col(HandOff.offered_at),
        col(HandOff.answered_at),
        col(HandOff.ended_at),
        col(HandOff.from_id),
        col(_giver.name),
        col(HandOff.to_id),
        col(_taker.name),
        col(HandOff.note),
        col(HandOff.answer),
        col(HandOff.ending),
        col(HandOff.state),
        col(HandOff.until_on),
        col(HandOff.client_told),
        col(Department.name),
    )
    .join(_giver, ident(_giver.id) == col(HandOff.from_id))
    .join(_taker, ident(_taker.id) == col(HandOff.to_id))
    .outerjoin(Department, ident(Department.id) == col(HandOff.department_id))
    .where(ident(HandOff.id).in_(among("keys")))
)
