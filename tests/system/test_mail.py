"""What becomes of a letter when the server, the network or the password is not as it should be.

Real sockets, real TLS, a real server. No letter is ever there twice, and none is taken for sent
that is not, or for unsent that may be.
"""

from __future__ import annotations

import socket
import ssl
import subprocess
import sys
import threading
from pathlib import Path

import pytest
import trustme

from clientele.system.mail import send
from clientele.system.mail_answers import Ending, Outcome, Step, Why
from tests.mail_server import PATIENCE, At, Does, MailServer, Trouble
from tests.system.sending import (
    LONG,
    MESSAGE_ID,
    SECURITIES,
    SENDER,
    TO,
    Sending,
    account,
    letter,
)

ROOT = Path(__file__).parents[2]
SHORT = 0.3
"""Seconds to wait where the server falls silent."""

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


# the line breaks, or nobody speaks


BEFORE = [At.GREETING, At.EHLO, At.AUTH, At.MAIL, At.RCPT, At.DATA]


@SECURITIES
@pytest.mark.parametrize("at", BEFORE)
def test_a_line_that_breaks_before_the_letter_means_later(
    ca: trustme.CA, trust: ssl.SSLContext, security: str, at: At
) -> None:
    with MailServer(ca, security=security, trouble=Trouble(at, Does.DROP)) as server:
        sending = Sending(server, trust)
        outcome = sending()
        assert (outcome.ending, outcome.why) == (Ending.LATER, Why.CUT_OFF)
        server.trouble = None
        assert sending().ending is Ending.SENT
    assert server.times_taken(MESSAGE_ID) == 1


@SECURITIES
@pytest.mark.parametrize("at", [*BEFORE, At.BODY])
def test_silence_before_the_dot_means_later(
    ca: trustme.CA, trust: ssl.SSLContext, security: str, at: At
) -> None:
    with MailServer(ca, security=security, trouble=Trouble(at, Does.FALL_SILENT)) as server:
        sending = Sending(server, trust)
        outcome = sending(LONG if at is At.BODY else None, timeout=SHORT)
    assert (outcome.ending, outcome.why) == (Ending.LATER, Why.SILENT)
    assert (server.taken, sending.dots) == ([], 0)


@SECURITIES
def test_a_line_that_breaks_in_the_middle_of_a_letter_means_later(
    ca: trustme.CA, trust: ssl.SSLContext, security: str
) -> None:
    with MailServer(ca, security=security, trouble=Trouble(At.BODY, Does.DROP)) as server:
        sending = Sending(server, trust)
        outcome = sending(LONG)
        assert outcome == Outcome(Ending.LATER, Step.BODY, Why.CUT_OFF)
        assert sending.dots == 0
        server.trouble = None
        assert sending().ending is Ending.SENT
    assert server.times_taken(MESSAGE_ID) == 1


@SECURITIES
def test_a_line_that_breaks_right_before_the_dot_means_later(
    ca: trustme.CA, trust: ssl.SSLContext, security: str
) -> None:
    """A short letter is all out by then; that the server is gone is seen before the dot."""
    with MailServer(ca, security=security, trouble=Trouble(At.BODY, Does.STAND_STILL)) as server:

        def broken() -> None:
            assert server.reached.wait(PATIENCE)
            server._loop.call_soon_threadsafe(server._lines[-1].drop)
            assert server.hung_up.wait(PATIENCE)

        outcome = Sending(server, trust)(before_dot=broken)
    assert outcome == Outcome(Ending.LATER, Step.BODY, Why.CUT_OFF)
    assert server.taken == []


@SECURITIES
@pytest.mark.parametrize(
    ("words", "ending", "why"),
    [
        ("552 5.3.4 Too much", Ending.REFUSED, SAID),
        ("421 4.3.2 Closing down", Ending.LATER, SAID),
        ("250 2.0.0 Taken", Ending.LATER, Why.ODD),
        ("354 Go on", Ending.LATER, Why.ODD),
    ],
)
def test_what_is_said_before_the_dot_is_not_taken_for_its_answer(
    ca: trustme.CA, trust: ssl.SSLContext, security: str, words: str, ending: Ending, why: Why
) -> None:
    with MailServer(ca, security=security, trouble=Trouble(At.BODY, Does.SAY, words)) as server:
        outcome = Sending(server, trust)(before_dot=lambda: server.reached.wait(PATIENCE))
    assert (outcome.ending, outcome.step, outcome.why) == (ending, Step.BODY, why)
    assert server.taken == []


@SECURITIES
@pytest.mark.parametrize("at", [At.DOT, At.LOST_DOT])
@pytest.mark.parametrize(
    ("does", "why"), [(Does.DROP, Why.CUT_OFF), (Does.FALL_SILENT, Why.SILENT)]
)
def test_no_answer_to_the_dot_is_unsure_whether_it_was_taken_or_not(
    ca: trustme.CA, trust: ssl.SSLContext, security: str, at: At, does: Does, why: Why
) -> None:
    with MailServer(ca, security=security, trouble=Trouble(at, does)) as server:
        sending = Sending(server, trust)
        outcome = sending(patience=SHORT if does is Does.FALL_SILENT else PATIENCE)
    assert outcome == Outcome(Ending.UNSURE, Step.DOT, why)
    assert sending.dots == 1
    assert server.times_taken(MESSAGE_ID) == (at is At.DOT)


def test_a_mark_that_could_not_be_kept_ends_it_before_the_dot(
    ca: trustme.CA, trust: ssl.SSLContext
) -> None:
    def full() -> None:
        raise OSError("no space left")

    with MailServer(ca) as server:
        with pytest.raises(OSError, match="no space left"):
            Sending(server, trust)(before_dot=full)
        assert server.hung_up.wait(PATIENCE)
    assert server.taken == []
    assert server.commands[-1] == "DATA", "no word of ours became part of the letter"


def test_waiting_is_ended_from_another_thread(ca: trustme.CA, trust: ssl.SSLContext) -> None:
    kept: list[socket.socket] = []

    def connect(host: str, port: int, timeout: float) -> socket.socket:
        made = socket.create_connection((host, port), timeout)
        kept.append(made.dup())
        return made

    with MailServer(ca, trouble=Trouble(At.DOT, Does.STAND_STILL)) as server:

        def end() -> None:
            server.reached.wait(PATIENCE)
            kept[0].shutdown(socket.SHUT_RDWR)

        ending = threading.Thread(target=end)
        ending.start()
        outcome = send(
            account(server, patience=10 * PATIENCE),
            server.password,
            letter(),
            to=TO,
            before_dot=lambda: None,
            trust=trust,
            connect=connect,
        )
        ending.join()
    kept[0].close()
    assert outcome == Outcome(Ending.UNSURE, Step.DOT, Why.CUT_OFF)


# the program is killed

PROGRAM = """
import sys
from clientele.system.mail import Account, Security, send, system_trust
from clientele.system.letter import Mailbox
port, ca, step = sys.argv[1:]
trust = system_trust()
trust.load_verify_locations(cadata=ca)
sender = Mailbox("maud@herengracht.example")
account = Account("localhost", int(port), Security.STARTTLS, "store", sender)
def before_dot():
    print("dot", flush=True)
    if step == "before":
        sys.stdin.read()
send(account, "open sesame", sys.stdin.buffer.readline().replace(b"|", b"\\n"),
     to="daniel@tran.example", before_dot=before_dot, trust=trust)
"""


@pytest.mark.parametrize("step", ["before", "after"])
def test_a_program_killed_before_the_dot_left_nothing_behind(ca: trustme.CA, step: str) -> None:
    still = Trouble(At.DOT, Does.STAND_STILL)
    with MailServer(ca, trouble=still) as server:
        arguments = [str(server.port), ca.cert_pem.bytes().decode(), step]
        with subprocess.Popen(
            [sys.executable, "-c", PROGRAM, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=ROOT,
        ) as program:
            assert program.stdin is not None
            assert program.stdout is not None
            program.stdin.write(letter().replace(b"\r\n", b"|") + b"\n")
            program.stdin.flush()
            assert program.stdout.readline().strip() == b"dot"
            if step == "after":
                assert server.reached.wait(PATIENCE), "the whole letter is there"
            program.kill()
        assert server.hung_up.wait(PATIENCE)
    assert server.times_taken(MESSAGE_ID) == (step == "after")
