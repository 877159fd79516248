"""Tests that begin alike share their beginning: it is written once in a run, and copied.

Half of what a test of the window takes is the writing of clients, visits and promises before its
first line. A fixture that begins with a fresh book says so with ``staged``: its writer fills a
book for the first test that asks for it, and each test gets a copy, open and its own.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from clientele.store.session import Store

PREFIX = "staged_"

Writer = Callable[["Store", datetime, Mapping[str, Any]], Any]
"""Writes into a book at a moment, given what those before it answered; what it answers is ids."""

WRITERS: dict[str, Writer] = {}
"""By name, in the order in which they write."""


@dataclass(frozen=True, slots=True)
class Stage:
    """A closed book, and what each writer answered."""

    book: Path
    said: Mapping[str, Any]


class Stages:
    """All books that were written in this run; ``empty`` is what each begins with."""

    def __init__(self, empty: Path, key: bytes, folder: Path) -> None:
        self._empty, self._key, self._folder = empty, key, folder
        self._ready: dict[tuple[datetime, tuple[str, ...]], Stage] = {}

    def for_test(self, asked: list[str], now: datetime) -> Stage:
        """The book for a test that asks for these fixtures, at the moment at which it begins."""
        return self._stage(tuple(name for name in WRITERS if PREFIX + name in asked), now)

    def _stage(self, names: tuple[str, ...], now: datetime) -> Stage:
        if not names:
            return Stage(self._empty, {})
        if (now, names) not in self._ready:
            from clientele.store.session import open_store

            before = self._stage(names[:-1], now)
            book = self._folder / f"{len(self._ready)}.clientele"
            shutil.copyfile(before.book, book)
            store = open_store(book, self._key)
            try:
                said = WRITERS[names[-1]](store, now, before.said)
            finally:
                store.close()
            self._ready[now, names] = Stage(book, {**before.said, names[-1]: said})
        return self._ready[now, names]


def staged(name: str, writer: Writer) -> Any:
    """The fixture ``staged_<name>``, with what ``writer`` answered; assign it to that name."""
    WRITERS[name] = writer

    @pytest.fixture(name=PREFIX + name)
    def said(store: Store, stage: Stage) -> Any:
        return deepcopy(stage.said[name])

    return said
