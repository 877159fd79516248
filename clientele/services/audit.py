"""Writing down who did what: one entry for each act, sealed, in the transaction of the act.

Entries are written around the ORM, so that neither Undo nor ``Changes`` knows of them: what was
done stays written when it is taken back. An entry holds numbers and names of tables and columns,
never a value, a name or a text of the book.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Table as CoreTable
from sqlalchemy import bindparam, func, insert, literal, select, update
from sqlalchemy.orm import Session

from clientele.domain.rules.rights import PROGRAM, Acting, Right
from clientele.domain.rules.sealing import Entry, as_ranges, seal
from clientele.domain.tables import metadata
from clientele.services.acting import acting as acting_of
from clientele.services.changes import Changes, fold
from clientele.services.images import RowImage

ENTRY: CoreTable = metadata.tables["audit_entry"]
SEAL: CoreTable = metadata.tables["audit_seal"]

NO_NEWS = frozenset(
    {
        "audit_entry",
        "audit_seal",
        "client_card",
        "client_sum",
        "draft",
        "duplicate_look",
        "duplicate_pair",
        "import_seen",
        "told_reminder",
        "worth_aside",
        "worth_call",
        "worth_day",
        "worth_run",
    }
)
"""Tables that only follow from others, or say what somebody looked at: no entry speaks of them."""

FOLLOWING = frozenset({"note_offer"})
"""Tables of which an entry speaks only where nothing else changed: what a note that is typed offers
comes and goes with each key."""

NOT_TOLD = frozenset({"changed_at", "normalised", "sort_name", "typed_at", "updated_at"})
"""Columns that only follow from others."""

QUIET = frozenset({"account_used", "begin", "count_try", "mark_dot"})
"""Steps on the way of a letter or of a PIN, of which the end is entered."""

SAME = {
    ("clientele.services.made_right", "decide"): "decide_made_right",
    ("clientele.services.worth_a_call", "set_aside"): "set_worth_aside",
}
"""Verbs whose name another has too, and what the trail calls them."""

TYPING = timedelta(minutes=5)
"""What is saved with each key is entered once in this time."""

_WITHIN, _SAID = "audit within", "audit said"


_SAME = (
    select(ENTRY.c.id)
    .where(
        ENTRY.c.at > bindparam("since", type_=ENTRY.c.at.type),
        ENTRY.c.at <= bindparam("now", type_=ENTRY.c.at.type),
        *(
            column.is_not_distinct_from(bindparam(f"same_{column.name}", type_=column.type))
            for column in ENTRY.c
            if column.name not in ("id", "at", "seal")
        ),
    )
    .limit(1)
)
# On a server others wait here until this transaction has ended: the chain does not fork.
_END = (
    select(
        SEAL.c.last_id,
        SEAL.c.last_seal,
        select(func.max(ENTRY.c.id)).scalar_subquery().label("newest"),
    )
    .order_by(SEAL.c.id)
    .limit(1)
    .with_for_update(of=SEAL)
)
_ADD, _CLOSE = insert(ENTRY), update(SEAL)
"""Made once: making them costs as much as running them."""


def act_of(body: Any) -> str:
    """What the trail calls a verb: its name, or another where two have the same."""
    return SAME.get((body.__module__, body.__name__), str(body.__name__))


def record(  # noqa: PLR0913
    session: Session,
    act: str,
    *,
    subject: str = "",
    subject_id: int | None = None,
    clients: Iterable[int] = (),
    detail: Mapping[str, Any] | None = None,
    now: datetime,
    acting: Acting | None = None,
    once_in: timedelta | None = None,
) -> int | None:
    """Write one entry and answer its number.

    ``act`` is a word of ``domain.rules.acts``; ``detail`` numbers, names of columns and kinds, as
    JSON can say them. ``acting`` is who did it where that is not whoever the session is for. With
    ``once_in`` nothing is written, and None answered, if the very same was entered that recently.
    """
    session.info[_SAID] = True
    who = acting or acting_of(session)
    concerned = frozenset(clients)
    told = dict(detail or {})
    if len(concerned) > 1:
        told["clients"] = as_ranges(concerned)
    values: dict[str, Any] = {
        "at": now,
        "who": who.who.value,
        "associate_id": who.associate_id,
        "act": act,
        "subject": subject,
        "subject_id": subject_id,
        "client_id": next(iter(concerned)) if len(concerned) == 1 else None,
        "clients": len(concerned),
        "detail": json.dumps(told, separators=(",", ":"), sort_keys=True) if told else "",
    }
    if once_in is not None and _is_entered(session, values, now - once_in, now):
        return None
    return _append(session, values)


def _is_entered(
    session: Session, values: Mapping[str, Any], since: datetime, now: datetime
) -> bool:
    asked = {f"same_{name}": value for name, value in values.items() if name != "at"}
    asked |= {"since": since, "now": now}
    return session.connection().execute(_SAME, asked).first() is not None


def _append(session: Session, values: dict[str, Any]) -> int:
    connection = session.connection()
    end = connection.execute(_END).one_or_none()
    if end is None:
        # A book's first entry; where entries stand without their seal, the check tells of it.
        newest_id = connection.execute(select(literal(0) + func.coalesce(func.max(ENTRY.c.id), 0)))
        key = newest_id.scalar_one() + 1
        previous = ""
        connection.execute(
            insert(SEAL).values(first_id=key, before="", last_id=key - 1, last_seal="")
        )
    else:
        # Never the number of an entry that somebody slipped in: that would hold up every write.
        key = max(end.last_id, end.newest or 0) + 1
        previous = end.last_seal
    sealed = seal(previous, Entry(id=key, **values))
    connection.execute(_ADD, {"id": key, **values, "seal": sealed})
    connection.execute(_CLOSE, {"last_id": key, "last_seal": sealed})
    return int(key)


@contextmanager
def one_act(session: Session) -> Iterator[bool]:
    """Around an act, which may consist of others: true for the outermost, which alone is entered.

    What the act says of itself by ``record`` stands instead of what would be said of it.
    """
    if session.info.get(_WITHIN):
        yield False
        return
    session.info[_WITHIN] = True
    session.info.pop(_SAID, None)
    try:
        yield True
    finally:
        session.info.pop(_WITHIN, None)


def enter(
    session: Session,
    act: str,
    changes: Changes,
    *,
    right: Right = Right.SERVE,
    now: datetime,
    each: bool = False,
) -> None:
    """Enter an act by what it changed; nothing where that is no news, or was said already.

    What only changes a row is entered once in ``TYPING``, unless ``each`` time counts.
    """
    if session.info.get(_SAID) or act in QUIET or changes.undo is None:
        return
    images = news(changes.undo.images)
    if not images:
        return
    subject, subject_id = _subject(images, changes.subject)
    typed = (
        subject_id is not None
        and not each
        and all(image.before is not None and image.after is not None for image in images)
    )
    record(
        session,
        act,
        subject=subject,
        subject_id=subject_id,
        clients=changes.clients,
        detail={"tables": tables_of(images)},
        now=now,
        acting=PROGRAM if right is Right.BY_ITSELF else None,
        once_in=TYPING if typed else None,
    )


def news(images: Iterable[RowImage]) -> tuple[RowImage, ...]:
    """Those of these images of which an entry speaks."""
    told = tuple(
        image
        for image in fold(images)
        if image.table not in NO_NEWS
        and (image.before is None or image.after is None or _columns(image))
    )
    return tuple(image for image in told if image.table not in FOLLOWING) or told


def tables_of(images: Sequence[RowImage]) -> dict[str, list[Any]]:
    """By table how many rows came, changed and went, and the names of the changed columns."""
    tables: dict[str, list[Any]] = {}
    columns: dict[str, set[str]] = {}
    for image in images:
        counts = tables.setdefault(image.table, [0, 0, 0])
        if image.before is None:
            counts[0] += 1
        elif image.after is None:
            counts[2] += 1
        else:
            counts[1] += 1
            columns.setdefault(image.table, set()).update(_columns(image))
    for table, names in columns.items():
        tables[table].append(" ".join(sorted(names)))
    return tables


def _columns(image: RowImage) -> list[str]:
    before, after = image.before or {}, image.after or {}
    return [
        name
        for name, value in after.items()
        if name not in NOT_TOLD and (name not in before or before[name] != value)
    ]


def _subject(images: Sequence[RowImage], subject: int | None) -> tuple[str, int | None]:
    """The row that the act was about: the one it answered, or the only one it wrote."""
    if subject is not None:
        # Several may bear one number, such as a visit and its stop, in no order: what is new comes
        # first, and what a part is named after.
        named = [
            (image.before is not None, len(image.table), image.table)
            for image in images
            if image.key[0] == subject
        ]
        return min(named)[2] if named else "", subject
    if len(images) == 1 and len(images[0].key) == 1 and isinstance(images[0].key[0], int):
        return images[0].table, images[0].key[0]
    return "", None
