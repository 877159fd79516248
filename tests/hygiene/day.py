"""A day of work in the real program, as a process of its own: one book, its window, one client.

``python -m tests.hygiene.day FILE`` says ``at <where>`` when it is somewhere worth looking and
goes on when a line comes in; FILE says who the client is, as JSON. What it finds among its own
files that have no name any more it says as ``left <what>``, as nobody else may look there.
"""

from __future__ import annotations

import json
import os
import sys
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Thread
from typing import Any

from tests.hygiene.seeking import in_file, needles


def say(word: str, what: str) -> None:
    """Tell whoever listens."""
    os.write(1, f"{word} {what}\n".encode())


def work_on() -> None:
    """Let the program do what it has to do, and wait a moment where that is nothing."""
    from PySide6.QtCore import QEventLoop, QTimer

    moment = QEventLoop()
    QTimer.singleShot(10, moment.quit)
    moment.exec()


class Bot:
    """Waits as the tests' own hand does, in a process without the tests."""

    def waitUntil(self, true: Callable[[], bool], timeout: int) -> None:
        """Let the program work until something is so."""
        end = time.monotonic() + timeout / 1000
        while not true():
            if time.monotonic() > end:
                raise TimeoutError
            work_on()

    def waitActive(self, window: Any) -> Any:
        """Wait until a window has the keyboard."""
        self.waitUntil(lambda: bool(window.isActiveWindow()), 5_000)


class Day:
    """Works the window from the passphrase to the lock."""

    def __init__(self, order: dict[str, Any]) -> None:
        from tests.e2e.hand import Hand

        self._order = order
        self._client = order["client"]
        self._sought = needles(*order["words"])
        self._asked = Path(order["asked"])
        self.hand = Hand(Bot(), self._window)  # type: ignore[arg-type]

    def work(self) -> None:
        """Do it all; what goes wrong is told and ends the program."""
        try:
            self._work()
        except BaseException:
            say("broke", json.dumps(traceback.format_exc()))
            os._exit(3)

    def _write(self, text: str) -> None:
        """Type, also letters that no plain keyboard has."""
        from PySide6.QtCore import QEvent, Qt
        from PySide6.QtGui import QKeyEvent
        from PySide6.QtWidgets import QApplication

        for sign in text:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                event = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, sign)
                QApplication.sendEvent(QApplication.focusWidget() or self._window(), event)
            QApplication.processEvents()

    def _window(self) -> Any:
        from PySide6.QtWidgets import QApplication

        shown = [one for one in QApplication.topLevelWidgets() if one.isVisible()]
        named = [one for one in shown if one.windowTitle() == "Clientele"]
        return named[-1] if named else shown[-1]

    def _at(self, where: str) -> None:
        """Stop for whoever looks: what is shown in the title, and what has no name any more."""
        from PySide6.QtWidgets import QApplication

        # The whole day is one turn of the program's loop, and what is closed goes after a turn.
        QApplication.sendPostedEvents()
        titles = [one.windowTitle() for one in QApplication.topLevelWidgets()]
        say("titles", json.dumps(titles))
        for handle in Path("/proc/self/fd").iterdir():
            try:
                gone = str(handle.readlink()).endswith(" (deleted)")
            except OSError:
                continue
            for what in in_file(handle, self._sought) if gone else []:
                say("left", f"{where}: {what}")
        say("at", where)
        if not sys.stdin.readline():
            os._exit(4)

    def _work(self) -> None:
        self._sign_in()
        self._at("signed in")
        self._new_client()
        self._note()
        self._at("a client and a note")
        self._visit()
        self._at("rung up")
        self._brief()
        self._at("a brief")
        self._photo()
        self._at("a photo")
        self._message()
        self._at("a message")
        self._search()
        self._break()
        self._at("something broke")
        self._type()
        self._at("in the middle of a word")
        self.hand.key("Ctrl+L")
        self.hand.wait_for("PIN of ")
        self._at("locked")
        self._window().close()

    def _sign_in(self) -> None:
        hand = self.hand
        hand.into("Passphrase")
        self._write(self._order["passphrase"])
        hand.key("Return")
        hand.wait_for("PIN of ")
        self._write(self._order["pin"])
        hand.key("Return")
        hand.wait_for("Today")
        hand.until(lambda: not self._window().is_locked, "signed in")

    def _new_client(self) -> None:
        hand, client = self.hand, self._client
        hand.key("Ctrl+Shift+N")
        hand.wait_for("New client")
        self._write(client["given"])
        hand.key("Tab")
        self._write(client["family"])
        hand.into("Phone")
        self._write(client["phone"])
        hand.into("E-mail")
        self._write(client["email"])
        hand.key("Ctrl+Return")
        hand.wait_for("Sizes and fit")

    def _note(self) -> None:
        hand = self.hand
        hand.key("Ctrl+N")
        self._write(self._client["note"])
        hand.key("Ctrl+Return")
        hand.wait_for("offers from the notes")

    def _visit(self) -> None:
        hand = self.hand
        self._find()
        hand.key("Ctrl+Return")
        hand.press("Greet")
        hand.into("Item")
        self._write(f"{self._client['item']} 890.00")
        hand.key("Return")
        hand.wait_for(self._client["item"])
        hand.press("Keeping")
        hand.wait_for("Ring once · ")
        hand.key("Ctrl+Return")
        hand.into("The till's reference")
        self._write("0412-8831")
        hand.key("Return")
        hand.wait_for("Rung once: ")
        hand.press("Leave")
        hand.wait_for("Expected today")

    def _find(self) -> None:
        hand = self.hand
        hand.key("Ctrl+K")
        self._write(self._client["family"])
        hand.click_row(self._client["family"])
        hand.wait_for("Sizes and fit")

    def _brief(self) -> None:
        self._find()
        self.hand.key("Ctrl+B")
        self.hand.press("Save as PDF")
        path = self._file("brief.pdf")
        self.hand.wait_for("Saved as brief.pdf")
        assert path.read_bytes().startswith(b"%PDF")

    def _photo(self) -> None:
        self._find()
        self._avatar().click()
        self.hand.press("From a file…")
        self._file(Path(self._order["photo"]).name)
        self.hand.wait_for("Photo kept")
        self.hand.key("Esc")

    def _file(self, name: str) -> Path:
        """Type where the file is, into the dialog of the desktop or, as here, of the toolkit."""
        from PySide6.QtCore import Qt
        from PySide6.QtTest import QTest
        from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit

        def dialog() -> QFileDialog | None:
            there = QApplication.activeModalWidget()
            return there if isinstance(there, QFileDialog) else None

        self.hand.until(dialog, "which file")
        shown = dialog()
        assert shown is not None
        line = shown.findChild(QLineEdit, "fileNameEdit")
        assert isinstance(line, QLineEdit)
        line.setText(str(self._asked / name))
        QTest.keyClick(line, Qt.Key.Key_Return)
        self.hand.until(lambda: dialog() is None, "chosen")
        self.hand.come_to_front()
        return self._asked / name

    def _message(self) -> None:
        hand = self.hand
        hand.key("Ctrl+Shift+M")
        hand.into("Message")
        self._write(self._client["note"])
        hand.key("Esc")

    def _avatar(self) -> Any:
        from PySide6.QtWidgets import QAbstractButton

        buttons = self._window().findChildren(QAbstractButton)
        return next(one for one in buttons if one.isVisible() and "hoto" in one.accessibleName())

    def _search(self) -> None:
        self._find()

    def _break(self) -> None:
        """A mistake of ours whose words are a client's, on the window's thread and on another."""
        from PySide6.QtCore import QTimer

        def mistaken() -> None:
            broke.append(True)
            raise ValueError(f"no such {self._client['family']} of {self._client['email']}")

        broke: list[bool] = []
        QTimer.singleShot(0, mistaken)
        # The toolkit hands it to whoever waits, or to nobody, who is the log.
        while not broke:
            with suppress(ValueError):
                work_on()
        thread = Thread(target=mistaken)
        thread.start()
        thread.join()

    def _type(self) -> None:
        """A note that is begun and not kept."""
        self.hand.key("Ctrl+N")
        self._write(self._client["note"])


def main() -> int:
    """Run the program as it is started from the menu, and work it."""
    from PySide6.QtCore import QTimer

    import clientele.ui  # noqa: F401  # isort: skip
    from PySide6.QtWidgets import QApplication

    from clientele.__main__ import main as program

    day = Day(json.loads(Path(sys.argv[1]).read_text()))
    sys.argv[1:] = []
    application = QApplication(["clientele"])
    QTimer.singleShot(0, application, day.work)
    return program()


if __name__ == "__main__":
    sys.exit(main())
