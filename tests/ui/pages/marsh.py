"""Eleanor Marsh, as an associate knows her: one client with everything, for tests and pictures."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import Update, update
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.plans import OccasionKind
from clientele.domain.rules.dates import PartialDate
from clientele.domain.tables import (
    Associate,
    BookMembership,
    ContactMade,
    Department,
    Note,
    Purchase,
    PurchaseLine,
)
from clientele.services.clients import NewClient, new_client
from clientele.services.consents import SayConsent, say_consent
from clientele.services.follow_ups import NewFollowUp, new_follow_up
from clientele.services.household import (
    AddHouseholdMember,
    AddOccasion,
    add_household_member,
    add_occasion,
)
from clientele.services.preferences import (
    AddPreference,
    add_preference,
)
from clientele.services.promises import MakePromise, make_promise
from clientele.services.rows import new_id
from clientele.services.sizes import (
    AddSize,
    add_size,
)
from clientele.store.session import Store
from clientele.ui.desk import Me

TICKETS = (
    (70, (("Women's Sportswear", "Linen blazer, camel, 12", 28_600), ("Shoes", "Loafer", 20_000))),
    (153, (("Handbags", "Small tote, camel", 29_800),)),
    (240, (("Shoes", "Boot, black, 7½ B", 31_000), ("Cosmetics", "Hand cream", 3_400))),
    (320, (("Men's Suits", "Tie, dark green", 9_800), ("Shoes", "Court, navy, 7 B", 26_100))),
    (480, (("Women's Sportswear", "Trousers, navy, 12", 21_900),)),
    (700, (("Handbags", "Clutch, silk", 14_100),)),
)
"""Days ago, and what was bought where, in minor units."""


def eleanor(store: Store, me: Me, now: datetime) -> int:
    """Put her into the book and answer her id."""
    with store.write() as session:
        for name in ("Shoes", "Handbags", "Cosmetics", "Coats", "Jewellery"):
            session.add(Department(name=name, position=9))
        what = NewClient(
            me.id, "Eleanor", "Marsh", "Nell", "020 555 0118", "nell.marsh@example.com"
        )
        client = new_client(session, what, now=now - timedelta(days=1900)).subject or 0
        for channel, yes in (("call", True), ("email", True), ("text", False)):
            say_consent(session, SayConsent(client, channel, yes, me.id), now=now)
        _likes_and_sizes(session, client, me, now)
        _household(session, client, now)
        _story(session, client, me, now)
    return client


def _likes_and_sizes(session: Session, client: int, me: Me, now: datetime) -> None:
    for what in ("navy", "camel", "silk", "low heel", "quiet fitting room"):
        add_preference(session, AddPreference(client, "like", what, me.id), now=now)
    for what in ("wool on skin", "logos", "being rushed"):
        add_preference(session, AddPreference(client, "avoid", what, me.id), now=now)
    for ago, (category, value, fit, brand) in enumerate(
        (
            ("Coat", "UK 12", "sleeves −2 cm", ""),
            ("Shoe · loafer", "7 B", "narrow heel", ""),
            ("Shoe · boot", "7½ B", "with thick sock", ""),
            ("Dress", "UK 12", "", ""),
            ("Dress", "14", "", "Arden"),
        )
    ):
        size = AddSize(client, category, value, me.id, fit=fit, brand=brand)
        add_size(session, size, now=now - timedelta(days=ago))


def _household(session: Session, client: int, now: datetime) -> None:
    robert = AddHouseholdMember(client, "Robert", "husband", "jacket 44L, likes tweed")
    member = add_household_member(session, robert, now=now).subject
    birthday = AddOccasion(client, PartialDate(11, 27), OccasionKind.BIRTHDAY, "", member)
    add_occasion(session, birthday, now=now)
    ines = AddHouseholdMember(client, "Ines", "daughter")
    member = add_household_member(session, ines, now=now).subject
    graduates = AddOccasion(client, PartialDate(6, None), OccasionKind.GRADUATION, "", member)
    add_occasion(session, graduates, now=now)


def _story(session: Session, client: int, me: Me, now: datetime) -> None:
    for ago, channel, words in (
        (3, "email", "coat fitting confirmed for Saturday 11:00"),
        (231, "call", "fit check on boots, very happy"),
    ):
        at = now - timedelta(days=ago)
        session.add(
            ContactMade(
                client_id=client, associate_id=me.id, channel=channel, summary=words,
                took_place_at=at,
            )
        )  # fmt: skip
    for ago, body, first in (
        (70, "How did the Italy trip go? Did the loafers last the cobbles?", True),
        (71, "three weeks in Italy in October, walks a lot", False),
    ):
        at = now - timedelta(days=ago)
        session.add(
            Note(client_id=client, associate_id=me.id, body=body, say_first=first, written_at=at)
        )
    for ago, lines in TICKETS:
        ticket(session, client, me.id, now - timedelta(days=ago), lines)
    make_promise(
        session,
        MakePromise(
            client, me.id, "transfer", "size 7 loafer from downtown", date(2026, 11, 24)
        ),
        now=now,
    )  # fmt: skip
    new_follow_up(
        session,
        NewFollowUp(client, me.id, "call", "Robert's birthday gift ideas", date(2026, 11, 27)),
        now=now,
    )


def ticket(
    session: Session,
    client: int,
    by: int,
    at: datetime,
    lines: tuple[tuple[str, str, int], ...],
    receipt: str = "",
) -> int:
    """One ticket over departments: (department, article, minor units) for each line."""
    places = {row.name: row.id for row in session.query(Department)}
    key = new_id(
        session,
        Purchase(
            client_id=client,
            receipt=receipt or f"0412-{at:%m%d}",
            sold_at=at,
            sold_on=at.date(),
            associate_id=by,
            currency="EUR",
            total=sum(amount for _, _, amount in lines),
        ),
    )
    for place, item, amount in lines:
        session.add(
            PurchaseLine(
                purchase_id=key, department_id=places[place] or 0, item=item, amount=amount,
                associate_id=by,
            )
        )  # fmt: skip
    return key


def colleague(session: Session, name: str, department: int, now: datetime) -> int:
    """Somebody else who sells."""
    return new_id(session, Associate(name=name, department_id=department, created_at=now))


def give_to(session: Session, client: int, associate: int, now: datetime) -> None:
    """Another associate owns the client."""
    session.query(BookMembership).filter_by(client_id=client).update({"until": now})
    session.add(BookMembership(client_id=client, associate_id=associate, since=now))


def no_owner(client: int, now: datetime) -> Update:
    """What ends every membership of a client."""
    return update(BookMembership).where(col(BookMembership.client_id) == client).values(until=now)
