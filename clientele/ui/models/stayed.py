"""How is it said what stays with a client after a merge was undone?"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from clientele.services.changes import Stayed


def stayed_words(stayed: Stayed) -> str:
    """“Kept with Anna Marsh: 1 note, 1 purchase”."""
    translate = QCoreApplication.translate
    parts = counted_words(stayed.rows)
    name = stayed.name or translate("DuplicateWords", "the other client")
    said = translate("DuplicateWords", "Kept with {name}: {what}")
    return said.format(name=name, what=", ".join(parts))


def counted_words(rows: Sequence[tuple[str, int]]) -> list[str]:
    """“1 note”, “12 purchases”."""
    return [_counted(table, count) for table, count in rows]


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
