"""What would a calendar file bring, with whom, and what of it is wanted?"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from clientele.services.calendar_import import Take, TakeCalendar, take_calendar
from clientele.services.calendar_plan import (
    CalendarPlan,
    Offered,
    What,
    plan_calendar,
    read_bytes,
)
from clientele.services.changes import Changes
from clientele.ui.desk import Desk
from clientele.ui.dialogs.calendar_whom import CalendarWhomSheet
from clientele.ui.dialogs.passing import PassingSheet
from clientele.ui.models.appointment_words import times, when
from clientele.ui.models.client_names import shown_name
from clientele.ui.models.rows import ChipSpec, Key, Row, RowAction
from clientele.ui.theme import Tone
from clientele.ui.widgets.basics import label
from clientele.ui.widgets.row_list import RowList

TAKE, WHOM = "take", "whom"
MOST = 400
"""Rows shown: a series is one row however often it comes."""


class CalendarInSheet(PassingSheet):
    """Choose a file, see each row with what it would change, leave out what is not wanted."""

    def __init__(self, desk: Desk, over: QWidget) -> None:
        title = QCoreApplication.translate("CalendarInSheet", "Bring in a calendar file")
        super().__init__(desk, over, title, width=860)
        self.plan: CalendarPlan | None = None
        self._people: dict[str, int] = {}
        self._names: dict[int, str] = {}
        self._left_out: set[str] = set()
        self._groups: dict[int, tuple[Offered, ...]] = {}
        self._picker: CalendarWhomSheet | None = None
        self.sentence = label(
            self.tr(
                "A calendar file (.ics), as Google, Outlook and Apple write it. It is read from "
                "today on, and what repeats for a year; nothing is kept before you have seen it."
            ),
            "label",
        )
        self.body.addWidget(self.sentence)
        self.list = RowList(desk.theme, self.tr("What the file would bring"), hug=False)
        self.list.setMinimumHeight(280)
        self.list.acted.connect(self._act)
        self.list.opened.connect(lambda key: self._act(key, TAKE))
        self.list.hide()
        self.body.addWidget(self.list, 1)
        self.rest = label("", "sub")
        self.rest.hide()
        self.body.addWidget(self.rest)
        self.choose = self.add_button(self.tr("Choose a file…"), self._choose)
        self.take = self.add_button(self.tr("Bring in"), self._take, primary=True)
        self.take.setEnabled(False)

    def open_sheet(self, focus: QWidget | None = None) -> None:
        """Begin with the file."""
        super().open_sheet(focus or self.choose)

    def open_file(self, path: Path) -> None:
        """Read a file and show what it would bring."""
        self.say("")
        now = self._desk.now()
        self._desk.ask(
            lambda session: plan_calendar(session, read_bytes(path), path.name, now=now),
            self._planned,
            owner=self,
            slot="plan",
            failed=self.say,
        )

    def wanted(self) -> tuple[Take, ...]:
        """What is to be kept, each with whom."""
        plan = self.plan
        if plan is None:
            return ()
        return tuple(
            Take(one, self._people.get(one.key))
            for one in plan.offered
            if one.key not in self._left_out
            and (one.what is not What.NEW or one.key in self._people)
        )

    def _planned(self, plan: CalendarPlan) -> None:
        self.plan = plan
        self._left_out = set()
        self._people, self._names = {}, {}
        for one in plan.offered:
            for named in one.match.candidates:
                self._names[named.client_id] = shown_name(named)
            if one.match.client_id is not None:
                self._people[one.key] = one.match.client_id
        self._groups = dict(enumerate(_grouped(plan.offered)))
        self._show()
        if self._groups:
            self.list.setFocus()

    # what is shown

    def _show(self) -> None:
        plan = self.plan
        if plan is None:
            return
        formats = self._desk.formats
        self.sentence.setText(
            self.tr("“{file}”, from {first} to {last}. What repeats is brought for a year.").format(
                file=plan.file,
                first=formats.day_year(plan.days.first),
                last=formats.day_year(plan.days.last),
            )
        )
        shown = list(self._groups.items())[:MOST]
        self.list.set_rows([self._row(key, group) for key, group in shown])
        self.list.setVisible(bool(shown))
        self.rest.setText("\n".join(self._rest(plan)))
        self.rest.setVisible(bool(self.rest.text()))
        count = len(self.wanted())
        self.take.setEnabled(count > 0)
        self.take.set_words(
            self.tr("Bring in %n change(s)", "", count) if count else self.tr("Bring in")
        )

    def _row(self, key: int, group: Sequence[Offered]) -> Row:
        one, formats = group[0], self._desk.formats
        who = self._people.get(one.key)
        out = one.key in self._left_out
        waits = one.what is What.NEW and who is None
        said = one.row.summary if one.row is not None else one.about
        name = self._names.get(who, "") if who is not None else ""
        words = when(one.starts_at, one.ends_at, formats)
        if len(group) > 1:
            words = self.tr("{when}, and %n more until {last}", "", len(group) - 1).format(
                when=words,
                last=formats.day_year(formats.local_day(group[-1].starts_at)),
            )
        sub = [words]
        if one.what is What.MOVED and one.there is not None:
            before = times(one.there.starts_at, one.there.ends_at, formats)
            day = formats.weekday_day(formats.local_day(one.there.starts_at))
            sub.append(self.tr("was {day}, {times}").format(day=day, times=before))
        sub.append(self._why(one, name, said))
        actions = [RowAction(TAKE, self._take_words(out=out), "D", shown=not waits)]
        if one.what is What.NEW:
            words = self.tr("Who is it?") if waits else self.tr("Somebody else")
            actions.append(RowAction(WHOM, words, "E", primary=waits))
        return Row(
            key=key,
            title=name or said or self.tr("without a word"),
            after_title=f"· {one.about}" if one.about and name else "",
            sub=" · ".join(part for part in sub if part),
            lead=self._lead(one, waits=waits, out=out),
            actions=tuple(actions),
            strike=out,
        )

    def _take_words(self, *, out: bool) -> str:
        return self.tr("Bring in after all") if out else self.tr("Leave out")

    def _lead(self, one: Offered, *, waits: bool, out: bool) -> ChipSpec:
        if out or waits:
            return ChipSpec(self.tr("left out"), Tone.PLAIN)
        return {
            What.NEW: ChipSpec(self.tr("new"), Tone.GREEN),
            What.MOVED: ChipSpec(self.tr("moved"), Tone.BLUE),
            What.OFF: ChipSpec(self.tr("called off"), Tone.AMBER),
            What.GONE: ChipSpec(self.tr("gone from it"), Tone.AMBER),
        }[one.what]

    def _why(self, one: Offered, name: str, said: str) -> str:
        if one.what is not What.NEW:
            return ""
        if not name:
            several = len(one.match.candidates) > 1
            if several:
                return self.tr("several clients may be meant")
            return self.tr("nobody in the book is known by it")
        by = {
            "email": self.tr("known by the e-mail address"),
            "phone": self.tr("known by the telephone number"),
            "name": self.tr("known by the name"),
        }.get(one.match.by if one.match.client_id == self._people.get(one.key) else "", "")
        return " · ".join(part for part in (by, f"“{said}”" if said != one.about else "") if part)

    def _rest(self, plan: CalendarPlan) -> list[str]:
        lines = []
        if not plan.offered:
            lines.append(self.tr("The file brings nothing new: all of it is in the book."))
        elif plan.same:
            lines.append(self.tr("%n appointment(s) are in the book as they are.", "", plan.same))
        if plan.whole_days:
            lines.append(
                self.tr(
                    "%n take a whole day or longer and are left out: nobody is expected at a time.",
                    "",
                    len(plan.whole_days),
                )
            )
        lines += [one.reason for one in plan.rejected[:8]]
        more = len(plan.rejected) - 8
        if more > 0:
            lines.append(self.tr("%n more could not be read.", "", more))
        return lines

    # what is chosen

    def _act(self, key: Key, name: str) -> None:
        group = self._groups.get(key) if isinstance(key, int) else None
        if group is None:
            return
        waits = group[0].what is What.NEW and group[0].key not in self._people
        if name == WHOM or waits:
            self._ask_whom(group)
            return
        keys = {one.key for one in group}
        self._left_out ^= keys
        self._show()

    def _ask_whom(self, group: Sequence[Offered]) -> None:
        one = group[0]
        said = one.row.summary if one.row is not None else one.about
        self._picker = CalendarWhomSheet(self._desk, self, said, one.match.candidates)
        self._picker.picked.connect(partial(self._picked, group))
        self._picker.open_sheet()

    def _picked(self, group: Sequence[Offered], client_id: int, name: str) -> None:
        self._names[client_id] = name
        for one in group:
            self._people[one.key] = client_id
            self._left_out.discard(one.key)
        self._show()
        self.list.setFocus()

    def _take(self) -> None:
        wanted = self.wanted()
        if not wanted:
            return
        me = self._desk.me
        self._desk.do(
            take_calendar,
            TakeCalendar(wanted, me.id, me.department_id),
            said=self._said,
            then=self.close_after,
            failed=self.say,
        )

    def _said(self, changes: Changes) -> str:
        count = len(changes.ids.get("appointment", ()))
        return self.tr("%n appointment(s) brought in or changed", "", count)

    def _choose(self) -> None:
        dialog = QFileDialog(self, self.tr("Choose a calendar file"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(self.tr("Calendars (*.ics *.ical *.ifb);;All files (*)"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda path: self.open_file(Path(path)))
        dialog.open()


def _grouped(offered: Sequence[Offered]) -> list[tuple[Offered, ...]]:
    """New ones of a series together; all others each for itself."""
    groups: dict[tuple[str, str], list[Offered]] = {}
    for one in offered:
        series = one.what is What.NEW and one.row is not None and one.row.recurrence
        same = (one.row.uid, one.row.summary) if series and one.row is not None else (one.key, "")
        groups.setdefault(same, []).append(one)
    return [tuple(group) for group in groups.values()]
