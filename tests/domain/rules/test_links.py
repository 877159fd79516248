"""Can anything that is typed become a header, a recipient or another part of a link?"""

from __future__ import annotations

import re
import unicodedata
from email.message import EmailMessage
from email.utils import getaddresses
from urllib.parse import unquote

import numpy as np
import pytest
import segno
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st

from clientele.domain.rules.links import (
    CannotBeDialled,
    CannotBeWrittenTo,
    is_too_long,
    mailto,
    qr_call,
    qr_text,
    sms,
    tel,
)

NUMBER = "+31205550118"
NASTY = [
    "\r\nBcc: eve@example.com", "\nTo: eve@example.com", "%0D%0ABcc:%20eve@example.com", "\r", "\n",
    "&bcc=eve@example.com", "?cc=eve@example.com", "&to=", "#", ",eve@example.com", ";", "@", ":",
    "<eve@example.com>", '"', "+", " ", "%2C", "%252C", "\u2028", "\x85", "\x00", "\ud800", "ü",
    "\uff0c", "\uff20", "\u200b", "🙂", "nell@example.com", "a.b", "(x)", "\\", "+31", "0",
    "SMSTO:",
]  # fmt: skip
typed = st.lists(st.sampled_from(NASTY) | st.text(max_size=6)).map("".join)


@pytest.mark.parametrize(
    ("link", "made"),
    [
        (tel(NUMBER), "tel:+31205550118"),
        (tel("+31 (20) 555-0118"), "tel:+31205550118"),
        (qr_call(NUMBER), "tel:+31205550118"),
        (sms(NUMBER), "sms:+31205550118"),
        (sms(NUMBER, "Hello & bye?\nA+B"), "sms:+31205550118?body=Hello%20%26%20bye%3F%0AA%2BB"),
        (mailto("nell@example.com"), "mailto:nell@example.com"),
        (mailto("n+s@example.com"), "mailto:n%2Bs@example.com"),
        (
            mailto("nell@example.com", "Zu\r\nGrößen", "a\nb\r\nc\td"),
            "mailto:nell@example.com?subject=Zu%20Gr%C3%B6%C3%9Fen&body=a%0D%0Ab%0D%0Ac%09d",
        ),
        (mailto("nell@example.com", "", "a=b"), "mailto:nell@example.com?body=a%3Db"),
        (mailto("nell@bücher.example"), "mailto:nell@b%C3%BCcher.example"),
        (qr_text(NUMBER, "Hello: 5% & more\r\nAda"), "SMSTO:+31205550118:Hello: 5% & more\nAda"),
    ],
)
def test_links_are_as_the_standards_write_them(link: str, made: str) -> None:
    assert link == made


@pytest.mark.parametrize(
    "number",
    ["", "0205550118", "118", "+", "+0205550118", "+312055501181234567", "+31,20", "+٣١٢٠٥"],
)
def test_only_a_whole_number_is_dialled(number: str) -> None:
    for link in (tel, sms, qr_call, lambda it: qr_text(it, "x")):
        with pytest.raises(CannotBeDialled, match="was kept"):
            link(number)


@pytest.mark.parametrize(
    "address",
    [
        "", "nell", "nell@", "@example.com", "nell@localhost", "a@b.example,c@d.example",
        "a@b.example;c@d.example", "a,b@example.com", "a%2Cb@example.com", "a b@example.com",
        "Nell <nell@example.com>", '"a,b"@example.com', "a@b@example.com", "nell@example.com?cc=x",
        "nell@example.com\r\nBcc: eve@example.com", "a\uff0cb@example.com", "a\u200bb@example.com",
        "nell@example.com\n", "\ud800@example.com", "nell@exa mple.com",
    ],
)  # fmt: skip
def test_only_one_plain_address_is_written_to(address: str) -> None:
    with pytest.raises(CannotBeWrittenTo, match="was kept"):
        mailto(address)


def test_a_link_that_a_system_would_cut_is_told() -> None:
    assert not is_too_long(mailto("nell@example.com", "a", "b" * 1_900))
    assert is_too_long(mailto("nell@example.com", "a", "ü" * 400))


@given(typed, typed)
def test_no_words_become_a_header_or_a_recipient(subject: str, body: str) -> None:
    link = mailto("nell@example.com", subject, body)
    assert re.fullmatch(r"[A-Za-z0-9\-._~%:@?=&]*", link)
    address, _, rest = link.removeprefix("mailto:").partition("?")
    assert address == "nell@example.com"
    fields = [field.partition("=") for field in rest.split("&") if rest]
    names = [name for name, _, _ in fields]
    assert names in ([], ["subject"], ["body"], ["subject", "body"])
    heard = {name: unquote(words, errors="strict") for name, _, words in fields}
    message = EmailMessage()
    message["Subject"] = heard.get("subject", "")  # refuses every line break
    assert list(message.keys()) == ["Subject"]
    assert not re.search(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]", heard.get("subject", ""))
    assert not re.search(r"[\r\n\x00]", heard.get("body", "").replace("\r\n", ""))


@given(typed)
def test_an_address_is_one_or_none(address: str) -> None:
    try:
        link = mailto(address, "a", "b")
    except CannotBeWrittenTo:
        return
    to, _, rest = link.removeprefix("mailto:").partition("?")
    assert rest == "subject=a&body=b"
    for heard in (to, unquote(to), unquote(unquote(to))):
        assert heard.count("@") == 1
        assert len(getaddresses([heard])) == 1
        assert not re.search(r"[\s,;:<>\"\x00-\x1f]", heard)
    assert unquote(to) == address.strip(" ")


@given(typed, typed)
def test_a_text_goes_to_one_number_with_the_words_that_were_typed(number: str, body: str) -> None:
    try:
        link = sms(f"+31{number}", body)
    except CannotBeDialled:
        return
    assert re.fullmatch(r"sms:\+\d{4,15}(\?body=[A-Za-z0-9\-._~%]+)?", link, re.ASCII)
    assert unquote(link.partition("body=")[2]) == in_lines(body)


@given(typed)
def test_a_phone_reads_the_number_and_the_words_from_the_code(body: str) -> None:
    scheme, number, words = qr_text(NUMBER, body).split(":", 2)
    assert (scheme, number, words) == ("SMSTO", NUMBER, in_lines(body))


@pytest.mark.parametrize(
    "body", ["Hello Nell: it is here", "Größe 50 – für Zoë 🙂\nAda", "x" * 600]
)
def test_the_code_can_be_read_again(body: str) -> None:
    code = segno.make_qr(qr_text(NUMBER, body), encoding="utf-8")
    rows = [[0 if dark else 255 for dark in row] for row in code.matrix_iter(scale=4, border=4)]
    picture = np.array(rows, dtype=np.uint8)
    assert [found.text for found in zxingcpp.read_barcodes(picture)] == [f"SMSTO:{NUMBER}:{body}"]


def in_lines(text: str) -> str:
    """The words with a line break for whatever breaks a line, and no other sign that steers."""
    lines = re.sub(r"\r\n|[\r\n\v\f\x85\u2028\u2029]", "\n", text)
    kept = (one for one in lines if one in "\n\t" or unicodedata.category(one) != "Cc")
    return "".join(kept).encode("utf-8", "replace").decode()
