"""The revisions end at exactly the tables that the program speaks of, names included."""

from __future__ import annotations

from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect

from clientele.domain.tables import metadata
from clientele.store.migrate import OURS
from clientele.store.session import Store


def _is_ours(name: str | None, kind: str, parents: Any) -> bool:
    return kind != "table" or name in metadata.tables


def differences_from_tables(store: Store) -> list[Any]:
    """What an open book has otherwise than the tables say."""
    with store.writer.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={"include_name": _is_ours, "compare_type": True, "target_metadata": metadata},
        )
        return list(compare_metadata(context, metadata))


def test_the_migrated_schema_is_the_one_in_the_tables(store: Store) -> None:
    assert differences_from_tables(store) == []


@pytest.mark.parametrize("table", sorted(metadata.tables))
def test_every_constraint_and_index_has_the_name_of_the_convention(
    store: Store, table: str
) -> None:
    expected = metadata.tables[table]
    with store.writer.connect() as connection:
        found = inspect(connection)
        keys = {
            (key["name"], key["options"].get("ondelete")) for key in found.get_foreign_keys(table)
        }
        assert keys == {(key.name, key.ondelete) for key in expected.foreign_key_constraints}
        assert found.get_pk_constraint(table)["name"] == expected.primary_key.name
        assert {index["name"] for index in found.get_indexes(table)} == {
            index.name for index in expected.indexes
        }
        wheres = {
            index["name"]: str(index["dialect_options"]["sqlite_where"])
            for index in found.get_indexes(table)
            if index["unique"]
        }
        assert wheres == {
            index.name: str(index.dialect_options["sqlite"]["where"])
            for index in expected.indexes
            if index.unique
        }


def test_the_newest_form_is_the_last_revision() -> None:
    (head,) = ScriptDirectory(str(OURS.folder)).get_heads()
    assert int(head) == OURS.newest
