"""One bad row never costs its neighbours, and memory does not grow with the file."""

from __future__ import annotations

import csv
import io
import tempfile
import tracemalloc
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from clientele.exchange.reading import BrokenRow, CsvFile
from clientele.exchange.sniff import CsvShape, sniff
from tests.exchange.files import written


def rows_of(path: Path) -> list[list[str]]:
    with CsvFile(sniff(path)) as file:
        return list(file.rows())


def test_a_lone_quotation_mark_costs_its_own_row_only(tmp_path: Path) -> None:
    path = written(
        tmp_path, 'name,note,email\nAnna,"tall,a@b.nl\nBob,,b@b.nl\nCleo,"short",c@b.nl\n'
    )
    rows = rows_of(path)
    assert rows[1:] == [["Bob", "", "b@b.nl"], ["Cleo", "short", "c@b.nl"]]
    assert type(rows[0]) is BrokenRow
    assert rows[0] == ["Anna", '"tall', "a@b.nl"]


def test_a_lone_quotation_mark_before_a_long_file(tmp_path: Path) -> None:
    path = written(tmp_path, 'name,email\n"Anna,a@b.nl\n' + "Bob,b@b.nl\n" * 20_000)
    rows = rows_of(path)
    assert len(rows) == 20_001
    assert [type(row) for row in rows[:2]] == [BrokenRow, list]


def test_blank_lines_and_single_returns(tmp_path: Path) -> None:
    assert rows_of(written(tmp_path, "name,email\r\r\nAnna,a@b.nl\r \r\n\nBob,b@b.nl")) == [
        ["Anna", "a@b.nl"],
        ["Bob", "b@b.nl"],
    ]


def test_rows_can_be_read_twice_and_the_position_moves(tmp_path: Path) -> None:
    path = written(tmp_path, "name,email\nAnna,a@b.nl\n")
    with CsvFile(sniff(path)) as file:
        assert list(file.rows()) == list(file.rows())
        assert file.position == file.size == path.stat().st_size


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    path = written(tmp_path, "name,email\n" + "Anna Vos,a@example.org\n" * 200_000)
    tracemalloc.start()
    try:
        with CsvFile(sniff(path)) as file:
            assert sum(1 for _ in file.rows()) == 200_000
        assert tracemalloc.get_traced_memory()[1] < 2_000_000
    finally:
        tracemalloc.stop()


@settings(deadline=None)
@given(
    st.lists(
        st.lists(
            st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=8),
            min_size=3,
            max_size=3,
        ),
        min_size=1,
        max_size=30,
    )
)
def test_what_python_writes_is_read(rows: list[list[str]]) -> None:
    text = io.StringIO(newline="")
    csv.writer(text).writerows([["name", "email", "note"], *rows])
    with tempfile.TemporaryDirectory() as folder:
        path = written(Path(folder), text.getvalue())
        shape = CsvShape(path, "utf-8", ",", ("name", "email", "note"), (), sniff(path).kind)
        with CsvFile(shape) as file:
            assert list(file.rows()) == rows
