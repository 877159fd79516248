"""Does a letter arrive as it was written, and does an answer count as what it says?

Real sockets, real TLS, a real server. What breaks on the way is in ``test_mail_breaks.py``.
"""

from __future__ import annotations

import ssl

import pytest
import trustme

from clientele.system.mail_answers import Ending, Outcome, Step, Why
from tests.mail_server import At, Does, MailServer, Trouble
from tests.system.sending import (
    MESSAGE_ID,
    SECURITIES,
    SENDER,
    TO,
    Sending,
    letter,
)

SAID = Why.SAID


# it arrives


@SECURITIES
@pytest.mark.parametrize("ways", [("PLAIN",), ("LOGIN",), ("PLAIN", "LOGIN")])
def test_it_arrives_once_as_it_was_written(
    ca: trustme.CA, trust: ssl.SSLContext, security: str, ways: tuple[str, ...]
) -> None:
    text = "Grüß Gott, Daniel!\n\n.\n..\nFrom here on: " + "very long " * 300 + "\nEnd."
    with MailServer(ca, security=security, ways=ways) as server:
        sending = Sending(server, trust)
        outcome = sending(letter(text))
    assert outcome == Outcome(Ending.SENT, Step.DOT, SAID, 250, "2.0.0 Taken")
    (taken,) = server.taken
    assert taken.message_id == MESSAGE_ID
    assert (taken.sender, taken.recipients, taken.signed_in) == (
        SENDER.address,
        (TO,),
        server.user,
    )
    assert taken.raw == letter(text), "to the last byte"
    assert taken.text == text + "\n"
    assert sending.dots == 1


@SECURITIES
@pytest.mark.parametrize("way", ["PLAIN", "LOGIN"])
def test_a_password_may_have_an_umlaut(
    ca: trustme.CA, trust: ssl.SSLContext, security: str, way: str
) -> None:
    with MailServer(ca, security=security, password="Öffne dich ☂", ways=(way,)) as server:
        assert Sending(server, trust)().ending is Ending.SENT


@SECURITIES
def test_nothing_of_a_letter_or_a_name_goes_out_in_plain(
    ca: trustme.CA, trust: ssl.SSLContext, security: str
) -> None:
    with MailServer(ca, security=security) as server:
        Sending(server, trust)()
    in_plain = [
        words for words, safe in zip(server.commands, server.in_tls, strict=True) if not safe
    ]
    assert in_plain == ([] if security == "tls" else ["EHLO [127.0.0.1]", "STARTTLS"])
    assert server.commands[-4:] == [
        "AUTH PLAIN",
        f"MAIL FROM:<{SENDER.address}> SIZE={len(letter())}",
        f"RCPT TO:<{TO}>",
        "DATA",
    ]


def test_a_server_of_the_house_may_ask_for_no_sign_in(
    ca: trustme.CA, trust: ssl.SSLContext
) -> None:
    with MailServer(ca, user="") as server:
        assert Sending(server, trust)().ending is Ending.SENT
    assert not any(words.startswith("AUTH") for words in server.commands)


# the server says no


@SECURITIES
@pytest.mark.parametrize(
    ("at", "code", "ending", "step"),
    [
        (At.GREETING, 421, Ending.LATER, Step.GREETING),
        (At.GREETING, 554, Ending.TURNED_AWAY, Step.GREETING),
        (At.EHLO, 451, Ending.LATER, Step.HELLO),
        (At.EHLO, 550, Ending.TURNED_AWAY, Step.HELLO),
        (At.AUTH, 454, Ending.LATER, Step.SIGN_IN),
        (At.AUTH, 534, Ending.WRONG_PASSWORD, Step.SIGN_IN),
        (At.MAIL, 451, Ending.LATER, Step.SENDER),
        (At.MAIL, 550, Ending.TURNED_AWAY, Step.SENDER),
        (At.MAIL, 552, Ending.REFUSED, Step.SENDER),
        (At.RCPT, 450, Ending.LATER, Step.RECIPIENT),
        (At.RCPT, 550, Ending.REFUSED, Step.RECIPIENT),
        (At.DATA, 451, Ending.LATER, Step.DATA),
        (At.DATA, 554, Ending.REFUSED, Step.DATA),
        (At.LOST_DOT, 421, Ending.LATER, Step.DOT),
        (At.LOST_DOT, 452, Ending.LATER, Step.DOT),
        (At.LOST_DOT, 550, Ending.REFUSED, Step.DOT),
    ],
)
def test_an_answer_counts_as_what_it_says(
    ca: trustme.CA,
    trust: ssl.SSLContext,
    security: str,
    at: At,
    code: int,
    ending: Ending,
    step: Step,
) -> None:
    said = Trouble(at, Does.SAY, f"{code}-5.7.1 Not\x07 now,\r\n{code} 5.7.1  please")
    with MailServer(ca, security=security, trouble=said) as server:
        sending = Sending(server, trust)
        outcome = sending()
    assert outcome == Outcome(ending, step, SAID, code, "5.7.1 Not now, 5.7.1 please")
    assert server.taken == []
    assert sending.dots == (step is Step.DOT)


@pytest.mark.parametrize("words", ["nonsense", "2x0 fine", "25", "354 go on", "999 ?", ""])
@pytest.mark.parametrize("at", [At.RCPT, At.DOT])
def test_only_an_answer_that_is_one_counts(
    ca: trustme.CA, trust: ssl.SSLContext, at: At, words: str
) -> None:
    with MailServer(ca, trouble=Trouble(at, Does.SAY, words)) as server:
        outcome = Sending(server, trust)()
    ending = Ending.UNSURE if at is At.DOT else Ending.LATER
    assert (outcome.ending, outcome.why) == (ending, Why.ODD)


def test_an_answer_may_be_a_number_alone(ca: trustme.CA, trust: ssl.SSLContext) -> None:
    with MailServer(ca, trouble=Trouble(At.DOT, Does.SAY, "250")) as server:
        assert Sending(server, trust)().ending is Ending.SENT


@pytest.mark.parametrize("at", [At.RCPT, At.DOT])
def test_an_answer_without_end_is_none(ca: trustme.CA, trust: ssl.SSLContext, at: At) -> None:
    endless = "550-" + "no" * 40_000 if at is At.RCPT else "\r\n".join(["550-no"] * 20_000)
    with MailServer(ca, trouble=Trouble(at, Does.SAY, endless)) as server:
        outcome = Sending(server, trust)()
    ending = Ending.UNSURE if at is At.DOT else Ending.LATER
    assert (outcome.ending, outcome.why) == (ending, Why.ODD), "and no refusal"
