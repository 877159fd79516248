"""How does a queued e-mail stand, may it be sent, and what becomes of it? It is never sent twice.

Two marks are committed while it is sent: SENDING before the first byte, DOT right before the dot
that makes it complete for the server (``system/mail.py``). So whatever happens in between, the
book knows on which side of the dot it was: before it nothing was sent and it may be repeated,
behind it only the server's answer tells, and without one a person decides.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from clientele.system.mail_answers import Ending, Outcome


class MailState(StrEnum):
    """How it stands."""

    QUEUED = "queued"
    SENDING = "sending"
    DOT = "dot"  # still sending: from here on it may have arrived
    LATER = "later"
    SENT = "sent"
    REFUSED = "refused"
    UNSURE = "unsure"
    CALLED_OFF = "called off"


class NotYet(StrEnum):
    """Why an e-mail was not begun, where no server was asked."""

    QUIET = "quiet hours"
    """It waits until the client may be written to."""
    NOT_ALLOWED = "not allowed"
    """The client may not be written to, and no hour changes that soon."""
    NO_ADDRESS = "address gone"
    """The address it was written for is not the client's any more."""
    UNFIT = "unfit"
    """No server could be given it: a character in it, or in what the account says."""
    TOO_LATE = "too late"
    """It waited for so long that it may no longer be true."""
    RESTORED = "restored"
    """It waited in a copy of the book that was restored since: it may have left meanwhile."""


class MailMove(StrEnum):
    """What can happen to it: by the program, by the server, or by a person."""

    BEGIN = "begin"
    DOT = "dot"
    TAKEN = "taken"
    REFUSED = "refused"
    PUT_OFF = "put off"
    NO_ANSWER = "no answer"
    ACCOUNT = "account"  # the account or the connection is at fault, not the letter
    GIVE_UP = "give up"
    NOT_ALLOWED = "not allowed"  # asked again right before, the gate says no (``NotYet``)
    FOUND = "found"  # the program starts, and nobody is sending it any more
    AGAIN = "again"
    ARRIVED = "arrived"
    CALL_OFF = "call off"


MOVES: dict[tuple[MailState, MailMove], MailState] = {
    (MailState.QUEUED, MailMove.BEGIN): MailState.SENDING,
    (MailState.LATER, MailMove.BEGIN): MailState.SENDING,
    (MailState.SENDING, MailMove.DOT): MailState.DOT,
    (MailState.DOT, MailMove.TAKEN): MailState.SENT,
    (MailState.SENDING, MailMove.REFUSED): MailState.REFUSED,
    (MailState.DOT, MailMove.REFUSED): MailState.REFUSED,
    (MailState.SENDING, MailMove.PUT_OFF): MailState.LATER,
    (MailState.DOT, MailMove.PUT_OFF): MailState.LATER,
    (MailState.DOT, MailMove.NO_ANSWER): MailState.UNSURE,
    (MailState.SENDING, MailMove.ACCOUNT): MailState.QUEUED,
    (MailState.SENDING, MailMove.FOUND): MailState.QUEUED,
    (MailState.DOT, MailMove.FOUND): MailState.UNSURE,
    (MailState.QUEUED, MailMove.GIVE_UP): MailState.REFUSED,
    (MailState.LATER, MailMove.GIVE_UP): MailState.REFUSED,
    (MailState.QUEUED, MailMove.NOT_ALLOWED): MailState.REFUSED,
    (MailState.LATER, MailMove.NOT_ALLOWED): MailState.REFUSED,
    (MailState.LATER, MailMove.AGAIN): MailState.QUEUED,
    (MailState.REFUSED, MailMove.AGAIN): MailState.QUEUED,
    (MailState.UNSURE, MailMove.AGAIN): MailState.QUEUED,
    (MailState.UNSURE, MailMove.ARRIVED): MailState.SENT,
    (MailState.QUEUED, MailMove.CALL_OFF): MailState.CALLED_OFF,
    (MailState.LATER, MailMove.CALL_OFF): MailState.CALLED_OFF,
    (MailState.REFUSED, MailMove.CALL_OFF): MailState.CALLED_OFF,
    (MailState.UNSURE, MailMove.CALL_OFF): MailState.CALLED_OFF,
}
"""What becomes of it; a move that is not here is refused and changes nothing."""

OF_A_PERSON = frozenset({MailMove.AGAIN, MailMove.ARRIVED, MailMove.CALL_OFF})
"""What the program never does by itself."""

ASKS = frozenset({MailState.UNSURE, MailState.REFUSED})
"""In these nothing happens any more until a person says what."""

BEING_SENT = frozenset({MailState.SENDING, MailState.DOT})
"""In these exactly one sender is at it; found when the program starts, there is none."""

OVER = frozenset({MailState.SENT, MailState.CALLED_OFF})
"""Nothing leads on from there."""

WAITS = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(minutes=30),
    timedelta(hours=1),
    timedelta(hours=2),
    timedelta(hours=4),
)
"""From each try to the next; the last one stays. RFC 5321 (4.5.4.1): first soon, then half hours.

A server that asks a stranger to come again (grey listing) is content after five to fifteen minutes.
"""

GIVE_UP_AFTER = timedelta(days=1)
"""From queueing. “Your suit is ready, come until six” is no news a day later: a person decides."""

_ENDED: dict[Ending, MailMove] = {
    Ending.SENT: MailMove.TAKEN,
    Ending.REFUSED: MailMove.REFUSED,
    Ending.LATER: MailMove.PUT_OFF,
    Ending.UNSURE: MailMove.NO_ANSWER,
}


@dataclass(frozen=True, slots=True)
class Posting:
    """What the queue keeps of an e-mail. Instants are aware.

    ``queued_at``: when it was queued, or a person last said to send it again. ``tries``: how often
    it was put off since then. ``next_at``: not to be tried before, set by being put off and by
    nothing else; None: at once.
    """

    queued_at: datetime
    state: MailState = MailState.QUEUED
    tries: int = 0
    next_at: datetime | None = None


def after(state: str, move: MailMove) -> MailState | None:
    """The state that a move leads to, or None where it is not one that can be made."""
    return MOVES.get((MailState(state), move))


def move_of(outcome: Outcome) -> MailMove:
    """What an outcome of sending does. Raises ``KeyError`` for one that was no sending."""
    return MailMove.ACCOUNT if outcome.stops_the_account else _ENDED[outcome.ending]


def moved(posting: Posting, move: MailMove, *, now: datetime) -> Posting | None:
    """The e-mail after a move at ``now``, or None where the move cannot be made.

    A person who says to send it again starts its day and its waits anew.
    """
    state = after(posting.state, move)
    if state is None:
        return None
    if move is MailMove.AGAIN:
        return Posting(queued_at=now)
    if move is MailMove.PUT_OFF:
        wait = WAITS[min(posting.tries, len(WAITS) - 1)]
        return replace(posting, state=state, tries=posting.tries + 1, next_at=now + wait)
    return replace(posting, state=state, next_at=None)


def is_due(posting: Posting, *, now: datetime) -> bool:
    """Whether it may be begun now. What may reach the client, and when, is asked apart from this.

    A next try that lies further ahead than any wait was set by a clock that has since been set
    back, and does not count.
    """
    if after(posting.state, MailMove.BEGIN) is None or is_too_late(posting, now=now):
        return False
    at = posting.next_at
    return at is None or at <= now or at - now > WAITS[-1]


def is_too_late(posting: Posting, *, now: datetime) -> bool:
    """Whether it has been waiting for so long that a person should look at it before it is sent."""
    waiting = after(posting.state, MailMove.GIVE_UP) is not None
    return waiting and now - posting.queued_at > GIVE_UP_AFTER


def on_start(posting: Posting, *, now: datetime) -> Posting:
    """The e-mail as a program that starts finds it: with nobody sending it any more.

    Only where one program holds the book (docs/decisions/0003-one-program-per-book.md).
    """
    return moved(posting, MailMove.FOUND, now=now) or posting


@dataclass(frozen=True, slots=True)
class Pause:
    """How an account stands: one that cannot be reached is tried once, not once for each letter.

    ``next_at``: not to be tried before; None: at once. ``asks``: not before a person acted.
    """

    tries: int = 0
    next_at: datetime | None = None
    asks: bool = False


class AccountTrouble(StrEnum):
    """What is in the way of an account before any server is asked."""

    NO_KEYRING = "no keyring"
    """It does not open, and may another time."""
    NO_PASSWORD = "no password"
    """It keeps none for this account, as on another terminal: somebody has to enter it."""

    @property
    def sentence(self) -> str:
        """What to tell, as a template with the ``server``."""
        return _TROUBLES[self]


_TROUBLES = {
    AccountTrouble.NO_KEYRING: (
        "The keyring of this computer does not open, and with it the password for {server}. "
        "Nothing was sent and nothing is lost; unlock the keyring, it is tried again by itself."
    ),
    AccountTrouble.NO_PASSWORD: (
        "The password for {server} is not in the keyring of this computer. "
        "Nothing was sent, and every e-mail waits; enter the password of the account anew."
    ),
}


def pause_in(pause: Pause, trouble: AccountTrouble, *, now: datetime) -> Pause:
    """The pause of an account that could not even be tried."""
    if trouble is AccountTrouble.NO_PASSWORD:
        return Pause(pause.tries + 1, asks=True)
    return Pause(pause.tries + 1, now + WAITS[min(pause.tries, len(WAITS) - 1)])


def pause_after(pause: Pause, outcome: Outcome, *, now: datetime) -> Pause:
    """The pause of an account after it was used, for a letter or to try it.

    A wrong password is never tried again by itself: some servers lock the account at the third.
    All else may mend without anybody here, and is told at once and tried again with growing waits.
    """
    if not outcome.stops_the_account:
        return Pause()
    tries = pause.tries + 1
    if outcome.ending is Ending.WRONG_PASSWORD:
        return Pause(tries, asks=True)
    return Pause(tries, now + WAITS[min(pause.tries, len(WAITS) - 1)])


def may_use(pause: Pause, *, now: datetime) -> bool:
    """Whether an account may be used now; of a clock that was set back see ``is_due``."""
    at = pause.next_at
    return not pause.asks and (at is None or at <= now or at - now > WAITS[-1])
