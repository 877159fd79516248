"""Is a client reached only in a way that they want?"""

from __future__ import annotations

from clientele.domain.client import Channel
from clientele.domain.rules.reaching import way_for, ways

PHONE, EMAIL = "020 555 0142", "marta@lindqvist.example"


def test_the_way_that_was_meant_comes_first() -> None:
    found = way_for(Channel.EMAIL, ways(PHONE, EMAIL, [], []))
    assert found is not None
    assert (found.channel, found.value) == (Channel.EMAIL, EMAIL)


def test_a_channel_that_was_refused_is_never_offered() -> None:
    found = way_for(Channel.CALL, ways(PHONE, EMAIL, [], [Channel.CALL, Channel.TEXT]))
    assert found is not None
    assert found.channel == Channel.EMAIL
    everything = [Channel.CALL, Channel.TEXT, Channel.EMAIL]
    assert way_for(Channel.CALL, ways(PHONE, EMAIL, [], everything)) is None


def test_what_was_allowed_comes_before_what_nothing_was_said_of() -> None:
    found = way_for(Channel.CALL, ways(PHONE, EMAIL, [Channel.TEXT], [Channel.CALL]))
    assert found is not None
    assert found.channel == Channel.TEXT


def test_without_a_number_there_is_no_calling() -> None:
    found = way_for(Channel.CALL, ways("", EMAIL, [Channel.CALL], []))
    assert found is not None
    assert found.channel == Channel.EMAIL
    assert way_for(Channel.CALL, ways("", "", [Channel.CALL], [])) is None
