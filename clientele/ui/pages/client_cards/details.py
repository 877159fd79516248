"""How is the client called and reached, and what else is known? A form, saved as it is typed."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from clientele.domain.client import ContactKind
from clientele.services.changes import Changes, Kind
from clientele.services.clients import EditClient, SetBirthday, edit_client, set_birthday
from clientele.store.queries.known_of import AddressKnown, Details, PointKnown, details
from clientele.ui.card_numbers import to_keep
from clientele.ui.desk import Desk
from clientele.ui.models.client_facts import turns_words
from clientele.ui.models.client_names import shown_initials, shown_name
from clientele.ui.models.day_words import day_hint, day_words
from clientele.ui.pages.client_cards.as_typed import AsTyped, Lines
from clientele.ui.pages.client_cards.details_about import Language, SentBy, Zone
from clientele.ui.pages.client_cards.details_fields import OwnFields
from clientele.ui.pages.client_cards.details_reach import AddressLine, PointLine
from clientele.ui.pages.client_cards.details_tags import Tags
from clientele.ui.pages.client_cards.occasions import read_day
from clientele.ui.theme import Space
from clientele.ui.widgets.basics import label
from clientele.ui.widgets.buttons import Button
from clientele.ui.widgets.face import Face
from clientele.ui.widgets.fields import Field
from clientele.ui.widgets.layouts import Columns
from clientele.ui.widgets.sheet import Sheet

SHOWN = frozenset(
    {
        Kind.ADDRESS,
        Kind.CLIENT,
        Kind.CLIENT_PHOTO,
        Kind.CLIENT_TAG,
        Kind.CONTACT_POINT,
        Kind.CUSTOM_FIELD,
        Kind.CUSTOM_VALUE,
        Kind.TAG,
    }
)
WIDTH, SIDE, MAIN = 800, 300, 340
"""Of the form, of its right column, and the least that its left one may have, at scale one."""


class DetailsSheet(Sheet):
    """Call ``open_sheet`` after making it; it deletes itself when it is closed.

    Emits ``open_client(id)`` for who sent the client, or was sent by them.
    """

    open_client = Signal(int)

    def __init__(self, desk: Desk, over: QWidget, client_id: int) -> None:
        title = QCoreApplication.translate("DetailsSheet", "Details")
        super().__init__(over, title, width=WIDTH)
        self._desk, self._over, self._client_id = desk, over, client_id
        self.words: dict[str, Field] = {}
        self.points: dict[ContactKind, Lines[PointKnown]] = {}
        columns = Columns(gap=Space.PAGE_X)
        columns.set_main_at_least(MAIN)
        self._main = columns.column()
        self._side = columns.column(SIDE)
        self.body.addWidget(columns)
        self._make_names()
        self._make_points()
        self._make_addresses()
        self._make_about()
        self._make_fields()
        self.add_button(self.tr("Done"), self.close_sheet, primary=True)
        desk.changed.connect(self._look_if_changed)
        self._look()

    def open_sheet(self, focus: QWidget | None = None) -> None:
        """Begin with the name."""
        super().open_sheet(focus or self.words["given_name"])

    def close_sheet(self) -> None:
        """Put it away; a line left without words goes as it does when it is left."""
        super().close_sheet()
        points = [line for lines in self.points.values() for line in lines.lines()]
        for line in (*points, *self.addresses.lines()):
            line.settle()
        self.deleteLater()

    # what is known

    def _look_if_changed(self, changes: Changes) -> None:
        if changes.touch(*SHOWN, client=self._client_id):
            self._look()

    def _look(self) -> None:
        key = self._client_id
        self._desk.ask(
            lambda session: details(session, key), self._show, owner=self, slot="details"
        )

    def _show(self, known: Details | None) -> None:
        if known is None:
            self.close_sheet()
            return
        name, seen = shown_name(known.named), known.glance
        self.title.setText(self.tr("Details of {name}").format(name=name))
        self.frame.setAccessibleName(self.title.text())
        self.face.set_face(shown_initials(known.named), seen.photo, name)
        self.photo.set_words(self.tr("Photo") if seen.photo else self.tr("Add a photo"))
        for field, value in (
            ("given_name", known.named.given_name),
            ("family_name", known.named.family_name),
            ("preferred_name", known.named.preferred_name),
            ("say_it", known.say_it),
        ):
            self.words[field].set_value(value)
        for kind, lines in self.points.items():
            of = [point for point in known.points if point.kind == kind]
            lines.show_rows(of, _key_of_point, partial(_fill_point, of))
        places = known.addresses
        self.addresses.show_rows(places, _key_of_address, partial(_fill_address, places))
        born = seen.birthday
        self.birthday.set_value(day_words(born, self._desk.formats) if born else "")
        self.turns.setText(turns_words(born, self._desk))
        self.turns.setVisible(bool(self.turns.text()))
        self.language.show_language(known.language)
        self.zone.show_zone(seen.time_zone)
        self.sent_by.show_people(seen.referred_by, seen.sent)
        self.tags.show_tags(known.tags)
        self.own.show_fields(known.fields)
        self.ask_more.set_words(
            self.tr("The store's own fields…") if known.fields else self.tr("Ask for more…")
        )

    # the parts

    def _make_names(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(Space.ROW)
        grid.setVerticalSpacing(Space.SMALL)
        for at, (name, words) in enumerate(
            (
                ("given_name", self.tr("Given name")),
                ("family_name", self.tr("Family name")),
                ("preferred_name", self.tr("Preferred name")),
                ("say_it", self.tr("How to say it")),
            )
        ):
            field = self.words[name] = Field(words)
            field.typed.connect(partial(self._type_word, name))
            field.left.connect(self._desk.seal)
            grid.addWidget(_under(words, field), at // 2, at % 2)
            grid.setColumnStretch(at % 2, 1)
        self._main.addLayout(grid)

    def _make_points(self) -> None:
        for kind, words, add in (
            (ContactKind.PHONE, self.tr("Phone"), self.tr("Add a number")),
            (ContactKind.EMAIL, self.tr("E-mail"), self.tr("Add an e-mail address")),
        ):
            lines: Lines[PointKnown] = Lines(
                partial(PointLine, self._desk, self._client_id, kind), Space.TIGHT
            )
            self.points[kind] = lines
            self._main.addWidget(_under(words, lines, Button(add, lines.new_line, kind="link")))

    def _make_addresses(self) -> None:
        self.addresses: Lines[AddressKnown] = Lines(
            partial(AddressLine, self._desk, self._client_id), Space.SMALL
        )
        add = Button(self.tr("Add an address"), self.addresses.new_line, kind="link")
        self._main.addWidget(_under(self.tr("Address"), self.addresses, add))

    def _make_about(self) -> None:
        photo = QHBoxLayout()
        photo.setSpacing(Space.ROW)
        self.face = Face(self._desk.theme)
        self.face.clicked.connect(self._show_photo)
        self.photo = Button(self.tr("Add a photo"), self._show_photo, kind="link")
        photo.addWidget(self.face)
        photo.addWidget(self.photo)
        photo.addStretch(1)
        self._side.addLayout(photo)
        self.birthday = Field(self.tr("Birthday"), hint=day_hint(self._desk.formats))
        self.birthday.typed.connect(self._type_birthday)
        self.birthday.left.connect(self._desk.seal)
        self.turns = label("", "sub")
        self._side.addWidget(_under(self.tr("Birthday"), self.birthday, self.turns))
        self.language = Language(self._desk, self._client_id)
        self._side.addWidget(_under(self.tr("Language"), self.language))
        self.zone = Zone(self._desk, self._client_id)
        self._side.addWidget(_under(self.tr("Time zone"), self.zone))
        self.sent_by = SentBy(self._desk, self._client_id)
        self.sent_by.open_client.connect(self._open)
        self._side.addWidget(_under(self.tr("Sent by"), self.sent_by))
        self.tags = Tags(self._desk, self._client_id)
        self._side.addWidget(_under(self.tr("Tags"), self.tags))

    def _make_fields(self) -> None:
        self.own = OwnFields(self._desk, self._client_id)
        self._side.addWidget(self.own)
        self.ask_more = Button("", self._ask_more, kind="link")
        self._side.addWidget(self.ask_more)

    # what is typed and clicked

    def _type_word(self, name: str, value: str) -> None:
        key, kept = self._client_id, to_keep(self._desk, self.words[name], value)
        self._desk.do(edit_client, EditClient(key, name, kept), merge=("client", key, name))

    def _type_birthday(self, text: str) -> None:
        when = read_day(self.birthday)
        if when is None and text.strip():
            return
        key = self._client_id
        self._desk.do(
            set_birthday,
            SetBirthday(key, when),
            merge=("birthday", key),
            then=self._birthday_kept,
            failed=self.birthday.set_wrong,
        )

    def _birthday_kept(self, _: Changes) -> None:
        """What was wrong with a year that was half typed no longer is."""
        if read_day(self.birthday) is not None:
            self.birthday.set_wrong("")

    def _open(self, client_id: int) -> None:
        self.close_sheet()
        self.open_client.emit(client_id)

    def _show_photo(self) -> None:
        from clientele.ui.dialogs.photo import PhotoSheet

        PhotoSheet(self._desk, self, self._client_id).open_sheet()

    def _ask_more(self) -> None:
        from clientele.ui.dialogs.own_fields import OwnFieldsSheet

        OwnFieldsSheet(self._desk, self).open_sheet()


def _under(words: str, *parts: QWidget) -> QWidget:
    """What belongs to a name, under it."""
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(3)
    name = label(words, "label", wrap=False)
    name.setBuddy(parts[0])
    column.addWidget(name)
    for part in parts:
        place = Qt.AlignmentFlag.AlignLeft if isinstance(part, Button) else Qt.AlignmentFlag(0)
        column.addWidget(part, 0, place)
    return holder


def _key_of_point(point: PointKnown) -> int:
    return point.id


def _key_of_address(address: AddressKnown) -> int:
    return address.id


def _fill_point(of: list[PointKnown], line: AsTyped, point: PointKnown) -> None:
    assert isinstance(line, PointLine)
    line.set_order(of.index(point), len(of))
    line.set_row(point)


def _fill_address(of: tuple[AddressKnown, ...], line: AsTyped, address: AddressKnown) -> None:
    assert isinstance(line, AddressLine)
    line.set_order(of.index(address), len(of))
    line.set_row(address)
