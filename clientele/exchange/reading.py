"""How are the rows of a CSV file read, one after the other, whatever is wrong with some of them?

Memory stays the same for a file of any size. A quotation mark that is opened and never closed
would swallow every row after it; here it costs only its own row.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Final, Self

from clientele.exchange.refusals import FileNotReadable, LineTooLong

if TYPE_CHECKING:
    from clientele.exchange.sniff import CsvShape

BROKEN_QUOTE: Final = "a quotation mark is opened and not closed"
_AS_WINDOWS: Final = "clientele-as-windows-1252"
_BUFFER: Final = 1 << 18
MOST_SIGNS: Final = 4_000_000
"""Of one line: a note of a novel's length in every column stays below."""


class BrokenRow(list[str]):
    """A row that is no row: a quotation mark in it is opened and not closed."""


class CsvFile:
    """An open CSV file that answers its rows after the header, and how far it has been read.

    Raises:
        FileNotReadable: it is gone or forbidden.
    """

    def __init__(self, shape: CsvShape) -> None:
        self._shape = shape
        try:
            self._raw = io.FileIO(shape.path)
        except OSError as error:
            raise FileNotReadable(file=shape.path.name, why=error.strerror) from None
        self._buffered = io.BufferedReader(self._raw, _BUFFER)
        self.size = shape.path.stat().st_size

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._buffered.close()

    @property
    def position(self) -> int:
        """How many bytes have been taken from the file."""
        return self._raw.tell()

    def rows(self) -> Iterator[list[str]]:
        """Every row after the header, from the beginning; blank ones are left out.

        A row whose quotation marks are wrong comes as a ``BrokenRow``. Raises ``LineTooLong``.
        """
        self._buffered.seek(0)
        stream = io.TextIOWrapper(
            self._buffered, encoding=self._shape.encoding, errors=_AS_WINDOWS, newline=""
        )
        try:
            for _ in range(self._shape.skip_lines):
                stream.readline(MOST_SIGNS)
            lines = _lines(stream, self._shape.path.name)
            rows = _rows(lines, self._shape.delimiter, len(self._shape.header))
            next(rows, None)
            yield from rows
        finally:
            stream.detach()


def first_rows(text: str, delimiter: str, limit: int) -> list[list[str]]:
    """The first rows of a piece of a file, blank ones left out; the last may be cut."""
    rows: list[list[str]] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    while len(rows) < limit:
        try:
            row = next(reader)
        except StopIteration:
            break
        except csv.Error:
            continue
        if any(row):
            rows.append(row)
    return rows


def decoded(sample: bytes, encoding: str) -> str:
    """A piece from the beginning of a file, a character cut at its end left out."""
    return codecs.getincrementaldecoder(encoding)(errors=_AS_WINDOWS).decode(sample)


def _lines(stream: io.TextIOWrapper, name: str) -> Iterator[str]:
    while line := stream.readline(MOST_SIGNS):
        if len(line) == MOST_SIGNS:
            raise LineTooLong(file=name, most=MOST_SIGNS)
        yield line


def _rows(stream: Iterator[str], delimiter: str, width: int) -> Iterator[list[str]]:
    again: deque[str] = deque()
    held: list[str] = []

    def lines() -> Iterator[str]:
        while True:
            while again:
                line = again.popleft()
                held.append(line)
                yield line
            for line in stream:
                held.append(line)
                yield line
                if again:
                    break
            else:
                if not again:
                    return

    reader = csv.reader(lines(), delimiter=delimiter, strict=True)
    while True:
        held.clear()
        try:
            row = next(reader)
            broken = len(held) > 1 and len(row) != width
        except StopIteration:
            return
        except csv.Error:
            row = _leniently(held, delimiter)
            broken = len(row) != width
        if broken:
            # Everything after the line with the lone quotation mark is read once more.
            again.extendleft(reversed(held[1:]))
            reader = csv.reader(lines(), delimiter=delimiter, strict=True)
            yield BrokenRow(held[0].rstrip("\r\n").split(delimiter))
        elif row and (len(row) > 1 or row[0].strip()):
            yield row


def _leniently(held: list[str], delimiter: str) -> list[str]:
    """One line with a quotation mark that is part of the text: ``"Tall" size,2``."""
    try:
        return next(csv.reader(held, delimiter=delimiter)) if len(held) == 1 else []
    except csv.Error:
        return []


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    """A byte that the file's encoding does not know is read as Windows-1252, else as Latin-1."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    byte = error.object[error.start : error.start + 1]
    try:
        return byte.decode("cp1252"), error.start + 1
    except UnicodeDecodeError:
        return byte.decode("latin-1"), error.start + 1


codecs.register_error(_AS_WINDOWS, _as_windows)


def has_rows(path: Path, count: int) -> bool:
    """Whether a file has that many lines below its first; looks no further."""
    lines = 0
    with path.open("rb") as file:
        while lines <= count and (chunk := file.read(65_536)):
            lines += chunk.count(b"\n")
    return lines > count
