"""How is it said what speaks for two clients being one, and what against it?"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from clientele.domain.rules.duplicates import AGAINST, SURE, Reason, What
from clientele.services.changes import Stayed
from clientele.ui.models.rows import ChipSpec
from clientele.ui.theme import Tone


def reason_words(reason: Reason) -> str:
    """“same phone”, “Jon ~ John”."""
    translate = QCoreApplication.translate
    if reason.what == What.NAME_ALIKE:
        return f"{reason.one} ~ {reason.other}"
    return {
        What.REFERENCE: translate("DuplicateWords", "same number in another system"),
        What.PHONE: translate("DuplicateWords", "same phone"),
        What.PHONE_NEAR: translate("DuplicateWords", "phone one digit off"),
        What.EMAIL: translate("DuplicateWords", "same e-mail"),
        What.EMAIL_NEAR: translate("DuplicateWords", "same e-mail name, another provider"),
        What.NAME: translate("DuplicateWords", "same name"),
        What.NAME_SWAPPED: translate("DuplicateWords", "names the other way round"),
        What.BIRTHDAY: translate("DuplicateWords", "same birthday"),
        What.ADDRESS: translate("DuplicateWords", "same address"),
        What.POSTCODE: translate("DuplicateWords", "same postcode"),
        What.OTHER_GIVEN: translate("DuplicateWords", "another given name: family?"),
        What.OTHER_FAMILY: translate("DuplicateWords", "another family name"),
        What.OTHER_BIRTHDAY: translate("DuplicateWords", "another birthday"),
        What.OTHER_ENDING: translate("DuplicateWords", "junior and senior"),
    }[reason.what]


def reason_chips(reasons: Sequence[Reason]) -> tuple[ChipSpec, ...]:
    """What speaks for it, then what speaks against it."""
    ordered = sorted(reasons, key=lambda reason: reason.what in AGAINST)
    return tuple(
        ChipSpec(reason_words(reason), Tone.PLAIN if reason.what in AGAINST else Tone.AMBER)
        for reason in ordered
    )


def how_likely(score: int) -> str:
    """A score in words; a number alone says nothing to whoever stands in the shop."""
    translate = QCoreApplication.translate
    if score >= SURE:
        return translate("DuplicateWords", "almost certainly one")
    if score >= 75:
        return translate("DuplicateWords", "very likely one")
    return translate("DuplicateWords", "perhaps one")


def stayed_words(stayed: Stayed) -> str:
    """“Kept with Anna Marsh: 1 note, 1 purchase”."""
    translate = QCoreApplication.translate
    parts = [_counted(table, count) for table, count in stayed.rows]
    name = stayed.name or translate("DuplicateWords", "the other client")
    said = translate("DuplicateWords", "Kept with {name}: {what}")
    return said.format(name=name, what=", ".join(parts))


def _counted(table: str, count: int) -> str:
    def said(words: str) -> str:
        return QCoreApplication.translate("DuplicateWords", words, "", count)

    known = {
        "note": said("%n note(s)"),
        "purchase": said("%n purchase(s)"),
        "visit": said("%n visit(s)"),
        "follow_up": said("%n follow-up(s)"),
        "promise": said("%n promise(s)"),
        "contact_point": said("%n way(s) to reach them"),
        "address": said("%n home(s)"),
        "preference": said("%n like(s) or avoid(s)"),
        "size": said("%n size(s)"),
        "wish": said("%n thing(s) wished for"),
        "gift": said("%n gift(s)"),
        "household_member": said("%n of the household"),
        "occasion": said("%n occasion(s)"),
        "client_tag": said("%n tag(s)"),
        "custom_value": said("%n field(s) of the store"),
        "contact_made": said("%n message(s) or call(s)"),
        "appointment": said("%n appointment(s)"),
        "made_right": said("%n problem(s) made right"),
        "part_payment": said("%n payment(s) ahead"),
        "hand_off": said("%n hand-off(s)"),
        "client_photo": said("the photo"),
    }
    return known.get(table, said("%n other(s)"))
