"""What is taken out has the columns of the import, and brought in again it is the same."""

from __future__ import annotations

import shutil
import stat
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clientele.domain.history import ImportKind
from clientele.exchange.refusals import NotWritable
from clientele.services.exports import export_file
from clientele.store.errors import OverTheBook
from clientele.store.session import Store, open_store
from tests.conftest import DATA_KEY
from tests.examples import examples
from tests.services.imports.bringing import HEAD, ask, bring, counts, tell

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)

CUSTOMERS = (
    "reference,given_name,family_name,preferred_name,email,phone,street,city,postcode,country,"
    "birthday,tags,note\n"
)

SOLD = HEAD.rstrip() + ",brand,size\n"


def taken(store: Store, kind: ImportKind, folder: Path) -> str:
    path = folder / f"{kind.value}.csv"
    export_file(store, kind, path, now=NOW)
    return path.read_text("utf-8-sig")


def test_purchases_have_the_columns_of_the_import(store: Store, tmp_path: Path) -> None:
    rows = (
        '900,B1,2026-05-01T10:00:00+02:00,Suits,"Suit, navy",N42,1,1250.00,EUR,Ann Bakker,,\n'
        "900,B1,2026-05-01T10:00:00+02:00,Shoes,=Loafer,,0.5,-310.50,EUR,,Crockett & Jones,UK 9\n"
        "901,,2026-12-24T17:30:00.250000+01:00,Other,,,-1,0.05,KWD,,,XL\n"
    )
    text = rows.replace("=Loafer", "'=Loafer").replace("0.05", "0.050")
    bring(store, tmp_path, SOLD + text)
    assert taken(store, ImportKind.PURCHASES, tmp_path) == SOLD + text


def test_customers_have_the_columns_of_the_import(store: Store, tmp_path: Path) -> None:
    rows = (
        "7,Ada,Lovelace,Countess,ada@example.org ::: a@b.nl,020 1234567 ::: +31612345678,"
        'Herengracht 1,Amsterdam,1015BA,NL,1815-12-10,"Silk, navy",Likes emerald ::: Ring size 6\n'
        "8,Bo,,,,,,,,,--02-29,,\n9,Cy,,,,,,,,,--11,,\n"
    )
    bring(store, tmp_path, CUSTOMERS + rows)
    assert taken(store, ImportKind.CUSTOMERS, tmp_path) == CUSTOMERS + rows


def test_what_is_never_to_be_said_does_not_leave_the_book(store: Store, tmp_path: Path) -> None:
    bring(store, tmp_path, CUSTOMERS + "7,Ada,,,,,,,,,,,Likes emerald ::: Is ill\n")
    tell(store, "UPDATE note SET sensitive = 1 WHERE body = 'Is ill'")
    text = taken(store, ImportKind.CUSTOMERS, tmp_path)
    assert text == CUSTOMERS + "7,Ada,,,,,,,,,,,Likes emerald\n"


def test_brought_into_the_same_book_nothing_is_added(store: Store, tmp_path: Path) -> None:
    tell(
        store,
        "INSERT INTO client (given_name, family_name, preferred_name, say_it, language, time_zone, "
        "sort_name, created_at, updated_at) VALUES ('Jan', 'Smit', '', '', '', '', 'smit jan', "
        "'2026-01-02 03:04:05.678901', '2026-01-02 03:04:05.678901')",
    )
    tell(
        store,
        "INSERT INTO note (client_id, body, say_first, written_at) "
        "VALUES (1, ' tall ', 0, '2026-01-02 03:04:05.000000')",
    )
    tell(store, "INSERT INTO department (name, position) VALUES ('Ties', 0)")
    tell(
        store,
        "INSERT INTO purchase (client_id, receipt, sold_at, sold_on, currency, total) "
        "VALUES (1, '', '2026-05-01 08:00:00.123456', '2026-05-01', 'EUR', 4000)",
    )
    tell(
        store,
        "INSERT INTO purchase_line (purchase_id, department_id, item, sku, quantity, amount) "
        "VALUES (1, 1, 'Bow tie', '', 1000, 4000)",
    )
    people = taken(store, ImportKind.CUSTOMERS, tmp_path)
    sold = taken(store, ImportKind.PURCHASES, tmp_path)
    assert "clientele-1-20260102030405678901" in people
    assert counts(bring(store, tmp_path, people)) == (1, 0, 1, 0)
    assert counts(bring(store, tmp_path, sold)) == (1, 0, 1, 0)
    assert ask(store, "SELECT count(*) FROM client") == [(1,)]
    assert ask(store, "SELECT count(*) FROM client_reference") == [(0,)]


SHARED_FIXTURE = [HealthCheck.function_scoped_fixture]
WORDS = st.text(
    st.characters(
        codec="utf-8", categories=["L", "M", "N", "P", "S", "Zs"], exclude_characters="\x00"
    ),
    max_size=12,
).map(lambda text: " ".join(text.split()))
NAMES = WORDS.filter(bool)
IDENTIFIERS = st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=8)


@st.composite
def sold(draw: st.DrawFn) -> list[str]:
    """A row of a purchases file as we would write it."""
    minute = draw(st.integers(0, 59))
    return [
        draw(st.sampled_from(["1", "2", "'3", "=4", "five@x.nl"])),
        draw(st.sampled_from(["", "B1", "B2", "-B"])),
        f"2026-0{draw(st.integers(1, 3))}-15T10:{minute:02}:00+01:00",
        draw(st.sampled_from(["Suits", "Schuhe & Söhne", "Other"])),
        draw(WORDS),
        draw(IDENTIFIERS),
        str(draw(st.integers(-5, 5))),
        f"{draw(st.integers(-(10**6), 10**6)) / 100:.2f}",
        "EUR",
        draw(st.sampled_from(["", "Ann", "Bo ’t Hart"])),
        draw(st.sampled_from(["", "Eton", "=Kiton"])),
        draw(st.sampled_from(["", "42", "UK 9½"])),
    ]


def csv_of(rows: list[list[str]]) -> str:
    import csv
    import io

    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(SOLD.strip().split(","))
    writer.writerows(rows)
    return text.getvalue()


@settings(
    max_examples=examples(12),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(sold(), min_size=1, max_size=12))
def test_any_purchases_come_back_from_an_empty_book(
    empty_book: Path, rows: list[list[str]]
) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        first, second = (an_empty_book(empty_book, folder / book) for book in ("a.db", "b.db"))
        try:
            done = bring(first, folder, csv_of(rows))
            assert done.rejected == 0
            text = taken(first, ImportKind.PURCHASES, folder)
            assert counts(bring(second, folder, text)) == (len(rows), len(rows), 0, 0)
            assert taken(second, ImportKind.PURCHASES, folder) == text
            assert counts(bring(first, folder, text)) == (len(rows), 0, len(rows), 0)
        finally:
            first.close()
            second.close()


@settings(
    max_examples=examples(12),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    st.lists(
        st.tuples(
            NAMES,
            WORDS,
            WORDS,
            WORDS,
            IDENTIFIERS,
            st.sampled_from(["", "--02-29", "1968-11-27", "--11"]),
            st.lists(st.sampled_from(["navy", "Silk", "=x"]), unique_by=str.lower),
            st.lists(WORDS.filter(lambda word: bool(word) and ":" not in word), unique=True),
        ),
        min_size=1,
        max_size=8,
    )
)
def test_any_customers_come_back_from_an_empty_book(
    empty_book: Path, people: list[tuple[str, str, str, str, str, str, list[str], list[str]]]
) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        first, second = (an_empty_book(empty_book, folder / book) for book in ("a.db", "b.db"))
        try:
            write_people(first, people)
            text = taken(first, ImportKind.CUSTOMERS, folder)
            done = bring(second, folder, text)
            assert (done.added, done.rejected) == (len(people), 0)
            again = taken(second, ImportKind.CUSTOMERS, folder)
            assert again == text
            assert counts(bring(first, folder, text)) == (len(people), 0, len(people), 0)
        finally:
            first.close()
            second.close()


def write_people(
    store: Store, people: list[tuple[str, str, str, str, str, str, list[str], list[str]]]
) -> None:
    """Write clients with these facts, as the window would, one reference each."""
    from sqlalchemy import text

    from clientele.exchange.moments import read_birthday

    with store.write() as session:
        tags: dict[str, int] = {}
        for key, (given, family, street, city, postcode, day, names, notes) in enumerate(people, 1):
            birthday = read_birthday(day, day_first=True)
            when = "2026-01-01 00:00:00.000000"
            session.execute(
                text(
                    "INSERT INTO client VALUES (:id, :given, :family, '', '', '', '', :m, :d, :y, "
                    "'', NULL, NULL, :when, :when)"
                ),
                {
                    "id": key,
                    "given": given,
                    "family": family,
                    "m": birthday.month if birthday else None,
                    "d": birthday.day if birthday else None,
                    "y": birthday.year if birthday else None,
                    "when": when,
                },
            )
            session.execute(
                text("INSERT INTO client_reference (client_id, reference) VALUES (:id, :name)"),
                {"id": key, "name": f"R{key}"},
            )
            session.execute(
                text(
                    "INSERT INTO address (client_id, street, city, postcode, country, label, "
                    "position) VALUES (:id, :street, :city, :postcode, '', '', 0)"
                ),
                {"id": key, "street": street, "city": city, "postcode": postcode},
            )
            for name in names:
                if name not in tags:
                    tags[name] = len(tags) + 1
                    session.execute(text("INSERT INTO tag (name) VALUES (:name)"), {"name": name})
                session.execute(
                    text("INSERT INTO client_tag (client_id, tag_id) VALUES (:id, :tag)"),
                    {"id": key, "tag": tags[name]},
                )
            for body in notes:
                session.execute(
                    text(
                        "INSERT INTO note (client_id, body, say_first, written_at) "
                        "VALUES (:id, :body, 0, :when)"
                    ),
                    {"id": key, "body": body, "when": when},
                )


def an_empty_book(empty: Path, path: Path) -> Store:
    shutil.copyfile(empty, path)
    return open_store(path, DATA_KEY)


def test_an_export_is_for_this_user_alone_and_whole(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    path.write_text("what stood here", encoding="utf-8")
    assert export_file(store, ImportKind.CUSTOMERS, path, now=NOW) == 0
    assert path.read_text("utf-8-sig") == CUSTOMERS
    assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0
    assert [file.name for file in tmp_path.glob("out*")] == ["out.csv"]
    with pytest.raises(NotWritable, match=r"x\.csv"):
        export_file(store, ImportKind.CUSTOMERS, tmp_path / "gone" / "x.csv", now=NOW)


@pytest.mark.parametrize("ending", ["", "-wal", ".key"])
def test_an_export_never_takes_the_place_of_the_book(
    store: Store, tmp_path: Path, ending: str
) -> None:
    bring(store, tmp_path, HEAD + "1,B1,2026-05-01,,Scarf,,,1.00,,\n")
    path = store.path.with_name(store.path.name + ending)
    before = path.read_bytes() if path.exists() else None
    with pytest.raises(OverTheBook, match="belongs to the book"):
        export_file(store, ImportKind.PURCHASES, path, now=NOW)
    assert (path.read_bytes() if path.exists() else None) == before
    (tmp_path / "other.csv").hardlink_to(store.path)
    with pytest.raises(OverTheBook):
        export_file(store, ImportKind.PURCHASES, tmp_path / "other.csv", now=NOW)
    assert ask(store, "SELECT count(*) FROM purchase_line") == [(1,)]


def test_what_else_is_known_stands_in_columns_of_its_own(store: Store, tmp_path: Path) -> None:
    rows = (
        "7,Ada,Lovelace,,ada@example.org,020 1234567 ::: 020 7654321,Kade 1,Gouda,2801AA,NL,,,\n"
        "8,Bo,,,,,,,,,,,\n"
    )
    bring(store, tmp_path, CUSTOMERS + rows)
    assert taken(store, ImportKind.CUSTOMERS, tmp_path) == CUSTOMERS + rows
    tell(store, "UPDATE client SET language = 'nl', say_it = '=ADA' WHERE given_name = 'Ada'")
    tell(
        store,
        "UPDATE client SET referred_by_id = (SELECT id FROM client WHERE given_name = 'Ada') "
        "WHERE given_name = 'Bo'",
    )
    tell(store, "UPDATE contact_point SET label = 'the boat' WHERE value = '020 7654321'")
    tell(
        store,
        "INSERT INTO address (client_id, street, city, postcode, country, label, position) "
        "SELECT id, 'Perry 41', 'New York', '10014', 'US', 'work', 1 FROM client "
        "WHERE given_name = 'Ada'",
    )
    for name in ("Drink", "Never said"):
        tell(
            store,
            "INSERT INTO custom_field (name, kind, choices, position, created_at) "
            f"VALUES ('{name}', 'text', '', 0, '2026-01-02 03:04:05.000000')",
        )
    tell(
        store,
        "INSERT INTO custom_value (client_id, field_id, value) "
        "SELECT id, 1, 'tea' FROM client WHERE given_name = 'Ada'",
    )
    text = taken(store, ImportKind.CUSTOMERS, tmp_path)
    head, ada, bo = text.splitlines()
    assert head == (
        CUSTOMERS.rstrip() + ",how_to_say_it,spoken_language,sent_by,labels_of_phones,"
        "all_addresses,own: Drink"
    )
    assert ada.endswith(
        ",'=ADA,nl,, ::: the boat,"
        '"Kade 1, 2801AA Gouda, NL ::: work: Perry 41, 10014 New York, US",tea'
    )
    assert bo.endswith(",,,7,,,")
    again = bring(store, tmp_path, text)
    assert (again.added, again.rejected) == (0, 0)


def test_languages_zones_labels_and_tags_come_back(
    store: Store, tmp_path: Path, empty_book: Path
) -> None:
    rows = (
        '7,Ada,Lovelace,,ada@example.org,020 1234567 ::: 020 7654321,,,,,,"boats, silk",\n'
        "8,Bo,,,bo@example.org,020 5555555,,,,,,,\n"
    )
    bring(store, tmp_path, CUSTOMERS + rows)
    tell(
        store,
        "UPDATE client SET language = 'nl', time_zone = 'America/New_York', say_it = 'ADA' "
        "WHERE given_name = 'Ada'",
    )
    tell(store, "UPDATE contact_point SET label = 'the boat' WHERE value = '020 7654321'")
    tell(
        store,
        "UPDATE contact_point SET label = 'work' WHERE value LIKE 'bo@%' OR value = '020 5555555'",
    )
    text = taken(store, ImportKind.CUSTOMERS, tmp_path)
    assert counts(bring(store, tmp_path, text)) == (2, 0, 2, 0)
    labels = "SELECT value, label FROM contact_point ORDER BY client_id, position"
    facts = "SELECT given_name, language, time_zone FROM client ORDER BY id"
    tags = "SELECT name FROM tag ORDER BY name"
    other = an_empty_book(empty_book, tmp_path / "other.db")
    try:
        bring(other, tmp_path, CUSTOMERS + rows)
        assert counts(bring(other, tmp_path, text)) == (2, 2, 0, 0)
        assert counts(bring(other, tmp_path, text)) == (2, 0, 2, 0)
        for question in (labels, facts, tags):
            assert ask(other, question) == ask(store, question)
        assert ask(other, "SELECT say_it FROM client WHERE given_name = 'Ada'") == [("",)]
    finally:
        other.close()


def test_a_language_or_zone_that_is_unknown_is_left_aside(store: Store, tmp_path: Path) -> None:
    head = "reference,given_name,phone,language,time_zone,phone_labels\n"
    done = bring(
        store,
        tmp_path,
        head + "7,Ada,020 1234567 ::: 020 7654321,Elvish,Nowhere,a ::: b ::: c\n"
        "8,Bo,020 5555555,Dutch,europe/amsterdam,4111 1111 1111 1111\n"
        "9,Cy,020 6666666,Dutch,europe/amsterdam,Mobile\n",
    )
    assert counts(done) == (3, 2, 0, 1)
    assert ask(store, "SELECT language, time_zone FROM client ORDER BY id") == [
        ("", ""),
        ("nl", "Europe/Amsterdam"),
    ]
    assert ask(store, "SELECT label FROM contact_point ORDER BY client_id, position") == [
        ("",),
        ("",),
        ("mobile",),
    ]
