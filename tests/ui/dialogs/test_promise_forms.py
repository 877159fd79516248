"""Does each kind of promise ask for what it needs, and no more? And is its tag printed?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot
from sqlalchemy import select
from sqlmodel import col

from clientele.domain.promises import PromiseKind
from clientele.domain.tables import Promise, PromiseStep
from clientele.services.promises import MakePromise, make_promise
from clientele.store.queries.promises import PromiseRow, promise
from clientele.store.session import Store
from clientele.ui.desk import Desk
from clientele.ui.dialogs.new_promise import NewPromiseSheet
from clientele.ui.dialogs.print_tag import SLIP, TAG, PrintTagSheet
from clientele.ui.find import Find
from clientele.ui.main_window import MainWindow
from clientele.ui.models.rows import ChipSpec, Row
from clientele.ui.pages.promises import PromisesPage
from clientele.ui.widgets.buttons import Button
from tests.a_day import TODAY, Day
from tests.ui.at_work import press, settle, sheet, shown, write

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(day: Day, desk: Desk, qtbot: QtBot) -> Iterator[PromisesPage]:
    """The page that the forms are opened over."""
    made = shown(PromisesPage(desk), qtbot)
    yield made
    made.close()


def new(page: PromisesPage, desk: Desk, qtbot: QtBot, client_id: int, kind: str) -> NewPromiseSheet:
    """The form for a new promise, read and open."""
    form = NewPromiseSheet(desk, page, client_id=client_id, kind=kind)
    form.open_sheet()
    settle(desk, qtbot)
    return form


def newest(store: Store) -> Promise:
    """The promise that was made last."""
    with store.read() as session:
        row = session.scalars(select(Promise).order_by(Promise.id.desc())).first()  # type: ignore[union-attr]
        assert row is not None
        session.expunge(row)
        return row


@pytest.mark.parametrize("kind", PromiseKind)
def test_each_kind_asks_for_its_own(
    page: PromisesPage, day: Day, desk: Desk, qtbot: QtBot, kind: PromiseKind
) -> None:
    form = new(page, desk, qtbot, day.clients["Tom"], kind)
    altered = kind is PromiseKind.ALTERATION
    assert form.measurements.isVisible() == altered
    assert form.garment.isVisible() == (altered or kind is PromiseKind.REPAIR)
    assert form.what.hasFocus()


def test_an_alteration_with_what_was_measured_before(
    page: PromisesPage, day: Day, desk: Desk, store: Store, qtbot: QtBot
) -> None:
    earlier = MakePromise(
        day.clients["Tom"],
        day.okafor,
        PromiseKind.ALTERATION,
        "hem",
        TODAY,
        garment="grey flannels",
        measurements="inside leg 80 cm",
    )
    with store.write() as session:
        make_promise(session, earlier, now=desk.now())
    form = new(page, desk, qtbot, day.clients["Tom"], PromiseKind.ALTERATION)
    write("trousers hemmed")
    form.garment.setFocus()
    write("navy suit")
    (offer,) = form.known.findChildren(Button)
    assert offer.text() == "as on 21 Nov: inside leg 80 cm"
    form.measurements.setFocus()
    write("no break")
    QTest.mouseClick(offer, Qt.MouseButton.LeftButton)
    form.colleague.setCurrentIndex(form.colleague.findData(day.sato))
    press(Qt.Key.Key_Return, CTRL)
    settle(desk, qtbot)
    made = newest(store)
    assert (made.what, made.garment, made.measurements) == (
        "trousers hemmed",
        "navy suit",
        "no break, inside leg 80 cm",
    )
    assert (made.colleague_id, made.step, made.tag[:2]) == (day.sato, "fitted", "A-")


def test_what_another_kind_does_not_need_is_not_kept(
    page: PromisesPage, day: Day, desk: Desk, store: Store, qtbot: QtBot
) -> None:
    form = new(page, desk, qtbot, day.clients["Tom"], PromiseKind.ALTERATION)
    write("a scarf")
    form.measurements.setFocus()
    write("leg 81")
    hold = next(one for one in form.kind.findChildren(QPushButton) if one.text() == "Hold")
    QTest.mouseClick(hold, Qt.MouseButton.LeftButton)
    assert not form.measurements.isVisible()
    press(Qt.Key.Key_Return, CTRL)
    settle(desk, qtbot)
    made = newest(store)
    assert (made.kind, made.measurements, made.step) == ("hold", "", "put aside")


def test_a_draft_comes_back_whole(
    page: PromisesPage, day: Day, desk: Desk, store: Store, qtbot: QtBot
) -> None:
    form = new(page, desk, qtbot, day.clients["Tom"], PromiseKind.ALTERATION)
    form.measurements.setFocus()
    write("leg 81")
    form.colleague.setCurrentIndex(form.colleague.findData(day.sato))
    form.colleague.activated.emit(form.colleague.currentIndex())
    settle(desk, qtbot)
    form.close_sheet()
    settle(desk, qtbot)
    again = new(page, desk, qtbot, day.clients["Tom"], PromiseKind.ALTERATION)
    assert again.measurements.value == "leg 81"
    assert again.colleague.currentData() == day.sato


def row_of(store: Store, desk: Desk, key: int) -> PromiseRow:
    """The promise as the page has it."""
    with store.read() as session:
        row = promise(session, key, now=desk.now())
        assert row is not None
        return row


def test_the_tag_is_shown_and_saved_and_that_is_written_down(
    page: PromisesPage, day: Day, desk: Desk, store: Store, qtbot: QtBot, tmp_path: Path
) -> None:
    key = day.promises["hemmed"]
    page.list.set_current(key)
    press(Qt.Key.Key_T)
    form = sheet(page, PrintTagSheet)
    settle(desk, qtbot)
    tag, slip = form.pictures
    assert not tag.pixmap().isNull()
    assert not slip.pixmap().isNull()
    assert "Daniel Tran" in tag.accessibleName()
    assert "Herengracht" in slip.accessibleName()
    assert len(form.labels()) == 2
    for which in (TAG, SLIP):
        form.which.choose(which)
        assert len(form.labels()) == 1
    with qtbot.waitSignal(form.pdf_file.failed):
        form.save_pdf(tmp_path / "missing" / "tag.pdf")
    assert "could not be written" in form.banner.sentence.text()
    with qtbot.waitSignal(form.pdf_file.saved):
        form.save_pdf(tmp_path / "tag.pdf")
    settle(desk, qtbot)
    assert (tmp_path / "tag.pdf").read_bytes().startswith(b"%PDF")
    assert row_of(store, desk, key).printed == 1
    assert "printed once" in " ".join(
        one.text() for one in page.detail.facts.findChildren(type(tag))
    )
    desk.undo()
    settle(desk, qtbot)
    with store.read() as session:
        whats = session.scalars(
            select(col(PromiseStep.what)).where(col(PromiseStep.promise_id) == key)
        )
        assert list(whats) == ["fitted"]


def test_a_tag_in_the_search_box_leads_to_its_promise(
    window: MainWindow, desk: Desk, store: Store, day: Day, qtbot: QtBot
) -> None:
    find = Find(desk)
    answers: list[list[Row]] = []
    find.answered.connect(lambda _, rows: answers.append(rows))
    tag = row_of(store, desk, day.promises["hemmed"]).tag
    find.ask(tag.lower().replace("-", ""))
    settle(desk, qtbot)
    (row,) = answers[-1]
    assert (row.title, row.lead) == ("Daniel Tran", ChipSpec(tag, row.lead.tone))  # type: ignore[union-attr]
    with qtbot.waitSignal(find.open_promise) as opened:
        find.choose(row.key)
    assert opened.args == [day.promises["hemmed"]]
    find.deleteLater()


def test_what_is_kept_is_asked_about_with_one_touch_in_the_window(
    window: MainWindow, desk: Desk, day: Day, qtbot: QtBot
) -> None:
    taken: list[str] = []
    desk.said.emit("Kept: trousers hemmed", True)
    assert window.toast.offer_button.isHidden()
    desk.offered.emit("Ask D. Tran on Tue", lambda: taken.append("tue"))
    assert window.toast.offer_button.isVisible()
    QTest.mouseClick(window.toast.offer_button, Qt.MouseButton.LeftButton)
    assert taken == ["tue"]
    assert window.toast.isHidden()
    window.toast.take_up()
    desk.offered.emit("Too late", lambda: taken.append("late"))
    window.toast.take_up()
    assert taken == ["tue"], "what is no longer in sight is not done"
    desk.said.emit("Kept: a scarf", True)
    desk.offered.emit("Ask", lambda: taken.append("scarf"))
    desk.said.emit("Noted", True)
    window.toast.take_up()
    assert taken == ["tue"], "an offer belongs to what was just said"


def test_the_due_day_is_read(
    page: PromisesPage, day: Day, desk: Desk, store: Store, qtbot: QtBot
) -> None:
    form = new(page, desk, qtbot, day.clients["Tom"], PromiseKind.TRANSFER)
    write("loafer, navy")
    form.due.set_day(date(2026, 12, 3))
    press(Qt.Key.Key_Return, CTRL)
    settle(desk, qtbot)
    assert newest(store).due_on == date(2026, 12, 3)
