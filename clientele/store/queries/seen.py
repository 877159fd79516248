"""What was seen of a thing that a client likes or avoids: bought, wished for, spoken of in notes.

It is found each time by the words and kept nowhere, so it is never out of date or kept twice.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import exists, select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.rules.likes import essence
from clientele.domain.tables import LineReturn, Note, Purchase, PurchaseLine, Wish
from clientele.domain.wishes import WishState


@dataclass(frozen=True, slots=True)
class Seen:
    """How often a thing was bought, and last on which day; wished for; spoken of in notes."""

    bought: int = 0
    last_bought: date | None = None
    wished: int = 0
    noted: int = 0

    def __bool__(self) -> bool:
        return bool(self.bought or self.wished or self.noted)


def seen(session: Session, client_id: int, things: Iterable[tuple[int, str]]) -> dict[int, Seen]:
    """What was seen of each of these things, by its key; those of which nothing was are left out.

    All words of a thing have to be in the article, wish or note, in whatever form. What was
    brought back, and notes that are sensitive, count for nothing.
    """
    wanted = {key: essence(words) for key, words in things}
    bought = [
        (essence(item), day)
        for item, day in session.execute(
            select(col(PurchaseLine.item), col(Purchase.sold_on))
            .join(Purchase, col(Purchase.id) == col(PurchaseLine.purchase_id))
            .where(
                col(Purchase.client_id) == client_id,
                col(PurchaseLine.amount) >= 0,
                ~exists().where(col(LineReturn.sold_line_id) == col(PurchaseLine.id)),
            )
        )
    ]
    wishes = [
        essence(f"{item} {detail}")
        for item, detail in session.execute(
            select(col(Wish.item), col(Wish.detail)).where(
                col(Wish.client_id) == client_id, col(Wish.state) == WishState.OPEN
            )
        )
    ]
    notes = [
        essence(body)
        for body in session.scalars(
            select(col(Note.body)).where(
                col(Note.client_id) == client_id, col(Note.sensitive).is_(False)
            )
        )
    ]
    found = {}
    for key, stems in wanted.items():
        days = [day for item, day in bought if stems <= item]
        one = Seen(
            len(days),
            max(days, default=None),
            sum(stems <= wish for wish in wishes),
            sum(stems <= note for note in notes),
        )
        if one:
            found[key] = one
    return found
