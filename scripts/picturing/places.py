"""The books that pictures are taken of: a full one, one with hardly anything, an empty one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from clientele.domain.promises import PromiseKind
from clientele.services.clients import NewClient, new_client
from clientele.services.follow_ups import NewFollowUp, new_follow_up
from clientele.services.made_right import OpenMadeRight, open_made_right
from clientele.services.notes import KeepNote, keep_note
from clientele.services.opening import FirstAssociate, begin_book
from clientele.services.promises import MakePromise, make_promise
from clientele.services.sample import fill_with_sample
from clientele.services.team import SetUpStore
from clientele.services.visits import StartVisit, start_visit
from clientele.system.clock import FixedClock
from clientele.system.formats import Formats
from clientele.ui.theme import Theme
from clientele.ui.workplace import Workplace
from scripts.picturing.scene import settle

ZONE = "Europe/Amsterdam"
NOW = datetime(2026, 11, 21, 10, 20, tzinfo=ZoneInfo(ZONE))

Fill = Callable[[Session, int, datetime], object]
"""Puts what a book is to have into it: a session, who signs in, the moment."""


def much(session: Session, by: int, now: datetime) -> None:
    """The sample store, with a client in it."""
    fill_with_sample(session, by=by, now=now, visit_open=True)


def little(session: Session, by: int, now: datetime) -> None:
    """One client on a first visit, one promise, one follow-up, one thing to make right."""
    made = new_client(session, NewClient(by, "Daniel", "Tran"), now=now).subject or 0
    today = now.date()
    start_visit(session, StartVisit(made, by, 1), now=now - timedelta(minutes=3))
    keep_note(session, KeepNote(made, "Prefers mornings.", by=by), now=now)
    hem = MakePromise(made, by, PromiseKind.ALTERATION, "trousers hemmed", today)
    make_promise(session, hem, now=now)
    call = NewFollowUp(made, by, "call", "ask how the suit fits", today)
    new_follow_up(session, call, now=now)
    button = OpenMadeRight(made, by, "charcoal suit", "a button came off on the first evening")
    open_made_right(session, button, now=now)


def nothing(session: Session, by: int, now: datetime) -> None:
    """A book on its first morning."""


@contextmanager
def workplace(folder: Path, theme: Theme, fill: Fill) -> Iterator[Workplace]:
    """The window on a book filled so, R. Okafor signed in."""
    clock = FixedClock(NOW)
    begun = begin_book(
        folder / "book.clientele",
        SetUpStore("Herengracht", "EUR", "NL", ZONE),
        FirstAssociate("R. Okafor", "Men's Suits", "2468", "store manager"),
        vault=None,
        passphrase="pictures",
        now=clock.now(),
    )
    with begun.store.write() as session:
        fill(session, begun.associate_id, clock.now())
    place = Workplace(begun.store, clock, Formats("en", ZONE), theme)
    place.rules.ruling.begin.setInterval(3_600_000)  # no picture before or after a run
    place.enter(begun.associate_id)
    place.window.show()
    settle(place)
    yield place
    place.stop()
    begun.store.close()
