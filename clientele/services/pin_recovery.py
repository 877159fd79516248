"""When no store manager can sign in: the recovery key on paper opens choosing a new PIN.

Whoever has the paper and the file can read the whole book in any case, so it is worth no less
than a manager's word; and it leaves its entry in the audit trail.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from hmac import compare_digest

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.errors import Refusal
from clientele.domain.rules.pin_rules import check_chosen
from clientele.domain.rules.rights import SET_UP, Right
from clientele.domain.tables import Associate
from clientele.domain.team import Role
from clientele.services import audit
from clientele.services.acting import needs
from clientele.services.rows import the
from clientele.services.sign_in import numbers_of, set_pin
from clientele.services.verb import lasting, verb
from clientele.store import recovery
from clientele.store.keys import WrongRecoveryKey, derived
from clientele.store.queries.columns import ident
from clientele.store.session import Store
from clientele.system.memory import wipe


class OnlyForAStoreManager(Refusal):
    """A manager gives the others theirs."""

    template = (
        "The recovery key gives a PIN to a store manager, who gives one to {name}. "
        "Nothing was changed; choose a store manager."
    )


@dataclass(frozen=True, slots=True)
class PinByPaper:
    """Who chooses a PIN because nobody else can give them one."""

    associate_id: int
    pin: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Manager:
    """Somebody who may choose a PIN with the recovery key."""

    id: int
    name: str
    role: str


def recoverable(session: Session) -> tuple[Manager, ...]:
    """Who may choose a PIN with the recovery key: store managers; all, where there is none."""
    rows = session.execute(
        select(ident(Associate.id), col(Associate.name), col(Associate.role))
        .where(col(Associate.active).is_(True))
        .order_by(col(Associate.name), ident(Associate.id))
    )
    people = tuple(Manager(*row) for row in rows)
    return tuple(one for one in people if one.role == Role.STORE_MANAGER) or people


def choose_by_recovery_key(store: Store, typed: str, what: PinByPaper, *, now: datetime) -> None:
    """Give a store manager the PIN that they chose, on the word of the recovery key as ``typed``.

    Raises:
        MistypedRecoveryKey: it is none; a group that was misread is named.
        WrongRecoveryKey: it is another book's.
        PinRefused: the PIN cannot be taken, and why.
        OnlyForAStoreManager: somebody else was chosen.
    """
    data_key = derived(recovery.read(typed))
    fits = compare_digest(bytes(data_key), bytes(store.data_key))
    wipe(data_key)
    if not fits:
        raise WrongRecoveryKey(path=store.path)
    with store.write(acting=SET_UP) as session:
        choose_pin_by_paper(session, what, now=now)


@lasting
@verb
@needs(Right.KEYS)
def choose_pin_by_paper(session: Session, what: PinByPaper, /, *, now: datetime) -> int | None:
    """Give a store manager the PIN that they chose; for who holds the recovery key.

    Raises:
        PinRefused: it cannot be taken, and why.
        OnlyForAStoreManager: they are none, and there is one.
    """
    row = the(session, Associate, what.associate_id)
    if row.id not in {one.id for one in recoverable(session)}:
        raise OnlyForAStoreManager(name=row.name)
    check_chosen(what.pin, role=row.role, known=numbers_of(row))
    set_pin(row, what.pin, now)
    audit.record(session, "choose_pin_by_paper", subject="associate", subject_id=row.id, now=now)
    return row.id
