"""What follows when the client has gone? What is planned, and what could be with one click."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import QCoreApplication, Signal

from clientele.domain.client import Channel
from clientele.domain.rules.reaching import way_for
from clientele.services.follow_ups import NewFollowUp, new_follow_up
from clientele.store.queries.afterwards import Afterwards, afterwards
from clientele.store.queries.ticket import Ticket
from clientele.store.queries.visit import VisitPage
from clientele.ui.desk import Desk
from clientele.ui.models.plan_words import channel_words
from clientele.ui.models.rows import ChipSpec, Row, RowAction
from clientele.ui.theme import Tone
from clientele.ui.widgets.basics import label
from clientele.ui.widgets.card import Card
from clientele.ui.widgets.row_list import RowList

THANK_YOU = timedelta(days=2)
CHECK_IN = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Offer:
    """A follow-up that could be: why, when, how, for which ticket."""

    reason: str
    due_on: date
    channel: str
    reach: str
    purchase_id: int


class AfterwardsCard(Card):
    """Emits ``open_follow_ups`` when a planned one is opened."""

    open_follow_ups = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(QCoreApplication.translate("AfterwardsCard", "After the visit"))
        self._desk = desk
        self._visit: VisitPage | None = None
        self._offers: list[Offer] = []
        self._nothing = label(
            self.tr("Once you have rung, a thank-you and a check-in are offered here."), "label"
        )
        self.add(self._nothing)
        self.list = RowList(desk.theme, self.tr("After the visit"))
        self.list.acted.connect(self._act)
        self.list.opened.connect(self._open)
        self.add(self.list)

    def show_visit(self, visit: VisitPage) -> None:
        """What comes after this visit."""
        self._visit = visit
        client = visit.named.client_id
        now = self._desk.now()
        self._desk.ask(
            lambda session: afterwards(session, visit.id, client, now=now), self._show, owner=self
        )

    def _show(self, found: Afterwards) -> None:
        assert self._visit is not None
        today, formats = self._desk.today(), self._desk.formats
        self._offers = [
            offer
            for ticket in self._visit.rung[-1:]
            for offer in self._offers_for(ticket, found)
            if (offer.purchase_id, offer.reason) not in found.taken_up
        ]
        add = RowAction("add", self.tr("Add"), "A", primary=False)
        rows = [
            Row(
                ("planned", row.id),
                after_title=row.reason,
                sub=channel_words(row.channel),
                lead=ChipSpec(formats.near_day(row.due_on, today), Tone.PLAIN),
            )
            for row in found.planned
        ]
        rows += [
            Row(
                ("offer", at),
                after_title=offer.reason,
                sub=offer.reach,
                lead=ChipSpec(formats.day(offer.due_on), Tone.GREEN),
                actions=(add,),
            )
            for at, offer in enumerate(self._offers)
        ]
        self.list.set_rows(rows)
        self.list.setVisible(bool(rows))
        self._nothing.setVisible(not rows)

    def _offers_for(self, ticket: Ticket, found: Afterwards) -> list[Offer]:
        assert self._visit is not None
        day = self._desk.formats.local_day(ticket.sold_at)
        items = [item for item in self._visit.items if item.purchase_id == ticket.purchase_id]
        best = max(items, key=lambda item: item.price or 0, default=None)
        check_in = (
            self.tr("How did they like it?")
            if best is None
            else self.tr("How is it: {item}?").format(item=best.item)
        )
        return [
            self._offer(self.tr("Thank-you note"), day + THANK_YOU, Channel.EMAIL, ticket, found),
            self._offer(check_in, day + CHECK_IN, Channel.CALL, ticket, found),
        ]

    def _offer(
        self, reason: str, due_on: date, meant: str, ticket: Ticket, found: Afterwards
    ) -> Offer:
        way = way_for(meant, found.ways)
        if way is None:
            return Offer(
                reason, due_on, meant, self.tr("next time they are in"), ticket.purchase_id
            )
        words = channel_words(way.channel)
        reach = self.tr("{channel}, they said yes").format(channel=words) if way.allowed else words
        return Offer(reason, due_on, way.channel, reach, ticket.purchase_id)

    def _act(self, key: object, name: str) -> None:
        if name == "add" and isinstance(key, tuple) and self._visit is not None:
            offer = self._offers[key[1]]
            self._desk.do(
                new_follow_up,
                NewFollowUp(
                    self._visit.named.client_id,
                    self._desk.me.id,
                    offer.channel,
                    offer.reason,
                    offer.due_on,
                    visit_id=self._visit.id,
                    purchase_id=offer.purchase_id,
                ),
                said=self.tr("Planned for {day}: {reason}").format(
                    day=self._desk.formats.weekday_day(offer.due_on), reason=offer.reason
                ),
            )

    def _open(self, key: object) -> None:
        if isinstance(key, tuple):
            if key[0] == "planned":
                self.open_follow_ups.emit()
            else:
                self._act(key, "add")
