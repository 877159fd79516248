"""What are channels, promises and occasions called on screen? What is stored stays English."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from clientele.domain.client import Channel
from clientele.domain.plans import OccasionKind
from clientele.domain.promises import PromiseKind

translate = QCoreApplication.translate


def channel_words(channel: str) -> str:
    """“call”, “e-mail”, “message”, within a line."""
    return {
        Channel.CALL.value: translate("Channel", "call"),
        Channel.EMAIL.value: translate("Channel", "e-mail"),
        Channel.TEXT.value: translate("Channel", "message"),
    }.get(channel, channel)


def channel_act(channel: str) -> str:
    """What the button says: “Call”, “Write”, “Text”."""
    return {
        Channel.CALL.value: translate("Channel", "Call"),
        Channel.EMAIL.value: translate("Channel", "Write"),
        Channel.TEXT.value: translate("Channel", "Text"),
    }.get(channel, translate("Channel", "Call"))


def kind_words(kind: str) -> str:
    """What was promised, by its kind: “Alteration”."""
    return {
        PromiseKind.ALTERATION.value: translate("PromiseKind", "Alteration"),
        PromiseKind.SPECIAL_ORDER.value: translate("PromiseKind", "Special order"),
        PromiseKind.TRANSFER.value: translate("PromiseKind", "Transfer"),
        PromiseKind.HOLD.value: translate("PromiseKind", "Hold"),
        PromiseKind.REPAIR.value: translate("PromiseKind", "Repair"),
        PromiseKind.CALL_BACK.value: translate("PromiseKind", "Call back"),
        PromiseKind.REQUEST.value: translate("PromiseKind", "A colleague asked"),
    }.get(kind, kind)


def ready_words(kind: str) -> str:
    """What is ready for a client who comes: “alteration ready”."""
    return {
        PromiseKind.ALTERATION.value: translate("PromiseKind", "alteration ready"),
        PromiseKind.SPECIAL_ORDER.value: translate("PromiseKind", "special order is in"),
        PromiseKind.TRANSFER.value: translate("PromiseKind", "transfer is in"),
        PromiseKind.HOLD.value: translate("PromiseKind", "on hold for them"),
        PromiseKind.REPAIR.value: translate("PromiseKind", "repair ready"),
    }.get(kind, translate("PromiseKind", "ready"))


def occasion_words(kind: str, title: str, years: int | None) -> str:
    """“turns 58”, “anniversary, 12 years”, “wedding”; a title stands for itself."""
    if not title and years and years > 0:
        if kind == OccasionKind.BIRTHDAY:
            return translate("Occasion", "turns {years}").format(years=years)
        if kind == OccasionKind.ANNIVERSARY:
            return translate("Occasion", "anniversary, %n year(s)", "", years)
    return (
        title
        or {
            OccasionKind.BIRTHDAY.value: translate("Occasion", "birthday"),
            OccasionKind.ANNIVERSARY.value: translate("Occasion", "anniversary"),
            OccasionKind.WEDDING.value: translate("Occasion", "wedding"),
            OccasionKind.GRADUATION.value: translate("Occasion", "graduation"),
        }.get(kind, "")
        or translate("Occasion", "a day that matters")
    )
