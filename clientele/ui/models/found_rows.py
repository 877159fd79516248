"""How does the search box show what was found: grouped, and each with the reason why?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from clientele.domain.rules.finding import asked_words, places
from clientele.store.queries.client_rows import ClientRow
from clientele.store.search import Hit, Why
from clientele.ui.models.client_names import shown_initials, shown_name
from clientele.ui.models.rows import Initials, Row

CONTEXT = "found"

NEW = "new client "
"""Begins the key of the row that begins with a new client."""


def _n(words: str) -> str:
    return str(QT_TRANSLATE_NOOP(CONTEXT, words))


DIRECT = (Why.NAME, Why.PHONE, Why.EMAIL, Why.REFERENCE)
"""What was typed is what they are called or reached by."""

REASONS = {
    Why.SOUNDS_LIKE: _n("sounds like {words}"),
    Why.PHONE: _n("phone {words}"),
    Why.EMAIL: _n("e-mail {words}"),
    Why.REFERENCE: _n("number {words}"),
    Why.TAG: _n("tag: {words}"),
    Why.NOTE: _n("note: {words}"),
    Why.BOUGHT: _n("bought: {words}"),
    Why.SHOWN: _n("was shown: {words}"),
    Why.WISHES: _n("wishes for: {words}"),
    Why.WEARS: _n("wears or likes: {words}"),
    Why.AVOIDS: _n("avoids: {words}"),
    Why.HOUSEHOLD: _n("household: {words}"),
    Why.FIELD: _n("{words}"),
}
"""Why a client was found, before the words that matched; a name speaks for itself."""

ROOM = 54
"""Letters of a reason that can be read in the narrowest list of results."""


def with_reason(row: Row, hit: Hit, typed: str, *, mine: bool) -> Row:
    """The row under the heading of its group, with why it was found before how to reach them."""
    asked, said = asked_words(typed), ""
    if hit.words:
        reason = QCoreApplication.translate(CONTEXT, REASONS.get(hit.why, ""))
        room = ROOM - len(reason.format(words=""))
        said = reason.format(words=", ".join(shortened(hit.words, asked, room)))
    if hit.why in DIRECT and any(word in row.sub for word in hit.words):
        said = ""  # the number or address stands there anyhow, and is marked
    return replace(
        row,
        section=heading(hit.why, mine=mine),
        sub=" · ".join(part for part in (said, row.sub) if part),
        marked=asked,
    )


def shortened(texts: Sequence[str], asked: tuple[str, ...], room: int) -> list[str]:
    """The texts in about ``room`` letters, so that in each what was asked for can be read."""
    ends = [sum(spots[-1]) if (spots := places(text, asked)) else 0 for text in texts]
    if sum(map(len, texts[:-1])) + sum(ends[-1:]) + 2 * (len(texts) - 1) <= room:
        return list(texts)  # what is cut off at the right is what nobody asked for
    cut: list[tuple[int, str]] = []
    left = room
    for at in sorted(range(len(texts)), key=lambda at: len(texts[at])):
        part = around(texts[at], asked, left // (len(texts) - len(cut)))
        cut.append((at, part))
        left -= len(part) + 2
    return [part for _, part in sorted(cut)]


def around(text: str, asked: tuple[str, ...], room: int) -> str:
    """A piece of ``text`` of about ``room`` letters, whole words, in which ``asked`` is seen."""
    spots = places(text, asked)
    if len(text) <= room or not spots:
        return text
    first, last = spots[0][0], sum(spots[-1])
    begin = text.rfind(" ", 0, first) + 1
    wanted = last - room + 1 if last > room else 0
    if wanted < begin:
        begin = text.find(" ", wanted - 1) + 1 if wanted else 0
    end = len(text)
    if end - begin > room:
        cut = text.rfind(" ", begin, begin + room)
        end = cut if cut >= last else min(begin + room, len(text))
    return f"{'…' if begin else ''}{text[begin:end].rstrip(' ,;')}{'…' if end < len(text) else ''}"


def to_choose(row: ClientRow) -> Row:
    """A client in a field that asks for one: how they are reached tells two of a name apart."""
    return Row(
        key=row.named.client_id,
        title=shown_name(row.named),
        sub=" · ".join(part for part in (row.phone, row.email, row.owner) if part),
        lead=Initials(shown_initials(row.named)),
    )


def heading(why: Why, *, mine: bool) -> str:
    """The words above a group of those who were found."""
    if why is Why.SOUNDS_LIKE:
        return QCoreApplication.translate(CONTEXT, "Near in spelling")
    if why not in DIRECT:
        return QCoreApplication.translate(CONTEXT, "By what is known of them")
    if mine:
        return QCoreApplication.translate(CONTEXT, "My book")
    return QCoreApplication.translate(CONTEXT, "Clients")


def in_groups(rows: Sequence[Row]) -> list[Row]:
    """Rows of one heading together, in the order in which the headings first come."""
    order = list(dict.fromkeys(row.section for row in rows))
    return sorted(rows, key=lambda row: order.index(row.section))


def in_order(rows: Sequence[Row], commands: Sequence[Row], *, meant: bool = False) -> list[Row]:
    """Who was found, then the commands, then who may be begun with.

    The commands come first where everybody is only near in spelling: whoever types “rules” and
    Return means the page of that name, and not a Ruben. Where a command is ``meant``, being called
    what was typed, it also comes before those of whom only something is known: “team” and Return
    opens nobody in whose note the word stands.
    """
    found = [row for row in rows if not is_beginning(row)]
    begun = [row for row in rows if is_beginning(row)]
    below = {heading(Why.SOUNDS_LIKE, mine=False)}
    if meant:
        below.add(heading(Why.NOTE, mine=False))
    if all(row.section in below for row in found):
        return [*commands, *found, *begun]
    return [*found, *commands, *begun]


def is_beginning(row: Row) -> bool:
    """Whether the row begins with somebody new, which stands below all that there is."""
    return isinstance(row.key, str) and row.key.startswith(NEW)
