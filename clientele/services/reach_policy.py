"""How the store reaches its clients: its managers say so, and it counts for everybody at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from clientele.domain.contacting import ReachPolicy
from clientele.domain.rules.policy_texts import Practice, practice_json
from clientele.domain.rules.rights import Right
from clientele.services.acting import needs
from clientele.services.rows import new_id
from clientele.services.verb import verb


@dataclass(frozen=True, slots=True)
class SetReachPolicy:
    """All of it, as it is to be from now on."""

    practice: Practice
    by: int


@verb
@needs(Right.WORDING)
def set_reach_policy(session: Session, what: SetReachPolicy, /, *, now: datetime) -> int | None:
    """Keep how the store reaches its clients; what waits to go out is asked by it, too."""
    body = practice_json(what.practice)
    row = session.query(ReachPolicy).order_by(ReachPolicy.id).first()  # type: ignore[arg-type]
    if row is None:
        return new_id(session, ReachPolicy(body=body, updated_at=now, associate_id=what.by))
    row.body, row.updated_at, row.associate_id = body, now, what.by
    return row.id
