"""How is it said what was decided, what is too little and what is praised?"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from clientele.domain.recovery import Decision, RightState
from clientele.domain.rules.made_right import Reason
from clientele.store.queries.made_right import MadeRightRow, RightStepRow
from clientele.system.formats import Formats

CONTEXT = "made right"
"""The translation context of the reasons."""


def decision_words(decision: str) -> str:
    """“cash back”, “replaced”."""
    translate = QCoreApplication.translate
    return {
        Decision.CASH_BACK: translate("RightWords", "Cash back"),
        Decision.REPLACED: translate("RightWords", "Replaced"),
        Decision.REPAIRED: translate("RightWords", "Repaired"),
        Decision.CREDIT: translate("RightWords", "Store credit"),
        Decision.GIFT: translate("RightWords", "A gift"),
        Decision.APOLOGY: translate("RightWords", "An apology"),
        Decision.OTHER: translate("RightWords", "Something else"),
    }[Decision(decision)]


def step_words(step: RightStepRow) -> str:
    """What happened in one step."""
    if step.what == "solved":
        return QCoreApplication.translate("RightWords", "Solved, says the client")
    if step.what == "not solved":
        return QCoreApplication.translate("RightWords", "Not solved yet, says the client")
    return decision_words(step.what)


def done_words(row: MadeRightRow, formats: Formats) -> str:
    """What was done so far, with what it cost: “Cash back and a gift, €545.00”."""
    done = [step for step in row.steps if step.what not in ("solved", "not solved")]
    if not done:
        return ""
    words = [decision_words(what) for what in dict.fromkeys(step.what for step in done)]
    words = [words[0], *(f"{one[:1].lower()}{one[1:]}" for one in words[1:])]
    said = formats.listed(words)
    return f"{said}, {formats.money(row.cost, row.currency)}" if row.cost else said


def reason_words(reason: Reason) -> str:
    """A reason of the review."""
    if reason.count < 0:
        return QCoreApplication.translate(CONTEXT, reason.template)
    return QCoreApplication.translate(CONTEXT, reason.template, "", reason.count)


def reasons_words(reasons: Sequence[Reason]) -> str:
    """All of them, one after the other."""
    return " ".join(reason_words(reason) for reason in reasons)


def whose_words(row: MadeRightRow, me: int) -> str:
    """“yours”, or whose it is."""
    if row.associate_id == me:
        return QCoreApplication.translate("RightWords", "yours")
    return row.associate


def was_reopened(row: MadeRightRow) -> bool:
    """Whether the client said that it is not solved, and nothing was decided since."""
    return row.state == RightState.OPEN and bool(row.steps)
