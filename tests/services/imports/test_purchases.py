"""Purchases: whose they are, which ticket they fall on, and that nothing comes twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from clientele.domain.history import ImportKind
from clientele.exchange import plan as planning
from clientele.services.imports import Progress, matching
from clientele.store.session import Store
from tests.services.imports.bringing import HEAD, ask, bring, counts, tell, unsound

STORED_NOW = "2026-11-21 10:00:00.000000"
TWO_TICKETS = HEAD + (
    "900,B1,2026-05-01 10:00,Suits,Navy suit,N42,1,1250.00,EUR,Ann Bakker\n"
    "900,B1,2026-05-01 10:00,Shoes,Loafer,L9,1,310.50,EUR,Bo Smit\n"
    "900,B2,2026-06-01 12:00,shoes,Laces,,2,7.90,,\n"
    "901,B1,2026-05-01 10:00,,Gift card,,1,-50.00,USD,ann bakker\n"
)


def test_what_a_file_brings(store: Store, tmp_path: Path) -> None:
    done = bring(store, tmp_path, TWO_TICKETS)
    assert counts(done) == (4, 4, 0, 0)
    assert (done.clients_added, done.tickets_added, done.reject_path) == (2, 3, None)
    assert ask(store, "SELECT reference, client_id FROM client_reference") == [
        ("900", 1),
        ("901", 2),
    ]
    assert ask(store, "SELECT given_name, family_name, sort_name FROM client WHERE id = 1") == [
        ("", "", "\U0010ffff000000000900")
    ]
    assert ask(
        store,
        "SELECT client_id, receipt, sold_at, sold_on, currency, total, a.name, import_batch_id "
        "FROM purchase p LEFT JOIN associate a ON a.id = p.associate_id ORDER BY p.id",
    ) == [
        (1, "B1", "2026-05-01 08:00:00.000000", "2026-05-01", "EUR", 156050, "Ann Bakker", 1),
        (1, "B2", "2026-06-01 10:00:00.000000", "2026-06-01", "EUR", 790, None, 1),
        (2, "B1", "2026-05-01 08:00:00.000000", "2026-05-01", "USD", -5000, "Ann Bakker", 1),
    ]
    assert ask(
        store,
        "SELECT purchase_id, d.name, item, sku, quantity, amount, a.name FROM purchase_line l "
        "JOIN department d ON d.id = l.department_id "
        "LEFT JOIN associate a ON a.id = l.associate_id ORDER BY l.id",
    ) == [
        (1, "Suits", "Navy suit", "N42", 1000, 125000, "Ann Bakker"),
        (1, "Shoes", "Loafer", "L9", 1000, 31050, "Bo Smit"),
        (2, "Shoes", "Laces", "", 2000, 790, None),
        (3, "Other", "Gift card", "", 1000, -5000, "Ann Bakker"),
    ]
    assert ask(store, "SELECT name, pin_hash, active FROM associate ORDER BY id") == [
        ("Ann Bakker", None, 1),
        ("Bo Smit", None, 1),
    ]
    assert ask(store, "SELECT count(*) FROM book_membership") == [(0,)]
    assert ask(
        store,
        "SELECT kind, file_name, state, rows_read, rows_added, rows_known, rows_rejected, "
        "started_at, ended_at FROM import_batch",
    ) == [("purchases", "rows.csv", "done", 4, 4, 0, 0, STORED_NOW, STORED_NOW)]


def test_the_same_file_twice_adds_nothing(store: Store, tmp_path: Path) -> None:
    bring(store, tmp_path, TWO_TICKETS)
    again = bring(store, tmp_path, TWO_TICKETS, name="another name.csv")
    assert counts(again) == (4, 0, 4, 0)
    assert (again.clients_added, again.tickets_added) == (0, 0)
    assert ask(store, "SELECT count(*), sum(amount) FROM purchase_line") == [(4, 151840)]
    assert ask(store, "SELECT count(*) FROM import_seen") == [(0,)]


def test_two_equal_lines_are_two_purchases(store: Store, tmp_path: Path) -> None:
    tie = "900,B1,2026-05-01 10:00,Ties,Bow tie,T1,1,40.00,EUR,\n"
    assert counts(bring(store, tmp_path, HEAD + tie * 2)) == (2, 2, 0, 0)
    assert counts(bring(store, tmp_path, HEAD + tie * 3)) == (3, 1, 2, 0)
    assert counts(bring(store, tmp_path, HEAD + tie)) == (1, 0, 1, 0)
    assert ask(store, "SELECT total FROM purchase") == [(12000,)]
    assert not unsound(store)


@pytest.mark.parametrize(
    "change",
    [
        ("Ties", "Shirts"),
        ("Bow tie", "Necktie"),
        ("T1", "T2"),
        (",1,40", ",2,40"),
        ("40.00", "40.01"),
        ("Ann", "Bo"),
    ],
)
def test_a_line_that_differs_is_another(
    store: Store, tmp_path: Path, change: tuple[str, str]
) -> None:
    tie = "900,B1,2026-05-01 10:00,Ties,Bow tie,T1,1,40.00,EUR,Ann\n"
    bring(store, tmp_path, HEAD + tie)
    assert counts(bring(store, tmp_path, HEAD + tie.replace(*change))) == (1, 1, 0, 0)
    assert ask(store, "SELECT count(*) FROM purchase") == [(1,)]
    assert not unsound(store)


def test_tills_use_receipt_numbers_again(store: Store, tmp_path: Path) -> None:
    rows = "900,B1,2026-05-01 23:30,,a,,,1.00,,\n900,B1,2026-05-02 00:30,,a,,,1.00,,\n"
    done = bring(store, tmp_path, HEAD + rows)
    assert done.tickets_added == 2
    assert ask(store, "SELECT sold_on FROM purchase") == [("2026-05-01",), ("2026-05-02",)]


def test_without_a_receipt_one_moment_is_one_ticket(store: Store, tmp_path: Path) -> None:
    rows = (
        "900,,2026-05-01 10:00,,a,,,1.00,,\n901,,2026-05-01 10:00,,a,,,1.00,,\n"
        "900,,2026-05-01 10:01,,a,,,1.00,,\n900,,2026-05-01T08:00Z,,b,,,1.00,,\n"
    )
    assert bring(store, tmp_path, HEAD + rows).tickets_added == 3
    assert counts(bring(store, tmp_path, HEAD + rows)) == (4, 0, 4, 0)
    assert ask(store, "SELECT total FROM purchase ORDER BY id") == [(200,), (100,), (100,)]


def scattered(tickets: int, lines: int) -> str:
    """A file that goes round and round its tickets."""
    return HEAD + "".join(
        f"{ticket % 7},B{ticket},2026-05-01 10:00,,item {line},,,1.00,,\n"
        for line in range(lines)
        for ticket in range(tickets)
    )


def test_a_file_that_scatters_its_tickets(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(planning.CHUNK, ImportKind.PURCHASES, 10)
    monkeypatch.setattr(matching.Tickets.__init__, "__defaults__", (4,))
    text = scattered(40, 5)
    done = bring(store, tmp_path, text)
    assert (done.added, done.tickets_added, done.clients_added) == (200, 40, 7)
    assert ask(store, "SELECT DISTINCT total FROM purchase") == [(500,)]
    again = bring(store, tmp_path, text)
    assert (again.added, again.known) == (0, 200)
    twice = bring(store, tmp_path, text + text.removeprefix(HEAD))
    assert (twice.added, twice.known) == (200, 200)
    assert ask(store, "SELECT DISTINCT total FROM purchase") == [(1000,)]
    four_times = bring(store, tmp_path, text + text.removeprefix(HEAD) * 3)
    assert (four_times.added, four_times.known) == (400, 400)
    assert ask(store, "SELECT count(*) FROM import_seen") == [(0,)]
    assert not unsound(store)


def test_a_ticket_that_was_rung_in_clientele_is_known_by_its_amounts(
    store: Store, tmp_path: Path
) -> None:
    bring(store, tmp_path, HEAD + "900,B1,2026-05-01 10:00,Ties,Bow tie,T1,1,40.00,EUR,Ann\n")
    tell(
        store,
        "INSERT INTO visit (client_id, associate_id, here_for, arrived_at) "
        "VALUES (1, 1, '', '2026-05-01 07:00:00.000000')",
    )
    tell(store, "UPDATE purchase SET visit_id = 1")
    till = HEAD + (
        "900,B1,2026-05-01 10:05,GENTS,TIE BOW SLK,0071,1,40.00,EUR,\n"
        "900,B1,2026-05-01 10:05,GENTS,BOX,0072,1,2.50,EUR,\n"
    )
    assert counts(bring(store, tmp_path, till)) == (2, 1, 1, 0)
    assert counts(bring(store, tmp_path, till)) == (2, 0, 2, 0)
    assert ask(store, "SELECT total FROM purchase") == [(4250,)]


def test_one_ticket_has_one_currency(store: Store, tmp_path: Path) -> None:
    rows = "900,B1,2026-05-01,,a,,,1.00,EUR,\n900,B1,2026-05-01,,b,,,1.00,USD,\n"
    done = bring(store, tmp_path, HEAD + rows)
    assert counts(done) == (2, 1, 0, 1)
    assert done.reject_path is not None
    assert done.reject_path.read_text("utf-8-sig").splitlines()[1] == (
        "900,B1,2026-05-01,,b,,,1.00,USD,,the ticket is in EUR and this line in USD"
    )


def test_an_e_mail_address_as_a_reference(store: Store, tmp_path: Path) -> None:
    people = "reference,name,email\n77,Ada Lovelace,Ada@Example.org\n"
    bring(store, tmp_path, people)
    rows = "ada@example.org,1,2026-05-01,,a,,,1.00,,\nBo@x.nl,2,2026-05-01,,a,,,1.00,,\n"
    assert bring(store, tmp_path, HEAD + rows).clients_added == 1
    assert ask(store, "SELECT client_id FROM purchase ORDER BY id") == [(1,), (2,)]
    assert ask(store, "SELECT value, normalised FROM contact_point WHERE client_id = 2") == [
        ("Bo@x.nl", "bo@x.nl")
    ]
    bo = "name,email\nBo Smit,bo@x.nl\n"
    assert bring(store, tmp_path, bo).clients_added == 0
    assert ask(store, "SELECT given_name FROM client WHERE id = 2") == [("Bo",)]


def test_the_importing_associate_may_own_the_new_clients(store: Store, tmp_path: Path) -> None:
    bring(store, tmp_path, HEAD + "1,B1,2026-05-01,,a,,,1.00,,Ann\n")
    bring(
        store,
        tmp_path,
        HEAD + "1,B2,2026-05-01,,a,,,1.00,,\n2,B3,2026-05-01,,a,,,1.00,,\n",
        by=1,
        own=True,
    )
    assert ask(store, "SELECT client_id, associate_id, role, until FROM book_membership") == [
        (2, 1, "owner", None)
    ]
    assert ask(store, "SELECT associate_id FROM import_batch") == [(None,), (1,)]


def test_what_someone_else_does_meanwhile_is_seen(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(planning.CHUNK, ImportKind.PURCHASES, 1)
    text = HEAD + "900,B1,2026-05-01,Ties,a,,,1.00,,\n900,B1,2026-05-01,Ties,b,,,1.00,,\n"

    def meddle(progress: Progress) -> None:
        if progress.read == 1:
            tell(store, "DELETE FROM client")
            tell(store, "DELETE FROM department")

    bring(store, tmp_path, text, progress=meddle)
    assert ask(store, "SELECT item FROM purchase_line") == [("b",)]
    assert ask(store, "SELECT total FROM purchase") == [(100,)]


def test_a_reference_that_only_looks_like_ours_is_a_reference(store: Store, tmp_path: Path) -> None:
    strange = "clientele-99999999999999999999-1"
    done = bring(store, tmp_path, HEAD + f"{strange},B1,2026-05-01,,Scarf,,,1.00,,\n")
    assert counts(done) == (1, 1, 0, 0)
    assert ask(store, "SELECT reference FROM client_reference") == [(strange,)]
