"""What a client allows and refuses, by channel and purpose, each with one verb and one row."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from clientele.domain.client import Channel, Purpose
from clientele.domain.errors import Refusal
from clientele.domain.rules.consent import NEXT, Said, refusals
from clientele.domain.tables import Client, Consent
from clientele.services.rows import new_id, the
from clientele.services.verb import verb
from clientele.store.queries.contact_points import said_of


class YesTooBroad(Refusal):
    """A yes that covers a refusal without naming it, which does not lift it (``rules.consent``)."""

    template = (
        "The client refused part of this before, and only a yes that names it ends that. Nothing "
        "was written down; ask about each channel and subject by itself."
    )


@dataclass(frozen=True, slots=True)
class SayConsent:
    """What the client allowed or refused, and how they said it.

    ``channel`` empty: on every one. ``purpose`` empty: about everything; to refuse news on every
    channel is the objection that closes them all. ``words`` are what they were asked, word for
    word, where it was read out or signed.
    """

    client_id: int
    channel: str
    allowed: bool
    by: int
    how: str = ""
    purpose: str = ""
    words: str = ""


@verb
def say_consent(session: Session, what: SayConsent, /, *, now: datetime) -> int | None:
    """Write down what a client allowed or refused; what was said before stays on record.

    A no counts at once. What is said last is the newest word even where a clock was set back.

    Raises:
        YesTooBroad: a refusal stands that this yes would not lift, since it does not name it.
    """
    the(session, Client, what.client_id)
    before = said_of(session, [what.client_id]).get(what.client_id, [])
    said = Said(
        Channel(what.channel) if what.channel else None,
        Purpose(what.purpose) if what.purpose else None,
        what.allowed,
        max([now, *(one.at + NEXT for one in before)]),
    )
    places = [(channel, purpose) for channel in Channel for purpose in Purpose]
    covered = [place for place in places if said.covers(*place)]
    if said.allowed and any(refusals([*before, said], *place) for place in covered):
        raise YesTooBroad
    return new_id(
        session,
        Consent(
            client_id=what.client_id,
            channel=what.channel,
            purpose=what.purpose,
            allowed=what.allowed,
            said_at=said.at,
            how=what.how.strip(),
            words=what.words.strip(),
            associate_id=what.by,
        ),
    )
