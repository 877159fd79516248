"""How many examples does a property test try that writes into a real book?"""

from __future__ import annotations

import os


def examples(few: int) -> int:
    """``few`` in ``make test``, which runs often; many times as many in ``make soak``."""
    return few * int(os.environ.get("TIMES_AS_MANY_EXAMPLES", "1"))
