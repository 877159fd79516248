"""A client's household, wish list and gifts: the cards on the page, and their forms."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from clientele.services.household_links import LinkMember, link_member
from clientele.store.queries.household import people_of
from clientele.store.queries.household_sheet import household
from clientele.ui.dialogs.gift import GiftSheet
from clientele.ui.dialogs.household import HouseholdSheet
from clientele.ui.dialogs.link_member import LinkMemberSheet
from clientele.ui.dialogs.promise_wish import PromiseWishSheet
from clientele.ui.dialogs.who_wishes import WhoWishesSheet
from clientele.ui.dialogs.wish import WishSheet
from clientele.ui.dialogs.wish_list import WishListSheet
from clientele.ui.widgets.sheet import Sheet
from clientele.ui.workplace import Workplace
from scripts.picturing.scene import Scene, client, over, settle


def scenes(place: Workplace, folder: Path) -> list[Scene]:
    """On the sample store."""
    desk, content = place.desk, place.window.content
    nell, daniel = client(place, "Eleanor Marsh"), client(place, "Daniel Tran")

    def on_page(sheet: Callable[[], Sheet]) -> Callable[[], None]:
        def enter() -> None:
            place.open_client(nell)
            settle(place)
            sheet().open_sheet()

        return enter

    def wish() -> Sheet:
        sheet = WishSheet(desk, content, client_id=nell)
        sheet.words.set_value("emerald silk scarf, Hermès, for Ines, 420")
        settle(place)
        sheet._read()
        return sheet

    def gift() -> Sheet:
        with place.store.read() as session:
            ines = people_of(session, nell)[1].id
        sheet = GiftSheet(desk, content, client_id=nell, member_id=ines)
        settle(place)
        sheet.what.setText("emerald silk scarf")
        sheet._typed("")
        return sheet

    def member() -> Sheet:
        with place.store.read() as session:
            found = household(session, nell, now=desk.now())
        assert found is not None
        return LinkMemberSheet(desk, content, found.members[0], found.named)

    def made() -> Sheet:
        sheet = member()
        assert isinstance(sheet, LinkMemberSheet)
        sheet.way.choose("new")
        sheet._by_way("new")
        return sheet

    def hold() -> Sheet:
        return PromiseWishSheet(desk, content, next(iter(place.client.wishes._rows.values())))

    def linked() -> None:
        with place.store.read() as session:
            hannah = people_of(session, daniel)[0].id
        desk.do(link_member, LinkMember(hannah, nell, "fiancé"))
        settle(place)
        place.open_client(nell)
        settle(place)
        place.client._left.parentWidget()
        place.client.household.setFocus()

    def unlinked() -> None:
        desk.undo()
        settle(place)
        place.window.toast.dismiss()

    return [
        Scene("household", on_page(lambda: HouseholdSheet(desk, content, nell))),
        Scene("household-other-side", linked, leave=unlinked),
        Scene("household-link", on_page(member)),
        Scene("household-make-client", on_page(made)),
        Scene("wish-list", on_page(lambda: WishListSheet(desk, content, nell))),
        Scene("wish", on_page(wish)),
        Scene("wish-hold", on_page(hold)),
        Scene("gift", on_page(gift)),
        Scene(
            "who-wishes", over(place, place.today, lambda: WhoWishesSheet(desk, content, "navy"))
        ),
    ]


def bare(place: Workplace) -> list[Scene]:
    """On a book with one client: nothing is known of a household yet."""
    from clientele.store.queries.clients import Book, WhoseBook, first_ids

    whole = WhoseBook(Book.STORE, place.desk.me.id)
    with place.store.read() as session:
        found = first_ids(session, whole, 1)
    if not found:
        return []
    key, desk, content = found[0], place.desk, place.window.content
    return [
        Scene("household", over(place, place.today, lambda: HouseholdSheet(desk, content, key))),
        Scene("wish-list", over(place, place.today, lambda: WishListSheet(desk, content, key))),
        Scene("gift", over(place, place.today, lambda: GiftSheet(desk, content, client_id=key))),
    ]
