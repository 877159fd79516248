"""One e-mail of the sample store came back: the outbox asks what becomes of it.

There is no mail account, so nothing is ever sent to anybody made up.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.client import BookRole, Channel, ContactKind, Purpose
from clientele.domain.contacting import MessageState, Way
from clientele.domain.tables import BookMembership, ContactPoint, Message
from clientele.store.queries.reading import store_facts
from clientele.system.mail_answers import Why


def write_mails(session: Session, *, by: int, now: datetime) -> None:
    """The e-mail of yesterday whose address nobody has, to one of the associate's clients."""
    whom = session.execute(
        select(col(ContactPoint.client_id), col(ContactPoint.value))
        .join(BookMembership, col(BookMembership.client_id) == col(ContactPoint.client_id))
        .where(
            col(ContactPoint.kind) == ContactKind.EMAIL,
            col(BookMembership.associate_id) == by,
            col(BookMembership.role) == BookRole.OWNER,
            col(BookMembership.until).is_(None),
        )
        .order_by(col(ContactPoint.client_id).desc())
        .limit(1)
    ).first()
    if whom is None:
        return
    store = store_facts(session)
    written = store.begins(store.day_of(now) - timedelta(days=1)) + timedelta(hours=16, minutes=20)
    session.add(
        Message(
            client_id=whom[0],
            associate_id=by,
            channel=Channel.EMAIL,
            purpose=Purpose.SERVICE,
            way=Way.SMTP,
            address=whom[1],
            subject="What you asked for is here",
            body="What you asked for came in this morning, and I keep it for you until Saturday.",
            message_key="<sample@clientele.invalid>",
            state=MessageState.REFUSED,
            why=Why.SAID,
            answer="5.1.1 There is no such mailbox here",
            queued_at=written,
            ended_at=written + timedelta(seconds=4),
        )
    )
