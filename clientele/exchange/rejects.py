"""Where do rows go that cannot be read? Into a file that can be corrected and imported again.

It has the columns of the original and a last one with the reason, which a later import ignores.
A new one is for this user alone. What a spreadsheet would run stands there as text, as in an
export: the original may come from anybody, and this one is there to be opened.
Card numbers are covered, since the original holds them already and one copy is one too many.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from clientele.domain.rules.card_numbers import masked
from clientele.exchange.cells import guarded
from clientele.exchange.fields import REASON
from clientele.exchange.refusals import NotWritable, RejectsIntoItself
from clientele.exchange.rows import Bad
from clientele.exchange.sniff import CsvShape
from clientele.exchange.synonyms import plain_name


def free_rejects_path(path: Path) -> Path:
    """A name for the rejects of ``path`` beside it that no file has yet."""
    number = 1
    while True:
        ending = ".rejects.csv" if number == 1 else f".rejects-{number}.csv"
        candidate = path.with_name(path.stem + ending)
        if not os.path.lexists(candidate):  # a link to nowhere is somebody's, too
            return candidate
        number += 1


class Rejects:
    """Writes rejected rows to ``path``; the file is made with the first of them.

    Raises:
        RejectsIntoItself: ``path`` is the file that is being read.
        NotWritable: the file cannot be made.
    """

    def __init__(self, path: Path, shape: CsvShape) -> None:
        if path.resolve() == shape.path.resolve():
            raise RejectsIntoItself(file=path.name)
        self._path = path
        self._shape = shape
        self._file: IO[str] | None = None
        self._writer: Any = None
        self.count = 0
        has_reason = bool(shape.header) and plain_name(shape.header[-1]) == REASON
        self._width = len(shape.header) - has_reason

    @property
    def path(self) -> Path | None:
        """The file, or None while nothing was rejected."""
        return self._path if self.count else None

    def add(self, bad: Iterable[Bad]) -> None:
        """Write rows with their reasons."""
        for row, reason in bad:
            if self._file is None:
                self._open()
            cells = [guarded(masked(cell)) for cell in row[: self._width]]
            cells += [""] * (self._width - len(cells))
            beyond = [guarded(masked(cell)) for cell in row[len(self._shape.header) :]]
            self._writer.writerow([*cells, reason, *beyond])
            self.count += 1

    def flush(self) -> None:
        """Write out what is held back, before the batch that it belongs to is kept."""
        if self._file is not None:
            self._file.flush()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._file is not None:
            self._file.close()

    def _open(self) -> None:
        try:
            # A link that somebody put there beforehand is not followed.
            private = os.O_CREAT | os.O_TRUNC | os.O_WRONLY | getattr(os, "O_NOFOLLOW", 0)
            handle = os.open(self._path, private, 0o600)
            self._file = os.fdopen(handle, "w", encoding="utf-8-sig", newline="")
        except OSError as error:
            raise NotWritable(file=self._path.name, why=error.strerror) from None
        self._writer = csv.writer(self._file, delimiter=self._shape.delimiter)
        self._writer.writerow([*map(guarded, self._shape.header[: self._width]), REASON])
