"""Signing in by PIN, slower after each wrong try."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from sqlalchemy.orm import Session

from clientele.domain.errors import Refusal
from clientele.domain.rules.rights import Right, associate
from clientele.domain.tables import Associate
from clientele.services import audit
from clientele.services.acting import needs
from clientele.services.pins import is_right
from clientele.services.rows import the
from clientele.services.verb import lasting, verb

FREE_TRIES = 3
FIRST_WAIT = timedelta(seconds=5)
LONGEST_WAIT = timedelta(minutes=15)


class WaitForPin(Refusal):
    """A try came before the wait after wrong ones was over."""

    template = "That PIN was wrong a few times. Nothing is lost; try again in {seconds} s."


class NoPinYet(Refusal):
    """An associate known only from an import."""

    template = (
        "{name} has no PIN yet. Nothing was changed; whoever set up the terminal can give one."
    )


@dataclass(frozen=True, slots=True)
class SignIn:
    """An associate and the PIN that was typed."""

    associate_id: int
    pin: str


@lasting
@verb
@needs(Right.OPEN)
def sign_in(session: Session, what: SignIn, /, *, now: datetime) -> int | None:
    """Try a PIN: the subject of the answer is the associate when it was right, None when wrong.

    Three wrong tries are free; each further one doubles the wait from 5 seconds up to a quarter
    of an hour, kept in the book so that a restart does not shorten it.

    Raises:
        WaitForPin: the wait is not over; the try was not counted.
        NoPinYet: the associate was never given a PIN.
    """
    row = the(session, Associate, what.associate_id)
    if row.pin_hash is None or not row.active:
        raise NoPinYet(name=row.name)
    if row.pin_again_at is not None and now < row.pin_again_at <= now + LONGEST_WAIT:
        raise WaitForPin(seconds=ceil((row.pin_again_at - now).total_seconds()))
    if is_right(row.pin_hash, what.pin):
        row.wrong_pins, row.pin_again_at = 0, None
        audit.record(
            session,
            "sign_in",
            subject="associate",
            subject_id=row.id,
            now=now,
            acting=associate(what.associate_id),
        )
        return row.id
    audit.record(session, "sign_in_wrong", subject="associate", subject_id=row.id, now=now)
    row.wrong_pins += 1
    row.pin_again_at = now + wait_after(row.wrong_pins)
    return None


def wait_after(wrong: int) -> timedelta:
    """How long to wait after so many wrong tries in a row."""
    if wrong < FREE_TRIES:
        return timedelta()
    doublings: int = min(wrong - FREE_TRIES, 20)
    return min(FIRST_WAIT * 2.0**doublings, LONGEST_WAIT)
