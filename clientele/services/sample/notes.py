"""What did associates write down about a client, and what should be said first?"""

from __future__ import annotations

from datetime import date, timedelta

from clientele.domain.tables import ContactMade, Note
from clientele.services.sample.days import month_name
from clientele.services.sample.floor import Floor
from clientele.services.sample.household import Member
from clientele.services.sample.life import Bought, Past
from clientele.services.sample.people import Person
from clientele.services.sample.visits import Written
from clientele.services.sample.words import NoteText, words

SHOES = ("Men's Shoes", "Women's Shoes")


class Notebook:
    """Notes about everybody, the sentences shared out so that none is read too often."""

    def __init__(self, floor: Floor) -> None:
        self._floor = floor
        self._used: dict[str, int] = {}
        self._gifts = 0

    def fill(self, person: Person, past: Past) -> None:
        """Write the notes of a client's visits; the newest that asks something is said first."""
        self._gift_notes(person, past)
        rng = person.rng
        ask: tuple[Written, str] | None = None
        for place, written in enumerate(past.visits):
            newest = place == len(past.visits) - 1
            if rng.random() > (0.75 if newest else 0.3):
                continue
            chosen = self._choose(person, written)
            if chosen is None:
                continue
            text, slots, happens = chosen
            self._write(person, written, text.text.format_map(slots))
            after = happens is not None and happens < self._floor.days.today
            first = text.after if after and text.after else text.first
            if first and not (happens and not after and happens <= written.plan.day):
                ask = (written, first.format_map(slots))
        if ask is not None and not person.cast:
            self._write(person, *ask, say_first=True)

    def _gift_notes(self, person: Person, past: Past) -> None:
        for entry in past.bought:
            if entry.item.member is None or person.rng.random() > 0.35:
                continue
            forms = words().phrases["gift"]["notes"]
            self._gifts += 1
            form = forms[self._gifts % len(forms)]
            body = form.format(item=entry.item.short, name=entry.item.member.name)
            self._write(person, entry.written, body)

    def _write(
        self, person: Person, written: Written, body: str, *, say_first: bool = False
    ) -> None:
        seller = written.plan.seller
        stop = written.plan.stops[-1]
        self._floor.sheet.add(
            Note,
            client_id=person.id,
            visit_id=written.visit_id,
            department_id=self._floor.team.departments[stop.department],
            associate_id=seller.id,
            body=body,
            say_first=say_first,
            written_at=written.left_at - timedelta(seconds=50 if say_first else 110),
        )

    def _choose(
        self, person: Person, written: Written
    ) -> tuple[NoteText, dict[str, str], date | None] | None:
        departments = {stop.department for stop in written.plan.stops}
        rng = person.rng
        best: list[tuple[int, float, NoteText, Member | None]] = []
        for text in words().notes:
            if text.text in person.noted or text.wearer not in (
                "any",
                "woman" if person.woman else "man",
            ):
                continue
            if text.department and not departments & (
                set(SHOES) if text.department == "shoes" else {text.department}
            ):
                continue
            if person.cast and (text.needs or text.days or text.first):
                continue  # their families and plans are told in cast.toml
            fitting = _someone(text.needs, person)
            if fitting is None:
                continue
            bonus = 2 * rng.random() + (0.7 if text.department else 0) + (0.5 if text.first else 0)
            best.append((self._used.get(text.text, 0), -bonus, text, fitting[0]))
        if not best:
            return None
        _, _, text, member = min(best, key=lambda entry: entry[0] * 0.5 + entry[1])
        self._used[text.text] = self._used.get(text.text, 0) + 1
        person.noted.add(text.text)
        happens = None
        if text.days is not None:
            happens = written.plan.day + timedelta(days=rng.randint(*text.days))
        return text, self._slots(person, member, happens), happens

    def _slots(self, person: Person, member: Member | None, happens: date | None) -> dict[str, str]:
        rng = person.rng
        colours = person.colours or ("navy",)
        name = member.name if member else ""
        return {
            **person.pronouns(),
            "partner": name,
            "child": name,
            "parent": name,
            "place": rng.choice(words().phrases["places"]),
            "month": month_name(happens.month) if happens else "",
            "like": colours[0],
            "likes": " and ".join(colours[:2]),
            "avoid": person.avoids[0].what if person.avoids else "",
        }


def _someone(needs: str, person: Person) -> tuple[Member | None] | None:
    """The household member a note speaks of, in a tuple; None if there is nobody of the kind."""
    if needs in ("", "likes", "like"):
        return (None,)
    if needs == "avoid":
        return (None,) if person.avoids else None
    kind, _, ages = needs.partition(" ")
    for member in person.members:
        if kind == "partner" and member.relation in ("husband", "wife", "partner"):
            return (member,)
        if kind == "parent" and member.relation in ("mother", "father"):
            return (member,)
        if kind == "child" and member.is_child:
            low, _, high = ages.partition("-")
            if not ages or int(low) <= member.age <= int(high):
                return (member,)
    return None


def write_contacts(floor: Floor, person: Person, past: Past) -> None:
    """Messages and calls between visits that were nobody's follow-up."""
    rng, phrases = person.rng, words().phrases["contact"]
    for entry in past.bought:
        day = entry.written.plan.day + timedelta(days=rng.randint(2, 12))
        seller = entry.written.plan.seller
        if rng.random() > 0.16 or day >= floor.days.today or not _worth_words(entry):
            continue
        channel = preferred_channel(person, ("text", "email", "call"))
        if channel is None:
            continue
        kind = "called" if channel == "call" else rng.choice(("sent", "sent", "came_in"))
        floor.sheet.add(
            ContactMade,
            client_id=person.id,
            associate_id=seller.id,
            channel=channel,
            summary=str(rng.choice(phrases[kind])).format(item=f"the {entry.item.short}"),
            took_place_at=floor.days.at(floor.days.settle(day, seller.off), rng.randint(615, 1150)),
        )


def _worth_words(entry: Bought) -> bool:
    return entry.item.member is None and entry.item.article.price[1] > 150


def preferred_channel(person: Person, order: tuple[str, ...], *, news: bool = False) -> str | None:
    """The first channel of ``order`` that the client allows; None if they allow none of them.

    ``news``: allows for news.
    """
    said = (channel for channel in order if person.allowed.get(channel))
    return next((one for one in said if not news or str(one) in person.news), None)
