"""Does a letter read as it was written, in any letters, and can nothing slip into its headers?"""

from __future__ import annotations

import re
from datetime import datetime
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.policy import SMTP as AS_SENT
from email.utils import parseaddr
from zoneinfo import ZoneInfo

import idna
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientele.system.letter import (
    LONGEST_NAME,
    LONGEST_SUBJECT,
    Mailbox,
    Part,
    Unfit,
    address_on_the_wire,
    compose,
    domain_in_ascii,
    is_plain,
    new_message_id,
    unsubscribe_by_mail,
)

NOW = datetime(2026, 11, 21, 10, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))
MESSAGE_ID = "<0123456789abcdef@herengracht.example>"
SENDER = Mailbox("maud@herengracht.example", "Maud")
TO = Mailbox("daniel@tran.example", "Daniel Tran")

writable = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]))
of_a_name = writable.map(lambda name: re.sub(" +", " ", name[:LONGEST_NAME]).strip())
of_a_subject = st.one_of(
    writable,
    st.lists(st.sampled_from(["Überraschung", "für", "Sie", "=?utf-8?q?x?="])).map(" ".join),
).map(str.strip)
of_a_text = st.text(
    st.one_of(
        st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]),
        st.sampled_from("\n\n\t. .=F\n"),
    ),
    max_size=400,
)
breaks = st.sampled_from(
    ["\r\n", "\n", "\r", "\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\u2029", "\0"]
)


def made(**other: object) -> bytes:
    known: dict[str, object] = {
        "sender": SENDER,
        "to": TO,
        "subject": "Your suit",
        "text": "It is ready.",
        "message_id": MESSAGE_ID,
        "now": NOW,
    }
    return compose(**{**known, **other})  # type: ignore[arg-type]


def read(raw: bytes) -> EmailMessage:
    message = message_from_bytes(raw, policy=AS_SENT)
    assert isinstance(message, EmailMessage)
    assert not message.defects
    return message


def name_and_address(raw: bytes, header: str) -> tuple[str, str]:
    """As a plain reader of RFC 2047 has it: Python's newer one puts spaces into long names."""
    name, address = parseaddr(str(message_from_bytes(raw)[header]).replace("\r\n", ""))
    return str(make_header(decode_header(name))), address


def test_a_plain_letter_to_the_last_byte() -> None:
    assert made().decode() == (
        "Message-ID: <0123456789abcdef@herengracht.example>\r\n"
        "Date: Sat, 21 Nov 2026 10:00:00 +0100\r\n"
        "From: Maud\r\n <maud@herengracht.example>\r\n"
        "To: Daniel Tran\r\n <daniel@tran.example>\r\n"
        "Subject: Your suit\r\n"
        "Auto-Submitted: no\r\n"
        'Content-Type: text/plain; charset="utf-8"\r\n'
        "Content-Transfer-Encoding: quoted-printable\r\n"
        "MIME-Version: 1.0\r\n"
        "\r\n"
        "It is ready.\r\n"
    )


def test_the_same_letter_is_the_same_bytes() -> None:
    assert made() == made()


@given(of_a_text)
def test_the_text_is_read_as_it_was_written(text: str) -> None:
    found = read(made(text=text)).get_content().replace("\r\n", "\n")
    assert found == (text if text.endswith("\n") else text + "\n")


@given(of_a_text, of_a_name, of_a_subject)
def test_every_letter_is_ascii_in_short_lines_that_end_in_one_way(
    text: str, name: str, subject: str
) -> None:
    raw = made(text=text, to=Mailbox(TO.address, name), subject=subject[:LONGEST_SUBJECT])
    assert raw.isascii()
    lines = raw.split(b"\r\n")
    assert all(len(line) <= 78 for line in lines if not line.startswith(b'To: "'))
    assert all(len(line) <= 998 for line in lines)
    assert not re.search(rb"[\r\n]", b"".join(lines))
    assert all(line.strip() for line in raw.partition(b"\r\n\r\n")[0].split(b"\r\n")[:-1])


@given(of_a_name)
def test_a_name_is_read_as_it_was_written(name: str) -> None:
    raw = made(sender=Mailbox(SENDER.address, name), to=Mailbox(TO.address, name))
    assert name_and_address(raw, "From") == (name, SENDER.address)
    assert name_and_address(raw, "To") == (name, TO.address)


@pytest.mark.parametrize(
    "name",
    [
        'de "Witt", Maud <maud@elsewhere.example>',
        "Müller, Jörg (Herren) <x@elsewhere.example>, " + "sehr langer Name " * 4,
        "a\\b",
        "=?utf-8?q?Somebody_else?=",
        "Smith, John " + "of the Averylongname " * 5,
        "王小明",
        "Ναυσικᾶ 🧵",
    ],
)
def test_a_name_stays_one_name(name: str) -> None:
    raw = made(sender=Mailbox(SENDER.address, name), reply_to=Mailbox("shop@x.example", name))
    assert name_and_address(raw, "From") == (name.strip(), SENDER.address)
    assert name_and_address(raw, "Reply-To") == (name.strip(), "shop@x.example")


@given(of_a_subject)
def test_a_subject_is_read_as_it_was_written(subject: str) -> None:
    subject = subject[:LONGEST_SUBJECT].strip()
    assert read(made(subject=subject))["Subject"] == subject


@given(before=writable, broken=breaks, after=st.sampled_from(["Bcc: all@x.example", "", "x"]))
def test_nothing_slips_into_a_header(before: str, broken: str, after: str) -> None:
    text = f"a{before}{broken}{after}z"
    whole: list[tuple[Part, dict[str, object]]] = [
        (Part.SUBJECT, {"subject": text}),
        (Part.SENDER, {"sender": Mailbox(SENDER.address, text)}),
        (Part.RECIPIENT, {"to": Mailbox(TO.address, text)}),
        (Part.REPLY_TO, {"reply_to": Mailbox(TO.address, text)}),
        (Part.RECIPIENT, {"to": Mailbox(f"a{broken}{after}@x.example")}),
        (Part.RECIPIENT, {"to": Mailbox(f"a@x{broken}{after}.example")}),
        (Part.MESSAGE_ID, {"message_id": f"<a{broken}{after}@x.example>"}),
        (Part.UNSUBSCRIBE, {"unsubscribe": f"mailto:a@x.example{broken}{after}"}),
    ]
    for part, other in whole:
        with pytest.raises(Unfit) as refused:
            made(**other)
        assert refused.value.part is part
        assert str(refused.value) == part, "what was typed is not in it"


@pytest.mark.parametrize("text", ["a\0b", "a\x1bb", "half \ud800"])
def test_what_cannot_be_written_is_refused(text: str) -> None:
    with pytest.raises(Unfit) as refused:
        made(text=text)
    assert refused.value.part is Part.TEXT


@pytest.mark.parametrize("broken", ["\r\n", "\r", "\n", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"])
def test_every_break_in_the_text_is_a_line_break(broken: str) -> None:
    assert read(made(text=f"one{broken}two")).get_content() == "one\r\ntwo\r\n"


@pytest.mark.parametrize("part", ["subject", "name"])
def test_what_is_longer_than_any_program_shows_is_refused(part: str) -> None:
    with pytest.raises(Unfit):
        made(
            **({"subject": "a" * 401} if part == "subject" else {"to": Mailbox("a@b.c", "a" * 121)})
        )


def test_an_instant_needs_a_zone() -> None:
    with pytest.raises(ValueError, match="zone"):
        made(now=datetime(2026, 11, 21))  # noqa: DTZ001 (what is refused)


# addresses


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        ("Daniel.Tran+suit@Tran.Example", "Daniel.Tran+suit@tran.example"),
        (" o'neill@x.example ", "o'neill@x.example"),
        ("info@straße.example", "info@xn--strae-oqa.example"),
        ("info@GROẞ.example", "info@xn--gro-7ka.example"),
        ("info@BÜCHER.example", "info@xn--bcher-kva.example"),
        ("info@bu\u0308cher.example", "info@xn--bcher-kva.example"),
        ("info@例え。テスト", "info@xn--r8jz45g.xn--zckzah"),
        ("a..b@docomo.example", '"a..b"@docomo.example'),
        ("root@localhost", "root@localhost"),
    ],
)
def test_addresses_on_the_wire(written: str, sent: str) -> None:
    assert address_on_the_wire(written) == sent
    assert f" <{sent}>\r\n".encode() in made(to=Mailbox(written, "Who"))


@pytest.mark.parametrize(
    "written",
    [
        "",
        "daniel",
        "@x.example",
        "a@",
        "a b@x.example",
        "a@x example",
        "a@-x.example",
        "a@x..example",
        "a@[127.0.0.1]",
        "ä@x.example",
        "a@b@x.example",
        '"a"@x.example',
        "a>@x.example",
        "a@x.example>",
        "a@x.example, b@x.example",
        "a@☃!.example",
        f"{'a' * 65}@x.example",
        f"a@{'b' * 64}.example",
        f"a@{'.'.join(['b' * 60] * 5)}",
    ],
)
def test_what_is_no_address(written: str) -> None:
    with pytest.raises(Unfit) as refused:
        address_on_the_wire(written)
    assert refused.value.part is Part.RECIPIENT


letters = st.characters(categories=["Ll", "Lo"], max_codepoint=0x4FFF)


@given(st.text(letters, min_size=1, max_size=12))
def test_domains_are_those_of_the_package_that_knows_the_rules_of_2008(label: str) -> None:
    domain = f"{label}.example"
    try:
        expected = idna.encode(domain, uts46=True, transitional=False).decode()
    except idna.IDNAError:
        return  # it knows more that is no name; such a domain cannot be registered
    assert domain_in_ascii(domain) == expected


# what is made once


def test_a_message_id_is_made_of_chance_and_the_domain_alone() -> None:
    made_ids = {new_message_id("maud@straße.example") for _ in range(50)}
    assert len(made_ids) == 50
    for one in made_ids:
        assert re.fullmatch(r"<[0-9a-f]{32}@xn--strae-oqa\.example>", one)
        assert read(made(message_id=one))["Message-ID"] == one


def test_news_say_how_to_end_them() -> None:
    link = unsubscribe_by_mail("news@herengracht.example", "Abmelden, bitte: für immer")
    assert link.startswith("mailto:news@herengracht.example?subject=Abmelden%2C%20bitte")
    raw = made(unsubscribe=link)
    assert f"\r\nList-Unsubscribe: <{link}>\r\n".encode() in raw, "in one piece"
    far = "https://x.example/" + "a" * 300
    assert f"\r\nList-Unsubscribe: <{far}>\r\n".encode() in made(unsubscribe=far)
    assert b"List-Unsubscribe" not in made()


@pytest.mark.parametrize("link", ["http://x.example", "news@x.example", "https://x y", "https:<>"])
def test_what_is_no_link(link: str) -> None:
    with pytest.raises(Unfit):
        made(unsubscribe=link)


@given(st.text())
def test_a_plain_text_has_one_line(text: str) -> None:
    if is_plain(text):
        assert text.splitlines() in ([], [text])
