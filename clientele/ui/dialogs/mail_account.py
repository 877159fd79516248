"""By which mail account do the store's e-mails leave, or one's own? Set, tried and removed here.

The password goes into the keyring of this computer and is shown nowhere again.
"""

from __future__ import annotations

import ssl
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget
from shiboken6 import isValid

from clientele.domain.rules.sending import AccountTrouble
from clientele.domain.rules.sending_words import NotSent, not_sent
from clientele.services.changes import Changes
from clientele.services.mail_accounts import (
    AccountUsed,
    Passwords,
    RemoveMailAccount,
    SetMailAccount,
    account_used,
    check_account,
    fitting,
    remove_mail_account,
    set_mail_account,
)
from clientele.store.queries.mail_accounts import AccountsOf, MailAccountRow, accounts_of
from clientele.system.mail import USUAL_PORT, Security, check
from clientele.system.mail_answers import Outcome
from clientele.ui.background import Background
from clientele.ui.desk import Desk
from clientele.ui.dialogs.passing import PassingSheet
from clientele.ui.models.outbox_rows import trouble_words
from clientele.ui.refusals import sentence_of
from clientele.ui.theme import Space, Tone
from clientele.ui.widgets.basics import label
from clientele.ui.widgets.buttons import Button, Choice
from clientele.ui.widgets.fields import Field

STORE, OWN = "store", "own"

Checked = Callable[[SetMailAccount, str], None]


class MailAccountSheet(PassingSheet):
    """Call ``open_sheet`` after making it; it deletes itself when it is closed."""

    def __init__(
        self,
        desk: Desk,
        over: QWidget,
        passwords: Passwords,
        slow: Background,
        trust: ssl.SSLContext | None = None,
    ) -> None:
        title = QCoreApplication.translate("MailAccountSheet", "Mail account")
        super().__init__(desk, over, title, width=520)
        self._passwords, self._slow, self._trust = passwords, slow, trust
        self._may_set_the_stores = True
        self._found: dict[str, MailAccountRow | None] = {}
        self._known: MailAccountRow | None = None
        self.whose = Choice(
            self.tr("Whose account"),
            [(STORE, self.tr("The store's")), (OWN, self.tr("My own"))],
            wraps=True,
        )
        self.whose.chosen.connect(self._show_whose)
        self.body.addWidget(self.whose)
        self.about = label("", "label")
        self.body.addWidget(self.about)
        self.address = Field(self.tr("Address"), hint="hello@example.com")
        self.name = Field(self.tr("Name"), hint=self.tr("as the client reads it"))
        self.host = Field(self.tr("Server for outgoing mail"), hint="smtp.example.com")
        self.security = Choice(
            self.tr("Encryption"),
            [
                (Security.TLS.value, self.tr("TLS from the start")),
                (Security.STARTTLS.value, self.tr("STARTTLS")),
            ],
            wraps=True,
        )
        self.security.chosen.connect(self._usual_port)
        self.port = Field(self.tr("Port"), str(USUAL_PORT[Security.TLS]))
        self.port.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly)
        self.user = Field(self.tr("User name"), hint=self.tr("often the address"))
        self.password = Field(self.tr("Password"))
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.answers = Field(self.tr("Answers go to"), hint=self.tr("the same address"))
        self._beside((self.tr("Address"), self.address), (self.tr("Name"), self.name))
        self._beside((self.tr("Server for outgoing mail"), self.host), (self.tr("Port"), self.port))
        self.body.addWidget(self.security)
        self._beside((self.tr("User name"), self.user), (self.tr("Password"), self.password))
        self.add_field(self.tr("Answers go to"), self.answers)
        self.remove = Button(self.tr("Remove"), self._remove, kind="quiet")
        self._buttons.insertWidget(0, self.remove)
        self.remove.hide()
        self.try_it = self.add_button(self.tr("Try it"), self._try)
        self.save = self.add_button(self.tr("Save"), self._save, primary=True)
        self._ask()

    def open_sheet(self, focus: QWidget | None = None) -> None:
        """Begin with the address."""
        super().open_sheet(focus or self.address)

    def _beside(self, *fields: tuple[str, Field]) -> None:
        """Two fields in one line, each under its name."""
        row = QHBoxLayout()
        row.setSpacing(Space.ROW)
        for words, field in fields:
            self.add_field(words, field)
            holder = field.parentWidget()
            if holder is not None:
                row.addWidget(holder, 1 if field is self.port else 3)
        self.body.addLayout(row)

    # what is there

    def _ask(self) -> None:
        query = partial(accounts_of, associate_id=self._desk.me.id)
        self._desk.ask(query, self._show, owner=self, slot="accounts")

    def _show(self, found: AccountsOf) -> None:
        self._found = {STORE: found.store, OWN: found.own}
        self._may_set_the_stores = found.may_set_the_stores
        self.whose.setVisible(found.may_set_the_stores)
        if not found.may_set_the_stores:
            self.whose.choose(OWN)
        self._show_whose(self.whose.value)

    def _show_whose(self, whose: str) -> None:
        self._known = known = self._found.get(whose)
        self.about.setText(
            self.tr("Every e-mail leaves by it, unless an associate has an account of their own.")
            if whose == STORE
            else self.tr("Your e-mails leave by it instead of the store's account.")
        )
        if not self._may_set_the_stores:
            words = self.tr("The store's account is the store manager's to set.")
            self.about.setText(f"{self.about.text()} {words}")
        self.remove.setVisible(known is not None)
        self.password.setText("")
        kept = known is not None and bool(known.secret)
        self.password.setPlaceholderText(
            self.tr("kept in the keyring") if kept else self.tr("goes into the keyring")
        )
        if known is None:
            self.say("")
            return
        for field, value in (
            (self.address, known.sender_address),
            (self.name, known.sender_name),
            (self.host, known.host),
            (self.port, str(known.port)),
            (self.user, known.user),
            (self.answers, known.reply_to),
        ):
            field.set_value(value)
        self.security.choose(known.security)
        self.say(trouble_words(known, self._desk.formats, self._desk.now()))

    def _usual_port(self, security: str) -> None:
        """The usual port of the other way, where the usual one of this stood."""
        if self.port.value.strip() in {str(one) for one in USUAL_PORT.values()} | {""}:
            self.port.setText(str(USUAL_PORT[Security(security)]))

    # what is done

    def _typed(self) -> SetMailAccount:
        port = self.port.value.strip()
        return SetMailAccount(
            by=self._desk.me.id,
            associate_id=None if self.whose.value == STORE else self._desk.me.id,
            host=self.host.value,
            port=int(port) if port.isascii() and port.isdigit() and len(port) < 9 else 0,
            security=self.security.value,
            user=self.user.value,
            sender_name=self.name.value,
            sender_address=self.address.value,
            reply_to=self.answers.value,
            # Not the password, and not yet its name: only that there is one.
            secret="…" if self.password.value else None,
        )

    def _checked(self, then: Checked) -> None:
        """Go on with what was typed once it is known that it could be saved."""
        what, password = self._typed(), self.password.value
        self._busy(True)
        self._desk.ask(
            lambda session: check_account(session, what),
            lambda _: then(what, password),
            owner=self,
            slot="check",
            failed=self._failed,
        )

    def _save(self) -> None:
        self._checked(self._keep)

    def _keep(self, what: SetMailAccount, password: str) -> None:
        if not (password and what.user.strip()):
            self._set(what, None if what.user.strip() else "")
            return
        self._slow.run(
            partial(self._passwords.keep, password),
            partial(self._set, what),
            lambda _, sentence: self._failed(sentence),
        )

    def _set(self, what: SetMailAccount, secret: str | None) -> None:
        old = self._known.secret if self._known is not None else ""
        gone = old if secret is not None else ""

        def kept(_: Changes) -> None:
            self._forget(gone)
            if isValid(self):
                self.close_sheet()

        def refused(sentence: str) -> None:
            self._forget(secret or "")
            self._failed(sentence)

        self._desk.do(
            set_mail_account,
            replace(what, secret=secret),
            then=kept,
            said=self.tr("Mail account saved"),
            failed=refused,
        )

    def _remove(self) -> None:
        known = self._known
        if known is None:
            return
        what = RemoveMailAccount(self._desk.me.id, known.associate_id)

        def gone(_: Changes) -> None:
            self._forget(known.secret)
            if isValid(self):
                self.close_sheet()

        said = self.tr("Mail account removed. What waits goes on waiting.")
        self._desk.do(remove_mail_account, what, then=gone, said=said, failed=self._failed)

    def _forget(self, secret: str) -> None:
        if secret:
            self._slow.run(partial(self._passwords.forget, secret), lambda _: None, lambda *_: None)

    def _try(self) -> None:
        self.say(self.tr("Asking the server…"), Tone.BLUE)
        self._checked(self._sign_in)

    def _sign_in(self, what: SetMailAccount, password: str) -> None:
        known = self._known
        secret = "" if password or known is None else known.secret

        def work() -> Outcome | AccountTrouble:
            used = password or self._passwords.read(secret)
            if isinstance(used, AccountTrouble):
                return used
            return check(fitting(what), used, trust=self._trust)

        self._slow.run(
            work, partial(self._tried, what, known), lambda _, sentence: self._failed(sentence)
        )

    def _tried(
        self,
        what: SetMailAccount,
        known: MailAccountRow | None,
        outcome: Outcome | AccountTrouble,
    ) -> None:
        if not isValid(self):
            return
        self._busy(False)
        server = what.host.strip()
        if isinstance(outcome, AccountTrouble):
            said, words = sentence_of(NotSent(outcome.sentence, server=server)), ""
        else:
            refusal = not_sent(outcome, server=server)
            said, words = "" if refusal is None else sentence_of(refusal), outcome.words
        if not said:
            done = self.tr("It works: {server} knows this user name and password.")
            self.say(done.format(server=server), Tone.GREEN)
        else:
            self.say(
                f"{said} " + self.tr("The server says: “{words}”.").format(words=words)
                if words
                else said
            )
        if known is not None and what.secret is None:
            self._desk.do(account_used, AccountUsed(known, outcome))

    def _failed(self, sentence: str) -> None:
        if not isValid(self):
            self._desk.refused.emit(sentence)
            return
        self._busy(False)
        self.say(sentence)

    def _busy(self, busy: bool) -> None:
        for button in (self.save, self.try_it, self.remove):
            button.setEnabled(not busy)
