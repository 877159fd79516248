"""The keys of the book: how it is opened here, whether the paper is right, and what to change."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from clientele.services import keys
from clientele.services.keys import KeyState, NewPassphrase
from clientele.store.session import Store
from clientele.system.secrets import vault_as_it_is
from clientele.ui.background import Background
from clientele.ui.desk import Desk
from clientele.ui.dialogs.new_key import NewKeySheet
from clientele.ui.dialogs.passing import PassingSheet
from clientele.ui.refusals import CONTEXT
from clientele.ui.start.between import Between
from clientele.ui.start.first_steps import secret_field
from clientele.ui.theme import Space, Tone
from clientele.ui.widgets.basics import Chip, label
from clientele.ui.widgets.buttons import Button
from clientele.ui.widgets.emptying import empty
from clientele.ui.widgets.fields import Field
from clientele.ui.widgets.layouts import Stack

PATIENCE = 10.0
"""Seconds for a keyring that is only looked at: nobody waits for it to be unlocked."""


class KeysSheet(PassingSheet):
    """Call ``open_sheet`` after making it. Hands ``begin`` what needs the book closed."""

    def __init__(
        self,
        desk: Desk,
        over: QWidget,
        store: Store,
        slow: Background,
        begin: Callable[[Between], None],
    ) -> None:
        title = QCoreApplication.translate("KeysSheet", "Keys of the book")
        super().__init__(desk, over, title, width=560)
        self._over, self._store, self._slow, self._begin = over, store, slow, begin
        self.state: KeyState | None = None
        self.looking = label(self.tr("Looking how your book is opened…"), "sub")
        self.body.addWidget(self.looking)
        self.inside = QWidget()
        self._parts = Stack(self.inside, gap=Space.ROW)
        self.body.addWidget(self.inside)
        self.inside.hide()
        self.ways = QWidget()
        self._ways = QVBoxLayout(self.ways)
        self._ways.setContentsMargins(0, 0, 0, 0)
        self._ways.setSpacing(Space.TIGHT)
        self._add_ways()
        self._add_paper()
        self._add_passphrase()
        self._add_renewal()
        self.look()

    def look(self) -> None:
        """Ask anew how the book is opened; the keyring may take its time."""
        acting = self._desk.acting
        self._slow.run(
            lambda: keys.key_state(
                self._store, acting=acting, find_vault=partial(vault_as_it_is, PATIENCE)
            ),
            self._show,
            self._closed_to,
        )

    # parts

    def _add_ways(self) -> None:
        self._parts.addWidget(label(self.tr("What opens it on this computer"), "strong"))
        self._parts.addWidget(self.ways)

    def _add_paper(self) -> None:
        self._parts.addWidget(label(self.tr("Is the paper right?"), "strong"))
        self.paper = Field(self.tr("Recovery key"), hint="XXXX-XXXX-XXXX-XXXX-XXXX-XXXX-XXXX")
        self.check = Button(self.tr("Check"), self._check)
        self._parts.addWidget(_row(self.paper, self.check))
        self.answer = Chip("", Tone.GREEN)
        self.answer.hide()
        self._parts.addWidget(_row(self.answer, None))

    def _add_passphrase(self) -> None:
        self.passphrase_title = label("", "strong")
        self._parts.addWidget(self.passphrase_title)
        self.whose = Field(self.tr("Whose"))
        self.former = secret_field(self.tr("The passphrase in use now"))
        self.passphrase = secret_field(self.tr("New passphrase"))
        self.again = secret_field(self.tr("The same again"))
        self._former = _named(self.former)
        self._parts.addWidget(_row(_named(self.whose), self._former))
        self._parts.addWidget(_row(_named(self.passphrase), _named(self.again)))
        self.set_words = Button("", self._set_passphrase)
        self.use_keyring = Button(self.tr("Open it by itself here"), self._use_keyring)
        self._parts.addWidget(_row(None, self.use_keyring, self.set_words))
        self.whose.textChanged.connect(self._show_former)

    def _add_renewal(self) -> None:
        self._parts.addWidget(label(self.tr("The paper was lost, or somebody saw it"), "strong"))
        self.renew = Button(self.tr("New recovery key…"), self._renew)
        words = label(self.tr("The whole book is encrypted anew, under a new key."), "label")
        self._parts.addWidget(_row(words, self.renew))

    # what is shown

    def _show(self, state: KeyState) -> None:
        self.state = state
        self.looking.hide()
        self._show_ways(state)
        if not self.whose.text():
            self.whose.setText(state.me)
        self.use_keyring.setVisible(state.keyring_works and not state.by_keyring)
        self._show_former()
        # Last: what is put into a part that is in sight comes into sight a moment later.
        self.inside.show()
        self.say("")
        if self.cross.hasFocus():
            self.paper.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_ways(self, state: KeyState) -> None:
        empty(self._ways)
        if state.by_keyring:
            words = self.tr(
                "It opens by itself when {user} is at this computer: the key lies in its keyring."
            ).format(user=state.me)
            self._ways.addWidget(_row(label(words, "label"), None))
        elif state.keyring_says and state.mine is None:
            words = QCoreApplication.translate(CONTEXT, state.keyring_says)
            self._ways.addWidget(label(words, "label"))
        for slot in state.slots:
            whose = slot.label or self.tr("whoever began the book")
            words = self.tr("A passphrase of {user}").format(user=whose)
            take = Button(self.tr("Take away"), kind="link")
            take.clicked.connect(partial(self._ask_to_take, take, slot.label))
            take.setAccessibleName(self.tr("Take away the passphrase of {user}").format(user=whose))
            self._ways.addWidget(_row(label(words, "label"), take))

    def _show_former(self) -> None:
        if self.state is None:
            return
        label_typed = self.whose.text().strip()
        taken = any(one.label in ("", label_typed) for one in self.state.slots)
        mine = label_typed == self.state.me
        self._former.setVisible(taken)
        if taken:
            title, words = self.tr("Another passphrase"), self.tr("Change passphrase")
        elif mine and self.state.by_keyring:
            title = self.tr("A passphrase instead of the keyring")
            words = self.tr("Let the passphrase open it")
        else:
            title, words = self.tr("A passphrase for somebody"), self.tr("Add passphrase")
        self.passphrase_title.setText(title)
        self.set_words.setText(words)

    def _closed_to(self, _error: Exception, sentence: str) -> None:
        """Not for whoever is signed in: the sentence alone."""
        self.looking.hide()
        self.inside.hide()
        self.say(sentence)

    # acts

    def _check(self) -> None:
        typed, acting, now = self.paper.text(), self._desk.acting, self._desk.now()
        self.answer.hide()

        def told(right: bool) -> None:
            self.answer.setText(
                self.tr("Yes, this paper opens your book.")
                if right
                else self.tr("No: it is of another book, or from before a new key.")
            )
            self.answer.set_tone(Tone.GREEN if right else Tone.AMBER)
            self.answer.show()
            self.paper.clear()
            self.say("")

        self._do(lambda: keys.is_our_paper(self._store, typed, now=now, acting=acting), told)

    def _set_passphrase(self) -> None:
        assert self.state is not None
        if self.passphrase.text() != self.again.text():
            self.say(self.tr("The two passphrases differ. Type the same one twice."))
            return
        whose = self.whose.text().strip() or self.state.me
        what = NewPassphrase(self.passphrase.text(), self.former.text(), whose)
        acting, now = self._desk.acting, self._desk.now()
        instead = whose == self.state.me and self.state.by_keyring
        act = keys.out_of_keyring if instead else keys.set_passphrase
        said = self.tr("From now on the new passphrase of {user} opens the book.")
        self._change(
            lambda: act(self._store, what, now=now, acting=acting), said.format(user=whose)
        )

    def _use_keyring(self) -> None:
        acting, now = self._desk.acting, self._desk.now()
        self._change(
            lambda: keys.into_keyring(self._store, now=now, acting=acting),
            self.tr("From now on the keyring opens the book."),
        )

    def _ask_to_take(self, button: Button, whose: str, *_: object) -> None:
        """It cannot be taken back, so it is asked once."""
        words = self.tr("Yes, take it away")
        if button.text() == words:
            self._take(whose)
            return
        button.setText(words)
        self.say(
            self.tr(
                "Without this passphrase {user} opens the book by the recovery key alone. Press "
                "once more to take it away; Close leaves it."
            ).format(user=whose or self.tr("whoever began the book"))
        )

    def _take(self, whose: str) -> None:
        acting, now = self._desk.acting, self._desk.now()
        said = self.tr("The passphrase of {user} opens the book no more.").format(user=whose)
        self._change(
            lambda: keys.remove_passphrase(self._store, whose, now=now, acting=acting), said
        )

    def _renew(self) -> None:
        assert self.state is not None
        sheet = NewKeySheet(self._desk, self._over, self.state, self._begin)
        self.close_sheet()
        sheet.open_sheet()

    def _change(self, act: Callable[[], None], said: str) -> None:
        def done(_: None) -> None:
            for field in (self.former, self.passphrase, self.again):
                field.clear()
            self._desk.said.emit(said, False)
            self.look()

        self._do(act, done)

    def _do(self, task: Callable[[], object], then: Callable[..., None]) -> None:
        focus = [one for one in self.findChildren(QWidget) if one.hasFocus()]
        self.inside.setEnabled(False)
        self.setCursor(Qt.CursorShape.BusyCursor)

        def over() -> None:
            self.inside.setEnabled(True)
            self.unsetCursor()
            for one in filter(isValid, focus):
                one.setFocus()

        def done(result: object) -> None:
            over()
            then(result)

        def failed(_error: Exception, sentence: str) -> None:
            over()
            self.say(sentence)

        self._slow.run(task, done, failed)


def _named(field: Field) -> QWidget:
    """A field under its name."""
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(Space.TIGHT)
    words = label(field.accessibleName(), "label")
    words.setBuddy(field)
    column.addWidget(words)
    column.addWidget(field)
    return holder


def _row(first: QWidget | None, *others: QWidget | None) -> QWidget:
    """What stands at the left taking the room there is, and what follows it."""
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(Space.SMALL)
    if first is None:
        row.addStretch(1)
    else:
        row.addWidget(first, 0 if isinstance(first, Chip) else 1)
    for other in others:
        if other is not None:
            row.addWidget(other, 0 if isinstance(other, Button) else 1)
    if isinstance(first, Chip):
        row.addStretch(1)
    return holder
