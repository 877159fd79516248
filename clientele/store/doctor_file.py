"""Is the file itself whole: its pages, structure, references, search, form and audit trail?"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection

from clientele.store import known
from clientele.store.audit_check import check_chain
from clientele.store.finding import Finding, Repair
from clientele.store.migrate import NEWEST, version

_ONLY_INDEXES = ("missing from index", "wrong # of entries in index", "non-unique entry in index")


def page_count(connection: Connection) -> int:
    """How many pages the book has."""
    return int(connection.exec_driver_sql("PRAGMA page_count").scalar_one())


def pages(connection: Connection, quick: bool) -> Iterator[Finding]:
    """Whether every page is as it was encrypted and signed."""
    count = page_count(connection)
    bad = _altered(connection)
    if bad:  # a page that was written in the very moment when it was read is whole the second time
        bad &= _altered(connection)
    yield Finding(
        "pages",
        not bad,
        "{bad} of {count} encrypted pages were altered or damaged: what stands on them cannot be "
        "read, and the rest is still there. Restore a backup, or recover the book at the start or "
        "with “clientele recover”; and have the disk looked at."
        if bad
        else "All {count} encrypted pages are as they were written.",
        {"count": count, "bad": len(bad)},
    )


def _altered(connection: Connection) -> set[str]:
    return set(connection.exec_driver_sql("PRAGMA cipher_integrity_check").scalars().all())


def structure(connection: Connection, quick: bool) -> Iterator[Finding]:
    """Whether tables and indexes are trees, and say the same."""
    check = "quick_check" if quick else "integrity_check"
    answers = connection.exec_driver_sql(f"PRAGMA {check}").scalars().all()
    bad = 0 if answers == ["ok"] else len(answers)
    only_indexes = bad and all(any(word in one for word in _ONLY_INDEXES) for one in answers)
    if only_indexes:
        template = (
            "{bad} entries of indexes are not what the rows say, so that some lists may leave "
            "something out. The rows themselves are whole. Repair it here."
        )
    elif bad:
        template = (
            "The structure of the file has {bad} faults: some lists may be wrong or end too "
            "early. It was left as it is. Restore a backup, or recover the book at the start or "
            "with “clientele recover”."
        )
    else:
        template = "The structure of the file is whole."
    repair = Repair.INDEXES if only_indexes else Repair.NONE
    yield Finding("structure", bad == 0, template, {"bad": bad}, repair=repair)


def references(connection: Connection, quick: bool) -> Iterator[Finding]:
    """Whether all that refers to something finds it."""
    bad = len(connection.exec_driver_sql("PRAGMA foreign_key_check").all())
    yield Finding(
        "references",
        bad == 0,
        "{bad} rows refer to something that is not there, so that pages on which they stand may "
        "not open. Nothing was removed. Restore a backup, or recover the book, which keeps such "
        "rows aside and tells how many."
        if bad
        else "Everything that refers to something finds it.",
        {"bad": bad},
    )


def search(connection: Connection, quick: bool) -> Iterator[Finding]:
    """Whether the search, the cards and the sums are what the rows say."""
    if not known.is_installed(connection):
        template, bad = (
            (
                "What the search and the lists know of clients is not kept up with their rows, so "
                "that somebody may not be found. The clients themselves are untouched. "
                "Repair it here."
            ),
            1,
        )
    else:
        bad = known.disagreeing(connection)
        template = (
            "What the search and the lists know of {bad} clients is not what their rows say, so "
            "that they may not be found, or their sums be wrong in lists. The clients themselves "
            "are untouched. Repair it here."
            if bad
            else "The search and the lists know of clients what their rows say."
        )
    repair = Repair.SEARCH if bad else Repair.NONE
    yield Finding("search", bad == 0, template, {"bad": bad}, repair=repair)


def form(connection: Connection, quick: bool) -> Iterator[Finding]:
    """Whether the book has the form that this program reads and writes."""
    found = version(connection)
    revision = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    profiles = connection.exec_driver_sql("SELECT count(*) FROM store_profile").scalar_one()
    ok = found == NEWEST and revision == f"{NEWEST:04d}" and profiles == 1
    yield Finding(
        "form",
        ok,
        "The book has form {found}, which this version reads and writes."
        if ok
        else "The book says that it has form {found} and is not as this version expects it. "
        "Nothing was changed. Restore a backup from before the last update of Clientele, and "
        "report this.",
        {"found": found},
    )


def trail(connection: Connection, quick: bool) -> Iterator[Finding]:
    """Whether the audit trail is as it was written."""
    chain = check_chain(connection)
    # Somebody's doing and no damage: the rest of the book can be used and copied.
    yield Finding("audit trail", chain.whole, chain.template, dict(chain.values), content=False)
