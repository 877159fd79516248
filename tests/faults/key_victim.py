"""A program that gives a book a new key, and ends by SIGKILL right before a step of it.

``python -m tests.faults.key_victim`` takes one order a line, as JSON, and forks a child for each.
A step is a line of the modules that do it, when it is come to for the first time or, with
``again``, for the last; or a moment, with ``after`` in seconds. Answers one line each.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType
from typing import Any

import argon2.low_level  # noqa: F401 - loaded once, not by each child
import cryptography.hazmat.primitives.ciphers.aead  # noqa: F401

from clientele.services import keys as key_services
from clientele.store import copying, keys, rekey, slots
from clientele.system.secrets import Vault

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
WORDS = "four quiet words here"
WATCHED = {module.__file__ for module in (rekey, slots, key_services, keys)}


class FileShelf:
    """A keyring whose secrets survive the program, each change whole or not at all."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def kept(self) -> dict[str, str]:
        """Everything that is in it."""
        return dict(json.loads(self.path.read_text())) if self.path.exists() else {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept().get(username)

    def set_password(self, service: str, username: str, password: str) -> None:
        self._write({**self.kept(), username: password})

    def delete_password(self, service: str, username: str) -> None:
        self._write({name: key for name, key in self.kept().items() if name != username})

    def _write(self, kept: dict[str, str]) -> None:
        unfinished = self.path.with_name(self.path.name + ".new")
        unfinished.write_text(json.dumps(kept))
        unfinished.replace(self.path)


def cheap() -> None:
    """Passphrases are not what is tried here."""
    slots._MEMORY_KIB, slots._ROUNDS = 64, 1
    copying.PAGES = 40


def work(order: dict[str, Any]) -> None:
    """Make a new key, as the program does."""
    path, shelf = Path(order["book"]), FileShelf(Path(order["shelf"]))
    vault = Vault(shelf) if order["way"] == "keyring" else None
    if vault is not None:
        data_key = keys.unlock_by_keyring(path, vault)
    else:
        data_key = slots.unlock_by_passphrase(path, WORDS)
    Stepper(order).begin()
    key_services.renew(path, data_key, vault=vault, passphrase=WORDS, now=NOW)


class Stepper:
    """Counts steps, and ends the program right before the one that is asked for."""

    def __init__(self, order: dict[str, Any]) -> None:
        self._at: str = order.get("at") or ""
        self._nth: int = order.get("nth") or 1
        self._after: float | None = order.get("after")
        self._told = order.get("told")
        self.seen: dict[str, int] = {}

    def begin(self) -> None:
        """From here on."""
        if self._after is not None:
            threading.Thread(target=self._strike, daemon=True).start()
        else:
            sys.settrace(self._enter)

    def _strike(self) -> None:
        threading.Event().wait(self._after)
        os.kill(os.getpid(), signal.SIGKILL)

    def _enter(self, frame: FrameType, event: str, arg: object) -> Any:
        return self._step if frame.f_code.co_filename in WATCHED else None

    def _step(self, frame: FrameType, event: str, arg: object) -> Any:
        if event == "line":
            at = f"{Path(frame.f_code.co_filename).stem}:{frame.f_code.co_name}:{frame.f_lineno}"
            self.seen[at] = self.seen.get(at, 0) + 1
            if at == self._at and self.seen[at] == self._nth:
                os.kill(os.getpid(), signal.SIGKILL)
            if self._told:
                with Path(self._told).open("a") as file:
                    file.write(at + "\n")
        return self._step


def main() -> None:
    """Take orders until there are no more."""
    cheap()
    for line in sys.stdin:
        order = json.loads(line)
        child = os.fork()
        if child == 0:
            try:
                work(order)
            except BaseException as error:
                sys.stderr.write(f"{type(error).__name__}: {error}\n")
                os._exit(3)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        os.write(1, f"{os.waitstatus_to_exitcode(status)}\n".encode())


if __name__ == "__main__":
    main()
