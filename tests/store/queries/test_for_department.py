"""Only what matters in a department, and what was said elsewhere that touches it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from clientele.domain.preferences import PreferenceKind
from clientele.domain.tables import HouseholdMember, Note, Occasion
from clientele.services.team import department_named
from clientele.services.visits import StartVisit, start_visit
from clientele.store.queries.for_department import HEARD_AT_MOST, ForDepartment, for_department
from clientele.store.queries.owned import OWNS_AT_MOST
from tests.services.floor import Floor
from tests.store.queries.test_visit import bought, prefers, size


def here(floor: Floor, department: int, **named: Any) -> ForDepartment:
    found = floor.ask(for_department, floor.daniel, department, now=floor.clock.now(), **named)
    assert isinstance(found, ForDepartment)
    return found


def place(floor: Floor, name: str) -> int:
    with floor.store.write() as session:
        return department_named(session, name)


def noted(floor: Floor, body: str, department: int | None, days: int = 14, **more: Any) -> int:
    at = floor.clock.now() - timedelta(days=days)
    return floor.add(
        Note(
            client_id=floor.daniel,
            associate_id=floor.okafor,
            department_id=department,
            body=body,
            written_at=at,
            **more,
        )
    )


def test_only_what_matters_in_the_department(floor: Floor) -> None:
    size(floor, "10 D", 400)
    size(floor, "10½ D", 3, fit="wide toe box")
    size(floor, "11", 1, brand="Arden")
    size(floor, "42R", 2, category="Suit", department_id=floor.suits)
    size(floor, "1.86 m", 9, category="Height", department_id=None)
    member = floor.add(HouseholdMember(client_id=floor.daniel, name="Mai"))
    size(floor, "6", 1, category="Ring", household_member_id=member)
    prefers(floor, PreferenceKind.AVOID, "being rushed", None)
    prefers(floor, PreferenceKind.AVOID, "patent", floor.shoes)
    prefers(floor, PreferenceKind.LIKE, "navy", None)
    prefers(floor, PreferenceKind.LIKE, "peak lapels", floor.suits)
    prefers(floor, PreferenceKind.LIKE, "emerald", None, household_member_id=member)
    known = here(floor, floor.shoes)
    assert known.department == "Men's Shoes"
    assert [(row.category, row.brand, row.value) for row in known.sizes] == [
        ("Oxford", "Arden", "11"),
        ("Oxford", "", "10½ D"),
        ("Height", "", "1.86 m"),
    ]
    assert known.avoids == ("patent", "being rushed")
    assert known.likes == ("navy",)


def test_what_they_own_is_what_did_not_come_back(floor: Floor) -> None:
    at = floor.clock.now()
    bought(
        floor,
        at - timedelta(days=700),
        (floor.shoes, "Black derby", 21000),
        (floor.shoes, "Brown brogue", 23000),
        (floor.suits, "Navy suit", 90000),
        (floor.shoes, "", 500),
    )
    bought(floor, at - timedelta(days=20), (floor.shoes, "Brown brogue", -23000))
    bought(floor, at - timedelta(days=300), (floor.shoes, "Suede loafer", 19000))
    known = here(floor, floor.shoes)
    assert [row.item for row in known.owns] == ["Suede loafer", "Black derby"]
    assert known.owns[1].bought_at == at - timedelta(days=700)


def test_of_many_articles_the_latest_are_owned(floor: Floor) -> None:
    at = floor.clock.now()
    for day in range(OWNS_AT_MOST + 2):
        bought(floor, at - timedelta(days=day), (floor.shoes, f"Pair {day}", 100))
    owns = here(floor, floor.shoes).owns
    assert [row.item for row in owns] == [f"Pair {day}" for day in range(OWNS_AT_MOST)]


def test_a_department_of_which_nothing_is_known(floor: Floor) -> None:
    known = here(floor, floor.accessories)
    assert (known.sizes, known.likes, known.avoids, known.owns) == ((), (), (), ())
    assert known.department == "Accessories"
    assert known.is_empty


def test_a_size_of_goods_that_are_sold_here_counts_wherever_it_was_noted(floor: Floor) -> None:
    size(floor, "10½ D", 3, category="Oxford", department_id=floor.suits)
    size(floor, "42R", 3, category="Suit", department_id=None)
    assert [row.value for row in here(floor, floor.shoes).sizes] == ["10½ D"]
    assert {row.value for row in here(floor, floor.suits).sizes} == {"10½ D", "42R"}


def test_a_wedding_noted_in_suits_shows_in_jewellery(floor: Floor) -> None:
    noted(floor, "Came for the hem. Wedding on 5 December in Ghent. Parks behind.", floor.suits)
    (heard,) = here(floor, place(floor, "Jewellery")).heard
    assert heard.words == "Wedding on 5 December in Ghent."
    assert (heard.department, heard.associate) == ("Men's Suits", "R. Okafor")
    assert heard.at == floor.clock.now() - timedelta(days=14)
    assert here(floor, floor.suits).heard == ()
    assert here(floor, place(floor, "Children's Wear")).heard == ()


def test_what_is_sensitive_is_heard_nowhere(floor: Floor) -> None:
    noted(floor, "Wedding called off, never speak of the wedding.", floor.suits, sensitive=True)
    assert here(floor, place(floor, "Jewellery")).is_empty


def test_few_sentences_none_twice_what_lasts_first(floor: Floor) -> None:
    jewellery = place(floor, "Jewellery")
    noted(floor, "Allergic to nickel.", None, days=900)
    for days in range(5):
        noted(floor, f"Wedding plan {days}. allergic to nickel.", floor.suits, days=days)
    heard = here(floor, jewellery).heard
    assert len(heard) == HEARD_AT_MOST
    assert [one.words for one in heard] == [
        "allergic to nickel.", "Wedding plan 0.", "Wedding plan 1."
    ]  # fmt: skip


def test_an_occasion_ahead_touches_unless_a_sentence_tells_it(floor: Floor) -> None:
    jewellery = place(floor, "Jewellery")
    floor.add(Occasion(client_id=floor.daniel, kind="wedding", month=12, day=5))
    mai = floor.add(HouseholdMember(client_id=floor.daniel, name="Mai", relation="fiancée"))
    floor.add(
        Occasion(client_id=floor.daniel, household_member_id=mai, kind="birthday", month=12, day=24)
    )
    floor.add(Occasion(client_id=floor.daniel, kind="anniversary", month=5, day=5))
    days = here(floor, jewellery).days
    assert [(day.kind, day.member) for day in days] == [("wedding", ""), ("birthday", "Mai")]
    noted(floor, "Wedding in Ghent, still needs a ring.", floor.suits)
    assert [day.member for day in here(floor, jewellery).days] == ["Mai"]
    assert [day.kind for day in here(floor, floor.suits).days] == ["wedding"]


def test_whom_they_buy_for_with_what_fits_here(floor: Floor) -> None:
    sportswear = place(floor, "Women's Sportswear")
    mai = floor.add(
        HouseholdMember(
            client_id=floor.daniel, name="Mai", relation="wife", about="dress 38, reads a lot"
        )
    )
    size(floor, "UK 10", 9, category="Dress", department_id=None, household_member_id=mai)
    size(floor, "6", 9, category="Ring", department_id=None, household_member_id=mai)
    prefers(floor, PreferenceKind.LIKE, "emerald", None, household_member_id=mai)
    assert here(floor, sportswear).buying_for == ()
    visit = floor.new(
        start_visit, StartVisit(floor.daniel, floor.okafor, floor.suits, "a suit, his wife's day")
    )
    (mine,) = here(floor, sportswear, visit_id=visit).buying_for
    assert (mine.name, mine.relation, mine.about) == ("Mai", "wife", "dress 38")
    assert [row.value for row in mine.sizes] == ["UK 10"]
    assert mine.likes == ("emerald",)
    floor.add(
        Occasion(client_id=floor.daniel, household_member_id=mai, kind="birthday", month=12, day=1)
    )
    assert [one.name for one in here(floor, sportswear).buying_for] == ["Mai"]
    assert here(floor, floor.shoes).buying_for == ()
