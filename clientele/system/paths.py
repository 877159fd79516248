"""Where do things live on this machine: the book, the settings, the log?

Folders are only named here. Whoever writes into one makes it with ``private_folder``.
"""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

APP = "Clientele"


def default_book() -> Path:
    """The book's place when nothing else is chosen."""
    return Path(platformdirs.user_data_dir(APP, appauthor=False)) / "book.clientele"


def settings_file() -> Path:
    """The file of the settings of this user on this machine; nothing secret is in it."""
    return Path(platformdirs.user_config_dir(APP, appauthor=False)) / "settings.json"


def log_folder() -> Path:
    """The folder of the log."""
    return Path(platformdirs.user_log_dir(APP, appauthor=False))


def private_folder(folder: Path) -> Path:
    """Make ``folder`` if it is not there, for this user alone; return it.

    So are the folders above it that are made with it: who may write there could put another in
    its place. A folder that exists keeps its permissions: it may be shared on purpose.
    """
    if not folder.is_dir():
        private_folder(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def private(name: str, flags: int) -> int:
    """The ``opener`` with which ``open`` makes a file that this user alone may read.

    With mode ``x``, so that nobody else's file is written: ``open(path, "xb", opener=private)``.
    """
    return os.open(name, flags, 0o600)


def sync_folder(folder: Path) -> None:
    """Make sure that the names in ``folder`` survive a power cut; where that can be asked for."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
