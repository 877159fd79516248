"""The file of passphrases, written by somebody to do harm: refused, soon and with little memory."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from clientele.store import keys, slots
from clientele.store.beside import asks_for_passphrase, wrapped_file
from clientele.store.session import Profile, create_store
from clientele.system.clock import FixedClock

PASSPHRASE = "the tailor's blue chalk"

Poison = Callable[[Path, dict[str, Any]], object]


@pytest.fixture
def new() -> keys.NewKey:
    return keys.new_key()


@pytest.fixture
def book(tmp_path: Path, new: keys.NewKey, clock: FixedClock) -> Path:
    path = tmp_path / "book.clientele"
    profile = Profile("EUR", "NL", "UTC")
    create_store(path, new.data_key, profile, now=clock.now(), salt=new.salt).close()
    slots.set_passphrase(path, new.salt, new.data_key, PASSPHRASE)
    return path


def text(words: str) -> Poison:
    return lambda file, _: file.write_text(words, "utf-8")


def slot(**values: object) -> Poison:
    def poison(file: Path, content: dict[str, Any]) -> None:
        content["slots"][0] |= values
        file.write_text(json.dumps(content), "utf-8")

    return poison


def fifo(file: Path, _: object) -> None:
    file.unlink()
    os.mkfifo(file)


@pytest.mark.parametrize(
    "poison",
    [
        pytest.param(text("[" * 60_000), id="lists within lists"),
        pytest.param(text('{"form": 2, "slots": [' + "[" * 60_000), id="deep within a slot"),
        pytest.param(text("\ud7ff" * 10), id="no JSON"),
        pytest.param(text("[]"), id="no slots"),
        pytest.param(lambda file, _: os.truncate(file, 1 << 40), id="a terabyte"),
        pytest.param(
            lambda file, _: (file.unlink(), file.symlink_to("/dev/zero")), id="without an end"
        ),
        pytest.param(slot(memory_kib=float("inf")), id="endless memory"),
        pytest.param(slot(rounds=float("inf")), id="endless rounds"),
        pytest.param(slot(memory_kib=1_048_576), id="a gigabyte"),
        pytest.param(slot(rounds=64), id="a minute"),
        pytest.param(slot(lanes=float("nan")), id="no number"),
        pytest.param(slot(memory_kib=[1]), id="a list"),
        pytest.param(slot(salt="ab"), id="a short salt"),
        pytest.param(slot(salt=7), id="a number as salt"),
        pytest.param(slot(kdf="pbkdf2"), id="another way of stretching"),
        pytest.param(slot(wrapped="ab" * 47), id="too short"),
    ],
)
def test_a_poisoned_file_of_passphrases_leads_to_the_paper(
    book: Path, new: keys.NewKey, poison: Poison
) -> None:
    file = wrapped_file(book)
    poison(file, json.loads(file.read_text("utf-8")))
    with pytest.raises(slots.PassphraseLost):
        slots.unlock_by_passphrase(book, PASSPHRASE)
    slots.slots_of(book, new.salt)
    asks_for_passphrase(book)  # at the start, before anything is shown
    assert not slots.opens(book, new.salt, PASSPHRASE, "")
    slots.set_passphrase(book, new.salt, new.data_key, "another one")  # it is replaced
    assert slots.unlock_by_passphrase(book, "another one") == new.data_key


def test_weaker_stretching_opens_nothing_and_is_not_kept(book: Path, new: keys.NewKey) -> None:
    """Who may write the file cannot make a weak wrapping without the key that it wraps."""
    file = wrapped_file(book)
    slot(memory_kib=8, rounds=1, lanes=1)(file, json.loads(file.read_text("utf-8")))
    before = file.read_bytes()
    with pytest.raises(slots.WrongPassphrase):
        slots.unlock_by_passphrase(book, PASSPHRASE)
    assert file.read_bytes() == before


def test_the_file_of_another_book_opens_nothing(
    book: Path, tmp_path: Path, clock: FixedClock
) -> None:
    """With the head of this book written into it as well."""
    second, path = keys.new_key(), tmp_path / "second.clientele"
    profile = Profile("EUR", "NL", "UTC")
    create_store(path, second.data_key, profile, now=clock.now(), salt=second.salt).close()
    slots.set_passphrase(path, second.salt, second.data_key, PASSPHRASE)
    content = json.loads(wrapped_file(path).read_text("utf-8"))
    slot(head=book.read_bytes()[:16].hex())(wrapped_file(book), content)
    with pytest.raises(slots.WrongPassphrase):
        slots.unlock_by_passphrase(book, PASSPHRASE)


def test_a_pipe_in_its_place_is_waited_for_by_nobody(book: Path, new: keys.NewKey) -> None:
    fifo(wrapped_file(book), None)
    assert slots.slots_of(book, new.salt) == ()
    assert not asks_for_passphrase(book)
    with pytest.raises(slots.PassphraseLost):
        slots.unlock_by_passphrase(book, PASSPHRASE)
