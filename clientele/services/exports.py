"""Taking everything out as a CSV file whose columns are exactly those of the import.

Days and times are ISO in the store's zone with its offset, amounts have a decimal point. Brought
into an empty book, both files give the same clients and purchases; brought into this book again,
they add nothing. What the book says beyond them stands in further columns of the customers file:
labels, languages and time zones come back with it, all else an import leaves aside.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, tzinfo
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import IO, Final

from sqlalchemy.orm import Session

from clientele.domain.client import ContactKind
from clientele.domain.history import QUANTITY_UNIT, ImportKind
from clientele.domain.money import plain
from clientele.domain.rules.dates import PartialDate, plain_day
from clientele.domain.rules.rights import SET_UP, Acting, Right
from clientele.exchange.cells import guarded
from clientele.exchange.fields import CUSTOMER_FIELDS, PURCHASE_FIELDS
from clientele.services.acting import require
from clientele.services.audit_verbs import file_taken_out
from clientele.services.export_known import Known
from clientele.services.imports.people import reference_for
from clientele.services.written import written
from clientele.store.queries.exports import ClientOut, LineOut, clients_out, lines_out
from clientele.store.queries.reading import store_facts
from clientele.store.session import Store

AS_CSV: Final = {"encoding": "utf-8-sig", "newline": ""}
"""How spreadsheets take it for what it is."""

TELL_EVERY = 500
"""After how many clients it is told how far an export is."""


def export_file(
    store: Store, kind: ImportKind, path: Path, *, now: datetime, acting: Acting = SET_UP
) -> int:
    """Write all clients or all purchase lines to ``path`` and answer how many rows.

    The file is for this user alone, and takes its name only when it is whole and entered into
    the audit trail: none leaves without that.

    Raises:
        NotWritable: the file cannot be made there; what stood there is as it was.
        OverTheBook: it would take the place of the book.
        NotAllowed: who acts may not export; no file is there.
    """
    with written(store.path, path, "x", **AS_CSV) as file:
        rows = export_to(store, kind, file, acting=acting)
        file_taken_out(store, f"export_{kind.value}", path, rows=rows, now=now, acting=acting)
        return rows


def export_clients(
    session: Session,
    book: Path,
    clients: Sequence[int],
    path: Path,
    *,
    told: Callable[[int], object] = lambda _: None,
) -> int:
    """Write these clients in their order, with the columns of all customers; answers how many.

    ``told`` hears now and then how many are written; what it raises ends the writing, and no file
    is there. Raises as ``export_file``.
    """
    require(session, Right.EXPORT)
    rows = 0
    with written(book, path, "x", **AS_CSV) as file:
        writer = csv.writer(file, lineterminator="\n")
        known = Known(session)
        writer.writerow([*CUSTOMER_FIELDS, *known.header()])
        for row in _with_known(clients_out(session, clients), known):
            writer.writerow(row)
            rows += 1
            if rows % TELL_EVERY == 0:
                told(rows)
        told(rows)
    return rows


def export_to(store: Store, kind: ImportKind, file: IO[str], *, acting: Acting = SET_UP) -> int:
    """Write all clients or all purchase lines to an open text file and answer how many rows.

    Raises ``OSError`` where ``file`` takes no more, ``NotAllowed`` where who acts may not.
    """
    writer = csv.writer(file, lineterminator="\n")
    customers = kind is ImportKind.CUSTOMERS
    rows = -1
    trouble: OSError | None = None
    with store.read(acting=acting) as session:
        require(session, Right.EXPORT)
        for row in _customer_rows(session) if customers else _purchase_rows(session):
            try:
                writer.writerow(row)
            except OSError as error:  # of this file, and not of the book's
                trouble = error
                break
            rows += 1
    if trouble is not None:
        raise trouble
    return rows


def _customer_rows(session: Session) -> Iterator[list[str]]:
    known = Known(session)
    yield [*CUSTOMER_FIELDS, *known.header()]
    yield from _with_known(clients_out(session), known)


def _with_known(clients: Iterator[ClientOut], known: Known) -> Iterator[list[str]]:
    """The cells of each client, with those of the further columns."""
    while some := list(islice(clients, TELL_EVERY)):
        further = known.rows([client.client_id for client in some])
        for client in some:
            yield [*_customer(client), *further.get(client.client_id, [])]


def _purchase_rows(session: Session) -> Iterator[list[str]]:
    yield list(PURCHASE_FIELDS)
    zone = store_facts(session).zone
    for line in lines_out(session):
        yield _purchase(line, zone)


def _customer(client: ClientOut) -> list[str]:
    birthday = ""
    if client.birth_month is not None:
        day = PartialDate(client.birth_month, client.birth_day, client.birth_year)
        birthday = plain_day(day)
    street, city, postcode, country = client.address
    return [
        guarded(_reference(client), identifier=True),
        guarded(client.given_name.strip()),
        guarded(client.family_name.strip()),
        guarded(client.preferred_name.strip()),
        _contacts(client, ContactKind.EMAIL),
        _contacts(client, ContactKind.PHONE),
        guarded(street.strip()),
        guarded(city.strip()),
        guarded(postcode.strip(), identifier=True),
        guarded(country.strip()),
        birthday,
        guarded(", ".join(client.tags)),
        guarded(" ::: ".join(note.strip() for note in client.notes)),
    ]


def _contacts(client: ClientOut, kind: ContactKind) -> str:
    return " ::: ".join(guarded(value.strip()) for of, value in client.contacts if of == kind)


def _purchase(line: LineOut, zone: tzinfo) -> list[str]:
    quantity = (Decimal(line.quantity) / QUANTITY_UNIT).normalize()
    return [
        guarded(_reference(line), identifier=True),
        guarded(line.receipt.strip(), identifier=True),
        line.sold_at.astimezone(zone).isoformat(),
        guarded(line.department),
        guarded(line.item.strip()),
        guarded(line.sku.strip(), identifier=True),
        f"{quantity:f}",
        plain(line.amount, line.currency),
        line.currency,
        guarded(line.associate),
        guarded(line.brand.strip()),
        guarded(line.size.strip()),
    ]


def _reference(row: ClientOut | LineOut) -> str:
    if row.reference:
        return row.reference
    created_at = row.created_at if isinstance(row, ClientOut) else row.client_created_at
    return reference_for(row.client_id, created_at)
