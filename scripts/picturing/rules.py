"""Rules: the page, a rule in words, what switching one off does."""

from __future__ import annotations

from pathlib import Path

from clientele.domain.rules.touch_rules import Trigger
from clientele.ui.pages.rules import RulesPage
from clientele.ui.workplace import Workplace
from scripts.picturing.scene import Scene, settle


def scenes(place: Workplace, folder: Path) -> list[Scene]:
    """On the sample store."""

    def edit() -> None:
        page = _open(place)
        settle(place)
        page.list.opened.emit(_named(page, Trigger.OCCASION))
        settle(place)

    def switch() -> None:
        page = _open(place)
        settle(place)
        page.list.acted.emit(_named(page, Trigger.OCCASION), "switch")
        settle(place)

    def ahead() -> None:
        page = _open(place)
        settle(place)
        page.list.set_current(_named(page, Trigger.OCCASION))

    return [
        Scene("rules", ahead),
        Scene("rule-edit", edit),
        Scene("rule-off", switch),
    ]


def bare(place: Workplace) -> list[Scene]:
    """On any book."""
    return [Scene("rules", lambda: _open(place))]


def _open(place: Workplace) -> RulesPage:
    place.rules.show_rules()
    return place.rules.page


def _named(page: RulesPage, trigger: Trigger) -> int:
    facts = page._facts
    assert facts is not None
    return next(one.id for one in facts.rules if one.rule and one.rule.trigger is trigger)
