"""What every test stands on: a home of its own, a clock that stands still, a book, and no leaks."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from hypothesis import settings

from scripts.a_home import home_at
from tests.staging import staged

if TYPE_CHECKING:
    import ssl

    import trustme

    from clientele.store.session import Store
    from clientele.system.clock import FixedClock
    from tests.a_day import Day
    from tests.services.floor import Floor
    from tests.staging import Stage, Stages

ZONE = "Europe/Amsterdam"
DATA_KEY = bytes(range(32))

pytest_plugins = ["pytester", "tests.leaks"]


def pytest_configure(config: pytest.Config) -> None:
    """Cut the tests off from whoever runs them: their display, home, keyring, language and zone.

    Before anything of Qt is loaded, which reads most of this once. No example of a property test
    has to be quick: a busy machine is no fault of the program.
    """
    settings.register_profile("calm", deadline=None)
    settings.load_profile("calm")
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    home = Path(tempfile.mkdtemp(prefix="clientele-"))
    config.add_cleanup(lambda: shutil.rmtree(home, ignore_errors=True))
    runtime = home / "run"
    runtime.mkdir(mode=0o700)
    os.environ.update(
        home_at(home),
        XDG_RUNTIME_DIR=str(runtime),  # short: sockets have little room for their names
        DBUS_SESSION_BUS_ADDRESS="disabled:",
        PYTHON_KEYRING_BACKEND="keyring.backends.fail.Keyring",
        LC_ALL="C.UTF-8",
        TZ=ZONE,
    )
    if hasattr(time, "tzset"):
        time.tzset()
    for name in [name for name in os.environ if name.startswith("CLIENTELE_")]:
        del os.environ[name]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home folder of the test's own, where settings, log and default book land."""
    home = tmp_path / "home"
    for name, place in home_at(home).items():
        monkeypatch.setenv(name, place)
    home.mkdir()
    return home


@pytest.fixture
def clock() -> FixedClock:
    """Saturday 21 November 2026, ten in the morning in the store, until a test moves it on."""
    from clientele.system.clock import FixedClock

    return FixedClock(datetime(2026, 11, 21, 10, 0, tzinfo=ZoneInfo(ZONE)))


@pytest.fixture(scope="session")
def empty_book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An encrypted book with nothing in it but its store's profile: made once, to be copied."""
    from clientele.store.session import Profile, create_store

    path = tmp_path_factory.mktemp("empty") / "book.clientele"
    made = datetime(2026, 11, 21, 9, 0, tzinfo=ZoneInfo(ZONE))
    profile = Profile(currency="EUR", country="NL", time_zone=ZONE, name="Herengracht")
    create_store(path, DATA_KEY, profile, now=made).close()
    return path


@pytest.fixture(scope="session")
def stages(empty_book: Path, tmp_path_factory: pytest.TempPathFactory) -> Stages:
    """The books that tests begin with."""
    from tests.staging import Stages

    return Stages(empty_book, DATA_KEY, tmp_path_factory.mktemp("stages"))


@pytest.fixture
def stage(request: pytest.FixtureRequest, stages: Stages, clock: FixedClock) -> Stage:
    """The one that this test begins with."""
    return stages.for_test(request.fixturenames, clock.now())


@pytest.fixture
def store(stage: Stage, tmp_path: Path) -> Iterator[Store]:
    """A book of the test's own, encrypted and open.

    Nothing is in it but its store's profile, and what the fixtures of the test are staged with.
    """
    from clientele.store.session import open_store

    path = tmp_path / "book.clientele"
    shutil.copyfile(stage.book, path)
    opened = open_store(path, DATA_KEY)
    yield opened
    opened.close()


def _write_floor(store: Store, now: datetime, _: object) -> dict[str, int]:
    from tests.services.floor import write_floor

    return write_floor(store, now)


def _write_saturday(store: Store, now: datetime, _: object) -> Day:
    from tests.a_day import a_day

    return a_day(store, now)


staged_floor = staged("floor", _write_floor)
staged_saturday = staged("saturday", _write_saturday)


@pytest.fixture
def floor(store: Store, clock: FixedClock, staged_floor: dict[str, int]) -> Floor:
    """That book with two associates, three departments and one client, Daniel Tran."""
    from tests.services.floor import Floor

    return Floor(store, clock, **staged_floor)


@pytest.fixture(scope="session")
def ca() -> trustme.CA:
    """Who issues certificates to the mail server of the tests."""
    import trustme

    return trustme.CA()


@pytest.fixture(scope="session")
def trust(ca: trustme.CA) -> ssl.SSLContext:
    """What this machine trusts, and that mail server."""
    from clientele.system.mail_tls import system_trust

    context = system_trust()
    ca.configure_trust(context)
    return context
