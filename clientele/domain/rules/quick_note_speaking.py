"""Who speaks of whom in a note, and what of it is no more than a question or a condition?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from clientele.domain.rules.quick_note_people import (
    HE,
    OTHERS,
    SELF,
    SHE,
    Mention,
    Person,
    Who,
)
from clientele.domain.rules.quick_note_rules import TAKEN, WHO

_ENDS = re.compile(
    r"(?<!\bgr)(?<!\bmr)(?<!\bms)(?<!\bmrs)(?<!\bdr)(?<!\bst)(?<!\bno)(?<!\bnr)(?<!\bca)(?<!\bmt)"
    r"(?<!\btel)(?<!\bgeb)[.!?](?=\s|$)|\n"
)
_PARTS = re.compile(
    r"(?<!\d),|,(?!\d)|;|\s[–—-]\s|(?<=\s)(?:but|aber|maar|sondern)(?=\s)|/(?=\s)|"
    r"(?<=\s)(?:and|und|en)(?= (?:he|she|er|sie|hij|zij|ze|his|her|zijn|haar|ihr|ihre|"
    r"sein|seine|will|wears|trägt|draagt|shoes?|size|ring|loves|likes|hates|liebt|hasst|"
    r"mag|haat|birthday|schuhe?|schoenen|mag|houdt|wears|wird|wordt|turns|we|ich|wir|ik|"
    r"shoe|avoids|no|kein|keine|geen|never|wants|would)\b)"
)
_CONDITION = re.compile(
    r"(?<!\w)(?:if(?! she'?s? in)|unless|whether|maybe|perhaps|might|possibly|not sure|"
    r"unsure|no idea|"
    r"don'?t know|doesn'?t know|forgot to ask|must ask|should ask|ask(?:ed|ing)? "
    r"(?:about|for|her|him|whether|if|what|which)|"
    r"find out|to check|could be|guess|i think|wonders?|pretend|"
    r"falls|ob|vielleicht|eventuell|evtl\.?|vermutlich|womöglich|könnte|weiß nicht|unsicher|"
    r"fragen|frage|nachfragen ob|noch klären|herausfinden|glaube ich|"
    r"misschien|wellicht|eventueel|weet niet|weet nog niet|geen idee|nog vragen|vragen "
    r"of|navragen of|"
    r"mocht|indien|zou kunnen|denk ik|"
    r"wenn|als (?:ze|zij|hij|het|de|dat))(?!\w)"
)
_WITH_ALL = re.compile(
    r"(?<!\w)(?:used to|no longer|not any ?more|früher|ehemals|nicht mehr|vroeger|niet meer|"
    r"too (?:small|big|large|tight|short|long|narrow|wide|warm|expensive)|zu (?:klein|"
    r"groß|eng|kurz|lang|teuer|weit)|"
    r"te (?:klein|groot|strak|kort|lang|duur|wijd)|tried|anprobiert|probiert|gepast|paste|"
    r"years? ago|ago|damals|geleden|joked?|joking|scherz|grapje|ex-wife|ex-husband|ex)(?!\w)"
)
_PAST = re.compile(r"(?<!\w)(?:was|were|war|waren|bought|kaufte|kocht|gekauft|gekocht|had)(?!\w)")
_OTHER = re.compile(
    rf"(?<![\w-])(?:(?:the|a|an|her|his|their|our|my|der|die|das|eine?|ihr(?:e[rmn]?)?|"
    rf"sein(?:e[rmn]?)?|unser(?:e[rmn]?)?|de|het|een|haar|zijn|"
    rf"ons|onze|mijn|meine?) )?(?:\w+ )?(?:{OTHERS})(?:'s)?(?![\w-])"
)
_NOT_A_SUBJECT = re.compile(
    r"(?:with|without|by|to|told|asked|than|like|unlike|mit|ohne|als|wie|met|zonder|dan|"
    r"zoals|tegen|"
    r"from|bei|via|near|next to|and|thanks to|recommended by|sent by|referred by|through)\s*$"
)
_HE, _SHE, _SELF = (re.compile(rf"(?<![\w])(?:{words})(?![\w])") for words in (HE, SHE, SELF))


def sentences(low: str) -> Iterator[tuple[int, int]]:
    """From where to where each sentence goes, its mark included."""
    start = 0
    for mark in _ENDS.finditer(low):
        yield start, mark.end()
        start = mark.end()
    if low[start:].strip():
        yield start, len(low)


def clauses(low: str, begin: int, stop: int) -> Iterator[tuple[int, int]]:
    """The parts of a sentence between commas, and where somebody else becomes its subject."""
    start = begin
    for mark in _PARTS.finditer(low, begin, stop):
        yield start, mark.start()
        start = mark.end()
    yield start, stop


def hushed(low: str, begin: int, stop: int) -> Iterator[tuple[int, int]]:
    """What in a sentence is not said for certain: a question, a condition, what was once."""
    if low[begin:stop].rstrip().endswith("?"):
        yield begin, stop
        return
    for start, end in clauses(low, begin, stop):
        if _WITH_ALL.search(low, start, end):
            yield start, end
        condition = _CONDITION.search(low, start, end)
        if condition is not None:
            to_the_end = re.match(r"if|falls|wenn|als|unless|indien|mocht", condition.group())
            yield condition.start(), stop if to_the_end else end
            if not to_the_end and not re.match(r"ask|vrag|frag|find|to check", condition.group()):
                yield start, end


def speaking(low: str, named: Sequence[Mention], start: int, end: int) -> Person | Who:
    """Of whom the words from ``start`` to ``end`` speak."""
    after = re.match(r" ?(?:of|for|von|van|für|voor|bei)? ?(?:\ue002)", low[end:])
    inside = [one for one in named if start <= one.start < end]
    if inside:
        return inside[-1].person
    if after is not None:
        following = [one for one in named if one.start >= end]
        if following:
            return following[0].person
    began = max((stop for begin, stop in sentences(low) if stop <= start), default=0)
    return _subject(low, named, began, start)


def _subject(low: str, named: Sequence[Mention], began: int, at: int) -> Person | Who:
    """The last one named between ``began`` and ``at`` of whom something can be said."""
    events: list[tuple[int, Person | Who]] = []
    for one in named:
        if began <= one.start < at and not _NOT_A_SUBJECT.search(low[began : one.start]):
            events.append((one.start, one.person))
    for match in _OTHER.finditer(low, began, at):
        if not _NOT_A_SUBJECT.search(low[began : match.start()]):
            events.append((match.start(), Who.OTHER))
    for pattern, sex in ((_HE, "m"), (_SHE, "f")):
        for match in pattern.finditer(low, began, at):
            if re.match(rf" ?(?:{WHO}|{TAKEN})", low[match.end() :]) or _SUFFERS.search(
                low[began : match.start()]
            ):
                continue
            events.append((match.start(), _whom(named, match.start(), sex)))
    for match in _SELF.finditer(low, began, at):
        events.append((match.start(), Who.CLIENT))
    events.sort(key=lambda event: event[0])
    return events[-1][1] if events else Who.CLIENT


_SUFFERS = re.compile(
    r"(?:call|ring|phone|text|told|tell|email|mail|asked|show|give|gave|for|with|to|"
    r"know|write|bel|app|"
    r"voor|für|ruf|rufe|rufen|laat|let)\s*$"
)


def _whom(named: Sequence[Mention], at: int, sex: str) -> Person | Who:
    """Whom “he” or “she” means: the last one named whom it fits, else the client."""
    for one in reversed([one for one in named if one.start < at]):
        if one.sex in (sex, ""):
            return one.person
    return Who.CLIENT
