"""Customers: who is known already, what is filled in, and that nothing is overwritten."""

from __future__ import annotations

from pathlib import Path

import pytest

from clientele.services.imports.customers import compatible
from clientele.store.session import Store
from tests.services.imports.bringing import ask, bring, counts, tell

HEAD = (
    "reference,given_name,family_name,preferred_name,email,phone,street,city,postcode,country,"
    "birthday,tags,note\n"
)
STORED_NOW = "2026-11-21 10:00:00.000000"
ADA = (
    "7,Ada,Lovelace,Countess,ada@example.org,020 1234567 ::: +31612345678,Herengracht 1,Amsterdam,"
    "1015BA,NL,1815-12-10,navy; Silk,Likes emerald ::: Ring size 6\n"
)


def test_everything_of_a_customer(store: Store, tmp_path: Path) -> None:
    done = bring(store, tmp_path, HEAD + ADA)
    assert counts(done) == (1, 1, 0, 0)
    assert done.clients_added == 1
    assert ask(
        store,
        "SELECT given_name, family_name, preferred_name, birth_day, birth_month, birth_year, "
        "sort_name, import_batch_id, created_at FROM client",
    ) == [("Ada", "Lovelace", "Countess", 10, 12, 1815, "lovelace ada", 1, STORED_NOW)]
    assert ask(store, "SELECT kind, value, normalised, position FROM contact_point") == [
        ("email", "ada@example.org", "ada@example.org", 0),
        ("phone", "020 1234567", "+31201234567", 1),
        ("phone", "+31612345678", "+31612345678", 2),
    ]
    assert ask(store, "SELECT street, city, postcode, country FROM address") == [
        ("Herengracht 1", "Amsterdam", "1015BA", "NL")
    ]
    assert ask(store, "SELECT name FROM tag ORDER BY id") == [("navy",), ("Silk",)]
    assert ask(store, "SELECT body FROM note ORDER BY id") == [("Likes emerald",), ("Ring size 6",)]
    assert ask(store, "SELECT words FROM client_words_source") == [("Ada Lovelace Countess",)]


ROWS = {
    "by reference": "7,,,,,,,,,,,,\n",
    "by e-mail": ",,,,ada@example.org,,,,,,,,\n",
    "by phone": ",Ada,Lovelace,,,+31612345678,,,,,,,\n",
    "by name, birthday and address": ",Ada,Lovelace,,,,Herengracht 1,Amsterdam,,,1815-12-10,,\n",
    "all of it": ADA,
}


@pytest.mark.parametrize("row", ROWS)
def test_the_same_file_twice_adds_nothing(store: Store, tmp_path: Path, row: str) -> None:
    first = bring(store, tmp_path, HEAD + ROWS[row])
    again = bring(store, tmp_path, HEAD + ROWS[row])
    assert counts(first) == (1, 1, 0, 0)
    assert counts(again) == (1, 0, 1, 0)
    assert ask(store, "SELECT count(*) FROM client") == [(1,)]


def test_a_known_client_is_completed_and_never_overwritten(store: Store, tmp_path: Path) -> None:
    bring(store, tmp_path, HEAD + "7,Ada,,,,020 1234567,,Amsterdam,,,,navy,\n")
    done = bring(store, tmp_path, HEAD + ADA.replace("Ada,", "Augusta,"))
    assert counts(done) == (1, 1, 0, 0)
    assert done.clients_added == 0
    assert ask(store, "SELECT given_name, family_name, sort_name, birth_year FROM client") == [
        ("Ada", "Lovelace", "lovelace ada", 1815)
    ]
    assert ask(store, "SELECT value, position FROM contact_point ORDER BY position") == [
        ("020 1234567", 0),
        ("ada@example.org", 1),
        ("+31612345678", 2),
    ]
    assert ask(store, "SELECT street, city FROM address") == [("Herengracht 1", "Amsterdam")]
    assert ask(store, "SELECT count(*) FROM client_tag") == [(2,)]
    other = ADA.replace("Lovelace", "Byron").replace("Herengracht 1", "Keizersgracht 2")
    other = other.replace("1815-12-10", "1816-01-01").replace("Countess", "Duchess")
    assert counts(bring(store, tmp_path, HEAD + other)) == (1, 0, 1, 0)
    assert ask(store, "SELECT street FROM address") == [("Herengracht 1",)]
    assert ask(store, "SELECT family_name, preferred_name, birth_year FROM client") == [
        ("Lovelace", "Countess", 1815)
    ]


def test_two_addresses_are_never_mixed(store: Store, tmp_path: Path) -> None:
    bring(store, tmp_path, HEAD + "7,Ada,,,,,Herengracht 1,,,,,,\n")
    done = bring(store, tmp_path, HEAD + "7,,,,,,Keizersgracht 2,Haarlem,2011AA,,,,\n")
    assert counts(done) == (1, 0, 1, 0)
    assert ask(store, "SELECT street, city, postcode FROM address") == [("Herengracht 1", "", "")]


def test_a_client_found_by_e_mail_takes_the_reference_too(store: Store, tmp_path: Path) -> None:
    bring(store, tmp_path, HEAD + ",Ada,Lovelace,,ada@example.org,,,,,,,,\n")
    bring(store, tmp_path, HEAD + "7,A.,LOVELACE,,ADA@example.org,,,,,,,,\n")
    bring(store, tmp_path, HEAD + "8,,,,ada@example.org,,,,,,,,\n")
    assert ask(store, "SELECT reference, client_id FROM client_reference") == [("7", 1), ("8", 1)]
    assert ask(store, "SELECT given_name FROM client") == [("Ada",)]


def test_a_shared_number_does_not_make_two_people_one(store: Store, tmp_path: Path) -> None:
    rows = ",Ada,Lovelace,,,020 1234567,,,,,,,\n,William,King,,,020 1234567,,,,,,,\n"
    assert bring(store, tmp_path, HEAD + rows).clients_added == 2
    assert counts(bring(store, tmp_path, HEAD + rows)) == (2, 0, 2, 0)


def test_equal_names_alone_make_nobody_one_with_another(store: Store, tmp_path: Path) -> None:
    bring(store, tmp_path, HEAD + "1,Jan,Smit,,,,,,,,,,\n")
    done = bring(store, tmp_path, HEAD + "2,Jan,Smit,,,,,,,,,,\n,Jan,Smit,,j@x.nl,,,,,,,,\n")
    assert done.clients_added == 2


def test_two_rows_of_one_reference_are_one_client(store: Store, tmp_path: Path) -> None:
    done = bring(store, tmp_path, HEAD + "1,Jan,,,,,,,,,,,\n1,,Smit,,,,,,,,,,\n")
    assert (done.clients_added, done.added) == (1, 2)
    assert ask(store, "SELECT given_name, family_name FROM client") == [("Jan", "Smit")]


def test_a_client_known_from_purchases_gets_a_name(store: Store, tmp_path: Path) -> None:
    bring(store, tmp_path, "reference,sold_at,amount\n7,2026-05-01,5\n", name="sold.csv")
    bring(store, tmp_path, HEAD + ADA)
    assert ask(store, "SELECT given_name, sort_name FROM client") == [("Ada", "lovelace ada")]
    assert ask(store, "SELECT words FROM client_words_source") == [("Ada Lovelace Countess",)]


def test_rejected_customers_are_kept_in_a_file(store: Store, tmp_path: Path) -> None:
    text = "name,email,note\nAda,not one,\nBob,,card 4111111111111111\nCleo,c@x.nl,\n"
    done = bring(store, tmp_path, text)
    assert counts(done) == (3, 1, 0, 2)
    assert done.reject_path is not None
    assert "4111111111111111" not in done.reject_path.read_text("utf-8-sig")
    assert ask(store, "SELECT count(*) FROM note") == [(0,)]


def test_tags_are_one_in_whatever_case(store: Store, tmp_path: Path) -> None:
    tell(store, "INSERT INTO tag (name) VALUES ('Navy')")
    bring(store, tmp_path, HEAD + ADA)
    assert ask(store, "SELECT name FROM tag ORDER BY id") == [("Navy",), ("Silk",)]


def test_the_importing_associate_may_own_them(store: Store, tmp_path: Path) -> None:
    tell(
        store,
        "INSERT INTO associate (name, role, wrong_pins, active, created_at) "
        "VALUES ('Ann', 'associate', 0, 1, '2026-01-01 00:00:00.000000')",
    )
    bring(store, tmp_path, HEAD + ADA, by=1, own=True)
    assert ask(store, "SELECT client_id, associate_id, role FROM book_membership") == [
        (1, 1, "owner")
    ]
    assert ask(store, "SELECT associate_id FROM note") == [(1,), (1,)]


def test_names_that_may_be_of_one_person() -> None:
    assert compatible(("Ada", "Lovelace"), ("ADA", "lovelace"))
    assert compatible(("A.", "Lovelace"), ("Ada", "Lovelace"))
    assert compatible(("Jürgen", "Müller"), ("Jurgen", "Muller"))
    assert compatible(("", ""), ("Ada", "Lovelace"))
    assert compatible(("Ada", ""), ("Ada", "Lovelace"))
    assert not compatible(("Ada", "Lovelace"), ("William", "Lovelace"))
    assert not compatible(("Ada", "King"), ("Ada", "Lovelace"))
    assert not compatible(("Ada", "L"), ("Ada", "Lovelace"))


def test_another_case_makes_nobody_new(store: Store, tmp_path: Path) -> None:
    head = "given_name,family_name,street,city\n"
    bring(store, tmp_path, head + "Jan,Smit,Singel 1,Utrecht\n")
    done = bring(store, tmp_path, head + "JAN,SMIT,SINGEL 1,UTRECHT\nJan,Smit,Singel 2,Utrecht\n")
    assert (done.known, done.clients_added) == (1, 1)
