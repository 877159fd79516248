"""Reading the audit trail, for who may: what was done, and whether it is as it was written."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy.orm import Session

from clientele.domain.rules.rights import Right
from clientele.services.acting import require
from clientele.store.audit_check import Chain, check_chain
from clientele.store.queries.audit import Asked, Trail, trail


def read_trail(session: Session, asked: Asked) -> Trail:
    """One page of the trail.

    Raises:
        NotAllowed: the role does not see it.
    """
    require(session, Right.AUDIT)
    return trail(session, asked)


def read_chain(session: Session, *, leave: Callable[[], bool] = lambda: False) -> Chain:
    """Whether every entry is as it was written.

    Raises:
        NotAllowed: the role does not see it.
    """
    require(session, Right.AUDIT)
    return check_chain(session.connection(), leave=leave)
