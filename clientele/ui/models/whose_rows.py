"""How does the book say whose a client is? Sentences and rows for the owner and all others."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QCoreApplication

from clientele.domain.client import BookRole, HandOffState
from clientele.store.queries.whose import Membership, Whose
from clientele.system.formats import Formats
from clientele.ui.models.client_names import shown_name
from clientele.ui.models.rows import Row, RowAction

translate = QCoreApplication.translate

REMOVE = "remove"
"""The name of the action that ends what an associate is to a client."""


def why_words(row: Membership, me: int, *, short: bool = False) -> str:
    """Why a client is in this book: as it was written down, or the first thing sold to them.

    ``short`` where the associate's name stands beside it.
    """
    if row.why:
        return row.why
    if not row.bought or row.bought_on is None:
        return ""
    if short:
        return translate("Whose", "bought “{item}”").format(item=row.bought)
    if row.associate_id == me:
        return translate("Whose", "bought “{item}” with you").format(item=row.bought)
    return translate("Whose", "bought “{item}” with {name}").format(
        item=row.bought, name=row.associate
    )


def owner_chip(found: Whose, me: int, formats: Formats) -> str:
    """“yours since 2021”, “L. Sato's since 2021”; empty where nobody owns the client."""
    owner = found.owner
    if owner is None:
        return ""
    year = formats.local_day(owner.since).year
    if owner.associate_id == me:
        return translate("Whose", "yours since {year}").format(year=year)
    words = translate("Whose", "{name}'s since {year}")
    if not owner.works_here:
        words = translate("Whose", "{name}'s since {year}, who left")
    return words.format(name=owner.associate, year=year)


def owner_sentence(found: Whose, me: int, formats: Formats) -> str:
    """Who owns the client, since which day."""
    client, owner = shown_name(found.named), found.owner
    if owner is None:
        return translate("Whose", "Nobody owns {client} yet.").format(client=client)
    day = formats.day_year(formats.local_day(owner.since))
    if owner.associate_id == me:
        words = translate("Whose", "{client} is yours since {day}.")
    elif owner.works_here:
        words = translate("Whose", "{client} is {name}'s since {day}.")
    else:
        words = translate("Whose", "{client} was {name}'s since {day}, who no longer works here.")
    return words.format(client=client, name=owner.associate, day=day)


def cover_words(found: Whose, me: int, today: date, formats: Formats) -> str:
    """“L. Sato is away, M. Silva covers; back Tue 24 Nov”; empty while the owner is there."""
    cover, owner = found.cover, found.owner
    if cover is None or owner is None:
        return ""
    if cover.associate_id == me:
        words = translate("Whose", "{owner} is away and you cover; back {day}")
    elif owner.associate_id == me:
        words = translate("Whose", "you are away and {cover} covers; back {day}")
    else:
        words = translate("Whose", "{owner} is away and {cover} covers; back {day}")
    day = formats.weekday_day(cover.back_on)
    return words.format(owner=owner.associate, cover=cover.associate, day=day)


def handed_words(found: Whose, me: int, formats: Formats) -> str:
    """“lent to L. Sato until Fri 27 Nov”, “offered to you, not answered yet”; or empty."""
    said = []
    for row in found.handed:
        taker = translate("Whose", "you") if row.taker.id == me else row.taker.name
        if row.state == HandOffState.OFFERED:
            words = translate("Whose", "offered to {name}, not answered yet")
        else:
            words = translate("Whose", "lent to {name} until {day}")
        day = formats.weekday_day(row.until_on) if row.until_on else ""
        part = words.format(name=taker, day=day)
        said.append(f"{part} ({row.department})" if row.department else part)
    return " · ".join(said)


def knowing_words(found: Whose, me: int) -> str:
    """“L. Sato for Shoes”, “4 colleagues know them too”; empty where there is nobody else."""
    others = [row for row in found.knowing if row.associate_id != me]
    own = [row.department for row in found.knowing if row.associate_id == me]
    parts = [translate("Whose", "you for {department}").format(department=one) for one in own]
    if len(others) == 1:
        words = translate("Whose", "{name} for {department}")
        one = others[0]
        parts.append(words.format(name=one.associate, department=one.department))
    elif others:
        parts.append(translate("Whose", "%n colleagues know them too", "", len(others)))
    return " · ".join(parts)


def knowing_rows(found: Whose, me: int, formats: Formats) -> list[Row]:
    """Who knows the client in a department, each with the way to end it."""
    return [
        Row(
            key=row.id,
            title=row.associate,
            after_title=f"· {row.department}",
            sub=_since(row, me, formats),
            actions=(RowAction(REMOVE, translate("Whose", "Remove"), "X"),),
        )
        for row in found.knowing
    ]


def past_rows(found: Whose, me: int, formats: Formats) -> list[Row]:
    """What was and ended, the latest first."""
    rows = []
    for row in found.past:
        what = translate("Whose", "owner")
        if row.role != BookRole.OWNER:
            what = row.department
        first = formats.day_year(formats.local_day(row.since))
        last = formats.day_year(formats.local_day(row.until or row.since))
        span = translate("Whose", "{first} to {last}").format(first=first, last=last)
        rows.append(
            Row(
                key=row.id,
                after_title=f"{row.associate} · {what}",
                sub=" · ".join(part for part in (span, why_words(row, me, short=True)) if part),
            )
        )
    return rows


def _since(row: Membership, me: int, formats: Formats) -> str:
    day = formats.day_year(formats.local_day(row.since))
    since = translate("Whose", "since {day}").format(day=day)
    return " · ".join(part for part in (since, why_words(row, me, short=True)) if part)
