"""A store whose rules run, for tests of what they make and what becomes of it."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.client import BookRole, Channel, ContactKind, Purpose
from clientele.domain.rules.touch_rules import Rule, Trigger
from clientele.domain.tables import (
    BookMembership,
    Client,
    Consent,
    ContactPoint,
    FollowUp,
    Purchase,
    PurchaseLine,
    TouchMade,
)
from clientele.domain.team import Role
from clientele.services.rows import new_id
from clientele.services.team import AddAssociate, add_associate
from clientele.services.touch_rule_edits import AddRule, add_rule
from clientele.services.touch_rules import RunRules, clients_to_look_at, clients_to_write, run_rules
from clientele.store.queries.reading import store_facts
from clientele.store.session import Store
from tests.services.floor import Floor

TEMPLATE = "thank_you"


def a_manager(floor: Floor) -> int:
    """An associate who may change rules."""
    return floor.new(add_associate, AddAssociate("D. Vos", "Men's Suits", role=Role.STORE_MANAGER))


def reachable(floor: Floor, client: int, owner: int | None = None) -> int:
    """Let a client be reached on every channel about everything, in somebody's book."""
    at = floor.clock.now()
    with floor.store.write() as session:
        if owner is not None:
            session.add(
                BookMembership(client_id=client, associate_id=owner, role=BookRole.OWNER, since=at)
            )
        for kind, value in (
            (ContactKind.PHONE, "+31612345678"),
            (ContactKind.EMAIL, "d@x.example"),
        ):
            session.add(ContactPoint(client_id=client, kind=kind, value=value, normalised=value))
        for channel in Channel:
            session.add(
                Consent(
                    client_id=client,
                    channel=channel,
                    purpose=Purpose.NEWS,
                    allowed=True,
                    said_at=at - timedelta(days=900),
                )
            )
    return client


def another(floor: Floor, name: str = "Ana", **known: Any) -> int:
    """A client of Okafor's who may be reached."""
    at = floor.clock.now()
    client = floor.add(
        Client(given_name=name, sort_name=name.lower(), created_at=at, updated_at=at, **known)
    )
    return reachable(floor, client, floor.okafor)


def bought(
    floor: Floor, client: int, day: date, amount: int = 30_000, *, visit: int | None = None
) -> int:
    """A ticket with one line in Men's Suits on a day, in cents."""
    with floor.store.write() as session:
        at = datetime.combine(day, time(12), store_facts(session).zone)
        purchase = new_id(
            session,
            Purchase(
                client_id=client,
                visit_id=visit,
                sold_at=at,
                sold_on=day,
                associate_id=floor.silva,
                currency="EUR",
                total=amount,
            ),
        )
        session.add(
            PurchaseLine(
                purchase_id=purchase, department_id=floor.suits, item="Coat", amount=amount
            )
        )
    return purchase


def a_rule(trigger: Trigger = Trigger.PURCHASE, **other: Any) -> Rule:
    """A rule by e-mail, three days after or before."""
    said = {"wait": 0 if trigger is Trigger.RHYTHM else 3, **other}
    return Rule("Thanks", trigger, TEMPLATE, Channel.EMAIL, **said)


def ruled(floor: Floor, manager: int, trigger: Trigger = Trigger.PURCHASE, **other: Any) -> int:
    """A rule that is kept; its id."""
    return floor.new(add_rule, AddRule(a_rule(trigger, **other), manager))


def run(floor: Floor, store: Store | None = None) -> int:
    """What a day's run does at a terminal, in the same steps; how many clients were written."""
    book, now = store or floor.store, floor.clock.now()
    with book.read() as session:
        ids = clients_to_write(session, clients_to_look_at(session, now=now), now=now)
    with book.write() as session:
        run_rules(session, RunRules(ids), now=now)
    return len(ids)


def follow_ups(floor: Floor, client: int | None = None) -> list[FollowUp]:
    """What rules made, in the order in which it was made."""

    def asked(session: Session) -> list[FollowUp]:
        rows = select(FollowUp).where(col(FollowUp.rule_id).is_not(None)).order_by(col(FollowUp.id))
        if client is not None:
            rows = rows.where(col(FollowUp.client_id) == client)
        found = list(session.scalars(rows))
        session.expunge_all()
        return found

    return list(floor.ask(asked))


def states(floor: Floor) -> list[tuple[str, date]]:
    """How they stand, and when they are due."""
    return [(one.state, one.due_on) for one in follow_ups(floor)]


def keys(floor: Floor) -> list[str]:
    """The occasions that were asked for."""
    return list(
        floor.ask(lambda session: list(session.scalars(select(col(TouchMade.occasion_key)))))
    )
