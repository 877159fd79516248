"""What are people told about an e-mail that was not sent? One sentence each, and what to do.

What the server said in its own words (``Outcome.words``) is shown below the sentence, as it is.
"""

from __future__ import annotations

from clientele.domain.errors import Refusal
from clientele.system.mail_answers import Ending, Outcome, Step, Why

_SAYS: dict[tuple[Ending, Why | None], str] = {
    (Ending.REFUSED, None): (
        "{server} refused this e-mail for good. It was not sent, and its text is kept; "
        "look at the address and what the server says, then send it again."
    ),
    (Ending.UNSURE, None): (
        "{server} got the whole e-mail and did not answer. It may have arrived or not, and nobody "
        "can know from here; ask the client or look into the sent mail, then say what is true."
    ),
    (Ending.WRONG_PASSWORD, None): (
        "{server} does not accept this user name and password. "
        "Nothing was sent, and every e-mail waits; enter the password of the account anew."
    ),
    (Ending.BAD_CERTIFICATE, Why.EXPIRED): (
        "The certificate of {server} has expired. Nothing was sent, and every e-mail waits; "
        "if the date of this computer is right, tell whoever runs the mail server."
    ),
    (Ending.BAD_CERTIFICATE, Why.NOT_YET_VALID): (
        "The certificate of {server} is not valid yet. Nothing was sent, and every e-mail waits; "
        "if the date of this computer is right, tell whoever runs the mail server."
    ),
    (Ending.BAD_CERTIFICATE, Why.OTHER_NAME): (
        "Whoever answers as {server} shows a certificate for another name. Nothing was sent, and "
        "every e-mail waits; compare the server's name with what your provider tells you."
    ),
    (Ending.BAD_CERTIFICATE, Why.UNKNOWN_ISSUER): (
        "The certificate of {server} was issued by nobody this computer trusts. Nothing was sent, "
        "and every e-mail waits; ask whoever runs the mail server, and do not go on without."
    ),
    (Ending.BAD_CERTIFICATE, None): (
        "The certificate of {server} cannot be trusted. "
        "Nothing was sent, and every e-mail waits; tell whoever runs the mail server."
    ),
    (Ending.NO_TLS, Why.NOT_OFFERED): (
        "{server} offers no encryption. Nothing was sent, and every e-mail waits; "
        "choose “TLS from the start” with port 465, or ask your provider."
    ),
    (Ending.NO_TLS, Why.NOT_SPOKEN): (
        "{server} does not begin with encryption at this port. Nothing was sent, and every e-mail "
        "waits; choose “STARTTLS” with port 587, or ask your provider."
    ),
    (Ending.NO_TLS, None): (
        "{server} knows only an encryption that is no longer safe. "
        "Nothing was sent, and every e-mail waits; tell whoever runs the mail server."
    ),
    (Ending.TURNED_AWAY, Why.NO_SIGN_IN): (
        "One cannot sign in to {server} with this user name and a password. Nothing was sent, "
        "and every e-mail waits; ask your provider for a password for programs."
    ),
    (Ending.TURNED_AWAY, None): (
        "{server} takes no e-mail from this account. Nothing was sent, and every e-mail waits; "
        "look at the sender's address and what the server says."
    ),
    (Ending.LATER, Why.NOT_FOUND): (
        "{server} cannot be found: there is no network, or its name is wrong. "
        "Nothing was sent and nothing is lost; it is tried again by itself."
    ),
    (Ending.LATER, Why.UNREACHABLE): (
        "{server} cannot be reached. "
        "Nothing was sent and nothing is lost; it is tried again by itself."
    ),
    (Ending.LATER, Why.SILENT): (
        "{server} does not answer. "
        "Nothing was sent and nothing is lost; it is tried again by itself."
    ),
    (Ending.LATER, Why.SAID): (
        "{server} asks to come again later. "
        "Nothing was sent and nothing is lost; it is tried again by itself."
    ),
    (Ending.LATER, None): (
        "The connection to {server} broke before the e-mail was complete. "
        "Nothing was sent and nothing is lost; it is tried again by itself."
    ),
}

WAITS_FOR_TLS = (
    "{server} does not answer. Nothing was sent and nothing is lost; it is tried again by itself. "
    "If it never answers, choose “TLS from the start”, for at port 465 a server waits for that."
)

TEMPLATES = (*_SAYS.values(), WAITS_FOR_TLS)
"""Every sentence, for the window to translate."""


class NotSent(Refusal):
    """An e-mail did not go out, or nobody knows whether it did."""


def not_sent(outcome: Outcome, *, server: str) -> NotSent | None:
    """What to tell of an outcome, or None where it worked. ``server`` is the account's host."""
    if outcome.ending in (Ending.SENT, Ending.SIGNED_IN):
        return None
    key = (outcome.ending, outcome.why)
    if outcome.step is Step.GREETING and key == (Ending.LATER, Why.SILENT):
        return NotSent(WAITS_FOR_TLS, server=server)
    found = _SAYS.get(key) or _SAYS[outcome.ending, None]
    return NotSent(found, server=server)
