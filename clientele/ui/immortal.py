"""Why does the window live longer than a few thousand calls into Qt on Python 3.11?

PySide6 6.12 is built for None, True and False that never die, as they are from Python 3.12 on
(PEP 683). On Python 3.11 each call into Qt that answers one of them takes a reference off it
without having added one, until the interpreter ends with “deallocating None”.
"""

from __future__ import annotations

import ctypes
import sys

NEVER_USED_UP = 1 << 40
"""References given in advance: a call a microsecond would take twelve days to use them up."""


def make_immortal() -> None:
    """Give None, True and False more references than can be taken off. Twice is once."""
    if sys.version_info >= (3, 12):
        return
    for constant in (None, True, False):
        count = ctypes.c_ssize_t.from_address(id(constant))
        if count.value < NEVER_USED_UP // 2:
            count.value += NEVER_USED_UP
