"""Was this typed by a hand or by a barcode scanner, and is it a code?

A scanner types like a keyboard, only faster than any hand: a character every few milliseconds, then
Return. Times are those at which the keys were pressed, in milliseconds; only their distance counts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

GAP = 40
"""Milliseconds between two keys of a scanner at most; hands that type well take 60 and more."""

SHORTEST = 4
"""Fewer characters are no code: two keys of a fast hand may well fall together."""

_STARTS = re.compile(r"[0-9A-Z]")
_GOES_ON = re.compile(r"[0-9A-Za-z./-]")
_ARTICLE = frozenset({8, 12, 13, 14})
_CODE = re.compile(r"(?=[^\s]*\d)[0-9A-Za-z][0-9A-Za-z./-]{3,}")


@dataclass(slots=True)
class Burst:
    """Keys held back until it is plain whose they are.

    Feed it with ``press`` (a character) and ``finish`` (Return). ``held`` is what waits.
    """

    held: str = ""
    _last: int | None = field(default=None)

    def press(self, character: str, at: int) -> bool:
        """A character was pressed: whether it may belong to a scan and is held back.

        Ask ``late`` first: what waited too long is no scan and is to be let go before.
        """
        fast = self._last is not None and 0 <= at - self._last <= GAP
        self._last = at
        if self.held:
            ours = fast and _GOES_ON.fullmatch(character) is not None
        else:
            # A code does not begin in the middle of something that is being typed fast.
            ours = not fast and _STARTS.fullmatch(character) is not None
        if ours:
            self.held += character
        return ours

    def late(self, at: int) -> bool:
        """Whether what is held has waited longer for the next key than a scanner takes."""
        return bool(self.held) and self._last is not None and not 0 <= at - self._last <= GAP

    def finish(self, at: int) -> str:
        """Return was pressed: the code that was scanned, or nothing if a hand typed it."""
        scanned = bool(self.held) and not self.late(at) and looks_like_code(self.held)
        self._last = at
        return self.let_go() if scanned else ""

    def let_go(self) -> str:
        """What was held, which is not held any more."""
        held, self.held = self.held, ""
        return held


def looks_like_code(text: str) -> bool:
    """Whether ``text`` may be an article number or the tag of a promise: one word with a digit."""
    return len(text) >= SHORTEST and _CODE.fullmatch(text) is not None


def is_article_number(text: str) -> bool:
    """Whether ``text`` is a global trade item number: of a right length and check digit (GS1)."""
    if len(text) not in _ARTICLE or not (text.isascii() and text.isdigit()):
        return False
    weighed = sum(int(digit) * (3 if at % 2 else 1) for at, digit in enumerate(reversed(text)))
    return weighed % 10 == 0
