"""Reaching clients: what they allow, what the store asks, buttons that are closed, other days."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from clientele.domain.client import Channel, Purpose
from clientele.services.consents import SayConsent, say_consent
from clientele.store.queries.message_fields import Meant
from clientele.ui.dialogs.consents import ConsentSheet
from clientele.ui.dialogs.reach_policy import ReachPolicySheet
from clientele.ui.dialogs.write_message import WriteMessageSheet
from clientele.ui.workplace import Workplace
from scripts.picturing.scene import Scene, client, over, settle


def scenes(place: Workplace, folder: Path) -> list[Scene]:
    """On the sample store."""
    window, desk = place.window, place.desk
    nell = client(place, "Eleanor Marsh")

    def consents() -> None:
        place.open_client(nell)
        settle(place)
        ConsentSheet(desk, window.content, nell).open_sheet()

    def refused() -> None:
        words = SayConsent(nell, "", False, desk.me.id, "asked us not to", Purpose.NEWS.value)
        desk.do(say_consent, words)
        consents()

    def closed(name: str, meant: Callable[[int], Meant], channel: Channel) -> Callable[[], None]:
        def enter() -> None:
            whom = client(place, name)
            place.open_client(whom)
            settle(place)
            WriteMessageSheet(desk, window.content, meant(whom), channel=channel).open_sheet()

        return enter

    def of_row(act: str) -> Callable[[], None]:
        def enter() -> None:
            window.show_page(place.follow_ups)
            settle(place)
            page = place.follow_ups
            row = page.current()
            assert row is not None
            page.acts.act(row, act)

        return enter

    def of_many(act: str) -> Callable[[], None]:
        def enter() -> None:
            window.show_page(place.follow_ups)
            settle(place)
            page = place.follow_ups
            page.chosen.choose(
                [row.key for row in page.list.rows()[1:4] if isinstance(row.key, int)]
            )
            page.chosen.act(act)

        return enter

    let_go = place.follow_ups.chosen.let_go
    return [
        *bare(place),
        Scene("may-be-reached", consents),
        Scene("no-news", refused, leave=desk.undo),
        Scene("message-closed", closed("Eleanor Marsh", Meant, Channel.TEXT)),
        Scene("follow-up-call", of_row("reach")),
        Scene("follow-up-snooze", of_row("snooze")),
        Scene("follow-up-give", of_row("give")),
        Scene("follow-up-drop", of_row("drop")),
        Scene("follow-ups-snooze", of_many("snooze"), leave=let_go),
        Scene("follow-ups-done", of_many("done"), leave=let_go),
        Scene("follow-ups-give", of_many("give"), leave=let_go),
        Scene("follow-ups-past", lambda: _past(place), leave=lambda: _to_do(place)),
        Scene("client-next-touch", lambda: place.open_client(nell)),
    ]


def bare(place: Workplace) -> list[Scene]:
    """On any book."""
    policy = over(place, place.today, lambda: ReachPolicySheet(place.desk, place.window.content))

    def channels() -> None:
        policy()
        settle(place)
        sheet = place.window.findChildren(ReachPolicySheet)[-1]
        sheet.keep.setFocus()

    def closing() -> None:
        policy()
        settle(place)
        sheet = place.window.findChildren(ReachPolicySheet)[-1]
        sheet.used[Channel.CALL].setFocus()

    return [
        Scene("reach-policy", policy),
        Scene("reach-policy-channels", closing),
        Scene("reach-policy-end", channels),
    ]


def _past(place: Workplace) -> None:
    place.window.show_page(place.follow_ups)
    place.follow_ups.part.choose("done")
    place.follow_ups.part.chosen.emit("done")


def _to_do(place: Workplace) -> None:
    place.follow_ups.part.choose("to do")
    place.follow_ups.part.chosen.emit("to do")
