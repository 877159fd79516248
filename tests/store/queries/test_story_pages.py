"""Is a story of twenty years told whole, in order, and found again, a page at a time?"""

from __future__ import annotations

from random import Random
from typing import Any

import pytest

from clientele.domain.rules.finding import asked_words, says
from clientele.store import prepared
from clientele.store.queries.story import PAGE, Among, StoryEntry, Told, end_of, story
from clientele.store.queries.story_about import story_about
from clientele.store.queries.story_entry import RANK
from tests.services.floor import Floor
from tests.store.queries.long_story import tell

ALL = 1_000_000


def place(entry: StoryEntry) -> tuple[object, int, int]:
    return entry.at, RANK[entry.kind], entry.id


def test_five_thousand_entries_of_twenty_years(floor: Floor) -> None:
    rows = tell(floor, 4_200)
    whole = floor.ask(story, floor.daniel, limit=ALL)
    rung = rows["purchase"]
    silent = rows["promise"] * 2  # of five steps “heard” and the last one have no entry
    assert len(whole) >= 5_000
    assert len(whole) == (
        rows["visit"] - sum(entry.state == "visit" for entry in whole) + rung + rows["note"]
        + rows["contact_made"] + rows["promise"] * 2 + rows["promise_step"] - silent
        + rows["made_right"] + rows["consent"] + rows["hand_off"] * 3 + rows["part_payment"]
    )  # fmt: skip
    places = [place(entry) for entry in whole]
    assert places == sorted(places, reverse=True)
    assert len(set(places)) == len(places)
    instants = [entry.at for entry in whole]
    assert len(set(instants)) < len(instants) - 500, "many share an instant, or nothing is tested"
    down: list[StoryEntry] = []
    while page := floor.ask(story, floor.daniel, after=down[-1].mark if down else None):
        down += page
    assert tuple(down) == whole
    about = floor.ask(story_about, floor.daniel)
    assert about.entries == len(whole)
    for year in (about.years[0], 2016, about.years[-1]):
        first = floor.ask(story, floor.daniel, after=floor.ask(end_of, year), limit=1)[0]
        assert first == next(entry for entry in whole if entry.at.year == year)
    found = floor.ask(story, floor.daniel, search="muller sohne", limit=ALL)
    assert found
    assert found == tuple(entry for entry in whole if "Müller & Söhne" in entry.words)


def test_pages_of_any_size_from_anywhere_up_and_down(floor: Floor) -> None:
    tell(floor, 260, years=1)
    rng = Random(11)
    filters: list[dict[str, object]] = [
        {},
        {"kinds": (Told.NOTE, Told.CONTACT)},
        {"kinds": (Among.VISITS,)},
        {"department_id": floor.shoes},
        {"search": "rome"},
        {"department_id": floor.suits, "search": "navy", "kinds": (Told.PURCHASE,)},
    ]
    for asked in filters:
        whole = floor.ask(story, floor.daniel, limit=ALL, **asked)
        assert len(whole) > 8, asked
        for _ in range(6):
            at = rng.randrange(len(whole))
            size = rng.randint(1, 40)
            mark = whole[at].mark
            after = floor.ask(story, floor.daniel, after=mark, limit=size, **asked)
            assert after == whole[at + 1 : at + 1 + size]
            before = floor.ask(story, floor.daniel, before=mark, limit=size, **asked)
            assert before == whole[max(at - size, 0) : at]
        told: list[StoryEntry] = []
        while page := floor.ask(
            story, floor.daniel, after=told[-1].mark if told else None,
            limit=rng.randint(1, 50), **asked,
        ):  # fmt: skip
            told += page
        assert tuple(told) == whole


def test_a_filter_is_the_whole_without_the_others(floor: Floor) -> None:
    tell(floor, 260, years=1)
    whole = floor.ask(story, floor.daniel, limit=ALL)
    for kind in {entry.kind for entry in whole}:
        assert floor.ask(story, floor.daniel, kinds=(kind,), limit=ALL) == tuple(
            entry for entry in whole if entry.kind == kind
        )
    back = floor.ask(story, floor.daniel, kinds=(Among.RETURNS,), limit=ALL)
    assert back
    assert back == tuple(entry for entry in whole if any(line.amount < 0 for line in entry.lines))
    visits = floor.ask(story, floor.daniel, kinds=(Among.VISITS,), limit=ALL)
    assert visits == tuple(
        entry for entry in whole if entry.kind == Told.VISIT or entry.state == "visit"
    )
    words = asked_words("NAVY  derby")
    assert floor.ask(story, floor.daniel, search="NAVY  derby", limit=ALL) == tuple(
        entry for entry in whole if says(entry.said(), words)
    )
    assert floor.ask(story, floor.daniel, kinds=("nothing of the kind",)) == ()
    assert len(floor.ask(story, floor.daniel)) == PAGE


@pytest.mark.parametrize("asked", [{}, {"department_id": 1}, {"kinds": (Among.RETURNS,)}])
def test_only_rows_of_the_client_are_looked_at(
    floor: Floor, asked: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    tell(floor, 60)
    heard: list[tuple[str, Any]] = []
    run = prepared.run

    def hear(connection: Any, statement: str, values: Any) -> list[Any]:
        heard.append((statement, values))
        return run(connection, statement, values)

    with floor.store.read() as session:
        mark = story(session, floor.daniel, limit=1)[0].mark
        monkeypatch.setattr(prepared, "run", hear)
        story(session, floor.daniel, after=mark, **asked)
        connection = session.connection()
        plans = [
            [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", values)]
            for sql, values in heard
            if " AS at" in sql and "LIMIT" in sql
        ]
    assert len(plans) == 1 if asked.get("kinds") else len(plans) > 10
    for plan in plans:
        assert [step for step in plan if "client_id=?" in step]
        assert not [step for step in plan if "MULTI-INDEX" in step or step.startswith("SCAN")]
