"""What exactly do they like or avoid? “navy, burgundy and forest green a lot, lives in Ghent”."""

from __future__ import annotations

import re
from dataclasses import dataclass

from clientele.domain.rules.quick_note_rules import DAY, POINT, TAKEN, WHO
from clientele.domain.rules.quick_note_words import LEADING, PRONOUNS, TASTES, TRAILING, VERBS

MOST_WORDS = 5
"""Of one thing: more is a story."""

_SPLIT = re.compile(r"\s*(?:,|/|\+|&|(?<!\w)(?:and|or|und|oder|sowie|en|of|nor|noch)(?!\w))\s*")
_STOP = re.compile(
    rf"[;:!?{DAY}{POINT}{TAKEN}{WHO}]|\.(?!\w)|\(|(?<!\w)(?:but|aber|maar|because|weil|"
    rf"omdat|since|when|wenn|"
    r"for|für|voor|with|mit|met|while|so|that|dass|dat|which|wants?|if|as|like|wie|"
    r"zoals|than|after|before|except|außer|behalve|on|to|"
    r"from|near|by|around|against|gegen|tegen|bei|bij|nur|alleen|only|von|van|über|over|"
    r"in (?:the|her|his|winter|summer|sommer|der|den|het|de)|"
    r"auf|op|am|im|zu|te|om|und trägt|en draagt)(?!\w)"
)
_NEGATION = re.compile(r"(?<!\w)(?:nicht|niet|gar nicht|not|kein(?:e[nrs]?)?|geen)(?!\w)")
_RATHER = re.compile(
    r",[^,;]*?(?<!\w)(?:only|nur|alleen|lieber|liever|rather|instead|fine|okay|ok|gern|graag)(?!\w)"
)
_NOT = re.compile(r"(?:no|not|never|nie|nicht|niet|nooit|kein(?:e[nrs]?)?|geen)(?!\w)")
_BAD = re.compile(rf"(?:{PRONOUNS})(?!\w)")
_VERB = re.compile(rf"(?<!\w)(?:{VERBS})(?!\w)")
_LEAD = re.compile(rf"(?:{LEADING})\s+")
_TRAIL = re.compile(rf"\s+(?:{TRAILING})$")
_TASTE = re.compile(rf"(?:\w+ ){{0,2}}?\w*(?:{TASTES})|heels|hakken")


@dataclass(frozen=True, slots=True)
class Things:
    """The places of the things in the text, in order; ``negated`` where they turn out unloved."""

    places: tuple[tuple[int, int], ...]
    end: int
    negated: bool = False


def read_things(low: str, start: int, stop: int, avoid: bool) -> Things | None:
    """The things named between two places of ``low``, or None where it is nothing to like."""
    if avoid and (instead := _RATHER.search(low, start, stop)) is not None:
        stop = instead.start()
    cut = _STOP.search(low, start, stop)
    stop = cut.start() if cut else stop
    negated = avoid or _NEGATION.search(low, start, stop) is not None
    places: list[tuple[int, int]] = []
    begin = start
    first = True
    while begin < stop:
        mark = _SPLIT.search(low, begin, stop)
        end = mark.start() if mark else stop
        place = _bare(low, begin, end)
        after_comma = not first and "," in low[places[-1][1] if places else start : begin]
        if not first and _NOT.match(low, begin, end):
            break
        if place is None or (after_comma and not _TASTE.fullmatch(low[slice(*place)])):
            break
        places.append(place)
        first = False
        if mark is None:
            break
        begin = mark.end()
    if not places:
        return None
    return Things(tuple(places), places[-1][1], negated)


def thing_words(text: str, things: Things) -> str:
    """The things in one line, as they were typed: “navy, forest green”."""
    return ", ".join(" ".join(text[start:end].split()) for start, end in things.places)


def _bare(low: str, start: int, end: int) -> tuple[int, int] | None:
    """One thing without what stands around it; None where it is none."""
    start += len(low[start:end]) - len(low[start:end].lstrip())
    while lead := _LEAD.match(low, start, end):
        start = lead.end()
    words = low[start:end].rstrip(" .")
    while trail := _TRAIL.search(words):
        words = words[: trail.start()].rstrip()
    if not re.search(r"[^\W\d_]{3,}", words) or len(words.split()) > MOST_WORDS:
        return None
    if _BAD.match(words) or _VERB.search(words) or re.search(r"\d", words):
        return None
    if re.match(r"\w+ing(?!\w)", words) and not re.match(
        r"(?:string|ring|stocking|lining|clothing|earring)", words
    ):
        return None
    return start, start + len(words)
