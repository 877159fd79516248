"""What fits a client, worked out of what was bought, brought back, given and tried on."""

from __future__ import annotations

from datetime import timedelta

import pytest

from clientele.domain.errors import NotThere
from clientele.domain.preferences import Evidence
from clientele.domain.tables import Gift, HouseholdMember, LineReturn, Purchase, PurchaseLine
from clientele.domain.visits import Outcome
from clientele.services.rows import new_id
from clientele.services.shown_items import SetOutcome, set_outcome
from clientele.services.sizes import CountAgain, SetAside, count_again, set_aside
from clientele.services.visits import StartVisit, start_visit
from clientele.store.queries.passport import passport
from clientele.store.queries.wearing import sizes_of
from tests.services.floor import Floor
from tests.services.till import shown


def _line(
    floor: Floor, item: str, days: int, *, brings_back: int | None = None, why: str = "",
    brand: str = "", size: str = "",
) -> int:  # fmt: skip
    at = floor.clock.now() - timedelta(days=days)
    sign = 1 if brings_back is None else -1
    with floor.store.write() as session:
        purchase = new_id(
            session,
            Purchase(
                client_id=floor.daniel, sold_at=at, sold_on=at.date(), currency="EUR",
                total=sign * 900,
            ),
        )  # fmt: skip
        line = new_id(
            session,
            PurchaseLine(
                purchase_id=purchase, department_id=floor.suits, item=item, brand=brand,
                size=size, quantity=sign * 1000, amount=sign * 900,
            ),
        )  # fmt: skip
        if brings_back is not None:
            row = LineReturn(sold_line_id=brings_back, return_line_id=line, why=why)
            new_id(session, row)
        return line


def _values(floor: Floor, member: int | None = None) -> dict[str, str]:
    return {one.category: one.value for one in floor.ask(passport, floor.daniel).of(member)}


def test_what_was_bought_and_kept_is_known(floor: Floor) -> None:
    _line(floor, "Two-button suit, navy, 42R", 30)
    _line(floor, "Derby", 20, brand="Arden", size="10 D")
    assert _values(floor) == {"Suit": "42R", "Shoe · derby": "10 D"}
    rows = floor.ask(sizes_of, floor.daniel)
    assert [(row.category, row.evidence) for row in rows] == [
        ("Shoe · derby", Evidence.KEPT),
        ("Suit", Evidence.KEPT),
    ]


def test_brought_back_as_too_small_speaks_against_it(floor: Floor) -> None:
    _line(floor, "Suit, grey, 42R", 200)
    second = _line(floor, "Suit, navy, 42R", 60)
    _line(floor, "Suit, navy, 42R", 50, brings_back=second, why="zu klein")
    (worn,) = floor.ask(passport, floor.daniel).of(None)
    assert (worn.value, worn.best.evidence) == ("42R", Evidence.KEPT)
    assert [proof.evidence for proof in worn.against] == [Evidence.RETURNED_TOO_SMALL]
    assert worn.suggestion is not None
    assert worn.suggestion.value == "44R"


def test_brought_back_for_its_colour_says_nothing(floor: Floor) -> None:
    sold = _line(floor, "Suit, navy, 42R", 60)
    _line(floor, "Suit, navy, 42R", 50, brings_back=sold, why="the colour")
    assert _values(floor) == {}


def test_a_gift_is_evidence_for_whoever_got_it(floor: Floor) -> None:
    line = _line(floor, "Silk dress, emerald, UK 12", 30)
    with floor.store.write() as session:
        wife = new_id(session, HouseholdMember(client_id=floor.daniel, name="Ada"))
        gift = Gift(
            client_id=floor.daniel, household_member_id=wife, purchase_line_id=line,
            what="Silk dress", created_at=floor.clock.now(),
        )  # fmt: skip
        new_id(session, gift)
    assert _values(floor) == {}
    assert _values(floor, wife) == {"Dress": "UK 12"}


def test_what_was_tried_on_and_did_not_fit(floor: Floor) -> None:
    visit = floor.new(start_visit, StartVisit(floor.daniel, floor.okafor, floor.suits))
    item = shown(floor, visit, "Cap-toe oxford, 10 D")
    floor.do(set_outcome, SetOutcome(item, Outcome.NO, why="too narrow"))
    (worn,) = floor.ask(passport, floor.daniel).of(None)
    assert worn.best.evidence is Evidence.TRIED_TOO_SMALL
    assert worn.suggestion is not None
    assert worn.suggestion.value == "10 E"


def test_evidence_is_set_aside_counted_again_and_undone(floor: Floor) -> None:
    line = _line(floor, "Suit, navy, 42R", 60)
    changes = floor.do(set_aside, SetAside(floor.daniel, floor.okafor, line, why="not for him"))
    assert changes.clients == {floor.daniel}
    assert _values(floor) == {}
    ((aside, proof),) = floor.ask(passport, floor.daniel).aside
    assert proof.id == line
    assert floor.new(set_aside, SetAside(floor.daniel, floor.okafor, line)) == aside
    floor.undo(changes)
    assert _values(floor) == {"Suit": "42R"}
    again = floor.new(set_aside, SetAside(floor.daniel, floor.okafor, line))
    changes = floor.do(count_again, CountAgain(again))
    assert _values(floor) == {"Suit": "42R"}
    floor.undo(changes)
    assert _values(floor) == {}


def test_only_what_is_theirs_is_set_aside(floor: Floor) -> None:
    line = _line(floor, "Suit, navy, 42R", 60)
    for what in (
        SetAside(floor.daniel + 1, floor.okafor, line),
        SetAside(floor.daniel, floor.okafor, 4711),
        SetAside(floor.daniel, floor.okafor),
    ):
        with pytest.raises(NotThere):
            floor.do(set_aside, what)
