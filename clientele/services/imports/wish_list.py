"""What a file says was bought leaves the wish list, as on a ticket that is rung here.

Open wishes are few beside the lines of a file: they are read once, and a line costs one look.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from clientele.domain.rules.wishing import Article, is_it
from clientele.domain.wishes import WishState
from clientele.services.imports.people import stored
from clientele.store.bulk import Bulk

_OPEN = (
    "SELECT id, client_id, item, detail, sku, brand, wished_at FROM wish "
    "WHERE state = 'open' OR (state = 'bought' AND purchase_line_id IS NULL) "
    "ORDER BY wished_at, id"
)


@dataclass(frozen=True, slots=True)
class _Open:
    """A wish, and the first day on which buying it fulfils it."""

    id: int
    article: Article
    since: date


@dataclass(frozen=True, slots=True)
class Bought:
    """A line that may have been wished for: whose, which of the chunk's lines, what and when."""

    client_id: int
    at: int
    article: Article
    on: date


class WishList:
    """The open wishes of the book while a file is brought in."""

    def __init__(self, now: datetime) -> None:
        self._now = stored(now)
        self._open: dict[int, list[_Open]] | None = None

    def forget(self) -> None:
        """Read them anew: the book was changed by someone else meanwhile."""
        self._open = None

    def clients(self, bulk: Bulk) -> dict[int, list[_Open]]:
        """The open wishes by client."""
        if self._open is None:
            found: dict[int, list[_Open]] = {}
            zone = ZoneInfo(bulk.one("SELECT time_zone FROM store_profile")[0])
            for key, client, item, detail, sku, brand, at in bulk.all(_OPEN):
                wished = datetime.fromisoformat(at).replace(tzinfo=UTC).astimezone(zone).date()
                one = _Open(key, Article(item, detail, sku, brand), wished)
                found.setdefault(client, []).append(one)
            self._open = found
        return self._open

    def leave(self, bulk: Bulk, bought: list[Bought], first_line: int) -> None:
        """Take off what was bought since it was wished for; ``first_line`` is the first id."""
        gone = []
        for one in bought:
            wishes = self.clients(bulk).get(one.client_id, [])
            meant = next(
                (
                    wish
                    for wish in wishes
                    if one.on >= wish.since and _is_it(wish.article, one.article)
                ),
                None,
            )
            if meant is not None:
                wishes.remove(meant)
                gone.append((WishState.BOUGHT.value, first_line + one.at, self._now, meant.id))
        bulk.run_many(
            "UPDATE wish SET state = ?, purchase_line_id = ?, ended_at = ? WHERE id = ?", gone
        )


def _is_it(wished: Article, bought: Article) -> bool:
    """As ``is_it``; a brand that nobody wished for makes no difference."""
    return is_it(wished, bought) or (not wished.brand and is_it(wished, replace(bought, brand="")))
