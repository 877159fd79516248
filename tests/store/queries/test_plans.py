"""What is open now, or one client's, is not looked for in all that ever was.

A store shows some hundred things a day, hardly any of which goes into a purchase; whoever stands
at the till does not wait for those of all years.
"""

from __future__ import annotations

from datetime import timedelta

import pytest

from clientele.services.shown_items import ShowItem, show_item
from clientele.services.visits import StartVisit, start_visit
from clientele.store.queries.counts import rail_counts
from clientele.store.queries.passport import passport
from clientele.store.queries.rule_clients import made_for
from clientele.store.queries.visit import open_visits, visit_page
from tests.services.floor import Floor
from tests.store.plans import steps_of


@pytest.fixture
def busy(floor: Floor) -> Floor:
    """Daniel Tran is here and was shown a coat."""
    visit = floor.new(start_visit, StartVisit(floor.daniel, floor.okafor, floor.suits))
    page = floor.ask(visit_page, visit)
    floor.do(show_item, ShowItem(page.stop.id, "Coat", floor.okafor))
    return floor


def test_sizes_come_from_one_clients_visits(busy: Floor) -> None:
    steps = steps_of(busy.store, lambda session: passport(session, busy.daniel))
    assert [step for step in steps if "shown_item" in step.split()] == [
        "SEARCH shown_item USING INDEX ix_shown_item_stop_id_position (stop_id=?)"
    ]


def test_contacts_for_rules_are_those_of_the_clients_in_question(busy: Floor) -> None:
    now = busy.clock.now() + timedelta(days=1)
    steps = steps_of(busy.store, lambda session: made_for(session, list(range(1, 65)), now=now))
    contacts = [step for step in steps if "contact_made" in step.split()]
    assert contacts
    assert all("(client_id=?" in step for step in contacts)


def test_open_visits_are_found_among_those_that_are_open(busy: Floor) -> None:
    now = busy.clock.now()
    for ask in (
        open_visits,
        lambda session: rail_counts(session, busy.okafor, now=now),
    ):
        steps = steps_of(busy.store, ask)
        assert "SCAN visit USING INDEX uq_visit_open" in steps
        stops = [step for step in steps if "visit_stop" in step.split()]
        assert stops
        assert all("(visit_id=?" in step for step in stops)
