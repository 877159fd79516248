"""What is a client reached about, where nobody said: their own things, or news?"""

from __future__ import annotations

from clientele.domain.client import Purpose
from clientele.domain.rules.touch_rules_facts import Source

OWN_THINGS = frozenset(
    {
        Source.PURCHASE,
        Source.VISIT,
        Source.PROMISE,
        Source.WISH,
        Source.MADE_RIGHT,
        Source.APPOINTMENT,
    }
)
"""What comes of these is service, a wish too, since the client asked for it; occasions and a hello
are news."""


def usual_purpose(source: str = "", *, bought: bool = False) -> Purpose:
    """The purpose of a follow-up by what it is for.

    ``source`` is its fact (``Source``), ``bought`` says that it belongs to a purchase or visit.
    In doubt it is news, for which the client's yes is needed.
    """
    return Purpose.SERVICE if bought or source in OWN_THINGS else Purpose.NEWS


def purpose_of(
    purpose: str, source: str = "", *, purchase_id: int | None = None, visit_id: int | None = None
) -> Purpose:
    """The purpose that a follow-up has, or would have where it says none (``usual_purpose``)."""
    if purpose:
        return Purpose(purpose)
    return usual_purpose(source, bought=purchase_id is not None or visit_id is not None)
