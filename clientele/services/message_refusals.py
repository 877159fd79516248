"""Why a message was not sent, handed over or called off."""

from __future__ import annotations

from clientele.domain.errors import Refusal


class NothingWritten(Refusal):
    """A message without a word."""

    template = "There is nothing in this message yet. Write a few words, or choose a template."


class NoSubjectYet(Refusal):
    """An e-mail without a subject."""

    template = "An e-mail needs a subject. Nothing was sent and your words were kept; write one."


class AddressGone(Refusal):
    """The number or address was changed or removed since the form was opened."""

    template = (
        "“{address}” is no longer written down for this client. Nothing was sent and your words "
        "were kept; open the message again."
    )


class NoMailAccount(Refusal):
    """Nothing to send an e-mail by."""

    template = (
        "There is no mail account to send this by. Nothing was sent and your words were kept; use "
        "the mail program, or copy the words."
    )


class SayFirst(Refusal):
    """Something was handed over for this client, and nobody said whether it was sent."""

    template = (
        "Say first whether the message that was handed over before was sent. Nothing was handed "
        "over now and your words were kept."
    )


class NotWaiting(Refusal):
    """It is being sent, or was, or somebody called it off."""

    template = (
        "This message does not wait any more, so it cannot be called off. Nothing was changed; the "
        "client's story says what became of it."
    )


class SaidAlready(Refusal):
    """Whether it was sent was said before, perhaps at another terminal."""

    template = "It was said already whether this message was sent. Nothing was changed."
