"""Forms of the team: somebody new or changed, a PIN given, a department's name, the store."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from clientele.domain.team import Role
from clientele.services.team import (
    AddAssociate,
    ChangeAssociate,
    RenameDepartment,
    ResetPin,
    SetUpStore,
    add_associate,
    change_associate,
    rename_department,
    reset_pin,
    set_up_store,
)
from clientele.store.queries.team_page import DepartmentPlace, Member, StoreDetails
from clientele.ui.desk import Desk
from clientele.ui.dialogs.passing import PassingSheet
from clientele.ui.models.team_words import role_words
from clientele.ui.widgets.basics import label
from clientele.ui.widgets.buttons import Choice
from clientele.ui.widgets.fields import Field

ANOTHER = ""
"""Chosen where the department is none of those that are there."""


class PersonSheet(PassingSheet):
    """Somebody who begins to work here, or with ``member`` what is to be said of them."""

    def __init__(
        self,
        desk: Desk,
        over: QWidget,
        departments: Sequence[DepartmentPlace],
        member: Member | None = None,
    ) -> None:
        new = QCoreApplication.translate("PersonSheet", "Somebody new")
        super().__init__(desk, over, new if member is None else member.name, width=560)
        self._member = member
        self._over = over
        self.name = Field(self.tr("Name"), "" if member is None else member.name)
        self.name.returnPressed.connect(self._keep)
        self.add_field(self.tr("Name"), self.name)
        options = [(one.name, one.name) for one in departments]
        self.department = Choice(
            self.tr("Department"), [*options, (ANOTHER, self.tr("another"))], wraps=True
        )
        self.department.chosen.connect(self._chosen)
        self.add_field(self.tr("Department"), self.department)
        self.other = Field(self.tr("Another department"), hint=self.tr("Its name"))
        self.other.returnPressed.connect(self._keep)
        self.body.addWidget(self.other)
        self.role = Choice(
            self.tr("Role"), [(one.value, role_words(one)) for one in Role], wraps=True
        )
        self.role.chosen.connect(self._say_what_they_may)
        self.add_field(self.tr("Role"), self.role)
        self.may = label("", "sub")
        self.body.addWidget(self.may)
        if member is not None:
            self.department.button(member.department or ANOTHER).setChecked(True)
            self.role.choose(member.role if member.role in set(Role) else Role.ASSOCIATE)
        words = self.tr("Add") if member is None else self.tr("Keep")
        self.keep = self.add_button(words, self._keep, primary=True)
        self._chosen(self.department.value)
        self._say_what_they_may(self.role.value)

    def _chosen(self, place: str) -> None:
        self.other.setVisible(place == ANOTHER)
        if not self.isHidden():
            self._place()

    def _say_what_they_may(self, role: str) -> None:
        self.may.setText(
            {
                Role.ASSOCIATE.value: self.tr(
                    "Serves clients: all of a client's day, and their own book."
                ),
                Role.DEPARTMENT_MANAGER.value: self.tr(
                    "Also brings files in and out, sets rules and templates, and acts for the "
                    "colleagues of the department: gives their clients and PINs."
                ),
                Role.STORE_MANAGER.value: self.tr(
                    "Everything: also the team, the store, the keys, restoring and erasing."
                ),
            }.get(role, "")
        )
        if not self.isHidden():
            self._place()

    def _keep(self) -> None:
        name = " ".join(self.name.value.split())
        place = self.department.value or self.other.value
        if self._member is None:
            self._desk.do(
                add_associate,
                AddAssociate(name, place, role=self.role.value),
                said=self.tr("{name} works here. A PIN lets them sign in.").format(name=name),
                then=lambda changes: self._now_a_pin(changes.subject, name),
                failed=self.say,
            )
            return
        self._desk.do(
            change_associate,
            ChangeAssociate(self._member.id, name, place, self.role.value),
            said=self.tr("Changed: {name}").format(name=name),
            then=self.close_after,
            failed=self.say,
        )

    def _now_a_pin(self, whose: int | None, name: str) -> None:
        """Nobody signs in without one, so it is what comes next."""
        desk, over = self._desk, self._over
        self.close_sheet()
        if whose is not None:
            GivePinSheet(desk, over, whose, name).open_sheet()


class GivePinSheet(PassingSheet):
    """A PIN for somebody, made by chance; they replace it when they sign in."""

    def __init__(self, desk: Desk, over: QWidget, whose: int, name: str) -> None:
        title = QCoreApplication.translate("GivePinSheet", "A PIN for {name}")
        super().__init__(desk, over, title.format(name=name), width=480)
        self._whose, self._name = whose, name
        self.body.addWidget(
            label(
                self.tr(
                    "Tell it to them alone. At the next sign-in they choose their own; the PIN "
                    "that they had counts no more, and wrong tries are forgotten."
                ),
                "label",
            )
        )
        self.pin = Field(self.tr("PIN"), f"{secrets.randbelow(900_000) + 100_000}")
        self.pin.returnPressed.connect(self._give)
        self.add_field(self.tr("PIN"), self.pin)
        self.give = self.add_button(self.tr("Give this PIN"), self._give, primary=True)

    def _give(self) -> None:
        self._desk.do(
            reset_pin,
            ResetPin(self._whose, self.pin.value.strip()),
            said=self.tr("{name} has a new PIN").format(name=self._name),
            then=self.close_after,
            failed=self.say,
        )


class DepartmentSheet(PassingSheet):
    """What a department is called."""

    def __init__(self, desk: Desk, over: QWidget, place: DepartmentPlace) -> None:
        title = QCoreApplication.translate("DepartmentSheet", "Department")
        super().__init__(desk, over, title, width=420)
        self._department = place
        self.name = Field(self.tr("Name"), place.name)
        self.name.returnPressed.connect(self._keep)
        self.add_field(self.tr("Name"), self.name)
        self.keep = self.add_button(self.tr("Keep"), self._keep, primary=True)

    def _keep(self) -> None:
        name = " ".join(self.name.value.split())
        self._desk.do(
            rename_department,
            RenameDepartment(self._department.id, name),
            said=self.tr("{old} is now {new}").format(old=self._department.name, new=name),
            then=self.close_after,
            failed=self.say,
        )


class StoreSheet(PassingSheet):
    """Which store this is."""

    def __init__(self, desk: Desk, over: QWidget, store: StoreDetails) -> None:
        title = QCoreApplication.translate("StoreSheet", "The store")
        super().__init__(desk, over, title, width=480)
        self.name = Field(self.tr("Name"), store.name)
        self.currency = Field(self.tr("Currency"), store.currency, hint="EUR")
        self.country = Field(self.tr("Country"), store.country, hint="NL")
        self.zone = Field(self.tr("Time zone"), store.time_zone, hint="Europe/Amsterdam")
        for field in (self.name, self.currency, self.country, self.zone):
            self.add_field(field.accessibleName(), field)
        self.body.addWidget(
            label(
                self.tr(
                    "A new currency or zone counts from now on; amounts and moments that are "
                    "written down stay what they are. The window shows it at the next start."
                ),
                "sub",
            )
        )
        self.keep = self.add_button(self.tr("Keep"), self._keep, primary=True)

    def _keep(self) -> None:
        what = SetUpStore(
            self.name.value, self.currency.value, self.country.value, self.zone.value.strip()
        )
        self._desk.do(
            set_up_store,
            what,
            said=self.tr("Kept: the store's details"),
            then=self.close_after,
            failed=self.say,
        )
