"""How does sending reach the window? Its thread, the outbox, the mail account, a line on Today."""

from __future__ import annotations

import ssl
from functools import partial

from PySide6.QtCore import QObject, Signal

from clientele.services.mail_accounts import Passwords
from clientele.store.queries.outbox import Outbox, outbox
from clientele.store.session import Store
from clientele.system.clock import Clock
from clientele.ui import actions
from clientele.ui.background import Background
from clientele.ui.commands import other_words
from clientele.ui.desk import Desk
from clientele.ui.main_window import MainWindow
from clientele.ui.models.outbox_rows import today_words
from clientele.ui.more_menu import Part
from clientele.ui.sending import Sending


class Mailing(QObject):
    """Begins to send after the first frame, and opens what has to do with it.

    Emits ``open_client(id)``. ``sending`` is the thread, and ``stop`` ends it.
    """

    open_client = Signal(int)

    def __init__(
        self,
        desk: Desk,
        window: MainWindow,
        store: Store,
        clock: Clock,
        passwords: Passwords | None = None,
        trust: ssl.SSLContext | None = None,
    ) -> None:
        super().__init__(window)
        self._desk, self._window = desk, window
        self._slow = Background(self)
        self._said = ""
        self.sending = Sending(desk, store, clock, self, passwords=passwords, trust=trust)
        self.sending.went_on.connect(self._look)
        window.first_frame.connect(self.sending.start)
        window.on_anywhere(actions.OUTBOX, self.outbox)
        words = self.tr("Mail account…")
        also = other_words("mail account")
        window.add_command(words, self.account, also=also, part=Part.MINE)

    def stop(self) -> None:
        """End the thread, before the book is closed."""
        self.sending.stop()

    def outbox(self) -> None:
        """What is on its way."""
        from clientele.ui.dialogs.outbox import OutboxSheet

        sheet = OutboxSheet(self._desk, self._window.content)
        sheet.open_client.connect(self.open_client)
        sheet.account_wanted.connect(self.account)
        sheet.open_sheet()

    def account(self) -> None:
        """By which account e-mails leave."""
        from clientele.ui.dialogs.mail_account import MailAccountSheet

        MailAccountSheet(
            self._desk,
            self._window.content,
            self.sending.passwords,
            self._slow,
            self.sending.trust,
        ).open_sheet()

    def _look(self) -> None:
        if self._desk.is_signed_in:
            query = partial(outbox, associate_id=self._desk.me.id, today=self._desk.today())
            self._desk.ask(query, self._tell, owner=self, slot="outbox")

    def _tell(self, box: Outbox) -> None:
        """Say once what needs a person; the lock keeps it to itself."""
        words = today_words(box, self._desk.formats, self._desk.now())
        if words and words != self._said:
            self._desk.refused.emit(words)
        self._said = words
