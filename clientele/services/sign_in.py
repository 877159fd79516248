"""Signing in by PIN: each try is counted before it is looked at, slower each time, ten at most.

Two writes: ``count_try`` is on the disk before ``sign_in`` or ``choose_pin`` compares anything, so
that a program that is killed in between has lost a try and not won one. See docs/decisions/0044.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import wraps
from math import ceil
from typing import Protocol, TypeVar

from sqlalchemy.orm import Session

from clientele.domain.errors import Refusal
from clientele.domain.rules.pin_rules import check_chosen
from clientele.domain.rules.rights import Right, associate
from clientele.domain.tables import Associate
from clientele.services import audit
from clientele.services.acting import needs
from clientele.services.changes import Changes
from clientele.services.pins import hashed, is_right
from clientele.services.rows import the
from clientele.services.verb import Verb, lasting, verb

W = TypeVar("W", bound="SignIn | ChoosePin")
W_contra = TypeVar("W_contra", contravariant=True)

FREE_TRIES = 3
FIRST_WAIT = timedelta(seconds=5)
LONGEST_WAIT = timedelta(minutes=15)
MOST_TRIES = 10
"""After so many wrong ones in a row the PIN is locked."""


class WaitForPin(Refusal):
    """A try came before the wait after wrong ones was over."""

    template = "That PIN was wrong a few times. Nothing is lost; try again in {seconds} s."


class PinLocked(Refusal):
    """Too many wrong tries in a row."""

    template = (
        "The PIN of {name} is locked after ten wrong tries. Nothing is lost; "
        "a manager gives a new one under More, Team."
    )


class NoPinYet(Refusal):
    """An associate known only from an import."""

    template = (
        "{name} has no PIN yet. Nothing was changed; whoever set up the terminal can give one."
    )


class TryNotCounted(Refusal):
    """A PIN is compared only once its try was counted."""

    template = "That PIN was not looked at. Nothing was changed; type it again."


@dataclass(frozen=True, slots=True)
class CountTry:
    """Somebody is about to try a PIN of this associate."""

    associate_id: int


@dataclass(frozen=True, slots=True)
class SignIn:
    """An associate and the PIN that was typed."""

    associate_id: int
    pin: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class ChoosePin:
    """The PIN that an associate has, and the one that they choose."""

    associate_id: int
    old: str = field(repr=False)
    new: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Tried(Changes):
    """What became of a try; ``subject`` is the associate where the PIN was right."""

    must_choose: bool = False
    """Whether another gave this PIN, so that an own one is chosen before anything is seen."""
    wrong: int = 0
    """How many were wrong in a row."""


@lasting
@verb
@needs(Right.OPEN)
def count_try(session: Session, what: CountTry, /, *, now: datetime) -> int | None:
    """Count a try that is about to be made; commit it before the PIN is compared.

    Answers which try in a row it is. None: something was written down instead, and the same
    question is refused from now on. That is so where the clock was set back, from when on the wait
    begins anew, and where the program ended before it could lock the PIN.

    Three wrong tries are free; each further one doubles the wait from 5 seconds up to a quarter
    of an hour, kept in the book so that a restart does not shorten it.

    Raises:
        PinLocked: there were ten wrong ones in a row.
        WaitForPin: the wait is not over; the try was not counted.
    """
    row = the(session, Associate, what.associate_id)
    if row.pin_locked_at is not None:
        raise PinLocked(name=row.name)
    if row.wrong_pins >= MOST_TRIES:
        _lock(session, row, now)
        return None
    wait = wait_after(row.wrong_pins)
    if wait and row.pin_again_at is not None:
        if now < row.pin_again_at - wait:
            row.pin_again_at = now + wait
            return None
        if now < row.pin_again_at:
            raise WaitForPin(seconds=ceil((row.pin_again_at - now).total_seconds()))
    row.wrong_pins += 1
    row.pin_again_at = now + wait_after(row.wrong_pins)
    row.pin_trying = True
    return row.wrong_pins


class Telling(Protocol[W_contra]):
    """A verb that answers ``Tried``."""

    def __call__(self, session: Session, what: W_contra, /, *, now: datetime) -> Tried: ...


def _tells(choose: Verb[W]) -> Telling[W]:
    """A verb that compares a PIN answers how it stands with it, as ``Tried``."""

    @wraps(choose)
    def run(session: Session, what: W, /, *, now: datetime) -> Tried:
        changes = choose(session, what, now=now)
        row = the(session, Associate, what.associate_id)
        given = changes.subject is not None and row.pin_given
        return Tried(
            changes.ids, changes.clients, changes.subject, must_choose=given, wrong=row.wrong_pins
        )

    return run


@_tells
@lasting
@verb
@needs(Right.OPEN)
def sign_in(session: Session, what: SignIn, /, *, now: datetime) -> int | None:
    """Compare a PIN whose try was counted (``count_try``).

    The subject is the associate when it was right, None when wrong. The tenth wrong one in a row
    locks the PIN until a manager gives another.

    Raises:
        TryNotCounted: no try was counted since the last one was compared.
        NoPinYet: the associate was never given a PIN, or left.
    """
    row = the(session, Associate, what.associate_id)
    if not _compare(session, row, what.pin, now):
        return None
    who = associate(what.associate_id)
    audit.record(session, "sign_in", subject="associate", subject_id=row.id, now=now, acting=who)
    return row.id


@_tells
@lasting
@verb
@needs(Right.OPEN)
def choose_pin(session: Session, what: ChoosePin, /, *, now: datetime) -> int | None:
    """Change one's own PIN, with the old one, whose try was counted (``count_try``).

    The subject is the associate when the old one was right, None when it was wrong.

    Raises:
        PinRefused: the new one cannot be taken, and why (``check_new``).
        TryNotCounted, NoPinYet: as ``sign_in``.
    """
    check_new(session, what)
    row = the(session, Associate, what.associate_id)
    if not _compare(session, row, what.old, now):
        return None
    set_pin(row, what.new, now)
    who = associate(what.associate_id)
    audit.record(session, "choose_pin", subject="associate", subject_id=row.id, now=now, acting=who)
    return row.id


def check_new(session: Session, what: ChoosePin) -> None:
    """Whether the new PIN could be taken; to be asked before a try of the old one is counted.

    Raises:
        PinRefused: by its kind, why not.
    """
    row = the(session, Associate, what.associate_id)
    check_chosen(what.new, role=row.role, before=what.old, known=numbers_of(row))


def numbers_of(row: Associate) -> tuple[str, ...]:
    """Numbers of an associate that others know: their own in this book, as lists show it."""
    return (f"{row.id:08d}",)


def wait_after(wrong: int) -> timedelta:
    """How long to wait after so many wrong tries in a row."""
    if wrong < FREE_TRIES:
        return timedelta()
    doublings: int = min(wrong - FREE_TRIES, 20)
    return min(FIRST_WAIT * 2.0**doublings, LONGEST_WAIT)


def set_pin(row: Associate, pin: str, now: datetime) -> None:
    """Give ``row`` the PIN that its owner chose, and forget wrong tries."""
    row.pin_hash, row.pin_given, row.pin_at = hashed(pin), False, now
    row.wrong_pins, row.pin_again_at, row.pin_locked_at = 0, None, None
    row.pin_trying = False


def _compare(session: Session, row: Associate, pin: str, now: datetime) -> bool:
    """Whether ``pin`` is right: then wrong tries are forgotten, else the trail knows of it."""
    able = row.pin_hash if row.active else None
    right = is_right(able, pin)
    if able is None:
        raise NoPinYet(name=row.name)
    if not row.pin_trying or row.pin_locked_at is not None:
        raise TryNotCounted
    row.pin_trying = False
    if right:
        row.wrong_pins, row.pin_again_at = 0, None
        return True
    audit.record(session, "sign_in_wrong", subject="associate", subject_id=row.id, now=now)
    if row.wrong_pins >= MOST_TRIES:
        _lock(session, row, now)
    return False


def _lock(session: Session, row: Associate, now: datetime) -> None:
    row.pin_locked_at, row.pin_trying = now, False
    audit.record(session, "sign_in_locked", subject="associate", subject_id=row.id, now=now)
