"""Who sent the client, what do they speak, and what time is it where they live?"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from clientele.services.clients import EditClient, SetReferredBy, edit_client, set_referred_by
from clientele.store.queries.client_rows import ClientRow
from clientele.store.queries.found import found_rows
from clientele.store.queries.reading import Named
from clientele.system.places import city_of, find_cities
from clientele.system.spoken import find_languages, language_name
from clientele.ui.desk import Desk
from clientele.ui.models.client_facts import zone_words
from clientele.ui.models.client_names import shown_name
from clientele.ui.models.found_rows import to_choose
from clientele.ui.models.rows import Row
from clientele.ui.theme import Space
from clientele.ui.widgets.basics import label
from clientele.ui.widgets.buttons import Button
from clientele.ui.widgets.layouts import Flow
from clientele.ui.widgets.pick_one import PickOne

MOST = 12
_tr = QCoreApplication.translate


class Language(PickOne):
    """The language that the client is spoken to, chosen by its name."""

    def __init__(self, desk: Desk, client_id: int) -> None:
        self._locale = desk.formats.locale
        super().__init__(
            desk,
            _tr("Language", "Language"),
            _tr("Language", "Dutch, German …"),
            self._found,
            _tr("Language", "No language by that name."),
        )
        self._of = client_id
        self.picked.connect(self._keep)

    def show_language(self, tag: str) -> None:
        """What the book says."""
        self.show_value(language_name(tag, self._locale))

    def _found(self, text: str) -> list[Row]:
        return [Row(tag, name) for tag, name in find_languages(text, self._locale)]

    def _keep(self, tag: object) -> None:
        self._desk.do(edit_client, EditClient(self._of, "language", str(tag or "")))


class Zone(QWidget):
    """The client's time zone, chosen by its city, with the time there."""

    def __init__(self, desk: Desk, client_id: int) -> None:
        super().__init__()
        self._desk, self._client_id = desk, client_id
        self._locale = desk.formats.locale
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.pick = PickOne(
            desk,
            self.tr("Time zone"),
            self.tr("City or country"),
            self._found,
            self.tr("No such city; try a larger one nearby, or the country."),
        )
        self.pick.picked.connect(self._keep)
        column.addWidget(self.pick)
        self.now = label("", "sub")
        column.addWidget(self.now)

    def show_zone(self, zone: str) -> None:
        """What the book says."""
        self.pick.show_value(city_of(zone, self._locale))
        self.now.setText(zone_words(zone, self._desk))

    def _found(self, text: str) -> list[Row]:
        found = find_cities(text, self._locale)
        return [Row(zone, city, aside=country) for zone, city, country in found]

    def _keep(self, zone: object) -> None:
        what = EditClient(self._client_id, "time_zone", str(zone or ""))
        self._desk.do(edit_client, what)


class SentBy(QWidget):
    """Which client sent this one, and whom this one sent. Emits ``open_client(id)``."""

    open_client = Signal(int)

    def __init__(self, desk: Desk, client_id: int) -> None:
        super().__init__()
        self._desk, self._client_id = desk, client_id
        self._sender: Named | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.box = SenderPick(desk, client_id)
        self.box.picked.connect(self._keep)
        self.box.opened.connect(self._open)
        column.addWidget(self.box)
        self.sent = Flow(across=Space.TIGHT)
        column.addWidget(self.sent)

    def show_people(self, sender: Named | None, sent: Sequence[Named]) -> None:
        """What the book says."""
        self._sender = sender
        self.box.show_value(shown_name(sender) if sender else "")
        people: list[QWidget] = [
            Button(shown_name(one), partial(self.open_client.emit, one.client_id), kind="link")
            for one in sent
        ]
        if people:
            people.insert(0, label(self.tr("has sent"), "sub", wrap=False))
        self.sent.arrange(people)
        self.sent.setVisible(bool(people))

    def _open(self) -> None:
        if self._sender is not None:
            self.open_client.emit(self._sender.client_id)

    def _keep(self, sender: object) -> None:
        what = SetReferredBy(self._client_id, sender if isinstance(sender, int) else None)
        self._desk.do(set_referred_by, what)


class SenderPick(PickOne):
    """Finds a client as everywhere: by letters of a name, a number or an address."""

    def __init__(self, desk: Desk, client_id: int) -> None:
        super().__init__(
            desk,
            _tr("SentBy", "Sent by"),
            _tr("SentBy", "Which client sent them"),
            lambda _: (),
            _tr("SentBy", "Nobody by that name, number or address."),
            opens=True,
        )
        self._but = client_id

    def _ask(self, text: str) -> None:
        me = self._desk.me.id
        self._desk.ask(
            lambda session: found_rows(session, text, associate_id=me, limit=MOST),
            self._show_found,
            owner=self,
            slot="find",
        )

    def _show_found(self, found: tuple[ClientRow, ...]) -> None:
        self._results([to_choose(row) for row in found if row.named.client_id != self._but])
