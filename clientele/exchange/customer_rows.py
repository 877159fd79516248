"""How do the rows of a customers file become clients to add or to complete?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from clientele.domain.client import ContactKind
from clientele.domain.rules.contact_points import is_email, normalised
from clientele.domain.rules.dates import PartialDate
from clientele.exchange.cells import Texts, pieces, refuse_card, unguarded
from clientele.exchange.conventions import Conventions
from clientele.exchange.languages import language_tag, zone_name
from clientele.exchange.mapping import Mapping
from clientele.exchange.moments import read_birthday
from clientele.exchange.rows import Bad, layout
from clientele.exchange.unreadable import Unreadable, quoted

_PARTICLES: Final = frozenset(
    [
        "af",
        "al",
        "av",
        "bin",
        "da",
        "de",
        "del",
        "della",
        "den",
        "der",
        "di",
        "dos",
        "du",
        "el",
        "ibn",
        "la",
        "le",
        "'t",
        "te",
        "ten",
        "ter",
        "van",
        "von",
        "zu",
        "zum",
        "zur",
    ]
)
_OWN_LABELS: Final = frozenset(("mycontacts", "starred"))
"""Google's own labels, which say nothing about a client."""
_OUR_LABELS: Final = frozenset(("home", "work", "mobile"))
"""Labels of numbers that the book keeps by these words, in whatever case a file has them."""


@dataclass(frozen=True, slots=True)
class ContactRead:
    """A telephone number or e-mail address as written, and the form in which it is compared."""

    kind: ContactKind
    value: str
    normalised: str
    label: str = ""
    """What it is to the client, as ``work``."""


@dataclass(frozen=True, slots=True)
class CustomerRead:
    """One customer as it was read; empty where the file says nothing."""

    reference: str
    given_name: str
    family_name: str
    preferred_name: str
    contacts: tuple[ContactRead, ...]
    street: str
    city: str
    postcode: str
    country: str
    language: str
    """BCP 47 tag."""
    time_zone: str
    """IANA name."""
    birthday: PartialDate | None
    tags: tuple[str, ...]
    notes: tuple[str, ...]
    row: list[str]
    """The row as it stands in the file."""


class CustomerReader:
    """Reads the rows of one file."""

    def __init__(self, mapping: Mapping, ways: Conventions) -> None:
        self._where, self._fitted = layout(mapping)
        self._width = len(mapping.header)
        self._labelled = {
            field: (mapping.columns[field], mapping.columns[labels])
            for field, labels in (("email", "email_labels"), ("phone", "phone_labels"))
            if len(mapping.columns.get(field, ())) == len(mapping.columns.get(labels, ())) > 0
        }
        self._country = ways.store.country
        self._day_first = ways.day_first.get("birthday", True)
        self._texts = {
            field: Texts(field, identifier=field in ("reference", "postcode"))
            for field in CustomerRead.__slots__
        }

    def read(self, rows: Iterable[list[str]]) -> tuple[list[CustomerRead], list[Bad]]:
        """The customers of these rows, and the rows that cannot be read with their reasons."""
        customers: list[CustomerRead] = []
        bad: list[Bad] = []
        for row in rows:
            try:
                customers.append(self._customer(row))
            except Unreadable as problem:
                bad.append((row, problem.reason))
        return customers, bad

    def _customer(self, row: list[str]) -> CustomerRead:
        cells = self._fitted(row)
        given, family = self._text(cells, "given_name"), self._text(cells, "family_name")
        if "name" in self._where and not (given or family):
            name = cells[self._where["name"]].strip()
            refuse_card(name, "name")
            given, family = split_name(name)
        customer = CustomerRead(
            reference=self._text(cells, "reference"),
            given_name=given,
            family_name=family,
            preferred_name=self._text(cells, "preferred_name"),
            contacts=(*self._emails(cells), *self._phones(cells)),
            street=self._text(cells, "street"),
            city=self._text(cells, "city"),
            postcode=self._text(cells, "postcode"),
            country=self._text(cells, "country"),
            language=language_tag(unguarded(self._cell(cells, "language").strip())),
            time_zone=zone_name(unguarded(self._cell(cells, "time_zone").strip())),
            birthday=read_birthday(self._cell(cells, "birthday"), day_first=self._day_first),
            tags=self._tags(cells),
            notes=self._notes(cells),
            row=row,
        )
        if not (customer.reference or given or family or customer.contacts):
            raise Unreadable("the row has no reference, name, e-mail address or telephone number")
        return customer

    def _cell(self, cells: list[str], field: str) -> str:
        return cells[self._where.get(field, self._width)]

    def _text(self, cells: list[str], field: str) -> str:
        return self._texts[field][self._cell(cells, field)]

    def _emails(self, cells: list[str]) -> Iterable[ContactRead]:
        labels = self._labels(cells, "email")
        for text in pieces(self._cell(cells, "email"), more=";"):
            address = text.removeprefix("'")
            if not is_email(address):
                raise Unreadable(f"{quoted(text)} is not an e-mail address")
            refuse_card(address, "email")
            normal = normalised(ContactKind.EMAIL, address, self._country)
            yield ContactRead(ContactKind.EMAIL, address, normal, labels.get(text, ""))

    def _phones(self, cells: list[str]) -> Iterable[ContactRead]:
        labels = self._labels(cells, "phone")
        for text in pieces(self._cell(cells, "phone"), more=";"):
            number = text.removeprefix("'").strip()
            normal = normalised(ContactKind.PHONE, number, self._country)
            if not normal:
                raise Unreadable(f"{quoted(text)} is not a telephone number")
            if not normal.startswith("+"):
                refuse_card(number, "phone")
            yield ContactRead(ContactKind.PHONE, number, normal, labels.get(text, ""))

    def _labels(self, cells: list[str], field: str) -> dict[str, str]:
        """The labels of numbers or addresses: of each in a cell in turn, or one of a whole cell.

        Labels that are more or fewer than what they stand for say nothing of any.
        """
        found: dict[str, str] = {}
        for place, at in zip(*self._labelled.get(field, ((), ())), strict=True):
            if not cells[at].strip():
                continue
            values = [text.strip() for text in cells[place].split(":::")]
            labels = [text.strip() for text in cells[at].split(":::")]
            if len(labels) == 1:
                labels *= len(values)
            if len(labels) != len(values):
                continue
            for value, label in zip(values, labels, strict=True):
                said = unguarded(label).removeprefix("* ").strip()
                said = said.casefold() if said.casefold() in _OUR_LABELS else said
                refuse_card(said, f"{field} label")
                found.setdefault(value, said)
        return found

    def _tags(self, cells: list[str]) -> tuple[str, ...]:
        tags = pieces(unguarded(self._cell(cells, "tags").strip()), more=",;")
        for tag in tags:
            refuse_card(tag, "tags")
        bare = (" ".join(tag.removeprefix("* ").split()) for tag in tags)
        return tuple(dict.fromkeys(tag for tag in bare if tag.casefold() not in _OWN_LABELS))

    def _notes(self, cells: list[str]) -> tuple[str, ...]:
        notes = tuple(pieces(unguarded(self._cell(cells, "note").strip())))
        for note in notes:
            refuse_card(note, "note")
        return notes


def split_name(name: str) -> tuple[str, str]:
    """Given and family name of a name in one cell: “Anna de Vries”, “de Vries, Anna”."""
    name = " ".join(name.split())
    if "," in name:
        family, _, given = name.partition(",")
        return given.strip(), family.strip()
    words = name.split(" ")
    for number, word in enumerate(words[1:-1], 1):
        if word in _PARTICLES:
            return " ".join(words[:number]), " ".join(words[number:])
    return " ".join(words[:-1]), words[-1]
