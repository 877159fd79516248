"""One clock that can be stopped, and places that are the user's own."""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from clientele.system import paths
from clientele.system.clock import FixedClock, SystemClock


def test_the_system_s_clock_is_aware_and_moves() -> None:
    clock = SystemClock()
    before = clock.now()
    assert before.tzinfo is UTC
    assert clock.now() >= before


def test_a_fixed_clock_stands_until_it_is_moved() -> None:
    clock = FixedClock(datetime(2026, 11, 21, 10, tzinfo=timezone(timedelta(hours=1))))
    assert clock.now() == clock.now() == datetime(2026, 11, 21, 9, tzinfo=UTC)
    assert clock.now().tzinfo is UTC
    clock.advance(timedelta(days=1))
    assert clock.now() == datetime(2026, 11, 22, 9, tzinfo=UTC)
    clock.set(datetime(2027, 1, 1, tzinfo=UTC))
    assert clock.now().year == 2027


def test_a_clock_refuses_an_instant_without_a_zone() -> None:
    with pytest.raises(ValueError, match="zone"):
        FixedClock(datetime(2026, 11, 21))  # noqa: DTZ001


def test_everything_of_the_user_s_lies_in_their_home(home: Path) -> None:
    for place in (paths.default_book(), paths.settings_file(), paths.log_folder()):
        assert home in place.parents
        assert "Clientele" in str(place)


@pytest.mark.skipif(sys.platform == "win32", reason="permissions of POSIX")
def test_a_private_folder_is_private_and_an_old_one_is_left_alone(tmp_path: Path) -> None:
    assert paths.private_folder(tmp_path / "a" / "b").stat().st_mode & 0o777 == 0o700
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared").chmod(0o755)
    assert paths.private_folder(tmp_path / "shared").stat().st_mode & 0o777 == 0o755
