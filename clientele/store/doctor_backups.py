"""Are there good copies of the book, young enough, and in a second place?

Goes by what is there, not by what the book says was made.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from clientele.domain.rules.keeping_copies import is_late
from clientele.store import copies
from clientele.store.doctor import Finding
from clientele.store.errors import StoreRefusal
from clientele.store.second_place import SecondPlace
from clientele.store.session import Store

_MINUTE = 60


def backups_finding(store: Store, *, now: datetime, second: str = "") -> Finding:
    """One finding: the age of the newest good copy here, and whether the second place has it.

    ``second`` is the folder that was chosen; empty: none. It is not waited for long.
    """
    key, stem = store.data_key, store.path.name
    here = [one for one in copies.listed(copies.folder_of(store.path), key, stem) if one.good]
    if not here:
        return _finding(
            "There is no good backup of the book. Make one with “clientele backup”, or under "
            "Backups in the window.",
            ok=False,
        )
    hours = max(0, int((now - here[0].at).total_seconds())) // (_MINUTE * _MINUTE)
    if is_late(here[0].at, now):
        return _finding(
            "The newest good backup is over {hours} h old. Make one with “clientele backup”.",
            ok=False,
            hours=hours,
        )
    if not second:
        return _finding(
            "The newest of {count} good backups is under {hours} h old. There is no second place: "
            "what happens to this computer happens to all of them.",
            ok=True,
            count=len(here),
            hours=hours + 1,
        )
    return _with_second(store, here[0].path.name, hours + 1, SecondPlace(Path(second)))


def _with_second(store: Store, newest: str, under: int, place: SecondPlace) -> Finding:
    key, stem = store.data_key, store.path.name
    try:
        there = {one.path.name for one in place.listed(key, stem) if one.good}
    except StoreRefusal:
        there = set()
    if newest in there:
        return _finding(
            "The newest good backup is under {hours} h old, and in the second place too.",
            ok=True,
            hours=under,
        )
    return _finding(
        "The newest good backup is under {hours} h old, but not in the second place. Plug that in "
        "or connect it; it is caught up while Clientele is open.",
        ok=False,
        hours=under,
    )


def _finding(template: str, *, ok: bool, **values: int) -> Finding:
    return Finding("backups", ok, template, values, content=False)
