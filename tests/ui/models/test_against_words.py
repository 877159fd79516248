"""Is what took place although it was not allowed told as that?"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from clientele.domain.tables import Consent, ContactMade
from clientele.store.queries.story import story
from clientele.store.queries.story_entry import StoryEntry, Told
from clientele.system.formats import Formats
from clientele.ui.models.reaching_words import against_words
from clientele.ui.models.story_words import beside_words, title_words
from tests.services.floor import Floor


def told(floor: Floor, kind: Told) -> StoryEntry:
    found: tuple[StoryEntry, ...] = floor.ask(story, floor.daniel, kinds=(kind,), limit=5)
    return found[0]


def test_the_story_keeps_what_spoke_against_it(floor: Floor) -> None:
    row: dict[str, Any] = {"channel": "call", "summary": "rang", "against": "no,hours"}
    at = floor.clock.now() - timedelta(hours=1)
    floor.add(ContactMade(client_id=floor.daniel, took_place_at=at, **row))
    assert told(floor, Told.CONTACT).state == "no,hours"
    assert against_words("no,hours,new reason") == "the client had said no, in quiet hours"
    formats = Formats("en", "Europe/Amsterdam")
    beside = beside_words(told(floor, Told.CONTACT), formats, at.date())
    assert beside == ["although: the client had said no, in quiet hours"]


def test_a_word_about_every_channel_has_words(floor: Floor) -> None:
    said = Consent(
        client_id=floor.daniel,
        channel="",
        purpose="news",
        allowed=False,
        said_at=floor.clock.now(),
    )
    floor.add(said)
    entry = told(floor, Told.CONSENT)
    assert entry.purpose == "news"
    assert title_words(entry, floor.okafor) == "Not to be reached"
