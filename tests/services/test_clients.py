"""Are a client's own facts kept, changed as typed, and taken back?"""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlmodel import col

from clientele.domain.base import Table
from clientele.domain.errors import CardNumberFound, NotThere
from clientele.domain.rules.dates import PartialDate
from clientele.domain.tables import (
    BookMembership,
    Client,
    ClientReference,
    ClientTag,
    Consent,
    ContactPoint,
    Draft,
)
from clientele.services.clients import (
    AddContactPoint,
    ClientWithoutName,
    EditAddress,
    EditClient,
    EditContactPoint,
    NewClient,
    SetBirthday,
    SetTag,
    add_contact_point,
    edit_address,
    edit_client,
    edit_contact_point,
    new_client,
    set_birthday,
    set_tag,
)
from clientele.services.consents import SayConsent, say_consent
from clientele.services.drafts import TypeDraft, type_draft
from clientele.store.queries.client import ClientPage, client_page
from tests.services.floor import Floor


def page(floor: Floor, key: int) -> ClientPage:
    found = floor.ask(client_page, key, now=floor.clock.now())
    assert isinstance(found, ClientPage)
    return found


def count(floor: Floor, table: type[Table]) -> int:
    return len(floor.ask(lambda session: session.scalars(select(table)).all()))


def test_a_new_client_is_in_the_book_of_who_added_them(floor: Floor) -> None:
    floor.do(type_draft, TypeDraft(floor.okafor, "new client", "half"))
    changes = floor.do(
        new_client,
        NewClient(
            floor.okafor,
            " Eleanor ",
            "Marsh",
            "Nell",
            "020 555 0118",
            " Nell@Example.com",
            PartialDate(11, 27, 1968),
            draft="new client",
        ),
    )
    key = changes.subject
    assert key is not None
    assert changes.clients == {key}
    assert {"client", "contact_point", "book_membership", "draft"} == changes.kinds
    nell = page(floor, key)
    assert (nell.named.given_name, nell.named.family_name) == ("Eleanor", "Marsh")
    assert nell.birthday == PartialDate(11, 27, 1968)
    assert nell.owner is not None
    assert nell.owner.associate_id == floor.okafor
    assert [(point.kind, point.value) for point in nell.points] == [
        ("phone", "020 555 0118"),
        ("email", "Nell@Example.com"),
    ]
    points = floor.ask(lambda s: s.scalars(select(col(ContactPoint.normalised))).all())
    assert points == ["+31205550118", "nell@example.com"]
    assert count(floor, Draft) == 0


def test_undone_nothing_of_a_new_client_is_left(floor: Floor) -> None:
    before = [count(floor, table) for table in (Client, ContactPoint, BookMembership)]
    who = NewClient(floor.okafor, "Nell", phone="020 555 0118")
    again = floor.undo(floor.do(new_client, who))
    assert [count(floor, table) for table in (Client, ContactPoint, BookMembership)] == before
    floor.undo(again)
    assert count(floor, Client) == before[0] + 1
    assert count(floor, ContactPoint) == before[1] + 1


@pytest.mark.parametrize("words", [{}, {"given_name": "  "}, {"preferred_name": "Nell"}])
def test_somebody_without_name_or_number_is_nobody(floor: Floor, words: dict[str, str]) -> None:
    before = count(floor, Client)
    with pytest.raises(ClientWithoutName):
        floor.do(new_client, NewClient(floor.okafor, **words))  # type: ignore[arg-type]
    assert count(floor, Client) == before


def test_a_card_number_is_refused_with_everything_around_it(floor: Floor) -> None:
    before = count(floor, Client)
    with pytest.raises(CardNumberFound):
        floor.do(new_client, NewClient(floor.okafor, "Nell", phone="4111 1111 1111 1111"))
    assert count(floor, Client) == before


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("given_name", "Dan"),
        ("preferred_name", "Danny "),
        ("say_it", "trahn"),
        ("language", "nl"),
        ("time_zone", "Europe/London"),
    ],
)
def test_a_field_is_kept_as_typed_and_undone(floor: Floor, field: str, value: str) -> None:
    def stands() -> str:
        row = floor.ask(lambda s: s.get(Client, floor.daniel))
        return str(getattr(row, field))

    before = stands()
    changes = floor.do(edit_client, EditClient(floor.daniel, field, value))
    assert stands() == value
    assert changes.clients == {floor.daniel}
    floor.undo(changes)
    assert stands() == before


def test_a_name_takes_its_place_in_the_list(floor: Floor) -> None:
    def place() -> str:
        return str(floor.ask(lambda s: s.get(Client, floor.daniel)).sort_name)

    floor.do(edit_client, EditClient(floor.daniel, "family_name", "Ödegård"))
    assert place() == "odegard daniel"
    floor.add(ClientReference(client_id=floor.daniel, reference="900"))
    floor.do(edit_client, EditClient(floor.daniel, "family_name", ""))
    floor.do(edit_client, EditClient(floor.daniel, "given_name", ""))
    assert place().endswith("000000000900")
    with pytest.raises(ValueError, match="sort_name"):
        floor.do(edit_client, EditClient(floor.daniel, "sort_name", "x"))


def test_letters_typed_after_one_another_are_one_step_back(floor: Floor) -> None:
    typed = [
        floor.do(edit_client, EditClient(floor.daniel, "given_name", words))
        for words in ("D", "Da", "Dan")
    ]
    step = typed[0].undo
    assert step is not None
    for changes in typed[1:]:
        assert changes.undo is not None
        step = changes.undo.after(step)
    floor.undo(type(typed[0])(undo=step))
    assert page(floor, floor.daniel).named.given_name == "Daniel"


def test_the_birthday_comes_and_goes(floor: Floor) -> None:
    floor.do(set_birthday, SetBirthday(floor.daniel, PartialDate(2, 29)))
    assert page(floor, floor.daniel).birthday == PartialDate(2, 29)
    changes = floor.do(set_birthday, SetBirthday(floor.daniel, None))
    assert page(floor, floor.daniel).birthday is None
    floor.undo(changes)
    assert page(floor, floor.daniel).birthday == PartialDate(2, 29)


def test_contact_points_are_added_after_the_others_changed_and_removed(floor: Floor) -> None:
    first = floor.new(add_contact_point, AddContactPoint(floor.daniel, "020 555 0100"))
    floor.new(add_contact_point, AddContactPoint(floor.daniel, "dan@example.com"))
    floor.new(add_contact_point, AddContactPoint(floor.daniel, "06 1234 5678", "work"))
    assert floor.do(add_contact_point, AddContactPoint(floor.daniel, " ")).subject is None
    shown = [point.value for point in page(floor, floor.daniel).points]
    assert shown == ["020 555 0100", "dan@example.com", "06 12345678"]
    floor.do(edit_contact_point, EditContactPoint(first, "dan@work.example"))
    assert page(floor, floor.daniel).points[0].kind == "email"
    changes = floor.do(edit_contact_point, EditContactPoint(first, ""))
    assert len(page(floor, floor.daniel).points) == 2
    floor.undo(changes)
    assert page(floor, floor.daniel).points[0].value == "dan@work.example"


def test_the_address_is_one_row_however_it_is_typed(floor: Floor) -> None:
    for field, value in (("city", "Utrecht"), ("street", "Herengracht 1"), ("city", "Utr")):
        floor.do(edit_address, EditAddress(floor.daniel, field, value))
    assert page(floor, floor.daniel).address == ("Herengracht 1", "Utr", "", "")
    with pytest.raises(ValueError, match="label"):
        floor.do(edit_address, EditAddress(floor.daniel, "label", "x"))
    with pytest.raises(NotThere):
        floor.do(edit_address, EditAddress(4711, "city", "x"))


def test_a_tag_is_put_on_once_in_whatever_case_and_taken_off(floor: Floor) -> None:
    for name in ("Wedding 2026", "wedding  2026", "VIP"):
        floor.do(set_tag, SetTag(floor.daniel, name))
    assert page(floor, floor.daniel).tags == ("VIP", "Wedding 2026")
    changes = floor.do(set_tag, SetTag(floor.daniel, "vip", on=False))
    assert page(floor, floor.daniel).tags == ("Wedding 2026",)
    floor.undo(changes)
    assert count(floor, ClientTag) == 2
    assert floor.do(set_tag, SetTag(floor.daniel, "unknown", on=False)).subject is None
    assert floor.do(set_tag, SetTag(floor.daniel, "  ")).subject is None


def test_what_was_said_of_a_channel_last_counts_and_all_of_it_is_kept(floor: Floor) -> None:
    yes = SayConsent(floor.daniel, "text", True, floor.okafor, " at the till ")
    floor.do(say_consent, yes)
    floor.clock.advance(timedelta(minutes=1))
    last = floor.do(say_consent, SayConsent(floor.daniel, "text", False, floor.okafor))
    assert page(floor, floor.daniel).consents == {"text": False}
    assert count(floor, Consent) == 2
    floor.undo(last)
    assert page(floor, floor.daniel).consents == {"text": True}


def test_a_client_who_is_gone_is_said_to_be(floor: Floor) -> None:
    with pytest.raises(NotThere):
        floor.do(edit_client, EditClient(4711, "given_name", "x"))
    with pytest.raises(NotThere):
        floor.do(add_contact_point, AddContactPoint(4711, "020 555 0100"))
