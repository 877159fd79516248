"""The outbox with what asks and what waits, the line on Today, and the form of the mail account."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import delete

from clientele.domain.client import Channel, Purpose
from clientele.domain.contacting import MessageState, Way
from clientele.domain.rules.sending import NotYet
from clientele.domain.tables import MailAccount, Message
from clientele.services.changes import Changes, Kind
from clientele.ui.dialogs.mail_account import MailAccountSheet
from clientele.ui.dialogs.outbox import OutboxSheet
from clientele.ui.workplace import Workplace
from scripts.picturing.scene import Scene, client, over, settle

TOLD = Changes({Kind.MESSAGE: frozenset({1}), Kind.MAIL_ACCOUNT: frozenset({1})})


def scenes(place: Workplace, folder: Path) -> list[Scene]:
    """On the sample store."""
    desk, window = place.desk, place.window

    def outbox() -> OutboxSheet:
        return OutboxSheet(desk, window.content)

    def fill(*, paused: bool = False) -> None:
        _fill(place, paused=paused)
        desk.changed.emit(TOLD)
        settle(place)

    def asks() -> None:
        fill()
        over(place, place.today, outbox)()
        settle(place)

    def held_up() -> None:
        fill(paused=True)
        over(place, place.today, outbox)()
        settle(place)

    def today() -> None:
        fill(paused=True)
        window.show_page(place.today)
        settle(place)

    def empty() -> None:
        with place.store.write() as session:
            session.execute(delete(Message))
            session.execute(delete(MailAccount))
        desk.changed.emit(TOLD)
        settle(place)

    return [
        Scene("outbox", asks, leave=empty),
        Scene("outbox-paused", held_up, leave=empty),
        Scene("today-mail", today, leave=empty),
        Scene("mail-account", _account(place), leave=empty),
    ]


def bare(place: Workplace) -> list[Scene]:
    """On a little and on an empty book."""
    desk, window = place.desk, place.window
    return [Scene("outbox", over(place, place.today, lambda: OutboxSheet(desk, window.content)))]


def _account(place: Workplace) -> Callable[[], None]:
    mailing = place.mailing

    def make() -> MailAccountSheet:
        return MailAccountSheet(
            place.desk, place.window.content, mailing.sending.passwords, mailing._slow
        )

    def enter() -> None:
        _fill(place, paused=True)
        over(place, place.today, make)()
        settle(place)

    return enter


def _fill(place: Workplace, *, paused: bool) -> None:
    now, me = place.desk.now(), place.desk.me.id
    daniel, eleanor = client(place, "Daniel Tran"), client(place, "Eleanor Marsh")
    ago = now - timedelta(minutes=40)
    own: dict[str, Any] = {"associate_id": me, "channel": Channel.EMAIL, "way": Way.SMTP}
    own["purpose"] = Purpose.SERVICE
    body = "Dear Daniel, your navy suit is back from the tailor and waits for you until six."
    with place.store.write() as session:
        session.execute(delete(Message))
        session.execute(delete(MailAccount))
        rows = (
            (daniel, MessageState.UNSURE, "cut off", "", "Your suit is ready", ago, None),
            (eleanor, MessageState.REFUSED, "said", "5.1.1 No such mailbox", "Cashmere", ago, None),
            (eleanor, MessageState.REFUSED, NotYet.TOO_LATE, "", "This Saturday", None, None),
            (daniel, MessageState.QUEUED, "", "", "The shoes are here", None, now + timedelta(1)),
            (daniel, MessageState.QUEUED, "", "", "A word of thanks", None, None),
        )
        for at, (whom, state, why, answer, subject, ended, first) in enumerate(rows):
            session.add(
                Message(client_id=whom, address="someone@example.com", body=body, subject=subject,
                        message_key=f"<picture{at}@store.example>", state=state, why=str(why),
                        answer=answer, queued_at=ago + timedelta(minutes=at), ended_at=ended,
                        not_before=first, **own)
            )  # fmt: skip
        session.add(
            MailAccount(whose="store" if not paused else f"associate {me}",
                        associate_id=me if paused else None,
                        host="smtp.herengracht.example", port=465, security="tls", user="hello",
                        sender_name="Herengracht", sender_address="hello@herengracht.example",
                        secret="mail-picture", updated_at=now, asks=paused,
                        next_try_at=None if paused else now + timedelta(hours=1),
                        ending="wrong password" if paused else "",
                        step="sign in" if paused else "", why="said" if paused else "",
                        answer="5.7.8 Authentication failed" if paused else "")
        )  # fmt: skip
