"""What went wrong, and how was it made right?"""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.tables import Associate, Department, MadeRight, MadeRightStep, PurchaseLine
from clientele.store.prepared import Prepared, among
from clientele.store.queries.columns import ident
from clientele.store.queries.reading import store_facts
from clientele.store.queries.story_entry import StoryEntry, StoryStep, Told


def made_right(session: Session, keys: list[int]) -> list[StoryEntry]:
    """Problems with all that was done, one entry for each; it stands where it began.

    ``words`` is the problem, ``about`` the goods, ``state`` how it stands.
    """
    done: dict[int, list[StoryStep]] = defaultdict(list)
    steps = session.execute(
        select(
            col(MadeRightStep.made_right_id),
            col(MadeRightStep.what),
            col(MadeRightStep.word),
            col(MadeRightStep.at),
            col(Associate.name),
            col(MadeRightStep.cost),
        )
        .outerjoin(Associate, ident(Associate.id) == col(MadeRightStep.associate_id))
        .where(col(MadeRightStep.made_right_id).in_(keys))
        .order_by(col(MadeRightStep.at), ident(MadeRightStep.id))
    )
    for key, what, word, at, name, cost in steps:
        done[key].append(StoryStep(what, word, at, name or "", cost))
    currency = store_facts(session).currency
    rows = _MADE_RIGHT.rows(session, keys=keys)
    return [
        StoryEntry(
            kind=Told.MADE_RIGHT,
            id=key,
            at=at,
            associate_id=by,
            associate=name,
            words=problem,
            about=tuple(piece for piece in (goods or item,) if piece),
            departments=(place,) if place else (),
            steps=tuple(done[key]),
            currency=currency,
            state=state,
            of=key,
        )
        for key, at, by, name, problem, goods, item, state, place in rows
    ]


_MADE_RIGHT = Prepared(
    select(
        ident(MadeRight.id),
        col(MadeRight.opened_at),
        col(MadeRight.associate_id),
        col(Associate.name),
        col(MadeRight.problem),
        col(MadeRight.goods),
        col(PurchaseLine.item),
        col(MadeRight.state),
        col(Department.name),
    )
    .join(Associate, ident(Associate.id) == col(MadeRight.associate_id))
    .outerjoin(Department, ident(Department.id) == col(MadeRight.department_id))
    .outerjoin(PurchaseLine, ident(PurchaseLine.id) == col(MadeRight.purchase_line_id))
    .where(ident(MadeRight.id).in_(among("keys")))
)
