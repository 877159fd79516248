"""Does every file keep to the rules of CONTRIBUTING.md that a program can check?"""

from __future__ import annotations

import ast
import re
from io import BytesIO
from pathlib import Path
from tokenize import COMMENT, tokenize

import pytest

from tests.architecture.sources import files, name_of, uses

LONGEST = 400
CODE = ("clientele", "scripts", "tests")
CLOCK = "clientele/system/clock.py"

# Reading the time of day. Measuring how long something takes (monotonic, perf_counter) is none.
READS_THE_CLOCK = re.compile(
    r"""
    datetime\.(datetime\.(now|utcnow|today)|date\.today)
    | time\.(time|time_ns|localtime|gmtime|ctime|asctime)
    | .*\b(QDateTime\.currentDateTime(Utc)?|QDateTime\.current(M?Secs)SinceEpoch)
    | .*\b(QDate\.currentDate|QTime\.currentTime)
    | .*\bfunc\.(now|current_timestamp|current_date|current_time|localtimestamp)
    """,
    re.VERBOSE,
)
SQL_CLOCK = re.compile(r"\bcurrent_(timestamp|date|time)\b|\(\s*'now'", re.IGNORECASE)
BLANKET = re.compile(r"#\s*(type:\s*ignore(?!\[)|noqa(?!:)|ruff:\s*noqa|mypy:\s*ignore-errors)")
SLEEPS = re.compile(
    r"time\.sleep|asyncio\.sleep|.*\bQTest\.q(Wait|Sleep)|.*\bQThread\.u?m?sleep|qtbot\.wait"
)


def test_no_file_is_too_long_to_read() -> None:
    lengths = {name_of(path): len(text(path).splitlines()) for path in files(*CODE)}
    assert {name: length for name, length in lengths.items() if length > LONGEST} == {}


def test_only_one_file_reads_the_clock() -> None:
    found = {name_of(path): clock_readings(text(path)) for path in files("clientele")}
    assert found.pop(CLOCK)
    assert {name: readings for name, readings in found.items() if readings} == {}


def test_no_test_sleeps() -> None:
    assert [
        (name_of(path), use)
        for path in files("tests")
        for use in uses(text(path))
        if SLEEPS.fullmatch(use.name)
    ] == []


def test_no_layout_is_asked_for_its_items() -> None:
    """Python keeps what it is shown and never deletes what it is given (decision 46)."""
    asked = [
        name_of(path)
        for path in files("clientele")
        if any(call in text(path) for call in (".itemAt(", ".takeAt("))
    ]
    assert asked == []


def test_what_is_ignored_is_named() -> None:
    assert [
        (name_of(path), token.line)
        for path in files(*CODE)
        for token in tokenize(BytesIO(path.read_bytes()).readline)
        if token.type == COMMENT and BLANKET.search(token.string)
    ] == []


def test_nothing_generated_is_kept() -> None:
    generated = (".ui", ".qrc", "_rc.py", ".qm")
    assert [path for suffix in generated for path in files(*CODE, "resources", suffix=suffix)] == []


def test_files_are_named_by_subject() -> None:
    no_subject = {"utils", "util", "helpers", "helper", "manager", "misc", "common"}
    assert [path for path in files(*CODE) if path.stem in no_subject] == []


def test_the_lock_names_no_address() -> None:
    locks = files("requirements", suffix=".txt")
    assert [path.name for path in locks] == ["audit.txt", "run.txt", "test.txt"]
    for path in locks:
        assert "--hash=sha256:" in text(path)
        assert not re.search(r"://|^-|\s@\s", text(path), re.MULTILINE)


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("from datetime import datetime\ndatetime.now(UTC)", "datetime.datetime.now"),
        ("import datetime as dt\nf = dt.date.today", "datetime.date.today"),
        ("from time import time as t\nt()", "time.time"),
        (
            "from PySide6.QtCore import QDate\nQDate.currentDate()",
            "PySide6.QtCore.QDate.currentDate",
        ),
        ("from sqlalchemy import func\nfunc.now()", "sqlalchemy.func.now"),
        ("\"select date('now')\"", "select date('now')"),
    ],
)
def test_a_clock_is_recognised_however_it_is_imported(source: str, name: str) -> None:
    assert [found for found, _ in clock_readings(source)] == [name]


@pytest.mark.parametrize(
    "source",
    ["import time\ntime.monotonic()", "clock.now()", "self.desk.now()", '"""Right now, today."""'],
)
def test_what_only_looks_like_a_clock_is_spared(source: str) -> None:
    assert clock_readings(source) == []


def clock_readings(source: str) -> list[tuple[str, int]]:
    """Names and texts in the source that read the time of day, with their lines."""
    found = [(use.name, use.line) for use in uses(source) if READS_THE_CLOCK.fullmatch(use.name)]
    for node in ast.walk(ast.parse(source)):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and SQL_CLOCK.search(node.value)
        ):
            found.append((node.value, node.lineno))
    return found


def text(path: Path) -> str:
    """The file's text."""
    return path.read_text("utf-8")
