"""Which clients are in the book twice? The likeliest pairs first, and the merges that were made."""

from __future__ import annotations

from threading import Event

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QProgressBar, QWidget

from clientele.domain.rules.rights import Acting
from clientele.services.changes import Changes, Kind
from clientele.services.duplicates import Course, Looked, SetApart, find_pairs, set_apart
from clientele.services.merging import Merge, merge_clients
from clientele.services.unmerging import Unmerge, undo_merge
from clientele.store.queries.duplicates import MergeRow, PairRow, Pairs, merges, pairs
from clientele.store.session import Store
from clientele.ui.background import Background
from clientele.ui.desk import Desk
from clientele.ui.models.client_names import shown_name
from clientele.ui.models.duplicate_words import how_likely, reason_chips
from clientele.ui.models.rows import Key, Row, RowAction
from clientele.ui.models.stayed import stayed_words
from clientele.ui.pages.pair_card import PairCard
from clientele.ui.widgets.basics import label
from clientele.ui.widgets.buttons import Button
from clientele.ui.widgets.card import Card, EmptyState
from clientele.ui.widgets.layouts import Columns
from clientele.ui.widgets.page import Page, PageHeader
from clientele.ui.widgets.row_list import RowList

SIDE, MAIN = 430, 420
MERGED = "merge"
KINDS = {Kind.CLIENT, Kind.CLIENT_MERGE, Kind.CONTACT_POINT, Kind.DUPLICATE_PAIR}


class DuplicatesPage(Page):
    """Pairs to look at; emits ``open_client(id)``."""

    open_client = Signal(int)
    _went_on = Signal(object)

    def __init__(self, desk: Desk, store: Store) -> None:
        name = QCoreApplication.translate("DuplicatesPage", "Perhaps the same")
        super().__init__(desk, name, KINDS)
        self._store = store
        self._pairs: dict[Key, PairRow] = {}
        self._merges: dict[Key, MergeRow] = {}
        self._cancel = Event()
        self._work = Background(self)
        self.look_button = Button(self.tr("Look through the book now"), self.look)
        self.header = PageHeader(name, " ", buttons=[self.look_button])
        self.body.addWidget(self.header)
        self.body.addWidget(self._made_progress())
        columns = Columns()
        columns.set_main_at_least(MAIN)
        main, side = columns.column(), columns.column(SIDE)
        self.body.addWidget(columns)
        self.list = RowList(desk.theme, name, hug=False, keeps_current=True, click_opens=False)
        self.list.acted.connect(self._act)
        self.list.opened.connect(self._compare_key)
        self.list.moved.connect(self._show_current)
        self.nothing = EmptyState(
            self.tr(
                "Nobody seems to be in the book twice. Whoever is entered or brought in is "
                "compared by name, telephone, e-mail, birthday and address."
            ),
            self.tr("Look through the book now"),
            self.look,
        )
        self.card = Card(self.tr("Pairs"), fill=True)
        self.card.add(self.nothing)
        self.card.add(self.list)
        main.addWidget(self.card)
        self.detail = PairCard(desk)
        self.detail.open_client.connect(self.open_client)
        self.detail.merge.connect(self.merge)
        self.detail.apart.connect(self.not_the_same)
        self.detail.compare.connect(self.compare)
        side.addWidget(self.detail)
        self._went_on.connect(self._show_course)

    def _made_progress(self) -> QWidget:
        self.progress = Card()
        self.course = label("", "")
        self.bar = QProgressBar()
        self.bar.setRange(0, 1000)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("How far the book was looked through"))
        self.cancel_button = Button(self.tr("Stop; go on later"), self._cancel.set)
        self.progress.add(self.course)
        self.progress.add(self.bar)
        self.progress.add(self.cancel_button)
        self.progress.hide()
        return self.progress

    # reading

    def refresh(self) -> None:
        """Ask for the likeliest pairs and the latest merges."""
        if self.desk.is_signed_in:
            self.desk.ask(
                lambda session: (pairs(session), merges(session)),
                lambda found: self._show(*found),
                owner=self,
                slot="pairs",
            )

    def client_at_hand(self) -> int | None:
        """The newer of the two that are chosen."""
        pair = self.current()
        return None if pair is None else pair.second.named.client_id

    def current(self) -> PairRow | None:
        """The pair at hand."""
        key = self.list.current_key()
        return None if key is None else self._pairs.get(key)

    def _show(self, found: Pairs, merged: tuple[MergeRow, ...]) -> None:
        self._pairs = {pair.id: pair for pair in found.rows}
        self._merges = {(MERGED, one.id): one for one in merged}
        waiting = self.tr("%n pair(s) to look at", "", found.count)
        words = [waiting if found.count else self.tr("No pairs to look at")]
        if found.looked_at is not None:
            day = self.desk.formats.local_day(found.looked_at)
            when = self.desk.formats.past_day(day, self.desk.today())
            words.append(self.tr("the book was looked through {when}").format(when=when))
        elif found.under_way:
            words.append(self.tr("the book was looked through in part"))
        self.header.set_words(self.accessibleName(), " · ".join(words))
        go_on = found.under_way and found.looked_at is None
        self.look_button.set_words(
            self.tr("Go on looking through the book") if go_on
            else self.tr("Look through the book now")
        )  # fmt: skip
        self.list.set_rows([*map(self._row, found.rows), *map(self._merge_row, merged)])
        self.list.setVisible(bool(found.rows or merged))
        self.nothing.setVisible(not found.rows)
        self.look_button.setVisible(bool(found.rows) or bool(merged))
        self.card.set_hint(
            self.tr("J/K to move · M one client · N not the same · Return choose")
            if found.rows else ""
        )  # fmt: skip
        self._show_current()

    def _row(self, pair: PairRow) -> Row:
        one, other = (shown_name(row.named) for row in (pair.first, pair.second))
        return Row(
            key=pair.id,
            title=one,
            after_title=f"~ {other}",
            sub=how_likely(pair.score),
            chips=reason_chips(pair.reasons),
            actions=(
                RowAction("merge", self.tr("Make one client"), "M", shown=False),
                RowAction("apart", self.tr("Not the same"), "N", shown=False),
            ),
            section=self.tr("Perhaps the same"),
        )

    def _merge_row(self, one: MergeRow) -> Row:
        day = self.desk.formats.local_day(one.merged_at)
        gone = one.gone or self.tr("a client without a name")
        return Row(
            key=(MERGED, one.id),
            title=shown_name(one.kept.named),
            after_title=self.tr("with {name}").format(name=gone),
            sub=self.desk.formats.past_day(day, self.desk.today()),
            actions=(RowAction("undo", self.tr("Undo the merge"), "U"),),
            section=self.tr("Made one client"),
        )

    def _show_current(self, _: object = None) -> None:
        self.detail.show_pair(self.current())

    # doing

    def merge(self) -> None:
        """Make one client of the pair at hand; of each field the better words are kept."""
        pair = self.current()
        if pair is not None:
            ids = (pair.first.named.client_id, pair.second.named.client_id)
            self.desk.do(
                merge_clients,
                Merge(*ids, by=self.desk.me.id),
                said=self.tr("{name}: two are one now").format(name=shown_name(pair.second.named)),
            )

    def not_the_same(self) -> None:
        """Say that the pair at hand are two people."""
        pair = self.current()
        if pair is not None:
            ids = (pair.first.named.client_id, pair.second.named.client_id)
            self.desk.do(
                set_apart,
                SetApart(*ids, by=self.desk.me.id),
                said=self.tr("Not the same: they stay two clients"),
            )

    def compare(self) -> None:
        """Choose field by field."""
        from clientele.ui.dialogs.merge import MergeSheet

        pair = self.current()
        if pair is not None:
            ids = (pair.first.named.client_id, pair.second.named.client_id)
            MergeSheet(self.desk, self, *ids).open_sheet()

    def _compare_key(self, key: Key) -> None:
        if key in self._merges:
            self.open_client.emit(self._merges[key].kept.named.client_id)
        else:
            self.compare()

    def _act(self, key: Key, name: str) -> None:
        if name == "undo":
            self._undo(key)
        elif name == "merge":
            self.merge()
        else:
            self.not_the_same()

    def _undo(self, key: Key) -> None:
        one = self._merges.get(key)
        if one is not None:
            self.desk.do(undo_merge, Unmerge(one.id, one.gone_id), said=self._two_again)

    def _two_again(self, changes: Changes) -> str:
        said = self.tr("They are two clients again")
        return said if changes.stayed is None else f"{said}. {stayed_words(changes.stayed)}"

    # looking through the book

    def look(self) -> None:
        """Look through the book beside all else; what is found comes into the list as it goes."""
        if self._work.busy():
            return
        self._cancel.clear()
        self._show_course(Course(0.0, 0, 0))
        acting = self.desk.acting
        self._work.run(lambda: self._look(acting), self._looked, self._broken)

    def _look(self, acting: Acting) -> Looked:
        return find_pairs(
            self._store,
            now=self.desk.now(),
            progress=self._went_on.emit,
            cancelled=self._cancel.is_set,
            acting=acting,
        )

    def stop(self) -> None:
        """End what runs; it can be gone on with."""
        self._cancel.set()
        self._work.stop()

    def _show_course(self, course: Course) -> None:
        self.progress.show()
        self.look_button.setEnabled(False)
        self.bar.setValue(round(course.share * 1000))
        number = self.desk.formats.number
        self.course.setText(
            self.tr("Looking through the book: {found} likely pairs so far.").format(
                found=number(course.found)
            )
        )

    def _looked(self, looked: Looked) -> None:
        self._ended()
        if not looked.cancelled:
            self.desk.said.emit(
                self.tr("Looked through the book: %n likely pair(s)", "", looked.found), False
            )

    def _broken(self, _error: Exception, sentence: str) -> None:
        self._ended()
        self.desk.refused.emit(sentence)

    def _ended(self) -> None:
        self.progress.hide()
        self.look_button.setEnabled(True)
        self.desk.changed.emit(Changes(ids={Kind.DUPLICATE_PAIR: frozenset()}))
