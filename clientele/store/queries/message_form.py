"""What does the form for a message need of the book? To whom, which templates, what is allowed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from clientele.domain.rules.templates import Template
from clientele.store.queries.mail_accounts import leaves_by
from clientele.store.queries.message_fields import Meant, Open, ToWrite, to_write, ways_open
from clientele.store.queries.templates import templates


@dataclass(frozen=True, slots=True)
class MessageForm:
    """What the form shows; ``by_account``: e-mail leaves by a mail account of this program."""

    facts: ToWrite
    templates: tuple[Template, ...]
    open: Open
    by_account: bool


def message_form(
    session: Session, meant: Meant, by: int, *, language: str, now: datetime
) -> MessageForm | None:
    """All of it at ``now`` (aware), for an associate (``by``); None: the client is not there.

    ``language`` is the window's, in which shipped templates are named.
    """
    facts = to_write(session, meant, by, now=now)
    if facts is None:
        return None
    return MessageForm(
        facts,
        templates(session, language),
        ways_open(session, meant.client_id, now=now),
        leaves_by(session, by) is not None,
    )
