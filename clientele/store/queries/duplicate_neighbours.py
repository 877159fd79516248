"""Who is worth comparing with somebody? Asked by key press, so answered from indexes alone."""

from __future__ import annotations

from itertools import product
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.rules.alike_names import Likeness, alike, skeleton
from clientele.domain.rules.duplicates import Facts, mailbox
from clientele.domain.rules.names import folded, sort_name
from clientele.domain.rules.nicknames import forms_of
from clientele.domain.tables import Client, ContactPoint
from clientele.store.engine import terms_of
from clientele.store.prepared import Prepared, among, given
from clientele.store.queries.columns import ident

MOST: Final = 50
"""So many are taken by each thing that is shared; an office's telephone says no more after that."""

_SPELLED: Final = 12


def neighbours(session: Session, facts: Facts) -> set[int]:
    """Clients who share a number, address, birthday or name with ``facts``, or nearly."""
    found: set[int] = set()
    points = sorted(facts.phones | facts.emails | {mailbox(mail) for mail in facts.emails})
    if points:
        found |= {key for (key,) in _REACHED.rows(session, points=points)}
    found |= _by_name(session, facts)
    month, day, _ = facts.birthday
    if month is not None and day is not None and facts.family:
        found |= _born_the_same_day(session, facts)
    return found


def _by_name(session: Session, facts: Facts) -> set[int]:
    given, family = facts.given.strip(), facts.family.strip()
    if not given or not family:
        return set()
    first = folded(given).partition(" ")[0]
    spellings = [folded(family), *_spelled(session, family, given=False)]
    calls = [folded(given), first, *forms_of(first), *_spelled(session, first, given=True)]
    if folded(facts.preferred):
        calls.append(folded(facts.preferred))
    # Folded already: as ``sort_name`` would put them.
    wanted = {f"{spelling} {call}" for call, spelling in product(calls, spellings)}
    wanted.add(sort_name(family, given))
    found = {key for (key,) in _CALLED.rows(session, names=sorted(wanted))}
    for spelling in spellings:
        found |= _given_spelled_nearly(session, spelling, given)
    return found


def _spelled(session: Session, name: str, *, given: bool) -> list[str]:
    """Words of names that are there and are this one, spelled otherwise."""
    plain = folded(name)
    if " " in plain:
        return []
    connection = session.connection()
    terms = terms_of(connection)
    terms.load(connection.connection.driver_connection)
    near = (one.word for one in terms.near(plain, growing=False) if one.whole)
    sure = (Likeness.SOUND, Likeness.NEAR, Likeness.SAME)
    return [word for word in near if alike(plain, word, given=given) in sure][:_SPELLED]


def _given_spelled_nearly(session: Session, family: str, given: str) -> set[int]:
    """Clients of a family name whose given name begins as this one and is nearly the same."""
    start = f"{family} {folded(given)[:1]}"
    rows = _BEGINNING.rows(session, start=start, end=start + "\U0010ffff")
    return {key for key, other in rows if alike(given, other, given=True) is not Likeness.OTHER}


def _born_the_same_day(session: Session, facts: Facts) -> set[int]:
    month, day, year = facts.birthday
    rows = session.execute(
        select(
            ident(Client.id), col(Client.given_name), col(Client.family_name),
            col(Client.birth_year),
        ).where(col(Client.birth_month) == month, col(Client.birth_day) == day)
    )  # fmt: skip
    keys = {skeleton(facts.family), skeleton(facts.given)}
    return {
        key
        for key, given, family, born in rows
        if skeleton(family) in keys
        or (born is not None and born == year and skeleton(given) in keys)
    }


_REACHED = Prepared(
    select(col(ContactPoint.client_id))
    .where(col(ContactPoint.normalised).in_(among("points")))
    .limit(MOST)
)
_CALLED = Prepared(
    select(ident(Client.id)).where(col(Client.sort_name).in_(among("names"))).limit(2 * MOST)
)
_BEGINNING = Prepared(
    select(ident(Client.id), col(Client.given_name))
    .where(col(Client.sort_name) >= given("start"), col(Client.sort_name) < given("end"))
    .order_by(col(Client.sort_name))
    .limit(4 * MOST)
)
