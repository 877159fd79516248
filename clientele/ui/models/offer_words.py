"""How is an offered entry put into words? “ring 6 · fiancée”, “wedding · 5 Dec”."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from PySide6.QtCore import QCoreApplication

from clientele.domain.rules.quick_note_days import read_when
from clientele.domain.rules.quick_note_kinds import OfferKind
from clientele.store.queries.note_offers import OfferRow
from clientele.system.formats import Formats
from clientele.ui.desk import Desk
from clientele.ui.models.day_words import day_words
from clientele.ui.models.plan_words import channel_act, kind_words, occasion_words
from clientele.ui.models.rows import ChipSpec, Row, RowAction
from clientele.ui.theme import Tone

translate = QCoreApplication.translate

KEEP, DROP = "keep", "drop"

TONES = {OfferKind.PROMISE: Tone.AMBER, OfferKind.FOLLOW_UP: Tone.BLUE}
"""What asks for something to be done stands out from what is only known."""


def offer_kind_words(kind: str) -> str:
    """What it would become, as a chip says it."""
    return {
        OfferKind.PERSON.value: translate("Offer", "household"),
        OfferKind.SIZE.value: translate("Offer", "size"),
        OfferKind.LIKE.value: translate("Offer", "likes"),
        OfferKind.AVOID.value: translate("Offer", "avoids"),
        OfferKind.OCCASION.value: translate("Offer", "occasion"),
        OfferKind.BIRTHDAY.value: translate("Offer", "birthday"),
        OfferKind.PROMISE.value: translate("Offer", "promise"),
        OfferKind.FOLLOW_UP.value: translate("Offer", "follow-up"),
        OfferKind.CONTACT.value: translate("Offer", "contact"),
        OfferKind.LANGUAGE.value: translate("Offer", "language"),
        OfferKind.NAME.value: translate("Offer", "called"),
        OfferKind.WISH.value: translate("Offer", "wish"),
    }.get(kind, kind)


def offer_row(offer: OfferRow, desk: Desk) -> Row:
    """The offer as a row with its keys: Y keeps, N drops, Return corrects."""
    said = translate("Offer", "“{words}”").format(words=offer.said)
    words = [said, *_beside(offer, desk)]
    return Row(
        key=offer.id,
        title=offer_words(offer, desk.formats, desk.today()),
        after_title=f"· {_of_whom(offer)}" if _of_whom(offer) else "",
        sub=" · ".join(words),
        lead=ChipSpec(offer_kind_words(offer.kind), TONES.get(OfferKind(offer.kind), Tone.PLAIN)),
        actions=(
            RowAction(KEEP, translate("Offer", "Keep"), "Y"),
            RowAction(DROP, translate("Offer", "Drop"), "N"),
        ),
    )


def offer_words(offer: OfferRow, formats: Formats, today: date) -> str:
    """What it would hold, without of whom."""
    return _WORDS[OfferKind(offer.kind)](offer, formats, today)


def day_of_offer(when: str, formats: Formats) -> str:
    """A day as an offer holds it, for people; what is none stands as it is."""
    read = read_when(when)
    return when if read is None else day_words(read, formats)


def due_words(due: str, formats: Formats, today: date) -> str:
    """Until when, or that nobody said."""
    try:
        return formats.near_day(date.fromisoformat(due), today)
    except ValueError:
        return due or translate("Offer", "no day said")


def _of_whom(offer: OfferRow) -> str:
    name, relation = offer.fields.get("for_name", ""), offer.fields.get("for_relation", "")
    return name or relation


def _beside(offer: OfferRow, desk: Desk) -> Iterator[str]:
    """By whom and when it was noted, where that was not just now by me."""
    day = desk.formats.local_day(offer.written_at)
    if offer.associate_id != desk.me.id and offer.associate:
        yield offer.associate
    if day != desk.today():
        yield desk.formats.past_day(day, desk.today())


def _person(offer: OfferRow, formats: Formats, today: date) -> str:
    name, relation = offer.fields["name"], offer.fields["relation"]
    return " · ".join(part for part in (name, relation) if part)


def _size(offer: OfferRow, formats: Formats, today: date) -> str:
    f = offer.fields
    return " ".join(part for part in (f["category"], f["value"], f["brand"]) if part)


def _what(offer: OfferRow, formats: Formats, today: date) -> str:
    f = offer.fields
    return f"{f['what']} · {f['department']}" if f["department"] else f["what"]


def _occasion(offer: OfferRow, formats: Formats, today: date) -> str:
    f = offer.fields
    words = occasion_words(f["occasion"], f["title"], None)
    return f"{words[:1].upper()}{words[1:]} {day_of_offer(f['when'], formats)}"


def _birthday(offer: OfferRow, formats: Formats, today: date) -> str:
    return day_of_offer(offer.fields["when"], formats)


def _promise(offer: OfferRow, formats: Formats, today: date) -> str:
    f = offer.fields
    return f"{kind_words(f['promise'])} · {due_words(f['due'], formats, today)}"


def _follow_up(offer: OfferRow, formats: Formats, today: date) -> str:
    f = offer.fields
    return f"{channel_act(f['channel'])} · {due_words(f['due'], formats, today)}"


def _language(offer: OfferRow, formats: Formats, today: date) -> str:
    from babel import Locale

    name = Locale.parse(offer.fields["tag"]).get_display_name(formats.locale)
    return name or offer.fields["tag"]


def _plain(field: str) -> Callable[[OfferRow, Formats, date], str]:
    def words(offer: OfferRow, formats: Formats, today: date) -> str:
        return offer.fields[field]

    return words


_WORDS: dict[OfferKind, Callable[[OfferRow, Formats, date], str]] = {
    OfferKind.PERSON: _person,
    OfferKind.SIZE: _size,
    OfferKind.LIKE: _what,
    OfferKind.AVOID: _what,
    OfferKind.OCCASION: _occasion,
    OfferKind.BIRTHDAY: _birthday,
    OfferKind.PROMISE: _promise,
    OfferKind.FOLLOW_UP: _follow_up,
    OfferKind.CONTACT: _plain("value"),
    OfferKind.LANGUAGE: _language,
    OfferKind.NAME: _plain("name"),
    OfferKind.WISH: _plain("item"),
}
