"""Who is away, until when, and who covers? Said once; everything comes back by itself."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QComboBox, QSizePolicy, QWidget

from clientele.domain.rules.due_days import Soon
from clientele.domain.rules.rights import Right, has_over
from clientele.services.absences import (
    ChangeAbsence,
    EndAbsence,
    SayAway,
    change_absence,
    end_absence,
    say_away,
)
from clientele.services.changes import Changes, Kind
from clientele.store.queries.absences import AbsenceRow, Meanwhile, absences_from, meanwhile
from clientele.store.queries.team import AssociateTile, associates
from clientele.ui.delegates.row_layout import Style
from clientele.ui.desk import Desk
from clientele.ui.dialogs.drafted import DraftedSheet
from clientele.ui.models.absence_rows import CHANGE, END, absence_row, meanwhile_words
from clientele.ui.widgets.basics import label
from clientele.ui.widgets.colleague_tiles import ColleagueTiles
from clientele.ui.widgets.day_choice import DayChoice
from clientele.ui.widgets.fields import Field
from clientele.ui.widgets.row_list import RowList

FROM = (Soon.TODAY, Soon.TOMORROW, Soon.NEXT_MONDAY)
BACK = (Soon.TOMORROW, Soon.THREE_DAYS, Soon.NEXT_MONDAY, Soon.NEXT_MONTH)

Found = tuple[tuple[AbsenceRow, ...], tuple[AssociateTile, ...]]


class AwaySheet(DraftedSheet):
    """Call ``open_sheet`` after making it. A manager may say it for others too."""

    def __init__(self, desk: Desk, over: QWidget) -> None:
        title = QCoreApplication.translate("AwaySheet", "Away, and who covers")
        super().__init__(desk, over, title, "away", width=600)
        self._rows: dict[int, AbsenceRow] = {}
        self._changing: int | None = None
        self.list = RowList(desk.theme, self.tr("Who is away, now and soon"), style=Style(inset=0))
        self.list.acted.connect(self._act)
        self.list.hide()
        self.nobody = label(self.tr("Everybody is here, now and as far as is known."), "sub")
        self.nobody.hide()
        self.body.addWidget(self.list)
        self.body.addWidget(self.nobody)
        self.who = QComboBox()
        self.who.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.who.activated.connect(self._other_chosen)
        self.add_field(self.tr("Who is away"), self.who)
        self._who_field = self.who.parentWidget()
        today = desk.today()
        self.away_from = DayChoice(desk.formats, self.tr("First day away"), today, FROM)
        self.back_on = DayChoice(desk.formats, self.tr("First day back"), today, BACK)
        self.add_field(self.tr("First day away"), self.away_from)
        self.add_field(self.tr("First day back"), self.back_on)
        self.cover = ColleagueTiles(desk, self.tr("Who covers"), without=(desk.me.id,))
        self.cover.loaded.connect(self._place)
        self.add_field(self.tr("Who covers"), self.cover)
        self.also_away = label("", "sub")
        self.also_away.hide()
        self.body.addWidget(self.also_away)
        self.why = Field(self.tr("Why"), hint=self.tr("Holiday, training; may stay empty"))
        self.add_field(self.tr("Why"), self.why)
        self.body.addWidget(
            label(
                self.tr(
                    "Follow-ups, promises and expected clients stand on the cover's pages until "
                    "then, and are the owner's again on the first day back."
                ),
                "sub",
            )
        )
        self.button = self.add_button(self.tr("Keep"), self.keep, primary=True)
        self.cover.chosen.connect(lambda _: self._touched())
        for days in (self.away_from, self.back_on):
            days.chosen.connect(lambda _: self._touched())
        self.why.typed.connect(lambda _: self._keep_draft())
        desk.changed.connect(self._heard)
        self._look()
        self.look_for_draft()

    @property
    def associate_id(self) -> int:
        """Who is away."""
        chosen = self.who.currentData()
        return chosen if isinstance(chosen, int) else self._by

    def typed_now(self) -> dict[str, str]:
        """The days, the cover and the word; empty while nothing was chosen."""
        if self.cover.value is None and not self.why.value.strip():
            return {}
        first, back = self.away_from.day, self.back_on.day
        return {
            "from": first.isoformat() if first else "",
            "back": back.isoformat() if back else "",
            "cover": str(self.cover.value or ""),
            "why": self.why.value,
        }

    def bring_back(self, fields: dict[str, str]) -> None:
        """What was chosen before the window was locked or the sheet closed."""
        today = self.desk.today()
        for days, key in ((self.away_from, "from"), (self.back_on, "back")):
            if fields.get(key):
                days.set_day(max(date.fromisoformat(fields[key]), today))
        self.cover.choose(int(fields["cover"]) if fields.get("cover") else None)
        self.why.set_value(fields.get("why", ""))

    def keep(self) -> None:
        """Write it down, or say what is missing."""
        first, back, cover = self.away_from.day, self.back_on.day, self.cover.value
        if first is None or back is None:
            self.say(self.tr("From when until when? Choose both days; what you typed is here."))
            return
        if cover is None:
            self.say(self.tr("Who covers? Choose a colleague; what you typed is here."))
            return
        day = self.desk.formats.weekday_day(back)
        name = self.cover.chosen_name
        said = self.tr("{name} covers until you are back on {day}").format(name=name, day=day)
        if self.associate_id != self._by:
            said = self.tr("{name} covers for {who}, back on {day}").format(
                name=name, who=self.who.currentText(), day=day
            )
        if self._changing is None:
            self.keep_as(
                say_away,
                SayAway(
                    self.associate_id, cover, first, back, self._by, self.why.value, self.place
                ),
                said=said,
            )
        else:
            what = ChangeAbsence(self._changing, cover, first, back, self._by, self.why.value)
            self.keep_as(change_absence, what, said=said)

    # who is away already

    def _look(self) -> None:
        today = self.desk.today()

        self.desk.ask(
            lambda session: (absences_from(session, today), associates(session)),
            self._show,
            owner=self,
            slot="absences",
        )

    def _show(self, found: Found) -> None:
        rows, people = found
        today, formats = self.desk.today(), self.desk.formats
        me = next((one for one in people if one.id == self._by), None)
        others = [one for one in people if _manages(me, one)]
        self._show_people(me, others)
        mine = {self._by, *(one.id for one in others)}
        self._rows = {row.id: row for row in rows}
        self.list.set_rows(
            [absence_row(row, today, formats, may_change=row.associate_id in mine) for row in rows]
        )
        self.list.setVisible(bool(rows))
        self.nobody.setVisible(not rows)
        if not self.isHidden():
            self._place()

    def _show_people(self, me: AssociateTile | None, others: list[AssociateTile]) -> None:
        kept = self.associate_id
        self.who.clear()
        self.who.addItem(self.tr("I am"), self._by)
        for one in others:
            self.who.addItem(one.name, one.id)
        self.who.setCurrentIndex(max(self.who.findData(kept), 0))
        if self._who_field is not None:
            self._who_field.setVisible(bool(others))

    def _act(self, key: int, name: str) -> None:
        row = self._rows.get(key)
        if row is None:
            return
        if name == CHANGE:
            self._change(row)
        elif name == END:
            words = self.tr("{name} is back, and everything is theirs again")
            if row.away_from >= self.desk.today():
                words = self.tr("{name} is not away any more")
            self.desk.do(
                end_absence,
                EndAbsence(key, self._by),
                said=words.format(name=row.associate),
                failed=self.say,
            )

    def _change(self, row: AbsenceRow) -> None:
        self._changing = row.id
        self.who.setCurrentIndex(max(self.who.findData(row.associate_id), 0))
        self.who.setEnabled(False)
        self.away_from.set_day(row.away_from)
        self.back_on.set_day(row.back_on)
        self.cover.leave_out((row.associate_id,))
        self.cover.choose(row.cover_id)
        self.why.set_value(row.why)
        self.button.set_words(self.tr("Change"))
        self.back_on.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self._ask_meanwhile()

    # what is chosen

    def _other_chosen(self, _: int) -> None:
        self.cover.leave_out((self.associate_id,))
        self._touched()

    def _touched(self) -> None:
        self.say("")
        self._keep_draft()
        self._ask_meanwhile()

    def _keep_draft(self) -> None:
        """What is typed anew is kept; an absence that is changed stands in the book already."""
        if self._changing is None:
            self.save_draft()

    def _ask_meanwhile(self) -> None:
        who, cover = self.associate_id, self.cover.value
        first, back = self.away_from.day, self.back_on.day
        if cover is None or first is None or back is None:
            self._show_meanwhile(())
            return

        self.desk.ask(
            lambda session: meanwhile(session, who, cover, first, back),
            self._show_meanwhile,
            owner=self,
            slot="meanwhile",
        )

    def _show_meanwhile(self, found: tuple[Meanwhile, ...]) -> None:
        words = meanwhile_words(found, self.cover.chosen_name, self.desk.formats)
        self.also_away.setText(words)
        self.also_away.setVisible(bool(words))
        if not self.isHidden():
            self._place()

    def _heard(self, changes: Changes) -> None:
        if Kind.ABSENCE in changes.kinds:
            self._look()


def _manages(me: AssociateTile | None, other: AssociateTile) -> bool:
    """Whether I may say it for a colleague: for everybody, or those of my department."""
    if me is None or me.id == other.id:
        return False
    return has_over(me.role, Right.REASSIGN, me.department_id, other.department_id)
