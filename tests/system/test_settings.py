"""Settings come back as they were saved, and never stand in the way of a start."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from clientele.system.settings import Settings, load, save


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "Clientele" / "settings.json"


def test_they_come_back(file: Path) -> None:
    settings = Settings(book="/books/café.clientele", theme="dark", text_scale=1.5, associate_id=3)
    save(settings, file)
    assert load(file) == settings
    save(Settings(), file)
    assert load(file) == Settings()
    assert [one.name for one in file.parent.iterdir()] == [file.name]


def test_the_default_place_is_the_user_s_own(home: Path) -> None:
    save(Settings(theme="light"))
    assert load().theme == "light"
    (found,) = home.rglob("settings.json")
    assert home in found.parents


@pytest.mark.parametrize("content", ["", "{", "[1]", '"dark"', "\x00"])
def test_a_damaged_file_is_as_good_as_none(file: Path, content: str) -> None:
    file.parent.mkdir()
    file.write_text(content)
    assert load(file) == Settings()


def test_each_value_that_makes_no_sense_is_its_default(file: Path) -> None:
    file.parent.mkdir()
    content = {"theme": 7, "text_scale": 40, "associate_id": True, "lock_minutes": 9, "new": 1}
    file.write_text(json.dumps(content))
    assert load(file) == Settings(text_scale=2.0, lock_minutes=9)


@pytest.mark.skipif(sys.platform == "win32", reason="permissions of POSIX")
def test_they_are_this_user_s_alone(file: Path) -> None:
    save(Settings(), file)
    assert file.stat().st_mode & 0o777 == 0o600
