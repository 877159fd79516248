"""Rules, reasons and what a change does, in the reader's words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from PySide6.QtCore import QCoreApplication

from clientele.domain.rules.touch_rules import Gets, Rule, Trigger, Unit, Whose
from clientele.domain.rules.touch_rules_facts import Event
from clientele.domain.rules.touch_rules_meet import Why
from clientele.domain.rules.touch_rules_settle import Aftermath, Cause
from clientele.domain.rules.touch_rules_words import (
    CAUSES,
    WHY,
    Piece,
    Says,
    because,
    beforehand,
    in_words,
    sentence,
)
from clientele.store.queries.touch_rules import RuleNames
from clientele.system.formats import Formats
from clientele.ui.models.plan_words import channel_words, occasion_words

translate = QCoreApplication.translate

CONTEXT = "Rule"
MONDAY = date(2024, 1, 1)
"""Any Monday, by which the names of weekdays are asked for."""

_PLAIN_TO_SEE = frozenset({CAUSES[Cause.RULE_OFF], CAUSES[Cause.RULE_GONE]})
"""Who switches a rule off need not be told that it was."""


@dataclass(frozen=True, slots=True)
class RuleVoice:
    """What rules are said with: names of departments, tags, associates, templates and people."""

    formats: Formats
    names: RuleNames
    templates: Mapping[str, str] = field(default_factory=dict)

    def rule(self, rule: Rule) -> str:
        """The whole rule, as a manager would say it."""
        return sentence(in_words(rule), self.say)

    def because(self, event: Event, members: Mapping[int, str] | None = None) -> str:
        """The fact that a follow-up comes from."""
        words = self.say(because(event), members or {})
        return words[:1].upper() + words[1:]

    def beforehand(self, after: Aftermath) -> str:
        """What a change does to what a rule made."""
        said = (piece for piece in beforehand(after) if piece.template not in _PLAIN_TO_SEE)
        return " ".join(self._counted(piece) for piece in said)

    def say(self, piece: Piece, members: Mapping[int, str] | None = None) -> str:
        """One piece, with its values put in."""
        words = translate(CONTEXT, piece.template, "", piece.count)
        listed = self.formats.listed
        values = {
            "amount": "" if piece.amount is None
            else self.formats.money(piece.amount.minor, piece.amount.currency, cents=False),
            "departments": listed(self._named(self.names.departments, piece.ids)),
            "tags": listed([f"“{one}”" for one in self._named(self.names.tags, piece.ids)]),
            "associate": listed(self._named(self.names.associates, piece.ids)),
            "weekdays": listed(self._weekdays(piece.ids) if piece.says is Says.NOT_ON else []),
            "channel": listed([channel_words(one.value) for one in piece.channels]),
            "channels": listed([channel_words(one.value) for one in piece.channels]),
            "kinds": listed([occasion_words(one, "", None) for one in piece.words]),
            "template": self._template(piece),
            "day": "" if piece.day is None else self.formats.day_year(piece.day),
            "member": (members or {}).get(piece.member_id or 0)
            or translate(CONTEXT, "Somebody of the household"),
        }  # fmt: skip
        return words.format(**values)

    def _counted(self, piece: Piece) -> str:
        words = self.say(piece)
        if piece.count >= 0 and "%n" not in piece.template:
            number = self.formats.number(piece.count)
            return translate(CONTEXT, "{count}: {why}").format(count=number, why=words)
        return words

    def _named(self, names: Mapping[int, str], ids: Iterable[int]) -> list[str]:
        gone = translate(CONTEXT, "one that is gone")
        return [names.get(one, gone) for one in ids]

    def _weekdays(self, days: Iterable[int]) -> list[str]:
        return [self.formats.weekday_name(MONDAY + timedelta(days=one)) for one in days]

    def _template(self, piece: Piece) -> str:
        if piece.says is not Says.TEMPLATE:
            return ""
        key = piece.words[0]
        return f"“{self.templates.get(key, key)}”"


def why_words(why: Why) -> str:
    """Why a rule does not reach a client."""
    return translate(CONTEXT, WHY[why])


def trigger_words() -> list[tuple[str, str]]:
    """The moments that a rule may wait for, to choose from."""
    return [
        (Trigger.PURCHASE.value, translate(CONTEXT, "a purchase")),
        (Trigger.FIRST.value, translate(CONTEXT, "a first visit")),
        (Trigger.ALTERATION.value, translate(CONTEXT, "an alteration collected")),
        (Trigger.MADE_RIGHT.value, translate(CONTEXT, "a problem made right")),
        (Trigger.OCCASION.value, translate(CONTEXT, "an occasion ahead")),
        (Trigger.APPOINTMENT.value, translate(CONTEXT, "an appointment ahead")),
        (Trigger.RHYTHM.value, translate(CONTEXT, "longer away than usual")),
        (Trigger.ANNIVERSARY.value, translate(CONTEXT, "a year since a purchase")),
    ]


def unit_words() -> list[tuple[str, str]]:
    """What a wait is counted in."""
    return [
        (Unit.DAYS.value, translate(CONTEXT, "days")),
        (Unit.MONTHS.value, translate(CONTEXT, "months")),
    ]


def gets_words() -> list[tuple[str, str]]:
    """Whose follow-up it becomes."""
    return [
        (Gets.OWNER.value, translate(CONTEXT, "the owner")),
        (Gets.SELLER.value, translate(CONTEXT, "who served them")),
        (Gets.DEPARTMENT.value, translate(CONTEXT, "who knows them there")),
    ]


def whose_words() -> list[tuple[str, str]]:
    """Whose occasions."""
    return [
        (Whose.ANYBODY.value, translate(CONTEXT, "anybody's")),
        (Whose.CLIENT.value, translate(CONTEXT, "the client's own")),
        (Whose.HOUSEHOLD.value, translate(CONTEXT, "the household's")),
    ]
