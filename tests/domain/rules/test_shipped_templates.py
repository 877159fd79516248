"""Are the shipped templates sound, in all languages, short, and in the right voice?"""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientele.domain.client import Channel, Purpose
from clientele.domain.rules.shipped_templates import (
    call_sheet_key,
    how_to_stop,
    shipped,
    shipped_template,
)
from clientele.domain.rules.template_fields import examples, fields
from clientele.domain.rules.template_filling import FieldsMissing, Filled, fill, sendable
from clientele.domain.rules.templates import (
    Address,
    Because,
    Taken,
    Template,
    Variant,
    faults_of,
    needed,
    optional,
)
from clientele.domain.rules.text_length import Alphabet
from clientele.system.formats import LANGUAGES

WRITTEN = [template for template in shipped("en") if Channel.TEXT in template.channels]
SHEETS = [template for template in shipped("en") if Channel.CALL in template.channels]
EVERY = [
    pytest.param(template, variant, id=f"{template.key}-{variant.language}{variant.address}")
    for template in shipped("en")
    for variant in template.variants
]
MOMENTS = [
    ("thank_you", Purpose.NEWS),
    ("first_visit", Purpose.NEWS),
    ("alteration_ready", Purpose.SERVICE),
    ("alteration_fits", Purpose.SERVICE),
    ("order_arrived", Purpose.SERVICE),
    ("wish_arrived", Purpose.SERVICE),
    ("hold_ends", Purpose.SERVICE),
    ("birthday", Purpose.NEWS),
    ("purchase_anniversary", Purpose.NEWS),
    ("before_occasion", Purpose.NEWS),
    ("appointment_confirmed", Purpose.SERVICE),
    ("appointment_reminder", Purpose.SERVICE),
    ("made_right", Purpose.SERVICE),
    ("hello", Purpose.NEWS),
    ("invitation", Purpose.NEWS),
]
NAMES = {"full name": "preferred name"}
"""Sie goes with the full name, du with the first."""


def values(variant: Variant) -> dict[str, str]:
    """A usual value for each field."""
    stop = how_to_stop(variant.language, variant.address)
    return examples(variant.language) | {"how to stop": stop}


def filled(template: Template, variant: Variant, channel: Channel, **gone: str) -> Filled:
    """The message with usual values."""
    return fill(Taken(template, variant, Because.CLIENT), channel, values(variant) | gone)


def test_there_is_one_for_each_moment_written_and_for_a_call() -> None:
    assert [(one.key, one.purpose) for one in WRITTEN] == MOMENTS
    assert all(one.channels == (Channel.TEXT, Channel.EMAIL) for one in WRITTEN)
    assert [(one.key, one.purpose) for one in SHEETS] == [
        (call_sheet_key(key), purpose) for key, purpose in MOMENTS
    ]


def test_each_is_found_by_its_key_and_named_in_each_language() -> None:
    assert shipped_template("hello", "de").name == "Ein Gruß"
    for language in LANGUAGES:
        names = [one.name for one in shipped(language)]
        assert len(set(names)) == len(names) == len(MOMENTS) * 2
    with pytest.raises(KeyError):
        shipped_template("goodbye", "en")


@pytest.mark.parametrize("template", shipped("en"), ids=lambda one: one.key)
def test_each_is_sound_and_has_the_same_fields_in_all_languages(template: Template) -> None:
    assert faults_of(template) == ()
    assert template.languages == LANGUAGES
    for channel in template.channels:
        found = {
            (
                frozenset(NAMES.get(field, field) for field in needed(variant, channel)),
                frozenset(optional(variant, channel)),
            )
            for variant in template.variants
        }
        assert len(found) == 1


@pytest.mark.parametrize("template", WRITTEN, ids=lambda one: one.key)
def test_german_and_dutch_are_there_with_both_ways_to_say_you(template: Template) -> None:
    assert [(one.language, one.address) for one in template.variants] == [
        ("en", ""),
        ("de", "formal"),
        ("de", "informal"),
        ("nl", "formal"),
        ("nl", "informal"),
    ]


PUSHY = re.compile(
    r"\b(?:hurry|only|last chance|do(?:n.t| not) miss|sale|discount|exclusive"
    r"|nur noch|beeil|rabatt|exklusiv|letzte chance"
    r"|alleen nog|haast|korting|exclusief|mis het niet|laatste kans)\b",
    re.IGNORECASE,
)
FORMAL_WORDS = {"de": r"\b(?:Sie|Ihnen|Ihre[mnrs]?|Ihr)\b", "nl": r"\b(?:[Uu]|[Uu]w)\b"}
INFORMAL_WORDS = {
    "de": r"\b[Dd](?:u|ich|ir|eine?[mnrs]?|ein)\b",
    "nl": r"\b(?:[Jj]e|[Jj]ij|[Jj]ouw?)\b",
}


@pytest.mark.parametrize(("template", "variant"), EVERY)
def test_nobody_is_addressed_both_ways(template: Template, variant: Variant) -> None:
    words = f"{variant.subject}\n{variant.body}"
    formal = re.search(FORMAL_WORDS.get(variant.language, "$^"), words)
    informal = re.search(INFORMAL_WORDS.get(variant.language, "$^"), words)
    if variant.address is not Address.FORMAL:
        assert formal is None
    if variant.address is not Address.INFORMAL:
        assert informal is None


@pytest.mark.parametrize(("template", "variant"), EVERY)
def test_the_voice_is_calm(template: Template, variant: Variant) -> None:
    words = f"{variant.subject} {variant.body}"
    assert "!" not in words
    assert not PUSHY.search(words)


@pytest.mark.parametrize(("template", "variant"), EVERY)
def test_a_text_is_no_longer_than_two(template: Template, variant: Variant) -> None:
    if Channel.TEXT not in template.channels:
        return
    length = filled(template, variant, Channel.TEXT).length
    assert length is not None
    assert length.alphabet is Alphabet.GSM
    assert length.parts <= 2


@pytest.mark.parametrize("template", WRITTEN, ids=lambda one: one.key)
def test_news_says_how_to_hear_no_more_of_it(template: Template) -> None:
    for variant in template.variants:
        says = "how to stop" in needed(variant, Channel.TEXT)
        assert says == (template.purpose == Purpose.NEWS)


def test_how_to_stop_is_said_as_the_client_is_addressed() -> None:
    assert "Sie" in how_to_stop("de", Address.FORMAL)
    assert "du" in how_to_stop("de", Address.INFORMAL)
    assert how_to_stop("nl", Address.FORMAL) == how_to_stop("nl", Address.INFORMAL)
    with pytest.raises(KeyError):
        how_to_stop("fr", Address.FORMAL)


@given(st.sampled_from(shipped("en")), st.data())
def test_whatever_is_not_known_nothing_goes_out_with_a_gap(
    template: Template, data: st.DataObject
) -> None:
    variant = data.draw(st.sampled_from(template.variants))
    channel = data.draw(st.sampled_from(template.channels))
    gone = data.draw(st.sets(st.sampled_from(sorted(fields()))))
    message = filled(template, variant, channel, **dict.fromkeys(gone, ""))
    wanted = [field for field in needed(variant, channel) if field in gone]
    assert list(message.missing) == wanted
    for words in (message.subject, message.body):
        assert words == words.strip()
        assert not re.search(r"  | [,.;:?]|\n\n\n|\[\[|]]| \n|\n ", words)
    if wanted:
        with pytest.raises(FieldsMissing):
            sendable(message.missing, message.subject, message.body)
    else:
        sendable(message.missing, message.subject, message.body)
        assert "{" not in message.subject + message.body
