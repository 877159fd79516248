"""Whose client is this, and how does it become mine, or a colleague's?"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QWidget

from clientele.services.books import (
    AskForHandOff,
    EndKnowing,
    KnowInDepartment,
    TakeIntoBook,
    ask_for_hand_off,
    end_knowing,
    know_in_department,
    take_into_book,
)
from clientele.services.changes import Kind
from clientele.store.queries.whose import Whose, may_give_away, whose
from clientele.ui.delegates.row_layout import Style
from clientele.ui.desk import Desk
from clientele.ui.dialogs.give import GiveSheet
from clientele.ui.dialogs.living import LivingSheet
from clientele.ui.models.client_names import shown_name
from clientele.ui.models.whose_rows import (
    cover_words,
    handed_words,
    knowing_rows,
    owner_sentence,
    past_rows,
    why_words,
)
from clientele.ui.widgets.basics import label
from clientele.ui.widgets.buttons import Button
from clientele.ui.widgets.layouts import Flow
from clientele.ui.widgets.row_list import RowList


class WhoseSheet(LivingSheet):
    """Call ``open_sheet`` after making it; it deletes itself when it is closed."""

    SHOWS = frozenset(
        {Kind.ABSENCE, Kind.ASSOCIATE, Kind.BOOK_MEMBERSHIP, Kind.CLIENT, Kind.HAND_OFF}
    )

    def __init__(self, desk: Desk, over: QWidget, client_id: int) -> None:
        title = QCoreApplication.translate("WhoseSheet", "Whose client")
        super().__init__(desk, over, title, width=560)
        self._over, self._client_id = over, client_id
        self._found: Whose | None = None
        self._begun = False
        self.owner = label("", "strong")
        self.why = label("", "sub")
        self.body.addWidget(self.owner)
        self.body.addWidget(self.why)
        self.take = Button(self.tr("Take into my book"), self._take, kind="primary")
        self.ask = Button(self.tr("Ask for a hand-off"), self._ask, kind="primary")
        self.hand_over = Button(self.tr("Hand over…"), self._hand_over)
        self.give = Button(self.tr("Give to a colleague…"), self._give)
        self.know = Button("", self._know)
        acts = Flow(across=8, down=8)
        for button in (self.take, self.ask, self.hand_over, self.give, self.know):
            acts.add(button)
            button.hide()
        self.body.addWidget(acts)
        self.knowing_title = label(self.tr("Also know them"), "label")
        self.knowing = RowList(
            desk.theme, self.tr("Who else knows the client, by department"), style=Style(inset=0)
        )
        self.knowing.acted.connect(self._act)
        self.past_title = label(self.tr("Before"), "label")
        self.past = RowList(desk.theme, self.tr("Whose client it was before"), style=Style(inset=0))
        for title_label, rows in (
            (self.knowing_title, self.knowing),
            (self.past_title, self.past),
        ):
            self.body.addWidget(title_label)
            self.body.addWidget(rows)
            title_label.hide()
            rows.hide()
        self.look()

    def look(self) -> None:
        """Who owns the client, who else knows them, and what was before."""
        key, today, me = self._client_id, self._desk.today(), self._by

        self._desk.ask(
            lambda session: (whose(session, key, today=today), may_give_away(session, key, me)),
            lambda found: self._show(*found),
            owner=self,
            slot="whose",
        )

    def _show(self, found: Whose | None, may_give: bool) -> None:
        if found is None:
            self.close_sheet()
            return
        self._found = found
        me, formats, today = self._desk.me, self._desk.formats, self._desk.today()
        owner = found.owner
        mine = owner is not None and owner.associate_id == me.id
        free = owner is None or not owner.works_here
        self.owner.setText(owner_sentence(found, me.id, formats))
        why = why_words(owner, me.id) if owner is not None else ""
        cover = cover_words(found, me.id, today, formats)
        handed = handed_words(found, me.id, formats)
        self.why.setText(" · ".join(part for part in (why, cover, handed) if part))
        self.why.setVisible(bool(self.why.text()))
        self.take.setVisible(free and not mine)
        self.ask.setVisible(not free and not mine)
        self.hand_over.setVisible(mine)
        self.give.setVisible(may_give and not mine)
        known = any(row.associate_id == me.id for row in found.knowing)
        self.know.set_words(self.tr("Add me for {department}").format(department=me.department))
        self.know.setVisible(not mine and not known and me.department_id is not None)
        for title, rows, shown in (
            (self.knowing_title, self.knowing, knowing_rows(found, me.id, formats)),
            (self.past_title, self.past, past_rows(found, me.id, formats)),
        ):
            rows.set_rows(shown)
            rows.setVisible(bool(shown))
            title.setVisible(bool(shown))
        if not self.isHidden():
            self._place()
            self._begin()

    def _begin(self) -> None:
        """The keyboard goes to what is most likely wanted, once it is known what may be done."""
        if not self._begun:
            self._begun = True
            buttons = (self.take, self.ask, self.hand_over, self.give, self.know)
            first = next((button for button in buttons if button.isVisible()), self.cross)
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    # what is done

    def _take(self) -> None:
        why = ""
        owner = self._found.owner if self._found else None
        if owner is not None:
            why = self.tr("taken over from {name}").format(name=owner.associate)
        self._desk.do(
            take_into_book,
            TakeIntoBook(self._client_id, self._by, why),
            said=self.tr("In your book from now on"),
            failed=self.say,
        )

    def _ask(self) -> None:
        owner = self._found.owner if self._found else None
        if owner is None:
            return
        reason = self.tr("{name} asks for a hand-off").format(name=self._desk.me.name)
        self._desk.do(
            ask_for_hand_off,
            AskForHandOff(self._client_id, self._by, reason),
            said=self.tr("{name} is asked to hand over {client}").format(
                name=owner.associate, client=self._client
            ),
            then=self.close_after,
            failed=self.say,
        )

    def _know(self) -> None:
        self._desk.do(
            know_in_department,
            KnowInDepartment(self._client_id, self._by, self._by),
            said=self.tr("You know {client} for {department} from now on").format(
                client=self._client, department=self._desk.me.department
            ),
            failed=self.say,
        )

    def _act(self, key: int, _: str) -> None:
        rows = self._found.knowing if self._found else ()
        row = next((one for one in rows if one.id == key), None)
        if row is None:
            return
        self._desk.do(
            end_knowing,
            EndKnowing(key, self._by),
            said=self.tr("{name} no longer stands with {client} for {department}").format(
                name=row.associate, client=self._client, department=row.department
            ),
            failed=self.say,
        )

    def _hand_over(self) -> None:
        from clientele.ui.dialogs.hand_over import HandOverSheet

        over, key = self._over, self._client_id
        self.close_sheet()
        HandOverSheet(self._desk, over, client_id=key).open_sheet()

    def _give(self) -> None:
        over, key = self._over, self._client_id
        self.close_sheet()
        GiveSheet(self._desk, over, [key]).open_sheet()

    @property
    def _client(self) -> str:
        return shown_name(self._found.named) if self._found else ""
