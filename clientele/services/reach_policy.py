"""How the store reaches its clients: its managers say so, and it counts for everybody at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from clientele.domain.contacting import ReachPolicy
from clientele.domain.errors import Refusal
from clientele.domain.rules.policy_texts import Practice, practice_json
from clientele.domain.tables import Associate
from clientele.domain.team import Role
from clientele.services.rows import new_id, the
from clientele.services.verb import verb


class OnlyManagersDecide(Refusal):
    """An associate who is no manager."""

    template = (
        "Only a manager decides how the store reaches its clients. Nothing was changed; ask one "
        "of them."
    )


@dataclass(frozen=True, slots=True)
class SetReachPolicy:
    """All of it, as it is to be from now on."""

    practice: Practice
    by: int


def may_decide(role: str) -> bool:
    """Whether an associate of this role may say how the store reaches its clients."""
    return role in (Role.STORE_MANAGER, Role.DEPARTMENT_MANAGER)


@verb
def set_reach_policy(session: Session, what: SetReachPolicy, /, *, now: datetime) -> int | None:
    """Keep how the store reaches its clients; what waits to go out is asked by it, too.

    Raises:
        OnlyManagersDecide: an associate asks who is no manager.
    """
    if not may_decide(the(session, Associate, what.by).role):
        raise OnlyManagersDecide
    body = practice_json(what.practice)
    row = session.query(ReachPolicy).order_by(ReachPolicy.id).first()  # type: ignore[arg-type]
    if row is None:
        return new_id(session, ReachPolicy(body=body, updated_at=now, associate_id=what.by))
    row.body, row.updated_at, row.associate_id = body, now, what.by
    return row.id
