"""The program's front door: ``clientele`` and ``python -m clientele``."""

from __future__ import annotations

import sys

from clientele.cli import main

if __name__ == "__main__":
    sys.exit(main())

__all__ = ["main"]
