"""Who may do what: rights, the roles that have them, and who is acting.

A verb names the right it needs (``services.verb``); what a role has stands here and nowhere else.
Finer questions, such as whether a client is in one's own book, are the verb's own.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from clientele.domain.team import Role


class Right(StrEnum):
    """What may be allowed to somebody. The value is how docs and the trail call it."""

    OPEN = "sign in"
    """Before anybody has signed in: choosing oneself and trying a PIN."""
    BY_ITSELF = "what the program does by itself"
    """Rules, reminders, the mail that waits, the daily copy: whoever is at the terminal."""
    SERVE = "serve clients"
    """All of a client's day: visits, notes, promises, tickets, follow-ups, messages, merging two
    who are one, one's own calendar and lists; walking to a department nobody wrote down yet."""
    EXPORT = "export"
    """Clients, purchases or a list into a file; the whole book; a colleague's calendar."""
    IMPORT = "import"
    """Clients and purchases out of a file. One's own calendar anybody may bring in."""
    REASSIGN = "act for colleagues"
    """Give a colleague's clients to another, say who knows them, say that a colleague is away."""
    WORDING = "set how the store works"
    """Rules, shared templates, how clients may be reached, own fields, tags of all clients."""
    RESET_PIN = "give a PIN"
    """Department managers in their department, to those who are no managers."""
    TEAM = "set up the team"
    """People and what they are called, roles, who left and who came back, what departments are
    called; the store's own details; the store's mail account, and that of a colleague."""
    AUDIT = "see the audit trail"
    COPY = "back up"
    RESTORE = "restore"
    KEYS = "change the keys"
    ERASE = "erase a client"


EVERYBODY = frozenset({Right.OPEN, Right.BY_ITSELF})
"""What needs nobody to be signed in."""
_ASSOCIATE = EVERYBODY | {Right.SERVE}
_DEPARTMENT = _ASSOCIATE | {
    Right.EXPORT,
    Right.IMPORT,
    Right.REASSIGN,
    Right.WORDING,
    Right.RESET_PIN,
    Right.COPY,
}

ROLES: dict[str, frozenset[Right]] = {
    Role.ASSOCIATE: _ASSOCIATE,
    Role.DEPARTMENT_MANAGER: _DEPARTMENT,
    Role.STORE_MANAGER: frozenset(Right),
}
"""What each role of an associate has."""


class Who(StrEnum):
    """What kind of somebody is acting."""

    ASSOCIATE = "associate"
    SET_UP = "set-up"
    """Who holds the key of the book and runs commands: nobody above them."""
    PROGRAM = "program"
    NOBODY = "nobody"
    """A window in which nobody has signed in."""


@dataclass(frozen=True, slots=True)
class Acting:
    """On whose behalf the book is read or written."""

    who: Who
    associate_id: int | None = None


ACTING = "acting"
"""Where a session keeps its ``Acting``: ``session.info[ACTING]``."""

SET_UP = Acting(Who.SET_UP)
PROGRAM = Acting(Who.PROGRAM)
NOBODY = Acting(Who.NOBODY)


def associate(associate_id: int) -> Acting:
    """That associate acts, with the role they have at the moment of acting."""
    return Acting(Who.ASSOCIATE, associate_id)


OVER_ALL: frozenset[str] = frozenset({Role.STORE_MANAGER})
"""Whose rights over colleagues hold in every department; of the others in their own alone."""


def has(role: str | None, right: Right) -> bool:
    """Whether an associate of this role has it."""
    return right in rights_of(Who.ASSOCIATE, role)


def has_over(role: str | None, right: Right, department: int | None, theirs: int | None) -> bool:
    """Whether an associate of this role and department has it over somebody of ``theirs``."""
    if role in OVER_ALL or not has(role, right):
        return has(role, right)
    return department is not None and department == theirs


def may_give_pin(by: str, department: int | None, role: str, theirs: int | None) -> bool:
    """Whether a manager of role ``by`` and ``department`` gives a PIN to somebody of ``role``.

    A department manager does in their own department, and never to a manager: who knows another's
    PIN could sign in as them and have their rights.
    """
    if role != Role.ASSOCIATE and by not in OVER_ALL:
        return False
    return has_over(by, Right.RESET_PIN, department, theirs)


def rights_of(who: Who, role: str | None = None) -> frozenset[Right]:
    """What somebody may do; ``role`` is an associate's. An unknown role serves clients only."""
    if who is Who.ASSOCIATE:
        return ROLES.get(role or "", _ASSOCIATE)
    return EVERYBODY if who is Who.NOBODY else frozenset(Right)


def roles_with(right: Right) -> tuple[Role, ...]:
    """The roles that have it, the least first: whom to ask."""
    return tuple(role for role in Role if right in ROLES[role])
