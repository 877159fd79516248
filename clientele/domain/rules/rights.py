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
    """All of a client's day: visits, notes, promises, tickets, follow-ups, messages."""
    EXPORT = "export"
    """Clients, purchases or a list into a file; the whole book."""
    IMPORT = "import"
    REASSIGN = "give clients of others"
    """Clients of one's own book anybody may give; these are a colleague's."""
    WORDING = "set how the store works"
    """Rules, shared templates, how clients may be reached, own fields, tags of all clients."""
    RESET_PIN = "give a PIN"
    """Department managers in their department, to those who are no managers."""
    TEAM = "set up the team"
    """Add people and departments, roles, who left; the store's own details and account."""
    AUDIT = "see the audit trail"
    COPY = "back up"
    RESTORE = "restore"
    KEYS = "change the keys"
    ERASE = "erase a client"


_EVERYBODY = frozenset({Right.OPEN, Right.BY_ITSELF})
_ASSOCIATE = _EVERYBODY | {Right.SERVE}
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


SET_UP = Acting(Who.SET_UP)
PROGRAM = Acting(Who.PROGRAM)
NOBODY = Acting(Who.NOBODY)


def associate(associate_id: int) -> Acting:
    """That associate acts, with the role they have at the moment of acting."""
    return Acting(Who.ASSOCIATE, associate_id)


def rights_of(who: Who, role: str | None = None) -> frozenset[Right]:
    """What somebody may do; ``role`` is an associate's. An unknown role serves clients only."""
    if who is Who.ASSOCIATE:
        return ROLES.get(role or "", _ASSOCIATE)
    return _EVERYBODY if who is Who.NOBODY else frozenset(Right)


def roles_with(right: Right) -> tuple[Role, ...]:
    """The roles that have it, the least first: whom to ask."""
    return tuple(role for role in Role if right in ROLES[role])
