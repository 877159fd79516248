"""How do the doctor's findings, and what can be repaired, read?"""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from clientele.services.repairing import Repaired
from clientele.store.finding import Finding, Repair
from clientele.ui.models.rows import ChipSpec, Row, RowAction
from clientele.ui.theme import Tone

translate = QCoreApplication.translate
CONTEXT = "doctor_words"
FINDING = "finding"
"""The translation context of every finding's sentence."""


def _n(words: str) -> str:
    return str(QT_TRANSLATE_NOOP(CONTEXT, words))


_NAMES = {
    "pages": _n("Pages of the file"),
    "structure": _n("Structure of the file"),
    "references": _n("What belongs together"),
    "search": _n("Search and lists"),
    "totals": _n("Totals of purchases"),
    "shares": _n("Shared lines"),
    "currencies": _n("Currencies"),
    "returns": _n("What came back"),
    "paid ahead": _n("Payments ahead"),
    "form": _n("Form of the book"),
    "instants": _n("Moments and days"),
    "settings": _n("Rules and lists"),
    "kinds": _n("Kinds and states"),
    "owners": _n("Whose clients they are"),
    "visits": _n("Open visits"),
    "drafts": _n("What is typed and not kept yet"),
    "audit trail": _n("Audit trail"),
    "audit trail and backups": _n("Audit trail and backups"),
    "permissions": _n("Who else can read the files"),
    "room": _n("Room on the disk"),
    "key": _n("Key of the book"),
    "paper": _n("Recovery key on paper"),
    "leftovers": _n("Half-made files"),
    "clock": _n("Clock of this computer"),
    "backups": _n("Backups"),
}
_QUESTIONS = {
    Repair.SEARCH: _n(
        "What the search and the lists know is made anew from the clients' own rows. A backup is "
        "made first. With many clients this takes minutes, in which nothing else can be saved."
    ),
    Repair.INDEXES: _n(
        "The indexes are made anew from the rows. A backup is made first. With many clients this "
        "takes a minute, in which nothing else can be saved."
    ),
    Repair.PERMISSIONS: _n(
        "The book, its copies, settings and log become readable for you alone on this computer. "
        "Nothing in them is changed."
    ),
    Repair.LEFTOVERS: _n(
        "What programs that were ended left half-made is removed. None of it is the book or one "
        "of its copies."
    ),
}


def finding_row(finding: Finding, closed: str = "") -> Row:
    """A finding as a row: what it is about, what it means and what helps."""
    name = translate(CONTEXT, _NAMES.get(finding.name, finding.name))
    if finding.ok:
        chip = ChipSpec(translate(CONTEXT, "sound"), Tone.GREEN)
    elif finding.content:
        chip = ChipSpec(translate(CONTEXT, "wrong"), Tone.RED)
    else:
        chip = ChipSpec(translate(CONTEXT, "look"), Tone.AMBER)
    actions: tuple[RowAction, ...] = ()
    if finding.repair is not Repair.NONE and not closed:
        actions = (RowAction("repair", translate(CONTEXT, "Repair…"), "R", primary=True),)
    words = translate(FINDING, finding.template).format(**finding.values)
    return Row(key=finding.name, title=name, body=words, lead=chip, actions=actions)


def summary(findings: tuple[Finding, ...], when: str) -> str:
    """In one line: how the book is."""
    wrong = [one for one in findings if not one.ok]
    if any(one.content for one in wrong):
        words = translate(CONTEXT, "Something in the book is wrong. Looked at {when}")
    elif wrong:
        words = translate(CONTEXT, "The book is sound; look at what is around it. Looked at {when}")
    else:
        words = translate(CONTEXT, "The book is sound. Looked at {when}")
    return words.format(when=when)


def repair_question(what: Repair) -> str:
    """What would be done, before it is."""
    return translate(CONTEXT, _QUESTIONS[what])


def repaired_words(done: Repaired) -> str:
    """What was done."""
    return translate(FINDING, done.template).format(count=done.count)
