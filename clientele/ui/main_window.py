"""The window: rail, top bar, pages, and over them the toast, sheets and the lock.

It knows no page by name. The composition root makes the pages, adds them and connects their
signals; the window shows them, goes back, and hands actions to the page in sight.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QStackedLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from clientele.system.clock import Clock
from clientele.ui import actions
from clientele.ui.actions import Action
from clientele.ui.commands import BELOW, COMMAND, MOST, Commands, other_words
from clientele.ui.desk import Desk, Me
from clientele.ui.idle import USUAL, Idle
from clientele.ui.keys import KeyRule
from clientele.ui.keys_sheet import KeysSheet
from clientele.ui.lock import LockScreen, locked_for_idleness
from clientele.ui.models.found_rows import in_order, is_beginning
from clientele.ui.models.rows import Row
from clientele.ui.more_menu import Part, part_of
from clientele.ui.rail import Rail
from clientele.ui.toast import Toast
from clientele.ui.top_bar import TopBar
from clientele.ui.unseen import cover, uncover
from clientele.ui.widgets.layouts import GROUND
from clientele.ui.widgets.page import Page
from clientele.ui.widgets.sheet import Sheet

NARROW = 1200
"""Below this width the rail shows icons only, in pixels at a text scale of one."""

REMEMBERED = 50
"""How many pages Back goes back."""


class MainWindow(QWidget):
    """Shows pages, goes back, locks.

    Signals: ``searched(text)`` while somebody types into the search box, to be answered with
    ``show_found``; ``found(key)`` for a chosen result; ``new_client`` and ``start_visit``;
    ``first_frame`` once, when the window has been painted; ``locked`` and ``unlocked``.
    """

    searched = Signal(str)
    found = Signal(object)
    new_client = Signal()
    start_visit = Signal()
    first_frame = Signal()
    locked = Signal()
    unlocked = Signal()

    def __init__(self, desk: Desk, clock: Clock, lock_after: timedelta = USUAL) -> None:
        super().__init__()
        self.setObjectName("window")
        self.setWindowTitle("Clientele")
        self.setMinimumSize(QSize(800, 560))
        self.desk = desk
        self._lock_after = lock_after
        self._back: list[tuple[Page, object]] = []
        self._left: dict[int, tuple[Page | None, object, list[tuple[Page, object]]]] = {}
        self._under: dict[Page, Action] = {}
        self._places: dict[Action, Callable[[], Page]] = {}
        self._commands = Commands()
        self._anywhere: dict[Action, Callable[[], object]] = {}
        self._focus_before: QWidget | None = None
        self._untold = ""
        self._painted = False
        self._make_content()
        self.lock_screen = LockScreen(desk)
        self._layers = QStackedLayout(self)
        self._layers.addWidget(self.content)
        self._layers.addWidget(self.lock_screen)
        self.idle = Idle(clock, lock_after, self)
        self._rule = KeyRule(actions.ALL, self)
        self._connect()
        self._make_shortcuts()

    def _make_content(self) -> None:
        theme = self.desk.theme
        self.content = QWidget()
        self.content.setObjectName(GROUND)
        row = QHBoxLayout(self.content)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.rail = Rail(theme)
        row.addWidget(self.rail)
        column = QVBoxLayout()
        column.setSpacing(0)
        self.top_bar = TopBar(theme)
        column.addWidget(self.top_bar)
        self._pages = QStackedWidget()
        column.addWidget(self._pages, 1)
        row.addLayout(column, 1)
        self.toast = Toast(self.content)
        self.keys_sheet = KeysSheet(self.content, self.rail.has)

    def _connect(self) -> None:
        desk, search = self.desk, self.top_bar.search
        desk.said.connect(self._tell)
        desk.heard.connect(self._tell_by_the_way)
        desk.offered.connect(self.toast.offer)
        desk.refused.connect(self._tell_refusal)
        desk.signed.connect(self.rail.set_me)
        desk.theme.changed.connect(self._fit_rail)
        self.toast.undo.connect(desk.undo)
        self.rail.chosen.connect(self._show_action)
        self.rail.lock.connect(self.lock)
        self.top_bar.new_client.connect(self.new_client)
        self.top_bar.start_visit.connect(self.start_visit)
        search.asked.connect(self.searched)
        search.chosen.connect(self._found)
        self.lock_screen.opened.connect(self._unlock)
        self.idle.passed.connect(self._lock_for_idleness)
        self.idle.left.connect(self.rail.set_minutes_left)

    def _make_shortcuts(self) -> None:
        doing: dict[Action, Callable[[], object]] = {
            actions.FIND: self.to_search,
            actions.NEW_CLIENT: self.new_client.emit,
            actions.UNDO: self.desk.undo,
            actions.LOCK: self.lock,
            actions.BACK: self.go_back,
            actions.KEYS: self.keys_sheet.open_sheet,
            actions.BIGGER: partial(self._scale_text, 0.1),
            actions.SMALLER: partial(self._scale_text, -0.1),
        }
        for action in (*actions.ANYWHERE, *actions.PAGES):
            shortcut = QShortcut(QKeySequence(action.key), self.content)
            shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
            if action in actions.PAGES:
                shortcut.activated.connect(partial(self._show_action, action))
            else:
                shortcut.activated.connect(doing.get(action) or partial(self._on_page, action))
        for action in (actions.KEYS, actions.UNDO, actions.BIGGER, actions.SMALLER):
            part = Part.MINE if action in (actions.BIGGER, actions.SMALLER) else Part.NONE
            self._add(action, doing[action], part)
        for action in (actions.NEW_CLIENT, actions.LOCK, actions.BACK):
            self._commands.add(action.label, doing[action], action.key, other_words(action))

    # for the composition root

    def add_page(
        self, page: Page, action: Action | None = None, *, under: Action | None = None
    ) -> None:
        """Add a page: with a place of its own in the rail (``action``), or ``under`` another's."""
        self._pages.addWidget(page)
        if action is not None:
            self.add_place(action, lambda: page)
        if (place := action or under) is not None:
            self._under[page] = place
        if self._pages.count() == 1:
            self.rail.mark(place)

    def add_place(self, action: Action, page: Callable[[], Page]) -> None:
        """A place in the rail for a page that is made when it is first gone to."""
        self.rail.add(action)
        self._places[action] = page
        go = partial(self._show_action, action)
        self._commands.add(action.label, go, action.key, other_words(action))

    def add_command(
        self,
        words: str,
        run: Callable[[], object],
        *,
        key: str = "",
        also: str = "",
        part: Part = Part.DAY,
    ) -> None:
        """Something to do, in the menu and found by its words, or ``also`` others, in the box."""
        self._commands.add(words, run, key, also)
        self.top_bar.menu.add(words, run, key, part)

    def set_found_commands(self, commands: Sequence[tuple[str, Callable[[], object]]]) -> None:
        """What else the search box finds by its words, such as lists; not in the menu."""
        self._commands.set_now_and_then(commands)

    def on_anywhere(self, action: Action, run: Callable[[], object]) -> None:
        """What an action does on a page that has no way of its own; it is in the menu as well."""
        self._anywhere[action] = run
        self._add(action, partial(self._on_page, action), part_of(action))

    def _add(self, action: Action, run: Callable[[], object], part: Part) -> None:
        self.add_command(action.label, run, key=action.key, also=other_words(action), part=part)

    def show_page(self, page: Page, *, remember: bool = True) -> None:
        """Bring a page into sight; Back returns to where one was."""
        self._close_forms()
        now = self.current_page()
        if now is page:
            return
        if now is not None and remember:
            self._back.append((now, now.place()))
            del self._back[:-REMEMBERED]
        self._rest_keyboard()
        self._pages.setCurrentWidget(page)
        self.rail.mark(self._under.get(page))
        page.take_keyboard()

    def go_back(self) -> None:
        """Return to the page, and the place on it, where one was before."""
        while self._back:
            page, place = self._back.pop()
            if page is not self.current_page() or place != page.place():
                self.show_page(page, remember=False)
                if place is not None:
                    page.go_to(place)
                return

    def remember_place(self) -> None:
        """Call before a page shows another client, so that Back returns to the present one."""
        if (page := self.current_page()) is not None:
            self._back.append((page, page.place()))

    def current_page(self) -> Page | None:
        """The page in sight."""
        page = self._pages.currentWidget()
        return page if isinstance(page, Page) else None

    def to_search(self) -> None:
        """Put the keyboard into the search box."""
        self._close_forms()
        self.top_bar.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.top_bar.search.selectAll()

    def _close_forms(self) -> None:
        """No form stays over a page it was not opened on; what was typed in it is kept."""
        for sheet in self.content.findChildren(Sheet):
            sheet.close_sheet()

    def show_found(self, text: str, rows: Sequence[Row]) -> None:
        """Show what was found for ``text``, then the commands it means, then what may be begun."""
        search = self.top_bar.search
        if text != search.text():
            return
        found = [row for row in rows if not is_beginning(row)]
        commands = self._commands.rows(text, most=BELOW if found else MOST)
        ordered = in_order(rows, commands, meant=self._commands.are_meant(text))
        search.set_results(ordered, self.tr("Nobody and nothing found."))

    def _tell(self, words: str, can_undo: bool) -> None:
        if not self.is_locked:
            self.toast.say(words, can_undo=can_undo)

    def _tell_by_the_way(self, words: str) -> None:
        if not self.is_locked:
            self.toast.say_after(words)

    def _tell_refusal(self, words: str) -> None:
        """What went wrong is told, but not over the lock: neither shown nor spoken there."""
        if self.is_locked:
            self._untold = words
        else:
            self.toast.say(words)

    # locking

    @property
    def is_locked(self) -> bool:
        """Whether the lock screen covers the window."""
        return self._layers.currentWidget() is self.lock_screen

    def lock(self, note: str = "", last: Me | None = None) -> None:
        """Cover it at once; pages live on beneath. ``last`` is asked first if nobody signed in."""
        if self.is_locked:
            return
        self.idle.stop()
        self.toast.dismiss()
        self.top_bar.search.close_results()
        self._focus_before = self._rest_keyboard()
        self._layers.setCurrentWidget(self.lock_screen)
        cover(self.content)
        me = self.desk.me if self.desk.is_signed_in else last
        self.lock_screen.begin(me, note)
        self.locked.emit()

    def _lock_for_idleness(self) -> None:
        self.lock(locked_for_idleness(int(self._lock_after.total_seconds() // 60)))

    def _unlock(self, me: Me) -> None:
        before = self.desk.me.id if self.desk.is_signed_in else None
        other = before != me.id
        if other and before is not None and (page := self.current_page()) is not None:
            self._left[before] = (page, page.place(), self._back)
        self.desk.sign(me)
        uncover(self.content)
        self._layers.setCurrentWidget(self.content)
        focus, self._focus_before = self._focus_before, None
        if other:
            self._go_where_left(me)
        elif focus is not None and isValid(focus):
            focus.setFocus(Qt.FocusReason.OtherFocusReason)
        untold, self._untold = self._untold, ""
        if untold and not other:
            self.toast.say(untold)
        self.idle.start()
        self.unlocked.emit()

    def _go_where_left(self, me: Me) -> None:
        """To the page where they were when somebody else came; nobody goes back to another's."""
        page, place, self._back = self._left.pop(me.id, (self.current_page(), None, []))
        if page is not None:
            self.show_page(page, remember=False)
            if place is not None:
                page.go_to(place)
            page.take_keyboard()

    def _rest_keyboard(self) -> QWidget | None:
        """Take the keyboard off whatever has it, and answer that.

        Else Qt would hand it on to the next field of a page that is being hidden, and scroll there.
        """
        focus = QApplication.focusWidget()
        self.content.setFocus(Qt.FocusReason.OtherFocusReason)
        return focus if focus is not None and self.content.isAncestorOf(focus) else None

    # the window itself

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The rail is narrow when the window is."""
        super().resizeEvent(event)
        self._fit_rail()

    def _fit_rail(self) -> None:
        self.rail.set_narrow(self.width() < self.desk.theme.px(NARROW))

    def showEvent(self, event: QShowEvent) -> None:
        """Watch for signs of life, and load what the first frame did not need."""
        super().showEvent(event)
        if (native := self.windowHandle()) is not None:
            self.idle.watch(native)
        if self.desk.is_signed_in and not self.is_locked:
            self.idle.start()
            if self.focusWidget() is None:
                page = self.current_page()
                self.content.setFocus() if page is None else page.take_keyboard()

    def event(self, event: QEvent) -> bool:
        """Notice the first frame."""
        done = super().event(event)
        if event.type() is QEvent.Type.Paint and not self._painted:
            self._painted = True
            QTimer.singleShot(0, self, self._after_first_frame)
        return done

    def closeEvent(self, event: QCloseEvent) -> None:
        """Everything typed is on the disk before the window goes."""
        self.idle.stop()
        self.desk.flush()
        super().closeEvent(event)

    def _after_first_frame(self) -> None:
        self.first_frame.emit()
        self.rail.load_icons()

    # actions

    def act(self, action: Action) -> None:
        """Do an action as if its key had been pressed."""
        self._on_page(action)

    def _show_action(self, action: Action) -> None:
        if (page := self._places.get(action)) is not None:
            self.show_page(page())

    def _on_page(self, action: Action) -> None:
        page = self.current_page()
        own = None if page is None else page.handler(action)
        if (handler := own or self._anywhere.get(action)) is not None:
            handler()
        elif action is actions.START_OR_RING:
            self.start_visit.emit()

    def _found(self, key: object) -> None:
        if isinstance(key, tuple) and key[0] == COMMAND:
            if (page := self.current_page()) is not None:
                page.take_keyboard()  # a form goes back there, and not into the search box
            self._commands.run(key[1])
        else:
            self.found.emit(key)

    def _scale_text(self, by: float) -> None:
        self.desk.theme.switch(text_scale=round(self.desk.theme.text_scale + by, 1))
