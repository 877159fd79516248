"""How many heaps of its own may the C library keep for our threads?

glibc gives every thread that allocates a heap of its own and hands little of it back. The readers
take turns, so each of their heaps holds what the others hold as well: some twenty megabytes of a
window that was used for a while. One heap for all costs threads a wait now and then, which
nobody can measure here: they hold the interpreter most of the time anyway.
"""

from __future__ import annotations

import ctypes
import sys

_ARENA_MAX = -8
"""``M_ARENA_MAX`` of glibc's malloc.h."""


def share_one() -> bool:
    """Let all threads allocate from one heap; call it before there are any.

    Answers whether the C library knows how: on others than glibc nothing is done.
    """
    if not sys.platform.startswith("linux"):
        return False
    try:
        return bool(ctypes.CDLL(None).mallopt(_ARENA_MAX, 1))
    except (OSError, AttributeError):
        return False
