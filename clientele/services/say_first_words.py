"""What to say first, in words, and where it comes from: the same in window, PDF and terminal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from clientele.domain.rules.say_first import Because
from clientele.store.queries.occasions import OccasionAhead
from clientele.store.queries.say_first import SayFirst
from clientele.system.formats import Formats


@dataclass(frozen=True, slots=True)
class SaidFirst:
    """The words, and their source. ``quoted``: they are a note's own, to be said as they stand."""

    words: str
    source: str
    quoted: bool


PROMISED = {
    Because.LATE: "{what}: late. Say so before they ask.",
    Because.READY: "{what}: ready to collect.",
    Because.AT_RISK: "{what}: may not be ready in time. Say how it stands.",
}


def said_first(
    found: SayFirst,
    formats: Formats,
    *,
    today: date,
    me: int | None = None,
    say: Callable[[str], str] = str,
) -> SaidFirst:
    """``found`` in words; ``today`` is the store's day, ``me`` the associate who is said “you”."""
    what = " ".join(found.body.split()).rstrip(".")
    mine = me is not None and found.associate_id == me
    if found.note_id is not None:
        day = formats.past_day(found.day, today)
        source = note_source(day, found.associate, mine=mine, say=say)
        return SaidFirst(found.body.strip(), source, quoted=True)
    if found.because in PROMISED:
        words = say(PROMISED[found.because]).format(what=_begun(what))
        by = "promised for {day} by you" if mine else "promised for {day} by {associate}"
        day = formats.near_day(found.day, today)
        return SaidFirst(words, say(by).format(day=day, associate=found.associate), quoted=False)
    if found.occasion is not None:
        return _of_occasion(found.occasion, formats, today, say)
    return _of_problem(found, what, formats.past_day(found.day, today), say, mine=mine)


def note_source(day: str, associate: str, *, mine: bool, say: Callable[[str], str] = str) -> str:
    """“from your note of 12 Sep”."""
    if mine:
        return say("from your note of {day}").format(day=day)
    if associate:
        return say("from {associate}'s note of {day}").format(associate=associate, day=day)
    return say("from a note of {day}").format(day=day)


def _of_problem(
    found: SayFirst, what: str, day: str, say: Callable[[str], str], *, mine: bool
) -> SaidFirst:
    if found.decided:
        words = say("Ask whether it is truly solved: {what}.").format(what=what)
        by = (
            "made right by you on {day}, not confirmed yet"
            if mine
            else "made right by {associate} on {day}, not confirmed yet"
        )
        return SaidFirst(words, say(by).format(day=day, associate=found.associate), quoted=False)
    words = say("{what}: not made right yet. Say what you do about it.").format(what=_begun(what))
    return SaidFirst(words, say("heard on {day}").format(day=day), quoted=False)


def _of_occasion(
    occasion: OccasionAhead, formats: Formats, today: date, say: Callable[[str], str]
) -> SaidFirst:
    day = formats.day(occasion.on)
    named = {"member": occasion.member, "occasion": say(occasion.kind), "day": day}
    if occasion.title:
        words = say("Ask about: {title}.").format(title=occasion.title.rstrip("."))
        source = say("it is on {day}").format(day=day)
    elif occasion.member:
        words = say("Ask about {member}'s {occasion}.").format(**named)
        source = say("{member}'s {occasion} is on {day}").format(**named)
    else:
        words = say("Ask about the {occasion}.").format(**named)
        source = say("the {occasion} is on {day}").format(**named)
    return SaidFirst(words, source, quoted=False)


def _begun(words: str) -> str:
    """As a sentence begins."""
    return words[:1].upper() + words[1:]
