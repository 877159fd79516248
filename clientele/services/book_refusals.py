"""Why a client cannot be taken or given, each in one sentence."""

from __future__ import annotations

from clientele.domain.errors import Refusal


class BookRefused(Refusal):
    """A client cannot go into, out of or from one book to another."""


class OwnedByAnother(BookRefused):
    """The client has an owner who works here."""

    template = (
        "{owner} owns this client since {since}. "
        "Nothing was changed; ask {owner} to hand them over."
    )


class AllOwned(BookRefused):
    """Each of several clients has an owner who works here."""

    template = (
        "Each of these clients has an owner. "
        "Nothing was changed; ask their owners to hand them over."
    )


class NotYoursToGive(BookRefused):
    """Some of them are another's."""

    template = (
        "Of these clients {count} cannot be given by you, the first is {owner}'s. "
        "Nothing was changed; choose your own, or ask a manager."
    )


class NobodysToGive(BookRefused):
    """Some of them are nobody's."""

    template = (
        "Of these clients {count} are in nobody's book yet. "
        "Nothing was changed; take them into yours first, or ask a manager."
    )


class AlreadyTheirs(BookRefused):
    """There is nothing to give."""

    template = "{name} owns these clients already. Nothing was changed."


class ColleagueLeft(BookRefused):
    """The taker no longer works here."""

    template = "{name} no longer works here. Nothing was changed; choose another colleague."


class NobodyChosen(BookRefused):
    """No client was named."""

    template = "No client is chosen. Nothing was changed; mark some in the list first."


class TooMany(BookRefused):
    """More than are written, and taken back, in one breath."""

    template = (
        "At most {most} clients change hands at once, and {count} are chosen. "
        "Nothing was changed; choose fewer, and go on with the others afterwards."
    )


class WithoutDepartment(BookRefused):
    """Nobody knows a client in no department."""

    template = "{name} belongs to no department. Nothing was changed; choose one for them."


class OwnsAlready(BookRefused):
    """The owner needs no second place."""

    template = "{name} owns this client already. Nothing was changed."


class NotYoursToArrange(BookRefused):
    """Whoever asks is neither the one, nor the owner, nor a manager."""

    template = (
        "Only {name}, the owner of the client or a manager can change this. Nothing was changed."
    )


class NobodyToAsk(BookRefused):
    """There is no other owner who could hand the client over."""

    template = (
        "No colleague owns this client. Nothing was changed; "
        "the client's page shows whose they are."
    )


class EndedAlready(BookRefused):
    """It ended before, perhaps at another terminal."""

    template = "This has ended already. Nothing was changed; the page shows how it stands."
