"""Which clients of a whole book are worth comparing? Those who share something, laid together.

Each stage walks one index in pieces, so that a look through a million clients can be stopped after
any piece and gone on with, and holds no more in memory than one piece. Where very many share a
thing, such as the telephone of an office, only neighbours in the order of names are compared.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Final

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.client import ContactKind
from clientele.domain.rules.alike_names import skeleton
from clientele.domain.rules.duplicates import (
    DOTS_DO_NOT_COUNT,
    PLUS_IS_A_NOTE,
    mailbox,
    one_code,
    one_street,
    own_part,
)
from clientele.domain.rules.names import folded
from clientele.domain.rules.nicknames import GROUPS
from clientele.domain.tables import Address, Client, ContactPoint
from clientele.store.queries.columns import ident

Pair = tuple[int, int]

MOST: Final = 24
"""So many who share one thing are all compared with each other; of more, neighbours only."""
NEIGHBOURS: Final = 6

_SHARED: Final = 1_000
_ROWS: Final = 10_000


@dataclass(frozen=True, slots=True)
class Piece:
    """Pairs worth comparing, and where the next piece begins; None at the end of the stage."""

    pairs: frozenset[Pair]
    position: str | None


def numbers(session: Session, position: str) -> Piece:
    """Clients with the same number or e-mail address."""
    normal = col(ContactPoint.normalised)
    shared = list(
        session.scalars(
            select(normal)
            .where(normal > position)
            .group_by(normal)
            .having(func.count() > 1)
            .order_by(normal)
            .limit(_SHARED)
        )
    )
    blocks: defaultdict[str, list[int]] = defaultdict(list)
    for start in range(0, len(shared), 500):
        for key, client_id in session.execute(
            select(normal, col(ContactPoint.client_id)).where(
                normal.in_(shared[start : start + 500])
            )
        ):
            blocks[key].append(client_id)
    return Piece(_pairs(blocks.values()), shared[-1] if len(shared) == _SHARED else None)


def mailboxes(session: Session, position: str) -> Piece:
    """Clients whose addresses differ and reach the same mailbox."""
    normal = col(ContactPoint.normalised)
    rows = session.execute(
        select(ident(ContactPoint.id), col(ContactPoint.client_id), normal)
        .where(
            ident(ContactPoint.id) > int(position or 0),
            col(ContactPoint.kind) == ContactKind.EMAIL,
            or_(*(normal.endswith(f"@{provider}") for provider in _PROVIDERS)),
        )
        .order_by(ident(ContactPoint.id))
        .limit(_ROWS)
    ).all()
    wanted: defaultdict[str, list[int]] = defaultdict(list)
    for _, client_id, address in rows:
        if (box := mailbox(address)) != address:
            wanted[box].append(client_id)
    boxes = sorted(wanted)
    for start in range(0, len(boxes), 500):
        for address, client_id in session.execute(
            select(normal, col(ContactPoint.client_id)).where(
                normal.in_(boxes[start : start + 500])
            )
        ):
            wanted[address].append(client_id)
    return Piece(_pairs(wanted.values()), str(rows[-1][0]) if len(rows) == _ROWS else None)


def names(session: Session, position: str) -> Piece:
    """Clients of one name whose numbers or addresses nearly are the same."""
    rows = session.execute(
        select(
            ident(Client.id), col(Client.sort_name), col(Client.given_name),
            col(Client.family_name),
        )
        .where(col(Client.sort_name) >= position)
        .order_by(col(Client.sort_name), ident(Client.id))
        .limit(_ROWS)
    ).all()  # fmt: skip
    ended = len(rows) < _ROWS
    after = None if ended else rows[-1][1]
    if after is not None:
        # The last family goes into the next piece whole, unless it alone fills this one.
        family = folded(rows[-1][3])
        begins = next(at for at, row in enumerate(rows) if folded(row[3]) == family)
        if begins:
            after = rows[begins][1]
            rows = rows[:begins]
        elif after == position:
            after += "\x00"
    blocks: defaultdict[Hashable, list[int]] = defaultdict(list)
    for key, _, given, family in rows:
        first = folded(given).partition(" ")[0]
        if first and family:
            for root in GROUPS.get(first, (first,)):
                blocks[folded(family), root].append(key)
    return Piece(_near(session, [block for block in blocks.values() if len(block) > 1]), after)


def _near(session: Session, blocks: list[list[int]]) -> frozenset[Pair]:
    """Of each block those whose contact points differ by one slip, or in the provider alone."""
    wanted = sorted({key for block in blocks for key in block})
    keys: defaultdict[int, set[str]] = defaultdict(set)
    for start in range(0, len(wanted), 500):
        for client_id, kind, normal in session.execute(
            select(
                col(ContactPoint.client_id), col(ContactPoint.kind), col(ContactPoint.normalised)
            ).where(col(ContactPoint.client_id).in_(wanted[start : start + 500]))
        ):
            if kind == ContactKind.EMAIL:
                box = mailbox(normal)
                keys[client_id] |= {box, own_part(box)} - {""}
            elif len(normal) >= 8:
                keys[client_id].add(normal)
                keys[client_id] |= {normal[:at] + normal[at + 1 :] for at in range(3, len(normal))}
    found: set[Pair] = set()
    for block in blocks:
        shared: defaultdict[str, list[int]] = defaultdict(list)
        for client_id in block:
            for key in keys.get(client_id, ()):
                shared[key].append(client_id)
        found |= _pairs(shared.values())
    return frozenset(found)


def birthdays(session: Session, position: str) -> Piece:
    """Clients born on one day whose family names sound alike; or given names, in one year."""
    day = int(position) if position else _birthday_after(session, 0)
    if day is None:
        return Piece(frozenset(), None)
    month, of_month = divmod(day, 100)
    blocks: defaultdict[Hashable, list[int]] = defaultdict(list)
    for key, given, family, year in session.execute(
        select(
            ident(Client.id), col(Client.given_name), col(Client.family_name),
            col(Client.birth_year),
        )
        .where(col(Client.birth_month) == month, col(Client.birth_day) == of_month)
        .order_by(col(Client.sort_name), ident(Client.id))
    ):  # fmt: skip
        blocks[skeleton(family)].append(key)
        if year is not None and given:
            blocks[skeleton(given), year].append(key)
    following = _birthday_after(session, day)
    return Piece(_pairs(blocks.values()), None if following is None else str(following))


def _birthday_after(session: Session, day: int) -> int | None:
    """The next day of the year, as 1127 for 27 November, on which anybody was born."""
    month, of_month = divmod(day, 100)
    born, on = col(Client.birth_month), col(Client.birth_day)
    found = session.execute(
        select(born, on)
        .where(or_(born > month, and_(born == month, on > of_month)), on.is_not(None))
        .order_by(born, on)
        .limit(1)
    ).first()
    if found is None or found[0] is None or found[1] is None:
        return None
    return found[0] * 100 + found[1]


def addresses(session: Session, position: str) -> Piece:
    """Clients of one address, a quarter of all addresses in each piece."""
    quarter = int(position or 0)
    blocks: defaultdict[Hashable, list[int]] = defaultdict(list)
    asked = select(
        col(Address.client_id), col(Address.street), col(Address.postcode), col(Address.city)
    ).where(col(Address.street) != "")
    for client_id, street, postcode, city in session.execute(
        asked.execution_options(yield_per=_ROWS)
    ):
        code = one_code(postcode) or folded(city)
        if code and sum(map(ord, code)) % 4 == quarter and (place := one_street(street)):
            blocks[hash((place, code))].append(client_id)
    return Piece(_pairs(blocks.values()), str(quarter + 1) if quarter < 3 else None)


STAGES: Final[dict[str, Callable[[Session, str], Piece]]] = {
    "numbers": numbers,
    "mailboxes": mailboxes,
    "birthdays": birthdays,
    "addresses": addresses,
    "names": names,
}
"""In this order: what says most comes first, so that the page has something to show early."""

_PROVIDERS: Final = sorted(DOTS_DO_NOT_COUNT | PLUS_IS_A_NOTE)


def _pairs(blocks: Iterable[list[Any]]) -> frozenset[Pair]:
    return frozenset(pair for block in blocks if len(block) > 1 for pair in _of(block))


def _of(block: list[int]) -> Iterator[Pair]:
    people = list(dict.fromkeys(block))
    if len(people) <= MOST:
        for one, other in combinations(people, 2):
            yield (one, other) if one < other else (other, one)
        return
    for at, one in enumerate(people):
        for other in people[at + 1 : at + 1 + NEIGHBOURS]:
            yield (one, other) if one < other else (other, one)
