"""In which words does it show why a client was found? Worked out for the few that are shown."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.client import ContactKind
from clientele.domain.preferences import PreferenceKind
from clientele.domain.tables import (
    Client,
    ClientReference,
    ClientTag,
    ContactPoint,
    CustomField,
    CustomValue,
    HouseholdMember,
    Note,
    Preference,
    Purchase,
    PurchaseLine,
    ShownItem,
    Size,
    Tag,
    Visit,
    VisitStop,
    Wish,
)
from clientele.domain.visits import Outcome
from clientele.domain.wishes import WishState
from clientele.store.asked import Asked, plain, read_text
from clientele.store.folding import words_of
from clientele.store.prepared import Prepared, among, given
from clientele.store.queries.cards import cards_of
from clientele.store.queries.columns import ident
from clientele.store.search import Hit, Why

_LINES: Final = 200
"""The newest lines, shown items and notes of a client that are looked through."""

_SHOWN: Final = 2
"""Texts that are named for one client."""

_UNSURE: Final = frozenset({Why.KNOWN, Why.PHONE, Why.EMAIL, Why.REFERENCE})


@dataclass(frozen=True, slots=True)
class _Text:
    why: Why
    text: str
    holds: frozenset[int]
    """Which of the words that are asked for it holds, by their places."""


def with_words(session: Session, hits: Sequence[Hit], typed: str) -> tuple[Hit, ...]:
    """The same hits, each with its reason and the texts in which what was asked for stands."""
    asked = read_text(typed)
    unsure = [hit.client_id for hit in hits if hit.why in _UNSURE]
    if not unsure:
        return tuple(hits)
    reached: dict[int, list[tuple[Why, str]]] = {}
    if asked.digits or asked.pieces or any(hit.why is not Why.KNOWN for hit in hits):
        reached = _reached(session, unsure, asked, " ".join(plain(typed).lower().split()))
    left = [
        hit.client_id
        for hit in hits
        if hit.why in _UNSURE and (hit.client_id not in reached or asked.words)
    ]
    known = _known(session, left, asked) if left else {}
    told = []
    for hit in hits:
        if hit.why not in _UNSURE:
            told.append(hit)
            continue
        reasons = [*reached.get(hit.client_id, ()), *known.get(hit.client_id, ())]
        if reasons:
            words = tuple(dict.fromkeys(text for _, text in reasons))[:_SHOWN]
            told.append(replace(hit, why=reasons[0][0], words=words))
        else:
            told.append(hit)
    return tuple(told)


def _reached(
    session: Session, ids: list[int], asked: Asked, typed: str
) -> dict[int, list[tuple[Why, str]]]:
    """The numbers, addresses and references that hold what was asked for."""
    found: dict[int, list[tuple[Why, str]]] = {}
    pieces = list(asked.pieces)
    if not pieces and not asked.digits and len(asked.words) == 1:
        pieces = list(asked.words)
    for client_id, kind, value, normalised in _points(session, ids):
        if kind == ContactKind.PHONE:
            digits = "".join(filter(str.isdigit, normalised))
            dialled = "".join(filter(str.isdigit, value))
            wanted = {asked.digits, asked.digits.lstrip("0")} - {""}
            if any(part in digits or part in dialled for part in wanted):
                found.setdefault(client_id, []).append((Why.PHONE, value))
        elif any(piece in normalised for piece in pieces):
            found.setdefault(client_id, []).append((Why.EMAIL, value))
    parts = [part for part in (asked.digits, typed, *pieces) if part]
    for client_id, reference in _REFERENCES.rows(session, ids=ids):
        if any(part in reference.lower() for part in parts):
            found.setdefault(client_id, []).append((Why.REFERENCE, reference))
    return found


def _points(session: Session, ids: list[int]) -> list[Any]:
    """All numbers and addresses, from the cards where these are up to date."""
    cards = cards_of(session, ids)
    points = [(card.client_id, *point) for card in cards for point in json.loads(card.points)]
    left = set(ids).difference(card.client_id for card in cards)
    return points + _POINTS.rows(session, ids=list(left)) if left else points


def _known(session: Session, ids: list[int], asked: Asked) -> dict[int, list[tuple[Why, str]]]:
    """Texts that hold the words, as few as together hold all; those of the name are held by it."""
    words = (*asked.words, *((asked.digits,) if asked.digits else ()))
    left = {key: set(range(len(words))) for key in ids}
    for key, *names in _NAMES.rows(session, ids=ids):
        left[key] -= _held(words, " ".join(names))
    texts: dict[int, list[_Text]] = {key: [] for key in ids}
    for statement, why in _STATEMENTS:
        for key, *parts in statement.rows(session, ids=ids):
            texts[key].extend(_holding(why, parts, words))
    for key in ids:
        if not any(left[key] <= text.holds for text in texts[key]):
            texts[key].extend(_long(session, key, words, left[key]))
    return {key: list(_fewest(texts[key], left[key])) for key in ids if texts[key]}


def _long(
    session: Session, client_id: int, words: Sequence[str], left: set[int]
) -> Iterable[_Text]:
    """What much is said in; no more is read once one text holds all that is left."""
    for statement, why in _LONG_STATEMENTS:
        for parts in statement.rows(session, client_id=client_id, many=_LINES):
            for text in _holding(why, parts, words):
                yield text
                if left <= text.holds:
                    return


def _holding(why: Why, parts: Sequence[str], words: Sequence[str]) -> Iterable[_Text]:
    """What is said, where it holds a word: its first part, and others that hold more."""
    holds: set[int] = set()
    said = [parts[0]]
    for part in parts:
        more = _held(words, part) - holds
        holds |= more
        if more and part is not parts[0]:
            said.append(part)
    if holds:
        yield _Text(why, " ".join(" ".join(said).split()), frozenset(holds))


def _held(words: Sequence[str], text: str) -> set[int]:
    """The places of those ``words`` with which a word of ``text`` begins."""
    there = words_of(text)
    return {place for place, word in enumerate(words) if any(one.startswith(word) for one in there)}


def _fewest(texts: list[_Text], wanted: set[int]) -> Iterable[tuple[Why, str]]:
    left = wanted or {place for text in texts for place in text.holds}
    while left:
        best = max(texts, key=lambda one: len(one.holds & left))
        if not best.holds & left:
            return
        yield best.why, best.text
        left = left - best.holds


IDS: Final[Any] = among("ids")

_POINTS = Prepared(
    select(
        col(ContactPoint.client_id),
        col(ContactPoint.kind),
        col(ContactPoint.value),
        col(ContactPoint.normalised),
    )
    .where(col(ContactPoint.client_id).in_(IDS))
    .order_by(col(ContactPoint.position))
)
_REFERENCES = Prepared(
    select(col(ClientReference.client_id), col(ClientReference.reference)).where(
        col(ClientReference.client_id).in_(IDS)
    )
)
_NAMES = Prepared(
    select(
        ident(Client.id),
        col(Client.given_name),
        col(Client.family_name),
        col(Client.preferred_name),
    ).where(ident(Client.id).in_(IDS))
)


def _said(client: Any, *parts: Any) -> Any:
    return select(client, *parts).where(client.in_(IDS))


_STATEMENTS: Final = tuple(
    (Prepared(statement), why)
    for statement, why in (
        (
            _said(col(ClientTag.client_id), col(Tag.name)).join(
                Tag, ident(Tag.id) == col(ClientTag.tag_id)
            ),
            Why.TAG,
        ),
        (
            _said(col(CustomValue.client_id), col(CustomField.name), col(CustomValue.value)).join(
                CustomField, ident(CustomField.id) == col(CustomValue.field_id)
            ),
            Why.FIELD,
        ),
        (
            _said(
                col(Size.client_id),
                col(Size.category),
                col(Size.value),
                col(Size.brand),
                col(Size.fit),
            ).where(col(Size.household_member_id).is_(None)),
            Why.WEARS,
        ),
        *(
            (
                _said(col(Preference.client_id), col(Preference.what)).where(
                    col(Preference.household_member_id).is_(None), col(Preference.kind) == kind
                ),
                why,
            )
            for kind, why in (
                (PreferenceKind.LIKE, Why.WEARS),
                (PreferenceKind.AVOID, Why.AVOIDS),
            )
        ),
        (
            _said(
                col(HouseholdMember.client_id),
                col(HouseholdMember.name),
                col(HouseholdMember.relation),
                col(HouseholdMember.about),
            ),
            Why.HOUSEHOLD,
        ),
        (
            _said(
                col(Size.client_id),
                col(HouseholdMember.name),
                col(Size.category),
                col(Size.value),
                col(Size.brand),
            ).join(HouseholdMember, ident(HouseholdMember.id) == col(Size.household_member_id)),
            Why.HOUSEHOLD,
        ),
        (
            _said(col(Preference.client_id), col(HouseholdMember.name), col(Preference.what)).join(
                HouseholdMember,
                ident(HouseholdMember.id) == col(Preference.household_member_id),
            ),
            Why.HOUSEHOLD,
        ),
        (
            _said(
                col(Wish.client_id),
                col(Wish.item),
                col(Wish.detail),
                col(Wish.brand),
                col(Wish.sku),
            ).where(col(Wish.state) != WishState.DROPPED),
            Why.WISHES,
        ),
    )
)
"""Little is said of a client in these ways: read for all of them at once."""

_LONG_STATEMENTS: Final = (
    (
        Prepared(
            select(
                col(PurchaseLine.item),
                col(PurchaseLine.brand),
                col(PurchaseLine.size),
                col(PurchaseLine.sku),
            )
            .join(Purchase, ident(Purchase.id) == col(PurchaseLine.purchase_id))
            .where(
                col(Purchase.client_id) == given("client_id"),
                col(PurchaseLine.amount) >= 0,
                col(PurchaseLine.quantity) >= 0,
            )
            .order_by(col(Purchase.sold_at).desc())
            .limit(given("many"))
        ),
        Why.BOUGHT,
    ),
    (
        Prepared(
            select(col(ShownItem.item), col(ShownItem.detail), col(ShownItem.sku))
            .join(VisitStop, ident(VisitStop.id) == col(ShownItem.stop_id))
            .join(Visit, ident(Visit.id) == col(VisitStop.visit_id))
            .where(
                col(Visit.client_id) == given("client_id"), col(ShownItem.outcome) != Outcome.RETURN
            )
            .order_by(col(Visit.arrived_at).desc())
            .limit(given("many"))
        ),
        Why.SHOWN,
    ),
    (
        Prepared(
            select(col(Note.body))
            .where(col(Note.client_id) == given("client_id"), col(Note.sensitive).is_(False))
            .order_by(col(Note.written_at).desc())
            .limit(given("many"))
        ),
        Why.NOTE,
    ),
)
"""Much may be said of a client in these: the newest, of one after another."""
