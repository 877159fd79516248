"""What is a message template, is it fit to be used, and in which language is it taken?

A template has one variant for each language, and in German and Dutch one for each way to say you
(Sie or du, u or je). A call has a template as well: a sheet of what to talk about.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from clientele.domain.client import Channel, Purpose
from clientele.domain.errors import Refusal
from clientele.domain.rules.template_words import Words, read


class Address(StrEnum):
    """How a client is addressed."""

    EITHER = ""
    """The language knows no difference, or the words avoid it."""
    FORMAL = "formal"
    """Sie, u."""
    INFORMAL = "informal"
    """Du, je."""


class Because(StrEnum):
    """Why a message is in its language."""

    CLIENT = "the client's language"
    STORE = "the store's language, since there is none in the client's"
    FIRST = "the template's first language, since there is none in the client's or the store's"


@dataclass(frozen=True, slots=True)
class Variant:
    """The words of a template in one language (``de``) and one way to say you.

    ``subject`` is for e-mail alone.
    """

    language: str
    body: str
    subject: str = ""
    address: Address = Address.EITHER


@dataclass(frozen=True, slots=True)
class Template:
    """A template. ``key`` is that of a shipped one, by which a rule finds it; else empty."""

    name: str
    purpose: Purpose
    channels: tuple[Channel, ...]
    variants: tuple[Variant, ...]
    key: str = ""

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that it has, each once, in their order."""
        return tuple(dict.fromkeys(variant.language for variant in self.variants))


@dataclass(frozen=True, slots=True)
class Taken:
    """The variant that is used for a client, and why it is in its language."""

    template: Template
    variant: Variant
    because: Because


class NoName(Refusal):
    """A template that nobody could choose."""

    template = "A template needs a name. What you wrote was kept; give it one."


class NoChannel(Refusal):
    """A template that could not be sent."""

    template = (
        "“{name}” is for no channel. What you wrote was kept; say whether it is for a text, "
        "an e-mail or a call."
    )


class NoWords(Refusal):
    """A template, or one of its languages, that says nothing."""

    template = "“{name}” says nothing in {language}. What you wrote was kept; write its words."


class NoSubject(Refusal):
    """An e-mail without a subject."""

    template = (
        "“{name}” has no subject in {language}, and an e-mail needs one. "
        "What you wrote was kept; write a subject."
    )


class SubjectTooLong(Refusal):
    """A subject over several lines."""

    template = (
        "The subject of “{name}” in {language} has more than one line. "
        "What you wrote was kept; put it on one."
    )


class Twice(Refusal):
    """Two variants that say you alike in one language."""

    template = (
        "“{name}” is there twice in {language}. What you wrote was kept; "
        "keep one, or let one say you formally and the other not."
    )


LANGUAGE_NAMES: Final = {"en": "English", "de": "German", "nl": "Dutch"}


class Where(StrEnum):
    """In which words of a variant something cannot be read."""

    SUBJECT = "subject"
    BODY = "body"


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a template; ``variant`` and ``where`` None where it is with the whole."""

    refusal: Refusal
    variant: Variant | None = None
    where: Where | None = None


def take(template: Template, client: str, store: str, address: Address = Address.FORMAL) -> Taken:
    """The variant for a client: in their language, else the store's, else the template's first.

    ``client`` and ``store`` are BCP 47 tags (``de-AT``), empty where not known. In the language
    the variant with this ``address`` is taken, else one that avoids it, else what there is: a
    client is rather written to in the language they know than in the right form of another.

    Raises:
        NoWords: there is no variant at all.
    """
    if not template.variants:
        raise NoWords(name=template.name, language="any language")
    for tag, because in ((client, Because.CLIENT), (store, Because.STORE)):
        if found := [one for one in template.variants if tag and _same(tag, one.language)]:
            return Taken(template, _addressed(found, address), because)
    first = template.variants[0].language
    found = [one for one in template.variants if one.language == first]
    return Taken(template, _addressed(found, address), Because.FIRST)


def faults_of(template: Template) -> tuple[Fault, ...]:
    """All that keeps a template from being used; nothing where it is fit."""
    found = []
    if not template.name.strip():
        found.append(Fault(NoName()))
    if not template.channels:
        found.append(Fault(NoChannel(name=template.name)))
    if not template.variants:
        found.append(Fault(NoWords(name=template.name, language="any language")))
    seen = set()
    for variant in template.variants:
        said = {"name": template.name, "language": language_name(variant.language)}
        if (variant.language, variant.address) in seen:
            found.append(Fault(Twice(**said), variant))
        seen.add((variant.language, variant.address))
        if not variant.body.strip():
            found.append(Fault(NoWords(**said), variant, Where.BODY))
        if Channel.EMAIL in template.channels:
            if not variant.subject.strip():
                found.append(Fault(NoSubject(**said), variant, Where.SUBJECT))
            if len(variant.subject.splitlines()) > 1:
                found.append(Fault(SubjectTooLong(**said), variant, Where.SUBJECT))
            found += [Fault(bad, variant, Where.SUBJECT) for bad in read(variant.subject).faults]
        found += [Fault(bad, variant, Where.BODY) for bad in read(variant.body).faults]
    return tuple(found)


def checked(template: Template) -> Template:
    """The template, which is fit to be used.

    Raises:
        BadWords, NoName, NoChannel, NoWords, NoSubject, SubjectTooLong, Twice: it is not; the
            first of ``faults_of``.
    """
    for fault in faults_of(template):
        raise fault.refusal
    return template


def words_of(variant: Variant, channel: Channel) -> tuple[Words, ...]:
    """What is read of a variant on a channel: a subject for e-mail, and the body."""
    body = read(variant.body)
    return (read(variant.subject), body) if channel == Channel.EMAIL else (body,)


def needed(variant: Variant, channel: Channel) -> tuple[str, ...]:
    """The fields without which a variant cannot go out on this channel, each once."""
    words = words_of(variant, channel)
    return tuple(dict.fromkeys(field for one in words for field in one.needed))


def optional(variant: Variant, channel: Channel) -> tuple[str, ...]:
    """The fields that a variant does without where it must, each once."""
    words = words_of(variant, channel)
    wanted = needed(variant, channel)
    found = dict.fromkeys(field for one in words for field in one.optional)
    return tuple(field for field in found if field not in wanted)


def language_name(tag: str) -> str:
    """“German” of ``de-AT``; a language without a name here as its tag."""
    return LANGUAGE_NAMES.get(_language(tag), tag)


def _addressed(found: list[Variant], address: Address) -> Variant:
    order = {address: 0, Address.EITHER: 1}
    return min(found, key=lambda one: order.get(one.address, 2))


def _same(tag: str, other: str) -> bool:
    return _language(tag) == _language(other)


def _language(tag: str) -> str:
    return tag.replace("_", "-").partition("-")[0].casefold()
