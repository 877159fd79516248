"""What is said of a wrong password, a certificate that is not theirs, no TLS and no network?"""

from __future__ import annotations

import socket
import ssl
import threading
import traceback
import warnings
from collections.abc import Callable
from contextlib import suppress

import pytest
import trustme

from clientele.system.letter import Mailbox, Part, Unfit
from clientele.system.mail import Account, Security, check, send
from clientele.system.mail_answers import Ending, Outcome, Step, Why
from clientele.system.mail_tls import system_trust
from tests.mail_server import PATIENCE, At, Certificate, Does, MailServer, Trouble
from tests.system.sending import SECURITIES, SENDER, TO, Sending, account, letter

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
    assert "No" not in repr(outcome), "nor to the log, where a server quotes a client's address"


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
    with MailServer(ca, trouble=Trouble(At.AUTH, Does.SAY, "504 5.5.4 Not in this way")) as server:
        outcome = Sending(server, trust)()
    assert (outcome.ending, outcome.why) == (Ending.TURNED_AWAY, Why.NO_SIGN_IN)
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


def test_tls_before_1_2_is_none(ca: trustme.CA, trust: ssl.SSLContext) -> None:
    """Not the server of the other tests: asyncio hangs up without saying what is wrong."""
    old = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    ca.issue_cert("localhost").configure_cert(old)
    old.set_ciphers("ALL:@SECLEVEL=0")
    with warnings.catch_warnings():  # it is as old as Python says
        warnings.simplefilter("ignore", DeprecationWarning)
        old.minimum_version, old.maximum_version = ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1

    def answer() -> None:
        caller, _ = listening.accept()
        with suppress(ssl.SSLError), caller, old.wrap_socket(caller, server_side=True):
            pass

    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = threading.Thread(target=answer)
        server.start()
        one = Account("localhost", listening.getsockname()[1], Security.TLS, "store", SENDER)
        outcome = check(one, "secret", trust=trust)
        server.join()
    assert (outcome.ending, outcome.why) == (Ending.NO_TLS, Why.TOO_OLD)


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
    assert outcome.stops_the_account, "every other letter would wait as well"
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
