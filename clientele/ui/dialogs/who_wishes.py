"""Something came in: who waits for it? All of them, and a follow-up for each by one click."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from clientele.services.changes import Kind
from clientele.services.wishes import WishesArrived, wishes_arrived
from clientele.store.queries.reading import store_facts
from clientele.store.queries.wishes import Waiting, who_wishes
from clientele.ui.delegates.row_layout import Style
from clientele.ui.desk import Desk
from clientele.ui.dialogs.living import LivingSheet
from clientele.ui.models.client_names import shown_name
from clientele.ui.models.rows import ChipSpec, Row, RowAction
from clientele.ui.models.wish_rows import HERE, wish_row, wish_words
from clientele.ui.theme import Tone
from clientele.ui.widgets.basics import label
from clientele.ui.widgets.buttons import Button
from clientele.ui.widgets.fields import Field, Pause
from clientele.ui.widgets.row_list import RowList


class WhoWishesSheet(LivingSheet):
    """Call ``open_sheet`` after making it. Emits ``open_client(id)``."""

    SHOWS = frozenset({Kind.WISH, Kind.PURCHASE_LINE})

    open_client = Signal(int)

    def __init__(self, desk: Desk, over: QWidget, typed: str = "") -> None:
        title = QCoreApplication.translate("WhoWishesSheet", "Who wishes for this?")
        super().__init__(desk, over, title, width=640)
        self._rows: dict[int, Waiting] = {}
        self._sent = False
        self.words = Field(
            self.tr("What came in"), typed, hint=self.tr("Scan its number, or a few words of it")
        )
        self.nothing = label("", "label")
        self.list = RowList(desk.theme, self.tr("Who waits for it"), style=Style(inset=0))
        self.list.acted.connect(self._act)
        self.list.opened.connect(self._open)
        self.body.addWidget(self.words)
        self.body.addWidget(self.nothing)
        self.body.addWidget(self.list)
        self.here = Button(self.tr("It is here"), self._all_here)
        self._buttons.addWidget(self.here)
        self.reach = self.add_button(
            self.tr("It is here: reach all"), self._reach_all, primary=True
        )
        self._pause = Pause(self)
        self.words.typed.connect(self._pause.typed)
        self._pause.paused.connect(self.look)
        self._show((), "")
        if typed:
            self.look()

    def open_sheet(self, focus: QWidget | None = None) -> None:
        """Begin with what came in."""
        super().open_sheet(focus or self.words)

    def look(self) -> None:
        """Who waits for what is typed."""
        me, typed = self._desk.me.id, self.words.value
        self._desk.ask(
            lambda session: (
                who_wishes(session, typed, associate_id=me),
                store_facts(session).currency,
            ),
            self._found,
            owner=self,
            slot="waiting",
        )

    def _found(self, found: tuple[tuple[Waiting, ...], str]) -> None:
        self._show(*found)

    def _show(self, found: tuple[Waiting, ...], currency: str) -> None:
        self._rows = {one.wish.id: one for one in found}
        self.list.set_rows([self._row(one, currency) for one in found])
        self.list.setVisible(bool(found))
        self.nothing.setVisible(not found)
        asked = bool(self.words.value.strip())
        self.nothing.setText(
            self.tr("Nobody waits for that.")
            if asked
            else self.tr("Everybody who wishes for it stands here, your own clients first.")
        )
        clients = len({one.named.client_id for one in found})
        self.reach.set_words(self.tr("It is here: reach all %n", "", clients))
        self.reach.set_key("Ctrl+Return")
        for button in (self.here, self.reach):
            button.setEnabled(bool(found))

    def _row(self, one: Waiting, currency: str) -> Row:
        row = wish_row(one.wish, self._desk, currency)
        mine = one.owner_id == self._desk.me.id
        owner = self.tr("yours") if mine else one.owner
        end = (ChipSpec(owner, Tone.GREEN if mine else Tone.PLAIN),) if owner else ()
        return Row(
            key=row.key,
            title=shown_name(one.named),
            after_title=f"· {row.after_title}",
            sub=row.sub,
            chips=row.chips,
            end_chips=end,
            actions=(RowAction(HERE, self.tr("Reach"), "I"),),
        )

    def _act(self, key: int, _: str) -> None:
        if key in self._rows:
            self._arrived((key,), reach=True)

    def _open(self, key: int) -> None:
        if key in self._rows:
            client_id = self._rows[key].named.client_id
            self.close_sheet()
            self.open_client.emit(client_id)

    def _all_here(self) -> None:
        self._arrived(tuple(self._rows), reach=False)

    def _reach_all(self) -> None:
        self._arrived(tuple(self._rows), reach=True)

    def _arrived(self, keys: tuple[int, ...], *, reach: bool) -> None:
        if not keys or self._sent:
            return
        self._sent = True
        clients = len({self._rows[key].named.client_id for key in keys})
        item = wish_words(self._rows[keys[0]].wish)
        said = self.tr("Is here: {item}").format(item=item)
        if reach:
            said = self.tr("%n follow-up(s) for today", "", clients)
        what = WishesArrived(
            keys,
            self._desk.me.id,
            self._desk.today() if reach else None,
            reason=self.tr("Wish list: {what} is here"),
        )
        self._desk.do(wishes_arrived, what, said=said, then=self._written, failed=self._refused)

    def _written(self, _: object) -> None:
        self._sent = False

    def _refused(self, sentence: str) -> None:
        self._sent = False
        self.say(sentence)
