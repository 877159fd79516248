"""What happened inside the program, for whoever looks for a mistake: and no word of any client.

A log outlives the book's lock and is sent around, so it must not be able to hold what was typed.
Messages are the constant texts of the source; of what is filled into them only numbers, yes or
no, and words of our own (enumerations, kinds of errors) pass. An error is written as its kind and
the places in the source it came through: its own message may quote a name or a value.
"""

from __future__ import annotations

import logging
import os
import sys
import threading
from collections.abc import Mapping
from contextlib import suppress
from enum import Enum
from logging.handlers import RotatingFileHandler
from pathlib import Path
from traceback import extract_tb
from types import TracebackType
from typing import Any

from clientele.system.paths import log_folder, private_folder

SIZE, KEPT = 1_000_000, 5
_ERRORS = logging.getLogger("clientele.errors")


def start_log(folder: Path | None = None) -> Path:
    """Send our messages from INFO, and others' from WARNING, to a file; return its path.

    The file is this user's alone; at ``SIZE`` bytes it is put aside, and ``KEPT`` are kept.
    Errors that nobody catches are logged too, in any thread. Raises ``OSError``.
    """
    path = private_folder(folder or log_folder()) / "clientele.log"
    handler = _PrivateFile(path, maxBytes=SIZE, backupCount=KEPT, encoding="utf-8", delay=True)
    handler.setFormatter(_Silent("%(asctime)s %(levelname)s %(name)s %(message)s"))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.WARNING)
    logging.getLogger("clientele").setLevel(logging.INFO)
    sys.excepthook = _uncaught
    threading.excepthook = _uncaught_in_thread
    return path


def stop_log() -> None:
    """Close the file and leave errors to Python again."""
    root = logging.getLogger()
    for handler in [one for one in root.handlers if isinstance(one, _PrivateFile)]:
        root.removeHandler(handler)
        with suppress(OSError):  # what a full disk did not take
            handler.close()
    sys.excepthook = sys.__excepthook__
    threading.excepthook = threading.__excepthook__


def log_error(error: BaseException, doing: str) -> None:
    """Log an error that was caught at the edge of the program. ``doing`` is text of the source."""
    _ERRORS.error("%s", _Constant(doing), exc_info=error)


class _Constant:
    """Text of the source, which may pass."""

    def __init__(self, text: str) -> None:
        self._text = text

    def __str__(self) -> str:
        return self._text


class _PrivateFile(RotatingFileHandler):
    def _open(self) -> Any:
        descriptor = os.open(self.baseFilename, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600)
        return os.fdopen(descriptor, self.mode, encoding=self.encoding)

    def handleError(self, record: logging.LogRecord) -> None:
        """A full disk costs the log, no more: else Python prints what was to be filled in."""


class _Silent(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        at, level, name = self.formatTime(record), record.levelname, record.name
        line = f"{at} {level} {name} {_message(record)}"
        error = record.exc_info[1] if record.exc_info else None
        return line if error is None else f"{line}: {_told(error)}"


def _message(record: logging.LogRecord) -> str:
    template, args = str(record.msg), record.args
    if not isinstance(record.msg, str | _Constant):
        return f"({type(record.msg).__name__})"
    if not args:
        # Others may have filled in their message already; ours are constants.
        ours = record.name.partition(".")[0] == "clientele"
        return template if ours else f"({len(template)} characters, from {record.module})"
    try:
        if isinstance(args, Mapping):
            return template % {key: _covered(value) for key, value in args.items()}
        return template % tuple(_covered(value) for value in args)
    except (TypeError, ValueError):
        return template


def _covered(value: object) -> object:
    if value is None or isinstance(value, bool | int | float | Enum | _Constant):
        return value.value if isinstance(value, Enum) else value
    if isinstance(value, type):
        return value.__name__
    return f"({type(value).__name__})"


def _told(error: BaseException) -> str:
    """The kinds of an error and of its causes, and the places they came through."""
    told: list[str] = []
    cause: BaseException | None = error
    while cause is not None and len(told) < 5:
        places = [
            f"{Path(frame.filename).name}:{frame.lineno} {frame.name}"
            for frame in extract_tb(cause.__traceback__)
        ]
        told.append(" > ".join([*places[-12:], type(cause).__name__]))
        cause = cause.__cause__ or (None if cause.__suppress_context__ else cause.__context__)
    return " | from ".join(told)


def _uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
        return
    _ERRORS.critical("nobody caught", exc_info=(kind, error, trace))


def _uncaught_in_thread(args: threading.ExceptHookArgs) -> None:
    if args.exc_value is not None and not issubclass(args.exc_type, SystemExit):
        _uncaught(args.exc_type, args.exc_value, args.exc_traceback)
