"""How does the store reach its clients? Hours, days, limits and channels, set by a manager."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import TypeVar

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QWidget

from clientele.domain.client import Channel, Purpose
from clientele.domain.errors import Refusal
from clientele.domain.rules.contact_limits import Limit
from clientele.domain.rules.permission import ChannelRule, Policy
from clientele.domain.rules.policy_texts import Practice
from clientele.domain.rules.policy_typed import days_typed, hours_typed, limit_typed
from clientele.domain.rules.quiet_hours import DayHours, Hours
from clientele.domain.rules.rights import Right
from clientele.services.reach_policy import SetReachPolicy, set_reach_policy
from clientele.store.queries.permission import practice
from clientele.ui.desk import Desk
from clientele.ui.dialogs.passing import PassingSheet
from clientele.ui.models.plan_words import channel_words
from clientele.ui.refusals import sentence_of
from clientele.ui.theme import Space
from clientele.ui.widgets.basics import label
from clientele.ui.widgets.buttons import Choice
from clientele.ui.widgets.fields import Field
from clientele.ui.widgets.layouts import Flow

YES, ASKED, NO = "yes", "asked", "no"
MONDAY = date(2026, 11, 23)

Read = TypeVar("Read")


class ReachPolicySheet(PassingSheet):
    """Call ``open_sheet`` after making it. What is wrong is said where it stands."""

    def __init__(self, desk: Desk, over: QWidget) -> None:
        title = QCoreApplication.translate("ReachPolicySheet", "How clients may be reached")
        super().__init__(desk, over, title, width=560)
        self._kept = Practice()
        self.hours: list[Field] = []
        self.body.addWidget(label(self.tr("Hours, on the client's own clock"), "strong"))
        self.body.addWidget(self._week())
        self.days_off = self._field(
            self.tr("Days on which nobody is reached"), self.tr("25 Dec 2026, 1 Jan 2027")
        )
        self.body.addWidget(label(self.tr("How often, over all departments"), "strong"))
        self.most, self.days = self._limit(self.tr("Of any kind"))
        self.news_most, self.news_days = self._limit(self.tr("News"))
        self.body.addWidget(label(self.tr("Channels"), "strong"))
        self.used: dict[Channel, Choice] = {}
        options = [
            (YES, self.tr("Used")),
            (ASKED, self.tr("Only after a yes")),
            (NO, self.tr("Not used")),
        ]
        for channel in Channel:
            words = channel_words(channel.value)
            self.used[channel] = Choice(words, options)
            self.add_field(words[:1].upper() + words[1:], self.used[channel])
        self.named = QCheckBox(self.tr("A yes to news counts only where it names news"))
        self.any_hour = QCheckBox(self.tr("E-mail may leave at any hour"))
        self.areas = QCheckBox(self.tr("An area code tells where a client is"))
        for box in (self.named, self.any_hour, self.areas):
            self.body.addWidget(box)
        self.body.addWidget(label(self.tr("The store is closed"), "strong"))
        self.closed_weekdays = [
            QCheckBox(desk.formats.weekday_name(MONDAY + timedelta(days=ahead)))
            for ahead in range(7)
        ]
        closed = Flow(across=Space.GAP, down=0)
        closed.set_widgets(self.closed_weekdays)
        self.body.addWidget(closed)
        self.closed_on = self._field(
            self.tr("Days on which the store is closed"), self.tr("25 Dec 2026, 26 Dec 2026")
        )
        self.body.addWidget(label(self.tr("Opening hours of the store"), "strong"))
        self.opens = [
            self._field(
                self.tr("Open on {day}").format(day=box.text()), self.tr("10:00–18:00, or empty")
            )
            for box in self.closed_weekdays
        ]
        self.keep = self.add_button(self.tr("Keep"), self._keep, primary=True)
        desk.allowed.close_form(self, Right.WORDING, self.keep)
        desk.ask(practice, self._show, owner=self, slot="practice", failed=self._unreadable)

    def _week(self) -> QWidget:
        """The hours of each day, in two columns of days."""
        week = QWidget()
        grid = QGridLayout(week)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(Space.SMALL)
        grid.setVerticalSpacing(Space.TIGHT)
        for ahead in range(7):
            name = self._desk.formats.weekday_name(MONDAY + timedelta(days=ahead))
            field = Field(name, hint=self.tr("nobody"))
            self.hours.append(field)
            row, column = ahead % 4, ahead // 4 * 2
            grid.addWidget(label(name, "label", wrap=False), row, column)
            grid.addWidget(field, row, column + 1)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        return week

    def _field(self, name: str, hint: str) -> Field:
        field = Field(name, hint=hint)
        self.add_field(name, field)
        return field

    def _limit(self, name: str) -> tuple[Field, Field]:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.SMALL)
        most = Field(self.tr("{kind}: at most so many times").format(kind=name))
        days = Field(self.tr("{kind}: within so many days").format(kind=name))
        for words, field in ((self.tr("at most"), most), (self.tr("times within"), days)):
            row.addWidget(label(words, "label", wrap=False))
            row.addWidget(field)
        row.addWidget(label(self.tr("days"), "label", wrap=False))
        self.add_field(name, line)
        return most, days

    def _unreadable(self, sentence: str) -> None:
        self._show(Practice())
        self.say(sentence)

    def _show(self, kept: Practice) -> None:
        self._kept = kept
        policy = kept.policy
        for field, hours in zip(self.hours, policy.hours.week, strict=True):
            field.set_value(_between(hours))
        self.days_off.set_value(_days(policy.hours.days_off))
        for purpose, most, days in (
            (None, self.most, self.days),
            (Purpose.NEWS, self.news_most, self.news_days),
        ):
            limit = next((one for one in policy.limits if one.purpose == purpose), None)
            most.set_value("" if limit is None else str(limit.most))
            days.set_value("" if limit is None else str(limit.days))
        for channel, choice in self.used.items():
            rule = policy.rule(channel)
            choice.choose(NO if not rule.used else ASKED if rule.service_needs_yes else YES)
        self.named.setChecked(any(policy.rule(one).news_named for one in Channel))
        self.any_hour.setChecked(policy.email_at_any_hour)
        self.areas.setChecked(kept.trust_area_codes)
        for at, box in enumerate(self.closed_weekdays):
            box.setChecked(at in kept.closed_weekdays)
        self.closed_on.set_value(_days(kept.closed_on))
        for field, hours in zip(self.opens, kept.opens, strict=False):
            field.set_value(_between(hours))

    def _keep(self) -> None:
        try:
            wanted = self._practice()
        except Refusal as refusal:
            self.say(sentence_of(refusal))
            return
        self._desk.do(
            set_reach_policy,
            SetReachPolicy(wanted, self._by),
            said=self.tr("Kept: how clients may be reached"),
            then=self.close_after,
            failed=self.say,
        )

    def _practice(self) -> Practice:
        week = tuple(self._read(field, _within) for field in self.hours)
        opens = tuple(self._read(field, hours_typed) for field in self.opens)
        days_off = self._read(self.days_off, days_typed)
        limits = (
            self._read(self.most, lambda most: limit_typed(most, self.days.value)),
            self._read(
                self.news_most,
                lambda most: limit_typed(most, self.news_days.value, Purpose.NEWS),
            ),
        )
        return Practice(
            Policy(
                call=self._rule(Channel.CALL),
                email=self._rule(Channel.EMAIL),
                text=self._rule(Channel.TEXT),
                hours=Hours(week, days_off),
                email_at_any_hour=self.any_hour.isChecked(),
                limits=(*(one for one in limits if one is not None), *self._limits_not_shown()),
            ),
            self.areas.isChecked(),
            frozenset(at for at, box in enumerate(self.closed_weekdays) if box.isChecked()),
            self._read(self.closed_on, days_typed),
            opens if any(opens) else (),
        )

    def _rule(self, channel: Channel) -> ChannelRule:
        """As it is chosen; what the form does not show of the channel stays as it was."""
        used, kept = self.used[channel].value, self._kept.policy.rule(channel)
        named = self.named.isChecked()
        if named == any(self._kept.policy.rule(one).news_named for one in Channel):
            named = kept.news_named
        needs_yes = kept.service_needs_yes if used == NO else used == ASKED
        return ChannelRule(used != NO, needs_yes, named)

    def _limits_not_shown(self) -> tuple[Limit, ...]:
        """Those beyond the first of any kind and the first of news."""
        shown, rest = set(), []
        for limit in self._kept.policy.limits:
            if limit.purpose in (None, Purpose.NEWS) and limit.purpose not in shown:
                shown.add(limit.purpose)
            else:
                rest.append(limit)
        return tuple(rest)

    def _read(self, field: Field, read: Callable[[str], Read]) -> Read:
        """What is typed; what is wrong is marked where it stands, and raised."""
        field.set_wrong("")
        try:
            return read(field.value)
        except Refusal as refusal:
            field.set_wrong(sentence_of(refusal))
            field.setFocus()
            raise


def _within(text: str) -> DayHours | None:
    """Hours of one day, which are no wider than the law lets them be."""
    hours = hours_typed(text)
    Policy(hours=Hours((hours, *(None,) * 6)))
    return hours


def _between(hours: DayHours | None) -> str:
    return "" if hours is None else f"{hours.opens:%H:%M}–{hours.closes:%H:%M}"


def _days(days: frozenset[date]) -> str:
    return ", ".join(day.isoformat() for day in sorted(days))
