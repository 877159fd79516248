"""The store's profile, its departments and its people."""

from __future__ import annotations

import pytest

from clientele.services.rows import profile
from clientele.services.team import (
    AddAssociate,
    AddDepartment,
    ChangePin,
    NameMissing,
    PinsThere,
    SetUpStore,
    UnknownCurrency,
    UnknownZone,
    add_associate,
    add_department,
    choose_first_pin,
    set_up_store,
)
from clientele.store.queries.team import associates, departments
from clientele.store.session import Store
from clientele.system.clock import FixedClock


def test_a_department_in_other_letters_is_the_same(store: Store, clock: FixedClock) -> None:
    with store.write() as session:
        first = add_department(session, AddDepartment("Men's Suits"), now=clock.now()).subject
        again = add_department(session, AddDepartment(" men's  SUITS "), now=clock.now()).subject
    assert first == again
    with store.read() as session:
        assert [one.name for one in departments(session)] == ["Men's Suits"]


def test_departments_keep_the_order_in_which_they_came(store: Store, clock: FixedClock) -> None:
    with store.write() as session:
        for name in ("Shoes", "Coats", "Bags"):
            add_department(session, AddDepartment(name), now=clock.now())
    with store.read() as session:
        assert [one.name for one in departments(session)] == ["Shoes", "Coats", "Bags"]


def test_an_associate_brings_their_department(store: Store, clock: FixedClock) -> None:
    with store.write() as session:
        add_associate(session, AddAssociate(" L. Sato ", "Shoes", "2468"), now=clock.now())
        add_associate(session, AddAssociate("A. Moreau", "Shoes"), now=clock.now())
    with store.read() as session:
        found = associates(session)
    assert [(one.name, one.department, one.signs_in) for one in found] == [
        ("A. Moreau", "Shoes", False),
        ("L. Sato", "Shoes", True),
    ]


@pytest.mark.parametrize("what", [AddAssociate(" ", "Shoes"), AddAssociate("L. Sato", " ")])
def test_nobody_without_name_or_department(
    store: Store, clock: FixedClock, what: AddAssociate
) -> None:
    with pytest.raises(NameMissing, match="A name is missing"), store.write() as session:
        add_associate(session, what, now=clock.now())


def test_the_store_can_be_set_up_anew(store: Store, clock: FixedClock) -> None:
    what = SetUpStore("Bond Street", " gbp ", "gb", "Europe/London")
    with store.write() as session:
        set_up_store(session, what, now=clock.now())
    with store.read() as session:
        row = profile(session)
        found = (row.name, row.currency, row.country, row.time_zone)
    assert found == ("Bond Street", "GBP", "GB", "Europe/London")


@pytest.mark.parametrize("zone", ["Mars/Olympus", "", "../etc/passwd", "Europe"])
def test_a_zone_that_is_none_is_refused(store: Store, clock: FixedClock, zone: str) -> None:
    with pytest.raises(UnknownZone, match="is not a time zone"), store.write() as session:
        set_up_store(session, SetUpStore("", "EUR", "NL", zone), now=clock.now())


def test_a_currency_that_is_none_is_refused(store: Store, clock: FixedClock) -> None:
    what = SetUpStore("", "EURO", "NL", "Europe/Amsterdam")
    refused = pytest.raises(UnknownCurrency, match="“EURO” is not a currency")
    with refused, store.write() as session:
        set_up_store(session, what, now=clock.now())
    with store.read() as session:
        assert profile(session).currency == "EUR"


def test_a_first_pin_can_be_chosen_only_once(store: Store, clock: FixedClock) -> None:
    with store.write() as session:
        what = AddAssociate("L. Sato", "Shoes")
        who = add_associate(session, what, now=clock.now()).subject or 0
        choose_first_pin(session, ChangePin(who, "2468"), now=clock.now())
    with store.read() as session:
        assert [one.signs_in for one in associates(session)] == [True]
    with pytest.raises(PinsThere, match="Somebody chose a PIN"), store.write() as session:
        choose_first_pin(session, ChangePin(who, "1357"), now=clock.now())
