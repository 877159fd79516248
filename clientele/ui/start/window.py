"""The window before there is a book to work with: first start, or finding the key to an old one.

It is seen before the store is loaded, which takes longer than Qt: whatever needs the store is
imported where it is used, beside the window, once its first frame has been painted.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from clientele.store.beside import asks_for_passphrase, has_passphrase
from clientele.store.errors import DamagedBook
from clientele.system.clock import Clock
from clientele.system.region import Region
from clientele.ui.background import Background
from clientele.ui.start.first_steps import DEPARTMENTS, BeginStep, WhereStep, WhoStep
from clientele.ui.start.paper_step import PaperStep
from clientele.ui.start.step import Step
from clientele.ui.start.unlocking import PassphraseStep, RecoveryStep, SorryStep

if TYPE_CHECKING:
    from clientele.services.opening import Begun
    from clientele.store.session import Store
    from clientele.system.secrets import Vault
    from clientele.ui.start.rescuing import DamagedStep

T = TypeVar("T")


class Beginning(StrEnum):
    """How somebody wants to begin after the first start."""

    NONE = ""
    SAMPLE = "sample"
    BRING_IN = "bring in"


@dataclass(frozen=True, slots=True)
class Opened:
    """A book that is open; after a first start, who began it and how."""

    store: Store
    zone: str
    """The store's, an IANA name."""
    begun_by: int | None = None
    how: Beginning = Beginning.NONE
    said: str = ""
    """What was done with it before it was opened, for whoever signs in."""


class StartWindow(QWidget):
    """Emits ``opened(Opened)`` once, when there is a book to work with."""

    opened = Signal(object)

    def __init__(
        self,
        book: Path,
        clock: Clock,
        find_region: Callable[[], Region],
        *,
        find_vault: Callable[[], Vault | None] | None = None,
    ) -> None:
        super().__init__()
        self.setWindowTitle("Clientele")
        self.setMinimumSize(640, 560)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        self._book, self._clock = book, clock
        self._find_region = find_region
        self._find_vault = find_vault or _safe_vault
        self._vault: Vault | None = None
        self._begun: Begun | None = None
        self._damaged: DamagedStep | None = None
        self._work = Background(self)
        self._painted = False
        self._waiting: list[Callable[[], None]] = []
        self._steps = QStackedWidget()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._steps)

    @property
    def step(self) -> QWidget | None:
        """What is shown."""
        return self._steps.currentWidget()

    def begin(self) -> None:
        """Open the book that is there, or set one up."""
        if not self._book.exists():
            self._run(self._find_vault, self._first_start, self._sorry)
        elif asks_for_passphrase(self._book):
            self._ask_passphrase()
        else:
            self._run(self._open_by_vault, self._done, self._not_opened)

    def idle(self) -> bool:
        """Whether nothing slow is running."""
        return not self._waiting and not self._work.busy()

    def event(self, event: QEvent) -> bool:
        """Begin with what is slow once the first frame is seen."""
        done = super().event(event)
        if event.type() is QEvent.Type.Paint and not self._painted:
            self._painted = True
            QTimer.singleShot(0, self, self._start_waiting)
        return done

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing before the choice of the third step keeps the book that was made."""
        self._work.stop()
        if self._damaged is not None:
            self._damaged.stop()
        if self._begun is not None:
            self._begun.store.close()
            self._begun = None
        super().closeEvent(event)

    def _run(
        self,
        task: Callable[[], T],
        then: Callable[[T], None],
        failed: Callable[[Exception, str], None],
    ) -> None:
        """Do something slow beside the window, but not before its first frame."""
        if self._painted or not self.isVisible():
            self._work.run(task, then, failed)
        else:
            self._waiting.append(lambda: self._work.run(task, then, failed))

    def _start_waiting(self) -> None:
        waiting, self._waiting = self._waiting, []
        for start in waiting:
            start()

    # first start

    def _first_start(self, vault: Vault | None) -> None:
        self._vault = vault
        where = WhereStep(self._book, self._find_region(), needs_passphrase=vault is None)
        who = WhoStep(list(DEPARTMENTS))
        where.done.connect(lambda: self._show(who))
        who.back.connect(lambda: self._show(where))
        who.done.connect(lambda: self._make(where, who))
        self._steps.addWidget(who)
        self._show(where)

    def _make(self, where: WhereStep, who: WhoStep) -> None:
        from clientele.domain.team import Role
        from clientele.services.opening import FirstAssociate, begin_book
        from clientele.services.team import SetUpStore

        self._book = Path(where.book.text()).expanduser()
        store = SetUpStore(
            name=where.store.text().strip(),
            currency=where.currency.text(),
            country=where.country.text(),
            time_zone=where.zone.text().strip(),
        )
        first = FirstAssociate(
            name=who.name.text().strip(),
            department=who.department.currentText().strip(),
            pin=who.pin.text(),
            role=Role.STORE_MANAGER,
        )
        passphrase = where.passphrase.text()
        who.set_busy(True)

        def refused(_error: Exception, sentence: str) -> None:
            who.set_busy(False)
            who.say(sentence)

        def made(begun: Begun) -> None:
            who.set_busy(False)
            self._begun = begun
            self._offer(begun)

        self._run(
            lambda: begin_book(
                self._book,
                store,
                first,
                vault=self._vault,
                passphrase=passphrase,
                now=self._clock.now(),
            ),
            made,
            refused,
        )

    def _offer(self, begun: Begun) -> None:
        step = BeginStep(begun.recovery_key)
        step.print_key.connect(lambda: self._print(step))
        step.sample.connect(lambda: self._begin(Beginning.SAMPLE))
        step.bring_in.connect(lambda: self._begin(Beginning.BRING_IN))
        step.empty.connect(lambda: self._begin(Beginning.NONE))
        self._show(step)

    def _print(self, step: BeginStep) -> None:
        from clientele.ui.start.paper import print_recovery_key

        if print_recovery_key(self, step.key.text(), self._book):
            step.allow()

    def _begin(self, how: Beginning) -> None:
        begun, self._begun = self._begun, None
        if begun is not None:
            self._done(begun.store, begun.associate_id, how)

    # opening what is there

    def _open_by_vault(self) -> Store:
        from clientele.services.opening import open_by_vault

        return open_by_vault(self._book)

    def _ask_passphrase(self) -> None:
        step = PassphraseStep()

        def load() -> None:
            """While somebody types, so that nobody waits for it afterwards."""
            import clientele.services.opening  # noqa: F401

        def open_it(passphrase: str) -> Store:
            from clientele.services.opening import open_by_passphrase

            return open_by_passphrase(self._book, passphrase)

        def refused(error: Exception, sentence: str) -> None:
            from clientele.store.slots import PassphraseLost, WrongPassphrase

            step.set_busy(False)
            if isinstance(error, PassphraseLost):
                self._ask_recovery_key(sentence)
            elif isinstance(error, WrongPassphrase):
                step.say(sentence)
                step.passphrase.selectAll()
                step.passphrase.setFocus()
            else:
                self._sorry(error, sentence, passphrase=step.passphrase.text())

        def attempt(passphrase: str) -> None:
            step.set_busy(True)
            self._run(lambda: open_it(passphrase), self._done, refused)

        step.typed.connect(attempt)
        lost = self.tr("Type the recovery key that was printed at the start.")
        step.lost.connect(lambda: self._ask_recovery_key(lost))
        self._show(step)
        self._run(load, lambda _: None, self._sorry)

    def _not_opened(self, error: Exception, sentence: str) -> None:
        from clientele.services.opening import is_unkept
        from clientele.store.keys import KeyringLost

        others = has_passphrase(self._book)
        if not isinstance(error, KeyringLost):
            self._sorry(error, sentence)
        elif others and is_unkept(error):
            self._ask_passphrase()
        else:
            self._ask_recovery_key(sentence, again=True, passphrase=others)

    def _ask_recovery_key(self, why: str, *, again: bool = False, passphrase: bool = False) -> None:
        def ask(vault: Vault | None) -> None:
            step = RecoveryStep(why, needs_passphrase=vault is None)
            step.typed.connect(lambda key, words: self._recover(step, vault, key, words))
            if passphrase:
                step.offer(self.tr("Type a passphrase"), self._ask_passphrase)
            if again:
                step.offer(self.tr("Try again"), self.begin)
            self._show(step)

        self._run(self._find_vault, ask, self._sorry)

    def _recover(self, step: RecoveryStep, vault: Vault | None, key: str, words: str) -> None:
        def open_it() -> Store:
            from clientele.services.opening import open_by_recovery_key

            return open_by_recovery_key(self._book, key, vault=vault, passphrase=words)

        def refused(error: Exception, sentence: str) -> None:
            from clientele.store.keys import KeyringRefused

            step.set_busy(False)
            if isinstance(error, KeyringRefused):
                self._without_keyring(key, sentence)
            elif isinstance(error, DamagedBook):
                self._sorry(error, sentence, typed=key)
            else:
                step.say(sentence)

        step.set_busy(True)
        self._run(open_it, self._done, refused)

    def _without_keyring(self, key: str, why: str) -> None:
        """The keyring does not take the key; a passphrase does as well, and the book opens."""
        step = RecoveryStep(why, needs_passphrase=True)
        step.key.setText(key)
        step.typed.connect(lambda typed, words: self._recover(step, None, typed, words))
        self._show(step)

    def _sorry(self, error: Exception, sentence: str, **known: Any) -> None:
        """Say what is wrong; of a damaged book, with what is ``known`` of its key, what now."""
        if isinstance(error, DamagedBook):
            from clientele.ui.start.rescuing import DamagedStep

            self._damaged = damaged = DamagedStep(
                sentence, self._book, self._clock, self._find_region, **known
            )
            damaged.whole.connect(self.begin)
            damaged.end.connect(self.close)
            self._show(damaged)
            return
        step = SorryStep(sentence)
        step.again.connect(self.begin)
        step.end.connect(self.close)
        self._show(step)

    def _show(self, step: Step) -> None:
        if self._steps.indexOf(step) < 0:
            self._steps.addWidget(step)
        self._steps.setCurrentWidget(step)

    def _done(
        self, store: Store, begun_by: int | None = None, how: Beginning = Beginning.NONE
    ) -> None:
        def ready(found: str | tuple[int, str]) -> None:
            if isinstance(found, str):
                self._clear_what_was_typed()
                self.opened.emit(Opened(store, found, begun_by, how))
            else:
                self._go_on(store, *found)

        def failed(error: Exception, sentence: str) -> None:
            key = bytearray(store.data_key)
            store.close()
            self._sorry(error, sentence, data_key=key)

        self._run(lambda: self._prepare(store, begun_by, how), ready, failed)

    def _clear_what_was_typed(self) -> None:
        """The window lives on, hidden: no key or passphrase stays in its fields."""
        for field in self.findChildren(QLineEdit):
            field.clear()

    def _go_on(self, store: Store, begun_by: int, recovery_key: str) -> None:
        """The program ended before the key was on paper: show it now."""
        from clientele.services.opening import Begun, is_empty

        self._begun = Begun(store, begun_by, recovery_key)
        if is_empty(store):
            self._offer(self._begun)
            return
        step = PaperStep(recovery_key, self._book)
        step.done.connect(lambda: self._on_paper(store))
        self._show(step)

    def _on_paper(self, store: Store) -> None:
        from clientele.services.opening import key_on_paper

        def forgotten(_: None) -> None:
            self._begun = None
            self._done(store)

        self._run(lambda: key_on_paper(store), forgotten, self._sorry)

    def _prepare(self, store: Store, begun_by: int | None, how: Beginning) -> str | tuple[int, str]:
        """Fill a new book with sample clients if wanted; answer the store's zone.

        Answers who began the book and its recovery key instead, where that is not on paper yet.
        """
        from clientele.domain.rules.rights import SET_UP
        from clientele.services.opening import key_on_paper, unseen_key
        from clientele.store.queries.reading import store_facts

        if begun_by is not None:
            key_on_paper(store)
        elif (unseen := unseen_key(store)) is not None:
            return unseen
        if how is Beginning.SAMPLE and begun_by is not None:
            from clientele.services.sample import fill_with_sample

            with store.write(acting=SET_UP) as session:
                fill_with_sample(session, by=begun_by, now=self._clock.now())
        with store.read(acting=SET_UP) as session:
            return store_facts(session).zone.key


def _safe_vault() -> Vault | None:
    from clientele.services.opening import safe_vault

    return safe_vault()
