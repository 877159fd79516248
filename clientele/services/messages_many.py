"""One template to many clients by e-mail: each gets a message of their own, through the gate.

A window hands over some at a time, so that it can say how far it is and stop; the steps are folded
into one Undo, which calls off what has not gone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from clientele.domain.client import Channel
from clientele.domain.errors import Refusal
from clientele.services.book_refusals import NobodyChosen
from clientele.services.message_refusals import NoMailAccount
from clientele.services.messages import QueueMessage, Written, queue_message
from clientele.services.verb import verb
from clientele.store.queries.mail_accounts import leaves_by
from clientele.store.queries.message_many import letters, template_named


class TemplateGone(Refusal):
    """The template was taken off meanwhile, or is no longer for e-mail."""

    template = (
        "These words are no longer among the templates for e-mail. Nothing was sent; choose others."
    )


@dataclass(frozen=True, slots=True)
class WriteMany:
    """Write by a template to these clients; ``language`` where a client's own is not known."""

    clients: tuple[int, ...]
    by: int
    template: str
    language: str


@verb
def write_many(session: Session, what: WriteMany, /, *, now: datetime) -> int | None:
    """Queue an e-mail for each client who may be written to and of whom every field is known.

    The others are left out, as ``store.queries.message_many`` says beforehand.

    Raises:
        NobodyChosen: for no client.
        NoMailAccount: neither the associate nor the store has one.
        TemplateGone: see there.
    """
    if not what.clients:
        raise NobodyChosen
    if leaves_by(session, what.by) is None:
        raise NoMailAccount
    template = template_named(session, what.template, language=what.language)
    if template is None:
        raise TemplateGone
    found = letters(session, what.clients, template, what.by, language=what.language, now=now)
    for one in found.ready:
        written = Written(
            one.named.client_id,
            what.by,
            Channel.EMAIL,
            template.purpose,
            one.address,
            one.body,
            one.subject,
            one.language,
            template.key,
            promise_id=one.promise_id,
        )
        try:
            queue_message(session, QueueMessage(written, one.not_before), now=now)
        except Refusal:
            # The address is none that mail can go to; the story does not tell of it.
            continue
    return None
