"""How does a number, an address or a message go to another program, or to the associate's phone?

Links follow RFC 3966 (tel:), RFC 5724 (sms:) and RFC 6068 (mailto:). What was typed is always
percent-encoded down to letters, digits and ``-._~``, so that it can never become a header, a
further recipient or another part of the link; a number or an address that could do so even when it
is decoded again is refused.

A QR code with a text message holds ``SMSTO:+31205550118:words``, not an sms: link. Android's and
the iPhone's cameras both fill in number and words from it, and readers built on ZXing take all
behind the second colon as it stands. Of ``sms:…?body=`` the iPhone's camera took the number and
dropped the words, for which it wants ``&body=``, which Android does not read (reported to the
makers of two QR libraries, QRCoder 296 and simple-qrcode 169).
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final
from urllib.parse import quote

from clientele.domain.errors import Refusal

LONGEST: Final = 2_000
"""A link of more characters is cut short by some systems (Windows stops at 2,083)."""

LINE, MAIL_LINE = "\n", "\r\n"
"""The end of a line in a text message, and in an e-mail."""

_NUMBER: Final = re.compile(r"\+[1-9][0-9]{3,14}")
"""A global number (RFC 3966), with no more digits than E.164 has."""

_SEPARATORS: Final = str.maketrans("", "", " -.()")
_LOCAL: Final = re.compile(r'[^\s"%(),:;<>@\[\\\]]{1,64}')
"""No sign that parts addresses, and no % that a program might decode a second time."""

_LABEL: Final = r"[^\W_](?:[^\W_]|-){0,62}"
_DOMAIN: Final = re.compile(rf"{_LABEL}(?:\.{_LABEL})+")
_BREAKS: Final = re.compile(r"\r\n|[\r\n\v\f\x85\u2028\u2029]")
_STEERING: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_ONE_LINE: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


class CannotBeDialled(Refusal):
    """A number that was not understood, or is only good inside the store."""

    template = (
        "“{number}” is not a whole telephone number, so it cannot be handed on. "
        "It was kept as it is; write it with its country code, like +31 20 555 0118."
    )


class CannotBeWrittenTo(Refusal):
    """An address that is none, or more than one."""

    template = (
        "“{address}” is not one plain e-mail address, so it cannot be handed on. "
        "It was kept as it is; write a single address, like nell@example.com."
    )


def tel(number: str) -> str:
    """A link that calls: ``tel:+31205550118``.

    ``number`` is in E.164 (``contact_points.normalised``); spaces and hyphens do not matter.

    Raises:
        CannotBeDialled: it is not.
    """
    return f"tel:{_dialled(number)}"


def sms(number: str, body: str = "") -> str:
    """A link that opens a text message: ``sms:+31205550118?body=Hello%20there``.

    Raises:
        CannotBeDialled: the number is not in E.164.
    """
    words = _encoded(_lines(body, LINE))
    return f"sms:{_dialled(number)}" + (f"?body={words}" if words else "")


def mailto(address: str, subject: str = "", body: str = "") -> str:
    """A link that opens an e-mail to one address; line breaks are CRLF, as RFC 6068 asks for.

    Raises:
        CannotBeWrittenTo: it is not one address (RFC 5321, without quoted parts).
    """
    fields = {"subject": _ONE_LINE.sub(" ", subject).strip(), "body": _lines(body, MAIL_LINE)}
    said = "&".join(f"{name}={_encoded(words)}" for name, words in fields.items() if words)
    local, domain = _address(address)
    return f"mailto:{_encoded(local)}@{_encoded(domain)}" + (f"?{said}" if said else "")


def is_too_long(link: str) -> bool:
    """Whether some system would cut the link: then the words are better copied."""
    return len(link) > LONGEST


def qr_text(number: str, body: str) -> str:
    """What a QR code holds for the phone to open a text message with these words.

    Make it with ``segno.make_qr(…, encoding="utf-8")``, never a Micro QR code.

    Raises:
        CannotBeDialled: the number is not in E.164.
    """
    return f"SMSTO:{_dialled(number)}:{_sound(_lines(body, LINE))}"


def qr_call(number: str) -> str:
    """What a QR code holds for the phone to dial: the tel: link.

    Raises:
        CannotBeDialled: the number is not in E.164.
    """
    return tel(number)


def _dialled(number: str) -> str:
    bare = number.translate(_SEPARATORS)
    if not _NUMBER.fullmatch(bare):
        raise CannotBeDialled(number=number)
    return bare


def _address(address: str) -> tuple[str, str]:
    local, _, domain = address.strip(" ").partition("@")
    # Some programs fold a wide comma into a plain one, so the folded address must be one too.
    for name, host in ((local, domain), (_folded(local), _folded(domain))):
        if not name.isprintable() or not _LOCAL.fullmatch(name) or not _DOMAIN.fullmatch(host):
            raise CannotBeWrittenTo(address=address)
    return local, domain


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def _lines(text: str, end: str) -> str:
    """The text with this at the end of each line, and nothing else that steers."""
    return _STEERING.sub("", _BREAKS.sub("\n", text)).replace("\n", end)


def _sound(text: str) -> str:
    """Without halves of characters, which nothing can write."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _encoded(text: str) -> str:
    return quote(text, safe="", errors="replace")
