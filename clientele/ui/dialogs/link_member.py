"""Which client is somebody of the household, or are they to become one?"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QHBoxLayout, QWidget

from clientele.domain.rules.relations import Part, back_relations, part_of
from clientele.services.household_links import (
    LinkMember,
    MakeClientOf,
    link_member,
    make_client_of,
)
from clientele.store.queries.household import MemberRow
from clientele.store.queries.reading import Named
from clientele.ui.desk import Desk
from clientele.ui.dialogs.drafted import DraftedSheet
from clientele.ui.models.client_names import shown_name, spoken_name
from clientele.ui.theme import Space
from clientele.ui.widgets.basics import label
from clientele.ui.widgets.buttons import Button, Choice
from clientele.ui.widgets.client_picker import ClientPicker
from clientele.ui.widgets.fields import Field
from clientele.ui.widgets.layouts import Flow

THERE, NEW = "there", "new"
OF_ONE_NAME = frozenset({Part.SPOUSE, Part.CHILD, Part.PARENT, Part.SIBLING})
"""Relations in which the family name is most likely the same: offered, and easily changed."""


class LinkMemberSheet(DraftedSheet):
    """Call ``open_sheet`` after making it. ``client`` is whose household ``member`` is of."""

    def __init__(self, desk: Desk, over: QWidget, member: MemberRow, client: Named) -> None:
        name = member.name or member.relation
        title = QCoreApplication.translate("LinkMemberSheet", "{name} is a client")
        super().__init__(desk, over, title.format(name=name), f"client of member {member.id}")
        self._member, self._client = member, client
        self.way = Choice(
            self.tr("How"),
            [(THERE, self.tr("a client already")), (NEW, self.tr("make them a client"))],
        )
        self.picker = ClientPicker(desk)
        given, _, family = member.name.strip().rpartition(" ")
        if not given:
            given, family = family, ""
        if not family and part_of(member.relation) in OF_ONE_NAME:
            family = client.family_name
        self.given = Field(self.tr("Given name"), given)
        self.family = Field(self.tr("Family name"), family)
        self.reach = Field(self.tr("Phone or e-mail"), hint=self.tr("may stay empty"))
        words = self.tr("What {name} is to them").format(name=spoken_name(client))
        self.back = Field(words, hint=self.tr("wife, mother …"))
        self.add_field(self.tr("They are"), self.way)
        self.add_field(self.tr("Which client"), self.picker)
        self.add_field(self.tr("Name, and how to reach them"), self._names())
        self.new_words = label(
            self.tr(
                "Their sizes, likes and birthday move to their own page, and are seen here as "
                "before."
            ),
            "sub",
        )
        self.body.addWidget(self.new_words)
        self.add_field(words, self.back)
        self.offered = Flow(across=Space.SMALL, down=0)
        self.body.addWidget(self.offered)
        self._offer()
        self.act = self.add_button(self.tr("Link"), self.keep, primary=True)
        self.way.chosen.connect(self._by_way)
        self.picker.picked.connect(self._picked)
        for field in (self.given, self.family, self.reach, self.back):
            field.typed.connect(self._typed)
            field.returnPressed.connect(self.keep)
        self._by_way(THERE)
        self._filled = self._fields()
        self.look_for_draft()

    def open_sheet(self, focus: QWidget | None = None) -> None:
        """Begin with looking for the client, most likely by their name."""
        super().open_sheet(focus or self.picker.box)

    def typed_now(self) -> dict[str, str]:
        """What was typed beyond what stood there."""
        fields = self._fields()
        return {} if fields == self._filled else fields

    def bring_back(self, fields: dict[str, str]) -> None:
        """What was typed before the window was locked or the sheet closed."""
        for name, field in self._by_name().items():
            field.set_value(fields.get(name, field.value))
        self.way.choose(fields.get("way", THERE))
        self._by_way(self.way.value)
        if fields.get("client"):
            self.picker.pick(int(fields["client"]))

    def keep(self) -> None:
        """Link them, or make them a client."""
        if self.way.value == NEW:
            self._make()
            return
        if self.picker.client_id is None:
            self.say(self.tr("Which client? Find them by a few letters, or make them one."))
            self.picker.box.setFocus()
            return
        named = self.picker.named
        said = self.tr("Linked with {name}").format(name=shown_name(named) if named else "")
        what = LinkMember(self._member.id, self.picker.client_id, self.back.value)
        self.keep_as(link_member, what, said=said)

    def _make(self) -> None:
        reach = self.reach.value.strip()
        what = MakeClientOf(
            self._member.id,
            self.desk.me.id,
            self.given.value,
            self.family.value,
            "" if "@" in reach else reach,
            reach if "@" in reach else "",
            self.back.value,
            self.place,
        )
        name = f"{self.given.value} {self.family.value}".strip()
        self.keep_as(make_client_of, what, said=self.tr("In your book: {name}").format(name=name))

    def _by_name(self) -> dict[str, Field]:
        return {
            "given": self.given,
            "family": self.family,
            "reach": self.reach,
            "back": self.back,
        }

    def _fields(self) -> dict[str, str]:
        fields = {name: field.value for name, field in self._by_name().items()}
        return fields | {
            "way": self.way.value,
            "client": str(self.picker.client_id or ""),
        }

    def _by_way(self, way: str) -> None:
        new = way == NEW
        for widget, shown in ((self.picker, not new), (self.names, new)):
            holder = widget.parentWidget()
            (widget if holder is None else holder).setVisible(shown)
        self.new_words.setVisible(new)
        self.act.set_words(self.tr("Make them a client") if new else self.tr("Link"))
        self.act.set_key("Ctrl+Return")
        if self.isVisible():
            (self.family if new else self.picker.box).setFocus()

    def _names(self) -> QWidget:
        self.names = QWidget()
        row = QHBoxLayout(self.names)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.SMALL)
        for field in (self.given, self.family, self.reach):
            field.setPlaceholderText(field.placeholderText() or field.accessibleName())
            row.addWidget(field, 1)
        return self.names

    def _offer(self) -> None:
        """The other side of the relation, by one click; one alone is filled in."""
        backs = back_relations(self._member.relation, self.desk.formats.locale[:2])
        if len(backs) == 1:
            self.back.set_value(backs[0])
            return
        self.offered.set_widgets(
            [Button(back, partial(self._take, back), kind="link") for back in backs]
        )

    def _take(self, back: str) -> None:
        self.back.setText(back)
        self.save_draft()

    def _picked(self, _: object) -> None:
        self.save_draft()

    def _typed(self, _: str) -> None:
        self.save_draft()
