"""What becomes of files that somebody made to do harm?"""

from __future__ import annotations

import csv
import os
import resource
import struct
import subprocess
import sys
import time
import zlib
from pathlib import Path

import pytest

from clientele.cli.output import harmless
from clientele.domain.errors import Refusal
from clientele.exchange import reading
from clientele.exchange.reading import CsvFile
from clientele.exchange.refusals import LineTooLong, NotWritable
from clientele.exchange.rejects import Rejects, free_rejects_path
from clientele.exchange.sniff import sniff
from clientele.ui.photos import from_bytes

ROOT = Path(__file__).parents[2]
MEMORY = 900 << 20
"""More than the program needs, less than the files would."""

READ = """
import resource, sys
from pathlib import Path
resource.setrlimit(resource.RLIMIT_AS, ({memory}, {memory}))
from clientele.domain.errors import Refusal
from clientele.exchange.plan import plan
from clientele.exchange.reading import CsvFile
from clientele.exchange.sniff import sniff
try:
    shape = sniff(Path(sys.argv[1]))
    with CsvFile(shape) as file:
        print("read", sum(1 for _ in file.rows()))
except Refusal as refusal:
    print("refused", refusal.sentence)
"""


def endless_line(path: Path) -> None:
    """Two gigabytes without an end of line; sparse, so that they take no room."""
    with path.open("wb") as file:
        file.write(b"given_name,family_name\nDaniel,")
        for _ in range(64):
            file.write(b"a" * (1 << 20))
        file.truncate(2 << 30)


def many_columns(path: Path) -> None:
    """A hundred thousand of them, in a header and ten rows."""
    names = ["given_name", "family_name", *(f"c{at}" for at in range(100_000))]
    path.write_text("\n".join([",".join(names), *[",".join("x" * len(names))] * 10]))


def endless_quote(path: Path) -> None:
    """A quotation mark that is never closed, over many lines."""
    path.write_text('given_name,family_name\n"Daniel,Tran\n' + "Ann,Abel\n" * 200_000)


def nothing_but_zeros(path: Path) -> None:
    """Signs that end a text elsewhere, in the middle of names."""
    path.write_text("given_name,family_name\n" + "Da\0niel,Tran\0\n" * 1_000)


@pytest.mark.parametrize(
    "make",
    [endless_line, many_columns, endless_quote, nothing_but_zeros],
    ids=lambda one: one.__name__,
)
def test_a_hostile_table_is_refused_or_read_within_bounds(make: object, tmp_path: Path) -> None:
    path = tmp_path / "shop.csv"
    assert callable(make)
    make(path)
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    done = subprocess.run(
        [sys.executable, "-c", READ.format(memory=MEMORY), str(path)],
        capture_output=True, text=True, check=True, cwd=ROOT, timeout=120,
    )  # fmt: skip
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before < 30
    assert done.stdout.startswith(("read", "refused")), done.stderr
    if make is endless_line:
        assert "longer than 4000000 characters" in done.stdout


def test_a_long_line_ends_reading_with_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "MOST_SIGNS", 40)
    path = tmp_path / "shop.csv"
    path.write_text("given_name,family_name\nDaniel,Tran\nAnn," + "b" * 60 + "\n")
    with CsvFile(sniff(path)) as file:
        rows = file.rows()
        assert next(rows) == ["Daniel", "Tran"]
        with pytest.raises(LineTooLong) as refused:
            next(rows)
    assert "shop.csv" in refused.value.sentence


FORMULAS = ("=cmd|'/C calc'!A0", "+cmd|' /C calc'!A0", "@SUM(1)", "-2+3+cmd|'x'!A0", "\t=1+1")


def test_no_file_of_ours_hands_a_spreadsheet_a_formula(tmp_path: Path) -> None:
    path = tmp_path / "shop.csv"
    path.write_text("given_name,=family()\nDaniel,Tran\n", encoding="utf-8")
    out = tmp_path / "rejects.csv"
    with Rejects(out, sniff(path)) as rejects:
        rejects.add([([one, "Tran", one], "no reason") for one in FORMULAS])
    with out.open(encoding="utf-8-sig", newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    assert len(cells) == 3 + 4 * len(FORMULAS)
    assert not [cell for cell in cells if cell[:1] in ("=", "+", "@", "-", "\t")]


def test_a_link_in_the_way_is_not_followed(tmp_path: Path) -> None:
    path, precious = tmp_path / "shop.csv", tmp_path / "precious"
    path.write_text("given_name\nDaniel\n", encoding="utf-8")
    (tmp_path / "shop.rejects.csv").symlink_to(precious)
    assert free_rejects_path(path).name == "shop.rejects-2.csv"
    rejects = Rejects(tmp_path / "shop.rejects.csv", sniff(path))
    with pytest.raises(NotWritable):
        rejects.add([(["x"], "no reason")])
    assert not os.path.lexists(precious)


@pytest.mark.parametrize(
    "name", ["\x1b]0;owned\x07Ann", "Ann\x9b2J", "Ann\u202egnat", "Ann\u2066x", "a\rb", "a\u2028b"]
)
def test_a_name_cannot_command_a_terminal(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    import json

    from clientele.cli.output import as_json, table

    assert "\ufffd" in harmless(name)
    table(("name",), [(name,)])
    as_json({"name": name})
    said = capsys.readouterr().out
    assert not set(name) & set(said) & set("\x1b\x07\x9b\u202e\u2066\r\u2028")
    assert json.loads(said[said.index("{") :]) == {"name": name}


def test_names_that_need_marks_keep_them() -> None:
    assert harmless("\u200fאנה") == "\u200fאנה"


def png(width: int, height: int) -> bytes:
    """A picture that says it is so large, of a few bytes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    packed = zlib.compress(bytes(1 << 20), 9)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")
    )


SVG = b"""<?xml version="1.0"?><!DOCTYPE s [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;">]><svg xmlns="http://www.w3.org/2000/svg">&c;</svg>"""


@pytest.mark.parametrize(
    "data",
    [
        png(60_000, 60_000),
        png(2**31 - 1, 2**31 - 1),
        SVG,
        b"PK\x03\x04" + bytes(100),
        b"GIF89a" + b"\xff" * 40,
    ],
    ids=["png", "png of no size at all", "svg", "zip", "gif"],
)
def test_a_picture_that_would_fill_the_memory_is_refused(data: bytes) -> None:
    before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.monotonic()
    with pytest.raises(Refusal):
        from_bytes(data)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200_000
    assert time.monotonic() - began < 10
