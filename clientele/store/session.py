"""How does the rest of the program read and write the book?

``Store.read()`` lends a session that cannot write, ``Store.write()`` the one that can, in one
transaction that is either kept whole or not at all. Sessions do not leave their ``with`` block.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Lock, get_ident
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.orm import Session

from clientele.domain.rules.rights import ACTING, SET_UP, Acting
from clientele.domain.tables import StoreProfile
from clientele.store import backup, known, log_left, proof
from clientele.store.beside import throw_away
from clientele.store.engine import (
    look_at,
    make_engine,
    meaning,
    refuse_read_only,
    terms_of,
    was_a_write,
)
from clientele.store.errors import BookExists, Cancelled, StoreRefusal, WrongKey
from clientele.store.guard import refuse_card_numbers
from clientele.store.migrate import OURS, Course, migrate
from clientele.store.terms import Terms
from clientele.store.whereabouts import Whereabouts, rescue
from clientele.system.memory import wipe
from clientele.system.paths import private, private_folder, sync_folder

LOOK_EVERY = 50_000
"""Steps of the database's machine between two looks whether to go on: about a millisecond."""

CATCH_UP = 5_000
"""Clients brought up to date by one step of catching up: about a second."""


class Cancel:
    """Calls off one reading, from any thread, before, during or after it; later calls do nothing.

    Make one, hand it to ``Store.read(cancel)`` in the reading thread, and call ``cancel()`` from
    another when nobody waits for the answer any more: the reading ends with ``Cancelled``.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._wanted = False
        self._connection: Any = None

    def __call__(self) -> None:
        """Call it off."""
        with self._lock:
            self._wanted = True
            if self._connection is not None:
                self._connection.interrupt()

    @property
    def wanted(self) -> bool:
        """True once it was called off."""
        return self._wanted

    @contextmanager
    def _over(self, connection: Any) -> Iterator[None]:
        with self._lock:
            if self._wanted:
                raise Cancelled
            self._connection = connection
        # An interrupt stops only a statement that is under way: one that begins a moment later
        # sees the wish here.
        connection.set_progress_handler(lambda: self._wanted, LOOK_EVERY)
        try:
            yield
        finally:
            connection.set_progress_handler(None, 0)
            with self._lock:
                self._connection = None


class Store:
    """One open book. Made by ``open_store`` and ``create_store``; thread-safe."""

    def __init__(self, path: Path, readers: Engine, writer: Engine, data_key: bytearray) -> None:
        self.path = path
        self.data_key = data_key
        """For copies of the book; all zeros once it is closed."""
        self.salt = b""
        """The head of the file, by which its key is kept; looking into an open file would let go
        of the locks that this program has on it."""
        self._readers = readers
        self._writer = writer
        self.notice: StoreRefusal | None = None
        """What is to be told to whoever opened it: that the last changes may be missing."""
        self._where = Whereabouts(path, writer)
        self._writing = Lock()
        self._writing_thread: int | None = None
        self._closed = False
        self._behind = False
        """Whether clients wait whom a write that is not ``later`` has to pass by."""

    @contextmanager
    def read(self, cancel: Cancel | None = None, *, acting: Acting = SET_UP) -> Iterator[Session]:
        """Lend a session that sees one moment of the book and cannot change it.

        ``acting`` says on whose behalf, for what not everybody may see (``services.acting``).

        Raises ``Cancelled`` if ``cancel`` was called, and the refusals of ``store.errors`` for
        what the disk or another program does. At most ``engine.READERS`` read at once; more wait.
        """
        self._where.look()
        with self._refusing(reading=True), self._readers.connect() as connection:
            raw = connection.connection.driver_connection
            with (cancel or Cancel())._over(raw), Session(connection, autoflush=False) as session:
                session.info[ACTING] = acting
                yield session

    @contextmanager
    def write(self, *, later: bool = False, acting: Acting = SET_UP) -> Iterator[Session]:
        """Lend the session that writes: committed at the end of the block, undone if it raises.

        ``acting`` says on whose behalf: the window says who is signed in, and who says nothing is
        whoever holds the key of the book.

        One at a time: a second thread waits. Text that holds a card number raises
        ``CardNumberFound`` and nothing of the block is kept. Statements that go around the ORM
        (bulk inserts of the import) are checked by whoever makes them. What is known of the clients
        written of is brought up to date in the same transaction (``store.known``); with ``later``
        only by ``catch_up``, so that no other write has to wait for that.
        """
        if self._writing_thread == get_ident():
            raise RuntimeError("a write inside a write would wait for itself")
        with self._writing, self._refusing():
            self._writing_thread = get_ident()
            try:
                self._where.look()
                with (
                    Session(self._writer, expire_on_commit=False) as session,
                    session.begin() as transaction,
                ):
                    session.info[ACTING] = acting
                    event.listen(session, "before_flush", refuse_card_numbers)
                    connection = session.connection()
                    if later:
                        self._behind = True
                    elif self._behind:
                        known.set_aside(connection)
                    yield session
                    if transaction.is_active and not later:
                        session.flush()
                        _learn(connection, known.refresh(connection))
                # Else it would be told as kept, in a file that nobody finds again.
                self._where.look()
            finally:
                self._writing_thread = None

    def catch_up(
        self,
        *,
        told: Callable[[int, int], None] = lambda *_: None,
        leave: Callable[[], bool] = lambda: False,
    ) -> int:
        """Bring up to date what writes with ``later`` left, in steps that let others write.

        ``told`` hears before the first step and after each how many clients are up to date, and
        of how many. ``leave`` is asked before each step: true leaves the rest to the next call,
        or to the next opening of the book. Answers how many are left.
        """
        with self.read() as session:
            total = known.waiting(session.connection())
        done, more = 0, total > 0
        while more:
            told(done, max(total, done + 1))
            if leave():
                with self.read() as session:
                    return known.waiting(session.connection())
            with self.write(later=True) as session:
                connection = session.connection()
                known.take_up(connection)
                done += len(known.refresh(connection, at_most=CATCH_UP))
                terms_of(connection).forget()
                self._behind = more = known.waits(connection)
        if done:
            told(done, done)
        return 0

    def settle(self) -> None:
        """Learn how rows are spread, so that readings choose the right index.

        For after a great change, such as an import; by samples, in well under a second.
        """
        with self.write() as session:
            connection = session.connection()
            connection.exec_driver_sql("PRAGMA analysis_limit = 1000")
            connection.exec_driver_sql("ANALYZE")

    def let_go(self, session: Session) -> None:
        """Keep no page of the book in memory that nobody reads; ``session`` is one that writes.

        Who asks for one afterwards waits for the file, some milliseconds. What is being read now
        is left alone.
        """
        pool: Any = self._readers.pool
        with ExitStack() as idle:
            for _ in range(pool.checkedin()):
                reader = idle.enter_context(self._readers.connect()).connection
                assert reader.driver_connection is not None
                reader.driver_connection.execute("PRAGMA shrink_memory")
        session.connection().exec_driver_sql("PRAGMA shrink_memory")

    def close(self) -> None:
        """Close all connections; the last one folds the WAL into the file.

        If that file is gone by now, what it held is written beside its name (``whereabouts``).
        """
        if self._closed:  # what bears the name by now may be another book
            return
        self._closed = True
        rescued = False
        if self._where.is_lost():
            with suppress(StoreRefusal):
                rescued = bool(rescue(self._writer, self.path, self.data_key, self.salt))
        self._readers.dispose()
        self._writer.dispose()
        if rescued:
            self._where.leave_nothing()
        wipe(self.data_key)

    @property
    def writer(self) -> Engine:
        """The engine that writes, for checks of the whole file. Nobody else may be writing."""
        return self._writer

    @contextmanager
    def _refusing(self, *, reading: bool = False) -> Iterator[None]:
        try:
            yield
        except Exception as error:
            refusal = None if reading and was_a_write(error) else meaning(error, self.path)
            if refusal is None:
                raise
            raise refusal from error


@dataclass(frozen=True, slots=True)
class Profile:
    """Which store a new book is for: ISO 4217 currency, ISO 3166 country, IANA zone, a name."""

    currency: str
    country: str
    time_zone: str
    name: str = ""


def open_store(path: Path, data_key: bytes | bytearray, *, course: Course = OURS) -> Store:
    """Open the book at ``path`` with its 32 bytes of data key, migrating an older one first.

    Raises ``NoBook``, ``ForeignFile``, ``WrongKey``, ``NewerVersion``, ``ReadOnlyFile``,
    ``DamagedBook``, ``BookBusy``, ``MigrationFailed``; the file is then as it was.
    """
    salt = look_at(path)
    if not proof.fits(path, data_key):
        raise WrongKey(path=path)
    refuse_read_only(path)
    store = _open(path, data_key, course=course, salt=None, left=log_left.left(path))
    store.salt = salt
    return store


def create_store(
    path: Path,
    data_key: bytes | bytearray,
    profile: Profile,
    *,
    now: datetime,
    salt: bytes | None = None,
    fill: Callable[[Session], None] = lambda _: None,
) -> Store:
    """Make a new, empty book at ``path``, for this user alone, and open it.

    It is made under another name and takes its own only when it is whole. ``salt`` (16 bytes)
    becomes the head of the file, so that its key can be kept safe before the file exists. ``fill``
    writes what the book must never be without, such as who may sign in, before it has its name.
    Raises ``BookExists`` rather than touch anything that is there, ``ReadOnlyFile``, ``DiskFull``.
    """
    if path.exists() or path.is_symlink():
        raise BookExists(path=path)
    try:
        private_folder(path.parent)
        unfinished = path.with_name(path.name + ".new")
        throw_away(unfinished)
        open(unfinished, "xb", opener=private).close()
        store = _open(unfinished, data_key, course=OURS, salt=salt)
        try:
            with store.write() as session:
                session.add(
                    StoreProfile(
                        name=profile.name,
                        currency=profile.currency,
                        country=profile.country,
                        time_zone=profile.time_zone,
                        created_at=now,
                    )
                )
                session.flush()
                fill(session)
        finally:
            store.close()
        if path.exists():
            raise BookExists(path=path)
        unfinished.rename(path)
        sync_folder(path.parent)
    except OSError as error:
        refusal = meaning(error, path)
        assert refusal is not None
        raise refusal from error
    return open_store(path, data_key)


def _open(
    path: Path,
    data_key: bytes | bytearray,
    *,
    course: Course,
    salt: bytes | None,
    left: log_left.Left | None = None,
) -> Store:
    terms = Terms()
    own = bytearray(data_key)
    writer = make_engine(path, own, writer=True, salt=salt, terms=terms)
    readers = make_engine(path, own, writer=False, terms=terms)
    store = Store(path, readers, writer, own)
    try:
        with store._refusing():
            store.notice = log_left.taken_over(writer, path, left)
            migrate(
                writer,
                path,
                backup=lambda version: (
                    path if version == 0 else backup.before_migration(path, data_key, version)
                ),
                course=course,
            )
        if course is OURS:
            store.catch_up()
    except BaseException:
        store.close()
        raise
    return store


def _learn(connection: Connection, clients: tuple[int, ...]) -> None:
    """Let those who were written of be found misspelt."""
    if len(clients) > CATCH_UP:
        terms_of(connection).forget()
    elif clients:
        terms_of(connection).learn(known.names_of(connection, clients))
