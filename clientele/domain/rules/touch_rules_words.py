"""How is a rule, a reason, a refusal and a change said in words? As pieces for the window.

A piece is an English template with its values. The window translates the template, counts with
``%n`` and puts amounts, days and names in the place of the ``{named}`` values; ``sentence`` puts
the pieces of a rule together in every language alike.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from clientele.domain.client import Channel
from clientele.domain.money import Money
from clientele.domain.rules.touch_rules import Gets, Rule, Trigger, Unit, Whose
from clientele.domain.rules.touch_rules_facts import Event
from clientele.domain.rules.touch_rules_meet import Why
from clientele.domain.rules.touch_rules_settle import Aftermath, Cause


class Says(StrEnum):
    """Which part of a rule a piece says; with the named value that it may hold."""

    WHEN = "when"
    AMOUNT = "amount"
    DEPARTMENTS = "departments"
    TAGS = "tags"
    BOOK = "associate"
    KINDS = "kinds"
    YEARS = "years"
    DO = "channel"
    TEMPLATE = "template"
    OTHERWISE = "channels"
    GETS = "gets"
    NOT_ON = "weekdays"
    ONCE_IN = "once in"
    AMONG_ALL = "among all"
    EXPIRES = "expires"
    OFF = "off"
    BECAUSE = "because"
    BECOMES = "becomes"


@dataclass(frozen=True, slots=True)
class Piece:
    """A template and what is to be put in: ``count`` for ``%n``, the others for their names."""

    says: Says
    template: str
    count: int = -1
    amount: Money | None = None
    """``{amount}``."""
    ids: tuple[int, ...] = ()
    """``{departments}``, ``{tags}``, ``{associate}``, or ``{weekdays}``, of which 0 is Monday."""
    channels: tuple[Channel, ...] = ()
    """``{channel}`` or ``{channels}``."""
    words: tuple[str, ...] = ()
    """``{template}``: the name of a template; ``{kinds}``: kinds of occasions."""
    day: date | None = None
    """``{day}``."""
    member_id: int | None = None
    """``{member}``: somebody of the household."""


AFTER = {
    (Trigger.PURCHASE, Unit.DAYS): "%n day(s) after a purchase",
    (Trigger.PURCHASE, Unit.MONTHS): "%n month(s) after a purchase",
    (Trigger.FIRST, Unit.DAYS): "%n day(s) after a first visit",
    (Trigger.FIRST, Unit.MONTHS): "%n month(s) after a first visit",
    (Trigger.ALTERATION, Unit.DAYS): "%n day(s) after an alteration was collected",
    (Trigger.ALTERATION, Unit.MONTHS): "%n month(s) after an alteration was collected",
    (Trigger.MADE_RIGHT, Unit.DAYS): "%n day(s) after a problem was made right",
    (Trigger.MADE_RIGHT, Unit.MONTHS): "%n month(s) after a problem was made right",
    (Trigger.OCCASION, Unit.DAYS): "%n day(s) before an occasion",
    (Trigger.OCCASION, Unit.MONTHS): "%n month(s) before an occasion",
    (Trigger.APPOINTMENT, Unit.DAYS): "%n day(s) before an appointment",
    (Trigger.APPOINTMENT, Unit.MONTHS): "%n month(s) before an appointment",
    (Trigger.ANNIVERSARY, Unit.DAYS): "%n day(s) after the anniversary of a purchase",
    (Trigger.ANNIVERSARY, Unit.MONTHS): "%n month(s) after the anniversary of a purchase",
}
ON_THE_DAY = {
    Trigger.PURCHASE: "On the day of a purchase",
    Trigger.FIRST: "On the day of a first visit",
    Trigger.ALTERATION: "On the day an alteration is collected",
    Trigger.MADE_RIGHT: "On the day a problem is made right",
    Trigger.OCCASION: "On the day of an occasion",
    Trigger.APPOINTMENT: "On the day of an appointment",
    Trigger.ANNIVERSARY: "On the anniversary of a purchase",
}
OVERDUE = "When a client has been away %n percent longer than usual"
FIRST_YEARS = "in the first %n year(s)"
WHOSE = {Whose.CLIENT: "of the client", Whose.HOUSEHOLD: "of somebody in the household"}
OVER = "of {amount} or more"
IN_DEPARTMENTS = "in {departments}"
WITH_TAG = "for clients with the tag {tags}"
IN_BOOK = "in the book of {associate}"
OF_KIND = "such as {kinds}"
ASK = {
    Channel.CALL: "call",
    Channel.EMAIL: "write an e-mail",
    Channel.TEXT: "ask by text",
}
TEMPLATE = "{template}"
OR_ELSE = "Or else by {channels}"
GETS = {
    Gets.SELLER: "It goes to the associate who served them, or else to the owner",
    Gets.DEPARTMENT: "It goes to who knows the client in the department, or else to the owner",
}
NOT_ON = "Not on {weekdays}"
ONCE_IN = "For one client at most once in %n day(s)"
NOT_SPACED = "Also soon after another follow-up"
EXPIRES = "Not worth doing after %n more day(s)"
OFF = "Switched off"

BECAUSE = {
    Trigger.PURCHASE: "Bought on {day}",
    Trigger.FIRST: "First here on {day}",
    Trigger.ALTERATION: "Collected an alteration on {day}",
    Trigger.MADE_RIGHT: "Made right on {day}",
    Trigger.OCCASION: "{kinds} on {day}",
    Trigger.APPOINTMENT: "Appointment on {day}",
    Trigger.RHYTHM: "Usually here every %n day(s), last on {day}",
    Trigger.ANNIVERSARY: "%n year(s) since a purchase, on {day}",
}
OF_MEMBER = "{member}: {kinds} on {day}"

WHY = {
    Why.ERASED: "The client was erased.",
    Why.MERGED: "The client was merged into another.",
    Why.OTHER_TRIGGER: "The rule now waits for something else.",
    Why.RETURNED: "All of it was brought back.",
    Why.AMOUNT: "The amount is smaller.",
    Why.CURRENCY: "The amount is in another currency.",
    Why.DEPARTMENT: "It was in another department.",
    Why.TAG: "The client does not have the tag.",
    Why.BOOK: "The client is in another book.",
    Why.KIND: "It is another kind of occasion.",
    Why.WHOSE: "It is somebody else's occasion.",
    Why.YEAR: "It was longer ago.",
    Why.ANOTHER_RULE: "Another rule fits this client more closely.",
    Why.PLANNED: "It is planned already.",
    Why.DONE: "It is done already.",
    Why.DROPPED: "It was dropped by a colleague.",
    Why.ENDED: "It was planned once, and ended.",
    Why.NOT_YET: "It is too early.",
    Why.TOO_LATE: "It is too late for it.",
    Why.NO_OWNER: "The client has no owner.",
    Why.NO_ADDRESS: "There is no number or address.",
    Why.NOT_ALLOWED: "The client did not allow it on this channel.",
    Why.CLOSED: "The store is closed on all days that it could be.",
    Why.AWAY: "The associate is away and nobody covers.",
    Why.TOO_SOON: "It would be too soon after another.",
}
CAUSES = {
    Cause.AS_IT_WAS: "Nothing changes for it.",
    Cause.OVER: "It is done, dropped or ended.",
    Cause.IN_HAND: "A colleague has taken it in hand.",
    Cause.BY_HAND: "It was planned by hand.",
    Cause.NEW_DAY: "The rule means another day.",
    Cause.RULE_OFF: "The rule was switched off.",
    Cause.RULE_GONE: "The rule was removed.",
    Cause.RULE_ON: "The rule asks for it again.",
    Cause.FACT_GONE: "It is no longer so.",
    Cause.EXPIRED: "Its time is over.",
    Cause.TWICE: "It is asked for by another one.",
}

KEPT = "%n follow-up(s) will stay unchanged."
KEPT_IN_HAND = "%n of them a colleague has taken in hand."
MOVED = "%n follow-up(s) will move to another day."
BROUGHT_BACK = "%n follow-up(s) will come back."
ENDED = "%n follow-up(s) will end."
NOTHING_MADE = "It has no follow-ups that are open; nothing else changes."

WORDS = (
    *AFTER.values(),
    *ON_THE_DAY.values(),
    *WHOSE.values(),
    *ASK.values(),
    *GETS.values(),
    *BECAUSE.values(),
    *WHY.values(),
    *CAUSES.values(),
    OVERDUE,
    FIRST_YEARS,
    OVER,
    IN_DEPARTMENTS,
    WITH_TAG,
    IN_BOOK,
    OF_KIND,
    OR_ELSE,
    NOT_ON,
    ONCE_IN,
    NOT_SPACED,
    EXPIRES,
    OFF,
    OF_MEMBER,
    KEPT,
    KEPT_IN_HAND,
    MOVED,
    BROUGHT_BACK,
    ENDED,
    NOTHING_MADE,
)
"""Every template, for the window to translate."""


_HEAD = (
    Says.WHEN,
    Says.KINDS,
    Says.AMOUNT,
    Says.DEPARTMENTS,
    Says.TAGS,
    Says.BOOK,
    Says.YEARS,
)
"""What is said in one breath, before what is to be done."""


def in_words(rule: Rule) -> tuple[Piece, ...]:
    """All that a rule says, in the order in which it reads."""
    pieces = [*_when(rule), *_whom(rule)]
    pieces.append(Piece(Says.DO, ASK[rule.channel], channels=(rule.channel,)))
    pieces.append(Piece(Says.TEMPLATE, TEMPLATE, words=(rule.template,)))
    if rule.otherwise:
        pieces.append(Piece(Says.OTHERWISE, OR_ELSE, channels=rule.otherwise))
    if rule.gets in GETS:
        pieces.append(Piece(Says.GETS, GETS[rule.gets]))
    if rule.not_on:
        pieces.append(Piece(Says.NOT_ON, NOT_ON, ids=tuple(sorted(rule.not_on))))
    if rule.once_in:
        pieces.append(Piece(Says.ONCE_IN, ONCE_IN, rule.once_in))
    if not rule.among_all:
        pieces.append(Piece(Says.AMONG_ALL, NOT_SPACED))
    pieces.append(Piece(Says.EXPIRES, EXPIRES, rule.expires))
    if not rule.on:
        pieces.append(Piece(Says.OFF, OFF))
    return tuple(pieces)


def because(event: Event) -> Piece:
    """The reason that a follow-up shows: the fact that it comes from."""
    template = BECAUSE[event.trigger]
    count = -1
    if event.trigger is Trigger.OCCASION and event.member_id is not None:
        template = OF_MEMBER
    elif event.trigger is Trigger.RHYTHM:
        count = event.rhythm or 1
    elif event.trigger is Trigger.ANNIVERSARY:
        count = event.turns or 1
    return Piece(
        Says.BECAUSE,
        template,
        count,
        amount=event.spent(),
        ids=event.departments,
        words=(event.kind,) if event.kind else (),
        day=event.day,
        member_id=event.member_id,
    )


def beforehand(after: Aftermath) -> tuple[Piece, ...]:
    """What a change of a rule would do to what it made, a sentence each; said before it is done."""
    counted = (
        (KEPT, after.kept),
        (KEPT_IN_HAND, after.in_hand),
        (MOVED, after.moved),
        (BROUGHT_BACK, after.brought_back),
        (ENDED, after.ended),
    )
    said = [Piece(Says.BECOMES, template, count) for template, count in counted if count]
    said.extend(
        Piece(Says.BECOMES, CAUSES[why] if isinstance(why, Cause) else WHY[why], count)
        for why, count in after.because
    )
    return tuple(said) or (Piece(Says.BECOMES, NOTHING_MADE),)


def sentence(pieces: Sequence[Piece], say: Callable[[Piece], str]) -> str:
    """The pieces of a rule as text; ``say`` answers one piece with its values put in.

    “3 days after a purchase of €500 or more in Men's Suits, ask by text: thank you.”
    """
    said: dict[Says, list[str]] = {}
    for piece in pieces:
        said.setdefault(piece.says, []).append(say(piece))
    head = " ".join(text for one in _HEAD for text in said.pop(one, []))
    do = ": ".join(text for one in (Says.DO, Says.TEMPLATE) for text in said.pop(one, []))
    first = ", ".join(text for text in (head, do) if text)
    return " ".join(
        f"{text}." for text in (first, *(one for rest in said.values() for one in rest))
    )


def _when(rule: Rule) -> list[Piece]:
    if rule.trigger is Trigger.RHYTHM:
        return [Piece(Says.WHEN, OVERDUE, rule.overdue)]
    if rule.wait:
        said = [Piece(Says.WHEN, AFTER[rule.trigger, rule.unit], rule.wait)]
    else:
        said = [Piece(Says.WHEN, ON_THE_DAY[rule.trigger])]
    if rule.whose in WHOSE:
        said.append(Piece(Says.WHEN, WHOSE[rule.whose]))
    return said


def _whom(rule: Rule) -> list[Piece]:
    said = []
    if rule.kinds:
        said.append(Piece(Says.KINDS, OF_KIND, words=tuple(sorted(rule.kinds))))
    if rule.least is not None:
        said.append(Piece(Says.AMOUNT, OVER, amount=rule.least))
    if rule.departments:
        ids = tuple(sorted(rule.departments))
        said.append(Piece(Says.DEPARTMENTS, IN_DEPARTMENTS, ids=ids))
    if rule.tags:
        said.append(Piece(Says.TAGS, WITH_TAG, ids=tuple(sorted(rule.tags))))
    if rule.book is not None:
        said.append(Piece(Says.BOOK, IN_BOOK, ids=(rule.book,)))
    if rule.trigger is Trigger.ANNIVERSARY:
        said.append(Piece(Says.YEARS, FIRST_YEARS, rule.years))
    return said
