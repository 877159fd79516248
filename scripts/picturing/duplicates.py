"""Perhaps the same: the page, the choice field by field, and the word while a client is typed."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from sqlmodel import col, select

from clientele.domain.rules.dates import PartialDate
from clientele.domain.tables import Address, Client, ContactPoint
from clientele.services.clients import NewClient, new_client
from clientele.services.duplicates import find_pairs
from clientele.services.merging import Merge, merge_clients
from clientele.ui.dialogs.merge import MergeSheet
from clientele.ui.dialogs.new_client import NewClientSheet
from clientele.ui.workplace import Workplace
from scripts.picturing.scene import Scene, client, over


def scenes(place: Workplace, folder: Path) -> list[Scene]:
    """On the sample store, into which a few clients are entered once more."""
    made: list[tuple[int, int]] = []

    def page() -> None:
        if not made:
            made.extend(_enter_again(place))
        place.bringing_in.show_duplicates()

    def merge() -> MergeSheet:
        if not made:
            made.extend(_enter_again(place))
        return MergeSheet(place.desk, place.window.content, *made[0])

    def typed() -> NewClientSheet:
        return NewClientSheet(place.desk, place.window.content, "Elenor Marsch")

    return [
        Scene("new-client-alike", over(place, place.clients, typed)),
        Scene("duplicates", page),
        Scene("merge", over(place, place.clients, merge)),
    ]


def bare(place: Workplace) -> list[Scene]:
    """On any book."""
    return [Scene("duplicates", place.bringing_in.show_duplicates)]


def _enter_again(place: Workplace) -> list[tuple[int, int]]:
    now = place.desk.now()
    pairs: list[tuple[int, int]] = []
    for name, given, family in (
        ("Eleanor Marsh", "Ellie", "Marsh"),
        ("Tom Becker", "Thomas", "Bäcker"),
        ("Wim de Boer", "W.", "de Boer"),
        ("Daniel Tran", "Tran", "Daniel"),
    ):
        known = client(place, name)
        with place.store.write() as session:
            row = session.get(Client, known)
            assert row is not None
            phone = session.scalars(
                select(col(ContactPoint.value)).where(
                    col(ContactPoint.client_id) == known, col(ContactPoint.kind) == "phone"
                )
            ).first()
            birthday = PartialDate(row.birth_month, row.birth_day) if row.birth_month else None
            email = f"{given.lower().strip('.')}@example.com"
            what = NewClient(
                place.desk.me.id, given, family, phone=phone or "", email=email, birthday=birthday
            )
            again = new_client(session, what, now=now - timedelta(days=3)).subject
            assert again is not None
            session.add(Address(client_id=again, street="Keizersgracht 220",
                                postcode="1016 DZ", city="Amsterdam"))  # fmt: skip
        pairs.append((known, again))
    find_pairs(place.store, now=now)
    with place.store.write() as session:
        merge_clients(session, Merge(*pairs.pop(), by=place.desk.me.id), now=now)
    return pairs
