"""How are the words of a template read, and what is said of those that cannot be?"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientele.domain.rules.template_fields import examples, field_meant, field_named, fields
from clientele.domain.rules.template_words import (
    BadWords,
    BraceDoubled,
    EmptyField,
    FieldNotClosed,
    FieldNotOpened,
    MistakenField,
    Optional,
    Part,
    PartInPart,
    PartNotClosed,
    PartNotOpened,
    PartWithoutField,
    Text,
    UnknownField,
    Value,
    parse,
    read,
)


def test_text_fields_and_parts_that_may_be_left_out() -> None:
    words = parse("Hello {Preferred  name},\nit is here[[ until {day} at {time}]]: {item}.")
    assert words.parts == (
        Text("Hello "),
        Value("preferred name"),
        Text(",\nit is here"),
        Optional((Text(" until "), Value("day"), Text(" at "), Value("time"))),
        Text(": "),
        Value("item"),
        Text("."),
    )
    assert words.needed == ("preferred name", "item")
    assert words.optional == ("day", "time")


def test_single_brackets_are_words() -> None:
    assert parse("a [b] c").parts == (Text("a [b] c"),)


@pytest.mark.parametrize(
    ("text", "kind", "where", "said"),
    [
        ("Hi {prefered name}", MistakenField, (1, 4), "did you mean {preferred name}?"),
        ("Hi {preferred_name}", MistakenField, (1, 4), "did you mean {preferred name}?"),
        ("Hi\n\n {shoe colour}", UnknownField, (3, 2), "no field “shoe colour”"),
        ("{item.__class__}", UnknownField, (1, 1), "item.__class__"),
        ("{0}", UnknownField, (1, 1), "“0”"),
        ("Hi {}", EmptyField, (1, 4), "nothing between"),
        ("Hi {item", FieldNotClosed, (1, 4), "the { here is not closed"),
        ("Hi {item\nthere}", FieldNotClosed, (1, 4), "is not closed"),
        ("Hi {item {day}", FieldNotClosed, (1, 4), "is not closed"),
        ("Hi item}", FieldNotOpened, (1, 8), "a } stands alone"),
        ("Hi {{item}}", BraceDoubled, (1, 4), "like {item}"),
        ("Hi {{{item", BraceDoubled, (1, 4), "has two braces"),
        ("Hi [[ until {day}", PartNotClosed, (1, 4), "does not end"),
        ("Hi ]]", PartNotOpened, (1, 4), "never began"),
        ("[[a [[{day}]]", PartInPart, (1, 5), "cannot hold another"),
        ("[[please]]", PartWithoutField, (1, 1), "nothing says when"),
    ],
)
def test_what_cannot_be_read_has_its_sentence_and_place(
    text: str, kind: type[BadWords], where: tuple[int, int], said: str
) -> None:
    with pytest.raises(kind) as caught:
        parse(text)
    assert type(caught.value) is kind
    assert (caught.value.values["line"], caught.value.values["character"]) == where
    assert said in caught.value.sentence
    assert "Your words were kept" in caught.value.sentence


def test_all_faults_are_named_at_once_in_their_order() -> None:
    faults = read("{{item}} [[x {itme}]] {day\n]]").faults
    assert [type(fault) for fault in faults] == [
        BraceDoubled,
        MistakenField,
        FieldNotClosed,
        PartNotOpened,
    ]
    assert [(fault.start, fault.end) for fault in faults][:2] == [(0, 8), (13, 19)]
    assert [type(fault) for fault in read("[[x {itme}").faults] == [PartNotClosed, MistakenField]


def test_a_field_is_known_however_it_is_written() -> None:
    assert field_named(" Preferred   NAME ") == "preferred name"
    assert field_named("price") == ""
    assert field_meant("how-to_stop") == "how to stop"
    assert field_meant("xyz") == ""


def test_every_field_says_what_it_means_and_shows_an_example_in_each_language() -> None:
    for field in fields().values():
        assert field_named(field.name) == field.name
        assert field.made_of
        for words in (field.means, field.example):
            assert sorted(words) == ["de", "en", "nl"]
            assert all(words.values())
    assert examples("de")["day"] == "Donnerstag, 24. September"
    assert examples("fr") == examples("en")


SIGNS = st.lists(
    st.sampled_from(["{", "}", "{{", "}}", "[[", "]]", "{item}", "{day}", "itme", "\n", " "])
    | st.text(max_size=4)
).map("".join)


@given(SIGNS)
def test_whatever_is_typed_is_read_and_every_fault_has_a_place(text: str) -> None:
    words = read(text)
    for fault in words.faults:
        assert 0 <= fault.start < fault.end <= len(text)
        assert fault.sentence
    if not words.faults:
        assert written(words.parts) == text


names = st.sampled_from(sorted(fields()))
literals = st.text(st.characters(exclude_characters="{}[]"), min_size=1)
inside = st.lists(literals.map(Text) | names.map(Value), min_size=1).map(
    lambda parts: Optional(tuple(parts))
)
everything = st.lists(literals.map(Text) | names.map(Value) | inside.filter(lambda p: p.fields))


@given(everything)
def test_what_is_written_is_read_as_it_was_meant(parts: list[Part]) -> None:
    words = parse(written(tuple(parts)))
    assert written(words.parts) == written(tuple(parts))
    assert [part for part in words.parts if not isinstance(part, Text | Optional)] == [
        part for part in parts if isinstance(part, Value)
    ]
    assert [part.fields for part in words.parts if isinstance(part, Optional)] == [
        part.fields for part in parts if isinstance(part, Optional)
    ]


def written(parts: tuple[Part, ...]) -> str:
    """The template that has these parts."""
    found = []
    for part in parts:
        match part:
            case Text(words):
                found.append(words)
            case Value(field):
                found.append("{" + field + "}")
            case Optional(within):
                found.append("[[" + written(within) + "]]")
    return "".join(found)
