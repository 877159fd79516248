"""Reading cannot change the book, writing keeps all of a block or nothing of it."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from sqlalchemy import func, insert, select, text
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlmodel import col

from clientele.domain.errors import CardNumberFound
from clientele.domain.tables import Client, Note, PurchaseLine, StoreProfile
from clientele.store.beside import claim
from clientele.store.errors import BookBusy, BookExists, BookInUse, Cancelled, NoBook
from clientele.store.guard import refuse_card_numbers
from clientele.store.session import Cancel, Profile, Store, create_store, open_store
from clientele.system.clock import FixedClock
from scripts.measuring.memory import read_from_files
from tests.conftest import DATA_KEY
from tests.store.processes import run_python

COUNTING = "WITH RECURSIVE c(x) AS (VALUES (1) UNION ALL SELECT x + 1 FROM c{limit}) {then}"
ENDLESS = text(COUNTING.format(limit="", then="SELECT count(*) FROM c"))
LONG = text(COUNTING.format(limit=" LIMIT 20000", then="SELECT count(*) FROM c"))
CARD = "4111 1111 1111 1111"


def a_client(clock: FixedClock, given_name: str = "") -> Client:
    return Client(given_name=given_name, created_at=clock.now(), updated_at=clock.now())


def clients(store: Store) -> list[str]:
    with store.read() as session:
        return list(session.scalars(select(col(Client.given_name)).order_by(col(Client.id))))


def test_a_new_book_knows_its_store(store: Store) -> None:
    with store.read() as session:
        profile = session.scalars(select(StoreProfile)).one()
        assert (profile.currency, profile.country, profile.created_at.tzinfo is not None) == (
            "EUR",
            "NL",
            True,
        )


def test_what_was_written_is_there_at_the_next_start(
    store: Store, clock: FixedClock, tmp_path: Path
) -> None:
    with store.write() as session:
        session.add(a_client(clock, given_name="Adalinde"))
    store.close()
    again = open_store(store.path, DATA_KEY)
    assert clients(again) == ["Adalinde"]
    again.close()
    assert b"Adalinde" not in store.path.read_bytes()


def test_a_block_that_raises_keeps_nothing(store: Store, clock: FixedClock) -> None:
    def fails_half_way() -> None:
        with store.write() as session:
            session.add(a_client(clock, given_name="Ada"))
            session.flush()
            raise LookupError

    with pytest.raises(LookupError):
        fails_half_way()
    assert clients(store) == []
    with store.write() as session:
        session.add(a_client(clock, given_name="Bea"))
    assert clients(store) == ["Bea"]


def test_a_reader_cannot_write(store: Store, clock: FixedClock) -> None:
    with pytest.raises(OperationalError, match="readonly"), store.read() as session:
        session.execute(insert(StoreProfile).values(currency="EUR", created_at=clock.now()))


def test_a_reader_sees_one_moment_of_the_book(store: Store, clock: FixedClock) -> None:
    with store.read() as session:
        count = select(func.count()).select_from(Client)
        assert session.scalar(count) == 0
        with store.write() as writing:
            writing.add(a_client(clock))
        assert session.scalar(count) == 0
    assert clients(store) == [""]


def test_foreign_keys_hold(store: Store, clock: FixedClock) -> None:
    with pytest.raises(IntegrityError), store.write() as session:
        session.add(Note(client_id=7, body="no such client", written_at=clock.now()))


def test_errors_do_not_show_what_was_typed(store: Store, clock: FixedClock) -> None:
    with pytest.raises(IntegrityError) as caught, store.write() as session:
        session.add(Note(client_id=7, body="likes emerald", written_at=clock.now()))
    assert "emerald" not in str(caught.value)


def test_every_connection_is_durable_and_checked(store: Store) -> None:
    expected = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "mmap_size": 0}
    for engine, query_only in ((store.writer, 0), (store._readers, 1)):
        with engine.connect() as connection:
            for pragma, value in {**expected, "query_only": query_only}.items():
                found = connection.exec_driver_sql(f"PRAGMA {pragma}").scalar()
                assert found in {value, None}, pragma


def test_a_reading_is_called_off_from_another_thread(store: Store) -> None:
    cancel = Cancel()
    begun = threading.Event()

    def call_off() -> None:
        begun.wait()
        cancel()

    def read() -> None:
        with store.read(cancel) as session:
            begun.set()  # whether the statement is under way yet or begins only now
            session.execute(ENDLESS)

    other = threading.Thread(target=call_off)
    other.start()
    with pytest.raises(Cancelled):
        read()
    other.join()


def test_a_cancel_before_the_start_reads_nothing(store: Store) -> None:
    cancel = Cancel()
    cancel()
    with pytest.raises(Cancelled), store.read(cancel):
        pytest.fail("the reading began")


def test_a_late_cancel_harms_nobody(store: Store) -> None:
    cancel = Cancel()
    called: list[bool] = []

    def call_off() -> None:
        cancel()
        called.append(True)

    with store.read(cancel):
        pass
    with store.read() as session:  # on the same connection, which is lent again
        raw = session.connection().connection.driver_connection
        raw.set_progress_handler(call_off, 1000)  # type: ignore[union-attr]
        counted = session.scalar(LONG)
        raw.set_progress_handler(None, 1000)  # type: ignore[union-attr]
    assert counted == 20000
    assert called


def test_a_write_inside_a_write_is_a_mistake(store: Store) -> None:
    with store.write(), pytest.raises(RuntimeError), store.write():
        pytest.fail("it would wait for itself")


def test_a_second_writer_waits_its_turn(store: Store, clock: FixedClock) -> None:
    waiting = threading.Event()

    def second() -> None:
        waiting.set()
        with store.write() as session:
            session.add(a_client(clock, given_name="second"))

    other = threading.Thread(target=second)
    with store.write() as session:
        other.start()
        waiting.wait()
        session.add(a_client(clock, given_name="first"))
        session.flush()
    other.join()
    assert clients(store) == ["first", "second"]


def test_a_file_locked_by_another_program_is_busy(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("clientele.store.engine.BUSY_MS", 1)
    other = open_store(store.path, DATA_KEY)
    with store.write(), pytest.raises(BookBusy), other.write():
        pytest.fail("two writers at once")
    other.close()


@pytest.mark.parametrize("typed", [CARD, f"paid with {CARD}, tip", "5555555555554444"])
def test_a_card_number_is_kept_nowhere(store: Store, clock: FixedClock, typed: str) -> None:
    with store.write() as session:
        session.add(a_client(clock, given_name="Ada"))
    note = Note(client_id=1, body=typed, written_at=clock.now())
    with pytest.raises(CardNumberFound) as caught, store.write() as session:
        session.add_all([a_client(clock, given_name="Bea"), note])
    assert caught.value.values == {"where": "note"}
    with pytest.raises(CardNumberFound) as caught, store.write() as session:
        session.get_one(Client, 1).say_it = typed
    assert caught.value.values == {"where": "say it"}
    assert clients(store) == ["Ada"]


def test_an_article_number_is_no_card_number(store: Store) -> None:
    class Writing:
        new = (PurchaseLine(purchase_id=1, department_id=1, amount=1, sku="30569309025904"),)
        dirty = ()

    refuse_card_numbers(Writing())  # type: ignore[arg-type]
    Writing.new[0].item = "30569309025904"
    with pytest.raises(CardNumberFound):
        refuse_card_numbers(Writing())  # type: ignore[arg-type]


def test_a_new_book_is_for_this_user_alone(tmp_path: Path, clock: FixedClock) -> None:
    path = tmp_path / "data" / "Clientele" / "book.clientele"
    create_store(path, DATA_KEY, Profile("EUR", "NL", "UTC"), now=clock.now()).close()
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert [file.name for file in path.parent.iterdir()] == ["book.clientele"]


def test_a_new_book_takes_nobody_s_place(tmp_path: Path, clock: FixedClock) -> None:
    path = tmp_path / "book.clientele"
    path.write_text("a letter")
    with pytest.raises(BookExists):
        create_store(path, DATA_KEY, Profile("EUR", "NL", "UTC"), now=clock.now())
    assert path.read_text() == "a letter"


def test_a_broken_off_start_is_not_in_the_way(tmp_path: Path, clock: FixedClock) -> None:
    path = tmp_path / "book.clientele"
    path.with_name("book.clientele.new").write_bytes(b"half a book")
    store = create_store(path, DATA_KEY, Profile("EUR", "NL", "UTC"), now=clock.now())
    assert clients(store) == []
    store.close()


def test_the_head_of_a_new_book_can_be_chosen(tmp_path: Path, clock: FixedClock) -> None:
    path, salt = tmp_path / "book.clientele", bytes(range(16))
    create_store(path, DATA_KEY, Profile("EUR", "NL", "UTC"), now=clock.now(), salt=salt).close()
    assert path.read_bytes()[:16] == salt
    open_store(path, DATA_KEY).close()


HOLD = """
import sys
from pathlib import Path
from clientele.store.beside import claim
with claim(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_one_program_per_book(tmp_path: Path) -> None:
    path = tmp_path / "book.clientele"
    with run_python(HOLD, str(path)) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(BookInUse), claim(path):
            pytest.fail("claimed twice")
        other.kill()
        other.wait()
        with claim(path), pytest.raises(BookInUse), claim(path):
            pytest.fail("claimed twice")
    with claim(path):
        pass


def test_where_no_lock_can_be_written_opening_says_why(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way of a folder")
    path = tmp_path / "file" / "book.clientele"
    with claim(path), pytest.raises(NoBook):
        open_store(path, DATA_KEY)


def test_after_a_great_change_the_spread_of_rows_is_known(store: Store, clock: FixedClock) -> None:
    with store.write() as session:
        session.add_all(a_client(clock, f"{number}") for number in range(100))
    store.settle()
    with store.read() as session:
        known = text("SELECT stat FROM sqlite_stat1 WHERE tbl = 'client' LIMIT 1")
        assert session.scalar(known).startswith("100")


@pytest.mark.skipif(not Path("/proc/self/io").exists(), reason="counts what is read from files")
def test_what_is_let_go_of_is_read_from_the_file_again(store: Store, clock: FixedClock) -> None:
    with store.write() as session:
        session.add_all(a_client(clock, given_name="Ada" * 500) for _ in range(400))
    clients(store)

    def read() -> int:
        before = read_from_files()
        assert len(clients(store)) == 400
        return read_from_files() - before

    kept_in_memory = read()
    with store.write() as session:
        store.let_go(session)
    assert read() > 400 * 1500 > kept_in_memory
    assert read() < 400 * 1500
