"""How a client can be reached: on which channels, and which of them they do not want."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from clientele.domain.client import Channel


@dataclass(frozen=True, slots=True)
class Way:
    """One channel: the number or address, and what the client said of it (None: nothing yet)."""

    channel: str
    value: str
    allowed: bool | None

    @property
    def open(self) -> bool:
        """Whether it may be offered: there is an address, and the client did not refuse it."""
        return bool(self.value) and self.allowed is not False


def ways(
    phone: str, email: str, allowed: Collection[str], refused: Collection[str]
) -> tuple[Way, ...]:
    """Call, e-mail and text, in this order, with what the client said last of each."""
    values = {Channel.CALL: phone, Channel.EMAIL: email, Channel.TEXT: phone}
    return tuple(
        Way(
            channel.value,
            value,
            False if channel in refused else (True if channel in allowed else None),
        )
        for channel, value in values.items()
    )


def way_for(channel: str, offered: Collection[Way]) -> Way | None:
    """The way that was meant, or another that is open; None when the client cannot be reached.

    One that the client allowed comes before one of which they said nothing.
    """
    meant = next((way for way in offered if way.channel == channel), None)
    if meant is not None and meant.open:
        return meant
    others = [way for way in offered if way.open]
    return next((way for way in others if way.allowed), others[0] if others else None)
