"""The rules of the sample store are on, and have made the follow-ups of some of its clients."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from clientele.services.sample.people import Person
from clientele.services.touch_rules import RunRules, no_rules_yet, put_in_starting_rules, run_rules
from clientele.store.queries.reading import store_facts
from clientele.store.queries.rule_outlook import outlooks
from clientele.store.queries.touch_rules import rules_by_id

LOOKED_AT = 120
SOME = 24
"""For so many clients they have run already; the first run in the window looks at the others."""
YESTERDAY = timedelta(hours=13)
"""Before today begins: they ran yesterday at eleven."""


def write_rules(session: Session, people: list[Person], *, currency: str, now: datetime) -> None:
    """Put the starting rules in; what they made is due in the days to come."""
    store = store_facts(session)
    today = store.day_of(now)
    ran_at = store.begins(today) - YESTERDAY
    if no_rules_yet(session):
        put_in_starting_rules(session, currency, "en", ran_at)
    looked_at = [person.id for person in people[:LOOKED_AT]]
    found = outlooks(session, looked_at, rules_by_id(session), now=ran_at)
    some = [one.client_id for one in found if all(wanted.due_on > today for wanted in one.wanted)]
    run_rules(session, RunRules(tuple(some[:SOME])), now=ran_at)
