"""How a brief speaks: of whom, at which moment, to whom, in which language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from clientele.domain.client import Channel
from clientele.services.brief_choice import Say
from clientele.store.queries.brief import Brief
from clientele.system.formats import Formats


@dataclass(frozen=True, slots=True)
class Voice:
    """A brief, and who reads it when; ``me`` is the associate who is said “you”."""

    brief: Brief
    formats: Formats
    now: datetime
    me: int | None
    say: Say

    @property
    def today(self) -> date:
        """The store's day."""
        return self.formats.local_day(self.now)

    def day(self, at: datetime) -> str:
        """“12 Sep”, of an instant that is past."""
        return self.formats.past_day(self.formats.local_day(at), self.today)

    def who(self, associate_id: int | None, name: str) -> str:
        """“you”, or the name."""
        mine = associate_id is not None and associate_id == self.me
        return self.say("you") if mine else name

    def channel(self, channel: str) -> str:
        """“call”, “e-mail”, “text”."""
        return self.say("e-mail" if channel == Channel.EMAIL else channel)
