"""From a morning on which something is due to the thing itself, over the desktop's own bus."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlmodel import col

from clientele.domain.tables import Associate, FollowUp
from clientele.services.clients import NewClient, new_client
from clientele.store.session import Store
from clientele.system.clock import FixedClock
from clientele.system.settings import Settings
from clientele.ui.reminding import Reminding
from tests.e2e.shop import Shop

if sys.platform != "linux" or not shutil.which("dbus-daemon"):
    pytest.skip("dbus-daemon is not installed", allow_module_level=True)

from clientele.ui.notifying_by_bus import SERVER
from tests.a_day import TODAY, ZONE
from tests.ui.a_bus import a_bus
from tests.ui.a_desktop import Service

RUTH = "Ruth Okafor"


@pytest.fixture
def desktop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    """A session bus of its own with a notification server on it."""
    folder = Path(os.environ["XDG_RUNTIME_DIR"]) / tmp_path.name[-12:]
    folder.mkdir(parents=True)
    with a_bus(folder) as address, Service(address, SERVER, capabilities=("body",)) as server:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        yield server


def due(store: Store, who: str, reason: str, on: date, now: datetime) -> int:
    """A follow-up of Ruth's."""
    with store.write() as session:
        ruth = session.scalars(select(col(Associate.id)).where(col(Associate.name) == RUTH)).one()
        given, family = who.split()
        client = new_client(session, NewClient(ruth or 0, given, family), now=now).subject
        made = FollowUp(
            client_id=client or 0,
            associate_id=ruth or 0,
            channel="call",
            reason=reason,
            due_on=on,
            created_at=now - timedelta(days=7),
        )
        session.add(made)
        session.flush()
        return made.id or 0


def looks(shop: Shop) -> Reminding:
    assert shop.workplace.reminders is not None
    return shop.workplace.reminders.reminding


def test_a_morning_with_something_due(shop: Shop, desktop: Service, clock: FixedClock) -> None:
    hand, place = shop.hand, shop.workplace
    clock.set(datetime.combine(TODAY, time(9, 28), ZONE))
    due(shop.store, "Marta Lindqvist", "how the boots fit", TODAY - timedelta(days=2), clock.now())
    aisha = due(shop.store, "Aisha Rahman", "arrivals in her size", TODAY, clock.now())
    place.remind(Settings())
    shop.sign_in(RUTH)

    hand.wait_for("Fell due since you were last here")
    assert hand.sees("how the boots fit")
    hand.until(place.today.since.list.hasFocus, "the keyboard, at what fell due")
    hand.key("X")
    hand.until(lambda: not hand.sees("Fell due since you were last here"), "put away")
    assert desktop.named("Notify") == []

    clock.set(datetime.combine(TODAY, time(9, 30), ZONE))
    looks(shop).timer.timeout.emit()
    hand.until(lambda: len(desktop.named("Notify")) == 1, "told")
    _, _, _, title, body, _, hints, _ = desktop.named("Notify")[0]
    assert (title, body) == ("A follow-up is due", "Call")
    assert hints["desktop-entry"] == ("s", "clientele")

    place.window.showMinimized()
    desktop.signal("ActionInvoked", "us", 1, "default")
    hand.until(lambda: place.window.current_page() is place.follow_ups, "the follow-ups")
    hand.until(lambda: place.follow_ups.list.current_key() == aisha, "the one that is due")
    assert not place.window.isMinimized()

    hand.key("Ctrl+L")
    hand.until(lambda: desktop.named("CloseNotification") == [(1,)], "taken back")
    shop.sign_in(RUTH)
    looks(shop).timer.timeout.emit()
    hand.until(place.desk.idle, "looked again")
    assert len(desktop.named("Notify")) == 1
    assert not hand.sees("Fell due since you were last here")


def test_a_program_that_is_begun_again_tells_nothing_twice(
    shop: Shop, desktop: Service, clock: FixedClock
) -> None:
    hand, place = shop.hand, shop.workplace
    clock.set(datetime.combine(TODAY, time(9, 28), ZONE))
    due(shop.store, "Aisha Rahman", "arrivals in her size", TODAY, clock.now())
    place.remind(Settings())
    shop.sign_in(RUTH)
    hand.until(place.desk.idle, "looked")
    clock.set(datetime.combine(TODAY, time(9, 30), ZONE))
    looks(shop).timer.timeout.emit()
    hand.until(lambda: len(desktop.named("Notify")) == 1, "told")
    looks(shop).stop()
    place.remind(Settings())
    hand.until(place.desk.idle, "looked again")
    assert place.today.since.list.rows() == []
    assert len(desktop.named("Notify")) == 1
