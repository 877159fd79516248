"""What became of sending a letter, and what does a server's answer mean at each step?"""

from __future__ import annotations

import re
import unicodedata
from base64 import b64encode
from dataclasses import dataclass, field
from enum import StrEnum


class Ending(StrEnum):
    """How it ended."""

    SENT = "sent"
    SIGNED_IN = "signed in"  # only tried, nothing was sent
    REFUSED = "refused"  # this letter, for good
    LATER = "later"  # nothing was sent; the same may work another time
    UNSURE = "unsure"  # it was all there, and no answer came: nobody can know
    WRONG_PASSWORD = "wrong password"
    BAD_CERTIFICATE = "bad certificate"
    NO_TLS = "no tls"
    TURNED_AWAY = "turned away"  # this account or this terminal, before any letter


OF_THE_ACCOUNT = frozenset(
    {Ending.WRONG_PASSWORD, Ending.BAD_CERTIFICATE, Ending.NO_TLS, Ending.TURNED_AWAY}
)
"""What no letter is to blame for: every other one would end the same."""


class Step(StrEnum):
    """How far it came. The letter is complete for the server with the dot, never before."""

    CONNECT = "connect"
    TLS = "tls"
    GREETING = "greeting"
    HELLO = "hello"
    STARTTLS = "starttls"
    SIGN_IN = "sign in"
    SENDER = "sender"
    RECIPIENT = "recipient"
    DATA = "data"
    BODY = "body"
    DOT = "dot"


BEFORE_THE_LETTER = frozenset(
    {Step.CONNECT, Step.TLS, Step.GREETING, Step.HELLO, Step.STARTTLS, Step.SIGN_IN}
)
"""What goes wrong there would go wrong with every letter of the account."""


class Why(StrEnum):
    """What was wrong, where it is known."""

    NOTHING = ""
    SAID = "said"  # the server said so, in its own words
    NOT_FOUND = "not found"  # no such server, or no network to ask for it
    UNREACHABLE = "unreachable"
    SILENT = "silent"
    CUT_OFF = "cut off"
    ODD = "odd"  # an answer that is none
    EXPIRED = "expired"
    NOT_YET_VALID = "not yet valid"
    OTHER_NAME = "other name"
    UNKNOWN_ISSUER = "unknown issuer"
    UNTRUSTED = "untrusted"  # the certificate, for any other reason
    NOT_OFFERED = "not offered"  # no STARTTLS
    NOT_SPOKEN = "not spoken"  # no TLS on this port
    TOO_OLD = "too old"  # TLS before 1.2
    NO_SIGN_IN = "no sign-in"  # none that can be done with a password, or one that is missing


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of it. ``words`` are the server's, cleaned: for the screen, never for the log."""

    ending: Ending
    step: Step
    why: Why = Why.NOTHING
    code: int = 0
    words: str = field(default="", repr=False)

    @property
    def stops_the_account(self) -> bool:
        """Whether the other letters of this account are to be left alone, for now at least."""
        late = self.ending is Ending.LATER and self.step in BEFORE_THE_LETTER
        return late or self.ending in OF_THE_ACCOUNT


def judged(step: Step, code: int, words: str = "") -> Outcome | None:
    """What an answer with ``code`` at ``step`` ends in, or None where it leads on.

    What is refused before the recipient was named is not the letter's fault (but for its size);
    after the dot only an answer that is one (RFC 5321, 4.2.5) tells whether the letter was taken.
    """
    kind = code // 100
    if step is Step.DOT and kind == 2:
        return Outcome(Ending.SENT, step, Why.SAID, code, words)
    if kind == (3 if step is Step.DATA else 2) and step is not Step.BODY:
        return None
    if kind == 4:
        return Outcome(Ending.LATER, step, Why.SAID, code, words)
    if kind == 5:
        ending, why = _for_good(step, code, words)
        return Outcome(ending, step, why, code, words)
    return lost(step, Why.ODD, words)


def lost(step: Step, why: Why, words: str = "") -> Outcome:
    """What it ends in when the connection is: only from the dot on can the letter have arrived."""
    return Outcome(Ending.UNSURE if step is Step.DOT else Ending.LATER, step, why, words=words)


def _for_good(step: Step, code: int, words: str) -> tuple[Ending, Why]:
    if step is Step.STARTTLS:
        return Ending.NO_TLS, Why.NOT_OFFERED
    if step is Step.SIGN_IN:
        # 500 to 504: it does not know the command or the way, so the password was not looked at.
        if 500 <= code <= 504:
            return Ending.TURNED_AWAY, Why.NO_SIGN_IN
        return Ending.WRONG_PASSWORD, Why.SAID
    if step is Step.SENDER and not _too_big(code, words):
        return Ending.TURNED_AWAY, Why.NO_SIGN_IN if code == 530 else Why.SAID
    if step in (Step.GREETING, Step.HELLO):
        return Ending.TURNED_AWAY, Why.SAID
    return Ending.REFUSED, Why.SAID


def _too_big(code: int, words: str) -> bool:
    return code == 552 or words.startswith(("5.3.4", "5.2.3"))


def cleaned(said: str, password: str = "") -> str:
    """A server's words for people: one line, nothing that is not text, not too long, no password.

    A server that quotes what it was given must not bring the password to the screen.
    """
    secrets = (password, b64encode(password.encode("utf-8", "replace")).decode("ascii"))
    for secret in filter(None, secrets):
        said = said.replace(secret, "…")
    shown = "".join(" " if one.isspace() else one for one in said if _is_shown(one))
    short = re.sub(" +", " ", shown).strip()
    return short if len(short) <= 300 else short[:299] + "…"


def _is_shown(character: str) -> bool:
    """Not what is unseen or turns the writing round, unless it only parts two words."""
    return character.isspace() or unicodedata.category(character) not in {"Cc", "Cf", "Co", "Cs"}
