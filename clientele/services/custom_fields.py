"""The store's own fields: which there are, and what they say of a client."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.errors import Refusal
from clientele.domain.known import CustomKind
from clientele.domain.rules.custom_values import choices_of, read_value
from clientele.domain.rules.names import folded
from clientele.domain.rules.rights import Right
from clientele.domain.tables import Client, CustomField, CustomValue
from clientele.services.acting import needs
from clientele.services.rows import new_id, the
from clientele.services.verb import verb


class FieldWithoutName(Refusal):
    """Nothing to call it by."""

    template = "A field needs a name. Nothing was changed; write what it asks, such as Shirt maker."


class FieldThere(Refusal):
    """Two fields of one name cannot be told apart."""

    template = "There is a field “{name}” already. Nothing was changed; choose another name."


class FieldResting(Refusal):
    """The name belongs to a field that is no longer asked for."""

    template = (
        "“{name}” is no longer asked for, and what was said is kept. "
        "Nothing was changed; bring that field back, or choose another name."
    )


class WithoutChoices(Refusal):
    """Nothing to choose from."""

    template = "Nothing to choose from. Nothing was changed; write two words or more, one a line."


@dataclass(frozen=True, slots=True)
class AddCustomField:
    """A field of a kind (``CustomKind``); ``choices`` are its words, one a line."""

    name: str
    kind: str = CustomKind.TEXT
    choices: str = ""


@dataclass(frozen=True, slots=True)
class RenameCustomField:
    """Another name for a field; what was said in it stays."""

    field_id: int
    name: str


@dataclass(frozen=True, slots=True)
class PlaceCustomField:
    """A field's place among those that are asked for, from 0."""

    field_id: int
    place: int


@dataclass(frozen=True, slots=True)
class SetChoices:
    """The words to choose from, one a line.

    A word changed in its place changes for every client; one that is left out stays with the
    clients who have it.
    """

    field_id: int
    choices: str


@dataclass(frozen=True, slots=True)
class RetireCustomField:
    """No longer ask for a field, or (``retired`` False) ask again; what was said stays."""

    field_id: int
    retired: bool = True


@dataclass(frozen=True, slots=True)
class SetCustomValue:
    """What a field says of a client, as typed; empty for nothing."""

    client_id: int
    field_id: int
    text: str


@verb
@needs(Right.WORDING)
def add_custom_field(session: Session, what: AddCustomField, /, *, now: datetime) -> int | None:
    """Ask for something more of every client and answer the field's id.

    Raises:
        FieldWithoutName, FieldThere, FieldResting, WithoutChoices: it cannot be asked so.
    """
    name = _free_name(session, what.name)
    kind = CustomKind(what.kind)
    last = session.scalar(select(func.max(col(CustomField.position))))
    return new_id(
        session,
        CustomField(
            name=name,
            kind=kind,
            choices=_choices(what.choices) if kind is CustomKind.CHOICE else "",
            position=0 if last is None else last + 1,
            created_at=now,
        ),
    )


@verb
@needs(Right.WORDING)
def rename_custom_field(
    session: Session, what: RenameCustomField, /, *, now: datetime
) -> int | None:
    """Call a field otherwise.

    Raises:
        FieldWithoutName, FieldThere, FieldResting: it cannot be called so.
    """
    row = the(session, CustomField, what.field_id)
    row.name = _free_name(session, what.name, but=row.id)
    return row.id


@verb
@needs(Right.WORDING)
def place_custom_field(session: Session, what: PlaceCustomField, /, *, now: datetime) -> int | None:
    """Ask for a field earlier or later than the others."""
    row = the(session, CustomField, what.field_id)
    others = [
        one
        for one in session.scalars(
            select(CustomField).order_by(col(CustomField.position), col(CustomField.id))
        )
        if one.id != row.id
    ]
    asked = [one for one in others if one.retired_at is None]
    place = min(max(what.place, 0), len(asked))
    before = others.index(asked[place]) if place < len(asked) else len(others)
    for position, one in enumerate([*others[:before], row, *others[before:]]):
        one.position = position
    return row.id


@verb
@needs(Right.WORDING)
def set_choices(session: Session, what: SetChoices, /, *, now: datetime) -> int | None:
    """Let people choose from other words.

    Raises:
        WithoutChoices: fewer than two are left.
    """
    row = the(session, CustomField, what.field_id)
    if row.kind != CustomKind.CHOICE:
        raise ValueError(row.kind)
    before, row.choices = choices_of(row.choices), _choices(what.choices)
    after = choices_of(row.choices)
    if len(before) == len(after):
        for old, new in zip(before, after, strict=True):
            if old not in after and new not in before:
                _say_otherwise(session, row.id, old, new)
    return row.id


@verb
@needs(Right.WORDING)
def retire_custom_field(
    session: Session, what: RetireCustomField, /, *, now: datetime
) -> int | None:
    """Ask no longer for a field, or again."""
    row = the(session, CustomField, what.field_id)
    if (row.retired_at is None) is what.retired:
        row.retired_at = now if what.retired else None
    return row.id


@verb
def set_custom_value(session: Session, what: SetCustomValue, /, *, now: datetime) -> int | None:
    """Keep what a field says of a client in its one form, and answer the id of it.

    Raises:
        Refusal: the words are nothing that such a field can hold (``rules.custom_values``).
    """
    the(session, Client, what.client_id)
    field = the(session, CustomField, what.field_id)
    kept = read_value(field.kind, what.text, choices_of(field.choices))
    row = session.scalars(
        select(CustomValue).where(
            col(CustomValue.client_id) == what.client_id,
            col(CustomValue.field_id) == what.field_id,
        )
    ).first()
    if kept is None:
        if row is not None:
            session.delete(row)
        return None
    if row is None:
        return new_id(
            session,
            CustomValue(
                client_id=what.client_id,
                field_id=what.field_id,
                value=kept.value,
                number=kept.number,
            ),
        )
    row.value, row.number = kept.value, kept.number
    return row.id


def _free_name(session: Session, typed: str, but: int | None = None) -> str:
    name = " ".join(typed.split())
    if not name:
        raise FieldWithoutName
    for key, other, retired_at in session.execute(
        select(col(CustomField.id), col(CustomField.name), col(CustomField.retired_at))
    ):
        if key != but and folded(other) == folded(name):
            if retired_at is not None:
                raise FieldResting(name=other)
            raise FieldThere(name=other)
    return name


def _choices(lines: str) -> str:
    words = choices_of(lines)
    if len(words) < 2:
        raise WithoutChoices
    return "\n".join(words)


def _say_otherwise(session: Session, field_id: int | None, old: str, new: str) -> None:
    for row in session.scalars(
        select(CustomValue).where(
            col(CustomValue.field_id) == field_id, col(CustomValue.value) == old
        )
    ):
        row.value = new
