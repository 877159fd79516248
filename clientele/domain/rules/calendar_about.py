"""What is an appointment of another calendar about, once the client's name is taken out of it?

“Fitting with Ada van der Berg” is about a fitting: who comes stands beside it already.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

_JOINING: Final = r"(?:with|for|and|by|mit|für|und|von|met|voor|en|van|w/)"
_TITLE: Final = r"(?:mrs?|ms|miss|dr|prof|herrn?|frau|dhr|mevr|mw|heer|mevrouw|meneer)\.?"
_MARKS: Final = " \t:;,.·|/–—-@&()[]"
LONGEST: Final = 500


def about_of(summary: str, names: Iterable[str]) -> str:
    """``summary`` without any of ``names``, and without the words that tied them to it."""
    about = " ".join(summary[:LONGEST].split())
    for name in sorted({one.strip() for one in names if len(one.strip()) > 1}, key=len)[::-1]:
        parts = r"\s+".join(re.escape(part) for part in name.split())
        about = re.sub(
            rf"(?<!\w)(?:{_JOINING}\s+)?(?:{_TITLE}\s+)?{parts}(?:['’]s)?(?!\w)",
            " ",
            about,
            flags=re.IGNORECASE,
        )
    about = " ".join(about.split()).strip(_MARKS)
    tied = re.compile(rf"^{_JOINING}\s+|\s+{_JOINING}$", re.IGNORECASE)
    while (shorter := tied.sub("", about).strip(_MARKS)) != about:
        about = shorter
    return about if re.fullmatch(_JOINING, about, re.IGNORECASE) is None else ""
