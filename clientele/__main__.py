"""The program's front door: ``clientele`` and ``python -m clientele``."""

from __future__ import annotations

import sys

from clientele.cli import main as run
from clientele.system.memory import keep_to_ourselves


def main() -> int:
    """Run what was typed, its memory kept from others."""
    keep_to_ourselves()
    return run()


if __name__ == "__main__":
    sys.exit(main())

__all__ = ["main"]
