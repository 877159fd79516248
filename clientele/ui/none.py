"""Why does a window that was open all day not die of "deallocating None"?

PySide6 6.12 counts on Python 3.12, where None is never counted: each call of a Qt method that
returns nothing takes one reference off None (``sys.getrefcount(None)`` before and after a hundred
``widget.update()`` shows it). On Python 3.11 the process aborts when none is left, after some tens
of thousands of calls. True and False go the same way. So each is given more references than any
process can use up.
"""

from __future__ import annotations

import ctypes
import sys

ENOUGH = 1 << 40 if sys.maxsize > 1 << 32 else 1 << 29
"""At a million calls a second, twelve days."""


def outlive_qt() -> None:
    """Make None, True and False outlive the program on Python 3.11; later ones need nothing."""
    for constant in (None, True, False):
        if sys.version_info < (3, 12) and sys.getrefcount(constant) < ENOUGH:
            references = ctypes.c_ssize_t.from_address(id(constant))
            references.value += ENOUGH
