"""The commands for whoever sets up a terminal, and the window when no command is given.

Results go to stdout, all else to stderr. Exit codes: 0 done, 1 done with rejects or findings,
2 refused.
"""

from __future__ import annotations

from clientele.cli.program import main

__all__ = ["main"]
