"""Long after a merge: do two clients come back, with what belongs to whom, and is the rest said?"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlmodel import col, select

from clientele.domain.client import Purpose
from clientele.domain.errors import NotThere
from clientele.domain.tables import (
    BookMembership,
    Client,
    ClientTag,
    ContactPoint,
    LineReturn,
    Note,
    PartPayment,
    Promise,
    Purchase,
    PurchaseLine,
    Tag,
    Visit,
)
from clientele.services.books import TakeIntoBook, take_into_book
from clientele.services.changes import Changes
from clientele.services.clients import (
    EditClient,
    EditContactPoint,
    NewClient,
    edit_client,
    edit_contact_point,
    new_client,
)
from clientele.services.consents import SayConsent, say_consent
from clientele.services.merging import Merge, merge_clients
from clientele.services.notes import EditNote, KeepNote, edit_note, keep_note
from clientele.services.unmerging import MergedSince, TakesOfBoth, Unmerge, undo_merge
from clientele.store.queries.contact_points import consents
from clientele.store.queries.duplicates import merges
from clientele.store.session import open_store
from tests.conftest import DATA_KEY
from tests.services.floor import Floor


@pytest.fixture
def two(floor: Floor) -> tuple[int, int]:
    """Jon of Okafor with a note, and John of Silva."""
    jon = floor.new(new_client, NewClient(floor.okafor, "Jon", "Smith", phone="06 12345678"))
    john = floor.new(new_client, NewClient(floor.silva, "John", "Smith", email="j@s.nl"))
    floor.do(keep_note, KeepNote(jon, "likes navy", floor.okafor))
    return jon, john


def merged(floor: Floor, two: tuple[int, int]) -> Changes:
    floor.clock.advance(timedelta(days=1))
    return floor.do(merge_clients, Merge(*two, by=floor.okafor))


def part(floor: Floor, changes: Changes) -> Changes:
    """Undo it long after, by its row alone."""
    merge_id = max(changes.ids["client_merge"])
    floor.clock.advance(timedelta(days=30))
    return floor.do(undo_merge, Unmerge(merge_id))


def bodies(floor: Floor, client_id: int) -> list[str]:
    with floor.store.read() as session:
        notes = select(col(Note.body)).where(col(Note.client_id) == client_id)
        return sorted(session.scalars(notes))


def name(floor: Floor, client_id: int) -> str:
    client = floor.ask(lambda s: s.get(Client, client_id))
    return f"{client.given_name} {client.family_name}"


def sale(floor: Floor, client_id: int, receipt: str) -> tuple[int, int]:
    """A purchase of one line."""
    ticket = floor.add(
        Purchase(client_id=client_id, receipt=receipt, sold_at=floor.clock.now(),
                 sold_on=date(2026, 11, 20), currency="EUR", total=100)
    )  # fmt: skip
    line = PurchaseLine(purchase_id=ticket, department_id=floor.suits, amount=100)
    return ticket, floor.add(line)


def test_what_was_changed_since_stays_changed_and_goes_home(
    floor: Floor, two: tuple[int, int]
) -> None:
    changes = merged(floor, two)
    with floor.store.read() as session:
        (note,) = session.scalars(select(col(Note.id))).all()
        phone = session.scalars(
            select(col(ContactPoint.id)).where(col(ContactPoint.kind) == "phone")
        ).one()
    assert note is not None
    assert phone is not None
    floor.do(edit_note, EditNote(note, "likes navy and grey"))
    floor.do(edit_contact_point, EditContactPoint(phone, "06 87654321"))
    floor.do(edit_client, EditClient(two[1], "say_it", "smith"))
    answer = part(floor, changes)
    assert answer.subject == two[0]
    assert answer.stayed is None
    assert bodies(floor, two[0]) == ["likes navy and grey"]
    with floor.store.read() as session:
        point = session.get(ContactPoint, phone)
        assert point is not None
        assert (point.client_id, point.value) == (two[0], "06 87654321")
        kept = session.get(Client, two[1])
        assert kept is not None
        assert (kept.given_name, kept.say_it) == ("John", "smith")
    assert name(floor, two[0]) == "Jon Smith"


def test_what_was_added_since_stays_and_is_said(floor: Floor, two: tuple[int, int]) -> None:
    changes = merged(floor, two)
    floor.do(keep_note, KeepNote(two[1], "wedding in May", floor.okafor))
    sale(floor, two[1], "77")
    answer = part(floor, changes)
    assert answer.stayed is not None
    assert (answer.stayed.client_id, answer.stayed.name) == (two[1], "John Smith")
    assert answer.stayed.rows == (("note", 1), ("purchase", 1))
    assert bodies(floor, two[1]) == ["wedding in May"]
    assert bodies(floor, two[0]) == ["likes navy"]


def test_what_hangs_on_something_that_goes_goes_along(floor: Floor, two: tuple[int, int]) -> None:
    jon, john = two
    visit = floor.add(Visit(client_id=jon, associate_id=floor.okafor,
                            arrived_at=floor.clock.now(), left_at=floor.clock.now()))  # fmt: skip
    changes = merged(floor, two)
    promise = floor.add(
        Promise(client_id=john, associate_id=floor.okafor, visit_id=visit, kind="hold", what="coat",
                due_on=date(2026, 12, 1), promised_at=floor.clock.now(),
                last_word_at=floor.clock.now())
    )  # fmt: skip
    answer = part(floor, changes)
    assert answer.stayed is None
    assert floor.ask(lambda s: s.get(Promise, promise)).client_id == jon


def test_what_was_refused_since_was_refused_by_both(floor: Floor, two: tuple[int, int]) -> None:
    for client_id in two:
        floor.do(say_consent, SayConsent(client_id, "call", True, floor.okafor))
    changes = merged(floor, two)
    floor.clock.advance(timedelta(days=1))
    floor.do(say_consent, SayConsent(two[1], "call", False, floor.okafor, "by phone"))
    floor.do(say_consent, SayConsent(two[1], "text", False, floor.okafor))
    floor.do(say_consent, SayConsent(two[1], "email", True, floor.okafor))
    part(floor, changes)
    said = floor.ask(consents, list(two), Purpose.NEWS)
    assert said[two[0]] == {"call": False, "text": False}
    assert said[two[1]] == {"call": False, "text": False, "email": True}


def test_what_was_refused_since_holds_for_both_also_where_the_clock_was_set_back(
    floor: Floor, two: tuple[int, int]
) -> None:
    floor.do(say_consent, SayConsent(two[0], "call", True, floor.okafor))
    changes = merged(floor, two)
    floor.clock.advance(-timedelta(days=1))
    floor.do(say_consent, SayConsent(two[1], "text", False, floor.okafor))
    part(floor, changes)
    for client_id in two:
        assert not floor.ask(consents, [client_id], Purpose.SERVICE)[client_id]["text"]


def test_a_return_goes_with_the_goods_that_it_brings_back(
    floor: Floor, two: tuple[int, int]
) -> None:
    _, sold = sale(floor, two[0], "1")
    changes = merged(floor, two)
    ticket, back = sale(floor, two[1], "2")
    floor.add(LineReturn(sold_line_id=sold, return_line_id=back))
    part(floor, changes)
    assert floor.ask(lambda s: s.get(Purchase, ticket)).client_id == two[0]


def test_a_ticket_of_both_stands_in_the_way(floor: Floor, two: tuple[int, int]) -> None:
    _, of_jon = sale(floor, two[0], "1")
    _, of_john = sale(floor, two[1], "2")
    changes = merged(floor, two)
    ticket, back = sale(floor, two[1], "3")
    other = floor.add(PurchaseLine(purchase_id=ticket, department_id=floor.suits, amount=-100))
    floor.add(LineReturn(sold_line_id=of_jon, return_line_id=back))
    floor.add(LineReturn(sold_line_id=of_john, return_line_id=other))
    with pytest.raises(TakesOfBoth):
        part(floor, changes)
    assert floor.ask(lambda s: s.get(Client, two[0])) is None


def test_money_paid_ahead_goes_with_the_ticket_that_takes_it(
    floor: Floor, two: tuple[int, int]
) -> None:
    paid = floor.add(PartPayment(client_id=two[0], what="suit", receipt="9", amount=50,
                                 currency="EUR", paid_at=floor.clock.now()))  # fmt: skip
    changes = merged(floor, two)
    ticket, _ = sale(floor, two[1], "3")
    with floor.store.write() as session:
        row = session.get(PartPayment, paid)
        assert row is not None
        row.purchase_id = ticket
    part(floor, changes)
    assert floor.ask(lambda s: s.get(Purchase, ticket)).client_id == two[0]


def test_a_later_merge_is_taken_back_first(floor: Floor, two: tuple[int, int]) -> None:
    first = merged(floor, two)
    third = floor.new(new_client, NewClient(floor.okafor, "Johnny", "Smith"))
    second = floor.do(merge_clients, Merge(two[1], third))
    with pytest.raises(MergedSince, match="merged once more"):
        part(floor, first)
    floor.undo(second)
    part(floor, first)
    assert [name(floor, key) for key in (*two, third)] == [
        "Jon Smith", "John Smith", "Johnny Smith"
    ]  # fmt: skip
    assert bodies(floor, two[0]) == ["likes navy"]


def test_a_merge_is_taken_back_once(floor: Floor, two: tuple[int, int]) -> None:
    changes = merged(floor, two)
    part(floor, changes)
    with pytest.raises(NotThere):
        part(floor, changes)
    assert floor.ask(merges) == ()


def test_an_undo_of_the_undo_makes_them_one_again(floor: Floor, two: tuple[int, int]) -> None:
    changes = merged(floor, two)
    back = floor.undo(changes)
    assert name(floor, two[0]) == "Jon Smith"
    again = floor.undo(back)
    assert floor.ask(lambda s: s.get(Client, two[0])) is None
    assert bodies(floor, two[1]) == ["likes navy"]
    floor.undo(again)
    assert bodies(floor, two[0]) == ["likes navy"]


def test_a_new_row_under_an_old_number_is_not_taken_for_the_one_that_moved(
    floor: Floor, two: tuple[int, int]
) -> None:
    changes = merged(floor, two)
    with floor.store.read() as session:
        (note,) = session.scalars(select(col(Note.id))).all()
    assert note is not None
    floor.do(edit_note, EditNote(note, ""))
    floor.clock.advance(timedelta(days=1))
    assert floor.new(keep_note, KeepNote(two[1], "new words", floor.okafor)) == note
    answer = part(floor, changes)
    assert bodies(floor, two[0]) == []
    assert bodies(floor, two[1]) == ["new words"]
    assert answer.stayed is not None
    assert answer.stayed.rows == (("note", 1),)


def test_what_was_set_aside_comes_back_under_another_number_where_its_own_is_taken(
    floor: Floor, two: tuple[int, int]
) -> None:
    tag = floor.add(Tag(name="Suits"))
    floor.add(ClientTag(client_id=two[1], tag_id=tag))
    aside = floor.add(ClientTag(client_id=two[0], tag_id=tag))
    changes = merged(floor, two)
    assert floor.add(ClientTag(client_id=floor.daniel, tag_id=tag)) == aside
    part(floor, changes)
    with floor.store.read() as session:
        tagged = session.scalars(select(col(ClientTag.client_id))).all()
    assert sorted(tagged) == sorted((floor.daniel, *two))


def test_an_owner_who_came_since_stays(floor: Floor, two: tuple[int, int]) -> None:
    sale(floor, two[0], "1")
    changes = merged(floor, two)
    marco = floor.okafor
    with floor.store.write() as session:
        for row in session.scalars(
            select(BookMembership).where(
                col(BookMembership.client_id) == two[1], col(BookMembership.until).is_(None)
            )
        ):
            row.until = floor.clock.now()
    floor.do(take_into_book, TakeIntoBook(two[1], marco))
    part(floor, changes)
    with floor.store.read() as session:
        owners = session.execute(
            select(col(BookMembership.client_id), col(BookMembership.associate_id)).where(
                col(BookMembership.role) == "owner", col(BookMembership.until).is_(None)
            )
        ).all()
    assert (two[1], marco) in owners


def test_it_is_undone_after_the_program_was_closed(
    floor: Floor, two: tuple[int, int], tmp_path: Path
) -> None:
    changes = merged(floor, two)
    (merge_id,) = changes.ids["client_merge"]
    floor.store.close()
    again = open_store(floor.store.path, DATA_KEY)
    try:
        with again.write() as session:
            undo_merge(session, Unmerge(merge_id), now=floor.clock.now())
        with again.read() as session:
            assert session.get(Client, two[0]) is not None
    finally:
        again.close()


def test_the_list_of_merges_names_both(floor: Floor, two: tuple[int, int]) -> None:
    merged(floor, two)
    (one,) = floor.ask(merges)
    assert (one.kept.named.name, one.gone_id, one.gone) == ("John Smith", two[0], "Jon Smith")
