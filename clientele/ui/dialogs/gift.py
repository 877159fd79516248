"""What was given, to whom and for which day, and how was it received?"""

from __future__ import annotations

from datetime import date, datetime

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QHBoxLayout, QWidget

from clientele.domain.errors import Refusal
from clientele.domain.rules.dates import last_time, parse_day
from clientele.services.gifts import (
    AddGift,
    ChangeGift,
    GiftForNobody,
    GiftWithoutWords,
    add_gift,
    change_gift,
)
from clientele.store.queries.gifts import ForGift, GiftRow, for_gift, given_before
from clientele.ui.delegates.row_layout import Style
from clientele.ui.desk import Desk
from clientele.ui.dialogs.drafted import DraftedSheet
from clientele.ui.models.gift_words import gift_line, given_words
from clientele.ui.models.plan_words import occasion_words
from clientele.ui.refusals import sentence_of
from clientele.ui.theme import Space, Tone
from clientele.ui.widgets.buttons import Choice
from clientele.ui.widgets.card import Banner
from clientele.ui.widgets.emptying import empty
from clientele.ui.widgets.fields import Field
from clientele.ui.widgets.people_choice import PeopleChoice
from clientele.ui.widgets.row_list import RowList

LINES_SHOWN = 4
NO_DAY = "0"


class GiftSheet(DraftedSheet):
    """Call ``open_sheet`` after making it. With ``gift`` it changes that one.

    ``line_id`` is a line that was the gift; what was bought ``around`` then comes first.
    """

    def __init__(
        self,
        desk: Desk,
        over: QWidget,
        *,
        client_id: int,
        member_id: int | None = None,
        line_id: int | None = None,
        around: datetime | None = None,
        gift: GiftRow | None = None,
    ) -> None:
        new = QCoreApplication.translate("GiftSheet", "A gift")
        title = new if gift is None else QCoreApplication.translate("GiftSheet", "Change a gift")
        place = f"gift of {client_id}" if gift is None else f"gift {gift.id}"
        super().__init__(desk, over, title, place, width=520)
        self._client_id, self._gift, self._line = client_id, gift, line_id
        self._day = NO_DAY
        self._known = ForGift((), (), ())
        self.people = PeopleChoice(desk, self.tr("To whom"), self.tr("somebody else"))
        self.to = Field(self.tr("Name"), hint=self.tr("who got it: Aunt May"))
        self.what = Field(self.tr("What was given"), hint=self.tr("emerald silk scarf"))
        self.warning = Banner(tone=Tone.AMBER)
        self.warning.hide()
        self.lines = RowList(
            desk.theme, self.tr("Bought here lately"), style=Style(inset=0, even=True)
        )
        self.days = QWidget()
        self._days_row = QHBoxLayout(self.days)
        self._days_row.setContentsMargins(0, 0, 0, 0)
        self.given = Field(self.tr("When it was given"), hint=self.tr("25 Dec, or when known"))
        self.liked = Field(self.tr("How it was received"), hint=self.tr("loved it"))
        self.add_field(self.tr("To whom"), self.people)
        self.body.addWidget(self.to)
        self.add_field(self.tr("What, in words or as it was bought"), self.what)
        self.body.addWidget(self.lines)
        self.body.addWidget(self.warning)
        self.add_field(self.tr("For which day"), self.days)
        self.add_field(self.tr("When, and how it was received"), self._pair())
        self.add_button(self.tr("Keep"), self.keep, primary=True)
        for field in (self.to, self.what, self.given, self.liked):
            field.typed.connect(self._typed)
            field.returnPressed.connect(self.keep)
        self.lines.opened.connect(self._choose_line)
        self.lines.hide()
        self.people.chosen.connect(self._chosen)
        self.people.loaded.connect(self._people_there)
        self._wanted = member_id if gift is None else gift.member_id
        self.people.choose(self._wanted)
        self.people.show_for(client_id)
        if gift is not None:
            self.what.set_value(gift.what)
            self.liked.set_value(gift.liked)
            if gift.given_on is not None:
                self.given.set_value(desk.formats.day_year(gift.given_on))
            self._day = str(gift.occasion_id or NO_DAY)
        self._filled = self._fields()
        desk.ask(
            lambda session: for_gift(session, client_id, around=around),
            self._show,
            owner=self,
            slot="known",
        )
        self.look_for_draft()

    def open_sheet(self, focus: QWidget | None = None) -> None:
        """Begin with what it was."""
        super().open_sheet(focus or self.what)

    def typed_now(self) -> dict[str, str]:
        """Every field; empty while nothing else is said than stood there."""
        fields = self._fields()
        if fields == self._filled or not any(value.strip() for value in fields.values()):
            return {}
        return fields | {"member": str(self.people.member_id or ""), "day": self._day}

    def bring_back(self, fields: dict[str, str]) -> None:
        """What was typed before the window was locked or the sheet closed."""
        self.to.set_value(fields.get("to", ""))
        self.what.set_value(fields.get("what", ""))
        self.given.set_value(fields.get("given", ""))
        self.liked.set_value(fields.get("liked", ""))
        self._line = int(fields["line"]) if fields.get("line") else self._line
        self._day = fields.get("day", NO_DAY)
        if fields.get("member"):
            self.people.choose(int(fields["member"]))
        self._show(self._known)

    def keep(self) -> None:
        """Write it down, or say what is missing."""
        try:
            on = self._given_on()
        except Refusal as refusal:
            self.given.set_wrong(sentence_of(refusal))
            self.say(sentence_of(refusal))
            return
        by, member, day = self.desk.me.id, self.people.member_id, int(self._day) or None
        if self._gift is not None:
            changed = ChangeGift(
                self._gift.id,
                by,
                self.what.value,
                member,
                day,
                on,
                self.liked.value,
                self.place,
            )
            self.keep_as(change_gift, changed, said=self.tr("Gift changed"))
            return
        made = AddGift(
            self._client_id,
            by,
            self.what.value,
            member,
            self.to.value if member is None else "",
            day,
            self._line,
            on,
            self.liked.value,
            self.place,
        )
        who = self.people.who or self.to.value.strip()
        self.keep_as(add_gift, made, said=self.tr("Gift to {name}").format(name=who))

    def _fields(self) -> dict[str, str]:
        return {
            "to": self.to.value,
            "what": self.what.value,
            "given": self.given.value,
            "liked": self.liked.value,
            "line": str(self._line or ""),
        }

    def _show(self, known: ForGift) -> None:
        self._known = known
        chosen = next((line for line in known.lines if line.id == self._line), None)
        if chosen is not None and not self.what.value.strip():
            self.what.set_value(chosen.item or chosen.sku)
        self._show_lines()
        self._show_days()
        self._warn()

    def _show_lines(self) -> None:
        """What was bought and fits what is typed; nothing where the gift is being changed."""
        words = self.what.value.casefold().split()
        fitting = [
            line
            for line in self._known.lines
            if line.id == self._line or all(word in line.item.casefold() for word in words)
        ]
        rows = [
            gift_line(line, self.desk, chosen=line.id == self._line)
            for line in fitting[:LINES_SHOWN]
        ]
        self.lines.set_rows(rows)
        self.lines.setVisible(bool(rows) and self._gift is None)

    def _show_days(self) -> None:
        member = self.people.member_id
        days = [row for row in self._known.days if row.member_id in (None, member)]
        options = [(NO_DAY, self.tr("none said"))]
        options += [(str(row.id), occasion_words(row.kind, row.title, None)) for row in days[:6]]
        if self._day not in dict(options):
            self._day = NO_DAY
        empty(self._days_row)
        choice = Choice(self.tr("For which day"), options, wraps=True)
        choice.choose(self._day)
        choice.chosen.connect(self._choose_day)
        self._days_row.addWidget(choice)
        holder = self.days.parentWidget()
        (self.days if holder is None else holder).setVisible(len(options) > 1)

    def _warn(self) -> None:
        """The same was given to the same person before: said calmly, nothing stops."""
        but = 0 if self._gift is None else self._gift.id
        member = self.people.member_id
        if member is None or not self.what.value.strip():
            self.warning.say("")
            return
        before = given_before(self._known.gifts, self.what.value, member, but=but)
        if before is None:
            self.warning.say("")
            return
        words = self.tr("{name} was given this before: {gift}")
        said = words.format(name=before.member, gift=given_words(before, self.desk))
        self.warning.say(said, Tone.AMBER)

    def _choose_line(self, key: int) -> None:
        """Chosen again, it is not the gift."""
        line = next((one for one in self._known.lines if one.id == key), None)
        if line is None:
            return
        self._line = None if self._line == key else key
        if self._line is not None:
            self.what.setText(line.item or line.sku)
        self.save_draft()
        self._show_lines()
        self._warn()

    def _choose_day(self, value: str) -> None:
        self._day = value
        self.save_draft()

    def _typed(self, _: str) -> None:
        self.given.set_wrong("")
        self.save_draft()
        self._show_lines()
        self._warn()

    def _chosen(self) -> None:
        self.to.setVisible(self.people.member_id is None)
        self._show_days()
        self.save_draft()
        self._warn()

    def _people_there(self) -> None:
        """With one person in the household it is most likely them."""
        if self._wanted is None and self._gift is None and self.people.people:
            self._wanted = self.people.people[0].id
            self.people.choose(self._wanted)
        self.to.setVisible(self.people.member_id is None)
        self._show_days()
        self._warn()

    def _given_on(self) -> date | None:
        when = parse_day(self.given.value)
        return None if when is None else last_time(when, self.desk.today())

    def _pair(self) -> QWidget:
        pair = QWidget()
        row = QHBoxLayout(pair)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.SMALL)
        row.addWidget(self.given, 2)
        row.addWidget(self.liked, 3)
        return pair

    def _refused(self, sentence: str) -> None:
        super()._refused(sentence)
        wrong = {
            sentence_of(GiftWithoutWords()): self.what,
            sentence_of(GiftForNobody()): self.to,
        }.get(sentence)
        if wrong is not None:
            wrong.setFocus()
