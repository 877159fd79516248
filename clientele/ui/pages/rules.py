"""Which rules make follow-ups by themselves, whom would each reach today, and why not others?"""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QCoreApplication, Signal

from clientele.domain.rules.touch_rules import Rule
from clientele.domain.rules.touch_rules_settle import Aftermath
from clientele.services.changes import Kind
from clientele.services.touch_rule_edits import (
    OrderRules,
    RemoveRule,
    SwitchRule,
    may_rule,
    order_rules,
    remove_rule,
    switch_rule,
)
from clientele.store.queries.rule_outlook import aftermath_of
from clientele.store.queries.rule_page import Preview, RulesPageFacts, preview, rules_page
from clientele.store.queries.touch_rules import KeptRule
from clientele.ui.delegates.row_layout import Style
from clientele.ui.desk import Desk
from clientele.ui.models.rows import ChipSpec, Key, Row, RowAction
from clientele.ui.models.rule_words import RuleVoice
from clientele.ui.pages.rule_reach import RuleReachCard
from clientele.ui.theme import Tone
from clientele.ui.widgets.buttons import Button
from clientele.ui.widgets.card import Card, EmptyState
from clientele.ui.widgets.layouts import Columns
from clientele.ui.widgets.page import Page, PageHeader
from clientele.ui.widgets.row_list import RowList

SIDE, MAIN = 400, 460
KINDS = {Kind.TOUCH_RULE, Kind.FOLLOW_UP, Kind.DEPARTMENT, Kind.TAG, Kind.MESSAGE_TEMPLATE}
EDIT, SWITCH, REMOVE, UP, DOWN = "edit", "switch", "remove", "up", "down"


class RulesPage(Page):
    """The rules in the manager's order; emits ``open_client(id)``."""

    open_client = Signal(int)

    def __init__(self, desk: Desk) -> None:
        name = QCoreApplication.translate("RulesPage", "Rules")
        super().__init__(desk, name, KINDS)
        self._facts: RulesPageFacts | None = None
        self.new = Button(self.tr("New rule"), self.new_rule, kind="primary")
        self.header = PageHeader(
            name, self.tr("They make follow-ups by themselves; a manager changes them."),
            buttons=[self.new],
        )  # fmt: skip
        self.body.addWidget(self.header)
        columns = Columns()
        columns.set_main_at_least(MAIN)
        main, side = columns.column(), columns.column(SIDE)
        self.body.addWidget(columns)
        self.list = RowList(
            desk.theme, name, hug=False, keeps_current=True, click_opens=False,
            style=Style(max_lines=6),
        )  # fmt: skip
        self.list.acted.connect(self._act)
        self.list.opened.connect(self._edit_key)
        self.list.moved.connect(self._look)
        self.nothing = EmptyState(
            self.tr(
                "There are no rules. A rule makes a follow-up by itself: three days after a "
                "purchase, before an occasion, or when somebody stays away longer than usual."
            ),
            self.tr("New rule"),
            self.new_rule,
        )
        self.card = Card(self.tr("What happens by itself"), fill=True)
        self.card.add(self.nothing)
        self.card.add(self.list)
        main.addWidget(self.card)
        self.reach = RuleReachCard(desk)
        self.reach.open_client.connect(self.open_client)
        side.addWidget(self.reach)

    def refresh(self) -> None:
        """Ask for the rules."""
        if self.desk.is_signed_in:
            me, language = self.desk.me.id, self.desk.formats.language
            self.desk.ask(
                lambda session: rules_page(session, me, language=language),
                self._show,
                owner=self,
                slot="rules",
            )

    def current(self) -> KeptRule | None:
        """The rule at hand."""
        return self._kept(self.list.current_key())

    @property
    def may_change(self) -> bool:
        """Whether who is signed in is a manager."""
        return self._facts is not None and may_rule(self._facts.role)

    def new_rule(self) -> None:
        """Open the form for a new rule."""
        self._open_form(None)

    # showing

    def _show(self, facts: RulesPageFacts) -> None:
        self._facts = facts
        voice = RuleVoice(self.desk.formats, facts.names, facts.templates)
        self.list.set_rows([self._row(one, voice) for one in facts.rules])
        self.list.setVisible(bool(facts.rules))
        self.nothing.setVisible(not facts.rules)
        self.new.setVisible(self.may_change)
        self.card.set_hint(
            self.tr("J/K to move · Return edit · S on or off · U up · N down")
            if facts.rules and self.may_change else ""
        )  # fmt: skip
        if facts.rules and self.list.current_key() is None:
            self.list.set_current(facts.rules[0].id)
        self._look()

    def _row(self, one: KeptRule, voice: RuleVoice) -> Row:
        if one.rule is None:
            return Row(one.id, self.tr("A rule that cannot be read"), body=one.wrong)
        on = one.rule.on
        chip = ChipSpec(self.tr("on"), Tone.GREEN) if on else ChipSpec(self.tr("off"), Tone.PLAIN)
        opened = self.tr("%n open follow-up(s)", "", one.open_now) if one.open_now else ""
        actions: tuple[RowAction, ...] = ()
        if self.may_change:
            actions = (
                RowAction(EDIT, self.tr("Edit"), "E"),
                RowAction(SWITCH, self.tr("Switch off") if on else self.tr("Switch on"), "S"),
                RowAction(REMOVE, self.tr("Remove"), "X", shown=False),
                RowAction(UP, self.tr("Up"), "U", shown=False),
                RowAction(DOWN, self.tr("Down"), "N", shown=False),
            )
        return Row(
            one.id,
            one.rule.name,
            body=voice.rule(replace(one.rule, on=True)),
            sub=opened,
            chips=(chip,),
            actions=actions,
        )

    def _look(self, _: object = None) -> None:
        """Ask whom the rule at hand would reach."""
        one = self.current()
        if one is None or one.rule is None or self._facts is None:
            self.reach.clear()
            return
        rule, now = one.rule, self.desk.now()
        voice = RuleVoice(self.desk.formats, self._facts.names, self._facts.templates)

        def show(found: Preview) -> None:
            self.reach.show_reach(rule, found, voice)

        self.desk.ask(
            lambda session: preview(session, rule, now=now),
            show,
            owner=self.reach,
            slot="reach",
            failed=self.reach.say,
        )

    # doing

    def _act(self, key: Key, name: str) -> None:
        one = self._kept(key)
        if one is None or not self.may_change:
            return
        if name == EDIT:
            self._open_form(one.rule)
        elif name == SWITCH and one.rule is not None:
            self._ask_first(one.rule, replace(one.rule, on=not one.rule.on))
        elif name == REMOVE and one.rule is not None:
            self._ask_first(one.rule, None)
        elif name in (UP, DOWN):
            self._move(one.id, -1 if name == UP else 1)

    def _edit_key(self, key: Key) -> None:
        one = self._kept(key)
        if one is not None and one.rule is not None and self.may_change:
            self._open_form(one.rule)

    def _open_form(self, rule: Rule | None) -> None:
        from clientele.ui.dialogs.edit_rule import RuleSheet

        if self._facts is not None and self.may_change:
            RuleSheet(self.desk, self, self._facts, rule).open_sheet()

    def _ask_first(self, old: Rule, new: Rule | None) -> None:
        """Say what it does to what the rule made; where that is nothing, do it at once."""
        now = self.desk.now()

        def found(after: Aftermath) -> None:
            if not (after.ended or after.moved or after.brought_back):
                self.do(old, new)
                return
            from clientele.ui.dialogs.change_rule import ChangeRuleSheet

            assert self._facts is not None
            voice = RuleVoice(self.desk.formats, self._facts.names, self._facts.templates)
            ChangeRuleSheet(
                self.desk, self, old, new, voice.beforehand(after), self.do
            ).open_sheet()

        self.desk.ask(
            lambda session: aftermath_of(session, old.id, new, now=now),
            found,
            owner=self,
            slot="aftermath",
        )

    def do(self, old: Rule, new: Rule | None) -> None:
        """Switch the rule, or remove it where ``new`` is None."""
        by = self.desk.me.id
        if new is None:
            words = self.tr("Rule “{name}” removed").format(name=old.name)
            self.desk.do(remove_rule, RemoveRule(old.id, by), said=words)
            return
        words = self.tr("Rule “{name}” is on") if new.on else self.tr("Rule “{name}” is off")
        what = SwitchRule(old.id, new.on, by)
        self.desk.do(switch_rule, what, said=words.format(name=old.name))

    def _move(self, key: int, by: int) -> None:
        ids = [one.id for one in self._facts.rules] if self._facts else []
        at = ids.index(key)
        if 0 <= at + by < len(ids):
            ids[at], ids[at + by] = ids[at + by], ids[at]
            words = self.tr("The order was changed")
            self.desk.do(order_rules, OrderRules(tuple(ids), self.desk.me.id), said=words)

    def _kept(self, key: Key | None) -> KeptRule | None:
        rules = self._facts.rules if self._facts else ()
        return next((one for one in rules if one.id == key), None)
