"""The model of rows: headings, comparing, and what a screen reader says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from clientele.ui.models.rows import (
    ROW_ROLE,
    ChipSpec,
    Heading,
    Row,
    RowAction,
    RowsModel,
    with_headings,
)
from clientele.ui.theme import Tone


def shown(model: RowsModel) -> list[str]:
    return [str(model.index(at).data()) for at in range(model.rowCount())]


def test_each_section_stands_under_its_heading() -> None:
    rows = [Row(1, "a"), Row(2, "b", section="Kept"), Row(3, "c", section="Kept")]
    assert with_headings(rows) == [rows[0], Heading("Kept"), rows[1], rows[2]]


def test_a_heading_cannot_be_chosen() -> None:
    model = RowsModel()
    model.set_rows([Row(1, "a", section="Kept")])
    assert model.flags(model.index(0)) == Qt.ItemFlag.NoItemFlags
    assert model.flags(model.index(1)) & Qt.ItemFlag.ItemIsSelectable


def test_a_row_that_stayed_keeps_its_place_for_whoever_holds_it() -> None:
    model = RowsModel()
    model.set_rows([Row(1, "a"), Row(2, "b"), Row(3, "c")])
    held = QPersistentModelIndex(model.index(1))
    model.set_rows([Row(9, "new"), Row(1, "a"), Row(2, "b, changed"), Row(4, "d")])
    assert held.isValid()
    assert held.row() == 2
    assert held.data(ROW_ROLE).title == "b, changed"


def test_only_what_changed_is_told() -> None:
    model = RowsModel()
    model.set_rows([Row(1, "a"), Row(2, "b"), Row(3, "c")])
    told: list[int] = []
    model.dataChanged.connect(lambda first, _last, _roles: told.append(first.row()))
    model.rowsInserted.connect(lambda *_: told.append(-1))
    model.set_rows([Row(1, "a"), Row(2, "otherwise"), Row(3, "c")])
    assert told == [1]


@given(
    st.lists(st.integers(0, 12), unique=True), st.lists(st.integers(0, 12), unique=True), st.data()
)
def test_any_rows_can_follow_any_others(
    old: list[int], new: list[int], data: st.DataObject
) -> None:
    model = RowsModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    sections = st.sampled_from(["", "Kept", "Late"])
    first = [Row(key, f"row {key}", section=data.draw(sections)) for key in old]
    then = [Row(key, f"row {key} again", section=data.draw(sections)) for key in new]
    model.set_rows(first)
    model.set_rows(then)
    expected = [
        item.text if isinstance(item, Heading) else item.title for item in with_headings(then)
    ]
    assert shown(model) == expected
    del tester


def test_a_screen_reader_hears_the_whole_row_and_its_keys() -> None:
    row = Row(
        1,
        "Marta Lindqvist",
        "· fit check on boots",
        sub="call 555-0142",
        lead=ChipSpec("2 days over", Tone.RED),
        actions=(RowAction("done", "Done", "D"), RowAction("call", "Call")),
    )
    model = RowsModel()
    model.set_rows([row])
    said = model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == (
        "2 days over, Marta Lindqvist · fit check on boots, call 555-0142, Done (D), Call"
    )


@pytest.mark.parametrize("at", [-1, 1])
def test_there_is_nothing_beside_the_rows(at: int) -> None:
    model = RowsModel()
    model.set_rows([Row(1, "a")])
    assert model.item(at) is None
    assert model.data(QModelIndex()) is None
