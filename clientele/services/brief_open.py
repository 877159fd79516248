"""What is open with a client, in words: say first and never, problems, promises, money, hands.

Their weights are the heaviest of a brief: this is what must have been read when a client walks in.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from clientele.domain.recovery import RightState
from clientele.domain.rules.item_text import item_words
from clientele.domain.rules.promises import Standing
from clientele.services.brief_choice import LINE, PARAGRAPH, Entry, first_sentence, shortened
from clientele.services.brief_voice import Voice
from clientele.services.say_first_words import note_source, said_first
from clientele.store.queries.brief_parts import Handed
from clientele.store.queries.gifts import GiftRow

ALWAYS = 8
"""So many avoids stand on every brief, whatever else has no room."""


def say_first(voice: Voice) -> Iterator[Entry]:
    """The one thing that is said first, and where it comes from."""
    found = voice.brief.client.say_first
    if found is not None:
        said = said_first(found, voice.formats, today=voice.today, me=voice.me, say=voice.say)
        yield Entry(shortened(said.words, PARAGRAPH), 1300, aside=said.source)


def never_say(voice: Voice) -> Iterator[Entry]:
    """What sensitive notes are about, then what is to be avoided, that of all departments first."""
    for at, note in enumerate(voice.brief.never_say):
        mine = note.associate_id is not None and note.associate_id == voice.me
        yield Entry(
            first_sentence(note.words, LINE),
            1200 - at,
            aside=note_source(voice.day(note.at), note.associate, mine=mine, say=voice.say),
            warns=True,
        )
    for at, row in enumerate(voice.brief.client.avoids):
        weight = 1100 - at if at < ALWAYS else 860 - 15 * at
        yield Entry(shortened(row.what, LINE), weight, aside=row.department, warns=True)


def expected(voice: Voice) -> Iterator[Entry]:
    """When they come, and what for."""
    at = voice.brief.expected_at
    if at is not None:
        day = voice.formats.near_day(voice.formats.local_day(at), voice.today)
        when = f"{day} {voice.formats.clock_time(at)}"
        yield Entry(shortened(voice.brief.about, LINE), 950, strong=when)


def problems(voice: Voice) -> Iterator[Entry]:
    """What is not solved yet, and how it stands."""
    for at, row in enumerate(voice.brief.problems):
        decided = row.state == RightState.DECIDED
        last = row.steps[-1] if row.steps else None
        parts = [voice.say("nothing decided yet")]
        if decided and last is not None:
            done = voice.say("{decision} on {day}, not confirmed yet")
            parts = [done.format(decision=voice.say(last.what), day=voice.day(last.at))]
        parts.append(voice.who(row.associate_id, row.associate))
        words = ": ".join(part for part in (row.goods, row.problem) if part)
        yield Entry(
            shortened(words, LINE),
            940 - 25 * at,
            name=voice.day(row.opened_at),
            aside=", ".join(part for part in parts if part),
            warns=not decided,
        )


def promises(voice: Voice) -> Iterator[Entry]:
    """What was promised for when, how far it is, under which tag, by whom."""
    for at, row in enumerate(voice.brief.promises):
        day = voice.formats.near_day(row.due_on, voice.today)
        if row.due_time is not None:
            local = datetime.combine(row.due_on, row.due_time, voice.formats.tz)
            day = f"{day} {voice.formats.clock_time(local)}"
        worrying = row.standing in (Standing.LATE, Standing.AT_RISK)
        parts = [voice.say(row.kind)]
        mark = voice.brief.marks.get(row.id)
        standing = voice.say(row.standing.value) if row.standing and worrying else ""
        if row.standing is Standing.READY:
            standing = voice.say("ready to collect")
        elif mark is not None and mark.step:
            parts.append(voice.say(mark.step))
        if mark is not None and mark.tag:
            parts.append(voice.say("tag {tag}").format(tag=mark.tag))
        parts.append(standing)
        if row.associate_id != voice.me:
            parts.append(row.associate)
        yield Entry(
            shortened(row.what, LINE),
            900 - 25 * at,
            name=day,
            aside=", ".join(part for part in parts if part),
            warns=worrying,
        )


def paid_ahead(voice: Voice) -> Iterator[Entry]:
    """Money that waits to be taken off the next ticket."""
    for at, one in enumerate(voice.brief.paid_ahead):
        yield Entry(
            shortened(one.what, LINE),
            905 - 25 * at,
            name=voice.day(one.paid_at),
            strong=voice.formats.money(one.amount, one.currency),
            aside=voice.say("receipt {number}").format(number=one.receipt) if one.receipt else "",
        )


def whose(voice: Voice) -> Iterator[Entry]:
    """In whose hands they are, besides the owner's: a cover's, a colleague's."""
    now = voice.brief.whose
    if now.cover_id is not None and now.back_on is not None:
        until = voice.formats.near_day(now.back_on, voice.today)
        owner = voice.brief.client.owner
        yield Entry(
            voice.say("until {owner} is back, {day}").format(
                owner=owner.name if owner else "", day=until
            ),
            935,
            name=voice.say("Covered by"),
            strong=voice.who(now.cover_id, now.cover),
        )
    for at, one in enumerate(now.handed):
        yield _handed(voice, one, 930 - 20 * at)


def wishes(voice: Voice) -> Iterator[Entry]:
    """What they wish for, what is here first, and for whom."""
    for at, wish in enumerate(voice.brief.wishes):
        about = []
        if wish.arrived_at is not None:
            about.append(voice.say("is here"))
        if wish.promise is not None:
            day = voice.formats.near_day(wish.promise.due_on, voice.today)
            about.append(voice.say("promised for {day}").format(day=day))
        if wish.price is not None:
            about.append(voice.formats.money(wish.price, voice.brief.client.currency))
        if wish.note:
            about.append(shortened(wish.note, LINE))
        yield Entry(
            shortened(item_words(wish.item, wish.detail, wish.sku), LINE),
            (770 if wish.arrived_at is not None else 640) - 20 * at,
            name=voice.say("for {name}").format(name=wish.member) if wish.member else "",
            aside=" · ".join(about),
        )


def last_gift(voice: Voice, gift: GiftRow) -> str:
    """“given 25 Dec 2025: silk scarf, loved it”."""
    what = ", ".join(part for part in (gift.what, gift.liked) if part)
    if gift.on is None:
        return voice.say("given {what}").format(what=shortened(what, LINE))
    day = voice.formats.past_day(gift.on, voice.today)
    return voice.say("given {day}: {what}").format(day=day, what=shortened(what, LINE))


def known_to(voice: Voice) -> Iterator[Entry]:
    """Who knows them in which department."""
    for at, knows in enumerate(voice.brief.whose.knows):
        who = voice.who(knows.associate_id, knows.associate)
        yield Entry(who, 430 - 10 * at, aside=knows.department)


def _handed(voice: Voice, one: Handed, weight: int) -> Entry:
    giver, taker = voice.who(one.from_id, one.from_name), voice.who(one.to_id, one.to_name)
    until = ""
    if one.until_on is not None:
        day = voice.formats.near_day(one.until_on, voice.today)
        until = voice.say("until {day}").format(day=day)
    if not one.accepted:
        heading = voice.say("with {associate}, offered to {colleague}")
        strong = heading.format(associate=giver, colleague=taker)
        aside = voice.say("not accepted yet")
    else:
        strong = voice.say("with {associate}").format(associate=taker)
        aside = voice.say("handed over by {associate} on {day}").format(
            associate=giver, day=voice.day(one.offered_at)
        )
    if not one.client_told:
        aside = ", ".join((aside, voice.say("the client was not told yet")))
    return Entry(
        " · ".join(part for part in (until, shortened(one.note, LINE)) if part),
        weight,
        name=one.department or voice.say("All departments"),
        strong=strong,
        aside=aside,
    )
