"""How does an e-mail on its way look as one line, and what is in the way of it?"""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QCoreApplication

from clientele.domain.rules.permission_texts import answer_of
from clientele.domain.rules.sending import ASKS, BEING_SENT, MailState, NotYet
from clientele.domain.rules.sending_words import not_sent
from clientele.store.queries.mail_accounts import MailAccountRow
from clientele.store.queries.outbox import Outbox, OutboxRow
from clientele.system.formats import Formats
from clientele.system.mail_answers import Ending, Outcome, Step, Why
from clientele.ui.models.client_names import shown_name
from clientele.ui.models.reaching_words import refused_words
from clientele.ui.models.rows import ChipSpec, Row, RowAction
from clientele.ui.refusals import sentence_of
from clientele.ui.theme import Tone

translate = QCoreApplication.translate
CONTEXT = "outbox_rows"

AGAIN, ARRIVED, CALL_OFF = "again", "arrived", "call off"
"""The names of a row's actions."""

LONGEST = 90
"""Letters of a message that its row shows."""


def outbox_row(
    one: OutboxRow, account: MailAccountRow | None, now: datetime, formats: Formats, *, me: int
) -> Row:
    """An e-mail that waits or asks; ``account`` is the one that it leaves by."""
    asks = one.state in ASKS
    words = " ".join(one.body.split())
    short = words if len(words) <= LONGEST else words[: LONGEST - 1].rstrip() + "…"
    who = "" if one.associate_id == me else one.associate
    needs = translate(CONTEXT, "To decide on")
    return Row(
        key=one.id,
        title=shown_name(one.named),
        after_title=f"· {one.subject}" if one.subject else "",
        aside=" · ".join(filter(None, (who, _when(one, formats)))),
        body=_state_words(one, account, now, formats),
        sub=f"“{short}”" if short else "",
        lead=_chip(one, account, now),
        actions=_acts(one),
        section=needs if asks else translate(CONTEXT, "On their way"),
    )


def trouble_words(
    account: MailAccountRow, formats: Formats, now: datetime, *, whole: bool = True
) -> str:
    """What is in the way of an account; empty: nothing.

    ``whole``: with the server's own words, and when it is tried again.
    """
    trouble = account.in_the_way
    if trouble is None:
        return ""
    parts = [sentence_of(trouble)]
    if not whole:
        return parts[0]
    if account.outcome is not None and account.outcome.words:
        parts.append(_said(account.outcome.words))
    at = account.pause.next_at
    if at is not None and at > now and not account.pause.asks:
        words = translate(CONTEXT, "Next try at {clock}.")
        parts.append(words.format(clock=formats.clock_time(at)))
    return " ".join(parts)


def today_words(box: Outbox, formats: Formats, now: datetime) -> str:
    """The one line of today: what needs a person; empty where nothing does."""
    parts = []
    if box.asks:
        count = translate(CONTEXT, "%n e-mail(s) to decide on.", "", box.asks)
        parts.append(count)
    if box.without_account:
        parts.append(no_account_words())
    parts += [trouble_words(one, formats, now, whole=False) for one in box.in_the_way]
    return " ".join(parts)


def no_account_words() -> str:
    """There is nothing to send by."""
    return translate(
        CONTEXT, "There is no mail account to send by. Nothing is lost, and every e-mail waits."
    )


def _state_words(
    one: OutboxRow, account: MailAccountRow | None, now: datetime, formats: Formats
) -> str:
    server = account.host if account is not None else translate(CONTEXT, "The mail server")
    if one.state is MailState.UNSURE and one.why == NotYet.RESTORED:
        return translate(
            CONTEXT,
            "It waited when the backup was made that was restored since. It may have been sent "
            "meanwhile; ask the client or look into the sent mail, then say what is true.",
        )
    if one.state is MailState.UNSURE:
        return _ended(Outcome(Ending.UNSURE, Step.DOT), server, one.answer)
    if one.state is MailState.REFUSED:
        return _refused(one, server, formats)
    if one.state in BEING_SENT:
        return translate(CONTEXT, "It is being sent now.")
    return _waiting(one, account, now, formats)


def _waiting(
    one: OutboxRow, account: MailAccountRow | None, now: datetime, formats: Formats
) -> str:
    if account is None:
        return no_account_words()
    if account.in_the_way is not None:
        return translate(CONTEXT, "It waits until the mail account can be used again.")
    if one.not_before is not None and one.not_before > now:
        goes = translate(CONTEXT, "It goes out on {day} at {clock}.").format(
            day=formats.weekday_day(formats.local_day(one.not_before)),
            clock=formats.clock_time(one.not_before),
        )
        return f"{goes} {_not_allowed(one, formats)}" if one.why == NotYet.QUIET else goes
    if one.state is MailState.LATER:
        ended = Outcome(Ending.LATER, Step.RECIPIENT, _why(one.why))
        put_off = _ended(ended, account.host, one.answer)
        if one.next_try_at is None:
            return put_off
        at = translate(CONTEXT, "Next try at {clock}.")
        return f"{put_off} {at.format(clock=formats.clock_time(one.next_try_at))}"
    return translate(CONTEXT, "It goes out in a moment.")


def _refused(one: OutboxRow, server: str, formats: Formats) -> str:
    if one.why == NotYet.NOT_ALLOWED:
        why = _not_allowed(one, formats)
        return translate(CONTEXT, "It was not sent. {why}").format(why=why)
    if one.why == NotYet.NO_ADDRESS:
        return translate(
            CONTEXT,
            "It was not sent: the address is not the client's any more. Its text is kept; write "
            "to the new address, and call this one off.",
        )
    if one.why == NotYet.UNFIT:
        return translate(
            CONTEXT,
            "It was not sent: something in it, or in the mail account, cannot be sent by e-mail. "
            "Its text is kept; copy it into a new message, and call this one off.",
        )
    if one.why == NotYet.TOO_LATE:
        return translate(
            CONTEXT,
            "It was not sent: it waited for more than a day. Read whether it is still true, then "
            "send it again or call it off.",
        )
    return _ended(Outcome(Ending.REFUSED, Step.RECIPIENT), server, one.answer)


def _not_allowed(one: OutboxRow, formats: Formats) -> str:
    """Why the client could not be reached then, in the window's language."""
    answer = answer_of(one.answer)
    return one.answer if answer is None else refused_words(answer, formats)


def _ended(outcome: Outcome, server: str, said: str) -> str:
    refusal = not_sent(outcome, server=server)
    sentence = "" if refusal is None else sentence_of(refusal)
    return f"{sentence} {_said(said)}" if said else sentence


def _said(words: str) -> str:
    return translate(CONTEXT, "The server says: “{words}”.").format(words=words.rstrip("."))


def _why(why: str) -> Why:
    return Why(why) if why in set(Why) else Why.CUT_OFF


def _when(one: OutboxRow, formats: Formats) -> str:
    at = one.ended_at or one.queued_at
    return f"{formats.weekday_day(formats.local_day(at))} {formats.clock_time(at)}"


def _chip(one: OutboxRow, account: MailAccountRow | None, now: datetime) -> ChipSpec:
    if one.state is MailState.UNSURE:
        return ChipSpec(translate(CONTEXT, "unsure"), Tone.AMBER)
    if one.state is MailState.REFUSED:
        return ChipSpec(translate(CONTEXT, "not sent"), Tone.AMBER)
    if one.state in BEING_SENT:
        return ChipSpec(translate(CONTEXT, "being sent"), Tone.GREEN)
    if account is None or account.in_the_way is not None:
        return ChipSpec(translate(CONTEXT, "paused"), Tone.AMBER)
    if one.not_before is not None and one.not_before > now:
        return ChipSpec(translate(CONTEXT, "later"), Tone.BLUE)
    return ChipSpec(translate(CONTEXT, "waiting"), Tone.BLUE)


def _acts(one: OutboxRow) -> tuple[RowAction, ...]:
    if one.state in BEING_SENT:
        return ()
    off = RowAction(CALL_OFF, translate(CONTEXT, "Call off"), "X")
    again = RowAction(AGAIN, translate(CONTEXT, "Send again"), "S")
    if one.state is MailState.UNSURE:
        arrived = RowAction(ARRIVED, translate(CONTEXT, "It arrived"), "A")
        return (arrived, again, off)
    return (again, off) if one.state is MailState.REFUSED else (off,)
