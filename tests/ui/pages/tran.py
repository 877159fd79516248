"""Daniel Tran, in the store to collect a suit: a visit half way, for tests and pictures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from clientele.domain.tables import (
    Department,
    HouseholdMember,
    Note,
    Occasion,
    Preference,
    Promise,
    Purchase,
    PurchaseLine,
    Size,
)
from clientele.services.clients import NewClient, new_client
from clientele.services.consents import SayConsent, say_consent
from clientele.services.drafts import TypeDraft, type_draft
from clientele.services.rows import new_id
from clientele.services.shown_items import SetOutcome, ShowItem, set_outcome, show_item
from clientele.services.team import AddAssociate, add_associate, department_named
from clientele.services.visits import (
    GoTo,
    Greet,
    PlanStop,
    StartVisit,
    go_to,
    greet,
    note_draft,
    plan_stop,
    start_visit,
)
from clientele.store.session import Store

SAID = "wants a gift for fiancée, she likes emerald, ring size 6, wedding 5 dec"


@dataclass(frozen=True, slots=True)
class Tran:
    """Who and what there is, by id."""

    okafor: int
    silva: int
    daniel: int
    visit: int
    suits: int
    shoes: int
    accessories: int
    sportswear: int


def daniel(store: Store, now: datetime, okafor: int | None = None) -> Tran:
    """Put him into the book: 24 minutes here, one department behind him, in the second now."""
    with store.write() as session:
        places = [
            department_named(session, name)
            for name in ("Men's Suits", "Men's Shoes", "Accessories", "Women's Sportswear")
        ]
        suits, shoes, accessories, sportswear = places
        session.add(Department(name="Jewellery", position=9))
        by = okafor or _associate(session, "R. Okafor", "Men's Suits", now)
        silva = _associate(session, "M. Silva", "Men's Shoes", now)
        what = NewClient(by, "Daniel", "Tran", "", "020 555 0142", "daniel.tran@example.com")
        client = new_client(session, what, now=now - timedelta(days=900)).subject or 0
        for channel, yes in (("call", True), ("email", True), ("text", False)):
            say_consent(session, SayConsent(client, channel, yes, by), now=now)
        _known(session, client, by, now, suits, shoes)
        visit = _visit(session, client, by, now, places)
    return Tran(by, silva, client, visit, suits, shoes, accessories, sportswear)


def _associate(session: Session, name: str, department: str, now: datetime) -> int:
    return add_associate(session, AddAssociate(name, department), now=now).subject or 0


def _known(session: Session, client: int, by: int, now: datetime, suits: int, shoes: int) -> None:
    for category, value, fit, department in (
        ("Suit", "42R", "", suits),
        ("Loafer", "10 D", "", shoes),
        ("Oxford", "10½ D", "wide toe box", shoes),
    ):
        session.add(
            Size(
                client_id=client,
                department_id=department,
                category=category,
                value=value,
                fit=fit,
                evidence="kept",
                evidence_at=now - timedelta(days=400),
            )
        )
    said: tuple[tuple[str, str, int | None], ...] = (
        ("avoid", "patent", shoes),
        ("avoid", "square toe", shoes),
        ("like", "navy", None),
    )
    for kind, words, wanted in said:
        session.add(
            Preference(
                client_id=client,
                department_id=wanted,
                kind=kind,
                what=words,
                created_at=now,
            )
        )
    _bought(
        session, client, by, now - timedelta(days=14), "0411-1207", (suits, "Navy suit, 42R", 89000)
    )
    _bought(
        session, client, by, now - timedelta(days=700), "0207-0031", (shoes, "Brown brogue", 24000)
    )
    _bought(
        session, client, by, now - timedelta(days=1100), "0103-1144", (shoes, "Black derby", 21000)
    )
    member = new_id(session, HouseholdMember(client_id=client, name="Mai", relation="fiancée"))
    session.add(
        Preference(
            client_id=client,
            household_member_id=member,
            kind="like",
            what="emerald",
            created_at=now,
        )
    )
    session.add(
        Occasion(
            client_id=client,
            kind="wedding",
            title="wedding",
            month=12,
            day=5,
            every_year=False,
            year=2026,
        )
    )
    session.add(
        Promise(
            client_id=client,
            associate_id=by,
            department_id=suits,
            kind="alteration",
            what="Trousers hemmed, navy suit 42R",
            due_on=date(2026, 11, 21),
            state="ready",
            promised_at=now - timedelta(days=14),
            last_word_at=now,
        )
    )
    session.add(
        Note(
            client_id=client,
            associate_id=by,
            body="Getting married on 5 December. How did the honeymoon plans turn out?",
            say_first=True,
            written_at=now - timedelta(days=14),
        )
    )


def _bought(
    session: Session, client: int, by: int, at: datetime, receipt: str, *lines: tuple[int, str, int]
) -> None:
    purchase = new_id(
        session,
        Purchase(
            client_id=client,
            receipt=receipt,
            sold_at=at,
            sold_on=at.date(),
            associate_id=by,
            currency="USD",
            total=sum(amount for _, _, amount in lines),
        ),
    )
    for department, item, amount in lines:
        session.add(
            PurchaseLine(
                purchase_id=purchase,
                department_id=department,
                item=item,
                amount=amount,
                associate_id=by,
            )
        )


def _visit(session: Session, client: int, by: int, now: datetime, places: list[int]) -> int:
    came = now - timedelta(minutes=24)
    suits, shoes, accessories, sportswear = places
    what = StartVisit(client, by, suits, "suit collection · wedding 5 Dec")
    visit = start_visit(session, what, now=came).subject or 0
    greet(session, Greet(visit), now=came + timedelta(seconds=40))
    plan_stop(session, PlanStop(visit, shoes), now=came)
    plan_stop(session, PlanStop(visit, accessories), now=came)
    plan_stop(session, PlanStop(visit, sportswear), now=came)
    _show(session, visit, by, came, ("White spread-collar shirt, 16/34 127.00", "keeping", ""))
    go_to(session, GoTo(visit, shoes), now=came + timedelta(minutes=12))
    for one in (
        ("Cap-toe oxford black calf, 10½ D 285.00", "keeping", ""),
        ("Plain derby dark brown, 10½ D 260.00", "no", "too narrow"),
        ("Suede loafer navy, 10 D 210.00", "wish list", ""),
    ):
        _show(session, visit, by, now, one)
    type_draft(session, TypeDraft(by, note_draft(visit), SAID), now=now)
    return visit


def _show(session: Session, visit: int, by: int, now: datetime, what: tuple[str, str, str]) -> None:
    from clientele.store.queries.visit import visit_page

    session.flush()
    page = visit_page(session, visit)
    assert page is not None
    assert page.stop is not None
    text, outcome, why = what
    key = show_item(session, ShowItem(page.stop.id, text, by), now=now).subject or 0
    set_outcome(session, SetOutcome(key, outcome, why), now=now)
