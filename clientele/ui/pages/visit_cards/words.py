"""How is a visit put into words? Outcomes, minutes, greetings."""

from __future__ import annotations

from datetime import datetime, timedelta

from PySide6.QtCore import QCoreApplication

from clientele.domain.rules.visits import Help, with_client
from clientele.domain.visits import Outcome
from clientele.store.queries.route import Stop
from clientele.store.queries.ticket import Item
from clientele.store.queries.visit import VisitPage
from clientele.system.formats import Formats
from clientele.ui.models.client_names import shown_name
from clientele.ui.models.rows import ChipSpec
from clientele.ui.theme import Tone

translate = QCoreApplication.translate

MINUTE = timedelta(minutes=1)


def outcome_words(outcome: str) -> str:
    """What became of an item, as a button says it."""
    return {
        Outcome.KEEPING.value: translate("Visit", "Keeping"),
        Outcome.NO.value: translate("Visit", "No"),
        Outcome.WISH_LIST.value: translate("Visit", "Wish list"),
        Outcome.HOLD.value: translate("Visit", "Hold"),
    }.get(outcome, translate("Visit", "Shown"))


def outcome_chip(item: Item, now: datetime, formats: Formats) -> ChipSpec | None:
    """“keeping”, “no, too narrow”, “wish list”, “hold until Tue”; None while nothing is said."""
    if item.rung:
        return ChipSpec(translate("Visit", "rung"), Tone.GREEN)
    if item.back:
        return ChipSpec(translate("Visit", "comes back"), Tone.AMBER)
    if item.outcome == Outcome.KEEPING:
        return ChipSpec(translate("Visit", "keeping"), Tone.GREEN)
    if item.outcome == Outcome.NO:
        words = translate("Visit", "no, {why}").format(why=item.why.strip())
        return ChipSpec(words if item.why.strip() else translate("Visit", "no"))
    if item.outcome == Outcome.WISH_LIST:
        return ChipSpec(translate("Visit", "wish list"), Tone.BLUE)
    if item.outcome == Outcome.HOLD:
        if item.hold_until is None:
            return ChipSpec(translate("Visit", "hold"), Tone.AMBER)
        day = formats.near_day(item.hold_until, formats.local_day(now))
        return ChipSpec(translate("Visit", "hold until {day}").format(day=day), Tone.AMBER)
    return None


def whys() -> tuple[str, ...]:
    """Why an article is not kept, as offered."""
    return (
        translate("Visit", "too small"),
        translate("Visit", "too large"),
        translate("Visit", "too narrow"),
        translate("Visit", "too wide"),
        translate("Visit", "colour"),
        translate("Visit", "price"),
    )


def item_detail(item: Item) -> str:
    """“10½ D · item 88213-01”."""
    parts = [item.detail]
    if item.sku and item.sku != item.item:
        parts.append(translate("Visit", "item {number}").format(number=item.sku))
    return " · ".join(part for part in parts if part)


def who_is_there(visit: VisitPage, me: int) -> str:
    """“you”, “you and L. Sato”, “L. Sato”: who is with the client now."""
    stop = visit.stop
    state = Help.NOBODY if stop is None else stop.help
    names = {visit.associate_id: visit.associate}
    if stop is not None and stop.colleague_id is not None:
        names[stop.colleague_id] = stop.colleague
    there = with_client(visit.associate_id, stop.colleague_id if stop else None, state)
    you = translate("Visit", "you")
    words = [you] if me in there else []
    words += [names[one] for one in there if one != me]
    if len(words) == 1:
        return words[0]
    return translate("Visit", "{one} and {other}").format(one=words[0], other=words[1])


def with_whom(visit: VisitPage, me: int, now: datetime, formats: Formats) -> str:
    """“with you · 24 min”, “with you and L. Sato · 24 min”."""
    if visit.left_at is not None:
        day = formats.near_day(formats.local_day(visit.left_at), formats.local_day(now))
        return translate("Visit", "left {day}").format(
            day=f"{day} {formats.clock_time(visit.left_at)}"
        )
    words = translate("Visit", "with {associate}").format(associate=who_is_there(visit, me))
    return f"{words} · {for_how_long(now - visit.arrived_at, formats)}"


def for_how_long(length: timedelta, formats: Formats) -> str:
    """“24 min”, or “just now” within the first."""
    if length < MINUTE:
        return translate("Visit", "just now")
    return formats.duration(length)


def greeted(visit: VisitPage, formats: Formats) -> str:
    """How soon after arriving they were greeted, or that they were not yet."""
    if visit.greeted_at is None:
        at = formats.clock_time(visit.arrived_at)
        return translate("Visit", "Arrived {time}").format(time=at)
    after = formats.duration(visit.greeted_at - visit.arrived_at)
    return translate("Visit", "Greeted {after} after arrival").format(after=after)


def stop_words(stop: Stop, now: datetime, formats: Formats) -> str:
    """“Men's Suits 12 min”, “Men's Shoes now”, “Accessories with L. Sato” while it is planned."""
    with_colleague = (
        translate("Visit", "{department} with {colleague}").format(
            department=stop.department, colleague=stop.colleague
        )
        if stop.colleague and stop.started_at is None
        else stop.department
    )
    if stop.started_at is None:
        return with_colleague
    if stop.ended_at is None:
        spent = now - stop.started_at
        words = translate("Visit", "now") if spent < MINUTE else formats.duration(spent)
        return f"{with_colleague} {words}"
    return f"{with_colleague} {formats.duration(stop.ended_at - stop.started_at)}"


def farewell(visit: VisitPage) -> str:
    """“Daniel Tran has left.”, and what was kept and not rung."""
    words = translate("Visit", "{client} has left.").format(client=shown_name(visit.named))
    if not visit.kept:
        return words
    kept = translate("Visit", "%n kept item(s) were not rung.", "", len(visit.kept))
    return f"{words} {kept}"
