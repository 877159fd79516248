"""What becomes of a letter when the line breaks, nobody answers or the program is killed?

At every step, and above all on either side of the dot: no letter is there twice, and none is
taken for sent that is not, or for unsent that may be.
"""

from __future__ import annotations

import socket
import ssl
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest
import trustme

from clientele.system.mail import send
from clientele.system.mail_answers import Ending, Outcome, Step, Why
from clientele.system.mail_tls import system_trust
from tests.mail_server import PATIENCE, At, Does, MailServer, Trouble
from tests.system.sending import (
    LONG,
    MESSAGE_ID,
    SECURITIES,
    TO,
    Sending,
    account,
    letter,
)

ROOT = Path(__file__).parents[2]
SHORT = 0.3
"""Seconds to wait where the server falls silent."""

SAID = Why.SAID

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


def test_a_server_that_drips_its_answer_is_not_waited_for_anew_with_each_drop(
    ca: trustme.CA,
) -> None:
    waited: list[float] = []

    class Notes(ssl.SSLSocket):
        def settimeout(self, value: float | None) -> None:
            waited.append(value or 0)
            super().settimeout(value)

    trust = system_trust()
    ca.configure_trust(trust)
    trust.sslsocket_class = Notes
    with MailServer(ca, trouble=Trouble(At.RCPT, Does.SAY, "250-and then")) as server:
        outcome = Sending(server, trust)(timeout=SHORT)
    assert outcome == Outcome(Ending.LATER, Step.RECIPIENT, Why.SILENT)
    *_, whole, rest = waited
    assert rest < whole <= SHORT


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
        assert server.hung_up.wait(PATIENCE)
    assert (outcome.ending, outcome.step, outcome.why) == (ending, Step.BODY, why)
    assert server.taken == []
    assert letter().endswith(server.left_over + b"\r\n"), "no word of ours is in the letter"


def test_what_is_said_in_plain_counts_for_nothing_behind_tls(
    ca: trustme.CA, trust: ssl.SSLContext
) -> None:
    more = Trouble(At.STARTTLS, Does.ADD, "250-elsewhere.example\r\n250 AUTH EVIL")
    with MailServer(ca, trouble=more) as server:
        assert Sending(server, trust)().ending is Ending.SENT


@pytest.mark.parametrize("at", [At.MAIL, At.RCPT, At.DATA])
def test_an_answer_too_many_is_not_taken_for_the_next(
    ca: trustme.CA, trust: ssl.SSLContext, at: At
) -> None:
    with MailServer(ca, trouble=Trouble(at, Does.ADD, "250 2.0.0 Taken")) as server:
        outcome = Sending(server, trust)()
    assert (outcome.ending, outcome.why, server.taken) == (Ending.LATER, Why.ODD, [])


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


def test_the_answer_to_a_whole_letter_is_waited_for_longer_than_all_else(ca: trustme.CA) -> None:
    waited: list[float | None] = []

    class Notes(ssl.SSLSocket):
        def settimeout(self, value: float | None) -> None:
            waited.append(value)
            super().settimeout(value)

    trust = system_trust()
    ca.configure_trust(trust)
    trust.sslsocket_class = Notes
    with MailServer(ca) as server:
        assert Sending(server, trust)(timeout=20, patience=600).ending is Ending.SENT
    *steps, answer, _quit = [one or 0 for one in waited]
    assert max(steps) <= 20
    assert 590 < answer <= 600


@SECURITIES
@pytest.mark.parametrize(
    ("error", "why"),
    [(BrokenPipeError(), Why.CUT_OFF), (TimeoutError(), Why.SILENT), (ssl.SSLError(), Why.CUT_OFF)],
)
@pytest.mark.parametrize("gone", [0, 1, 5])
def test_a_dot_of_which_a_byte_may_have_left_is_unsure(
    ca: trustme.CA, security: str, error: OSError, why: Why, gone: int
) -> None:
    class Breaks(ssl.SSLSocket):
        def sendall(self, data: Any, flags: int = 0) -> None:
            if data != b"\r\n.\r\n":
                return super().sendall(data, flags)
            super().sendall(data[:gone])
            raise error

    trust = system_trust()
    ca.configure_trust(trust)
    trust.sslsocket_class = Breaks
    with MailServer(ca, security=security) as server:
        outcome = Sending(server, trust)()
        assert outcome == Outcome(Ending.UNSURE, Step.DOT, why)
        assert server.hung_up.wait(PATIENCE)
    assert server.times_taken(MESSAGE_ID) == (gone == 5)


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
from clientele.system.mail import Account, Security, send
from clientele.system.mail_tls import system_trust
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
