"""What is a follow-up for, whose is it, and why is its reason gone? In words."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QCoreApplication

from clientele.domain.client import Purpose
from clientele.domain.rules.expiring import Because
from clientele.domain.rules.follow_up_purpose import purpose_of
from clientele.domain.rules.touch_rules_facts import Source
from clientele.domain.rules.touch_rules_meet import Why
from clientele.domain.rules.touch_rules_settle import Cause
from clientele.store.queries.follow_up_source import Behind
from clientele.store.queries.follow_ups import FollowUpRow
from clientele.system.formats import Formats
from clientele.ui.models.plan_words import kind_words, occasion_words

translate = QCoreApplication.translate


def behind_words(one: Behind, today: date, formats: Formats) -> str:
    """“Purchase of 5 Nov: boots”, “Promise by 24 Nov: new heel”, “Wish of 2 Nov: scarf”."""
    day = "" if one.on is None else formats.past_day(one.on, today)
    if one.source == Source.RHYTHM:
        return translate("Behind", "Their own rhythm of coming in")
    what = one.what
    if one.source == Source.OCCASION:
        what = occasion_words(one.kind, one.what, None)
        if one.who:
            what = translate("Behind", "{who}, {what}").format(who=one.who, what=what)
    elif one.source == Source.PROMISE:
        what = f"{kind_words(one.kind)}, {one.what}" if one.what else kind_words(one.kind)
    words = {
        Source.PURCHASE: translate("Behind", "Purchase of {day}"),
        Source.VISIT: translate("Behind", "Visit of {day}"),
        Source.PROMISE: translate("Behind", "Promise for {day}"),
        Source.MADE_RIGHT: translate("Behind", "Problem of {day}"),
        Source.OCCASION: translate("Behind", "Occasion on {day}"),
        Source.APPOINTMENT: translate("Behind", "Appointment on {day}"),
        Source.WISH: translate("Behind", "Wish of {day}"),
        Source.BIRTHDAY: translate("Behind", "Their birthday on {day}"),
    }[one.source].format(day=day)
    return f"{words.rstrip()}: {what}" if what else words


def because_words(because: str) -> str:
    """Why the reason of a follow-up is gone, or why its rule took it back."""
    return {
        Because.WISH_ENDED.value: translate("Because", "the wish was fulfilled or given up"),
        Because.HOLD_ENDED.value: translate("Because", "the hold has ended"),
        Because.OCCASION_OVER.value: translate("Because", "the occasion is over"),
        Because.APPOINTMENT_OVER.value: translate("Because", "the appointment is over"),
        Because.TOO_LATE.value: translate("Because", "it is too late for it by now"),
        Cause.RULE_OFF.value: translate("Because", "its rule was switched off"),
        Cause.RULE_GONE.value: translate("Because", "its rule was removed"),
        Cause.FACT_GONE.value: translate("Because", "what it was for is no longer so"),
        Cause.EXPIRED.value: translate("Because", "it is too late for it by now"),
        Cause.TWICE.value: translate("Because", "another one asks for the same"),
        Why.RETURNED.value: translate("Because", "what was bought was brought back"),
    }.get(because) or translate("Because", "its rule no longer asks for it")


def purpose_in_words(row: FollowUpRow) -> str:
    """“about their own things”, “about news”."""
    about = purpose_of(row.purpose, row.source, purchase_id=row.purchase_id, visit_id=row.visit_id)
    if about == Purpose.NEWS:
        return translate("Purpose", "about news")
    return translate("Purpose", "about their own things")
