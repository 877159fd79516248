"""What is to be done? Promises and follow-ups that a note speaks of, not mere talk of work."""

from __future__ import annotations

import re

from clientele.domain.rules.quick_note_heard import Heard, Meant
from clientele.domain.rules.quick_note_rules import Rule
from clientele.domain.rules.quick_note_words import key_of

LONGEST_WORDS = 120
"""Of what was promised, in letters."""

_NOT_DONE = re.compile(
    r"(?<!\w)(?:not|don'?t|never|no need|nicht|niet|nie|nooit|kein(?:e[nrs]?)?|geen|"
    r"online|herself|himself|"
    r"selbst|zelf|cancelled|storniert|geannuleerd)(?!\w)"
)
_COMES = re.compile(
    r"[\s,;.]*(?:and |und |en )?(?:it |they |sie |er |es |ze )?(?:comes?|arrives?|komen|"
    r"due|ready|here|expected|should be|will be|kommt|kommen|da|fertig|"
    r"abholbereit|komt|klaar|binnen|verwacht|delivery|pick ?up|collect|by|bis|tot|voor|"
    r"until|for|ist|is|am|on|op|abholen|abholung|ophalen|lieferung|levering|till)\b"
)


_GONE_BY = re.compile(
    r"(?<!\w)(?:was|were|war|waren|has been|last time|letztes mal|vorige keer|perfect|before|came|"
    r"another store|let down)(?!\w)"
)
_COMMITS = re.compile(
    r"(?<!\w)(?:to be|will|shall|we|i|wir|ich|wij|we'll|i'll|needs?|must|should|promised|promise|"
    r"versprochen|beloofd|moet|moeten|zal|graag|please|bitte|lassen|laten|soll|sollen)(?!\w)"
)


def _is_meant(heard: Heard, has_day: bool) -> bool:
    """Whether it is to be done: with a day, as a commitment, or as what a list of work says.

    “The hem of last time”, “hems come up” speak of work and promise none.
    """
    before = heard.low[heard.match.start() : heard.match.start("rest")]
    words = before.split()
    rest = heard.group("rest")
    if has_day or _COMMITS.search(before) is not None:
        return True
    if len(words) == 1 and rest and not words[0].endswith("s"):
        return True
    return not rest and len(words) > 1 and words[-1].endswith(("en", "t", "d"))


def promised(rule: Rule, heard: Heard) -> Meant | None:
    """A promise to the client, with its day where one was said."""
    start, end = heard.match.span()
    if _NOT_DONE.search(heard.match.group()) or "?" in heard.match.group():
        return None
    if (
        re.match(
            r"(?:she|he|they|sie|er|zij|hij|who|customer|client)\s(?!is|ist|will be)",
            heard.low[start:],
        )
        and rule.of != "call back"
    ):
        return None
    said = heard.day(start, end)
    if said is None and _COMES.match(heard.low[end : heard.rest[1]]):
        said = heard.day(end, heard.rest[1])
        end = said.end if said else end
    if said is not None and (said.gone or said.on < heard.today):
        return None
    words = heard.text[start:end].strip(" ,;.!")
    if rule.of != "call back":
        few = len(re.findall(r"[^\W\d_]{2,}", words)) < 2
        if few or _GONE_BY.search(heard.match.group()) or not _is_meant(heard, said is not None):
            return None
    fields = {
        "promise": rule.of,
        "what": words[:LONGEST_WORDS],
        "due": said.on.isoformat() if said else "",
    }
    return Meant(rule.kind, fields, (start, end))


CHANNELS = {
    "email": r"e-?mail(?: schicken)?|mail|mailen|mailtje",
    "text": r"text|sms|whatsapp|message|app|appen|berichtje(?: sturen)?|nachricht",
    "call": ".*",
}


def to_do(rule: Rule, heard: Heard) -> Meant | None:
    """A follow-up on a day."""
    said = heard.day(*heard.match.span("day"))
    start, end = heard.match.span()
    if said is None or said.gone or said.on < heard.today:
        return None
    clause_end = re.search(r"[,;.\n]|$", heard.low[end:])
    end += clause_end.start() if clause_end else 0
    if _NOT_DONE.search(heard.low[max(0, start - 12) : end]):
        return None
    if re.search(
        r"(?:she|he|sie|er|zij|hij|they)(?:'ll| will| wird| zal| is)? $", heard.low[:start]
    ):
        return None
    channel = key_of(CHANNELS, heard.group("channel"))
    reason = " ".join(heard.text[start:end].split())[:LONGEST_WORDS]
    fields = {"channel": channel, "reason": reason, "due": said.on.isoformat()}
    return Meant(rule.kind, fields, (start, end))
