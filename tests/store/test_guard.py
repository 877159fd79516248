"""No text of the book, in whatever table, may hold a card number."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import inspect
from sqlalchemy.orm import configure_mappers
from sqlmodel.sql.sqltypes import AutoString

from clientele.domain import tables
from clientele.domain.base import Table
from clientele.domain.errors import CardNumberFound
from clientele.store.guard import refuse_card_numbers
from clientele.store.session import Store

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
CARD = "4111 1111 1111 1111"


def texts() -> list[tuple[type[Table], str]]:
    """Every column of every table that holds words."""
    configure_mappers()
    found = []
    for table in vars(tables).values():
        if not isinstance(table, type) or not issubclass(table, Table) or table is Table:
            continue
        if getattr(table, "__table__", None) is None:
            continue
        found += [
            (table, column.key)
            for column in inspect(table).column_attrs
            if isinstance(column.columns[0].type, AutoString)
        ]
    return found


TEXTS = texts()


def test_the_words_of_a_ticket_are_among_them() -> None:
    named = {(table.__name__, column) for table, column in TEXTS}
    assert named >= {
        ("ShownItem", "mark_down_why"),
        ("ShownItem", "why"),
        ("PurchaseLine", "mark_down_why"),
        ("Purchase", "receipt"),
        ("PartPayment", "receipt"),
        ("PartPayment", "what"),
        ("LineReturn", "why"),
        ("VisitCompanion", "name"),
        ("Visit", "fitting_room"),
        ("HandOff", "note"),
    }


@pytest.mark.parametrize(
    ("table", "column"), TEXTS, ids=[f"{table.__name__}.{column}" for table, column in TEXTS]
)
def test_a_card_number_is_refused(store: Store, table: type[Table], column: str) -> None:
    values: dict[str, Any] = {column: f"paid with {CARD}"}
    with store.write() as session:
        session.add(table(**values))
        with pytest.raises(CardNumberFound, match="never keeps one"):
            session.flush()
        session.rollback()


@pytest.mark.parametrize("between", ["\t", "\n", "\r\n", "\x00"])
def test_a_card_number_is_seen_in_what_is_kept_as_json(store: Store, between: str) -> None:
    """Written as JSON a tab is a letter, behind which the number would not be known."""
    card = between.join(("4111", "1111", "1111", "1111"))
    body = json.dumps({"fields": [{"words": f"refund {card}"}], "most": 3}, ensure_ascii=False)
    with store.write() as session:
        session.add(tables.Draft(associate_id=1, place="wish of 1", body=body, typed_at=NOW))
        with pytest.raises(CardNumberFound):
            session.flush()
        session.rollback()


def test_words_that_only_begin_like_json_are_words(store: Store) -> None:
    with store.write() as session:
        for body in ("[see her card]", "{", "[" * 200_000):
            row = tables.Draft(associate_id=1, place=body[:20], body=body, typed_at=NOW)
            session.add(row)
            refuse_card_numbers(session)
            session.expunge(row)
