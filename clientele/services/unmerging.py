"""One client becomes two again, at once or long after, and everything goes where it belongs.

What was written again since keeps its newer words and goes with the row that it belongs to. What
was added since stays with the client who was kept, unless it hangs on something that goes; the
answer says what stayed.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import and_, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.errors import NotThere, Refusal
from clientele.domain.rules.consent import refusals
from clientele.domain.rules.names import full_name
from clientele.domain.rules.rights import Right
from clientele.domain.tables import Client, ClientMerge, metadata
from clientele.services import audit
from clientele.services.acting import require
from clientele.services.changes import Changes, Stayed, fold
from clientele.services.images import RowImage
from clientele.services.merge_added import Added, TakesOfBoth, added_since
from clientele.services.merge_places import refused, said_by, said_in
from clientele.services.merge_record import Record, born_at, read_record
from clientele.services.merge_rows import CLIENT, Rows, columns_to
from clientele.services.verb import changes_of

__all__ = ["MergedSince", "TakesOfBoth", "Unmerge", "undo_merge"]

TO_CLIENT = frozenset((column.table.name, column.name) for column in columns_to(CLIENT))


class MergedSince(Refusal):
    """Another merge lies on top of this one."""

    template = (
        "{name} was merged once more since then. Nothing was changed; undo the later merge first."
    )


@dataclass(frozen=True, slots=True)
class Unmerge:
    """The merge that is taken back."""

    merge_id: int
    gone_id: int | None = None
    """Who went, where that is known: the number of a merge taken back is given to the next."""


def undo_merge(session: Session, what: Unmerge, /, *, now: datetime) -> Changes:
    """Make two clients of one again; answers the id of the one who comes back, and what stayed.

    Raises:
        NotThere: the merge was taken back already.
        MergedSince: a later merge must be taken back first.
        TakesOfBoth: a ticket since then takes up what belonged to both.
    """
    require(session, Right.SERVE)
    session.flush()
    merge = session.get(ClientMerge, what.merge_id, populate_existing=True)
    if merge is None or what.gone_id not in (None, merge.gone_id):
        raise NotThere
    kept_id, gone_id = merge.kept_id, merge.gone_id
    _refuse_if_merged_since(session, merge)
    record = read_record(merge.moved)
    added = added_since(session, kept_id, record)
    back = _Back(session, merge, record, added)
    back.remove_row("client_merge", (merge.id,))
    for image in reversed(record.images):
        back.take_back(image)
    for table, key in added.following:
        back.let_follow(table, key)
    back.keep_refusals()
    session.expire_all()
    changes = changes_of(session, back.written, gone_id)
    audit.record(
        session,
        "undo_merge",
        subject="client_merge",
        subject_id=what.merge_id,
        clients=(kept_id, gone_id),
        detail={"tables": audit.tables_of(audit.news(back.written))},
        now=now,
    )
    return replace(changes, stayed=_stayed(session, kept_id, added))


def _refuse_if_merged_since(session: Session, merge: ClientMerge) -> None:
    later = session.scalar(
        select(func.count())
        .select_from(ClientMerge)
        .where(col(ClientMerge.kept_id) == merge.kept_id, col(ClientMerge.id) > merge.id)
    )
    if later:
        client = session.get(Client, merge.kept_id)
        assert client is not None, "a merge goes with the client who was kept"
        raise MergedSince(name=full_name(client.given_name, client.family_name) or "This client")


def _stayed(session: Session, kept_id: int, added: Added) -> Stayed | None:
    if not added.staying:
        return None
    client = session.get(Client, kept_id)
    assert client is not None
    counted = Counter(table for table, _ in added.staying)
    return Stayed(
        kept_id, full_name(client.given_name, client.family_name), tuple(sorted(counted.items()))
    )


class _Back:
    """Writes rows back as they were, and keeps images for the way forward again."""

    def __init__(self, session: Session, merge: ClientMerge, record: Record, added: Added) -> None:
        self._session = session
        self._kept, self._gone = merge.kept_id, merge.gone_id
        self._record = record
        self._staying = frozenset(added.staying)
        self._ids: dict[tuple[str, Any], Any] = {}
        self._images: list[RowImage] = []

    @property
    def written(self) -> tuple[RowImage, ...]:
        """What was written."""
        return fold(self._images)

    def take_back(self, image: RowImage) -> None:
        """Bring one row to how it was, where nobody wrote it since."""
        if image.before is None:
            self._take_away(image)
        elif image.after is None:
            self._bring_again(image)
        else:
            self._restore(image)

    def remove_row(self, table: str, key: tuple[Any, ...]) -> None:
        """Take a row away."""
        there = self._there(table, key)
        self._session.execute(delete(metadata.tables[table]).where(_here(table, key)))
        self._images.append(RowImage(table, key, there, None))

    def let_follow(self, table: str, key: int) -> None:
        """A row that was added since belongs to the one who comes back."""
        there = self._there(table, (key,))
        if there is not None and there["client_id"] == self._kept:
            self._write(table, (key,), there, {"client_id": self._gone})

    def keep_refusals(self) -> None:
        """What was refused since was refused by either: so both are left in peace.

        Since is what was not there before, whatever the clock said.
        """
        rows = Rows(self._session)
        mine, theirs = (said_by(rows, key) for key in (self._kept, self._gone))
        before = self._record.own.get("consent", frozenset())
        missing = refused(mine) - refused(theirs)
        for row in rows.of("consent", client_id=self._kept):
            said = said_in(row)
            if said is None or said.allowed or row["id"] in before:
                continue
            if any(said.covers(*place) and said in refusals(mine, *place) for place in missing):
                again = {name: value for name, value in row.items() if name != "id"}
                rows.add("consent", **{**again, "client_id": self._gone})
        self._images += rows.images

    def _take_away(self, image: RowImage) -> None:
        there = self._there(image.table, image.key)
        if there is not None and there == image.after:
            self.remove_row(image.table, image.key)

    def _bring_again(self, image: RowImage) -> None:
        table, values = metadata.tables[image.table], dict(image.before or {})
        for column in table.columns:
            for foreign in column.foreign_keys:
                place = (foreign.column.table.name, values[column.name])
                values[column.name] = self._ids.get(place, values[column.name])
        key = image.key
        if self._there(image.table, key) is not None:
            if table.primary_key.columns.keys() != ["id"]:
                return
            del values["id"]
        try:
            with self._session.begin_nested():
                done = self._session.execute(insert(table).values(values))
                key = tuple(done.inserted_primary_key or ())  # type: ignore[attr-defined]
        except IntegrityError:
            # What it hung on is gone by now, as a tag that was taken out of use.
            return
        if key != image.key:
            self._ids[image.table, image.key[0]] = key[0]
        self._images.append(RowImage(image.table, key, None, self._there(image.table, key)))

    def _restore(self, image: RowImage) -> None:
        before, after = dict(image.before or {}), dict(image.after or {})
        there = self._there(image.table, image.key)
        if there is None or not self._is_that_row(image):
            return
        values = {
            name: self._again(image.table, name, value)
            for name, value in before.items()
            if there[name] == after[name]
        }
        if image.table == "visit_stop" and self._was_rung(image.key[0]):
            return
        if values and not self._write(image.table, image.key, there, values):
            # Its place was taken since, as an owner's by the next: it comes back without it.
            only = {name: value for name, value in values.items()
                    if (image.table, name) in TO_CLIENT}  # fmt: skip
            if only:
                self._write(image.table, image.key, there, only)

    def _again(self, table: str, name: str, value: Any) -> Any:
        """``value``, or the number under which the row that it names has come back."""
        for foreign in metadata.tables[table].c[name].foreign_keys:
            return self._ids.get((foreign.column.table.name, value), value)
        return value

    def _is_that_row(self, image: RowImage) -> bool:
        born = self._record.born.get((image.table, image.key[0]))
        return born is None or born == born_at(self._session, image.table, image.key[0])

    def _was_rung(self, stop_id: int) -> bool:
        """A stop of which something stands on a ticket that stays, stays where the ticket is."""
        items, lines = metadata.tables["shown_item"], metadata.tables["purchase_line"]
        asked = (
            select(lines.c.purchase_id)
            .join(items, items.c.purchase_line_id == lines.c.id)
            .where(items.c.stop_id == stop_id)
        )
        return any(("purchase", key) in self._staying for key in self._session.scalars(asked))

    def _write(
        self, table: str, key: tuple[Any, ...], there: dict[str, Any], values: dict[str, Any]
    ) -> bool:
        try:
            with self._session.begin_nested():
                self._session.execute(
                    update(metadata.tables[table]).where(_here(table, key)).values(values)
                )
        except IntegrityError:
            return False
        before = {name: there[name] for name in values}
        self._images.append(RowImage(table, key, before, values))
        return True

    def _there(self, table: str, key: tuple[Any, ...]) -> dict[str, Any] | None:
        asked = select(metadata.tables[table]).where(_here(table, key))
        row = self._session.execute(asked).mappings().one_or_none()
        return None if row is None else dict(row)


def _here(table: str, key: tuple[Any, ...]) -> Any:
    columns = metadata.tables[table].primary_key
    return and_(*(column == value for column, value in zip(columns, key, strict=True)))
