"""What did a client of the sample store say about being reached: about what, and in which words?

Most yes name what they are about, as the client card asks for it; older ones do not, as in every
book that is not of yesterday.
"""

from __future__ import annotations

from datetime import datetime

from clientele.domain.client import Channel, Purpose
from clientele.domain.tables import Consent
from clientele.services.sample.floor import Floor
from clientele.services.sample.people import Person
from clientele.services.sample.words import words

ASKED_SINCE = 400
"""For so many days the store has asked about their own things and about news apart."""

BOTH = (Purpose.SERVICE, Purpose.NEWS)


def say_consent(
    floor: Floor, person: Person, channel: str, allowed: bool, how: str, at: datetime
) -> None:
    """Write down what the client said, a row for each thing that it is about."""
    days = floor.days
    about = purposes(how, allowed=allowed, old=at < days.at(days.ago(ASKED_SINCE), 0))
    person.allowed[str(channel)] = allowed
    if allowed and ("" in about or Purpose.NEWS in about):
        person.news.add(str(channel))
    for purpose in about:
        read_out = allowed and purpose == Purpose.NEWS and how == _card()
        floor.sheet.add(
            Consent,
            client_id=person.id,
            channel=str(channel),
            allowed=allowed,
            said_at=at,
            how=how,
            associate_id=person.owner.id if person.owner else None,
            purpose=str(purpose),
            words=words().phrases["asked_news"][Channel(channel).value] if read_out else "",
        )


def purposes(how: str, *, allowed: bool, old: bool) -> tuple[str, ...]:
    """What a yes or no that was said in these words is about; an empty text is everything."""
    phrases = words().phrases
    if not allowed:
        return (Purpose.NEWS,) if how in phrases["news_refused"] else ("",)
    if how == _card():
        return BOTH
    if how in phrases["news_allowed"]:
        return (Purpose.NEWS,)
    if old:
        return ("",)
    return (Purpose.SERVICE,) if how in phrases["service_allowed"] else BOTH


def _card() -> str:
    """The client card, on which the question stands word for word."""
    return str(words().phrases["how_allowed"][0])
