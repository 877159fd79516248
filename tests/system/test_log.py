"""The log tells where a mistake is and nothing of whom it met."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from clientele.domain.tables import Note
from clientele.store.session import Store
from clientele.system.clock import FixedClock
from clientele.system.log import SIZE, log_error, start_log, stop_log

log = logging.getLogger("clientele.tests")


@pytest.fixture
def written(tmp_path: Path) -> Iterator[Path]:
    yield start_log(tmp_path / "log")
    stop_log()


def raise_secret() -> None:
    raise ValueError("Eleanor Marsh, 555-0118")


def test_numbers_pass_and_words_do_not(written: Path) -> None:
    log.info("%d rows for %s in %s", 12, "Eleanor Marsh", Path("/home/eleanor"))
    log.info("%(count)d of %(who)s", {"count": 3, "who": "Eleanor"})
    text = written.read_text()
    assert "12 rows for (str) in (PosixPath)" in text.replace("WindowsPath", "PosixPath")
    assert "3 of (str)" in text
    assert "leanor" not in text


def test_an_error_is_its_kind_and_its_places(written: Path) -> None:
    try:
        try:
            raise_secret()
        except ValueError as error:
            raise LookupError("Robert") from error
    except LookupError as error:
        log_error(error, "opening the brief")
    text = written.read_text()
    assert "opening the brief" in text
    assert "test_log.py" in text
    assert "raise_secret" in text
    assert "LookupError" in text
    assert "ValueError" in text
    assert "Eleanor" not in text
    assert "Robert" not in text


def test_an_error_of_the_store_holds_no_bound_value(
    written: Path, store: Store, clock: FixedClock
) -> None:
    note = Note(client_id=7, body="likes emerald", written_at=clock.now())
    try:
        with store.write() as session:
            session.add(note)
    except IntegrityError as error:
        log_error(error, "keeping a note")
    assert "IntegrityError" in written.read_text()
    assert "emerald" not in written.read_text()


def test_what_others_have_filled_in_is_not_written(written: Path) -> None:
    filled_in = "cannot reach {}".format("eleanor@example.com")
    logging.getLogger("somebody").warning(filled_in)
    logging.getLogger("somebody").info("nothing")
    text = written.read_text()
    assert "somebody" in text
    assert "eleanor" not in text
    assert "nothing" not in text


def test_errors_that_nobody_catches_are_logged(written: Path) -> None:
    thread = threading.Thread(target=raise_secret)
    thread.start()
    thread.join()
    try:
        raise_secret()
    except ValueError as error:
        sys.excepthook(ValueError, error, error.__traceback__)
    assert written.read_text().count("ValueError") == 2
    assert "Eleanor" not in written.read_text()


@pytest.mark.skipif(sys.platform == "win32", reason="permissions of POSIX")
def test_the_log_is_this_user_s_alone_also_when_it_turns(written: Path) -> None:
    for _ in range(SIZE // 50 + 10):
        log.info("a line that fills the log, and says nothing more")
    files = sorted(written.parent.iterdir())
    assert [file.name for file in files] == ["clientele.log", "clientele.log.1"]
    assert {file.stat().st_mode & 0o777 for file in files} == {0o600}
    assert written.parent.stat().st_mode & 0o777 == 0o700


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a disk that is full, on Linux")
def test_a_log_that_cannot_be_written_tells_nobody_else(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "full"
    folder.mkdir()
    (folder / "clientele.log").symlink_to("/dev/full")
    start_log(folder)
    try:
        log.error("%s is not there", "Eleanor Marsh")
    finally:
        stop_log()
    assert capsys.readouterr() == ("", "")
