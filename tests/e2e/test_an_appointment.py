"""From a week of appointments to a follow-up, a calendar file and back, in the whole program."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from sqlalchemy import select
from sqlmodel import col

from clientele.domain.tables import Appointment, Associate, FollowUp
from clientele.services.appointments import ExpectClient, expect_client
from clientele.services.clients import NewClient, new_client
from clientele.system.clock import FixedClock
from clientele.ui import actions
from tests.a_day import local
from tests.as_kept import as_kept
from tests.e2e.shop import Shop

DAY = date(2026, 11, 18)
RUTH = "Ruth Okafor"


def expected(shop: Shop, clock: FixedClock) -> int:
    """Ada Berg, on Wednesday at eleven."""
    clock.set(local(DAY, 9))
    with shop.store.write() as session:
        ruth = session.scalars(select(col(Associate.id)).where(col(Associate.name) == RUTH)).one()
        now = clock.now()
        client = new_client(session, NewClient(ruth or 0, "Ada", "Berg"), now=now).subject or 0
        what = ExpectClient(client, ruth or 0, local(DAY, 11), "a coat")
        return expect_client(session, what, now=now).subject or 0


def test_moved_missed_followed_up_and_taken_along(
    shop: Shop, clock: FixedClock, tmp_path: Path
) -> None:
    hand, store = shop.hand, shop.store
    key = expected(shop, clock)
    shop.sign_in(RUTH)
    hand.wait_for("Ada Berg")
    hand.key("Ctrl+0")
    hand.wait_for("1 client expected")
    page = shop.workplace.window.current_page()
    assert page is shop.workplace.arranging.page
    hand.until(lambda: page.grid.blocks and page.grid.block(key).hasFocus(), "the keyboard")
    hand.key("Alt+Left")
    hand.wait_for("Ada Berg: Tue 17 Nov")
    assert shop.workplace.window.current_page() is page, "it moved, and nobody went back"
    hand.key("Alt+Right")
    hand.key("Alt+Down")
    hand.wait_for("Ada Berg: Wed 18 Nov, 11:15")
    hand.until(shop.workplace.desk.idle, "kept")
    assert as_kept(store, Appointment, key).starts_at == local(DAY, 11, 15)

    clock.set(local(DAY, 12, 30))
    hand.key("Return")
    hand.press("Did not come")
    hand.wait_for("Ada Berg did not come")
    hand.key(actions.TAKE_UP.key)
    hand.wait_for("New follow-up")
    hand.press("Keep")
    hand.until(lambda: shop.workplace.desk.idle() and not hand.sees("New follow-up"), "kept")
    with store.read() as session:
        (reason,) = session.scalars(select(col(FollowUp.reason)))
    assert reason == "did not come on Wed 18 Nov: a coat"

    path = tmp_path / "mine.ics"
    shop.workplace.arranging.take_out()
    hand.choose_file("Choose where…", path)
    hand.wait_for("1 appointment in “mine.ics”")
    assert b"Berg" not in path.read_bytes()
    shop.workplace.arranging.bring_in()
    hand.choose_file("Choose a file…", path)
    hand.wait_for("brings nothing new")
