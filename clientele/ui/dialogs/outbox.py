"""Which e-mails are on their way, what is in the way, and which ask what becomes of them?"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QCoreApplication, Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from clientele.domain.rules.sending import ASKS, MailMove
from clientele.services.changes import Kind
from clientele.services.messages import CallOff, call_off
from clientele.services.sending import DecideMail, decide_mail
from clientele.store.queries.outbox import Outbox, OutboxRow, outbox
from clientele.ui.delegates.row_layout import Style
from clientele.ui.desk import Desk
from clientele.ui.dialogs.living import LivingSheet
from clientele.ui.models.client_names import shown_name
from clientele.ui.models.outbox_rows import (
    AGAIN,
    ARRIVED,
    CALL_OFF,
    no_account_words,
    outbox_row,
    trouble_words,
)
from clientele.ui.theme import Tone
from clientele.ui.widgets.card import Banner, EmptyState
from clientele.ui.widgets.every_minute import MINUTE
from clientele.ui.widgets.row_list import RowList


class OutboxSheet(LivingSheet):
    """Emits ``open_client(id)`` for a row that is opened, and ``account_wanted``."""

    SHOWS = frozenset({Kind.MESSAGE, Kind.MAIL_ACCOUNT, Kind.CLIENT})

    open_client = Signal(int)
    account_wanted = Signal()

    def __init__(self, desk: Desk, over: QWidget) -> None:
        title = QCoreApplication.translate("OutboxSheet", "Outbox")
        super().__init__(desk, over, title, width=760)
        self._rows: dict[int, OutboxRow] = {}
        self.trouble = Banner("", Tone.AMBER, self.tr("Mail account…"), self._account)
        self.trouble.hide()
        self.body.addWidget(self.trouble)
        self.empty = EmptyState(
            self.tr(
                "Nothing is on its way. An e-mail that you send by the mail account stands here "
                "until the server has it, and asks here if anything is in its way."
            )
        )
        self.empty.hide()
        self.list = RowList(desk.theme, title, style=Style(inset=0, max_lines=6))
        self.list.acted.connect(self._act)
        self.list.opened.connect(self._open)
        self.body.addWidget(self.empty)
        self.body.addWidget(self.list)
        self.minutes = QTimer(self)
        self.minutes.setInterval(MINUTE)
        self.minutes.timeout.connect(self.look)
        self.minutes.start()
        self.look()

    def open_sheet(self, focus: QWidget | None = None) -> None:
        """J and K move at once."""
        super().open_sheet(focus or self.list)

    def look(self) -> None:
        """What is on its way of one's own, and of those whom one covers."""
        me, today = self._desk.me.id, self._desk.today()
        query = partial(outbox, associate_id=me, today=today)
        self._desk.ask(query, self._show, owner=self, slot="outbox")

    def _show(self, box: Outbox) -> None:
        formats, now, me = self._desk.formats, self._desk.now(), self._desk.me.id
        self._rows = {one.id: one for one in box.rows}
        said = [trouble_words(one, formats, now) for one in box.in_the_way]
        if box.without_account:
            said.insert(0, no_account_words())
        self.trouble.say(" ".join(said))
        self.trouble.setVisible(bool(said))
        had_keyboard = self.list.hasFocus() or not self.list.rows()
        self.list.set_rows(
            [
                outbox_row(one, box.accounts[one.associate_id], now, formats, me=me)
                for one in box.rows
            ]
        )
        self.list.setVisible(bool(box.rows))
        self.empty.setVisible(not box.rows)
        if box.rows and had_keyboard and self.isVisible():
            if self.list.current_key() is None:
                self.list.set_current(box.rows[0].id)
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        if not self.isHidden():
            self._place()

    def _act(self, key: object, name: str) -> None:
        one, me = self._rows.get(int(str(key))), self._desk.me.id
        if one is None:
            return
        who = shown_name(one.named)
        if name == CALL_OFF:
            said = self.tr("Called off: the e-mail to {client}").format(client=who)
            if one.state in ASKS:
                what = DecideMail(one.id, me, MailMove.CALL_OFF)
                self._desk.do(decide_mail, what, said=said, failed=self.say)
            else:
                self._desk.do(call_off, CallOff(one.id, me), said=said, failed=self.say)
        elif name == AGAIN:
            said = self.tr("The e-mail to {client} goes out again").format(client=who)
            what = DecideMail(one.id, me, MailMove.AGAIN)
            self._desk.do(decide_mail, what, said=said, failed=self.say)
        elif name == ARRIVED:
            said = self.tr("The e-mail to {client} arrived, and stands in the story").format(
                client=who
            )
            what = DecideMail(one.id, me, MailMove.ARRIVED)
            self._desk.do(decide_mail, what, said=said, failed=self.say)

    def _open(self, key: object) -> None:
        one = self._rows.get(int(str(key)))
        if one is not None:
            self.close_sheet()
            self.open_client.emit(one.named.client_id)

    def _account(self) -> None:
        self.close_sheet()
        self.account_wanted.emit()
