"""Are there lists in the sample that hold somebody, one of them begun and one a colleague's?"""

from __future__ import annotations

from clientele.store.queries.clients import Book, WhoseBook
from clientele.store.queries.filtered import Asker, By, Listed, filtered_ids
from clientele.store.queries.lists import done_with, saved_lists
from clientele.store.session import Store
from tests.services.sample.looking import NOW, filled


def test_each_list_holds_some_clients_and_not_the_whole_book(store: Store) -> None:
    by = filled(store)
    asker = Asker(by, None, NOW.date())
    with store.read() as session:
        lists = saved_lists(session, by)
        held = {
            one.name: filtered_ids(
                session, Listed(one.asked, WhoseBook(Book.STORE, by), By.NAME, asker)
            )
            for one in lists
            if one.asked is not None
        }
        done = done_with(session, lists[0].id, by)
    assert [one.associate_id == by for one in lists] == [True, True, True, False]
    assert [one.shared for one in lists] == [False, True, False, True]
    assert all(1 <= len(ids) <= 120 for ids in held.values()), held
    assert done
    assert done < set(held["Birthdays this month"])
