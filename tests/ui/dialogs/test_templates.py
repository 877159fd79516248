"""Does a manager change templates with every fault in sight, and does everybody else read them?"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from clientele.domain.client import Channel
from clientele.domain.rules.shipped_templates import shipped_template
from clientele.domain.rules.templates import Address, Template
from clientele.domain.tables import Associate
from clientele.domain.team import Role
from clientele.store.queries.templates import all_templates
from clientele.store.session import Store
from clientele.ui.desk import Desk
from clientele.ui.dialogs.edit_template import EditTemplateSheet
from clientele.ui.dialogs.templates import TemplatesSheet
from clientele.ui.pages.promises import PromisesPage
from tests.a_day import Day
from tests.ui.at_work import click_row, settle, shown

HELLO = shipped_template("hello", "en")


@pytest.fixture
def page(day: Day, desk: Desk, store: Store, qtbot: QtBot) -> Iterator[PromisesPage]:
    """The page that the forms are opened over, by the manager of the store."""
    with store.write() as session:
        row = session.get(Associate, desk.me.id)
        assert row is not None
        row.role = Role.STORE_MANAGER
    made = shown(PromisesPage(desk), qtbot)
    yield made
    made.close()


def listed(page: QWidget, desk: Desk, qtbot: QtBot) -> TemplatesSheet:
    """All templates."""
    made = TemplatesSheet(desk, page)
    made.open_sheet()
    settle(desk, qtbot)
    return made


def edited(
    page: QWidget, desk: Desk, qtbot: QtBot, template: Template = HELLO
) -> EditTemplateSheet:
    """One of them."""
    made = EditTemplateSheet(desk, page, template)
    made.open_sheet()
    settle(desk, qtbot)
    return made


def kept(store: Store, key: str = "hello") -> Template:
    """A template as it is in the book."""
    with store.read() as session:
        return next(one.template for one in all_templates(session, "en") if one.key == key)


def test_it_is_changed_shown_as_such_and_taken_back(
    page: PromisesPage, desk: Desk, store: Store, qtbot: QtBot
) -> None:
    form = listed(page, desk, qtbot)
    click_row(form.list, "hello", "change")
    settle(desk, qtbot)
    edit = page.window().findChild(EditTemplateSheet)
    assert edit is not None
    edit.words.setPlainText("Hello {preferred name}, how are you?")
    assert edit.shown.text() == "Hello Nell, how are you?"
    edit.keep()
    settle(desk, qtbot)
    assert kept(store).variants[0].body == "Hello {preferred name}, how are you?"
    form = listed(page, desk, qtbot)
    row = next(one for one in form.list.rows() if one.key == "hello")
    assert [chip.text for chip in row.chips] == ["changed"]
    click_row(form.list, "hello", "shipped")
    settle(desk, qtbot)
    assert kept(store) == HELLO


def test_faults_are_said_as_they_are_typed_and_keep_it_from_being_kept(
    page: PromisesPage, desk: Desk, store: Store, qtbot: QtBot
) -> None:
    form = edited(page, desk, qtbot)
    assert not form.faults.isVisible()
    form.words.setPlainText("Hello {prefered name}")
    assert "did you mean {preferred name}?" in form.faults.sentence.text()
    assert not form.shown.isVisible()
    form.keep()
    settle(desk, qtbot)
    assert "did you mean" in form.banner.sentence.text()
    assert kept(store) == HELLO
    form.words.setPlainText("Hello {preferred name}")
    assert not form.faults.isVisible()
    form.subject.setText("")
    QTest.keyClicks(form.subject, "  ")
    assert "needs one" in form.faults.sentence.text()
    form.channels[Channel.EMAIL].setChecked(False)
    assert not form.faults.isVisible()
    assert not form.subject.isVisible()


def test_languages_are_added_and_removed(
    page: PromisesPage, desk: Desk, store: Store, qtbot: QtBot
) -> None:
    form = edited(page, desk, qtbot)
    while len(form.template().variants) > 1:
        form.remove.click()
    assert not form.remove.isVisible()
    left = form.template().variants[0].language
    entries = {one.text(): one for one in form.another.popup.actions()}
    assert "Dutch, formal (u)" in entries
    entries["Dutch, formal (u)"].trigger()
    QTest.keyClicks(form.words, "Beste ")
    form._insert("full name")
    form.subject.setFocus()
    QTest.keyClicks(form.subject, "Dag")
    assert form.shown.text() == "Beste Sanne de Vries"
    form.keep()
    settle(desk, qtbot)
    one, two = kept(store).variants
    assert (one.language, two.language, two.address) == (left, "nl", Address.FORMAL)
    assert (two.subject, two.body) == ("Dag", "Beste {full name}")


def test_what_was_typed_is_there_again(
    page: PromisesPage, desk: Desk, store: Store, qtbot: QtBot
) -> None:
    form = edited(page, desk, qtbot)
    form.words.setPlainText("Hello {preferred name}, ")
    form.close_sheet()
    settle(desk, qtbot)
    form = edited(page, desk, qtbot)
    assert form.words.value == "Hello {preferred name}, "
    assert kept(store) == HELLO


def test_a_new_one_is_the_stores_own(
    page: PromisesPage, desk: Desk, store: Store, qtbot: QtBot
) -> None:
    form = listed(page, desk, qtbot)
    form.new.click()
    settle(desk, qtbot)
    edit = page.window().findChild(EditTemplateSheet)
    assert edit is not None
    assert edit.name.hasFocus()
    edit.name.setText("Trunk show")
    edit.subject.setText("Come")
    edit.words.setPlainText("Come and see, {preferred name}.")
    edit.keep()
    settle(desk, qtbot)
    with store.read() as session:
        last = all_templates(session, "en")[-1]
    assert (last.template.name, last.shipped) == ("Trunk show", False)


def test_put_away_and_offered_again(
    page: PromisesPage, desk: Desk, store: Store, qtbot: QtBot
) -> None:
    form = listed(page, desk, qtbot)
    form._act("hello", "offer")
    settle(desk, qtbot)
    row = next(one for one in form.list.rows() if one.key == "hello")
    assert [chip.text for chip in row.chips] == ["put away"]
    click_row(form.list, "hello", "offer")
    settle(desk, qtbot)
    assert next(one for one in form.list.rows() if one.key == "hello").chips == ()


def test_an_associate_reads_them(
    page: PromisesPage, desk: Desk, store: Store, qtbot: QtBot
) -> None:
    with store.write() as session:
        row = session.get(Associate, desk.me.id)
        assert row is not None
        row.role = Role.ASSOCIATE
    form = listed(page, desk, qtbot)
    assert form.not_yours.isVisible()
    assert not form.new.isVisible()
    assert {one.actions for one in form.list.rows()} == {()}
    click_row(form.list, "hello")
    settle(desk, qtbot)
    assert page.window().findChild(EditTemplateSheet) is None
