"""A client's details, photo, likes; the store's own fields and tags."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QColor, QImage, QLinearGradient, QPainter

from clientele.domain.rules.dates import PartialDate
from clientele.services.clients import (
    AddContactPoint,
    EditClient,
    SetBirthday,
    SetReferredBy,
    add_contact_point,
    edit_client,
    set_birthday,
    set_referred_by,
)
from clientele.services.custom_fields import SetCustomValue, set_custom_value
from clientele.services.likes import AddPreferences, add_preferences
from clientele.services.photos import SetPhoto, set_photo
from clientele.services.reaching import AddAddress, add_address
from clientele.store.queries.clients import Book, WhoseBook, first_ids
from clientele.store.queries.custom_fields import custom_fields
from clientele.store.queries.known_of import photo_of
from clientele.ui.photos import from_image
from clientele.ui.workplace import Workplace
from scripts.picturing.scene import Scene, client, settle


def scenes(place: Workplace, folder: Path) -> list[Scene]:
    """On the sample store."""
    nell = client(place, "Eleanor Marsh")

    def ready() -> None:
        with place.store.read() as session:
            filled = photo_of(session, nell) is not None
        if not filled:
            _fill(place, nell)
        place.open_client(nell)
        settle(place)

    def details() -> None:
        ready()
        place.client.edit_details()

    def photo() -> None:
        ready()
        place.client._show_photo()

    def likes() -> None:
        ready()
        place.client.preferences._show_all()

    def fields() -> None:
        ready()
        place.forms.own_fields()

    def tags() -> None:
        ready()
        place.forms.tags()

    return [
        Scene("client-known", ready),
        Scene("details", details),
        Scene("details-photo", photo),
        Scene("likes", likes),
        Scene("own-fields", fields),
        Scene("tags", tags),
    ]


def bare(place: Workplace) -> list[Scene]:
    """On a book with one client, or with none."""
    whole = WhoseBook(Book.STORE, place.desk.me.id)
    with place.store.read() as session:
        found = first_ids(session, whole, 1)
    shown = [Scene("own-fields", place.forms.own_fields), Scene("tags", place.forms.tags)]
    if found:

        def details() -> None:
            place.open_client(found[0])
            settle(place)
            place.client.edit_details()

        def likes() -> None:
            place.open_client(found[0])
            settle(place)
            place.client.preferences._show_all()

        shown.append(Scene("likes", likes))
        shown.append(Scene("details", details))
    return shown


def _fill(place: Workplace, nell: int) -> None:
    desk, me = place.desk, place.desk.me.id
    anna, tom = [key for key in first_ids_of(place, 12) if key != nell][:2]
    for value, label in (("+1 212 555 0144", "New York"), ("ask at the boat", "the boat")):
        desk.do(add_contact_point, AddContactPoint(nell, value, label, "phone"))
    desk.do(add_contact_point, AddContactPoint(nell, "nell@marsh-atelier.example", "work"))
    desk.do(add_address, AddAddress(nell, "Herengracht 118", "Amsterdam", "1015 BS", "NL", "home"))
    desk.do(add_address, AddAddress(nell, "41 Perry Street", "New York", "10014", "US", "work"))
    desk.do(edit_client, EditClient(nell, "language", "nl"))
    desk.do(edit_client, EditClient(nell, "say_it", "marsh, as in salt marsh"))
    desk.do(edit_client, EditClient(nell, "time_zone", "America/New_York"))
    desk.do(set_birthday, SetBirthday(nell, PartialDate(12, 3, 1968)))
    desk.do(set_referred_by, SetReferredBy(nell, anna))
    desk.do(set_referred_by, SetReferredBy(tom, nell))
    with place.store.read() as session:
        fields = {row.name: row.id for row in custom_fields(session)}
    for name, text in (("Drink", "tea"), ("Comes by car", "no"), ("Member since", "2 May 2019")):
        desk.do(set_custom_value, SetCustomValue(nell, fields[name], text))
    desk.do(add_preferences, AddPreferences(nell, "likes wool on skin", me))
    picture = from_image(_portrait())
    desk.do(set_photo, SetPhoto(nell, picture.picture, picture.small, me))
    settle(place)


def first_ids_of(place: Workplace, count: int) -> list[int]:
    """Some clients of the store."""
    with place.store.read() as session:
        return list(first_ids(session, WhoseBook(Book.STORE, place.desk.me.id), count))


def _portrait() -> QImage:
    """Somebody, painted: pictures of people are nobody's to give away."""
    image = QImage(900, 1100, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    ground = QLinearGradient(0, 0, 0, 1100)
    ground.setColorAt(0, QColor("#c9d6d3"))
    ground.setColorAt(1, QColor("#8fa8a4"))
    painter.fillRect(image.rect(), ground)
    painter.setPen(QColor(0, 0, 0, 0))
    for colour, x, y, wide, high in (
        ("#3b2a20", 240, 130, 420, 620),
        ("#23424f", 120, 780, 660, 700),
        ("#e2b99a", 390, 620, 120, 240),
        ("#ecc8ab", 300, 220, 300, 430),
    ):
        painter.setBrush(QColor(colour))
        painter.drawEllipse(x, y, wide, high)
    painter.setBrush(QColor("#3b2a20"))
    painter.drawChord(280, 170, 340, 330, 0, 180 * 16)
    painter.end()
    return image
