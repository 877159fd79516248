"""What does the window say of a client's words, and of the hours where they are?"""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QCoreApplication

from clientele.domain.client import Channel, Purpose
from clientele.domain.rules.client_zones import ZoneSource
from clientele.domain.rules.consent import agreed, refusals
from clientele.domain.rules.permission import permission
from clientele.domain.rules.permission_answers import Allowed, Wish
from clientele.domain.rules.quiet_hours import next_open, next_quiet, quiet_in
from clientele.store.queries.consent_page import ConsentPage, Word
from clientele.system.formats import Formats
from clientele.system.places import city_of
from clientele.ui.models.plan_words import channel_words
from clientele.ui.models.reaching_words import short_words
from clientele.ui.models.rows import ChipSpec, Row
from clientele.ui.theme import Tone

translate = QCoreApplication.translate


def purpose_words(purpose: str) -> str:
    """“their own things”, “news”, or “everything”."""
    return {
        Purpose.SERVICE.value: translate("Consent", "their own things"),
        Purpose.NEWS.value: translate("Consent", "news"),
    }.get(purpose, translate("Consent", "everything"))


def hours_words(page: ConsentPage, now: datetime, formats: Formats) -> str:
    """“14:05 in Amsterdam: they may be called until 21:00 there”, or until when it is quiet."""
    zones, hours = page.known.zones, page.policy.hours
    quiet = quiet_in(hours, zones.names, now)
    zone = quiet[0] if quiet else _closes_first(page, now)
    there = Formats(formats.locale, zone)
    parts = {"now": there.clock_time(now), "city": city_of(zone, formats.locale)}
    if not quiet:
        ends = next_quiet(hours, (zone,), now)
        assert ends is not None, "there is a zone"
        words = translate("Consent", "{now} in {city}: they may be called until {until} there.")
        said = words.format(**parts, until=there.clock_time(ends))
    else:
        opens = next_open(hours, zones.names, now)
        words = translate("Consent", "{now} in {city}: quiet until {until} there.")
        if opens is None:
            words, until = translate("Consent", "{now} in {city}: quiet at any hour."), ""
        else:
            until = f"{there.weekday_day(there.local_day(opens))} {there.clock_time(opens)}"
        said = words.format(**parts, until=until)
    if zones.source == ZoneSource.OWN:
        return said
    where = {
        ZoneSource.NUMBER: translate(
            "Consent", "Their time zone is not written down: what their number says."
        ),
        ZoneSource.STORE: translate("Consent", "Their time zone is not written down: the store's."),
    }[zones.source]
    return f"{said} {where}"


def _closes_first(page: ConsentPage, now: datetime) -> str:
    hours = page.policy.hours
    ends = {zone: next_quiet(hours, (zone,), now) for zone in page.known.zones.names}
    return min(ends, key=lambda zone: (ends[zone] or now, zone))


def stands(page: ConsentPage, channel: Channel, purpose: Purpose) -> str:
    """“yes”, “no”, or nothing where they were not asked."""
    return {True: "yes", False: "no", None: ""}[agreed(page.known.said, channel, purpose)]


def because(page: ConsentPage, channel: Channel, purpose: Purpose) -> Word | None:
    """The word by which it stands so; None where there is none."""
    said = page.known.said
    no = refusals(said, channel, purpose)
    standing = {(one.channel, one.purpose, one.at) for one in no}
    for word in page.words:
        one = word.said
        if one is None or not one.covers(channel, purpose):
            continue
        if no and not one.allowed and (one.channel, one.purpose, one.at) in standing:
            return word
        if not no and one.allowed:
            return word
    return None


def place_words(
    page: ConsentPage, channel: Channel, purpose: Purpose, now: datetime, formats: Formats
) -> tuple[str, bool]:
    """Why it stands so and what it comes to now; and whether they may be reached now."""
    answer = permission(Wish(channel, purpose), page.known, page.policy, now)
    may = isinstance(answer, Allowed)
    state = translate("Consent", "allowed now") if may else short_words(answer, formats)
    word = because(page, channel, purpose)
    if word is None:
        asked = translate("Consent", "not asked yet")
        return f"{asked} · {state}", may
    return f"{said_words(word, formats)} · {state}", may


def said_words(word: Word, formats: Formats) -> str:
    """“12 Nov 2026, told me at the till, R. Okafor”."""
    day = formats.day_year(formats.local_day(word.said_at))
    return ", ".join(part for part in (day, word.how, word.associate or "") if part)


def word_row(word: Word, formats: Formats) -> Row:
    """One word of the client's in the history."""
    yes = translate("Consent", "yes") if word.allowed else translate("Consent", "no")
    asked = translate("Consent", "Asked: “{words}”")
    channel = translate("Consent", "every channel")
    if word.channel:
        channel = channel_words(word.channel)
    return Row(
        key=word.id,
        title=channel,
        after_title=f"· {purpose_words(word.purpose)}",
        body=asked.format(words=word.words) if word.words else "",
        sub=said_words(word, formats),
        lead=ChipSpec(yes, Tone.GREEN if word.allowed else Tone.AMBER),
    )
