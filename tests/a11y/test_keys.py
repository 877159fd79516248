"""No key does two things, and every action can be done without a mouse."""

from __future__ import annotations

from collections import Counter

from PySide6.QtGui import QKeySequence, QShortcut

from clientele.ui.actions import ALL, ANYWHERE, PAGES, Where
from clientele.ui.main_window import MainWindow
from clientele.ui.widgets.sheet import Sheet


def test_no_two_actions_share_a_key_or_a_name() -> None:
    """A letter acts on the row that has the keyboard: on an item it may do what no list does."""
    keys = Counter((QKeySequence(one.key).toString(), one.where == Where.ITEM) for one in ALL)
    names = Counter((one.id, one.where == Where.ITEM) for one in ALL)
    assert [one for one, count in (keys + names).items() if count > 1] == []


def test_every_key_is_one_that_a_keyboard_has() -> None:
    assert [action.id for action in ALL if not QKeySequence(action.key).toString()] == []


def test_what_works_everywhere_carries_ctrl_alt_or_is_a_function_key() -> None:
    """Else it would act while somebody types a name."""
    loose = [
        action.id
        for action in (*PAGES, *ANYWHERE)
        if not action.key.startswith(("Ctrl+", "Alt+", "F"))
    ]
    assert loose == []
    assert all(
        action.where in (Where.LIST, Where.FIELD, Where.ITEM)
        for action in ALL
        if "+" not in action.key and not action.key.startswith("F")
    )


def test_the_window_listens_to_each_declared_key_once(window: MainWindow) -> None:
    """Forms bring their own Esc, which works only while they are open."""
    shortcuts = window.findChildren(QShortcut)
    heard = Counter(
        one.key().toString() for one in shortcuts if not isinstance(one.parent(), Sheet)
    )
    declared = Counter(QKeySequence(action.key).toString() for action in (*PAGES, *ANYWHERE))
    assert heard == declared
