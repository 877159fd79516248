"""Who noted or sold a piece of evidence of a size, and in which department?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.rules.size_evidence import Proof, Worn
from clientele.domain.tables import (
    Associate,
    Client,
    Department,
    HouseholdMember,
    Purchase,
    PurchaseLine,
    ShownItem,
    Size,
    Visit,
    VisitStop,
)
from clientele.store.queries.columns import ident
from clientele.store.queries.naming import name_columns
from clientele.store.queries.passport import ITEM, LINE, SIZE, Passport, passport
from clientele.store.queries.reading import Named

AT_ONCE: Final = 200


@dataclass(frozen=True, slots=True)
class Source:
    """Where a piece of evidence is from; each empty where it is not known."""

    associate_id: int | None
    associate: str | None
    department: str | None
    receipt: str = ""


@dataclass(frozen=True, slots=True)
class WholePassport:
    """What fits everybody of a household; ``people`` are names by the id of the member.

    What somebody's own page knows of them stands under minus the id of that client.
    """

    named: Named
    people: dict[int, str]
    passport: Passport
    sources: dict[tuple[str, int], Source]


def whole_passport(session: Session, client_id: int) -> WholePassport | None:
    """The size passport with names and sources; None where there is no such client."""
    named = session.execute(
        select(*name_columns()).where(ident(Client.id) == client_id)
    ).one_or_none()
    if named is None:
        return None
    own = passport(session, client_id)
    people, worn = dict[int, str](), list(own.worn)
    for key, name, relation, linked in session.execute(_MEMBERS, {"client_id": client_id}):
        people[key] = name or relation
        if linked is not None and linked != client_id:
            people[-linked] = name or relation
            theirs = passport(session, linked).of(None)
            worn += [_as_theirs(one, -linked) for one in theirs]
    found = Passport(tuple(worn), own.aside)
    proofs = [proof for worn in found.worn for one in (worn, *worn.brands) for proof in one.proofs]
    proofs += [proof for _, proof in found.aside]
    return WholePassport(Named(*named), people, found, sources_of(session, proofs))


def _as_theirs(worn: Worn, key: int) -> Worn:
    brands = tuple(_as_theirs(one, key) for one in worn.brands)
    return replace(worn, member_id=key, brands=brands)


def sources_of(session: Session, proofs: Iterable[Proof]) -> dict[tuple[str, int], Source]:
    """Where pieces of evidence are from, by the table and the row that they stand in."""
    keys: dict[str, list[int]] = {SIZE: [], LINE: [], ITEM: []}
    for proof in proofs:
        keys[proof.source].append(proof.id)
    found: dict[tuple[str, int], Source] = {}
    for source, ids in keys.items():
        for start in range(0, len(ids), AT_ONCE):
            for key, *row in session.execute(_statement(source, ids[start : start + AT_ONCE])):
                found[(source, key)] = Source(*row)
    return found


def _statement(source: str, ids: Sequence[int]) -> Any:
    if source == SIZE:
        key: Any = ident(Size.id)
        by, at = col(Size.associate_id), col(Size.department_id)
        rows: Any = select(key, by, col(Associate.name), col(Department.name)).select_from(Size)
    elif source == LINE:
        key, at = ident(PurchaseLine.id), col(PurchaseLine.department_id)
        by = col(Purchase.associate_id)
        rows = (
            select(key, by, col(Associate.name), col(Department.name), col(Purchase.receipt))
            .select_from(PurchaseLine)
            .join(Purchase, ident(Purchase.id) == col(PurchaseLine.purchase_id))
        )
    else:
        key, at = ident(ShownItem.id), col(VisitStop.department_id)
        by = col(Visit.associate_id)
        rows = (
            select(key, by, col(Associate.name), col(Department.name))
            .select_from(ShownItem)
            .join(VisitStop, ident(VisitStop.id) == col(ShownItem.stop_id))
            .join(Visit, ident(Visit.id) == col(VisitStop.visit_id))
        )
    return (
        rows.outerjoin(Associate, ident(Associate.id) == by)
        .outerjoin(Department, ident(Department.id) == at)
        .where(key.in_(ids))
    )


_MEMBERS = (
    select(
        ident(HouseholdMember.id),
        col(HouseholdMember.name),
        col(HouseholdMember.relation),
        col(HouseholdMember.linked_client_id),
    )
    .where(col(HouseholdMember.client_id) == bindparam("client_id"))
    .order_by(ident(HouseholdMember.id))
)
