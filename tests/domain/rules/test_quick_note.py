"""What do plain words offer? Counted on sentences as associates write them."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Mapping
from datetime import date

import pytest

from clientele.domain.rules.quick_note import Offer, offers
from clientele.domain.rules.quick_note_kinds import OfferKind
from tests.domain.rules.quick_note_held_out import HELD_OUT
from tests.domain.rules.quick_note_sentences import TUNED, Sentences

TODAY = date(2026, 11, 22)
"""A Sunday."""


WRITTEN = {
    OfferKind.SIZE: "size {category} {value}",
    OfferKind.LIKE: "like {what}",
    OfferKind.AVOID: "avoid {what}",
    OfferKind.BIRTHDAY: "birthday {when}",
    OfferKind.PROMISE: "promise {promise} {due}",
    OfferKind.FOLLOW_UP: "follow-up {channel} {due}",
    OfferKind.CONTACT: "contact {value}",
    OfferKind.LANGUAGE: "language {tag}",
    OfferKind.NAME: "name {name}",
    OfferKind.WISH: "wish {item}",
}


def told(offer: Offer) -> str:
    """An entry as the sentences write it."""
    f = offer.fields
    if offer.kind is OfferKind.PERSON:
        words = "person " + ", ".join(filter(None, (f["name"], f["relation"])))
    elif offer.kind is OfferKind.OCCASION:
        words = f"occasion {f['title'] or f['occasion']} {f['when']}"
    else:
        words = WRITTEN[offer.kind].format(**f).strip()
    brand = f" @{f['brand']}" if f.get("brand") else ""
    whom = f.get("for_name") or f.get("for_relation")
    return (f"{words}{brand} ~{whom}" if whom else words + brand).lower()


class Count:
    """How much was right, too much and missed, by whatever it is counted by."""

    def __init__(self) -> None:
        self.right: Counter[str] = Counter()
        self.wrong: Counter[str] = Counter()
        self.missed: Counter[str] = Counter()

    def add(self, by: str, expected: set[str], found: set[str]) -> None:
        for name, entries in (
            (self.right, expected & found),
            (self.wrong, found - expected),
            (self.missed, expected - found),
        ):
            for entry in entries:
                for key in ("all", by, entry.split()[0]):
                    name[key] += 1

    def precision(self, key: str = "all") -> float:
        return self.right[key] / max(1, self.right[key] + self.wrong[key])

    def recall(self, key: str = "all") -> float:
        return self.right[key] / max(1, self.right[key] + self.missed[key])

    def table(self) -> str:
        lines = [f"{'':12}{'right':>7}{'wrong':>7}{'missed':>8}{'precision':>11}{'recall':>8}"]
        for key in sorted({*self.right, *self.wrong, *self.missed}, key=lambda k: (k != "all", k)):
            lines.append(
                f"{key:12}{self.right[key]:7}{self.wrong[key]:7}{self.missed[key]:8}"
                f"{self.precision(key):11.3f}{self.recall(key):8.3f}"
            )
        return "\n".join(lines)


def measured(sentences: Mapping[str, Sentences]) -> Count:
    """All sentences read, and each difference printed."""
    count = Count()
    for language, said in sentences.items():
        for text, expected in said:
            wanted = {entry.lower() for entry in expected}
            found = {told(offer) for offer in offers(text, today=TODAY, region="NL")}
            count.add(language, wanted, found)
            if wanted != found:
                wrong, missed = sorted(found - wanted), sorted(wanted - found)
                sys.stdout.write(f"{text}\n   wrong {wrong}, missed {missed}\n")
    return count


@pytest.mark.parametrize(("name", "sentences"), [("tuned", TUNED), ("held out", HELD_OUT)])
def test_the_right_entries_are_offered(name: str, sentences: Mapping[str, Sentences]) -> None:
    count = measured(sentences)
    many = sum(map(len, sentences.values()))
    sys.stdout.write(f"\n{name}: {many} sentences\n{count.table()}\n")
    assert many >= (140 if name == "tuned" else 60)
    assert count.precision() >= 0.95
    assert count.recall() >= 0.80


def test_a_month_that_is_a_name_is_one_after_a_relation() -> None:
    (mai, *_) = offers("sister Mai likes emerald", today=TODAY)
    assert mai.fields == {"name": "Mai", "relation": "sister"}
    (wedding,) = (
        one for one in offers("Hochzeit am 3. Mai", today=TODAY) if one.kind == OfferKind.OCCASION
    )
    assert wedding.fields["when"] == "--05-03"
