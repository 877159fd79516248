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
import traceback
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import trustme

from clientele.system.letter import Mailbox, Part, Unfit, compose
from clientele.system.mail import Account, Security, check, send, system_trust
from clientele.system.mail_answers import Ending, Outcome, Step, Why
from tests.mail_server import PATIENCE, At, Certificate, Does, MailServer, Trouble

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 11, 21, 10, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))
MESSAGE_ID = "<0123456789abcdef@herengracht.example>"
SENDER = Mailbox("maud@herengracht.example", "Maud")
TO = "daniel@tran.example"
SHORT = 0.3
"""Seconds to wait where the server falls silent."""

SAID = Why.SAID
SECURITIES = pytest.mark.parametrize("security", ["starttls", "tls"])


@pytest.fixture(scope="module")
def ca() -> trustme.CA:
    return trustme.CA()


@pytest.fixture(scope="module")
def trust(ca: trustme.CA) -> ssl.SSLContext:
    context = system_trust()
    ca.configure_trust(context)
    return context


def letter(text: str = "Dear Daniel,\n\nyour suit is ready.\n") -> bytes:
    return compose(
        SENDER, Mailbox(TO), subject="Your suit", text=text, message_id=MESSAGE_ID, now=NOW
    )


LONG = letter() + (b"long " * 180 + b"\r\n") * 20_000
"""More than lies on the way between two sockets."""


def account(server: MailServer, **other: object) -> Account:
    known: dict[str, object] = {
        "host": "localhost",
        "port": server.port,
        "security": Security.TLS if server.security == "tls" else Security.STARTTLS,
        "user": server.user,
        "sender": SENDER,
        "timeout": PATIENCE,
        "patience": PATIENCE,
    }
    return Account(**{**known, **other})  # type: ignore[arg-type]


class Sending:
    """One letter handed to a server, and how often the dot was announced."""

    def __init__(self, server: MailServer, trust: ssl.SSLContext) -> None:
        self.server, self.trust, self.dots = server, trust, 0

    def __call__(
        self,
        message: bytes | None = None,
        before_dot: Callable[[], object] = lambda: None,
        password: str | None = None,
        **other: object,
    ) -> Outcome:
        def counted() -> None:
            self.dots += 1
            before_dot()

        return send(
            account(self.server, **other),
            self.server.password if password is None else password,
            message or letter(),
            to=TO,
            before_dot=counted,
            trust=self.trust,
        )


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


# what is wrong with the account


@SECURITIES
@pytest.mark.parametrize("ways", [("PLAIN",), ("LOGIN",)])
def test_a_wrong_password_is_tried_once_and_told_nobody(
    ca: trustme.CA,
    trust: ssl.SSLContext,
    security: str,
    ways: tuple[str, ...],
    caplog: pytest.LogCaptureFixture,
) -> None:
    wrong = "hunter2-Ümlaut"
    caplog.set_level("DEBUG", logger="clientele")
    with MailServer(ca, security=security, ways=ways) as server:
        outcome = Sending(server, trust)(password=wrong)
        tried = check(account(server), wrong, trust=trust)
    assert (outcome.ending, outcome.code) == (Ending.WRONG_PASSWORD, 535)
    assert outcome.stops_the_account
    assert tried == outcome
    assert [words for words in server.commands if "AUTH" in words] == [f"AUTH {ways[0]}"] * 2
    assert wrong not in repr((outcome, account(server))) + caplog.text


def test_a_server_that_quotes_the_password_does_not_bring_it_to_the_screen(
    ca: trustme.CA, trust: ssl.SSLContext
) -> None:
    said = Trouble(At.AUTH, Does.SAY, "535 No: open sesame, b3BlbiBzZXNhbWU=")
    with MailServer(ca, trouble=said) as server:
        outcome = Sending(server, trust)()
    assert outcome.words == "No: …, …"
    assert "sesame" not in repr(outcome)


def test_an_error_on_the_way_does_not_quote_the_password(
    ca: trustme.CA, trust: ssl.SSLContext
) -> None:
    with MailServer(ca) as server, pytest.raises(ZeroDivisionError) as raised:
        Sending(server, trust)(before_dot=lambda: 1 / 0)
    assert "open sesame" not in "".join(traceback.format_exception(raised.value))


def test_a_sign_in_without_a_password_is_none_that_we_know(
    ca: trustme.CA, trust: ssl.SSLContext
) -> None:
    with MailServer(ca, ways=()) as server:
        outcome = Sending(server, trust)()
    assert outcome == Outcome(Ending.TURNED_AWAY, Step.SIGN_IN, Why.NO_SIGN_IN)
    with MailServer(ca) as server:
        outcome = Sending(server, trust)(user="")
    assert (outcome.ending, outcome.why) == (Ending.TURNED_AWAY, Why.NO_SIGN_IN)


@SECURITIES
@pytest.mark.parametrize(
    ("certificate", "why"),
    [
        (Certificate.EXPIRED, Why.EXPIRED),
        (Certificate.NOT_YET_VALID, Why.NOT_YET_VALID),
        (Certificate.OTHER_NAME, Why.OTHER_NAME),
        (Certificate.UNKNOWN_ISSUER, Why.UNKNOWN_ISSUER),
    ],
)
def test_a_certificate_that_is_not_theirs_is_told_and_nothing_is_said(
    ca: trustme.CA, trust: ssl.SSLContext, security: str, certificate: Certificate, why: Why
) -> None:
    with MailServer(ca, security=security, certificate=certificate) as server:
        outcome = Sending(server, trust)()
        assert check(account(server), "", trust=trust) == outcome
    assert (outcome.ending, outcome.why) == (Ending.BAD_CERTIFICATE, why)
    assert outcome.stops_the_account
    assert not any(server.in_tls)


def test_this_machine_alone_does_not_trust_a_certificate_made_here(ca: trustme.CA) -> None:
    with MailServer(ca) as server:
        outcome = check(account(server), server.password)
    assert (outcome.ending, outcome.why) == (Ending.BAD_CERTIFICATE, Why.UNKNOWN_ISSUER)


def test_without_tls_nothing_is_sent(ca: trustme.CA, trust: ssl.SSLContext) -> None:
    with MailServer(ca, security="plain") as server:
        outcome = Sending(server, trust)()
        assert (outcome.ending, outcome.why) == (Ending.NO_TLS, Why.NOT_OFFERED)
        assert server.commands == ["EHLO [127.0.0.1]"]
        at_once = Sending(server, trust)(security=Security.TLS)
        assert (at_once.ending, at_once.why) == (Ending.NO_TLS, Why.NOT_SPOKEN)
    assert server.commands == ["EHLO [127.0.0.1]"]


@pytest.mark.parametrize(
    ("words", "ending"), [("454 Not now", Ending.LATER), ("501 No", Ending.NO_TLS)]
)
def test_starttls_that_is_offered_and_not_done(
    ca: trustme.CA, trust: ssl.SSLContext, words: str, ending: Ending
) -> None:
    with MailServer(ca, trouble=Trouble(At.STARTTLS, Does.SAY, words)) as server:
        assert Sending(server, trust)().ending is ending
    assert server.commands == ["EHLO [127.0.0.1]", "STARTTLS"]


def test_a_line_that_breaks_instead_of_tls_means_later(
    ca: trustme.CA, trust: ssl.SSLContext
) -> None:
    with MailServer(ca, trouble=Trouble(At.STARTTLS, Does.DROP)) as server:
        assert Sending(server, trust)().ending is Ending.LATER


def test_no_tls_before_1_2() -> None:
    trust = system_trust()
    assert trust.minimum_version is ssl.TLSVersion.TLSv1_2
    assert trust.check_hostname
    assert trust.verify_mode is ssl.CERT_REQUIRED


# no network


def raising(error: Exception) -> Callable[[str, int, float], socket.socket]:
    def connect(host: str, port: int, timeout: float) -> socket.socket:
        raise error

    return connect


@pytest.mark.parametrize(
    ("error", "why"),
    [
        (socket.gaierror(socket.EAI_NONAME, "Name or service not known"), Why.NOT_FOUND),
        (socket.gaierror(socket.EAI_AGAIN, "Temporary failure"), Why.NOT_FOUND),
        (OSError(101, "Network is unreachable"), Why.UNREACHABLE),
        (TimeoutError("timed out"), Why.SILENT),
    ],
)
def test_without_a_network_it_is_later(ca: trustme.CA, error: Exception, why: Why) -> None:
    one = Account("mail.example", 587, Security.STARTTLS, "store", SENDER)
    outcome = send(one, "secret", letter(), to=TO, before_dot=lambda: None, connect=raising(error))
    assert outcome == Outcome(Ending.LATER, Step.CONNECT, why)
    assert check(one, "secret", connect=raising(error)) == outcome


def test_a_port_where_nobody_listens_is_later(trust: ssl.SSLContext) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        one = Account(
            "127.0.0.1", free.getsockname()[1], Security.TLS, "store", SENDER, timeout=PATIENCE
        )
        assert check(one, "secret", trust=trust).why is Why.UNREACHABLE


# to try an account


@SECURITIES
def test_trying_signs_in_and_sends_nothing(
    ca: trustme.CA, trust: ssl.SSLContext, security: str
) -> None:
    with MailServer(ca, security=security) as server:
        assert check(account(server), server.password, trust=trust) == Outcome(
            Ending.SIGNED_IN, Step.SIGN_IN
        )
    assert server.commands[-1] == "AUTH PLAIN"


@pytest.mark.parametrize(
    ("other", "part"),
    [
        ({"host": "mail server"}, Part.SERVER),
        ({"host": ""}, Part.SERVER),
        ({"host": "a..b"}, Part.SERVER),
        ({"port": 0}, Part.PORT),
        ({"port": 65_536}, Part.PORT),
        ({"user": "a\r\nb"}, Part.USER),
        ({"sender": Mailbox("nobody")}, Part.SENDER),
    ],
)
def test_an_account_that_cannot_be_is_refused(other: dict[str, object], part: Part) -> None:
    usual: dict[str, object] = {
        "host": "mail.example",
        "port": 587,
        "security": Security.STARTTLS,
        "user": "store",
        "sender": SENDER,
    }
    with pytest.raises(Unfit) as refused:
        Account(**{**usual, **other})  # type: ignore[arg-type]
    assert refused.value.part is part
