"""How does this terminal remind? Said once; every choice holds at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from clientele.domain.errors import Refusal
from clientele.domain.rules.due_days import parse_time
from clientele.system.settings import Settings
from clientele.ui.desk import Desk
from clientele.ui.dialogs.passing import PassingSheet
from clientele.ui.refusals import sentence_of
from clientele.ui.widgets.basics import label
from clientele.ui.widgets.buttons import Choice
from clientele.ui.widgets.fields import Field

YES, NO = "yes", "no"
LEADS = (5, 10, 15, 30, 60)
"""Minutes before an appointment that are offered."""


class RemindersSheet(PassingSheet):
    """Call ``open_sheet``. ``keep(settings)`` is called with each change, and writes it down."""

    def __init__(
        self,
        desk: Desk,
        over: QWidget,
        settings: Settings,
        keep: Callable[[Settings], None],
        *,
        has_tray: bool,
    ) -> None:
        title = QCoreApplication.translate("RemindersSheet", "Reminders on this terminal")
        super().__init__(desk, over, title, width=520)
        self._settings, self._keep = settings, keep
        words = self.tr("Tell what falls due")
        self.tells = self._yes_or_no(words, self.tr("On the desktop"), self.tr("Only in here"))
        self.tells.choose(YES if settings.reminders else NO)
        self.tells.chosen.connect(lambda value: self._change(reminders=value == YES))
        words = self.tr("What it says")
        self.names = self._yes_or_no(words, self.tr("With names"), self.tr("Without names"))
        self.names.choose(YES if settings.reminder_names else NO)
        self.names.chosen.connect(lambda value: self._change(reminder_names=value == YES))
        self.body.addWidget(
            label(
                self.tr(
                    "Many desktops show notifications on their own lock screen, to whoever stands "
                    "by. While Clientele is locked, numbers alone are told in any case."
                ),
                "sub",
            )
        )
        self.hour = Field(self.tr("The day begins at"), settings.reminder_hour)
        self.hour.typed.connect(self._hour_typed)
        self.hour.left.connect(self._keep_hour)
        self.closed.connect(self._keep_hour)
        self.add_field(self.tr("The day begins at"), self.hour)
        offered = sorted({*LEADS, settings.appointment_lead})
        formats = desk.formats
        self.lead = Choice(
            self.tr("Before an appointment"),
            [(str(minutes), self.tr("%n min", "", minutes)) for minutes in offered],
            wraps=True,
        )
        self.lead.choose(str(settings.appointment_lead))
        self.lead.chosen.connect(lambda value: self._change(appointment_lead=int(value)))
        usual = formats.number(Settings().appointment_lead)
        self.add_field(self.tr("Before an appointment"), self.lead)
        self.body.addWidget(
            label(
                self.tr("Where nobody chose another time than the usual {minutes} minutes.").format(
                    minutes=usual
                ),
                "sub",
            )
        )
        words = self.tr("When the window is closed")
        self.tray = self._yes_or_no(
            words, self.tr("Keep reminding in the tray"), self.tr("End the program")
        )
        self.tray.choose(YES if settings.keep_in_tray else NO)
        self.tray.chosen.connect(lambda value: self._change(keep_in_tray=value == YES))
        if not has_tray and (field := self.tray.parentWidget()) is not None:
            field.hide()

    def _yes_or_no(self, name: str, yes: str, no: str) -> Choice:
        choice = Choice(name, [(YES, yes), (NO, no)])
        self.add_field(name, choice)
        return choice

    def _hour_typed(self, typed: str) -> None:
        try:
            parse_time(typed)
        except Refusal as refusal:
            self.hour.set_wrong(sentence_of(refusal))
        else:
            self.hour.set_wrong("")

    def _keep_hour(self) -> None:
        """As the field is left or the form is closed: an hour half typed is another hour."""
        try:
            at = parse_time(self.hour.value)
        except Refusal:
            return
        if at is not None and f"{at:%H:%M}" != self._settings.reminder_hour:
            self._change(reminder_hour=f"{at:%H:%M}")

    def _change(self, **values: bool | int | str) -> None:
        self._settings = replace(self._settings, **values)  # type: ignore[arg-type]
        self._keep(self._settings)
