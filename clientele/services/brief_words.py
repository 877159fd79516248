"""A brief in words: every topic's entries with their weight, from what the book knows.

Weights say what an associate must have read when a client walks in: what to say first, what they
come for, what was promised and what never to do, then what fits, then the rest, newest first.
Within a topic they fall, so that one long list does not crowd out the others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from clientele.domain.client import Channel, ContactKind
from clientele.domain.plans import OccasionKind
from clientele.domain.preferences import Evidence
from clientele.services import brief_open
from clientele.services.brief_choice import (
    LINE,
    PARAGRAPH,
    BriefSheet,
    Entry,
    Say,
    Section,
    Topic,
    shortened,
)
from clientele.services.brief_voice import Voice
from clientele.store.queries.brief import Brief, TurnedOut
from clientele.store.queries.household import MemberRow
from clientele.store.queries.occasions import OccasionAhead
from clientele.store.queries.reading import Named
from clientele.store.queries.story import StoryEntry
from clientele.store.queries.wearing import PreferenceRow, SizeRow
from clientele.system.formats import Formats

NAME = 80
"""How long a name may be, in letters, before it is one that somebody filled in by mistake."""

ITEMS_SHOWN = 5
"""Articles of a ticket that are named."""


def brief_sheet(
    brief: Brief,
    formats: Formats,
    *,
    now: datetime,
    me: int | None = None,
    say: Say = str,
) -> BriefSheet:
    """Everything worth saying of ``brief``; ``me`` (an associate's id) is said “you”, “yours”.

    ``now`` is an aware instant. Take ``BriefSheet.fitting`` of it for a page or a screen.
    """
    voice = Voice(brief, formats, now, me, say)
    return _Words(voice, brief, formats, say).sheet()


def called(named: Named, say: Say = str) -> str:
    """The full name, or “Client 900” for one known by a number only."""
    return named.name or say("Client {reference}").format(reference=named.reference or "?")


@dataclass(frozen=True, slots=True)
class _Words:
    voice: Voice
    brief: Brief
    formats: Formats
    say: Say

    def sheet(self) -> BriefSheet:
        parts: dict[Topic, Callable[[], Iterable[Entry]]] = {
            Topic.SAY_FIRST: lambda: brief_open.say_first(self.voice),
            Topic.NEVER_SAY: lambda: brief_open.never_say(self.voice),
            Topic.EXPECTED: lambda: brief_open.expected(self.voice),
            Topic.PROBLEMS: lambda: brief_open.problems(self.voice),
            Topic.PROMISES: lambda: brief_open.promises(self.voice),
            Topic.PAID_AHEAD: lambda: brief_open.paid_ahead(self.voice),
            Topic.WHOSE: lambda: brief_open.whose(self.voice),
            Topic.FITS: self._fits,
            Topic.LIKES: lambda: self._preferences(self.brief.client.likes, 700),
            Topic.PURCHASES: self._purchases,
            Topic.WISHES: lambda: brief_open.wishes(self.voice),
            Topic.OCCASIONS: self._occasions,
            Topic.HOUSEHOLD: self._household,
            Topic.COMES_WITH: self._comes_with,
            Topic.FOLLOW_UPS: self._follow_ups,
            Topic.NOTES: self._notes,
            Topic.GLANCE: self._glance,
            Topic.KNOWN_TO: lambda: brief_open.known_to(self.voice),
            Topic.NOT_YET: self._not_yet,
            Topic.CONTACT: self._contact,
        }
        sections = []
        for topic, entries_of in parts.items():
            if entries := tuple(entries_of()):
                sections.append(Section(topic, self.say(topic.value), entries))
        client = self.brief.client
        name = called(client.named, self.say)
        preferred = client.named.preferred_name
        made = self.say("Made {day} at {time}").format(
            day=self.formats.day_year(self.formats.local_day(self.voice.now)),
            time=self.formats.clock_time(self.voice.now),
        )
        return BriefSheet(
            named=client.named,
            title=shortened(name, NAME),
            called="" if preferred == client.named.given_name else shortened(preferred, NAME),
            say_it=shortened(client.say_it, NAME),
            under=self._under(),
            made=" · ".join(part for part in (self.brief.store, made) if part),
            made_at=self.voice.now,
            sections=tuple(sections),
        )

    def _under(self) -> str:
        client = self.brief.client
        parts = []
        if client.owner is not None:
            since = self.formats.local_day(client.owner.since).year
            if client.owner.associate_id == self.voice.me:
                parts.append(self.say("yours since {year}").format(year=since))
            else:
                words = self.say("with {associate} since {year}")
                parts.append(words.format(associate=client.owner.name, year=since))
        if client.birthday is not None:
            day = self.formats.month_day(client.birthday.month, client.birthday.day)
            parts.append(self.say("birthday {day}").format(day=day))
        parts += client.tags[:6]
        return shortened(" · ".join(parts), LINE)

    def _fits(self) -> Iterator[Entry]:
        for at, size in enumerate(self.brief.client.sizes):
            yield Entry(
                shortened(size.fit, LINE),
                800 - 15 * at,
                name=shortened(_category(size), NAME),
                strong=shortened(size.value, NAME),
                aside=self.say(size.evidence) if size.evidence != Evidence.KEPT else "",
            )

    def _preferences(self, rows: Iterable[PreferenceRow], weight: int) -> Iterator[Entry]:
        for at, row in enumerate(rows):
            yield Entry(shortened(row.what, LINE), weight - 15 * at, aside=row.department)

    def _purchases(self) -> Iterator[Entry]:
        for at, ticket in enumerate(self.brief.tickets):
            about = [
                words
                for one in self.brief.turned_out
                if one.purchase_id == ticket.id and (words := self._turned_out(one))
            ]
            amount = self.formats.money(ticket.amount or 0, ticket.currency)
            yield Entry(
                " · ".join([self._articles(ticket), *about]),
                760 - 60 * at,
                name=self._day(ticket.at),
                strong=amount,
                aside=", ".join(ticket.departments[:4]),
            )

    def _articles(self, ticket: StoryEntry) -> str:
        named = [shortened(item, 60) for item in ticket.items[:ITEMS_SHOWN]]
        more = len(ticket.items) - len(named)
        if more > 0:
            named.append(self.say("and {count} more").format(count=self.formats.number(more)))
        return ", ".join(named)

    def _turned_out(self, one: TurnedOut) -> str:
        day = self._day(one.at)
        if one.item:
            words = (
                self.say("{item} came back {day}: {why}")
                if one.why
                else self.say("{item} came back {day}")
            )
            why = shortened(one.why, LINE)
            return words.format(item=shortened(one.item, 60), day=day, why=why)
        return self.say("{day}: {words}").format(day=day, words=shortened(one.said, LINE))

    def _occasions(self) -> Iterator[Entry]:
        for at, row in enumerate(self.brief.occasions):
            yield Entry(
                self._occasion(row),
                780 - 30 * at,
                name=self.formats.near_day(row.on, self.voice.today),
                aside=row.relation,
            )

    def _occasion(self, row: OccasionAhead) -> str:
        what = row.title or self.say(row.kind)
        if row.years is not None and row.kind == OccasionKind.BIRTHDAY:
            what = self.say("{what}, turns {years}").format(what=what, years=row.years)
        return f"{row.member}: {what}" if row.member else what

    def _household(self) -> Iterator[Entry]:
        for at, member in enumerate(self.brief.client.household):
            yield Entry(
                " · ".join(self._about(member)),
                650 - 20 * at,
                name=shortened(
                    ", ".join(part for part in (member.name, member.relation) if part), NAME
                ),
            )

    def _about(self, member: MemberRow) -> Iterator[str]:
        for size in member.sizes[:4]:
            yield f"{_category(size)} {size.value}"
        for row in member.preferences[:6]:
            words = self.say("likes {what}") if row.kind == "like" else self.say("avoids {what}")
            yield words.format(what=shortened(row.what, 80))
        for day in member.occasions[:3]:
            when = self.formats.month_day(day.when.month, day.when.day)
            yield f"{day.title or self.say(day.kind)} {when}"
        if member.about:
            yield shortened(member.about, LINE)
        gift = next((one for one in self.brief.gifts if one.member_id == member.id), None)
        if gift is not None:
            yield brief_open.last_gift(self.voice, gift)

    def _follow_ups(self) -> Iterator[Entry]:
        for at, row in enumerate(self.brief.follow_ups):
            yield Entry(
                shortened(row.reason, LINE),
                620 - 25 * at,
                name=self.formats.near_day(row.due_on, self.voice.today),
                aside=self.voice.channel(row.channel),
            )

    def _comes_with(self) -> Iterator[Entry]:
        for at, who in enumerate(self.brief.comes_with):
            yield Entry(shortened(who, LINE), 470 - 12 * at)

    def _notes(self) -> Iterator[Entry]:
        first = self.brief.client.say_first
        notes = [note for note in self.brief.notes if first is None or note.id != first.note_id]
        for at, note in enumerate(notes):
            who = self.voice.who(note.associate_id, note.associate)
            yield Entry(
                shortened(note.words, PARAGRAPH // 2),
                480 - 20 * at,
                name=self._day(note.at),
                aside=", ".join(part for part in (who, note.department) if part),
            )

    def _glance(self) -> Iterator[Entry]:
        client, number = self.brief.client, self.formats.number
        if client.last_in is not None:
            yield Entry(
                self.formats.day_year(self.formats.local_day(client.last_in)),
                995,
                name=self.say("Last in"),
            )
        if not client.tickets:
            return
        yield Entry(number(client.tickets), 994, name=self.say("Tickets"))
        yield Entry(number(client.lines), 993, name=self.say("Lines"))
        spent = self.formats.money(client.spent, client.currency)
        yield Entry(spent, 992, name=self.say("Spent"))
        if self.brief.most_lines is not None:
            words = self.say("{lines} of {all}").format(
                lines=number(self.brief.most_lines.lines), all=number(client.lines)
            )
            yield Entry(
                self.brief.most_lines.department,
                991,
                name=self.say("Most lines in"),
                aside=words,
            )
        if client.across and client.across[0].department_id != self._most_in:
            yield Entry(
                client.across[0].department,
                440,
                name=self.say("Most spent in"),
                aside=self.say("24 months"),
            )

    @property
    def _most_in(self) -> int | None:
        return None if self.brief.most_lines is None else self.brief.most_lines.department_id

    def _not_yet(self) -> Iterator[Entry]:
        for at, department in enumerate(self.brief.client.not_yet):
            yield Entry(department, 560 - 12 * at)

    def _contact(self) -> Iterator[Entry]:
        client = self.brief.client
        for at, point in enumerate(client.points):
            kind = self.say("E-mail") if point.kind == ContactKind.EMAIL else self.say("Phone")
            yield Entry(point.value, 840 - 30 * at, name=kind, aside=point.label)
        said = client.consents
        allowed = [self.voice.channel(ch) for ch in Channel if said.get(ch) is True]
        refused = [self.voice.channel(ch) for ch in Channel if said.get(ch) is False]
        if allowed:
            yield Entry(", ".join(allowed), 885, name=self.say("May"))
        if refused:
            yield Entry(", ".join(refused), 890, name=self.say("May not"), warns=True)
        no_news = [self.voice.channel(ch) for ch in Channel if ch.value in client.no_news]
        if no_news:
            yield Entry(", ".join(no_news), 888, name=self.say("No news by"), warns=True)
        if not said and not no_news and client.points:
            yield Entry(self.say("not asked yet"), 700, name=self.say("Consent"))

    def _day(self, at: datetime) -> str:
        return self.voice.day(at)


def _category(size: SizeRow) -> str:
    return f"{size.category} · {size.brand}" if size.brand else size.category
