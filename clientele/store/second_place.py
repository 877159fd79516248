"""Copies in a second place: a folder, a USB stick, a network share.

Such a place may be away, full, read-only, vanish in the middle, or not answer at all. What waits
for it therefore runs in a thread of its own, which is left behind when it gives no sign of life;
nothing else ever looks there.
"""

from __future__ import annotations

import errno
import hashlib
import os
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from time import monotonic
from typing import Any, TypeVar

from clientele.domain.rules.keeping_copies import CopyName
from clientele.store.backup import Key
from clientele.store.copies import Found, listed
from clientele.store.errors import Cancelled, StoreRefusal
from clientele.system.paths import private, sync_folder

FOLDER = "Clientele backups"
"""The folder that is made where somebody chose the place: by it we know that it is there.

An empty mount point, on which a stick is not plugged in, would otherwise take the copies and hide
them.
"""

PATIENCE = 20.0
"""Seconds without a sign of life."""

CHUNK = 1_048_576
_PART = ".part"

T = TypeVar("T")


class SecondPlaceTrouble(StoreRefusal):
    """A copy did not reach the second place."""


class SecondPlaceGone(SecondPlaceTrouble):
    """Not plugged in, not mounted, moved."""

    template = (
        "The second place for backups, {folder}, cannot be reached. The backup on this computer is "
        "made; plug it in or connect it, and it is caught up by itself."
    )


class SecondPlaceFull(SecondPlaceTrouble):
    """No room left."""

    template = (
        "The second place for backups, {folder}, is full. The backup on this computer is made and "
        "nothing half-made was left there; make room, and it is caught up by itself."
    )


class SecondPlaceReadOnly(SecondPlaceTrouble):
    """It does not take writing."""

    template = (
        "The second place for backups, {folder}, cannot be written. The backup on this computer is "
        "made; allow writing there, or choose another place."
    )


class SecondPlaceLost(SecondPlaceTrouble):
    """It went away in the middle, or what was written cannot be read back."""

    template = (
        "The second place for backups, {folder}, was lost while a backup was copied to it. The one "
        "on this computer is whole; connect it again, and it is caught up by itself."
    )


class SecondPlaceTaken(SecondPlaceTrouble):
    """A file of that name is there, and is another."""

    template = (
        "In the second place for backups, {folder}, stands another file with the name of the "
        "newest backup. It was left as it is; move it away, or choose another place."
    )


class SecondPlaceSlow(SecondPlaceTrouble):
    """It gives no sign of life."""

    template = (
        "The second place for backups, {folder}, does not answer. The backup on this computer is "
        "made; look at the network or the device, and it is caught up once it answers."
    )


class SecondPlaceIsTheFirst(SecondPlaceTrouble):
    """The chosen folder is that of the book."""

    template = (
        "{folder} is where the book itself is. Nothing was changed; "
        "choose a folder on another disk, a USB stick or a network share."
    )


class SecondPlace:
    """One chosen folder. ``patience``: seconds without a sign of life after which it is left."""

    def __init__(self, chosen: Path, *, patience: float = PATIENCE) -> None:
        self.chosen = chosen
        self.folder = chosen / FOLDER
        self._patience = patience
        self._stuck: threading.Thread | None = None
        self._over = threading.Event()
        self._life = 0.0

    def prepare(self, book: Path) -> None:
        """Make the folder in which the copies will be, and see that it can be written."""

        def make() -> None:
            if not self.chosen.is_dir():
                raise SecondPlaceGone(folder=self.chosen)
            chosen, own = self.chosen.resolve(), book.parent.resolve()
            if chosen == own or chosen.is_relative_to((own / "backups").resolve()):
                raise SecondPlaceIsTheFirst(folder=self.chosen)
            self.folder.mkdir(mode=0o700, exist_ok=True)
            trial = self.folder / f".trial{_PART}"
            trial.unlink(missing_ok=True)
            open(trial, "xb", opener=private).close()
            trial.unlink()

        self.within(make)

    def listed(self, data_key: Key, stem: str) -> tuple[Found, ...]:
        """The copies of a book that are there. Raises the kinds of ``SecondPlaceTrouble``."""

        def look() -> tuple[Found, ...]:
            if not self.folder.is_dir():
                raise SecondPlaceGone(folder=self.chosen)
            return listed(self.folder, data_key, stem)

        return self.within(look)

    def carry(self, copy: Path, *, leave: Callable[[], bool] = lambda: False) -> bool:
        """Bring a copy there, read back and compared; whether anything was to be brought.

        Raises the kinds of ``SecondPlaceTrouble``; nothing half-made is left there as far as the
        place can still be reached. ``leave`` ends it early, as the program does.
        """
        return self.within(lambda: _carry(copy, self.folder, self.alive, leave))

    def within(self, task: Callable[[], T]) -> T:
        """Run ``task`` beside the caller, and wait as long as it gives signs of life.

        Raises what it raises, an ``OSError`` as one of our refusals, and ``SecondPlaceSlow``.
        While a task that was left behind still hangs there, no other is begun.
        """
        if self._stuck is not None and self._stuck.is_alive():
            raise SecondPlaceSlow(folder=self.chosen)
        answer: dict[str, Any] = {}
        ended = threading.Event()

        def run() -> None:
            try:
                answer["result"] = task()
            except BaseException as error:
                answer["error"] = error
            ended.set()

        self.alive()
        thread = threading.Thread(target=run, name="second place", daemon=True)
        thread.start()
        while not ended.wait(min(0.2, self._patience)):
            if self._over.is_set():
                raise Cancelled
            if monotonic() - self._life > self._patience:
                self._stuck = thread
                raise SecondPlaceSlow(folder=self.chosen)
        error = answer.get("error")
        if isinstance(error, OSError):
            raise _meaning(error, self.chosen) from error
        if error is not None:
            raise error
        result: T = answer["result"]
        return result

    def let_be(self) -> None:
        """Nobody waits for it any more, as when the program ends."""
        self._over.set()

    def alive(self) -> None:
        """Say from within a task that it goes on."""
        self._life = monotonic()


def _carry(copy: Path, folder: Path, alive: Callable[[], None], leave: Callable[[], bool]) -> bool:
    if not folder.is_dir():
        raise SecondPlaceGone(folder=folder.parent)
    _sweep(folder)
    target = folder / copy.name
    size = copy.stat().st_size
    if target.exists():
        if target.is_file() and target.stat().st_size == size and _same_ends(copy, target, size):
            return False
        raise SecondPlaceTaken(folder=folder.parent)
    part = folder / f".{copy.name}{_PART}"
    try:
        written = _write(copy, part, alive, leave)
        if _digest(part, alive) != written:
            raise SecondPlaceLost(folder=folder.parent)
        if target.exists():
            raise SecondPlaceTaken(folder=folder.parent)
        part.rename(target)
    except BaseException:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise
    with suppress(OSError):  # not every share can be asked to
        sync_folder(folder)
    return True


def _write(copy: Path, part: Path, alive: Callable[[], None], leave: Callable[[], bool]) -> str:
    """Write the part and answer the digest of what was read."""
    digest = hashlib.sha256()
    with open(part, "xb", opener=private) as target, copy.open("rb") as source:
        while chunk := source.read(CHUNK):
            if leave():
                raise Cancelled
            target.write(chunk)
            digest.update(chunk)
            alive()
        target.flush()
        os.fsync(target.fileno())
        alive()
    return digest.hexdigest()


def _digest(path: Path, alive: Callable[[], None]) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
            alive()
    return digest.hexdigest()


def _same_ends(one: Path, other: Path, size: int) -> bool:
    """Whether two files of one size begin and end alike: pages are encrypted and signed."""
    with one.open("rb") as first, other.open("rb") as second:
        for place in (0, max(0, size - 4096)):
            first.seek(place)
            second.seek(place)
            if first.read(4096) != second.read(4096):
                return False
    return True


def _sweep(folder: Path) -> None:
    """Clear away what a program that was killed, or a place that vanished, left half-made."""
    with suppress(OSError):
        for path in folder.iterdir():
            name = path.name
            if name.startswith(".") and name.endswith(_PART):
                whole = name[1 : -len(_PART)]
                if whole == "trial" or CopyName.read(whole) is not None:
                    with suppress(OSError):
                        path.unlink()


def _meaning(error: OSError, chosen: Path) -> SecondPlaceTrouble:
    kind: type[SecondPlaceTrouble] = SecondPlaceLost
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        kind = SecondPlaceFull
    elif error.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
        kind = SecondPlaceReadOnly
    elif error.errno in (errno.ENOTDIR, errno.ENODEV, errno.ENXIO):
        kind = SecondPlaceGone
    return kind(folder=chosen)
