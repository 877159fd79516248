"""How does an older book come to the form this program needs, with nothing lost?

The form's number stands in ``PRAGMA user_version``, so that alembic (440 ms to import) is only
loaded when there is something to do. A batch migration on SQLite drops and rebuilds tables,
which with foreign keys on would silently delete the children of ON DELETE CASCADE, and which
takes triggers along; hence the order here: a verified backup; foreign keys off outside any
transaction; one BEGIN around the revisions, the search index and ``foreign_key_check``; COMMIT;
foreign keys on. Whatever fails, the file is as it was.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine, MetaData

from clientele.store import fts
from clientele.store.engine import meaning
from clientele.store.errors import (
    DiskFull,
    DiskTrouble,
    MigrationFailed,
    NewerVersion,
    ReadOnlyFile,
    StoreRefusal,
)

NEWEST = 5
"""The form that this program reads and writes: the number of the last revision."""


@dataclass(frozen=True, slots=True)
class Course:
    """The revisions in a folder, and what must stand aside while they run."""

    folder: Path
    newest: int
    leave: Callable[[Connection], None]
    """Takes away what would be in the way, such as triggers; runs before the revisions."""
    arrive: Callable[[Connection], None]
    """Puts it back and rebuilds it for the new form; runs after them."""
    metadata: MetaData | None = None
    head: str = "head"
    """The revision at which it ends."""


OURS = Course(
    folder=Path(__file__).parent / "migrations",
    newest=NEWEST,
    leave=fts.remove,
    arrive=fts.install,
)


def version(connection: Connection) -> int:
    """The number of the form that the file has; 0 for a file without tables."""
    return int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())


def migrate(
    engine: Engine,
    path: Path,
    *,
    backup: Callable[[int], Path],
    course: Course = OURS,
) -> bool:
    """Bring the file of a writer ``engine`` to the newest form; True if anything had to be done.

    ``backup`` makes a verified copy of a file of the given version and returns its path. Raises
    ``NewerVersion`` for a file of a newer program, ``DiskFull``, ``DiskTrouble`` and
    ``MigrationFailed`` if a revision fails; each time the file is as it was.
    """
    with engine.connect() as connection:
        found = version(connection)
    if found == course.newest:
        return False
    if found > course.newest:
        raise NewerVersion(path=path, found=found, known=course.newest)
    copy = backup(found)
    try:
        _walk(engine, course)
    except StoreRefusal:
        raise
    except Exception as error:
        refusal = meaning(error, path)
        if isinstance(refusal, DiskFull | DiskTrouble | ReadOnlyFile):
            raise refusal from error  # no fault of the revision: the disk is to be seen to
        raise MigrationFailed(path=path, backup=copy) from error
    return True


def _walk(engine: Engine, course: Course) -> None:
    from alembic import command
    from alembic.config import Config

    with engine.connect() as connection:
        raw = connection.connection.driver_connection
        assert raw is not None
        raw.execute("PRAGMA foreign_keys = OFF")
        try:
            with connection.begin():
                config = Config()
                config.set_main_option("script_location", str(course.folder).replace("%", "%%"))
                config.attributes["connection"] = connection
                config.attributes["metadata"] = course.metadata
                course.leave(connection)
                command.upgrade(config, course.head)
                course.arrive(connection)
                orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchmany(1)
                if orphans:
                    raise ValueError(f"a row of {orphans[0][0]} refers to nothing")
                connection.exec_driver_sql(f"PRAGMA user_version = {course.newest:d}")
        finally:
            raw.execute("PRAGMA foreign_keys = ON")
