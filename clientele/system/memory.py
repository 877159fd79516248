"""What is kept from others of what a secret leaves in memory, as far as Python allows.

See docs/decisions/0041-keys.md for what does not hold.
"""

from __future__ import annotations

import sys
from contextlib import suppress

_PR_SET_DUMPABLE = 4
"""From linux/prctl.h."""


def wipe(*secrets: bytearray) -> None:
    """Overwrite each with zeros, in place."""
    for secret in secrets:
        secret[:] = bytes(len(secret))


def keep_to_ourselves() -> None:
    """No core dump of this process, and no reading of its memory by the user's other programs.

    On Linux both, elsewhere on Unix the first; where the system does not allow it, nothing.
    """
    if sys.platform == "win32":
        return
    import resource

    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform.startswith("linux"):
        import ctypes

        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
