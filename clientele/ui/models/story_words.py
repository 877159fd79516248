"""What is each entry of the story called, and what is said of it?"""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QCoreApplication

from clientele.domain.client import BookRole, Channel, HandOffState, Purpose
from clientele.domain.promises import Happened, PromiseState
from clientele.domain.recovery import RightState
from clientele.domain.rules.appointments import Outcome as Became
from clientele.domain.visits import Outcome
from clientele.store.queries.story import StoryEntry, Told
from clientele.store.queries.story_entry import StoryItem, StoryStep
from clientele.system.formats import Formats
from clientele.ui.models.plan_words import kind_words
from clientele.ui.models.promise_words import step_words
from clientele.ui.models.reaching_words import against_words
from clientele.ui.models.right_words import decision_words

translate = QCoreApplication.translate

SOLVED, NOT_SOLVED = "solved", "not solved"

INCOMING = "incoming"
"""The state of a contact that the client began."""


def title_words(entry: StoryEntry, me: int) -> str:
    """“Visit · 2 departments, one ticket”, “Promise kept”, “Became yours”."""
    kind = entry.kind
    if kind == Told.PURCHASE:
        return _ticket(entry)
    if kind == Told.CONTACT:
        return _contact(entry)
    if kind in (Told.PROMISE_STEP, Told.PROMISE_ENDED):
        return _promise(entry)
    if kind in (Told.HAND_OFF, Told.HAND_OFF_ANSWERED, Told.HAND_OFF_ENDED):
        return _hand_off(entry, me)
    if kind in (Told.BOOK, Told.BOOK_ENDED):
        return _book(entry, me)
    if kind == Told.CONSENT:
        return _consent(entry)
    if kind == Told.MERGED:
        return translate("Story", "Merged with another entry")
    return _plain(entry)


def _contact(entry: StoryEntry) -> str:
    if entry.state == INCOMING:
        return {
            Channel.CALL.value: translate("Story", "They called"),
            Channel.EMAIL.value: translate("Story", "They wrote an e-mail"),
            Channel.TEXT.value: translate("Story", "They sent a message"),
        }.get(entry.channel, translate("Story", "They got in touch"))
    return {
        Channel.CALL.value: translate("Story", "Called"),
        Channel.EMAIL.value: translate("Story", "E-mail sent"),
        Channel.TEXT.value: translate("Story", "Message sent"),
    }.get(entry.channel, translate("Story", "Contact"))


def _plain(entry: StoryEntry) -> str:
    opened = entry.state == RightState.OPEN
    return {
        Told.VISIT.value: (
            translate("Story", "In the store now")
            if entry.state == "open"
            else translate("Story", "Visit")
        ),
        Told.NOTE.value: translate("Story", "Note"),
        Told.PROMISE.value: translate("Story", "Promised"),
        Told.PART_PAYMENT.value: translate("Story", "Paid ahead"),
        Told.APPOINTMENT.value: (
            translate("Story", "Appointment moved")
            if entry.state == Became.MOVED
            else translate("Story", "Appointment cancelled")
        ),
        Told.MADE_RIGHT.value: (
            translate("Story", "To be made right") if opened else translate("Story", "Made right")
        ),
    }.get(entry.kind, entry.kind)


def _ticket(entry: StoryEntry) -> str:
    back = any(line.back for line in entry.lines)
    if back and all(line.back for line in entry.lines):
        return translate("Story", "Brought back")
    if back:
        return translate("Story", "Exchange")
    what = translate("Story", "Visit") if entry.state == "visit" else translate("Story", "Purchase")
    many = len(entry.departments)
    if many < 2:
        return what
    return translate("Story", "{what} · %n department(s), one ticket", "", many).format(what=what)


def _promise(entry: StoryEntry) -> str:
    if entry.kind == Told.PROMISE_ENDED:
        broken = entry.state == PromiseState.BROKEN
        return (
            translate("Story", "Promise broken") if broken else translate("Story", "Promise kept")
        )
    if entry.state == Happened.MOVED:
        return translate("Story", "Promise moved")
    return capital(step_words(entry.state))


def _hand_off(entry: StoryEntry, me: int) -> str:
    mine = entry.associate_id == me
    to = translate("Story", "you") if entry.to_id == me else entry.to
    if entry.kind == Told.HAND_OFF:
        words = translate("Story", "Offered to {name}")
    elif entry.kind == Told.HAND_OFF_ENDED:
        words = (
            translate("Story", "Offer to {name} withdrawn")
            if entry.state == HandOffState.WITHDRAWN
            else translate("Story", "Given back to {name}")
        )
    elif entry.state == HandOffState.DECLINED:
        words = translate("Story", "You declined") if mine else translate("Story", "{by} declined")
    else:
        words = (
            translate("Story", "You took over") if mine else translate("Story", "{by} took over")
        )
    return words.format(name=to, by=entry.associate)


def _book(entry: StoryEntry, me: int) -> str:
    mine, over = entry.associate_id == me, entry.kind == Told.BOOK_ENDED
    place = entry.departments[0] if entry.departments else ""
    if entry.state == BookRole.OWNER:
        if over:
            words = (
                translate("Story", "No longer yours")
                if mine
                else translate("Story", "No longer {name}'s")
            )
        else:
            words = (
                translate("Story", "Became yours")
                if mine
                else translate("Story", "Became {name}'s")
            )
    elif over:
        words = (
            translate("Story", "You are no longer there for {place}")
            if mine
            else translate("Story", "{name} is no longer there for {place}")
        )
    else:
        words = (
            translate("Story", "You joined for {place}")
            if mine
            else translate("Story", "{name} joined for {place}")
        )
    return words.format(name=entry.associate, place=place)


def _consent(entry: StoryEntry) -> str:
    yes = entry.state == "yes"
    return {
        Channel.CALL.value: (
            translate("Story", "May be called") if yes else translate("Story", "No calls")
        ),
        Channel.EMAIL.value: (
            translate("Story", "May be e-mailed") if yes else translate("Story", "No e-mails")
        ),
        Channel.TEXT.value: (
            translate("Story", "May be sent messages") if yes else translate("Story", "No messages")
        ),
        "": translate("Story", "May be reached")
        if yes
        else translate("Story", "Not to be reached"),
    }.get(entry.channel, entry.channel)


def said_words(entry: StoryEntry) -> str:
    """What goes on after the title: a note's words, what was promised, how it was made right."""
    words = " ".join(entry.words.split())
    if entry.kind == Told.CONTACT:
        return ": ".join(piece for piece in (*entry.about, words) if piece)
    if entry.kind != Told.MADE_RIGHT:
        return words
    about = ": ".join(piece for piece in (*entry.about, words) if piece)
    done = [
        step.word or decided_words(step)
        for step in entry.steps
        if step.what not in (SOLVED, NOT_SOLVED)
    ]
    return ", ".join(piece for piece in (about, *done) if piece)


def body_words(entry: StoryEntry, most: int) -> str:
    """The articles: bought, brought back and why, or shown and what became of them."""
    if entry.kind == Told.PURCHASE:
        pieces = [
            _back(line.item, line.why, entry) if line.back else line.item for line in entry.lines
        ]
    else:
        pieces = [item_words(item) for item in entry.shown]
    return " · ".join([piece for piece in pieces if piece][:most])


def _back(item: str, why: str, entry: StoryEntry) -> str:
    named = item or translate("Story", "an article")
    if not all(line.back for line in entry.lines):
        named = translate("Story", "brought back {item}").format(item=named)
    return f"{named}: {why}" if why else named


def item_words(item: StoryItem) -> str:
    """“Derby, black: no, too narrow”."""
    became = outcome_words(item.outcome)
    after = ", ".join(piece for piece in (became, item.why) if piece)
    return f"{item.item}: {after}" if after else item.item


def outcome_words(outcome: str) -> str:
    """What became of an article; empty while it was only shown."""
    return {
        Outcome.KEEPING.value: translate("Story", "keeping"),
        Outcome.NO.value: translate("Story", "no"),
        Outcome.WISH_LIST.value: translate("Story", "wish list"),
        Outcome.HOLD.value: translate("Story", "on hold"),
        Outcome.RETURN.value: translate("Story", "brought back"),
    }.get(outcome, "")


def decided_words(step: StoryStep) -> str:
    """“repaired”, within a line."""
    words = decision_words(step.what)
    return words[:1].lower() + words[1:]


def by_words(entry: StoryEntry, me: int, my_name: str) -> str:
    """“you, with L. Sato”; whom the words before name already is not named again."""
    if not entry.associate or entry.kind in (Told.BOOK, Told.BOOK_ENDED, Told.HAND_OFF_ANSWERED):
        return ""
    you = translate("Story", "you")
    name = you if entry.associate_id == me else entry.associate
    others = [you if other == my_name else other for other in entry.colleagues]
    if not others:
        return name
    words = translate("Story", "{name}, with {others}")
    return words.format(name=name, others=", ".join(others))


def beside_words(entry: StoryEntry, formats: Formats, today: date) -> list[str]:
    """What else stands in the small line: a receipt, who came along, until when."""
    said: list[str] = []
    if entry.companions:
        who = formats.listed(entry.companions)
        said.append(translate("Story", "came with {names}").format(names=who))
    if entry.receipt:
        said.append(translate("Story", "receipt {number}").format(number=entry.receipt))
    if entry.kind in (Told.PROMISE, Told.PROMISE_ENDED, Told.PROMISE_STEP):
        said.append(kind_words(entry.channel))
    if entry.kind == Told.NOTE and entry.state:
        sensitive = entry.state == "sensitive"
        said.append(
            translate("Story", "never said") if sensitive else translate("Story", "said first")
        )
    if entry.kind in (Told.CONTACT, Told.CONSENT) and entry.purpose == Purpose.NEWS:
        said.append(translate("Story", "news"))
    if entry.kind == Told.CONSENT and entry.purpose == Purpose.SERVICE:
        said.append(translate("Story", "their own things"))
    if entry.kind == Told.CONTACT and (against := against_words(entry.state)):
        said.append(translate("Story", "although: {why}").format(why=against))
    if entry.kind == Told.PROMISE_STEP and entry.on is not None:
        day = formats.past_day(entry.on, today)
        said.append(translate("Story", "was promised for {day}").format(day=day))
    if entry.kind in (Told.HAND_OFF, Told.HAND_OFF_ANSWERED):
        said += _terms(entry, formats, today)
    if entry.kind == Told.APPOINTMENT and entry.meant_at is not None:
        day = formats.past_day(formats.local_day(entry.meant_at), today)
        said.append(translate("Story", "was for {day}").format(day=day))
    if entry.kind == Told.PART_PAYMENT and entry.state:
        said.append(translate("Story", "taken off a ticket since"))
    if entry.kind == Told.MADE_RIGHT and entry.steps:
        last = entry.steps[-1]
        if last.what == SOLVED:
            said.append(last.word or translate("Story", "solved"))
        elif last.what == NOT_SOLVED:
            said.append(last.word or translate("Story", "not solved yet"))
    return said


def _terms(entry: StoryEntry, formats: Formats, today: date) -> list[str]:
    said: list[str] = []
    if entry.on is not None:
        day = formats.past_day(entry.on, today)
        said.append(translate("Story", "until {day}").format(day=day))
    if entry.kind == Told.HAND_OFF and entry.channel:
        said.append(translate("Story", "the client knows"))
    return said


def capital(words: str) -> str:
    """With a capital, at the beginning of a line."""
    return words[:1].upper() + words[1:]
