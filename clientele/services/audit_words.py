"""An entry of the audit trail as one sentence, in the reader's language and the store's ways."""

from __future__ import annotations

from collections.abc import Callable

from clientele.domain.rules import acts
from clientele.domain.rules.rights import Who
from clientele.store.queries.audit import Line
from clientele.store.queries.reading import Named
from clientele.system.formats import Formats

Say = Callable[[str], str]
Name = Callable[[Named], str]


def sentence(line: Line, formats: Formats, *, name: Name, say: Say = str) -> str:
    """“Anna Berg saw Eleanor Marsh”. ``say`` translates a template, ``name`` names a client."""
    template = acts.ACTS.get(line.act, (None, acts.UNKNOWN))[1]
    return say(template).format(
        who=who_did(line, say),
        whom=_whom(line, formats, name, say),
        what=_what(line, formats, say),
        other=line.other or say(acts.GONE_ASSOCIATE),
        count=formats.number(line.rows or line.clients),
        place=say(acts.PLACES.get(line.place, acts.SOMEWHERE)),
    )


def who_did(line: Line, say: Say = str) -> str:
    """Who it was."""
    if line.who == Who.ASSOCIATE:
        return line.associate or say(acts.GONE_ASSOCIATE)
    words = {Who.SET_UP.value: acts.SET_UP_WORDS, Who.PROGRAM.value: acts.PROGRAM_WORDS}
    return say(words.get(line.who, acts.NOBODY_WORDS))


def _whom(line: Line, formats: Formats, name: Name, say: Say) -> str:
    if line.named is not None:
        return name(line.named)
    if line.erased:
        return say(acts.ERASED_CLIENT)
    if line.clients == 0:
        return say(acts.NO_CLIENT)
    names = [name(one) for one in line.others]
    if len(names) == line.clients:
        return formats.listed(names)
    count = formats.number(line.clients)
    if not names:
        return say(acts.SEVERAL).format(count=count)
    return say(acts.AND_MORE).format(names=", ".join(names), count=count)


def _what(line: Line, formats: Formats, say: Say) -> str:
    words = acts.fields_of(list(line.columns))
    return formats.listed([say(one) for one in words]) if words else say(acts.SOMETHING)
