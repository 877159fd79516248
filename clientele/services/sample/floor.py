"""What does everything in the sample stand on? The store's days, its team, its goods, the sheet."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from random import Random

from clientele.services.sample.days import Days
from clientele.services.sample.goods import Goods
from clientele.services.sample.sheet import Sheet
from clientele.services.sample.team import Team


@dataclass(slots=True)
class Floor:
    """The floor of the store while its past is made up."""

    sheet: Sheet
    days: Days
    team: Team
    goods: Goods
    currency: str
    country: str
    seed: str
    receipts: dict[date, int] = field(default_factory=dict)
    sizes_seen: dict[tuple[int, str, str, str], date] = field(default_factory=dict)
    """When a size was last written down, by client, household member, kind and value."""

    def receipt(self, day: date) -> str:
        """The till's next reference on a day, such as “0412-0031”."""
        step = Random(f"{self.seed} {day.isoformat()} {self.receipts.get(day, 0)}").randint(1, 37)
        self.receipts[day] = self.receipts.get(day, 1000) + step
        till = (day.toordinal() - 738_000) % 10_000
        return f"{till:04d}-{self.receipts[day]:04d}"
