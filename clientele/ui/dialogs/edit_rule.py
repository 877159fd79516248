"""A rule in words: when, for whom, how; whom it would reach today; what saving does."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from clientele.domain.client import Channel
from clientele.domain.errors import Refusal
from clientele.domain.rules.touch_rules import Rule, Trigger, checked
from clientele.services.touch_rule_edits import AddRule, EditRule, add_rule, edit_rule
from clientele.store.queries.rule_page import Preview, RulesPageFacts, preview
from clientele.ui.desk import Desk
from clientele.ui.dialogs.passing import PassingSheet
from clientele.ui.dialogs.rule_form import RuleForm
from clientele.ui.models.client_names import shown_name
from clientele.ui.models.rule_words import RuleVoice, why_words
from clientele.ui.refusals import sentence_of
from clientele.ui.widgets.basics import label
from clientele.ui.widgets.card import Card
from clientele.ui.widgets.fields import Pause

NAMED = 5
"""Clients who are named in the sentence; the others are counted."""


class RuleSheet(PassingSheet):
    """Call ``open_sheet`` after making it. Without ``rule`` it makes a new one."""

    def __init__(
        self, desk: Desk, over: QWidget, facts: RulesPageFacts, rule: Rule | None = None
    ) -> None:
        new = QCoreApplication.translate("RuleSheet", "New rule")
        title = new if rule is None else QCoreApplication.translate("RuleSheet", "Edit a rule")
        super().__init__(desk, over, title, width=640)
        self.desk = desk
        self._rule = rule
        self._voice = RuleVoice(desk.formats, facts.names, facts.templates)
        self.form = RuleForm(facts.names, facts.templates, desk.formats, self)
        self.words = label("", "strong")
        self.reach = label("", "")
        self.others = label("", "sub")
        self.after = label("", "")
        said = Card()
        for part in (self.words, self.reach, self.others, self.after):
            part.setWordWrap(True)
            said.add(part)
        self.body.addWidget(said)
        self._holders: dict[QWidget, QWidget] = {}
        for name, field in self.form.fields():
            self.add_field(name, field)
            holder = field.parentWidget()
            if holder is not None:
                self._holders[field] = holder
        usual = Rule("", Trigger.PURCHASE, "", Channel.EMAIL, wait=3)
        self.form.show_rule(rule or usual)
        self.form.changed.connect(self._changed)
        self._pause = Pause(self, 300)
        self._pause.paused.connect(self._look)
        self.save = self.add_button(self.tr("Save"), self.keep, primary=True)
        self._changed()
        self._look()

    def keep(self) -> None:
        """Save it and do what was said, or say what is wrong."""
        try:
            rule = checked(self.form.rule())
        except Refusal as refusal:
            self.say(sentence_of(refusal))
            return
        by, name = self.desk.me.id, rule.name
        if self._rule is None:
            said = self.tr("Rule “{name}” added").format(name=name)
            self.desk.do(
                add_rule, AddRule(rule, by), said=said, then=self.close_after, failed=self.say
            )
        else:
            said = self.tr("Rule “{name}” changed").format(name=name)
            self.desk.do(
                edit_rule, EditRule(rule, by), said=said, then=self.close_after, failed=self.say
            )

    def _changed(self) -> None:
        """Say the rule as it stands, and ask a moment later whom it would reach."""
        gone = self.form.unwanted()
        for field, holder in self._holders.items():
            holder.setVisible(field not in gone)
        rule = self._now()
        self.words.setText("" if rule is None else self._voice.rule(replace(rule, on=True)))
        self._pause.typed("")

    def _now(self) -> Rule | None:
        """What the fields say, where that makes a rule; one without a name does here."""
        try:
            rule = self.form.rule()
            return checked(rule if rule.name.strip() else replace(rule, name="–"))
        except Refusal:
            return None

    def _look(self, _: str = "") -> None:
        rule = self._now()
        if rule is None:
            self._say_nothing()
            return
        now = self.desk.now()
        self.desk.ask(
            lambda session: preview(session, rule, now=now),
            self._show,
            owner=self,
            slot="preview",
            failed=self.say,
        )

    def _say_nothing(self) -> None:
        for part in (self.reach, self.others, self.after):
            part.setText("")

    def _show(self, found: Preview) -> None:
        self.reach.setText(reach_words(found))
        self.others.setText(others_words(found))
        after = found.aftermath
        self.after.setText("" if after is None else self._saving(self._voice.beforehand(after)))
        self.after.setVisible(after is not None)

    def _saving(self, words: str) -> str:
        return self.tr("If you save this: {what}").format(what=words)


def reach_words(found: Preview) -> str:
    """As “Today it would reach 7 clients: Ana Silva, Ben Okoye and 5 more”."""
    count = found.reach.clients
    if not count:
        return QCoreApplication.translate("RuleReach", "Today it would reach nobody new.")
    ids = list(dict.fromkeys(one.client_id for one in found.reach.wanted))[:NAMED]
    names = ", ".join(shown_name(found.clients[one]) for one in ids if one in found.clients)
    reached = QCoreApplication.translate(
        "RuleReach", "Today it would reach %n client(s): {names}", "", count
    ).format(names=names)
    if count > len(ids):
        more = QCoreApplication.translate("RuleReach", "and %n more", "", count - len(ids))
        return f"{reached} {more}."
    return f"{reached}."


def others_words(found: Preview) -> str:
    """As “Not for others: It is planned already (12) · It is too early (3)”."""
    if not found.reach.why:
        return ""
    counted = " · ".join(
        f"{why_words(why).rstrip('.')} ({count})" for why, count in found.reach.why
    )
    return QCoreApplication.translate("RuleReach", "Not for others: {why}").format(why=counted)
