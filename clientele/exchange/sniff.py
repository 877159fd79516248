"""What is this file: its encoding, its delimiter, its columns, and what it seems to hold?

Only the first 64 KiB are looked at, so the answer is at once for a file of any size.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from clientele.domain.history import ImportKind
from clientele.domain.rules.contact_points import is_email
from clientele.exchange.mapping import guess, recognised
from clientele.exchange.reading import decoded, first_rows
from clientele.exchange.refusals import FileEmpty, FileNotReadable, NoHeader, NotText

DELIMITERS: Final = ",;\t|"
SAMPLE_ROWS: Final = 20
_SAMPLE_BYTES: Final = 1 << 16
_MARKS: Final = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_KNOWN_KINDS: Final = (
    (b"PK\x03\x04", "a workbook or an archive"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook"),
    (b"%PDF", "a PDF"),
    (b"SQLite format 3", "a database"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"\x1f\x8b", "an archive"),
)
_PAGES: Final = ["cp1252", "cp1250", "cp1251", "cp1253", "cp1254"]
_VALUE: Final = re.compile(r"[-+(]?[$€£]?\s*\d[\d.,/:\- ]*\)?(T[\d:.]+Z?)?")


@dataclass(frozen=True, slots=True)
class CsvShape:
    """How a file is to be read, and its first rows."""

    path: Path
    encoding: str
    delimiter: str
    header: tuple[str, ...]
    sample: tuple[tuple[str, ...], ...]
    kind: ImportKind
    """What the names of its columns suggest."""
    skip_lines: int = 0
    """Lines before the header: Excel's ``sep=;``."""


def sniff(path: Path) -> CsvShape:
    """Look at the beginning of a file.

    Raises:
        FileNotReadable: it is missing, a folder or forbidden.
        FileEmpty: nothing is in it.
        NotText: it is a workbook, a picture, a database.
        NoHeader: its first row does not name its columns.
    """
    sample = _beginning(path)
    if not sample.strip(b"\x00\xef\xbb\xbf\xff\xfe \t\r\n"):
        raise FileEmpty(file=path.name)
    encoding = _encoding(path, sample)
    text = decoded(sample, encoding).lstrip("\ufeff")
    skip_lines = 0
    told = re.match(r"sep=(.)\r?\n", text, re.IGNORECASE)
    if told:
        text, skip_lines = text[told.end() :], 1
    delimiter = told[1] if told else _delimiter(text)
    rows = first_rows(text, delimiter, SAMPLE_ROWS + 2)
    header = tuple(name.strip().removeprefix("\ufeff") for name in rows[0])
    if not recognised(header):
        _refuse_values(path, header)
    if len(sample) == _SAMPLE_BYTES and len(rows) < SAMPLE_ROWS + 2:
        rows = rows[:-1]
    kept = tuple(tuple(row) for row in rows[1 : SAMPLE_ROWS + 1])
    return CsvShape(path, encoding, delimiter, header, kept, guess(header).kind, skip_lines)


def _beginning(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(_SAMPLE_BYTES)
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise FileNotReadable(file=path.name, why=why) from None


def _encoding(path: Path, sample: bytes) -> str:
    for mark, encoding in _MARKS:
        if sample.startswith(mark):
            return encoding
    for mark, what in _KNOWN_KINDS:
        if sample.startswith(mark):
            raise NotText(file=path.name, what=what)
    if b"\x00" in sample:
        return _without_mark(path, sample)
    try:
        sample[: sample.rfind(b"\n") + 1 or len(sample)].decode("utf-8")
    except UnicodeDecodeError:
        return _code_page(sample)
    return "utf-8"


def _without_mark(path: Path, sample: bytes) -> str:
    """UTF-16 without a byte-order mark has its zero bytes on one side only."""
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if odd > len(sample) // 4 and even * 20 < odd:
        return "utf-16-le"
    if even > len(sample) // 4 and odd * 20 < even:
        return "utf-16-be"
    raise NotText(file=path.name, what="a binary file")


def _code_page(sample: bytes) -> str:
    """Windows-1252, unless the letters read as another of the code pages of Windows."""
    from charset_normalizer import from_bytes

    best = from_bytes(sample, cp_isolation=_PAGES).best()
    if best is None or "cp1252" in best.could_be_from_charset:
        return "cp1252"
    return best.encoding


def _delimiter(text: str) -> str:
    """The one that makes the most known columns, then rows of one width, then most columns."""

    def merit(delimiter: str) -> tuple[int, float, int]:
        rows = first_rows(text, delimiter, SAMPLE_ROWS)
        if not rows or len(rows[0]) < 2:
            return (recognised(rows[0]) if rows else 0, 0.0, 0)
        widths = Counter(map(len, rows))
        return recognised(rows[0]), widths[len(rows[0])] / len(rows), len(rows[0])

    return max(DELIMITERS, key=merit)


def _refuse_values(path: Path, header: tuple[str, ...]) -> None:
    filled = [cell.strip() for cell in header if cell.strip()]
    if any(is_email(cell) or _VALUE.fullmatch(cell) for cell in filled):
        raise NoHeader(
            file=path.name, first=filled[0][:40], names="reference, sold_at, amount or name, email"
        )
