"""Does the sample store ask something of its own, with answers of each kind?"""

from __future__ import annotations

from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlmodel import col

from clientele.domain.rules.custom_values import choices_of, read_value
from clientele.domain.tables import Client, CustomField, CustomValue
from clientele.store.queries.custom_fields import custom_fields
from clientele.store.session import Store


def test_each_question_is_answered_by_some_in_its_own_form(sample: Store) -> None:
    with sample.read() as session:
        fields = custom_fields(session)
        rows = session.execute(
            select(
                col(CustomField.kind),
                col(CustomField.choices),
                col(CustomValue.value),
                col(CustomValue.number),
            ).join(CustomField, col(CustomField.id) == col(CustomValue.field_id))
        ).all()
    assert len({of.kind for of in fields}) == 5
    assert all(80 < of.said < 200 for of in fields)
    for kind, choices, value, number in rows:
        kept = read_value(kind, value, choices_of(choices))
        assert kept is not None
        assert (kept.value, kept.number) == (value, number)


def test_some_live_where_it_is_another_time(sample: Store) -> None:
    with sample.read() as session:
        zones = session.scalars(
            select(col(Client.time_zone)).where(col(Client.time_zone) != "")
        ).all()
    assert len(zones) > 10
    assert all(ZoneInfo(zone) for zone in zones)
