"""Who acts in this session, and may they?

The store hands out sessions that say on whose behalf they are (``Store.write(acting=…)``); the
window always says who is signed in. A role is looked up at the moment of acting, so that who was
made a manager is one at once, and who left is nobody at once.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.errors import Refusal
from clientele.domain.rules.rights import (
    ACTING,
    SET_UP,
    Acting,
    Right,
    Who,
    rights_of,
    roles_with,
)
from clientele.domain.tables import Associate
from clientele.domain.team import Role

if TYPE_CHECKING:
    from clientele.store.session import Store

Function = TypeVar("Function", bound=Callable[..., Any])


class NotAllowed(Refusal):
    """The role does not have the right that is needed. The template says whose role has it."""

    template = "This is for a manager. Nothing was changed; ask one of them to sign in and do it."


class OnlyAStoreManager(NotAllowed):
    """No department manager has it either."""

    template = (
        "This is for a store manager. Nothing was changed; ask one of them to sign in and do it."
    )


class SignInFirst(NotAllowed):
    """The window is locked, or nobody has signed in yet."""

    template = "Nobody is signed in. Nothing was changed; sign in with your PIN and do it again."


class NoLongerHere(NotAllowed):
    """The associate left, or is no more in the book."""

    template = (
        "You are no longer among the associates of this store. "
        "Nothing was changed; a store manager can take you in again."
    )


class NotYou(NotAllowed):
    """What is to be done says that another does it."""

    template = "This would be done in the name of somebody else. Nothing was changed; sign in anew."


def acting(session: Session) -> Acting:
    """On whose behalf this session is."""
    who: Acting = session.info.get(ACTING, SET_UP)
    return who


def needs(right: Right) -> Callable[[Function], Function]:
    """Mark the body of a verb with the right that it needs; without a mark it is ``SERVE``."""

    def mark(body: Function) -> Function:
        body.right = right  # type: ignore[attr-defined]
        return body

    return mark


def right_of(body: Callable[..., Any]) -> Right:
    """The right that a verb or its body needs."""
    found: Right = getattr(body, "right", Right.SERVE)
    return found


def require(session: Session, right: Right, *, by: int | None = None) -> None:
    """Go on only if whoever acts has ``right``; ``by`` is who is said to do it, if that is said.

    Raises:
        SignInFirst: nobody is signed in.
        NoLongerHere: the associate left.
        NotYou: ``by`` is another than who acts.
        NotAllowed: the role does not have it.
    """
    who = acting(session)
    role = None
    if who.who is Who.ASSOCIATE:
        role = _role(session, who)
        if by is not None and by != who.associate_id and right is not Right.OPEN:
            raise NotYou
    if right in rights_of(who.who, role):
        return
    if who.who is Who.NOBODY:
        raise SignInFirst
    raise NotAllowed if Role.DEPARTMENT_MANAGER in roles_with(right) else OnlyAStoreManager


def require_at_the_door(
    store: Store, right: Right, *, acting: Acting, by: int | None = None
) -> None:
    """Go on only if ``acting`` has ``right``, before anything else of something long is begun.

    For what takes the store itself, to read and write in many sessions. The session lent for this
    is given back before it goes on: where the first reading follows at once, ``require`` in that.

    Raises:
        NotAllowed: see ``require``, of ``by`` too.
    """
    with store.read(acting=acting) as session:
        require(session, right, by=by)


def require_over(session: Session, right: Right, associate_id: int) -> None:
    """Go on with what is one's own; what is a colleague's needs ``right``.

    Raises:
        NotAllowed: see ``require``.
    """
    require(session, Right.SERVE)
    who = acting(session)
    if who.who is Who.ASSOCIATE and who.associate_id != associate_id:
        require(session, right)


def may(session: Session, right: Right) -> bool:
    """Whether whoever acts has ``right``, for showing what can be done."""
    try:
        require(session, right)
    except NotAllowed:
        return False
    return True


def allowed_now(session: Session) -> frozenset[Right]:
    """All that whoever acts may do; nothing at all where they left."""
    return frozenset(right for right in Right if may(session, right))


def _role(session: Session, who: Acting) -> str:
    found = session.execute(
        select(col(Associate.role), col(Associate.active)).where(
            col(Associate.id) == who.associate_id
        )
    ).one_or_none()
    if found is None or not found.active:
        raise NoLongerHere
    return str(found.role)
