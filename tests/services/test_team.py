"""The store's profile, its departments and its people."""

from __future__ import annotations

import pytest

from clientele.domain.rules.rights import associate
from clientele.domain.tables import Associate
from clientele.domain.team import Role
from clientele.services.books import TakeIntoBook, take_into_book
from clientele.services.pins import PinRefused, is_right
from clientele.services.rows import ColleagueGone, profile, the
from clientele.services.team import (
    AddAssociate,
    AddDepartment,
    ChangeAssociate,
    DepartmentThere,
    FirstPin,
    LastStoreManager,
    NameMissing,
    NotYoursToGiveAPin,
    PinsThere,
    RenameDepartment,
    ResetPin,
    SetUpStore,
    UnknownCurrency,
    UnknownZone,
    add_associate,
    add_department,
    change_associate,
    choose_first_pin,
    rename_department,
    reset_pin,
    see_team,
    set_up_store,
)
from clientele.services.undo import undo
from clientele.store.queries.team import associates, departments
from clientele.store.session import Store
from clientele.system.clock import FixedClock
from tests.services.floor import Floor


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
        choose_first_pin(session, FirstPin(who, "2468"), now=clock.now())
    with store.read() as session:
        assert [one.signs_in for one in associates(session)] == [True]
    with pytest.raises(PinsThere, match="Somebody chose a PIN"), store.write() as session:
        choose_first_pin(session, FirstPin(who, "1357"), now=clock.now())


def boss(floor: Floor, role: Role, department: str = "Men's Suits", pin: str = "") -> int:
    return floor.new(add_associate, AddAssociate("D. Vos", department, pin, role))


def test_somebody_is_called_otherwise_moved_and_made_a_manager(floor: Floor) -> None:
    what = ChangeAssociate(floor.silva, " Maria  Silva ", "Accessories", Role.DEPARTMENT_MANAGER)
    changes = floor.do(change_associate, what)
    row = floor.ask(lambda s: s.get(Associate, floor.silva))
    assert (row.name, row.role, row.department_id) == (
        "Maria Silva",
        "department manager",
        floor.accessories,
    )
    floor.undo(changes)
    assert floor.ask(lambda s: s.get(Associate, floor.silva)).name == "M. Silva"
    with pytest.raises(NameMissing):
        floor.do(change_associate, ChangeAssociate(floor.silva, " ", "Shoes", Role.ASSOCIATE))


def test_the_last_store_manager_stays_one(floor: Floor) -> None:
    vos = boss(floor, Role.STORE_MANAGER, pin="2468")
    down = ChangeAssociate(vos, "D. Vos", "Men's Suits", Role.ASSOCIATE)
    with pytest.raises(LastStoreManager, match="make a colleague with a PIN store manager first"):
        floor.do(change_associate, down)
    floor.do(change_associate, ChangeAssociate(vos, "Dirk Vos", "Shoes", Role.STORE_MANAGER))
    boss(floor, Role.STORE_MANAGER)
    with pytest.raises(LastStoreManager):
        floor.do(change_associate, down)
    boss(floor, Role.STORE_MANAGER, pin="1357")
    floor.do(change_associate, down)


def test_a_pin_that_is_given_opens_once_and_forgets_the_lock(floor: Floor) -> None:
    with floor.store.write() as session:
        row = the(session, Associate, floor.silva)
        row.wrong_pins, row.pin_again_at, row.pin_locked_at = (
            9,
            floor.clock.now(),
            floor.clock.now(),
        )
    changes = floor.do(reset_pin, ResetPin(floor.silva, "2468"))
    row = floor.ask(lambda s: s.get(Associate, floor.silva))
    assert (row.pin_given, row.wrong_pins, row.pin_again_at, row.pin_locked_at) == (
        True,
        0,
        None,
        None,
    )
    assert row.pin_at == floor.clock.now()
    assert is_right(row.pin_hash, "2468")
    assert changes.undo is None
    with pytest.raises(PinRefused):
        floor.do(reset_pin, ResetPin(floor.silva, "12"))
    floor.lets_go(floor.silva)
    with pytest.raises(ColleagueGone):
        floor.do(reset_pin, ResetPin(floor.silva, "2468"))


def test_a_department_manager_gives_pins_to_their_own_associates_alone(floor: Floor) -> None:
    suits = associate(boss(floor, Role.DEPARTMENT_MANAGER))
    other = boss(floor, Role.DEPARTMENT_MANAGER)
    floor.do(reset_pin, ResetPin(floor.okafor, "2468"), acting=suits)
    for who in (floor.silva, other, boss(floor, Role.STORE_MANAGER)):
        with pytest.raises(NotYoursToGiveAPin, match="Only a store manager"):
            floor.do(reset_pin, ResetPin(who, "2468"), acting=suits)
        assert floor.ask(lambda s, key=who: s.get(Associate, key)).pin_hash is None
    chief = associate(boss(floor, Role.STORE_MANAGER))
    for who in (floor.silva, other):
        floor.do(reset_pin, ResetPin(who, "2468"), acting=chief)


def test_a_department_is_called_otherwise_everywhere(floor: Floor) -> None:
    changes = floor.do(rename_department, RenameDepartment(floor.shoes, " Shoes &  Boots "))
    assert "Shoes & Boots" in {one.name for one in floor.ask(departments)}
    with pytest.raises(DepartmentThere, match="There is a department “Men's Suits” already"):
        floor.do(rename_department, RenameDepartment(floor.shoes, "men's suits"))
    with pytest.raises(NameMissing):
        floor.do(rename_department, RenameDepartment(floor.shoes, " "))
    floor.undo(changes)
    assert "Men's Shoes" in {one.name for one in floor.ask(departments)}


def test_the_team_shows_who_can_sign_in_and_what_is_theirs(floor: Floor) -> None:
    floor.do(take_into_book, TakeIntoBook(floor.daniel, floor.silva))
    floor.do(reset_pin, ResetPin(floor.silva, "2468"))
    floor.lets_go(floor.okafor)
    facts = floor.ask(see_team)
    assert [(one.name, one.active, one.clients) for one in facts.members] == [
        ("M. Silva", True, 1),
        ("R. Okafor", False, 0),
    ]
    silva = facts.members[0]
    assert (silva.signs_in, silva.pin_given, silva.pin_locked) == (True, True, False)
    assert {one.name: one.people for one in facts.departments}["Men's Shoes"] == 1
    assert facts.store is not None
    assert facts.store.currency


def test_taking_back_leaves_nobody_without_a_store_manager(store: Store, clock: FixedClock) -> None:
    """Each makes the other one, and takes back what stood between."""
    now, ids = clock.now(), []
    for name, role in (("D. Vos", Role.STORE_MANAGER), ("L. Sato", Role.ASSOCIATE)):
        with store.write() as session:
            what = AddAssociate(name, "Shoes", "864209", role)
            ids.append(add_associate(session, what, now=now).subject or 0)
    vos, sato = map(associate, ids)
    with store.write(acting=vos) as session:
        what_sato = ChangeAssociate(ids[1], "L. Sato", "Shoes", Role.STORE_MANAGER)
        up = change_associate(session, what_sato, now=now).undo
    with store.write(acting=vos) as session:
        what_vos = ChangeAssociate(ids[0], "D. Vos", "Shoes", Role.ASSOCIATE)
        down = change_associate(session, what_vos, now=now).undo
    assert up is not None
    assert down is not None
    with store.write(acting=sato) as session:
        again = undo(session, down, now=now).undo
    with store.write(acting=vos) as session:
        undo(session, up, now=now)
    assert again is not None
    with pytest.raises(LastStoreManager), store.write(acting=vos) as session:
        undo(session, again, now=now)
    with store.read() as session:
        assert the(session, Associate, ids[0]).role == Role.STORE_MANAGER
