"""A desk on a real book with two associates, and a window around it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from clientele.domain.tables import Associate
from clientele.services.pins import hashed
from clientele.services.rows import the
from clientele.services.team import AddAssociate, AddDepartment, add_associate, add_department
from clientele.store.session import Store
from clientele.system.clock import FixedClock
from clientele.system.formats import Formats
from clientele.ui.clipboard import Copied
from clientele.ui.desk import Desk, Me
from clientele.ui.main_window import MainWindow
from clientele.ui.plurals import EnglishPlurals
from clientele.ui.theme import Scheme, Theme
from tests.a_day import Day, a_day
from tests.staging import staged

PIN = "2468"


@dataclass(frozen=True, slots=True)
class Team:
    """Who works in the store of these tests."""

    okafor: Me
    sato: Me


@pytest.fixture(autouse=True)
def _nothing_is_copied(qapp: QApplication) -> Iterator[None]:
    """Nothing waits to be taken off the clipboard."""
    yield
    for copied in qapp.findChildren(Copied):
        copied.take_away()


@pytest.fixture(autouse=True)
def rules_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    """No rule looks at the book by itself in the middle of a test, however long that takes."""
    monkeypatch.setattr("clientele.ui.ruling.BEGIN", 3_600_000)
    monkeypatch.setattr("clientele.ui.ruling.REST", 3_600_000)
    monkeypatch.setattr("clientele.ui.backing_up.BEGIN", 3_600_000)


@pytest.fixture(autouse=True)
def english(qapp: QApplication) -> Iterator[None]:
    """Count as English does."""
    plurals = EnglishPlurals(qapp)
    qapp.installTranslator(plurals)
    yield
    qapp.removeTranslator(plurals)
    plurals.deleteLater()


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    """The light theme at the usual size."""
    made = Theme(qapp, Scheme.LIGHT)
    yield made
    if (made.scheme, made.text_scale) != (Scheme.LIGHT, 1.0):
        made.switch(Scheme.LIGHT, 1.0)
    made.deleteLater()


@cache
def _pin_hash() -> str:
    return hashed(PIN)


@pytest.fixture(scope="session")
def pin_hash() -> str:
    """The PIN as the book keeps it: made once, because that is made to be slow."""
    return _pin_hash()


def _write_team(store: Store, now: datetime, _: object) -> Team:
    with store.write() as session:
        for name in ("Men's Suits", "Women's Sportswear"):
            add_department(session, AddDepartment(name), now=now)
    ids = []
    for name, department in (("R. Okafor", "Men's Suits"), ("L. Sato", "Women's Sportswear")):
        with store.write() as session:
            what = AddAssociate(name, department)
            ids.append(add_associate(session, what, now=now).subject or 0)
            the(session, Associate, ids[-1]).pin_hash = _pin_hash()
    return Team(
        Me(ids[0], "R. Okafor", 1, "Men's Suits"), Me(ids[1], "L. Sato", 2, "Women's Sportswear")
    )


staged_team = staged("team", _write_team)
staged_day = staged("day", lambda store, now, _: a_day(store, now))


@pytest.fixture
def team(staged_team: Team) -> Team:
    """R. Okafor of Men's Suits and L. Sato of Women's Sportswear, both with the PIN 2468."""
    return staged_team


@pytest.fixture
def desk(store: Store, clock: FixedClock, theme: Theme, team: Team) -> Iterator[Desk]:
    """A desk at which R. Okafor sits."""
    made = Desk(store, clock, Formats("en", "Europe/Amsterdam"), theme)
    made.sign(team.okafor)
    yield made
    made.stop()
    made.deleteLater()


@pytest.fixture
def day(team: Team, staged_day: Day) -> Day:
    """A Saturday in the store: who comes, what is due and what was promised."""
    return staged_day


@pytest.fixture
def window(desk: Desk, clock: FixedClock, qtbot: QtBot) -> Iterator[MainWindow]:
    """The window at the size of the usual store terminal, shown and active."""
    made = MainWindow(desk, clock)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    yield made
    made.idle.stop()
