"""PINs: how they are kept and compared (argon2id, RFC 9106). Which are taken: ``pin_rules``."""

from __future__ import annotations

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from clientele.domain.rules.pin_rules import LONGEST, SHORTEST, PinRefused, check_digits

__all__ = ["LONGEST", "SHORTEST", "PinRefused", "check_pin", "hashed", "is_right"]

_HASHER = PasswordHasher()


def hashed(pin: str) -> str:
    """``pin`` in the encoded form of argon2id, with its own salt.

    Raises:
        PinRefused: it has fewer than 4 or more than 8 characters, or other than digits.
    """
    check_pin(pin)
    return _HASHER.hash(pin)


def check_pin(pin: str) -> None:
    """Whether ``pin`` can be kept.

    Raises:
        PinRefused: it has fewer than 4 or more than 8 characters, or other than digits.
    """
    check_digits(pin)


def is_right(pin_hash: str | None, pin: str) -> bool:
    """Whether ``pin`` is the one that was hashed.

    Without a hash it is not, which takes as long as any other answer: how long it takes tells
    nobody who has a PIN.
    """
    try:
        _HASHER.verify(pin_hash or _nobodys(), pin)
    except (VerificationError, InvalidHashError):
        return False
    return pin_hash is not None


@cache
def _nobodys() -> str:
    return _HASHER.hash("nobody has this one")
