"""Words that were typed and not yet kept, by associate and place on the screen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from clientele.domain.rules.rights import Right, Who
from clientele.domain.tables import Draft
from clientele.services.acting import acting, needs
from clientele.services.verb import lasting, verb


@dataclass(frozen=True, slots=True)
class TypeDraft:
    """The text as it stands in the field now; empty forgets the draft."""

    by: int
    place: str
    body: str


@lasting
@verb
@needs(Right.BY_ITSELF)
def type_draft(session: Session, what: TypeDraft, /, *, now: datetime) -> int | None:
    """Keep what is being typed, so that no lock, crash or power cut loses it."""
    if not what.body:
        forget_draft(session, what.by, what.place)
        return None
    row = session.get(Draft, (what.by, what.place))
    if row is None:
        session.add(Draft(associate_id=what.by, place=what.place, body=what.body, typed_at=now))
    else:
        row.body, row.typed_at = what.body, now
    return None


def forget_draft(session: Session, by: int | None, place: str) -> None:
    """Clear a draft whose words were kept elsewhere; an empty ``place``, or nobody, has none.

    An associate clears no draft but their own: who is to do a thing is not who typed it.
    """
    who = acting(session)
    if who.who is Who.ASSOCIATE and who.associate_id != by:
        return
    row = session.get(Draft, (by, place)) if place and by is not None else None
    if row is not None:
        session.delete(row)


def sensitive_mark(place: str) -> str:
    """The place that says, while anything is kept there, that the words at ``place`` are sensitive.

    They become a note with that mark, whoever makes it of them.
    """
    return f"{place}, sensitive"
