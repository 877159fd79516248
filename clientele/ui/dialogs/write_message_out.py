"""How does a message leave this terminal, and was it sent? A code, another program, a copy."""

from __future__ import annotations

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from clientele.domain.client import Channel
from clientele.domain.contacting import Way
from clientele.domain.rules.links import is_too_long, mailto, qr_call, qr_text, sms, tel
from clientele.services.messages import Written
from clientele.ui.clipboard import copy
from clientele.ui.models.message_words import way_done
from clientele.ui.widgets.basics import label
from clientele.ui.widgets.fields import Field
from clientele.ui.widgets.layouts import Stack
from clientele.ui.widgets.qr_code import QrCode, modules_of


def link_of(written: Written) -> str:
    """What the system opens: mailto:, sms: or tel:.

    Raises:
        CannotBeDialled, CannotBeWrittenTo: the number or address is none.
    """
    if written.channel == Channel.EMAIL:
        return mailto(written.address, written.subject, written.body)
    if written.channel == Channel.TEXT:
        return sms(written.address, written.body)
    return tel(written.address)


def code_of(written: Written) -> str:
    """What the code for a telephone holds.

    Raises:
        CannotBeDialled: the number is none.
    """
    if written.channel == Channel.CALL:
        return qr_call(written.address)
    return qr_text(written.address, written.body)


def has_room(written: Written, way: Way) -> bool:
    """Whether a code, or a link that every system opens, holds so many words."""
    if way == Way.PROGRAM:
        return not is_too_long(link_of(written))
    if way == Way.PHONE:
        try:
            modules_of(code_of(written))
        except ValueError:
            return False
    return True


class OutPart(QWidget):
    """Shows what is being handed over, and takes what came of a call."""

    def __init__(self) -> None:
        super().__init__()
        column = Stack(self)
        self.to = label("", "strong")
        self.how = label("")
        self.code = QrCode(self.tr("A code for the camera of your telephone"))
        self.words = label("", "sub")
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.outcome = Field(
            self.tr("What came of it"), hint=self.tr("What came of it, in a few words")
        )
        for part in (self.to, self.how, self.code, self.words, self.outcome):
            column.addWidget(part)

    def go(self, written: Written, way: Way, shown: str) -> bool:
        """Do it; False where this terminal has no program for it. ``shown`` is for people."""
        self.to.setText(shown)
        self.how.setText(way_done(way))
        self.code.setVisible(way == Way.PHONE)
        self.code.set_text(code_of(written) if way == Way.PHONE else "")
        self.code.updateGeometry()
        self.words.setText(written.body)
        self.outcome.setVisible(written.channel == Channel.CALL)
        if way == Way.COPY:
            copy(copied_words(written))
        elif way == Way.PROGRAM:
            url = QUrl.fromEncoded(link_of(written).encode())
            return QDesktopServices.openUrl(url)
        return True


def copied_words(written: Written) -> str:
    """What is copied: the number of a call, else the words, with the subject above them."""
    if written.channel == Channel.CALL:
        return written.address
    return "\n\n".join(part for part in (written.subject, written.body) if part)
