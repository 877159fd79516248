"""Can a store ask for what it likes, and is what was said kept whatever becomes of the question?"""

from __future__ import annotations

import pytest

from clientele.domain.known import CustomKind
from clientele.domain.rules.custom_values import NotAChoice, NotANumber
from clientele.domain.tables import CustomValue
from clientele.services.custom_fields import (
    AddCustomField,
    FieldResting,
    FieldThere,
    FieldWithoutName,
    PlaceCustomField,
    RenameCustomField,
    RetireCustomField,
    SetChoices,
    SetCustomValue,
    WithoutChoices,
    add_custom_field,
    place_custom_field,
    rename_custom_field,
    retire_custom_field,
    set_choices,
    set_custom_value,
)
from clientele.store.queries.custom_fields import custom_fields, values_of
from tests.services.floor import Floor


def names(floor: Floor) -> list[str]:
    return [row.name for row in floor.ask(custom_fields)]


def said(floor: Floor) -> dict[str, str]:
    return {row.name: row.value for row in floor.ask(values_of, floor.daniel)}


def test_a_field_is_asked_for_renamed_and_undone(floor: Floor) -> None:
    changes = floor.do(add_custom_field, AddCustomField(" Shirt  maker "))
    assert changes.subject is not None
    assert names(floor) == ["Shirt maker"]
    renamed = floor.do(rename_custom_field, RenameCustomField(changes.subject, "Tailor"))
    floor.undo(renamed)
    assert names(floor) == ["Shirt maker"]
    floor.undo(changes)
    assert names(floor) == []


def test_two_fields_cannot_be_mixed_up(floor: Floor) -> None:
    first = floor.new(add_custom_field, AddCustomField("Club"))
    other = floor.new(add_custom_field, AddCustomField("Tailor"))
    with pytest.raises(FieldThere):
        floor.do(add_custom_field, AddCustomField("clüb"))
    with pytest.raises(FieldThere):
        floor.do(rename_custom_field, RenameCustomField(other, "CLUB"))
    with pytest.raises(FieldWithoutName):
        floor.do(rename_custom_field, RenameCustomField(other, " "))
    floor.do(rename_custom_field, RenameCustomField(first, "club"))
    floor.do(retire_custom_field, RetireCustomField(first))
    with pytest.raises(FieldResting):
        floor.do(add_custom_field, AddCustomField("Club"))
    assert names(floor) == ["Tailor", "club"]


def test_values_are_kept_in_one_form_changed_and_undone(floor: Floor) -> None:
    drink = floor.new(
        add_custom_field, AddCustomField("Drink", CustomKind.CHOICE, "tea\ncoffee\nwater")
    )
    height = floor.new(add_custom_field, AddCustomField("Height", CustomKind.NUMBER))
    floor.do(set_custom_value, SetCustomValue(floor.daniel, drink, "TEA"))
    changes = floor.do(set_custom_value, SetCustomValue(floor.daniel, height, "181,5"))
    assert changes.clients == {floor.daniel}
    assert said(floor) == {"Drink": "tea", "Height": "181.5"}
    row = floor.ask(lambda s: s.query(CustomValue).filter_by(field_id=height).one())
    assert row.number == 181_500
    with pytest.raises(NotANumber):
        floor.do(set_custom_value, SetCustomValue(floor.daniel, height, "tall"))
    with pytest.raises(NotAChoice):
        floor.do(set_custom_value, SetCustomValue(floor.daniel, drink, "milk"))
    assert said(floor) == {"Drink": "tea", "Height": "181.5"}
    gone = floor.do(set_custom_value, SetCustomValue(floor.daniel, drink, " "))
    assert said(floor)["Drink"] == ""
    floor.undo(gone)
    assert said(floor)["Drink"] == "tea"


def test_a_choice_in_other_words_is_so_for_everybody_and_one_left_out_stays_said(
    floor: Floor,
) -> None:
    drink = floor.new(add_custom_field, AddCustomField("Drink", CustomKind.CHOICE, "tea\ncofee"))
    floor.do(set_custom_value, SetCustomValue(floor.daniel, drink, "cofee"))
    changes = floor.do(set_choices, SetChoices(drink, "tea\ncoffee"))
    assert said(floor) == {"Drink": "coffee"}
    floor.undo(changes)
    assert said(floor) == {"Drink": "cofee"}
    floor.do(set_choices, SetChoices(drink, "tea\nwater\nmilk"))
    assert said(floor) == {"Drink": "cofee"}
    with pytest.raises(WithoutChoices):
        floor.do(set_choices, SetChoices(drink, "tea\n\nTea"))
    with pytest.raises(WithoutChoices):
        floor.do(add_custom_field, AddCustomField("Metal", CustomKind.CHOICE, "gold"))


def test_a_retired_field_keeps_what_was_said_and_is_asked_of_nobody_else(floor: Floor) -> None:
    club = floor.new(add_custom_field, AddCustomField("Club"))
    floor.new(add_custom_field, AddCustomField("Tailor"))
    changes = floor.do(retire_custom_field, RetireCustomField(club))
    assert said(floor) == {"Tailor": ""}
    floor.undo(changes)
    floor.do(set_custom_value, SetCustomValue(floor.daniel, club, "Chess"))
    floor.do(retire_custom_field, RetireCustomField(club))
    assert said(floor) == {"Tailor": "", "Club": "Chess"}
    assert [(row.name, row.retired, row.said) for row in floor.ask(custom_fields)] == [
        ("Tailor", False, 0),
        ("Club", True, 1),
    ]
    floor.do(retire_custom_field, RetireCustomField(club, retired=False))
    assert names(floor) == ["Club", "Tailor"]


def test_fields_are_put_in_another_order(floor: Floor) -> None:
    keys = [floor.new(add_custom_field, AddCustomField(name)) for name in "abcd"]
    floor.do(retire_custom_field, RetireCustomField(keys[1]))
    floor.do(place_custom_field, PlaceCustomField(keys[3], 0))
    assert names(floor) == ["d", "a", "c", "b"]
    floor.do(place_custom_field, PlaceCustomField(keys[3], 99))
    assert names(floor) == ["a", "c", "d", "b"]
    floor.do(place_custom_field, PlaceCustomField(keys[0], 1))
    assert names(floor) == ["c", "a", "d", "b"]
    moved = floor.do(place_custom_field, PlaceCustomField(keys[2], 2))
    assert names(floor) == ["a", "d", "c", "b"]
    floor.undo(moved)
    assert names(floor) == ["c", "a", "d", "b"]
