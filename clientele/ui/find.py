"""What does the one search box find? Clients, as the key goes down; the newest question counts."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QObject, Signal

from clientele.store.queries.client_rows import ClientRow
from clientele.store.queries.found import Answer, answer
from clientele.store.queries.promise_history import Tagged
from clientele.store.search import Hit, Why
from clientele.ui.desk import Desk
from clientele.ui.models.client_names import prefers, shown_initials, shown_name
from clientele.ui.models.found_rows import NEW, in_groups, with_reason
from clientele.ui.models.plan_words import kind_words
from clientele.ui.models.rows import ChipSpec, Initials, Row
from clientele.ui.theme import Tone

SHOWN = 8
"""How many rows stand below the box; the last one leads to all others where there are more."""

ALL = "all results "
PROMISE = "promise"
"""Marks the key of a promise, beside its id."""


class Find(QObject):
    """Joins the box to the book.

    ``window.searched`` goes to ``ask``, ``answered(text, rows)`` to ``window.show_found``, and
    ``window.found`` to ``choose``, which emits ``open_client(id)``, ``all_results(text)`` or
    ``new_client(text)``; the row of a tag emits ``open_promise(id)``.
    """

    answered = Signal(str, list)
    open_client = Signal(int)
    all_results = Signal(str)
    new_client = Signal(str)
    open_promise = Signal(int)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk

    def ask(self, typed: str) -> None:
        """A key was typed: look for this now, and no longer for what was typed before."""
        me = self._desk.me.id
        self._desk.ask(
            lambda session: answer(session, typed, associate_id=me, limit=SHOWN),
            self._show,
            owner=self,
            slot="find",
        )

    def choose(self, key: object) -> None:
        """A result was chosen."""
        if isinstance(key, int):
            self.open_client.emit(key)
        elif isinstance(key, tuple) and key[0] == PROMISE:
            self.open_promise.emit(key[1])
        elif isinstance(key, str) and key.startswith(ALL):
            self.all_results.emit(key.removeprefix(ALL))
        elif isinstance(key, str) and key.startswith(NEW):
            self.new_client.emit(key.removeprefix(NEW))

    def _show(self, found: Answer) -> None:
        text = found.typed.strip()
        rows = in_groups(
            [
                self._found_row(row, hit, text)
                for row, hit in zip(found.rows, found.hits, strict=True)
            ]
        )
        if found.more:
            words = self.tr("All results for “{text}”").format(text=text)
            rows[SHOWN - 1 :] = []
            section = rows[-1].section if rows else ""
            rows.append(Row(ALL + text, words, section=section))
        if found.tagged is not None:
            rows.insert(0, tagged_row(found.tagged))
        if found.tagged is None and all(hit.why is Why.SOUNDS_LIKE for hit in found.hits):
            words = self.tr("New client “{text}”").format(text=text)
            if any(map(str.isalpha, text)):
                nobody = self.tr("Nobody in the book is called that")
            else:
                nobody = self.tr("Nobody in the book has that number")
            rows.append(Row(NEW + text, words, sub=nobody))
        self.answered.emit(found.typed, rows)

    def _found_row(self, row: ClientRow, hit: Hit, typed: str) -> Row:
        mine = row.is_in_book_of(self._desk.me.id)
        return with_reason(client_row(row, self._desk), hit, typed, mine=mine)


def client_row(row: ClientRow, desk: Desk) -> Row:
    """A client as one line of any list: who they are, how to reach them, whose they are."""
    formats = desk.formats
    known = [row.phone, row.email]
    if row.last_in is not None:
        day = formats.past_day(formats.local_day(row.last_in), desk.today())
        known.append(_last_in(day))
    chip = prefers(row.named)
    mine = row.owner_id is None or row.owner_id == desk.me.id
    return Row(
        key=row.named.client_id,
        title=shown_name(row.named),
        aside=_known_for(row, desk.me.id),
        chips=(ChipSpec(chip, Tone.GREEN),) if chip else (),
        sub=" · ".join(part for part in known if part),
        lead=Initials(shown_initials(row.named)),
        end_chips=() if mine else (ChipSpec(row.owner),),
        trailing=formats.money(row.spent, row.currency, cents=False) if row.spent else "",
    )


def tagged_row(one: Tagged) -> Row:
    """A promise that was found by its tag."""
    return Row(
        key=(PROMISE, one.promise_id),
        title=shown_name(one.named),
        after_title=f"· {one.what}",
        sub=kind_words(one.kind),
        lead=ChipSpec(one.tag, Tone.BLUE),
    )


def _known_for(row: ClientRow, me: int) -> str:
    """“· you for Men's Suits”: why a client of somebody else's is in one's own book."""
    departments = [department for who, department in row.knowing if who == me]
    if not departments or row.owner_id == me:
        return ""
    words = QCoreApplication.translate("Find", "· you for {departments}")
    return words.format(departments=", ".join(departments))


def _last_in(day: str) -> str:
    return QCoreApplication.translate("Find", "last in {day}").format(day=day)
