"""PINs: which are taken, and how they are kept (argon2id, RFC 9106)."""

from __future__ import annotations

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from clientele.domain.errors import Refusal

_HASHER = PasswordHasher()
SHORTEST, LONGEST = 4, 8


class PinRefused(Refusal):
    """Not a PIN that could be kept."""

    template = "A PIN has 4 to 8 digits. It was not changed; choose another."


def hashed(pin: str) -> str:
    """``pin`` in the encoded form of argon2id, with its own salt.

    Raises:
        PinRefused: it has fewer than 4 or more than 8 characters, or other than digits.
    """
    check_pin(pin)
    return _HASHER.hash(pin)


def check_pin(pin: str) -> None:
    """Whether ``pin`` can be taken.

    Raises:
        PinRefused: it has fewer than 4 or more than 8 characters, or other than digits.
    """
    if not (SHORTEST <= len(pin) <= LONGEST and pin.isascii() and pin.isdigit()):
        raise PinRefused


def is_right(pin_hash: str, pin: str) -> bool:
    """Whether ``pin`` is the one that was hashed."""
    try:
        return _HASHER.verify(pin_hash, pin)
    except (VerificationError, InvalidHashError):
        return False
