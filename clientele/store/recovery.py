"""How is the recovery key written on paper, and read back from it?

16 random bytes as 26 signs of Crockford's base 32 (https://www.crockford.com/base32.html: no I,
L, O or U), and two signs more that form a Reed-Solomon code over GF(32) with the rest: one wrong
sign is always noticed, and its place is known, so that we can say which group to look at. Seven
groups of four.
"""

from __future__ import annotations

from clientele.store.errors import StoreRefusal

SECRET_SIZE = 16
_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_READ_AS = str.maketrans("OIL", "011")
_BODY, _LENGTH, _GROUP = 26, 28, 4


class MistypedRecoveryKey(StoreRefusal):
    """What was typed is no recovery key."""

    template = (
        "This is not a recovery key: something in it was misread. "
        "Nothing was changed; compare it with the paper once more."
    )


def _powers() -> tuple[int, ...]:
    """The powers of a root of x⁵ + x² + 1, which are all of GF(32) but zero."""
    powers = [1]
    while len(powers) < 31:
        value = powers[-1] << 1
        powers.append(value ^ 0b100101 if value & 0b100000 else value)
    return tuple(powers)


_POWER = _powers()
_LOG = {value: place for place, value in enumerate(_POWER)}


def written(secret: bytes | bytearray) -> str:
    """The 16 bytes of ``secret`` as they are printed: ``XXXX-XXXX-…``, seven groups of four."""
    if len(secret) != SECRET_SIZE:
        raise ValueError("a recovery secret has 16 bytes")
    number = int.from_bytes(secret, "big")
    body = [number >> 5 * (_BODY - 1 - place) & 31 for place in range(_BODY)]
    signs = "".join(_SIGNS[value] for value in body + _checks(body))
    return "-".join(signs[start : start + _GROUP] for start in range(0, _LENGTH, _GROUP))


def read(text: str) -> bytes:
    """The secret that was ``written`` as ``text``; blanks, hyphens and lower case do not matter.

    Raises ``MistypedRecoveryKey``, naming the group that is wrong where that can be known.
    """
    signs = [sign for sign in text.upper().translate(_READ_AS) if sign not in " -–—_.\t\r\n\u00a0"]
    for place, sign in enumerate(signs[:_LENGTH]):
        if sign not in _SIGNS:
            raise _wrong_group(place)
    if len(signs) != _LENGTH:
        raise MistypedRecoveryKey(
            "The recovery key has 28 letters and digits, and these are {count}. "
            "Nothing was changed; compare it with the paper once more.",
            count=len(signs),
        )
    values = [_SIGNS.index(sign) for sign in signs]
    first, second = _syndromes(values)
    if first or second:
        if first and second:
            place = (_LOG[second] - _LOG[first]) % 31
            if place < _LENGTH:
                raise _wrong_group(place)
        raise MistypedRecoveryKey
    number = 0
    for value in values[:_BODY]:
        number = number << 5 | value
    if number >> 8 * SECRET_SIZE:
        raise MistypedRecoveryKey
    return number.to_bytes(SECRET_SIZE, "big")


def _wrong_group(place: int) -> MistypedRecoveryKey:
    return MistypedRecoveryKey(
        "In this recovery key the group number {group} looks wrong. "
        "Nothing was changed; compare that group with the paper.",
        group=place // _GROUP + 1,
    )


def _checks(body: list[int]) -> list[int]:
    """The two signs that make both syndromes of the whole zero."""
    first, second = _syndromes(body)
    a, b = _POWER[26], _POWER[27]
    c, d = _POWER[52 % 31], _POWER[54 % 31]
    determinant = _times(a, d) ^ _times(b, c)
    return [
        _over(_times(first, d) ^ _times(second, b), determinant),
        _over(_times(second, a) ^ _times(first, c), determinant),
    ]


def _syndromes(values: list[int]) -> tuple[int, int]:
    first = second = 0
    for place, value in enumerate(values):
        first ^= _times(value, _POWER[place])
        second ^= _times(value, _POWER[2 * place % 31])
    return first, second


def _times(one: int, other: int) -> int:
    return _POWER[(_LOG[one] + _LOG[other]) % 31] if one and other else 0


def _over(one: int, other: int) -> int:
    return _POWER[(_LOG[one] - _LOG[other]) % 31] if one else 0
