"""The accounts that e-mail leaves by, the store's and the associates' own, and their passwords.

A password goes into the system's keyring under a name made by chance, and the account's row keeps
that name alone. So nothing of it is in the book, in what changed, in an undo or in the log; and an
account is never half changed: the new password is there before the row names it, and the old one
goes only afterwards.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.errors import Refusal
from clientele.domain.rules.rights import Right
from clientele.domain.rules.sending import AccountTrouble, pause_after, pause_in
from clientele.domain.tables import Associate, MailAccount
from clientele.services.acting import needs
from clientele.services.rows import new_id, the
from clientele.services.verb import lasting, verb
from clientele.store.queries.mail_accounts import MailAccountRow, mail_account, may_set
from clientele.system.letter import Mailbox, Part, Unfit, address_on_the_wire, is_plain
from clientele.system.mail import Account, Security
from clientele.system.mail_answers import Outcome
from clientele.system.secrets import Vault, VaultUnavailable, vault_as_it_is, working_vault


class NoKeyring(Refusal):
    """The password has nowhere to be kept."""

    template = (
        "This computer has no keyring that opens and keeps a password safely, so the account was "
        "not saved. Unlock the keyring and try again; until then use the mail program."
    )


class PasswordAnew(Refusal):
    """A password is not handed to another server, or for another name, unasked."""

    template = "Enter the password of the account. Nothing was changed yet."


class NotYourAccount(Refusal):
    """The store's account, and a colleague's, are the store manager's to set."""

    template = (
        "Only a store manager changes this mail account. Nothing was changed; ask one of them."
    )


class AccountUnfit(Refusal):
    """Something about the account cannot be used."""


_UNFIT = {
    Part.SERVER: "“{value}” is no name of a server. Nothing was saved; write it as your provider "
    "tells you, such as smtp.example.com.",
    Part.PORT: "“{value}” is no port. Nothing was saved; it is usually 465 or 587.",
    Part.USER: "The user name holds a character that cannot be sent. Nothing was saved; type it "
    "anew.",
    Part.SENDER: "“{value}” is no e-mail address to send from. Nothing was saved; correct it.",
    Part.REPLY_TO: "“{value}” is no e-mail address for answers. Nothing was saved; correct it.",
}

TEMPLATES = tuple(_UNFIT.values())
"""Every sentence, for the window to translate."""


class Passwords:
    """The passwords of mail accounts in the system's keyring.

    Every call may wait until somebody has unlocked the keyring: off the window's thread, and never
    inside of a write.
    """

    def __init__(
        self,
        proven: Callable[[], Vault] = working_vault,
        as_it_is: Callable[[], Vault] = vault_as_it_is,
    ) -> None:
        """``proven`` makes the keyring to keep in, ``as_it_is`` the one to read from."""
        self._proven, self._as_it_is = proven, as_it_is

    def keep(self, password: str) -> str:
        """Keep a password and answer the name to read it by. Raises ``NoKeyring``."""
        secret = f"mail-{secrets.token_hex(16)}"
        try:
            self._proven().set(secret, password.encode("utf-8", "surrogatepass"))
        except VaultUnavailable:
            raise NoKeyring from None
        return secret

    def read(self, secret: str) -> str | AccountTrouble:
        """The password of that name, or what is in the way; an empty name has an empty one."""
        if not secret:
            return ""
        try:
            kept = self._as_it_is().get(secret)
        except VaultUnavailable:
            return AccountTrouble.NO_KEYRING
        if kept is None:
            return AccountTrouble.NO_PASSWORD
        return kept.decode("utf-8", "surrogatepass")

    def forget(self, secret: str) -> None:
        """Forget a password that no account names any more; what cannot be forgotten stays."""
        if secret:
            with suppress(VaultUnavailable):
                self._as_it_is().delete(secret)


@dataclass(frozen=True, slots=True)
class SetMailAccount:
    """The account of ``associate_id``, or with None the store's.

    ``secret`` is what ``Passwords.keep`` answered; None: the password stays the one that it was.
    """

    by: int
    associate_id: int | None
    host: str
    port: int
    security: str
    user: str
    sender_name: str
    sender_address: str
    reply_to: str = ""
    secret: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class RemoveMailAccount:
    """No account of one's own, or of the store's, any more; what waits goes on waiting."""

    by: int
    associate_id: int | None


@dataclass(frozen=True, slots=True)
class AccountUsed:
    """What came of using an account as it was read: of a letter, or of trying it."""

    account: MailAccountRow
    outcome: Outcome | AccountTrouble


@lasting
@verb
def set_mail_account(session: Session, what: SetMailAccount, /, *, now: datetime) -> int | None:
    """Keep an account and answer its id; it is tried at once, whatever was in its way before.

    There is no way back, since the password that it had is gone.

    Raises:
        NotYourAccount: only a store manager may.
        AccountUnfit: no server could be reached by it, or it has no address.
        PasswordAnew: another server, port or user needs the password again.
    """
    check_account(session, what)
    known = mail_account(session, what.associate_id)
    if known is None:
        row = MailAccount(
            whose="store" if what.associate_id is None else f"associate {what.associate_id}",
            associate_id=what.associate_id,
            host="",
            port=0,
            security="",
            user="",
            sender_name="",
            sender_address="",
            updated_at=now,
        )
    else:
        row = the(session, MailAccount, known.id)
    row.host, row.port, row.security = what.host.strip(), what.port, what.security
    row.user, row.sender_name = what.user.strip(), " ".join(what.sender_name.split())
    row.sender_address, row.reply_to = what.sender_address.strip(), what.reply_to.strip()
    if not row.user:
        row.secret = ""
    elif what.secret is not None:
        row.secret = what.secret
    row.updated_at = now
    _stands(row)
    return row.id if row.id is not None else new_id(session, row)


def check_account(session: Session, what: SetMailAccount) -> None:
    """Whether ``set_mail_account`` would take it, before a password is asked of the keyring.

    Raises:
        NotYourAccount, AccountUnfit, PasswordAnew: as there.
    """
    if not may_set(session, what.by, what.associate_id):
        raise NotYourAccount
    if what.associate_id is not None:
        the(session, Associate, what.associate_id)
    fitting(what)
    known = mail_account(session, what.associate_id)
    place = (what.host.strip().lower(), what.port, what.user.strip())
    same = known is not None and (known.host.lower(), known.port, known.user) == place
    has = known is not None and bool(known.secret)
    if what.user.strip() and what.secret is None and not (same and has):
        raise PasswordAnew


def fitting(what: SetMailAccount) -> Account:
    """The account as it would be used. Raises ``AccountUnfit``."""
    try:
        name = " ".join(what.sender_name.split())
        if not is_plain(name):
            raise Unfit(Part.SENDER)
        if what.reply_to.strip():
            address_on_the_wire(what.reply_to, Part.REPLY_TO)
        sender = Mailbox(what.sender_address.strip(), name)
        security = Security(what.security)
        return Account(what.host.strip(), what.port, security, what.user.strip(), sender)
    except Unfit as unfit:
        values = {
            Part.SERVER: what.host,
            Part.PORT: what.port,
            Part.SENDER: what.sender_address,
            Part.REPLY_TO: what.reply_to,
        }
        raise AccountUnfit(_UNFIT[unfit.part], value=values.get(unfit.part, "")) from None


@lasting
@verb
def remove_mail_account(
    session: Session, what: RemoveMailAccount, /, *, now: datetime
) -> int | None:
    """Take an account away. Raises ``NotYourAccount``."""
    if not may_set(session, what.by, what.associate_id):
        raise NotYourAccount
    known = mail_account(session, what.associate_id)
    if known is not None:
        session.delete(the(session, MailAccount, known.id))
    return None


@lasting
@verb
@needs(Right.BY_ITSELF)
def account_used(session: Session, what: AccountUsed, /, *, now: datetime) -> int | None:
    """Keep how an account stands after it was used; not where somebody changed it meanwhile."""
    row = session.scalar(select(MailAccount).where(col(MailAccount.id) == what.account.id))
    known = mail_account(session, what.account.associate_id)
    if row is None or known is None or not what.account.is_same(known):
        return None
    if isinstance(what.outcome, AccountTrouble):
        pause = pause_in(known.pause, what.outcome, now=now)
        _stands(row, str(what.outcome))
    else:
        pause = pause_after(known.pause, what.outcome, now=now)
        if what.outcome.stops_the_account:
            one = what.outcome
            _stands(row, str(one.ending), str(one.step), str(one.why), one.code, one.words)
        else:
            _stands(row)
    row.tries, row.next_try_at, row.asks = pause.tries, pause.next_at, pause.asks
    return row.id


def _stands(
    row: MailAccount,
    ending: str = "",
    step: str = "",
    why: str = "",
    code: int = 0,
    answer: str = "",
) -> None:
    row.ending, row.step, row.why, row.code, row.answer = ending, step, why, code, answer
    row.tries, row.next_try_at, row.asks = 0, None, False
