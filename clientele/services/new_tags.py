"""A tag of a new name gets a number that no list names.

SQLite gives the number of a removed tag to the next one. A list that asks for the removed one would
then find the clients of another.
"""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.rules.filter_texts import UnknownFilter, filter_of
from clientele.domain.rules.filters import What
from clientele.domain.tables import SavedList, Tag
from clientele.services.rows import new_id


def new_tag(session: Session, name: str) -> int:
    """Write a tag and answer its id."""
    highest = session.scalar(select(func.max(col(Tag.id)))) or 0
    named = max(map(_highest, session.scalars(select(col(SavedList.question)))), default=0)
    return new_id(session, Tag(id=named + 1 if named > highest else None, name=name))


def _highest(question: str) -> int:
    """The highest tag that a list asks for; 0 where it asks for none, or cannot be read."""
    try:
        asked = filter_of(question)
    except UnknownFilter:
        return 0
    return max((one.about or 0 for one in asked.conditions() if one.what is What.TAG), default=0)
