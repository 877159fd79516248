"""Which variant of a template is taken, and what keeps a template from being used?"""

from __future__ import annotations

from dataclasses import replace

import pytest

from clientele.domain.client import Channel, Purpose
from clientele.domain.errors import Refusal
from clientele.domain.rules.template_words import MistakenField
from clientele.domain.rules.templates import (
    Address,
    Because,
    NoChannel,
    NoName,
    NoSubject,
    NoWords,
    SubjectTooLong,
    Template,
    Twice,
    Variant,
    Where,
    checked,
    faults_of,
    language_name,
    needed,
    optional,
    take,
)

FORMAL, INFORMAL, EITHER = Address.FORMAL, Address.INFORMAL, Address.EITHER
EN = Variant("en", "Hello {preferred name}", "About {item}")
SIE = Variant("de", "Guten Tag {full name}", "Zu {item}", FORMAL)
DU = Variant("de", "Hallo {preferred name}", "Zu {item}", INFORMAL)
NL = Variant("nl", "Dag {preferred name}[[, tot {day}]]", "{item}[[ en {day}]]")
READY = Template("Ready", Purpose.SERVICE, (Channel.TEXT, Channel.EMAIL), (EN, SIE, DU, NL))


@pytest.mark.parametrize(
    ("client", "store", "address", "variant", "because"),
    [
        ("de", "en", FORMAL, SIE, Because.CLIENT),
        ("de-AT", "en", INFORMAL, DU, Because.CLIENT),
        ("DE_ch", "en", EITHER, SIE, Because.CLIENT),
        ("en-US", "de", INFORMAL, EN, Because.CLIENT),
        ("fr", "nl-BE", FORMAL, NL, Because.STORE),
        ("", "de", INFORMAL, DU, Because.STORE),
        ("fr", "it", INFORMAL, EN, Because.FIRST),
        ("", "", FORMAL, EN, Because.FIRST),
    ],
)
def test_the_clients_language_then_the_stores_then_the_first(
    client: str, store: str, address: Address, variant: Variant, because: Because
) -> None:
    taken = take(READY, client, store, address)
    assert (taken.variant, taken.because) == (variant, because)


def test_words_that_avoid_saying_you_come_before_the_wrong_form() -> None:
    plain = Variant("de", "Hallo", "Hallo")
    assert take(replace(READY, variants=(SIE, plain)), "de", "", INFORMAL).variant == plain
    assert take(replace(READY, variants=(SIE, EN)), "de", "", INFORMAL).variant == SIE


def test_a_template_without_words_is_taken_by_nobody() -> None:
    with pytest.raises(NoWords, match="any language"):
        take(replace(READY, variants=()), "de", "en")


def test_a_sound_template_has_no_faults() -> None:
    assert faults_of(READY) == ()
    assert checked(READY) is READY
    assert READY.languages == ("en", "de", "nl")


@pytest.mark.parametrize(
    ("template", "kind", "said"),
    [
        (replace(READY, name=" "), NoName, "needs a name"),
        (replace(READY, channels=()), NoChannel, "“Ready” is for no channel"),
        (replace(READY, variants=()), NoWords, "any language"),
        (replace(READY, variants=(replace(SIE, body="\n"),)), NoWords, "nothing in German"),
        (replace(READY, variants=(replace(NL, subject=" "),)), NoSubject, "no subject in Dutch"),
        (replace(READY, variants=(replace(EN, subject="a\nb"),)), SubjectTooLong, "one line"),
        (replace(READY, variants=(SIE, DU, SIE)), Twice, "twice in German"),
        (replace(READY, variants=(replace(EN, body="{items}"),)), MistakenField, "{item}"),
    ],
)
def test_what_keeps_a_template_from_being_used(
    template: Template, kind: type[Refusal], said: str
) -> None:
    assert [type(fault.refusal) for fault in faults_of(template)] == [kind]
    with pytest.raises(kind) as caught:
        checked(template)
    assert said in caught.value.sentence


def test_a_fault_says_in_which_words_it_is() -> None:
    bad = replace(EN, subject="{itme}", body="{")
    found = faults_of(replace(READY, variants=(NL, bad)))
    assert [(fault.variant, fault.where) for fault in found] == [
        (bad, Where.SUBJECT),
        (bad, Where.BODY),
    ]


def test_only_an_email_has_a_subject() -> None:
    sheet = replace(READY, channels=(Channel.TEXT, Channel.CALL), variants=(Variant("en", "Hi"),))
    assert faults_of(sheet) == ()
    assert needed(EN, Channel.TEXT) == ("preferred name",)
    assert needed(EN, Channel.EMAIL) == ("item", "preferred name")
    assert optional(NL, Channel.EMAIL) == ("day",)
    assert optional(replace(NL, subject="{day}"), Channel.EMAIL) == ()


def test_languages_have_names() -> None:
    assert language_name("de-AT") == "German"
    assert language_name("fr") == "fr"
