"""Does the sample show what can become of a follow-up?"""

from __future__ import annotations

import pytest
from sqlalchemy import select

from clientele.domain.plans import FollowUpState
from clientele.domain.rules.repeating import repeat_of
from clientele.domain.tables import FollowUp
from clientele.store.session import Store


@pytest.fixture
def all_of_them(sample: Store) -> list[FollowUp]:
    """Every follow-up of the sample."""
    with sample.read() as session:
        return list(session.scalars(select(FollowUp)))


def test_some_repeat_some_were_given_put_off_and_one_passed(all_of_them: list[FollowUp]) -> None:
    again = [row for row in all_of_them if row.repeat]
    assert len(again) == 2
    assert all(repeat_of(row.repeat) is not None and row.repeat_from for row in again)
    assert {row.given_by_id == 1 for row in all_of_them if row.given_by_id} == {True, False}
    assert len([row for row in all_of_them if row.in_hand]) == 2
    passed = [row for row in all_of_them if row.state == FollowUpState.EXPIRED]
    assert [row.outcome for row in passed] == ["occasion over"]
    assert all(row.purpose for row in all_of_them)
