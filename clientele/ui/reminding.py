"""Who looks at the clock, so that whatever falls due is told once?

What is told, and how, is ``rules.reminding``. It looks as the program opens, whenever somebody
signs in, when something changes, and when the next thing falls due, at least once a minute. Keys
are kept in the book before anything is shown.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from clientele.domain.errors import Refusal
from clientele.domain.rules.due_days import parse_time
from clientele.domain.rules.reminding import AT_MOST, OPENING, DueKind, counts
from clientele.services.changes import Changes, Kind
from clientele.services.reminders import (
    ForgetTold,
    Remember,
    Remembered,
    forget_told,
    remember,
)
from clientele.store.queries.reminders import Look, Wanted, look
from clientele.store.queries.reminders_told import thing_of
from clientele.system.settings import Settings
from clientele.ui.desk import Desk, Me
from clientele.ui.forward import come_forward
from clientele.ui.main_window import MainWindow
from clientele.ui.models.reminder_words import (
    TOGETHER,
    notice_of,
    notice_of_counts,
    notice_of_many,
)
from clientele.ui.notice import Notice
from clientele.ui.notifying import Notifier

TOUCHED = frozenset(
    {
        Kind.ABSENCE,
        Kind.APPOINTMENT,
        Kind.ASSOCIATE,
        Kind.FOLLOW_UP,
        Kind.PROMISE,
        Kind.STORE_PROFILE,
        Kind.VISIT,
    }
)


class Reminding(QObject):
    """Call ``begin`` once the book is open and the window was seen, ``stop`` before it closes.

    ``waited(associate_id, reminders)``: what fell due while they could not be told, as a tuple of
    ``Reminder``. ``lead_to(kind, id)``: a notice was clicked; ``lead_home``: one of several things.
    """

    waited = Signal(int, object)
    lead_to = Signal(str, int)
    lead_home = Signal()

    def __init__(
        self,
        desk: Desk,
        window: MainWindow,
        notifier: Notifier,
        settings: Settings,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk, self._window, self._notifier = desk, window, notifier
        self.settings = settings
        self._who: int | None = None
        if desk.is_signed_in and not window.is_locked:
            self._who = desk.me.id
        self._opened: datetime | None = None
        self._since_start = True
        self._shown: dict[str, tuple[DueKind, int]] = {}
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.timeout.connect(self.look)
        window.locked.connect(self._locked)
        desk.signed.connect(self._signed)
        desk.changed.connect(self._heard)
        notifier.clicked.connect(self._clicked)
        notifier.unshown.connect(self._unshown)

    def begin(self) -> None:
        """Forget what need not be kept, and look for the first time."""
        self._opened = self._desk.now()
        self._desk.do(forget_told, ForgetTold(), failed=self._not_kept)
        self.look()

    def stop(self) -> None:
        """Look no more, and take back what is shown."""
        self._opened = None
        self.timer.stop()
        self._notifier.close()

    def set_settings(self, settings: Settings) -> None:
        """Go by other settings from now on."""
        self.settings = settings
        if not settings.reminders:
            self._withdraw_all()
        self.look()

    def look(self) -> None:
        """See what is due by now."""
        if self._opened is None:
            return
        wanted = Wanted(
            self._who,
            opening=opening_of(self.settings),
            lead=timedelta(minutes=self.settings.appointment_lead),
            since_start=self._since_start and self._who is not None,
            since=self._opened if self._who is None else None,
        )
        if not (self.settings.reminders or wanted.since_start):
            self.timer.stop()  # what falls due waits for the next sign-in
            return
        now = self._desk.now()
        self._desk.ask(
            lambda session: look(session, wanted, now=now),
            partial(self._found, wanted),
            owner=self,
            slot="look",
            failed=self._not_kept,
        )

    # what was found

    def _found(self, wanted: Wanted, found: Look) -> None:
        if wanted.associate_id != self._who or self._opened is None:
            return
        self._withdraw_gone(found)
        self._sleep_until(found.wake)
        if self._who is not None:
            self._since_start = False
        if found.telling:
            self._desk.do(
                remember,
                Remember(found.telling.remember),
                then=partial(self._tell, wanted, found),
                failed=self._not_kept,
            )

    def _sleep_until(self, wake: datetime) -> None:
        left = min(wake - self._desk.now(), AT_MOST)
        self.timer.start(max(int(left.total_seconds() * 1000), 0) + 50)

    def _not_kept(self, _: str) -> None:
        """The book could not be read or written: nothing is shown, and soon it is tried again."""
        if self._opened is not None:
            self.timer.start(int(AT_MOST.total_seconds() * 1000))

    def _tell(self, wanted: Wanted, found: Look, changes: Changes) -> None:
        """These keys are kept by now: show those that nobody else has told."""
        new = frozenset(changes.new if isinstance(changes, Remembered) else ())
        telling, names = found.telling, self.settings.reminder_names
        formats = self._desk.formats
        if wanted.associate_id is None:
            if new and self._who is None and self.settings.reminders:
                self._notifier.show(notice_of_counts(counts(telling), formats))
            return
        each = [one for one in found.of(telling.each) if one.due.key in new]
        together = [one for one in found.of(telling.together) if one.due.key in new]
        listed = wanted.since_start
        if wanted.associate_id != self._who or not self.settings.reminders:
            # Locked in between, or switched off: the window tells it instead.
            each, together, listed = [], [*each, *together], True
        for one in each:
            self._notifier.show(notice_of(one, names=names))
            self._shown[f"{one.due.kind}:{one.due.id}"] = (one.due.kind, one.due.id)
        if not together:
            return
        if listed:
            self.waited.emit(wanted.associate_id, tuple(together))
        else:
            self._notifier.show(notice_of_many(together, formats, names=names))

    def _unshown(self, notice: Notice) -> None:
        """The desktop has no way to show it: the window does, where nobody else reads it."""
        if self._who is not None:
            self._desk.heard.emit(" · ".join(filter(None, (notice.title, notice.body))))

    def _withdraw_gone(self, found: Look) -> None:
        for key, thing in list(self._shown.items()):
            if thing not in found.things:
                del self._shown[key]
                self._notifier.withdraw(key)

    def _withdraw_all(self) -> None:
        self._shown.clear()
        self._notifier.withdraw_all()

    # who is there

    def _locked(self) -> None:
        self._who = None
        self._withdraw_all()
        self.look()

    def _signed(self, me: Me | None) -> None:
        self._who = None if me is None else me.id
        self._since_start = True
        self._withdraw_all()
        self.look()

    def _heard(self, changes: Changes) -> None:
        if changes.kinds & TOUCHED:
            self.look()

    def _clicked(self, key: str) -> None:
        come_forward(self._window)
        thing = thing_of(key)
        if self._window.is_locked:
            return
        if thing is not None:
            self.lead_to.emit(str(thing[0]), thing[1])
        elif key == TOGETHER:
            self.lead_home.emit()


def opening_of(settings: Settings) -> time:
    """When the store's day begins; the usual hour where the setting makes no sense."""
    try:
        return parse_time(settings.reminder_hour) or OPENING
    except Refusal:
        return OPENING
