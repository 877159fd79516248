"""Which commands does a typed text mean? By their own words, and by others that people use."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication
from PySide6.QtGui import QKeySequence

from clientele.domain.rules.finding import as_found, asked_words
from clientele.ui import actions
from clientele.ui.actions import Action
from clientele.ui.models.rows import Row

CONTEXT = "commands"
COMMAND = "command"
"""Marks the key of a command's row, beside its place."""

MOST, BELOW = 6, 3
"""Commands that are shown, and how many of them below clients who were found."""

SURE = 4
"""So many letters of what a command is called, from its first word on, mean the command."""


def _n(words: str) -> str:
    return str(QT_TRANSLATE_NOOP(CONTEXT, words))


ALSO = {
    actions.FIND: _n("search look up"),
    actions.QUICK_NOTE: _n("write remember jot comment memo"),
    actions.NEW_CLIENT: _n("add create customer person"),
    actions.START_OR_RING: _n("begin ticket till pay checkout sell sale"),
    actions.NEXT_DEPARTMENT: _n("move on walk stop"),
    actions.BRIEF: _n("prepare overview summary"),
    actions.PRINT: _n("paper pdf"),
    actions.MADE_RIGHT: _n("complaint problem repair wrong broken apology"),
    actions.PROMISE: _n("alteration order hold transfer repair call back"),
    actions.HAND_OVER: _n("give pass colleague transfer"),
    actions.WHOSE: _n("owner assign reassign book mine"),
    actions.BRING_IN: _n("help associate join share credit"),
    actions.BRING_BACK: _n("return refund exchange"),
    actions.PAY_AHEAD: _n("deposit advance part payment"),
    actions.NEXT_VISIT: _n("switch open visits"),
    actions.FIND_HERE: _n("search timeline history"),
    actions.AWAY: _n("holiday absence sick leave cover vacation"),
    actions.TAKE_UP: _n("accept hand-off inbox"),
    actions.UNDO: _n("take back revert mistake"),
    actions.LOCK: _n(
        "leave pause sign in out log off switch user associate colleague somebody else"
    ),
    actions.BACK: _n("previous return"),
    actions.KEYS: _n("help shortcuts keyboard"),
    actions.BIGGER: _n("zoom in bigger font size letters"),
    actions.SMALLER: _n("zoom out font size letters"),
    actions.TODAY: _n("start home day agenda"),
    actions.CLIENTS: _n("customers people book list"),
    actions.VISIT: _n("floor stops shown"),
    actions.APPOINTMENTS: _n("calendar agenda diary week expected schedule"),
    actions.FOLLOW_UPS: _n("tasks to do reminders calls"),
    actions.PROMISES: _n("alterations orders holds repairs due"),
    actions.MADE_RIGHTS: _n("complaints problems solved"),
    actions.DETAILS: _n("edit change phone number e-mail address birthday language photo"),
    actions.WISH: _n("wants would like wish list hold"),
    actions.HOUSEHOLD: _n("family wife husband children occasions birthdays linked"),
    actions.GIFT: _n("present given birthday"),
    actions.PASSPORT: _n("sizes fit fits measurements wears"),
    actions.PURCHASES: _n("bought owns wardrobe spending tickets history"),
    actions.KEEP_OFFERS: _n("suggestions accept understood"),
    actions.OUTBOX: _n("e-mail mail sent unsent waiting queue messages smtp"),
    actions.LISTS: _n("filter segment group saved selection"),
    actions.NEXT_CLIENT: _n("work through"),
    actions.DUPLICATES: _n("duplicates twice double merge join two"),
    "reminders": _n("notifications settings notify tray desktop alerts bell"),
    actions.WORTH: _n("who to call suggestions ranked overdue lapsed recommend"),
    "mail account": _n("e-mail smtp password server settings sender"),
    "book keys": _n(
        "new change check lost recovery paper passphrase password keyring encryption "
        "rotate security"
    ),
    "bring in": _n("import file csv vcard upload load spreadsheet excel"),
    "backups": _n(
        "make a back up now copy copies bring restore save safe usb stick share second place "
        "folder lost yesterday"
    ),
    "doctor": _n("check health sound damaged broken repair integrity slow wrong"),
    "team": _n(
        "staff employees people colleagues associates managers somebody add a new change give "
        "roles rights departments store PIN forgot forgotten reset leaves left leaver settings"
    ),
    "rules": _n("automatic thank-you birthday reminder occasion manager settings"),
}
"""Other words for an action; they find it and are not shown."""


@dataclass(frozen=True)
class Command:
    """Something to do: its words, its key, other words that find it."""

    words: str
    key: str
    run: Callable[[], object]
    also: str = ""

    @cached_property
    def own(self) -> list[str]:
        """Its words as they are compared."""
        return as_found(self.words).split()

    @cached_property
    def others(self) -> list[str]:
        """The other words as they are compared."""
        return as_found(self.also).split()


class Commands:
    """What the search box finds beside clients."""

    def __init__(self) -> None:
        self.all: list[Command] = []
        self._now_and_then: list[Command] = []
        self._shown: list[Command] = []
        """Those whose places stand in the rows that were answered last."""

    def add(self, words: str, run: Callable[[], object], key: str = "", also: str = "") -> None:
        """Something that can always be done."""
        self.all.append(Command(words, key, run, also))

    def set_now_and_then(self, commands: Sequence[tuple[str, Callable[[], object]]]) -> None:
        """What can be done now, such as opening one of the lists that were kept."""
        self._now_and_then = [Command(words, "", run) for words, run in commands]

    def run(self, at: int) -> None:
        """Do what stands at this place of the rows that were answered last."""
        self._shown[at].run()

    def are_meant(self, typed: str) -> bool:
        """Whether a command is called so, and not only found by other words."""
        asked = asked_words(typed)
        whole = (*self.all, *self._now_and_then)
        return len("".join(asked)) >= SURE and any(_rank(one, asked) == 0 for one in whole)

    def rows(self, typed: str, *, most: int = MOST) -> list[Row]:
        """What is meant by a text, the likeliest first: its own words before others."""
        asked = asked_words(typed)
        if not asked:
            return []
        section = QCoreApplication.translate(CONTEXT, "Commands")
        self._shown = whole = [*self.all, *self._now_and_then]
        ranked = sorted(
            (rank, at) for at, one in enumerate(whole) if (rank := _rank(one, asked)) is not None
        )
        return [
            Row(
                (COMMAND, at),
                "",
                whole[at].words,
                trailing=shown_key(whole[at].key),
                section=section,
                marked=asked,
            )
            for _, at in ranked[:most]
        ]


def other_words(action: Action | str) -> str:
    """Words that find an action beside its own, in the reader's language."""
    words = ALSO.get(action, "")
    return QCoreApplication.translate(CONTEXT, words) if words else ""


def shown_key(key: str) -> str:
    """A key as the platform writes it."""
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)


def _rank(command: Command, asked: tuple[str, ...]) -> int | None:
    """Every word must begin one of the command's, or for two letters or more one of the others."""
    own, others = command.own, command.others
    rank = 0
    for word in asked:
        if any(one.startswith(word) for one in own):
            rank += 0 if own[0].startswith(asked[0]) else 1
        elif len(word) > 1 and any(one.startswith(word) for one in others):
            rank += 10
        else:
            return None
    return rank
