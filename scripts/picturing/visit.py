"""A visit, alone and among three, and bringing a colleague in."""

from __future__ import annotations

from pathlib import Path

from sqlmodel import col

from clientele.domain.tables import Associate, VisitStop
from clientele.services.colleagues import BringIn, Join, bring_in, join
from clientele.services.rows import the
from clientele.services.visits import Leave, StartVisit, leave, start_visit
from clientele.store.queries.route import colleagues_for
from clientele.store.queries.visit import open_visits
from clientele.ui.desk import Me
from clientele.ui.workplace import Workplace
from scripts.picturing.scene import Scene, client, settle


def scenes(place: Workplace, folder: Path) -> list[Scene]:
    """On the sample store."""
    page = place.visit
    daniel = client(place, "Daniel Tran")

    me = place.desk.me

    def visit() -> None:
        _end_others(place, daniel)
        place.start_visit(daniel)
        settle(place)

    def colleagues() -> None:
        visit()
        page.route.bring_in()

    def joined() -> None:
        visit()
        assert page.visit is not None
        if not page.header.bring_in_button.isHidden() and page.route.help.isHidden():
            with place.store.write() as session:
                what = BringIn(page.visit.id, _who_comes(place))
                stop = bring_in(session, what, now=place.desk.now()).subject or 0
                join(session, Join(stop), now=place.desk.now())
            page.make_due()

    def waiting() -> None:
        visit()
        assert page.visit is not None
        with place.store.write() as session:
            colleague = the(session, Associate, _who_comes(place))
            what = BringIn(page.visit.id, colleague.id or 0)
            bring_in(session, what, now=place.desk.now())
            other = Me(colleague.id or 0, colleague.name, colleague.department_id, "Men's Shoes")
        place.desk.sign(other)
        place.window.show_page(place.today)

    def company() -> None:
        visit()
        page.header.company.ask()

    def three() -> None:
        visit()
        for name in ("Eleanor Marsh", "Priya Oberoi"):
            with place.store.write() as session:
                what = StartVisit(client(place, name), place.desk.me.id, 1)
                start_visit(session, what, now=place.desk.now())
        page.make_due()

    return [
        Scene("visit", visit),
        Scene("visit-bring-in", colleagues),
        Scene("visit-company", company),
        Scene("visit-joined", joined),
        Scene("today-waiting", waiting, leave=lambda: place.desk.sign(me)),
        Scene("visit-three", three),
    ]


def bare(place: Workplace) -> list[Scene]:
    """On any book."""
    return [Scene("visit", lambda: place.window.show_page(place.visit))]


def _end_others(place: Workplace, client_id: int) -> None:
    """Each picture begins with this client's visit alone, and nobody brought in."""
    with place.store.write() as session:
        for stop in session.query(VisitStop).where(col(VisitStop.ended_at).is_(None)):
            if stop.started_at is not None:
                stop.colleague_id = stop.joined_at = None
    with place.store.read() as session:
        others = [row.id for row in open_visits(session) if row.named.client_id != client_id]
    for visit in others:
        with place.store.write() as session:
            leave(session, Leave(visit, place.desk.me.id), now=place.desk.now())


def _who_comes(place: Workplace) -> int:
    assert place.visit.visit is not None
    stop = place.visit.visit.stop
    with place.store.read() as session:
        found = colleagues_for(
            session,
            place.visit.visit.id,
            stop.department_id if stop else None,
            today=place.desk.today(),
        )
    return found[0].id
