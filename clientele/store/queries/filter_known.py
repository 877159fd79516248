"""Conditions of a list over what is known of a client: goods, sizes, people, fields, consent.

Words are found in the index of what is known, which is quick and does not say where in a row they
stand; where that matters, the few clients found are looked at again in the rows themselves.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, String, and_, case, false, func, or_, select, union
from sqlalchemy.orm import aliased
from sqlmodel import col

from clientele.domain.client import ContactKind, Purpose
from clientele.domain.lists import PairState
from clientele.domain.plans import FollowUpState
from clientele.domain.preferences import Evidence, PreferenceKind
from clientele.domain.promises import PromiseState
from clientele.domain.rules.filters import Condition
from clientele.domain.rules.names import folded
from clientele.domain.tables import (
    Address,
    Client,
    ClientMerge,
    Consent,
    ContactPoint,
    CustomValue,
    DuplicatePair,
    FollowUp,
    HouseholdMember,
    Preference,
    Promise,
    Size,
    Wish,
)
from clientele.domain.wishes import WishState
from clientele.store import matched
from clientele.store.queries.columns import ident
from clientele.store.queries.filter_sets import in_set

Truth = ColumnElement[bool]

FITS = (Evidence.KEPT, Evidence.TRIED_ON, Evidence.TOLD_US)
"""What says that a size is worn, and not that it was too small or too large."""

_BARE = {
    letter: folded(letter)
    for letter in "àáâãäåçèéêëìíîïñòóôõöøùúûüýÿßæœÀÁÂÃÄÅÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜŁł"
}
"""Letters that the database does not fold by itself, as names are folded."""


def by_beginnings(words: str) -> Truth | None:
    """Those whose name has words that begin so; None where there is no word."""
    found = matched.words_of(words)
    return _in(matched.named_so(found)) if found else None


def tagged(asked: Condition) -> Truth:
    """Has the tag."""
    return _in(matched.tagged(asked.about or 0))


def bought_in(asked: Condition) -> Truth:
    """Bought anything in a department."""
    return _in(matched.bought_in(asked.about or 0))


def bought(asked: Condition) -> Truth:
    """Bought articles whose words these are: name, brand, size or number."""
    return _said("goods", asked)


def brand(asked: Condition) -> Truth:
    """Bought goods of a brand, which many tills write into the article's name."""
    return _said("goods", asked)


def wears(asked: Condition) -> Truth:
    """Has a size of their own that says so: “42R”, “loafer 9”."""
    words = col(Size.category) + " " + col(Size.brand) + " " + col(Size.value) + " " + col(Size.fit)
    sizes = select(ident(Size.id)).where(
        col(Size.client_id) == ident(Client.id),
        col(Size.household_member_id).is_(None),
        col(Size.evidence).in_(FITS),
        *_like(words, asked.words),
    )
    return and_(_said("wears", asked), sizes.exists())


def likes(asked: Condition) -> Truth:
    """Likes it themselves."""
    return _prefers(asked, PreferenceKind.LIKE)


def avoids(asked: Condition) -> Truth:
    """Avoids it themselves."""
    return _prefers(asked, PreferenceKind.AVOID)


def household(asked: Condition) -> Truth:
    """Buys for somebody, or for such a one: “wife”, “Ana”."""
    if not asked.words.strip():
        return _in(select(col(HouseholdMember.client_id)))
    words = (
        col(HouseholdMember.name)
        + " "
        + col(HouseholdMember.relation)
        + " "
        + col(HouseholdMember.about)
    )
    people = select(ident(HouseholdMember.id)).where(
        col(HouseholdMember.client_id) == ident(Client.id), *_like(words, asked.words)
    )
    return and_(_said("people", asked), people.exists())


def wishes(asked: Condition) -> Truth:
    """Wishes for something that is still open, or for such a thing."""
    still_open = col(Wish.state) == WishState.OPEN
    if not asked.words.strip():
        return _in(select(col(Wish.client_id)).where(still_open))
    words = col(Wish.item) + " " + col(Wish.detail) + " " + col(Wish.brand) + " " + col(Wish.sku)
    such = select(ident(Wish.id)).where(
        col(Wish.client_id) == ident(Client.id), still_open, *_like(words, asked.words)
    )
    return and_(_said("seen", asked), such.exists())


def field_text(asked: Condition) -> Truth:
    """A field of the store's own says these words."""
    if not matched.words_of(asked.words):
        return false()
    values = select(ident(CustomValue.id)).where(
        col(CustomValue.client_id) == ident(Client.id),
        col(CustomValue.field_id) == asked.about,
        *_like(col(CustomValue.value), asked.words),
    )
    return and_(_said("fields", asked), values.exists())


def field_choice(asked: Condition) -> Truth:
    """A field is exactly this: a word to choose, yes or no."""
    return _in(_field(asked).where(col(CustomValue.value) == asked.words))


def field_number(asked: Condition) -> Truth:
    """A field's number lies between two, in thousandths."""
    number, wanted = col(CustomValue.number), _field(asked)
    if asked.least is not None:
        wanted = wanted.where(number >= asked.least)
    if asked.most is not None:
        wanted = wanted.where(number <= asked.most)
    return _in(wanted)


def field_date(asked: Condition) -> Truth:
    """A field's day lies between two; kept as ISO 8601, whose order is that of the days."""
    value, wanted = col(CustomValue.value), _field(asked)
    if asked.first is not None:
        wanted = wanted.where(value >= asked.first.isoformat())
    if asked.last is not None:
        wanted = wanted.where(value <= asked.last.isoformat())
    return _in(wanted)


def referred(asked: Condition) -> Truth:
    """Was sent by somebody, or by this client."""
    if asked.about is None:
        return col(Client.referred_by_id).is_not(None)
    return _in(select(ident(Client.id)).where(col(Client.referred_by_id) == asked.about))


def language(asked: Condition) -> Truth:
    """Speaks it: “nl” holds for “nl-BE” as well."""
    tag = asked.words.strip().lower()
    spoken = func.lower(col(Client.language))
    return or_(spoken == tag, spoken.startswith(tag + "-", autoescape=True))


def time_zone(asked: Condition) -> Truth:
    """Lives in a zone, by any part of its name: “New York”."""
    part = "_".join(asked.words.split()).lower()
    return func.lower(col(Client.time_zone)).contains(part, autoescape=True)


def place(asked: Condition) -> Truth:
    """An address in a city, or whose postcode begins so."""
    words = matched.words_of(asked.words)
    if not words:
        return false()
    postcode = func.lower(func.replace(col(Address.postcode), " ", ""))
    begins = postcode.startswith("".join(asked.words.split()).lower(), autoescape=True)
    city = and_(*_like(col(Address.city), asked.words))
    return _in(select(col(Address.client_id)).where(or_(city, begins)))


def phone(_: Condition) -> Truth:
    """Has a telephone number."""
    return _reached(ContactKind.PHONE)


def email(_: Condition) -> Truth:
    """Has an e-mail address."""
    return _reached(ContactKind.EMAIL)


def may(asked: Condition) -> Truth:
    """Said yes to a channel, and nothing else since."""
    return _in(_consent(asked.words, True))


def refused(asked: Condition) -> Truth:
    """Said no to a channel, and nothing else since."""
    return _in(_consent(asked.words, False))


def promise(_: Condition) -> Truth:
    """Was promised something that is neither kept nor broken."""
    states = (PromiseState.OPEN, PromiseState.READY)
    return _in(select(col(Promise.client_id)).where(col(Promise.state).in_(states)))


def follow_up(_: Condition) -> Truth:
    """Has a follow-up ahead, or one that is due."""
    return _in(select(col(FollowUp.client_id)).where(col(FollowUp.state) == FollowUpState.OPEN))


def merged(_: Condition) -> Truth:
    """Is two clients who became one."""
    return _in(select(col(ClientMerge.kept_id)))


def twice(_: Condition) -> Truth:
    """May be in the book a second time."""
    pairs = col(DuplicatePair.state) == PairState.FOUND
    return _in(
        union(
            select(col(DuplicatePair.first_id)).where(pairs),
            select(col(DuplicatePair.second_id)).where(pairs),
        )
    )


def _prefers(asked: Condition, kind: str) -> Truth:
    tastes = select(ident(Preference.id)).where(
        col(Preference.client_id) == ident(Client.id),
        col(Preference.household_member_id).is_(None),
        col(Preference.kind) == kind,
        *_like(col(Preference.what), asked.words),
    )
    return and_(_said("wears", asked), tastes.exists())


def _said(part: str, asked: Condition) -> Truth:
    words = matched.words_of(asked.words)
    return _in(matched.said_in(part, words)) if words else false()


def _field(asked: Condition) -> Select[Any]:
    return select(col(CustomValue.client_id)).where(col(CustomValue.field_id) == asked.about)


def _reached(kind: str) -> Truth:
    points = select(ident(ContactPoint.id)).where(
        col(ContactPoint.client_id) == ident(Client.id), col(ContactPoint.kind) == kind
    )
    return points.exists()


def _consent(channel: str, allowed: bool) -> Select[Any]:
    """The clients who agreed to news on a channel, or refused them (``rules.consent``)."""
    later = aliased(Consent)
    lifted = select(ident(later.id)).where(
        col(later.client_id) == col(Consent.client_id),
        col(later.allowed).is_(True),
        col(later.said_at) > col(Consent.said_at),
        _covers(later, channel),
        or_(col(Consent.channel) == "", col(Consent.channel) == col(later.channel)),
        or_(col(Consent.purpose) == "", col(Consent.purpose) == col(later.purpose)),
    )
    refused = select(col(Consent.client_id)).where(
        _covers(Consent, channel), col(Consent.allowed).is_(False), ~lifted.exists()
    )
    if not allowed:
        return refused
    return select(col(Consent.client_id)).where(
        _covers(Consent, channel),
        col(Consent.allowed).is_(True),
        col(Consent.client_id).not_in(refused),
    )


def _covers(said: Any, channel: str) -> ColumnElement[bool]:
    """Whether a word of the client's speaks of news on a channel."""
    return and_(
        col(said.channel).in_([channel, ""]), col(said.purpose).in_([Purpose.NEWS.value, ""])
    )


def _like(text: ColumnElement[str] | Any, words: str) -> list[Truth]:
    """Each word somewhere in ``text``, whatever accents either carries."""
    low: Any = func.lower(text, type_=String)
    plain = low
    for letter, bare in _BARE.items():
        plain = func.replace(plain, letter, bare, type_=String)
    # Most texts have no such letters, and looking for each of them takes seconds for a million.
    ascii_only = func.octet_length(text) == func.length(text)
    plain = case((ascii_only, low), else_=plain)
    return [plain.contains(word, autoescape=True) for word in matched.words_of(words)]


def _in(ids: Any) -> Truth:
    return in_set(ids)
