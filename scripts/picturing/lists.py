"""Lists: the filter with its chips, its forms, the lists that are kept, working through one."""

from __future__ import annotations

from pathlib import Path

from clientele.domain.client import Channel
from clientele.domain.rules.filters import Condition, Filter, Group, Match, What
from clientele.domain.rules.shipped_templates import shipped
from clientele.store.queries.clients import Book
from clientele.store.queries.lists import saved_lists
from clientele.store.queries.message_many import ForMany
from clientele.ui.dialogs.condition import ConditionSheet
from clientele.ui.dialogs.follow_up_many import FollowUpManySheet
from clientele.ui.dialogs.lists import ListsSheet
from clientele.ui.dialogs.save_list import SaveListSheet
from clientele.ui.dialogs.tag_many import TagManySheet
from clientele.ui.dialogs.write_many import WriteManySheet
from clientele.ui.widgets.sheet import Sheet
from clientele.ui.workplace import Workplace
from scripts.picturing.scene import Scene, over, settle

SUITS, SHOES = 1, 2


def scenes(place: Workplace, folder: Path) -> list[Scene]:
    """On the sample store."""
    clients, desk, content = place.clients, place.desk, place.window.content
    bar = clients.filter

    def filtered() -> None:
        place.window.show_page(clients)
        clients.show_book(Book.STORE)
        bar.show_filter(
            Filter(
                parts=(
                    Condition(What.BOUGHT_IN, about=SUITS),
                    Condition(What.BOUGHT_IN, about=SHOES, turned=True),
                    Condition(What.LAST_BOUGHT, least=60),
                    Group(
                        Match.ANY,
                        (Condition(What.LIKES, "linen"), Condition(What.BOUGHT, "navy")),
                    ),
                )
            )
        )
        settle(place)

    def typed() -> None:
        place.window.show_page(clients)
        bar.clear()
        settle(place)
        bar.box.setFocus()
        bar.box.setText("bought s")
        settle(place)

    def listed() -> None:
        place.window.show_page(clients)
        with place.store.read() as session:
            first = saved_lists(session, desk.me.id)[0]
        clients.lists.open(first.id)
        settle(place)

    def working() -> None:
        listed()
        key = clients.working.next(None)
        if key is not None:
            place.open_client(key)
        settle(place)

    def chosen() -> None:
        listed()
        clients.chosen.only(clients.model.ids()[1:9])

    def leave() -> None:
        clients.chosen.let_go()
        bar.box.clear()
        bar.clear()

    def form(part: Condition | Group | None) -> Sheet:
        return ConditionSheet(desk, content, bar.ground, part)

    def letters() -> Sheet:
        sheet = WriteManySheet(desk, content, ids())
        settle(place)
        named = shipped("en")
        sheet.offer(ForMany(tuple(one for one in named if Channel.EMAIL in one.channels), True))
        if sheet.templates is not None:
            sheet.templates.choose("hello")
            sheet.templates.chosen.emit("hello")
        settle(place)
        return sheet

    def ids() -> list[int]:
        return list(clients.model.ids()[:40])

    either = Group(
        Match.ANY, (Condition(What.LIKES, "linen"), Condition(What.BOUGHT, words="navy"))
    )
    return [
        Scene("lists-filter", filtered, leave=leave),
        Scene("lists-typed", typed, leave=leave),
        Scene("lists-open", listed, leave=leave),
        Scene("lists-chosen", chosen, leave=leave),
        Scene("lists-working", working, leave=leave),
        Scene("lists-kinds", over(place, clients, lambda: form(None))),
        Scene(
            "lists-condition",
            over(place, clients, lambda: form(Condition(What.LAST_BOUGHT, least=90))),
        ),
        Scene(
            "lists-months",
            over(place, clients, lambda: form(Condition(What.BIRTHDAY_IN, words="12"))),
        ),
        Scene("lists-either", over(place, clients, lambda: form(either))),
        Scene("lists-write", over(place, clients, letters)),
        Scene("lists-tag", over(place, clients, lambda: TagManySheet(desk, content, ids()))),
        Scene(
            "lists-follow-up",
            over(place, clients, lambda: FollowUpManySheet(desk, content, ids())),
        ),
        Scene(
            "lists-save",
            over(
                place,
                clients,
                lambda: SaveListSheet(desk, content, Filter(), words="tagged events · in my book"),
            ),
        ),
        *bare(place),
    ]


def bare(place: Workplace) -> list[Scene]:
    """On any book."""
    desk, content = place.desk, place.window.content

    def nobody() -> None:
        place.window.show_page(place.clients)
        place.clients.filter.show_filter(Filter(parts=(Condition(What.BOUGHT, words="kayak"),)))
        settle(place)

    return [
        Scene("lists-all", over(place, place.clients, lambda: ListsSheet(desk, content))),
        Scene("lists-nobody", nobody, leave=place.clients.filter.clear),
    ]
