"""Are those who may be one found: in the whole book, after an import, and when written anew?"""

from __future__ import annotations

from pathlib import Path

from sqlmodel import col, select

from clientele.domain.lists import PairState
from clientele.domain.tables import Address, Client, DuplicatePair
from clientele.exchange.mapping import guess
from clientele.exchange.plan import with_mapping
from clientele.exchange.sniff import sniff
from clientele.services.clients import EditClient, NewClient, edit_client, new_client
from clientele.services.duplicates import (
    SetApart,
    find_pairs,
    look_after_import,
    set_apart,
)
from clientele.services.imports import import_file, store_ways
from clientele.services.rows import new_id
from tests.services.floor import Floor


def pairs(floor: Floor) -> set[tuple[str, str, str]]:
    """Who may be one, by given names, and how it stands."""
    with floor.store.read() as session:
        names = dict(session.execute(select(col(Client.id), col(Client.given_name))).all())
        return {
            (names[row.first_id], names[row.second_id], row.state)
            for row in session.scalars(select(DuplicatePair))
        }


def client(floor: Floor, given: str, family: str, **more: str) -> int:
    return floor.new(new_client, NewClient(floor.okafor, given, family, **more))  # type: ignore[arg-type]


def born(floor: Floor, given: str, family: str, month: int, day: int, year: int) -> int:
    made = Client(given_name=given, family_name=family, sort_name=f"{family} {given}".lower(),
                  birth_month=month, birth_day=day, birth_year=year,
                  created_at=floor.clock.now(), updated_at=floor.clock.now())  # fmt: skip
    with floor.store.write() as session:
        return new_id(session, made)


def test_each_stage_finds_its_own(floor: Floor) -> None:
    client(floor, "Jon", "Smith", phone="06 12345678")
    client(floor, "John", "Smith", phone="+31 6 12345678")
    client(floor, "Ellie", "Marsh", email="ellie.marsh@gmail.com")
    client(floor, "Eleanor", "Marsh", email="elliemarsh+shop@gmail.com")
    client(floor, "Karl", "Weber", phone="06 87654321")
    client(floor, "Carl", "Weber", phone="06 87654312")
    born(floor, "Nadia", "Meyer", 7, 4, 1981)
    born(floor, "Nadja", "Maier", 7, 4, 1981)
    for given in ("Susan", "Sue"):
        key = client(floor, given, "Miller")
        floor.add(Address(client_id=key, street="12 High Street", postcode="SW1A 1AA"))
    looked = find_pairs(floor.store, now=floor.clock.now())
    found = PairState.FOUND
    assert pairs(floor) == {
        ("Jon", "John", found),
        ("Ellie", "Eleanor", found),
        ("Karl", "Carl", found),
        ("Nadia", "Nadja", found),
        ("Susan", "Sue", found),
    }
    assert looked.found >= 5


def test_a_family_on_one_telephone_is_left_alone(floor: Floor) -> None:
    for given in ("John", "Mary", "Paul", "Paula"):
        client(floor, given, "Smith", phone="020 555 0118")
    find_pairs(floor.store, now=floor.clock.now())
    assert pairs(floor) == set()


def test_an_office_of_hundreds_is_not_compared_with_itself(floor: Floor) -> None:
    for number in range(120):
        client(floor, f"Given{number:03}", f"Family{number:03}", phone="020 555 0118")
    looked = find_pairs(floor.store, now=floor.clock.now())
    assert looked.compared < 120 * 7


def test_afterwards_only_what_was_written_anew_is_looked_at(floor: Floor) -> None:
    client(floor, "Jon", "Smith", phone="06 12345678")
    other = client(floor, "Zoë", "Kranz", phone="06 12345678")
    find_pairs(floor.store, now=floor.clock.now())
    assert pairs(floor) == set()
    floor.do(edit_client, EditClient(other, "given_name", "John"))
    floor.do(edit_client, EditClient(other, "family_name", "Smith"))
    find_pairs(floor.store, now=floor.clock.now())
    assert pairs(floor) == {("Jon", "John", PairState.FOUND)}
    floor.do(edit_client, EditClient(other, "given_name", "Mary"))
    find_pairs(floor.store, now=floor.clock.now())
    assert pairs(floor) == set()


def test_not_the_same_stays_away_until_it_is_undone(floor: Floor) -> None:
    one = client(floor, "Jon", "Smith", phone="06 12345678")
    other = client(floor, "John", "Smith", phone="06 12345678")
    find_pairs(floor.store, now=floor.clock.now())
    said = floor.do(set_apart, SetApart(other, one, by=floor.okafor))
    find_pairs(floor.store, now=floor.clock.now())
    assert pairs(floor) == {("Jon", "John", PairState.NOT_THE_SAME)}
    floor.undo(said)
    assert pairs(floor) == {("Jon", "John", PairState.FOUND)}


def test_an_import_brings_in_whom_it_is_not_sure_of_and_says_so(
    floor: Floor, tmp_path: Path
) -> None:
    client(floor, "Eleanor", "Marsh", phone="020 555 0118")
    client(floor, "Peter", "Schmidt", email="ps@gmx.de")
    file = tmp_path / "customers.csv"
    file.write_text(
        "First Name,Last Name,Email,Phone\n"
        "Ellie,Marsh,,020 555 0118\n"
        "Peter,Schmidt,ps@gmx.de,\n"
        "Olga,Petrova,olga@mail.ru,\n"
        "Olga,Petrova,,+31 6 99887766\n"
        "Olga,Petrowa,,+31 6 99887766\n"
        "Mary,Marsh,,020 555 0118\n"
    )
    shape = sniff(file)
    plan = with_mapping(shape, guess(shape.header, shape.kind), store_ways(floor.store))
    done = import_file(floor.store, plan, now=floor.clock.now())
    assert (done.clients_added, done.known) == (5, 1)
    likely = look_after_import(floor.store, done.batch_id, now=floor.clock.now())
    assert pairs(floor) == {
        ("Eleanor", "Ellie", PairState.FOUND),
        ("Olga", "Olga", PairState.FOUND),
    }
    assert likely == 3
