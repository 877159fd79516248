"""How do copies of the book, and what a restore would undo, read?"""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from clientele.domain.rules.keeping_copies import Why
from clientele.store.copies import Found
from clientele.store.newer import LastThing, Newer
from clientele.store.queries.backups import AttemptRow
from clientele.system.formats import Formats
from clientele.ui.models.plan_words import channel_words
from clientele.ui.models.rows import ChipSpec, Row, RowAction
from clientele.ui.refusals import CONTEXT as REFUSAL
from clientele.ui.theme import Tone

translate = QCoreApplication.translate
CONTEXT = "backup_words"
RESTORE = "restore"


def _n(words: str) -> str:
    return str(QT_TRANSLATE_NOOP(CONTEXT, words))


MOST = 6
"""Names that are said of many."""


def why_words(why: str) -> str:
    """What a copy was made for."""
    words = {
        Why.DAILY: translate(CONTEXT, "of the day"),
        Why.BY_HAND: translate(CONTEXT, "made by hand"),
        Why.IMPORT: translate(CONTEXT, "before a file was brought in"),
        Why.MIGRATION: translate(CONTEXT, "before an update"),
        Why.RESTORE: translate(CONTEXT, "before a restore"),
        Why.KEYS: translate(CONTEXT, "before a new key"),
    }
    return words[Why(why)]


def when_words(at: datetime, formats: Formats, now: datetime) -> str:
    """“Today 10:02”, “Yesterday 18:30”, “Sat 14 Nov 18:30”."""
    day, today = formats.local_day(at), formats.local_day(now)
    clock = formats.clock_time(at)
    ago = (today - day).days
    if ago == 0:
        return translate(CONTEXT, "Today {clock}").format(clock=clock)
    if ago == 1:
        return translate(CONTEXT, "Yesterday {clock}").format(clock=clock)
    return f"{formats.past_day(day, today)} {clock}"


def size_words(size: int, formats: Formats) -> str:
    """“42 MB”."""
    if size < 1_000_000:
        return translate(CONTEXT, "{count} kB").format(count=formats.number(max(1, size // 1000)))
    return translate(CONTEXT, "{count} MB").format(count=formats.number(size // 1_000_000))


def wrong_words(row: AttemptRow, path: str, folder: str) -> str:
    """What was wrong with an attempt, in the words of its refusal."""
    values = defaultdict(str, path=path, folder=folder, file=row.file)
    return translate(REFUSAL, row.said).format_map(values)


def copy_row(
    one: Found, *, here: bool, second: bool, formats: Formats, now: datetime, closed: str
) -> Row:
    """A copy as a line of the list; ``closed`` says why it cannot be restored by who looks."""
    places = []
    if here:
        places.append(translate(CONTEXT, "on this computer"))
    if second:
        places.append(translate(CONTEXT, "in the second place"))
    chips: tuple[ChipSpec, ...] = ()
    if not one.good:
        chips = (ChipSpec(translate(CONTEXT, "does not open with the key of now"), Tone.AMBER),)
    return Row(
        key=one.path.name,
        title=when_words(one.at, formats, now),
        after_title=f"· {why_words(one.why)}",
        chips=chips,
        sub=", ".join(places),
        trailing=size_words(one.size, formats),
        actions=(RowAction(RESTORE, translate(CONTEXT, "Restore…"), "R", closed=closed),),
    )


def kind_words(table: str, count: int) -> str:
    """“3 visits”."""
    words = {
        "client": _n("%n client(s)"),
        "visit": _n("%n visit(s)"),
        "purchase": _n("%n purchase(s)"),
        "note": _n("%n note(s)"),
        "promise": _n("%n promise(s)"),
        "follow_up": _n("%n follow-up(s)"),
        "contact_made": _n("%n contact(s)"),
        "message": _n("%n message(s)"),
        "appointment": _n("%n appointment(s)"),
        "hand_off": _n("%n hand-off(s)"),
        "made_right": _n("%n problem(s) to make right"),
        "wish": _n("%n wished item(s)"),
        "preference": _n("%n preference(s)"),
        "size": _n("%n size(s)"),
        "occasion": _n("%n occasion(s)"),
        "gift": _n("%n gift(s)"),
        "part_payment": _n("%n part payment(s)"),
        "consent": _n("%n consent(s)"),
        "contact_point": _n("%n telephone number(s) or e-mail(s)"),
        "household_member": _n("%n household member(s)"),
    }
    return translate(CONTEXT, words[table], "", count)


def one_words(table: str) -> str:
    """“visit”."""
    return {
        "client": translate(CONTEXT, "added"),
        "visit": translate(CONTEXT, "visit"),
        "purchase": translate(CONTEXT, "purchase"),
        "note": translate(CONTEXT, "note"),
        "promise": translate(CONTEXT, "promise"),
        "follow_up": translate(CONTEXT, "follow-up"),
        "contact_made": translate(CONTEXT, "contact"),
        "message": translate(CONTEXT, "message"),
        "appointment": translate(CONTEXT, "appointment"),
        "hand_off": translate(CONTEXT, "hand-off"),
        "made_right": translate(CONTEXT, "problem to make right"),
        "wish": translate(CONTEXT, "wish"),
        "preference": translate(CONTEXT, "preference"),
        "size": translate(CONTEXT, "size"),
        "gift": translate(CONTEXT, "gift"),
        "part_payment": translate(CONTEXT, "part payment"),
        "consent": translate(CONTEXT, "consent"),
    }[table]


def newer_words(found: Newer, formats: Formats) -> list[str]:
    """What would go, be as it was again, or come back: a sentence each."""
    said = []
    added = [kind_words(one.table, one.added) for one in found.kinds if one.added]
    changed = [kind_words(one.table, one.changed) for one in found.kinds if one.changed]
    if added:
        words = translate(CONTEXT, "Written since, and would be lost: {kinds}.")
        said.append(words.format(kinds=formats.listed(added)))
    if changed:
        words = translate(CONTEXT, "Changed since, and would be as before: {kinds}.")
        said.append(words.format(kinds=formats.listed(changed)))
    again = [
        kind_words(kind.table, kind.gone)
        for kind in found.kinds
        if kind.gone and kind.table != "client"  # of whom the next sentence tells
    ]
    if again:
        words = translate(CONTEXT, "Not in the book now, and would be there again: {kinds}.")
        said.append(words.format(kinds=formats.listed(again)))
    if found.back:
        said.append(
            translate(
                CONTEXT,
                "%n client(s), erased or merged since, would be there again. Erase or merge anew "
                "afterwards.",
                "",
                found.back,
            )
        )
    if found.by:
        names = [
            translate(CONTEXT, "{name} ({count}, last {when})").format(
                name=one.name or translate(CONTEXT, "nobody in particular"),
                count=formats.number(one.count),
                when=formats.moment(one.last_at),
            )
            for one in found.by[:MOST]
        ]
        said.append(translate(CONTEXT, "By {names}.").format(names=formats.listed(names)))
    return said


def careful_words(found: Newer, formats: Formats) -> list[str]:
    """What must not be forgotten, and how it is seen to."""
    said = []
    if found.withdrawn:
        names = [
            f"{one.client} ({channel_words(one.channel)})" if one.channel else one.client
            for one in found.withdrawn[:MOST]
        ]
        if (more := len(found.withdrawn) - MOST) > 0:
            names.append(translate(CONTEXT, "%n more", "", more))
        words = translate(CONTEXT, "Said no to being reached since: {names}. That stays so.")
        said.append(words.format(names=formats.listed(names)))
    if found.asks:
        said.append(
            translate(
                CONTEXT,
                "Of what waited then, %n e-mail(s) will ask somebody before being sent again.",
                "",
                found.asks,
            )
        )
    if found.waiting:
        said.append(
            translate(
                CONTEXT,
                "%n e-mail(s), waiting now, would be lost and not be sent.",
                "",
                found.waiting,
            )
        )
    if found.sent:
        said.append(
            translate(
                CONTEXT,
                "%n message(s) left since, of which the book would know nothing.",
                "",
                found.sent,
            )
        )
    if found.made_by_rules:
        said.append(
            translate(
                CONTEXT,
                "The rules asked for %n occasion(s) since. They do not ask for them again, so look "
                "through what is due.",
                "",
                found.made_by_rules,
            )
        )
    return said


def last_row(number: int, one: LastThing, formats: Formats, now: datetime) -> Row:
    """One of the last things that would go."""
    return Row(
        key=number,
        title=one.client or one_words(one.table),
        after_title=f"· {one_words(one.table)}" if one.client else "",
        aside=" · ".join(filter(None, (when_words(one.at, formats, now), one.associate))),
        sub=" ".join(one.words.split())[:120],
    )
