"""The team: its page as each role sees it, and its forms."""

from __future__ import annotations

from pathlib import Path

from clientele.domain.tables import Associate
from clientele.domain.team import Role
from clientele.services.changes import Changes, Kind
from clientele.ui.models.team_words import CHANGE, GIVE_PIN, LEAVES
from clientele.ui.pages.team import TeamPage
from clientele.ui.workplace import Workplace
from scripts.picturing.scene import Scene, settle


def scenes(place: Workplace, folder: Path) -> list[Scene]:
    """On the sample store."""

    def boss() -> TeamPage:
        as_role(Role.STORE_MANAGER)
        return _open(place)

    def act(name: str) -> None:
        page = boss()
        facts = page._facts
        assert facts is not None
        busiest = max(facts.members, key=lambda one: (one.active, one.clients))
        others = [one for one in facts.members if one.active and one.id != place.desk.me.id]
        page.people.acted.emit((others[0] if name == GIVE_PIN else busiest).id, name)
        settle(place)

    def as_role(role: Role) -> None:
        with place.store.write() as session:
            row = session.get(Associate, place.desk.me.id)
            assert row is not None
            row.role = role
        place.desk.changed.emit(Changes({Kind.ASSOCIATE.value: frozenset({place.desk.me.id})}))
        _open(place)
        settle(place)

    def somebody_new() -> None:
        page = boss()
        page.add_somebody()

    def department() -> None:
        page = boss()
        facts = page._facts
        assert facts is not None
        page.places.opened.emit(facts.departments[0].id)

    def the_store() -> None:
        page = boss()
        page.change_store()

    return [
        Scene("team", boss),
        Scene("team-new", somebody_new),
        Scene("team-change", lambda: act(CHANGE)),
        Scene("team-pin", lambda: act(GIVE_PIN)),
        Scene("team-leaves", lambda: act(LEAVES)),
        Scene("team-department", department),
        Scene("team-store", the_store),
        Scene("team-of-a-department", lambda: as_role(Role.DEPARTMENT_MANAGER)),
        Scene("team-of-an-associate", lambda: as_role(Role.ASSOCIATE)),
    ]


def bare(place: Workplace) -> list[Scene]:
    """On any book."""
    return [Scene("team", lambda: _open(place))]


def _open(place: Workplace) -> TeamPage:
    place.forms.team.show_team()
    return place.forms.team.page
