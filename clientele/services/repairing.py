"""Repairing the book: who may, the copy before it, and the entry in the trail."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from clientele.domain.rules.keeping_copies import Why
from clientele.domain.rules.rights import Acting, Right
from clientele.services.acting import require_at_the_door
from clientele.services.audit import record
from clientele.services.backups import Backups
from clientele.store import repair
from clientele.store.copying import Leave, Told
from clientele.store.finding import Repair
from clientele.store.session import Store

_WORDS = {
    Repair.SEARCH: "What the search and the lists know of {count} clients was made anew.",
    Repair.INDEXES: "All {count} indexes were made anew from the rows.",
    Repair.PERMISSIONS: "{count} files are for this user alone again.",
    Repair.LEFTOVERS: "{count} half-made files were cleared away.",
}


@dataclass(frozen=True, slots=True)
class Repaired:
    """What was done."""

    what: Repair
    count: int
    copy: str = ""
    """The name of the copy that was made before; empty where the book itself was not written."""

    @property
    def sentence(self) -> str:
        """English; the window translates ``template``."""
        return self.template.format(count=self.count)

    @property
    def template(self) -> str:
        """The sentence, with ``{count}``."""
        return _WORDS[self.what]


def mend(
    store: Store,
    what: Repair,
    *,
    now: datetime,
    acting: Acting,
    told: Told = lambda *_: None,
    leave: Leave = lambda: False,
) -> Repaired:
    """Put right what ``what`` says, after a copy where it writes into the book.

    Whoever may back up may also repair: nothing that a person wrote is changed, and the copy that
    is made first is the way back. ``told`` hears how the copy goes on; after it there is no
    leaving. Raises ``NotAllowed``, ``Cancelled``, and why no copy could be made: nothing is
    changed then.
    """
    require_at_the_door(store, Right.COPY, acting=acting)
    copy = ""
    if what in repair.IN_THE_BOOK:
        outcome = Backups(store, lambda: now).make(
            Why.BY_HAND, acting=acting, told=told, leave=leave
        )
        if outcome.refused is not None:
            raise outcome.refused
        copy = outcome.made.path.name if outcome.made is not None else ""
        with store.write(acting=acting) as session:
            count = repair.in_book(session.connection(), what)
            record(session, "repair", detail={"what": what.value, "count": count}, now=now)
    else:
        count = repair.beside_book(store, what)
        with store.write(acting=acting) as session:
            record(session, "repair", detail={"what": what.value, "count": count}, now=now)
    return Repaired(what, count, copy)
