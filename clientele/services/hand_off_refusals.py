"""Why a hand-off cannot be made or answered, each in one sentence."""

from __future__ import annotations

from clientele.domain.errors import Refusal


class HandOffRefused(Refusal):
    """A hand-off that cannot be, or a move that is not to be made with it."""


class ToOneself(HandOffRefused):
    """Giver and taker are one."""

    template = (
        "A client cannot be handed to whoever has them already. "
        "What you typed is still there; choose a colleague."
    )


class ColleagueLeft(HandOffRefused):
    """The one it is offered to no longer works here."""

    template = "{name} no longer works here. Nobody was handed over; choose another colleague."


class NotYoursToGive(HandOffRefused):
    """Somebody else owns the client."""

    template = (
        "{name} owns this client, so only {name} can hand them over. "
        "What you typed is still there; ask {name}, or hand over your own department alone."
    )


class NobodysToGive(HandOffRefused):
    """Nobody owns the client."""

    template = (
        "This client is in nobody's book yet. What you typed is still there; "
        "take them into yours first, then hand them over."
    )


class OfferedAlready(HandOffRefused):
    """The same, to the same colleague, waits for an answer."""

    template = (
        "{name} was offered this already and has not answered yet. What you typed is still "
        "there; change the note of that offer on Today, or withdraw it first."
    )


class LentAlready(HandOffRefused):
    """It is with a colleague for some days."""

    template = "{name} has this for now. Nothing was changed; it can be lent again when it is back."


class DayIsOver(HandOffRefused):
    """The last day of a loan lies in the past."""

    template = (
        "That day is over. What you typed is still there; "
        "choose a day from today on, or hand over for good."
    )


class LoanIsOver(HandOffRefused):
    """A loan that nobody answered or gave back until its last day."""

    template = (
        "This was until a day that is over, so it has ended by itself. "
        "Nothing was changed; the client is with whoever handed them over."
    )


class NoLongerTheirs(HandOffRefused):
    """The client has another owner since it was offered."""

    template = (
        "This client is no longer {name}'s to hand over. Nothing was changed; "
        "decline the offer, and look on the client's page whose they are."
    )


class NotYoursAnyMore(HandOffRefused):
    """The client went on to another owner."""

    template = (
        "This client is no longer {name}'s, so they cannot be given back. "
        "Nothing was changed; the client's page says whose they are."
    )


class GiverLeft(HandOffRefused):
    """Whoever handed the client over no longer works here."""

    template = (
        "{name} no longer works here, so the client cannot go back to them. "
        "Nothing was changed; hand them over to another colleague."
    )


class NotYourMove(HandOffRefused):
    """It is for somebody else to say."""

    template = "Only {name}, or who covers for {name}, can do this. Nothing was changed."


class AnsweredAlready(HandOffRefused):
    """It was answered, withdrawn or given back, perhaps at another terminal."""

    template = (
        "This was answered or ended already. Nothing was changed; the page shows how it stands."
    )
