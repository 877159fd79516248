"""Does the book say whose a client is, since when and why, and who was before?"""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from clientele.domain.history import Purchase, PurchaseLine
from clientele.domain.tables import Absence, Associate, BookMembership
from clientele.domain.team import Role
from clientele.services.books import (
    EndKnowing,
    GiveClients,
    KnowInDepartment,
    TakeIntoBook,
    end_knowing,
    give_clients,
    know_in_department,
    take_into_book,
)
from clientele.services.hand_offs import Answer, Offer, accept, offer
from clientele.services.rows import the
from clientele.store.queries.whose import Whose, may_give_away, whose
from tests.services.floor import Floor

TODAY = date(2026, 11, 21)


def found(floor: Floor) -> Whose:
    answer = floor.ask(whose, floor.daniel, today=TODAY)
    assert isinstance(answer, Whose)
    return answer


def sold(floor: Floor, by: int, ago: int, item: str, amount: int) -> None:
    at = floor.clock.now() - timedelta(days=ago)
    key = floor.add(
        Purchase(client_id=floor.daniel, sold_at=at, sold_on=at.date(), currency="EUR",
                 total=amount, receipt=item)
    )  # fmt: skip
    floor.add(
        PurchaseLine(
            purchase_id=key, department_id=floor.suits, item=item, amount=amount, associate_id=by
        )
    )


def test_of_a_client_of_nobody_and_of_one_who_is_not_there(floor: Floor) -> None:
    answer = found(floor)
    assert answer.named.name == "Daniel Tran"
    assert (answer.owner, answer.cover, answer.knowing, answer.past) == (None, None, (), ())
    assert floor.ask(whose, 4711, today=TODAY) is None


def test_the_owner_with_the_reason_that_was_written_down_or_else_the_first_sale(
    floor: Floor,
) -> None:
    floor.do(take_into_book, TakeIntoBook(floor.daniel, floor.okafor))
    sold(floor, floor.silva, 700, "Loafers", 20_000)
    sold(floor, floor.okafor, 500, "Tie", 9_000)
    sold(floor, floor.okafor, 400, "Navy suit", 80_000)
    sold(floor, floor.okafor, 600, "Returned coat", -50_000)
    owner = found(floor).owner
    assert owner is not None
    assert (owner.associate, owner.why, owner.bought) == ("R. Okafor", "", "Tie")
    assert owner.bought_on == TODAY - timedelta(days=500)
    floor.do(give_clients, GiveClients((floor.daniel,), floor.silva, floor.okafor, "moved"))
    owner = found(floor).owner
    assert owner is not None
    assert (owner.associate, owner.why, owner.bought) == ("M. Silva", "moved", "")


def test_who_knows_them_in_departments_and_what_is_over(floor: Floor) -> None:
    floor.do(take_into_book, TakeIntoBook(floor.daniel, floor.okafor, "new client"))
    row = floor.new(know_in_department, KnowInDepartment(floor.daniel, floor.silva, floor.silva))
    floor.new(
        know_in_department,
        KnowInDepartment(floor.daniel, floor.silva, floor.silva, floor.accessories),
    )
    assert [(one.associate, one.department) for one in found(floor).knowing] == [
        ("M. Silva", "Accessories"),
        ("M. Silva", "Men's Shoes"),
    ]
    floor.clock.advance(timedelta(hours=1))
    floor.do(give_clients, GiveClients((floor.daniel,), floor.silva, floor.okafor))
    floor.clock.advance(timedelta(hours=1))
    floor.do(end_knowing, EndKnowing(row, floor.silva))
    answer = found(floor)
    assert [one.department for one in answer.knowing] == ["Accessories"]
    assert [(one.associate, one.role, one.why) for one in answer.past] == [
        ("M. Silva", "department", ""),
        ("R. Okafor", "owner", "new client"),
    ]
    with floor.store.write() as session:
        the(session, Associate, floor.silva).active = False
    answer = found(floor)
    assert answer.knowing == ()
    assert answer.owner is not None
    assert not answer.owner.works_here


def test_while_the_owner_is_away_it_says_who_covers(floor: Floor) -> None:
    floor.do(take_into_book, TakeIntoBook(floor.daniel, floor.okafor))
    back = TODAY + timedelta(days=2)
    floor.add(
        Absence(associate_id=floor.okafor, cover_id=floor.silva, away_from=TODAY, back_on=back,
                created_at=floor.clock.now())
    )  # fmt: skip
    cover = found(floor).cover
    assert cover is not None
    assert (cover.associate_id, cover.associate, cover.back_on) == (floor.silva, "M. Silva", back)
    assert floor.ask(whose, floor.daniel, today=back).cover is None


def test_two_rows_of_one_client_never_both_own(floor: Floor) -> None:
    floor.do(take_into_book, TakeIntoBook(floor.daniel, floor.okafor))
    with pytest.raises(Exception, match="UNIQUE"):
        floor.add(
            BookMembership(
                client_id=floor.daniel, associate_id=floor.silva, since=floor.clock.now()
            )
        )


def test_who_may_give_this_client_away(floor: Floor) -> None:
    def may(by: int) -> bool:
        return bool(floor.ask(may_give_away, floor.daniel, by))

    assert not may(floor.okafor)
    floor.do(take_into_book, TakeIntoBook(floor.daniel, floor.okafor))
    assert (may(floor.okafor), may(floor.silva)) == (True, False)
    with floor.store.write() as session:
        the(session, Associate, floor.silva).role = Role.DEPARTMENT_MANAGER
    assert not may(floor.silva)
    with floor.store.write() as session:
        the(session, Associate, floor.silva).department_id = floor.suits
    assert may(floor.silva)


def test_what_is_lent_or_waits_for_an_answer_is_told_and_what_is_over_is_not(floor: Floor) -> None:
    floor.do(take_into_book, TakeIntoBook(floor.daniel, floor.okafor))
    lent = Offer(floor.daniel, floor.silva, floor.okafor, until_on=TODAY + timedelta(days=2))
    key = floor.new(offer, lent)
    assert [(row.state, row.taker.name) for row in found(floor).handed] == [("offered", "M. Silva")]
    floor.do(accept, Answer(key, floor.silva))
    answer = found(floor)
    assert [(row.state, row.until_on) for row in answer.handed] == [
        ("accepted", TODAY + timedelta(days=2))
    ]
    assert answer.owner is not None
    assert answer.owner.associate == "R. Okafor"
    later = floor.ask(whose, floor.daniel, today=TODAY + timedelta(days=3))
    assert later.handed == ()
