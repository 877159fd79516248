"""The audit trail: all of it, narrowed to who saw one client, and closed to who may not see it."""

from __future__ import annotations

from pathlib import Path

from clientele.domain.rules.acts import ActKind
from clientele.domain.tables import Associate
from clientele.domain.team import Role
from clientele.services.changes import Changes, Kind
from clientele.ui.workplace import Workplace
from scripts.picturing.scene import Scene, client, settle


def scenes(place: Workplace, folder: Path) -> list[Scene]:
    """On the sample store."""

    def seen() -> None:
        place.open_client(client(place, "Eleanor Marsh"))
        settle(place)
        place.auditing.show_who_saw()

    def taken_out() -> None:
        place.auditing.show_trail()
        settle(place)
        place.auditing.page.kind.button(ActKind.EXPORTED.value).click()

    return [
        *bare(place),
        Scene("trail-of-a-client", seen),
        Scene("trail-taken-out", taken_out, leave=lambda: _all(place)),
        Scene(
            "trail-closed",
            lambda: _shown_to(place, Role.ASSOCIATE),
            leave=lambda: _as(place, Role.STORE_MANAGER),
        ),
    ]


def bare(place: Workplace) -> list[Scene]:
    """On any book."""
    return [Scene("trail", lambda: _shown_to(place, Role.STORE_MANAGER))]


def _shown_to(place: Workplace, role: Role) -> None:
    _as(place, role)
    place.auditing.show_trail()
    settle(place)
    place.auditing.page.refresh()


def _all(place: Workplace) -> None:
    place.auditing.page.kind.button("all").click()


def _as(place: Workplace, role: Role) -> None:
    me = place.desk.me.id
    with place.store.write() as session:
        row = session.get(Associate, me)
        assert row is not None
        row.role = role
    place.desk.changed.emit(Changes({Kind.ASSOCIATE.value: frozenset({me})}))
    settle(place)
