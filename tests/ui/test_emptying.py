"""What a layout holds is found, taken out and gone, with all that Qt kept of it."""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Iterator

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from clientele.ui.widgets.emptying import empty, take_out, widgets_in

ROWS = 3_000
MOST = 130
"""Bytes for each row: shiboken keeps some 85 of a label that Qt deletes, an item takes 96 more."""
FIELDS = ("arena", "ordblks", "smblks", "hblks", "hblkhd", "usmblks", "fsmblks", "uordblks",
          "fordblks", "keepcost")  # fmt: skip


@pytest.fixture
def column(qapp: QCoreApplication) -> Iterator[QVBoxLayout]:
    holder = QWidget()
    yield QVBoxLayout(holder)
    shiboken6.delete(holder)


def let_go() -> None:
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def test_what_a_layout_places_is_found_first_to_last(column: QVBoxLayout) -> None:
    first, second = QLabel("first"), QLabel("second")
    column.addWidget(second)
    column.insertWidget(0, first)
    QLabel("beside it", column.parentWidget())
    assert widgets_in(column) == [first, second]
    assert widgets_in(QVBoxLayout()) == []


def test_one_goes_and_the_others_stay(column: QVBoxLayout) -> None:
    first, second = QLabel("first"), QLabel("second")
    column.addWidget(first)
    column.addWidget(second)
    take_out(column, first)
    let_go()
    assert widgets_in(column) == [second]
    assert not shiboken6.isValid(first)


def test_emptied_it_holds_nothing_but_its_stretch(column: QVBoxLayout) -> None:
    row = QHBoxLayout()
    name, value, below = QLabel("Size"), QLabel("42R"), QLabel("below")
    row.addWidget(name)
    row.addWidget(value)
    column.addLayout(row)
    column.addWidget(below)
    column.addStretch(1)
    empty(column)
    let_go()
    assert column.count() == 1
    assert not any(map(shiboken6.isValid, (row, name, value, below)))


@pytest.mark.skipif(sys.platform != "linux", reason="asks the C library what it lent")
def test_rows_that_are_shown_anew_leave_nothing_behind(column: QVBoxLayout) -> None:
    def show_anew(times: int) -> None:
        for _ in range(times):
            empty(column)
            column.addWidget(QLabel("navy"))
            let_go()

    show_anew(100)
    before = lent()
    show_anew(ROWS)
    assert (lent() - before) / ROWS < MOST


class MallocInfo(ctypes.Structure):
    """As in glibc; ``uordblks`` is what was lent and not given back."""

    _fields_ = tuple((name, ctypes.c_size_t) for name in FIELDS)


def lent() -> int:
    """Bytes that the C library has lent."""
    library = ctypes.CDLL(None)
    library.mallinfo2.restype = MallocInfo
    return int(library.mallinfo2().uordblks)
