"""Do rows say in words what the book holds, with the calm colours of LOOK?"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest

from clientele.domain.client import Channel
from clientele.domain.plans import OccasionKind
from clientele.domain.promises import Happened, PromiseKind, PromiseState
from clientele.domain.rules.promise_steps import steps_of
from clientele.domain.rules.promises import Standing
from clientele.store.queries.follow_ups import FollowUpRow
from clientele.store.queries.occasions import OccasionAhead
from clientele.store.queries.promise_history import Happening
from clientele.store.queries.promises import PromiseRow
from clientele.store.queries.reading import Named
from clientele.system.formats import Formats
from clientele.ui.models.client_names import shown_initials, shown_name
from clientele.ui.models.follow_up_rows import due_chip, reach_words
from clientele.ui.models.plan_words import (
    channel_act,
    channel_words,
    kind_words,
    occasion_words,
    ready_words,
)
from clientele.ui.models.promise_rows import (
    STEP,
    ended_words,
    heard_words,
    promise_acts,
    promise_row,
)
from clientele.ui.models.promise_words import (
    happened_words,
    missing_words,
    step_act,
    step_words,
)
from clientele.ui.models.rows import ChipSpec
from clientele.ui.models.today_rows import occasion_row
from clientele.ui.theme import Tone

TODAY = date(2026, 11, 21)
NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
NELL = Named(1, "Eleanor", "Marsh", "Nell")
FORMATS = Formats("en", "Europe/Amsterdam")

pytestmark = pytest.mark.usefixtures("qapp")


def follow_up(**changed: object) -> FollowUpRow:
    """A call that is due today."""
    facts: dict[str, object] = {
        "id": 1,
        "named": NELL,
        "channel": Channel.CALL,
        "reason": "fit check",
        "due_on": TODAY,
        "state": "open",
        "outcome": "",
        "done_at": None,
        "phone": "020 1",
        "email": "n@m.example",
        "allowed": (),
        "refused": (),
    }
    return FollowUpRow(**{**facts, **changed})  # type: ignore[arg-type]


def promised(**changed: object) -> PromiseRow:
    """Trousers for today at half past two, heard of this morning."""
    facts: dict[str, object] = {
        "id": 1,
        "named": NELL,
        "kind": PromiseKind.ALTERATION,
        "what": "trousers hemmed",
        "due_on": TODAY,
        "due_time": time(14, 30),
        "state": PromiseState.OPEN,
        "standing": Standing.DUE_TODAY,
        "promised_at": NOW - timedelta(days=9),
        "last_word_at": NOW,
        "ended_at": None,
        "ending": "",
        "associate_id": 1,
        "associate": "R. Okafor",
        "department": "Alterations",
    }
    return PromiseRow(**{**facts, **changed})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("days", "chip"),
    [
        (-1, ChipSpec("1 day over", Tone.AMBER)),
        (-2, ChipSpec("2 days over", Tone.AMBER)),
        (0, ChipSpec("today", Tone.BLUE)),
        (1, ChipSpec("tomorrow")),
        (6, ChipSpec("Fri")),
        (7, ChipSpec("by 28 Nov")),
    ],
)
def test_when_a_follow_up_is_due(days: int, chip: ChipSpec) -> None:
    assert due_chip(TODAY + timedelta(days=days), TODAY, FORMATS) == chip


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (follow_up(), "call 020 1"),
        (follow_up(allowed=("call", "email")), "call 020 1 · consent: call, e\u2011mail"),
        (follow_up(refused=("call",)), "does not want calls · e\u2011mail n@m.example"),
        (follow_up(phone=""), "no telephone number yet · e\u2011mail n@m.example"),
        (
            follow_up(channel=Channel.EMAIL, email="", refused=("call", "text")),
            "no e\u2011mail address yet · next time they are in",
        ),
    ],
)
def test_how_a_client_is_reached(row: FollowUpRow, words: str) -> None:
    assert reach_words(row) == words


@pytest.mark.parametrize(
    ("row", "chip", "tone"),
    [
        (promised(), ChipSpec("today 14:30", Tone.BLUE), None),
        (
            promised(standing=Standing.AT_RISK),
            ChipSpec("at risk · today 14:30", Tone.AMBER),
            Tone.AMBER,
        ),
        (promised(standing=Standing.LATE), ChipSpec("late · today 14:30", Tone.RED), Tone.RED),
        (
            promised(standing=Standing.ON_ITS_WAY, due_on=date(2026, 12, 3), due_time=None),
            ChipSpec("Thu 3 Dec", Tone.BLUE),
            None,
        ),
    ],
)
def test_how_a_promise_stands(row: PromiseRow, chip: ChipSpec, tone: Tone | None) -> None:
    made = promise_row(row, NOW, FORMATS, me=1)
    assert (made.lead, made.tone) == (chip, tone)


@pytest.mark.parametrize(
    ("kind", "step", "words"),
    [
        (PromiseKind.ALTERATION, "fitted", "Sent"),
        (PromiseKind.ALTERATION, "sent", "Ready"),
        (PromiseKind.TRANSFER, "on its way", "Arrived"),
        (PromiseKind.SPECIAL_ORDER, "arrived", "Collected"),
        (PromiseKind.CALL_BACK, "", "Called back"),
        (PromiseKind.REQUEST, "taken on", "Done"),
    ],
)
def test_the_next_step(kind: PromiseKind, step: str, words: str) -> None:
    acts = {act.name: act.label for act in promise_acts(promised(kind=kind, step=step))}
    assert acts[STEP] == words


def test_every_step_and_everything_that_happens_has_words() -> None:
    for kind in PromiseKind:
        for step in steps_of(kind):
            assert step_act(step)[0].isupper()
            assert step_words(step) in missing_words(step)
    said = {happened_words(Happening(one.value, "", None, None, "", NOW)) for one in Happened}
    assert len(said) == len(Happened)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"step": "sent", "step_at": NOW - timedelta(days=3)}, "Alterations · sent 18 Nov"),
        (
            {"step": "sent", "step_at": NOW, "missing": "ready", "colleague_id": 2}
            | {"colleague": "M. Ricci"},
            "Alterations, M. Ricci · sent today · not ready yet",
        ),
        ({"associate_id": 2, "associate": "L. Sato"}, "Alterations · L. Sato"),
        (
            {"state": PromiseState.READY, "step": "ready", "standing": Standing.WAITING}
            | {"step_at": NOW - timedelta(days=9), "last_word_at": NOW - timedelta(days=9)},
            "Alterations · ready 12 Nov · not collected for 9 days",
        ),
        ({"kind": PromiseKind.TRANSFER, "department": "Shoes"}, "Transfer · Shoes"),
        ({"word": "on the van Monday", "step": "sent"}, "Alterations · sent · on the van Monday"),
        ({"asked_at": NOW}, "Alterations · last word today · asked today"),
    ],
)
def test_how_far_it_is(changed: dict[str, object], words: str) -> None:
    assert promise_row(promised(**changed), NOW, FORMATS, me=1).sub.startswith(words)


@pytest.mark.parametrize(
    ("days", "words"),
    [(0, "last word today"), (1, "last word yesterday"), (2, "no word for 2 days")],
)
def test_silence_is_said_from_the_second_day_on(days: int, words: str) -> None:
    row = promised(last_word_at=NOW - timedelta(days=days))
    assert heard_words(row, NOW, FORMATS) == words


def test_on_the_day_goes_without_saying() -> None:
    for days, words in ((0, ""), (1, "1 day late"), (-1, "1 day early"), (-3, "3 days early")):
        row = promised(state=PromiseState.KEPT, ended_at=NOW + timedelta(days=days))
        assert ended_words(row, FORMATS) == words


@pytest.mark.parametrize(
    ("one", "words", "chip"),
    [
        (
            OccasionAhead(NELL, "Robert", "husband", "birthday", "", date(2026, 11, 27), 58),
            "Robert (Eleanor's husband) · turns 58",
            "Fri",
        ),
        (
            OccasionAhead(NELL, "", "", "birthday", "", TODAY, None),
            "Eleanor Marsh · birthday",
            "today",
        ),
        (
            OccasionAhead(NELL, "", "son", "graduation", "", date(2026, 12, 1), None),
            "Eleanor's son · graduation",
            "1 Dec",
        ),
        (
            OccasionAhead(NELL, "", "", "anniversary", "", date(2026, 11, 22), 1),
            "Eleanor Marsh · anniversary, 1 year",
            "tomorrow",
        ),
    ],
)
def test_whose_day_it_is(one: OccasionAhead, words: str, chip: str) -> None:
    row = occasion_row(0, one, TODAY, FORMATS)
    assert (row.after_title, row.end_chips) == (words, (ChipSpec(chip),))


def test_everything_that_is_stored_has_words() -> None:
    assert len({kind_words(kind) for kind in PromiseKind}) == len(PromiseKind)
    assert len({channel_words(channel) for channel in Channel}) == len(Channel)
    assert len({channel_act(channel) for channel in Channel}) == len(Channel)
    assert len({occasion_words(kind, "", None) for kind in OccasionKind}) == len(OccasionKind)
    assert all(ready_words(kind) for kind in PromiseKind)
    assert occasion_words(OccasionKind.OTHER, "moving house", 2) == "moving house"


def test_one_who_has_only_a_number() -> None:
    assert shown_name(Named(7, "", "", "", "900")) == "Client 900"
    assert shown_initials(Named(7, "", "", "", "900")) == "·"
