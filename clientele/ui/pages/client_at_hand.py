"""Who is it that one is about to call? The client beside the list that one works through."""

from __future__ import annotations

from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from clientele.domain.client import Channel, ContactKind
from clientele.services.say_first_words import said_first
from clientele.store.queries.at_hand import AtHand, at_hand
from clientele.store.queries.client import ClientPage
from clientele.store.queries.say_first import SayFirst
from clientele.store.queries.story import StoryEntry, Told
from clientele.ui.delegates.row_layout import Style
from clientele.ui.desk import Desk
from clientele.ui.models.brief_say import brief_say
from clientele.ui.models.client_names import prefers
from clientele.ui.models.plan_words import channel_words
from clientele.ui.models.rows import Dot, Row
from clientele.ui.models.story_words import INCOMING, body_words, title_words
from clientele.ui.theme import Space, Tone
from clientele.ui.widgets.basics import Chip, LabelledRows, label
from clientele.ui.widgets.layouts import Flow
from clientele.ui.widgets.row_list import RowList

SIZES = 4


class ClientAtHand(QWidget):
    """How to reach them, what to say first, what fits, and what was last.

    ``show_client(None)`` empties it.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.client_id: int | None = None
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.ROW)
        self.chips = Flow()
        self.first = label("")
        self.facts = LabelledRows()
        self.last_title = label(self.tr("What was last"), "strong")
        self.last = RowList(desk.theme, self.tr("What was last"), style=Style(inset=0))
        self.last.setFocusPolicy(self.last.focusPolicy().NoFocus)
        column.addWidget(self.chips)
        column.addWidget(self.first)
        column.addWidget(self.facts)
        column.addWidget(self.last_title)
        column.addWidget(self.last)

    def show_client(self, client_id: int | None) -> None:
        """Ask for this client and show them."""
        if client_id is None:
            self.client_id = None
            self.hide()
            return
        if client_id != self.client_id:
            self.hide()  # nobody's telephone stands under another's name, not even for a moment
        now = self._desk.now()
        self._desk.ask(
            lambda session: at_hand(session, client_id, now=now),
            self._show,
            owner=self,
            slot="hand",
        )

    def _show(self, hand: AtHand | None) -> None:
        self.setVisible(hand is not None)
        if hand is None:
            return
        client = hand.client
        self.client_id = client.named.client_id
        self._show_chips(client)
        said = client.say_first
        self.first.setText(self._say_first(said) if said is not None else "")
        self.first.setVisible(said is not None)
        self.facts.clear()
        for name, value in self._facts(client):
            self.facts.add(name, value)
        shown = (Told.NOTE, said.note_id) if said is not None and said.note_id else None
        rows = [self._entry(one) for one in hand.last if (one.kind, one.id) != shown]
        self.last.set_rows(rows)
        self.last.setVisible(bool(rows))
        self.last_title.setVisible(bool(rows))

    def _say_first(self, said: SayFirst) -> str:
        desk = self._desk
        words = said_first(said, desk.formats, today=desk.today(), me=desk.me.id, say=brief_say)
        return self.tr("Say first: {words}").format(words=words.words)

    def _show_chips(self, client: ClientPage) -> None:
        chips = [Chip(words, Tone.GREEN) for words in [prefers(client.named)] if words]
        for channel in Channel:
            said = client.consents.get(channel.value)
            if channel.value in client.no_news:
                words = self.tr("no news by {channel}").format(channel=channel_words(channel.value))
                chips.append(Chip(words, Tone.AMBER))
            if said is False:
                words = self.tr("no {channel}").format(channel=channel_words(channel.value))
                chips.append(Chip(words, Tone.AMBER))
        self.chips.set_widgets(chips)
        self.chips.setVisible(bool(chips))

    def _facts(self, client: ClientPage) -> list[tuple[str, str]]:
        formats, today = self._desk.formats, self._desk.today()
        facts: list[tuple[str, str]] = []
        if client.owner is not None:
            since = formats.month_year(formats.local_day(client.owner.since))
            mine = client.owner.associate_id == self._desk.me.id
            who = self.tr("you") if mine else client.owner.name
            facts.append(
                (self.tr("Whose"), self.tr("{who}, since {month}").format(who=who, month=since))
            )
        places = [share.department for share in client.across[:3]]
        if places:
            facts.append((self.tr("Buys in"), ", ".join(places)))
        for point in client.points[:3]:
            phone = point.kind == ContactKind.PHONE
            facts.append((self.tr("Phone") if phone else self.tr("E-mail"), breakable(point.value)))
        facts += [
            (size.category, " ".join(part for part in (size.value, size.brand, size.fit) if part))
            for size in client.sizes[:SIZES]
        ]
        likes = ", ".join(row.what for row in client.likes[:3])
        avoids = ", ".join(row.what for row in client.avoids[:3])
        if likes:
            facts.append((self.tr("Likes"), likes))
        if avoids:
            facts.append((self.tr("Avoids"), avoids))
        if client.last_in is not None:
            day = formats.local_day(client.last_in)
            facts.append((self.tr("Last in"), formats.past_day(day, today)))
        return facts

    def _entry(self, entry: StoryEntry) -> Row:
        formats, today = self._desk.formats, self._desk.today()
        day = formats.near_day(formats.local_day(entry.at), today)
        words, tone = entry.words, Tone.PLAIN
        parts = [day]
        if entry.kind == Told.PURCHASE:
            words = ", ".join(entry.items[:3]) or self.tr("Bought")
            if any(line.back for line in entry.lines):
                words = f"{title_words(entry, self._desk.me.id)}: {body_words(entry, 3)}"
            tone = Tone.GREEN
            parts += entry.departments[:2]
        elif entry.kind == Told.CONTACT:
            tone = Tone.BLUE
            incoming = entry.state == INCOMING
            parts.append(title_words(entry, 0) if incoming else channel_words(entry.channel))
        if entry.associate:
            mine = entry.associate_id == self._desk.me.id
            parts.append(self.tr("you") if mine else entry.associate)
        return Row(
            key=(entry.kind, entry.id),
            after_title=words,
            sub=" · ".join(parts),
            lead=Dot(tone),
        )


def breakable(address: str) -> str:
    """An e-mail address that may go on in the next line where there is little room."""
    return address.replace("@", "@\u200b")
