"""To whom is written, where, and about what? The client, their numbers, and what may be the matter.

A matter is something of the client's that a message can be about: a promise, an appointment, the
last purchase. Each brings what the fields of a template need, and the template that fits it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.client import Channel, ContactKind, Purpose
from clientele.domain.contacting import WAITING, MessageState
from clientele.domain.rules.contact_points import shown
from clientele.domain.rules.field_values import Matter, Who
from clientele.domain.rules.permission import permission
from clientele.domain.rules.permission_answers import Answer, Wish
from clientele.domain.tables import Associate, Client, ContactPoint, FollowUp, Message
from clientele.store.queries import message_matters as matters
from clientele.store.queries.columns import ident
from clientele.store.queries.naming import names_of
from clientele.store.queries.permission import known, policy
from clientele.store.queries.reading import Named, StoreFacts, store_facts


class MatterKind(StrEnum):
    """What a message can be about."""

    PROMISE = "promise"
    APPOINTMENT = "appointment"
    PURCHASE = "purchase"
    VISIT = "visit"
    MADE_RIGHT = "made_right"
    WISH = "wish"
    OCCASION = "occasion"


@dataclass(frozen=True, slots=True)
class Reach:
    """A number or address: as people read it, and ``exact`` as it is dialled or written to."""

    kind: str
    shown: str
    exact: str
    label: str

    def serves(self, channel: Channel) -> bool:
        """Whether it is for this channel."""
        return (self.kind == ContactKind.EMAIL) == (channel == Channel.EMAIL)


@dataclass(frozen=True, slots=True)
class About:
    """Something that a message can be about, in words, with what it says and what fits it.

    ``template`` is the key of the written template; a call has the sheet beside it.
    """

    kind: MatterKind
    id: int
    words: str
    matter: Matter
    template: str

    @property
    def promise_id(self) -> int | None:
        """The promise that it is about."""
        return self.id if self.kind is MatterKind.PROMISE else None


@dataclass(frozen=True, slots=True)
class Waiting:
    """A message that waits (``queued``) or was handed over and nobody said whether it was sent."""

    id: int
    state: str
    channel: str
    way: str
    address: str
    subject: str
    body: str
    queued_at: datetime
    not_before: datetime | None
    associate_id: int
    associate: str


@dataclass(frozen=True, slots=True)
class ToWrite:
    """All that is needed to write to a client. ``language`` is the client's BCP 47 tag or empty."""

    named: Named
    who: Who
    language: str
    zone: str
    """The store's."""
    reaches: tuple[Reach, ...]
    abouts: tuple[About, ...]
    about: About | None
    """The one that was meant."""
    channel: str
    template: str
    waiting: tuple[Waiting, ...]
    follow_up_id: int | None = None

    def reach(self, channel: Channel) -> Reach | None:
        """The preferred number or address on a channel."""
        return next((one for one in self.reaches if one.serves(channel)), None)


@dataclass(frozen=True, slots=True)
class Meant:
    """Where it is written from: of a client, perhaps about one thing, perhaps for a follow-up."""

    client_id: int
    kind: MatterKind | None = None
    id: int = 0
    follow_up_id: int | None = None


def to_write(session: Session, meant: Meant, by: int, *, now: datetime) -> ToWrite | None:
    """What an associate (``by``) needs to write to a client at ``now`` (aware); None: not there."""
    facts = store_facts(session)
    named = names_of(session, [meant.client_id]).get(meant.client_id)
    if named is None:
        return None
    client = session.execute(
        select(col(Client.language)).where(ident(Client.id) == meant.client_id)
    ).scalar_one()
    associate = session.scalar(select(col(Associate.name)).where(ident(Associate.id) == by))
    channel, template = "", ""
    if meant.follow_up_id is not None:
        channel, template, meant = _of_follow_up(session, meant)
    if meant.kind is MatterKind.VISIT:
        bought = matters.purchase_of(session, meant.id)
        if bought is not None:
            meant = replace(meant, kind=MatterKind.PURCHASE, id=bought)
    abouts = tuple(_abouts(session, meant.client_id, facts, now))
    about = None
    if meant.kind is not None:
        about = next((one for one in abouts if (one.kind, one.id) == (meant.kind, meant.id)), None)
        if about is None:
            found = _one(session, meant, facts, now)
            about = next(found, None)
            abouts = abouts if about is None else (about, *abouts)
    return ToWrite(
        named,
        Who(
            named.given_name,
            named.family_name,
            named.preferred_name,
            associate or "",
            facts.name,
        ),
        client,
        str(facts.zone),
        tuple(_reaches(session, meant.client_id, facts.country)),
        abouts,
        about,
        channel,
        template or (about.template if about else ""),
        tuple(_waiting(session, meant.client_id)),
        meant.follow_up_id,
    )


def _of_follow_up(session: Session, meant: Meant) -> tuple[str, str, Meant]:
    """Channel and template of a follow-up, and what it came of."""
    row = session.execute(
        select(
            col(FollowUp.channel),
            col(FollowUp.template),
            col(FollowUp.source),
            col(FollowUp.source_id),
            col(FollowUp.purchase_id),
            col(FollowUp.visit_id),
        ).where(ident(FollowUp.id) == meant.follow_up_id)
    ).one_or_none()
    if row is None:
        return "", "", replace(meant, follow_up_id=None)
    channel, template, source, source_id, purchase_id, visit_id = row
    if meant.kind is None and source in set(MatterKind) and source_id is not None:
        meant = replace(meant, kind=MatterKind(source), id=source_id)
    elif meant.kind is None and purchase_id is not None:
        meant = replace(meant, kind=MatterKind.PURCHASE, id=purchase_id)
    elif meant.kind is None and visit_id is not None:
        meant = replace(meant, kind=MatterKind.VISIT, id=visit_id)
    return channel, template, meant


def _abouts(session: Session, client_id: int, facts: StoreFacts, now: datetime) -> Iterator[About]:
    """What is open first, then what is ahead, then what was."""
    yield from _made(matters.promises(session, client_id), MatterKind.PROMISE)
    yield from _made(matters.appointments(session, client_id, facts, now), MatterKind.APPOINTMENT)
    yield from _made(matters.wishes(session, client_id), MatterKind.WISH)
    yield from _made(matters.occasions(session, client_id, facts, now), MatterKind.OCCASION)
    yield from _made(matters.made_rights(session, client_id, facts), MatterKind.MADE_RIGHT)
    bought = list(_made(matters.purchases(session, client_id), MatterKind.PURCHASE))
    yield from bought
    if not bought:
        yield from _made(matters.visits(session, client_id, facts), MatterKind.VISIT)


def _one(session: Session, meant: Meant, facts: StoreFacts, now: datetime) -> Iterator[About]:
    """The one that was meant, where it is not among those that are offered."""
    client_id, only = meant.client_id, meant.id
    match meant.kind:
        case MatterKind.PROMISE:
            found = matters.promises(session, client_id, only)
        case MatterKind.APPOINTMENT:
            found = matters.appointments(session, client_id, facts, now, only)
        case MatterKind.WISH:
            found = matters.wishes(session, client_id, only)
        case MatterKind.MADE_RIGHT:
            found = matters.made_rights(session, client_id, facts, only)
        case MatterKind.PURCHASE:
            found = matters.purchases(session, client_id, only)
        case MatterKind.VISIT:
            found = matters.visits(session, client_id, facts, only)
        case _:
            found = []
    assert meant.kind is not None
    return _made(found, meant.kind)


def _made(found: list[matters.Found], kind: MatterKind) -> Iterator[About]:
    for key, words, matter, template in found:
        yield About(kind, key, words, matter, template)


def _reaches(session: Session, client_id: int, country: str) -> Iterator[Reach]:
    rows = session.execute(
        select(
            col(ContactPoint.kind),
            col(ContactPoint.value),
            col(ContactPoint.normalised),
            col(ContactPoint.label),
        )
        .where(col(ContactPoint.client_id) == client_id)
        .order_by(col(ContactPoint.position), ident(ContactPoint.id))
    )
    for kind, value, normal, called in rows:
        exact = value.strip() if kind == ContactKind.EMAIL else normal
        yield Reach(kind, shown(kind, value, normal, country), exact or value, called)


def _waiting(session: Session, client_id: int) -> Iterator[Waiting]:
    rows = session.execute(
        select(
            ident(Message.id),
            col(Message.state),
            col(Message.channel),
            col(Message.way),
            col(Message.address),
            col(Message.subject),
            col(Message.body),
            col(Message.queued_at),
            col(Message.not_before),
            col(Message.associate_id),
            col(Associate.name),
        )
        .join(Associate, ident(Associate.id) == col(Message.associate_id))
        .where(
            col(Message.client_id) == client_id,
            col(Message.state).in_([MessageState.DRAFT, *WAITING]),
        )
        .order_by(col(Message.queued_at), ident(Message.id))
    )
    for row in rows:
        yield Waiting(*row)


Open = dict[tuple[Channel, Purpose, bool], Answer]
"""The gate's answer for each channel and purpose; the last says whether it is about a promise."""


def ways_open(session: Session, client_id: int, *, now: datetime) -> Open:
    """What is allowed at ``now`` (aware), on every channel and for every purpose."""
    found = known(session, [client_id], now=now).get(client_id)
    if found is None:
        return {}
    rules = policy(session)
    return {
        (channel, purpose, promised): permission(
            Wish(channel, purpose, for_promise=promised), found, rules, now
        )
        for channel in Channel
        for purpose in Purpose
        for promised in (False, True)
    }
