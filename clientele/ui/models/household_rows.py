"""A household as rows: its people, who has the client in theirs, the days ahead, what was given."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QCoreApplication

from clientele.domain.preferences import PreferenceKind
from clientele.domain.rules.dates import is_moved, next_on, years_at
from clientele.store.queries.household import MemberRow, OccasionRow, OtherSide
from clientele.store.queries.household_sheet import Household
from clientele.ui.desk import Desk
from clientele.ui.models.client_names import shown_name, spoken_name
from clientele.ui.models.day_words import day_words
from clientele.ui.models.gift_words import gift_row
from clientele.ui.models.plan_words import occasion_words
from clientele.ui.models.rows import ChipSpec, Row, RowAction
from clientele.ui.theme import Tone

MEMBER, OTHER, DAY, GIFT = "member", "other", "day", "gift"
LINK, UNLINK, GIVE, WISH, KEEP, REMOVE = "link", "unlink", "give", "wish", "keep", "remove"
SOON = 14
"""Days within which a day that matters is said to be soon."""

translate = QCoreApplication.translate


def household_rows(found: Household, desk: Desk) -> list[Row]:
    """Everything of a household, in the order in which it is asked for."""
    rows = [_member(row, desk) for row in found.members]
    rows += [_other(row, found) for row in found.others]
    rows += _days(found, desk)
    for gift in found.gifts:
        row = gift_row(gift, desk)
        who = row.section
        rows.append(
            Row(
                key=(GIFT, gift.id),
                after_title=gift.what,
                aside=translate("Household", "to {name}").format(name=who),
                sub=row.sub,
                section=translate("Household", "Given"),
                actions=tuple(replace(act, shown=False) for act in row.actions),
            )
        )
    return rows


def said_of(member: MemberRow) -> str:
    """What was said here: “Jacket 44L · likes tweed”."""
    return _known(member, theirs=False)


def theirs_of(member: MemberRow, desk: Desk) -> str:
    """What their own page says, and whose page that is; empty for somebody without one."""
    if member.linked is None:
        return ""
    parts = [_known(member, theirs=True)]
    if member.linked.birthday is not None:
        parts.insert(0, _birthday(member, desk))
    known = " · ".join(part for part in parts if part)
    name = spoken_name(member.linked.named)
    words = translate("Household", "{name}'s own page: {known}") if known else ""
    if not words:
        return translate("Household", "a client: {name}").format(
            name=shown_name(member.linked.named)
        )
    return words.format(name=name, known=known)


def ahead_words(row: OccasionRow, desk: Desk) -> tuple[str, Tone]:
    """“today”, “Fri 27 Nov, turns 40” where it is soon; else nothing, with a calm tone."""
    today = desk.today()
    on = next_on(row.when, row.every_year, today)
    if on is None:
        return translate("Household", "is over"), Tone.PLAIN
    if (on - today).days > SOON or row.when.day is None:
        return "", Tone.PLAIN
    day = desk.formats.near_day(on, today)
    years = years_at(row.when, on)
    what = occasion_words(row.kind, "", years) if years else ""
    words = f"{day}, {what}" if what and not row.title else day
    if is_moved(row.when, on):
        words = translate("Household", "{day}, no 29th this year").format(day=words)
    return words, Tone.GREEN if on == today else Tone.AMBER


def next_days(
    rows: tuple[OccasionRow, ...], today: date
) -> Iterator[tuple[date | None, OccasionRow]]:
    """Days by what comes next; what came once and is over stands last."""
    found = [(next_on(row.when, row.every_year, today), row) for row in rows]
    found.sort(key=lambda one: (one[0] is None, one[0] or date.max, one[1].id))
    yield from found


def _member(row: MemberRow, desk: Desk) -> Row:
    acts = [
        RowAction(GIVE, translate("Household", "Gift"), "G"),
        RowAction(WISH, translate("Household", "Wish"), "W", shown=False),
    ]
    if row.linked is None:
        acts.insert(0, RowAction(LINK, translate("Household", "Is a client…"), "L"))
    else:
        acts.append(RowAction(UNLINK, translate("Household", "Unlink"), "L", shown=False))
    chips = (ChipSpec(translate("Household", "a client"), Tone.GREEN),) if row.linked else ()
    said = " · ".join(part for part in (said_of(row), row.about) if part)
    theirs = theirs_of(row, desk)
    return Row(
        key=(MEMBER, row.id),
        title=row.name or row.relation,
        aside=row.relation if row.name else "",
        body=said,
        sub=theirs,
        chips=chips,
        actions=tuple(acts),
        section=translate("Household", "The people they buy for"),
    )


def _other(row: OtherSide, found: Household) -> Row:
    return Row(
        key=(OTHER, row.member_id),
        title=shown_name(row.named),
        aside=row.back_relation,
        sub=other_words(row, spoken_name(found.named)),
        actions=(RowAction(KEEP, translate("Household", "Keep here too"), "A"),),
        section=translate("Household", "In the household of"),
    )


def other_words(row: OtherSide, name: str) -> str:
    """“has Robert as husband”."""
    if not row.relation:
        return translate("Household", "has {name} in the household").format(name=name)
    words = translate("Household", "has {name} as {relation}")
    return words.format(name=name, relation=row.relation)


def _days(found: Household, desk: Desk) -> Iterator[Row]:
    names = {row.id: row.name or row.relation for row in found.members}
    own = tuple(found.days)
    for member in found.members:
        own += member.occasions
    for on, row in next_days(own, desk.today()):
        ahead, tone = ahead_words(row, desk)
        years = None if on is None or ahead else years_at(row.when, on)
        who = names.get(row.member_id or 0, "")
        once = "" if row.every_year or row.when.year is None else translate("Household", "once")
        yield Row(
            key=(DAY, row.id),
            after_title=day_words(row.when, desk.formats),
            aside=" · ".join(
                part for part in (who, occasion_words(row.kind, row.title, years), once) if part
            ),
            end_chips=(ChipSpec(ahead, tone),) if ahead else (),
            section=translate("Household", "Days that matter, the next first"),
            actions=(RowAction(REMOVE, translate("Household", "Remove"), "X", shown=False),),
        )


def _known(member: MemberRow, *, theirs: bool) -> str:
    """Sizes, likes and avoids: those said here, or those of their own page."""

    def wanted(member_id: int | None) -> bool:
        return (member_id is None) is theirs

    sizes = ", ".join(
        f"{size.category} {size.value}".strip() + (f" ({size.fit})" if size.fit else "")
        for size in member.sizes
        if wanted(size.member_id)
    )
    said = [row for row in member.preferences if wanted(row.member_id)]
    likes = ", ".join(row.what for row in said if row.kind == PreferenceKind.LIKE)
    avoids = ", ".join(row.what for row in said if row.kind == PreferenceKind.AVOID)
    parts = (
        sizes,
        translate("Household", "likes {what}").format(what=likes) if likes else "",
        translate("Household", "avoids {what}").format(what=avoids) if avoids else "",
    )
    return " · ".join(part for part in parts if part)


def _birthday(member: MemberRow, desk: Desk) -> str:
    assert member.linked is not None
    assert member.linked.birthday is not None
    when, today = member.linked.birthday, desk.today()
    on = next_on(when, True, today)
    words = translate("Household", "birthday {day}").format(day=day_words(when, desk.formats))
    years = None if on is None else years_at(when, on)
    if on is not None and years and (on - today).days <= SOON:
        turns = occasion_words("birthday", "", years)
        words = f"{words}, {turns}"
    return words
