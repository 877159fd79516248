"""What does an e-mail look like on its way: who from, who to, headers that hold, and its text?

A letter is one plain text to one person. The same values always make the same bytes, so that a
letter that is sent again is the same letter, with the same Message-ID. Header lines are written
here and not by ``EmailMessage``: while folding them it takes a long address of a List-Unsubscribe
or Message-ID for words to be encoded, and loses the quotes of a long name (CVE-2024-6923 and its
kin are of the same code). Nothing here reads the clock or opens a connection.
"""

from __future__ import annotations

import re
import secrets
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from email.header import Header
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from enum import StrEnum
from urllib.parse import quote

LINE = 76
"""Characters of a line: RFC 2045 allows quoted-printable no more, RFC 2047 an encoded word 75."""

LONGEST_NAME = 120
LONGEST_SUBJECT = 400

_ATEXT = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]"
_DOT_ATOM = re.compile(rf"{_ATEXT}+(\.{_ATEXT}+)*")
_LOCAL = re.compile(rf"({_ATEXT}|\.)+")
_LABEL = re.compile(r"[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?")
_KEPT = frozenset("ßς")  # what the rules of 2003 changed and those of 2008 keep
_DOTS = re.compile("[.\u3002\uff0e\uff61]")
_PHRASE = re.compile(rf"{_ATEXT}+( {_ATEXT}+)*")
_MESSAGE_ID = re.compile(rf"<{_ATEXT}+(\.{_ATEXT}+)*@[A-Za-z0-9.-]+>")
_LINK = re.compile(r"(mailto|https):[!#-;=?-~]+", re.IGNORECASE)  # visible ASCII but " < >
_BODY = SMTP.clone(max_line_length=LINE)


class Part(StrEnum):
    """What of a letter or an account cannot be used."""

    SENDER = "sender"
    REPLY_TO = "reply to"
    RECIPIENT = "recipient"
    SUBJECT = "subject"
    TEXT = "text"
    MESSAGE_ID = "message id"
    UNSUBSCRIBE = "unsubscribe"
    SERVER = "server"
    PORT = "port"
    USER = "user"


class Unfit(ValueError):
    """A part of a letter that no server could be given. It names the part, never what was in it."""

    def __init__(self, part: Part) -> None:
        self.part = part
        super().__init__(part.value)


@dataclass(frozen=True, slots=True)
class Mailbox:
    """An e-mail address as people write it, with a name that may be empty."""

    address: str
    name: str = ""


def compose(
    sender: Mailbox,
    to: Mailbox,
    *,
    subject: str,
    text: str,
    message_id: str,
    now: datetime,
    reply_to: Mailbox | None = None,
    unsubscribe: str = "",
) -> bytes:
    """The letter in the bytes that go to a server: ASCII alone, lines ended by CR LF.

    ``message_id`` is made once, when the letter is queued (``new_message_id``), and ``now`` is the
    aware instant that it was written. ``unsubscribe`` is for news: a ``mailto:`` or ``https:``
    link (RFC 2369). The text keeps its long lines: every program wraps them to its window.

    Raises ``Unfit``: an address that is none, a line break or control character in anything but
    the text, a character that cannot be written. ``ValueError``: ``now`` is not aware.
    """
    if now.tzinfo is None:
        raise ValueError("an instant without a zone")
    if not _MESSAGE_ID.fullmatch(message_id):
        raise Unfit(Part.MESSAGE_ID)
    lines = [
        ("Message-ID", message_id),
        ("Date", format_datetime(now)),
        ("From", _mailbox(sender, Part.SENDER)),
        ("To", _mailbox(to, Part.RECIPIENT)),
        ("Subject", _subject(subject)),
        ("Auto-Submitted", "no"),  # a person wrote it, RFC 3834
    ]
    if reply_to is not None:
        lines.insert(3, ("Reply-To", _mailbox(reply_to, Part.REPLY_TO)))
    if unsubscribe:
        if not _LINK.fullmatch(unsubscribe):
            raise Unfit(Part.UNSUBSCRIBE)
        lines.append(("List-Unsubscribe", f"<{unsubscribe}>"))
    head = "".join(f"{name}: {value}\r\n" for name, value in lines)
    return head.encode("ascii") + _body(text)


def new_message_id(address: str) -> str:
    """A Message-ID that nothing else has: chance alone, and the domain of the sender's address.

    Raises ``Unfit``.
    """
    _, _, domain = address_on_the_wire(address, Part.SENDER).rpartition("@")
    return f"<{secrets.token_hex(16)}@{domain}>"


def unsubscribe_by_mail(address: str, subject: str) -> str:
    """A link for ``compose``: a letter to ``address`` with this subject. Raises ``Unfit``."""
    at = quote(address_on_the_wire(address, Part.UNSUBSCRIBE), safe="@+")
    return f"mailto:{at}?subject={quote(subject, safe='')}"


def address_on_the_wire(address: str, part: Part = Part.RECIPIENT) -> str:
    """An address as servers take it: before the @ as it is, the domain in ASCII.

    What is before the @ must be ASCII as well: few servers take anything else (RFC 6531), and a
    letter that half of them turn away is better sent by the mail program. Raises ``Unfit``.
    """
    local, at, domain = address.strip().rpartition("@")
    if not at or not _LOCAL.fullmatch(local) or len(local) > 64:
        raise Unfit(part)
    plain = domain_in_ascii(domain, part)
    if not _DOT_ATOM.fullmatch(local):  # “a..b” is given out by telephone companies
        local = f'"{local}"'
    if len(local) + len(plain) > 253:
        raise Unfit(part)
    return f"{local}@{plain}"


def domain_in_ascii(domain: str, part: Part = Part.SERVER) -> str:
    """A domain as the network knows it, “strauß.example” as ``xn--strau-pqa.example``.

    Python's own codec follows the rules of 2003, which make another domain of an ß and would send
    the letter there; RFC 5891 keeps it. Raises ``Unfit``.
    """
    small = "".join(
        one if one in _KEPT else one.casefold()
        for one in unicodedata.normalize("NFKC", domain.strip()).replace("ẞ", "ß")
    )
    composed = unicodedata.normalize("NFKC", small)
    labels = []
    for label in _DOTS.split(composed.removesuffix(".")):
        plain = label
        if not label.isascii():
            if not all(_is_of_a_name(character) for character in label):
                raise Unfit(part)
            plain = "xn--" + label.encode("punycode").decode("ascii")
        if not _LABEL.fullmatch(plain):
            raise Unfit(part)
        labels.append(plain)
    return ".".join(labels)


def is_plain(text: str) -> bool:
    """Whether a text may stand in a header line: no control character, no break of any kind."""
    return not any(unicodedata.category(one) in {"Cc", "Cs", "Zl", "Zp"} for one in text)


def _is_of_a_name(character: str) -> bool:
    """RFC 5892 in short: letters, their marks and digits; and what joins them in some scripts."""
    return character in "-\u200c\u200d\u00b7\u30fb" or unicodedata.category(character)[0] in "LMN"


def _mailbox(mailbox: Mailbox, part: Part) -> str:
    address = f"<{address_on_the_wire(mailbox.address, part)}>"
    name = re.sub(" +", " ", _tidy(mailbox.name, part, LONGEST_NAME))
    if not name:
        return address[1:-1]
    if not name.isascii() or "=?" in name:
        phrase = _encoded(name)
    elif _PHRASE.fullmatch(name):
        phrase = name
    else:
        phrase = '"' + re.sub(r'([\\"])', r"\\\1", name) + '"'
    return f"{phrase}\r\n {address}"


def _subject(text: str) -> str:
    subject = _tidy(text, Part.SUBJECT, LONGEST_SUBJECT)
    if subject.isascii() and "=?" not in subject and len(subject) <= LINE - len("Subject: "):
        return subject
    return _encoded(subject)


def _tidy(text: str, part: Part, longest: int) -> str:
    tidy = text.replace("\t", " ").strip()
    if not is_plain(tidy) or len(tidy) > longest:
        raise Unfit(part)
    return tidy


def _encoded(text: str) -> str:
    """Encoded words, RFC 2047, one on a line; the longest name of a header before the first."""
    header = Header(text, "utf-8", header_name="Reply-To", maxlinelen=LINE)
    return header.encode(linesep="\r\n")


def _body(text: str) -> bytes:
    """The text in UTF-8 and quoted-printable, with the headers that say so and an empty line."""
    broken = re.sub("\r\n|[\r\v\f\x85\u2028\u2029]", "\n", text)
    if not is_plain(re.sub("[\n\t]", "", broken)):
        raise Unfit(Part.TEXT)
    message = EmailMessage(policy=_BODY)
    message.set_content(broken, charset="utf-8", cte="quoted-printable")
    return message.as_bytes()
