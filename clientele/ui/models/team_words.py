"""How does somebody of the team look as one line, and what may be done about them?"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from clientele.domain.rules.names import initials
from clientele.domain.rules.rights import may_give_pin
from clientele.domain.team import Role
from clientele.store.queries.team_page import Member, OpenWork
from clientele.system.formats import Formats
from clientele.ui.models.rows import ChipSpec, Initials, Row, RowAction
from clientele.ui.theme import Tone

translate = QCoreApplication.translate

CHANGE, GIVE_PIN, LEAVES, BACK = "change", "pin", "leaves", "back"
"""The names of a row's actions."""


def role_words(role: str) -> str:
    """What a role is called."""
    return {
        Role.ASSOCIATE.value: translate("Team", "Associate"),
        Role.DEPARTMENT_MANAGER.value: translate("Team", "Department manager"),
        Role.STORE_MANAGER.value: translate("Team", "Store manager"),
    }.get(role, role)


def member_row(one: Member, me: Member | None, formats: Formats, *, may_change: bool) -> Row:
    """Somebody who works here, or did, as ``me`` sees them; ``may_change`` the team at all."""
    chips = [] if one.role == Role.ASSOCIATE else [ChipSpec(role_words(one.role), Tone.BLUE)]
    if one.active:
        chips += _pin_chips(one)
        section = one.department or translate("Team", "In no department")
        sub = translate("Team", "no clients yet")
        if one.clients:
            sub = translate("Team", "%n client(s)", "", one.clients)
    else:
        section = translate("Team", "No longer here")
        left = one.left_at
        sub = "" if left is None else translate("Team", "left on {day}").format(
            day=formats.day(formats.local_day(left))
        )  # fmt: skip
    return Row(
        key=one.id,
        title=one.name,
        sub=sub,
        lead=Initials(initials(one.name)),
        chips=tuple(chips),
        section=section,
        actions=_acts(one, me, may_change=may_change),
    )


def open_words(what: OpenWork) -> str:
    """What is open with somebody, counted."""
    counted = (
        (what.clients, translate("Team", "%n client(s)", "", what.clients)),
        (what.follow_ups, translate("Team", "%n follow-up(s)", "", what.follow_ups)),
        (what.promises, translate("Team", "%n promise(s)", "", what.promises)),
        (what.appointments, translate("Team", "%n appointment(s)", "", what.appointments)),
        (what.made_rights, translate("Team", "%n problem(s)", "", what.made_rights)),
        (what.visits, translate("Team", "%n visit(s)", "", what.visits)),
    )
    return ", ".join(words for count, words in counted if count)


def gives_a_pin(me: Member | None, one: Member) -> bool:
    """Whether I may give somebody a PIN."""
    if me is None or not one.active:
        return False
    return may_give_pin(me.role, me.department_id, one.role, one.department_id)


def _pin_chips(one: Member) -> list[ChipSpec]:
    if one.pin_locked:
        return [ChipSpec(translate("Team", "locked: needs a new PIN"), Tone.AMBER)]
    if not one.signs_in:
        return [ChipSpec(translate("Team", "no PIN yet"))]
    if one.pin_given:
        return [ChipSpec(translate("Team", "chooses a PIN at the next sign-in"))]
    return []


def _acts(one: Member, me: Member | None, *, may_change: bool) -> tuple[RowAction, ...]:
    acts = []
    if gives_a_pin(me, one):
        acts.append(RowAction(GIVE_PIN, translate("Team", "Give a PIN"), "P"))
    if may_change and one.active:
        acts.append(RowAction(CHANGE, translate("Team", "Change"), "E"))
        acts.append(RowAction(LEAVES, translate("Team", "Leaves…"), "X"))
    elif may_change:
        acts.append(RowAction(BACK, translate("Team", "Works here again"), "B"))
    return tuple(acts)
