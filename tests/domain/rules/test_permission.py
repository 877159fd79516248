"""Is nobody ever reached who may not be, and everybody told what is allowed, and when?"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from clientele.domain.client import Channel, Purpose
from clientele.domain.rules.client_zones import Zones, ZoneSource
from clientele.domain.rules.consent import Said, objection
from clientele.domain.rules.contact_limits import Contact
from clientele.domain.rules.permission import (
    ChannelRule,
    Known,
    Point,
    Policy,
    earliest,
    overview,
    permission,
)
from clientele.domain.rules.permission_answers import (
    Allowed,
    Bounced,
    NoAddress,
    NotUsed,
    NoYes,
    Quiet,
    Refused,
    SaidNo,
    TooMany,
    Wish,
)
from clientele.domain.rules.quiet_hours import DayHours, Hours, HoursTooWide

NOON = datetime(2026, 11, 24, 11, tzinfo=UTC)  # a Tuesday, 12:00 in Berlin
NIGHT = NOON + timedelta(hours=10, minutes=30)  # 22:30 in Berlin
DAY = timedelta(days=1)
BERLIN = Zones(("Europe/Berlin",), ZoneSource.OWN)
EVERYWHERE = tuple(Point(one) for one in Channel)
SERVICE, NEWS = Purpose.SERVICE, Purpose.NEWS
CALL, EMAIL, TEXT = Channel.CALL, Channel.EMAIL, Channel.TEXT
YES_TO_NEWS = tuple(Said(one, NEWS, True, NOON - 90 * DAY) for one in Channel)
KNOWN = Known(BERLIN, YES_TO_NEWS, (), EVERYWHERE)
STORE = Policy()


def refused(
    wish: Wish, known: Known = KNOWN, policy: Policy = STORE, at: datetime = NOON
) -> Refused:
    """The refusal that is expected."""
    answer = permission(wish, known, policy, at)
    assert isinstance(answer, Refused)
    return answer


def allowed(wish: Wish, known: Known = KNOWN, policy: Policy = STORE, at: datetime = NOON) -> bool:
    """Whether it may be done."""
    return isinstance(permission(wish, known, policy, at), Allowed)


def test_at_noon_a_client_who_agreed_may_be_reached_in_every_way() -> None:
    for answer in overview(KNOWN, STORE, NOON).values():
        assert answer == Allowed(NOON)


def test_news_need_a_yes_and_service_does_not() -> None:
    silent = replace(KNOWN, said=())
    for channel in Channel:
        assert allowed(Wish(channel, SERVICE), silent)
        answer = refused(Wish(channel, NEWS), silent)
        assert answer.reasons == (NoYes(channel, NEWS),)
        assert answer.purposes == (SERVICE,)
        assert answer.channels == ()
        assert answer.earliest is None


def test_a_store_can_ask_for_a_yes_to_service_as_well() -> None:
    policy = Policy(text=ChannelRule(service_needs_yes=True))
    assert refused(Wish(TEXT, SERVICE), policy=policy).reasons == (NoYes(TEXT, SERVICE),)
    assert allowed(Wish(CALL, SERVICE), policy=policy)
    yes = replace(KNOWN, said=(Said(TEXT, None, True, NOON),))
    assert allowed(Wish(TEXT, SERVICE), yes, policy)


def test_a_store_can_ask_for_a_yes_that_names_news() -> None:
    known = replace(KNOWN, said=(Said(EMAIL, None, True, NOON),))
    assert allowed(Wish(EMAIL, NEWS), known)
    policy = Policy(email=ChannelRule(news_named=True))
    assert refused(Wish(EMAIL, NEWS), known, policy).reasons == (NoYes(EMAIL, NEWS),)


def test_an_objection_closes_news_on_every_channel_and_only_news() -> None:
    known = replace(KNOWN, said=(*YES_TO_NEWS, objection(NOON - DAY)))
    for channel in Channel:
        answer = refused(Wish(channel, NEWS), known)
        assert answer.reasons == (SaidNo(objection(NOON - DAY)),)
        assert (answer.channels, answer.purposes) == ((), (SERVICE,))
        assert answer.earliest is None


def test_a_refused_channel_leaves_the_others() -> None:
    no = Said(TEXT, None, False, NOON - DAY)
    answer = refused(Wish(TEXT, NEWS), replace(KNOWN, said=(*YES_TO_NEWS, no)))
    assert answer.reasons == (SaidNo(no),)
    assert set(answer.channels) == {CALL, EMAIL}
    assert answer.purposes == ()


def test_a_channel_that_the_store_does_not_use_is_closed() -> None:
    answer = refused(Wish(CALL, SERVICE), policy=Policy(call=ChannelRule(used=False)))
    assert answer.reasons == (NotUsed(CALL),)
    assert set(answer.channels) == {EMAIL, TEXT}


def test_without_an_address_there_is_no_reaching() -> None:
    known = replace(KNOWN, points=(Point(CALL), Point(TEXT, readable=False)))
    assert refused(Wish(EMAIL, SERVICE), known).reasons == (NoAddress(EMAIL, unreadable=False),)
    assert refused(Wish(TEXT, SERVICE), known).reasons == (NoAddress(TEXT, unreadable=True),)
    assert refused(Wish(TEXT, SERVICE), known).channels == (CALL,)
    assert refused(Wish(TEXT, SERVICE), known).earliest is None
    second = replace(known, points=(*known.points, Point(TEXT)))
    assert allowed(Wish(TEXT, SERVICE), second)


def test_what_bounced_is_a_doubt_and_comes_last() -> None:
    bounced = NOON - 3 * DAY
    known = replace(KNOWN, points=(Point(CALL, bounced_at=bounced), Point(EMAIL), Point(TEXT)))
    assert permission(Wish(CALL, SERVICE), known, STORE, NOON) == Allowed(
        NOON, (Bounced(CALL, bounced),)
    )
    no_text = replace(known, said=(Said(TEXT, None, False, NOON),))
    assert refused(Wish(TEXT, SERVICE), no_text).channels == (EMAIL, CALL)
    other = replace(known, points=(*known.points, Point(CALL)))
    assert permission(Wish(CALL, SERVICE), other, STORE, NOON) == Allowed(NOON)


def test_at_night_it_waits_for_the_client_s_morning() -> None:
    answer = refused(Wish(CALL, SERVICE), at=NIGHT)
    (quiet,) = answer.reasons
    assert isinstance(quiet, Quiet)
    morning = datetime(2026, 11, 25, 8, tzinfo=ZoneInfo("Europe/Berlin")).astimezone(UTC)
    assert (quiet.zone, quiet.until, quiet.day_off) == ("Europe/Berlin", morning, False)
    assert answer.earliest == morning
    assert (answer.channels, answer.purposes) == ((), ())


@pytest.mark.parametrize(
    "wish",
    [Wish(CALL, SERVICE, for_promise=True), Wish(TEXT, SERVICE, answers=NIGHT)],
)
def test_answers_and_promises_wait_for_the_morning_too(wish: Wish) -> None:
    assert not allowed(wish, at=NIGHT)


def test_e_mail_alone_can_be_let_out_of_the_quiet_hours() -> None:
    policy = Policy(email_at_any_hour=True)
    assert allowed(Wish(EMAIL, NEWS), policy=policy, at=NIGHT)
    answer = refused(Wish(TEXT, NEWS), policy=policy, at=NIGHT)
    assert answer.channels == (EMAIL,)


def test_a_client_who_may_be_anywhere_in_a_country_is_spared_in_all_of_it() -> None:
    coasts = Zones(("America/Los_Angeles", "America/New_York"), ZoneSource.NUMBER)
    early = datetime(2026, 11, 24, 8, 30, tzinfo=ZoneInfo("America/New_York"))
    answer = refused(Wish(CALL, SERVICE), replace(KNOWN, zones=coasts), at=early)
    (quiet,) = answer.reasons
    assert isinstance(quiet, Quiet)
    assert quiet.quiet_in == ("America/Los_Angeles",)
    assert quiet.until == (early + timedelta(hours=2, minutes=30)).astimezone(UTC)
    assert (quiet.source, quiet.only_zone) == (ZoneSource.NUMBER, False)


def test_of_several_quiet_places_the_last_to_wake_is_named() -> None:
    zones = Zones(("America/New_York", "Europe/Berlin"), ZoneSource.NUMBER)
    before_dawn = datetime(2026, 11, 24, 4, tzinfo=UTC)
    (quiet,) = refused(Wish(CALL, SERVICE), replace(KNOWN, zones=zones), at=before_dawn).reasons
    assert isinstance(quiet, Quiet)
    assert quiet.quiet_in == ("America/New_York", "Europe/Berlin")
    assert quiet.zone == "America/New_York"
    assert quiet.until == datetime(2026, 11, 24, 13, tzinfo=UTC)


def test_a_client_who_moves_has_their_new_hours() -> None:
    assert not allowed(Wish(CALL, SERVICE), at=NIGHT)
    moved = replace(KNOWN, zones=Zones(("America/New_York",), ZoneSource.OWN))
    assert allowed(Wish(CALL, SERVICE), moved, at=NIGHT)


def test_hours_that_never_come_are_said_to_be_so() -> None:
    policy = Policy(hours=Hours((DayHours(time(9), time(10)),) * 7))
    apart = Zones(("America/New_York", "Europe/Berlin"), ZoneSource.NUMBER)
    answer = refused(Wish(CALL, SERVICE), replace(KNOWN, zones=apart), policy)
    (quiet,) = answer.reasons
    assert isinstance(quiet, Quiet)
    assert quiet.until is None
    assert answer.earliest is None


def test_over_the_limit_every_contact_that_made_it_is_named() -> None:
    contacts = (
        Contact(NOON - DAY, EMAIL, SERVICE, "Tom Reed", "Men"),
        Contact(NOON - 3 * DAY, CALL, SERVICE, "Ingrid Sørensen", "Shoes"),
    )
    answer = refused(Wish(CALL, NEWS), replace(KNOWN, contacts=contacts))
    (many,) = answer.reasons
    assert isinstance(many, TooMany)
    assert [one.who for one in many.reached.contacts] == ["Ingrid Sørensen", "Tom Reed"]
    assert answer.earliest == NOON + 4 * DAY
    assert (answer.channels, answer.purposes) == ((), ())
    promise = Wish(CALL, SERVICE, for_promise=True)
    assert allowed(promise, replace(KNOWN, contacts=contacts))


def test_the_earliest_moment_has_room_and_is_within_the_hours() -> None:
    evening = NOON - 7 * DAY + timedelta(hours=9, minutes=30)  # 21:30 seven days before
    contacts = (Contact(evening, EMAIL, SERVICE, "Tom"), Contact(NOON, CALL, SERVICE, "Tom"))
    wish = Wish(CALL, SERVICE)
    assert refused(wish, replace(KNOWN, contacts=contacts)).earliest == datetime(
        2026, 11, 25, 7, tzinfo=UTC
    )


def test_an_answer_may_go_at_once_until_its_week_is_over() -> None:
    contacts = tuple(Contact(NOON - one * DAY, EMAIL, SERVICE, "Tom") for one in (0, 1))
    known = replace(KNOWN, contacts=contacts)
    wish = Wish(EMAIL, SERVICE, answers=NOON - DAY)
    assert earliest(wish, known, STORE, NOON) == NOON
    assert earliest(wish, known, STORE, NIGHT) == datetime(2026, 11, 25, 7, tzinfo=UTC)
    late = replace(wish, answers=NOON - 7 * DAY)
    assert earliest(late, known, STORE, NOON) == NOON + 6 * DAY


def test_an_answer_whose_week_ends_in_the_night_waits_like_any_other() -> None:
    contacts = tuple(Contact(NOON - one * DAY, EMAIL, SERVICE, "Tom") for one in (0, 1))
    ends = NIGHT + timedelta(hours=1)
    wish = Wish(EMAIL, SERVICE, answers=ends - 7 * DAY)
    assert earliest(wish, replace(KNOWN, contacts=contacts), STORE, NIGHT) == NOON + 6 * DAY


def test_what_is_planned_before_the_morning_has_its_turn_first() -> None:
    dawn = datetime(2026, 11, 25, 5, tzinfo=UTC)
    contacts = (Contact(dawn, EMAIL, NEWS, "Tom", planned=True),)
    known = replace(KNOWN, contacts=contacts)
    assert earliest(Wish(TEXT, NEWS), known, STORE, NIGHT) == datetime(2026, 11, 26, 7, tzinfo=UTC)


def test_for_an_open_promise_another_channel_is_offered_past_the_limits() -> None:
    contacts = tuple(Contact(NOON, EMAIL, SERVICE, "Tom") for _ in range(2))
    known = replace(KNOWN, said=(Said(CALL, None, False, NOON),), contacts=contacts)
    assert set(refused(Wish(CALL, SERVICE, for_promise=True), known).channels) == {EMAIL, TEXT}
    assert refused(Wish(CALL, SERVICE), known).channels == ()


def test_every_reason_is_told_and_not_the_first_alone() -> None:
    no = Said(CALL, None, False, NOON)
    contacts = tuple(Contact(NOON, CALL, NEWS, "Tom") for _ in range(2))
    known = Known(BERLIN, (no, objection(NOON)), contacts, ())
    policy = Policy(call=ChannelRule(used=False))
    kinds = [type(one) for one in refused(Wish(CALL, NEWS), known, policy, NIGHT).reasons]
    assert kinds == [NotUsed, SaidNo, SaidNo, NoAddress, Quiet, TooMany, TooMany]


def test_a_message_that_waits_is_judged_when_it_would_go_out() -> None:
    assert allowed(Wish(TEXT, NEWS), at=NOON)
    christmas = Policy(hours=Hours(days_off=frozenset({date(2026, 12, 25)})))
    noon = datetime(2026, 12, 25, 11, tzinfo=UTC)
    answer = refused(Wish(TEXT, NEWS), policy=christmas, at=noon)
    (quiet,) = answer.reasons
    assert isinstance(quiet, Quiet)
    assert quiet.day_off
    assert answer.earliest == datetime(2026, 12, 26, 7, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "evening", "morning", "hours"),
    [
        ("Europe/Berlin", "2026-03-28T21:00", "2026-03-29T08:00", 10),
        ("Europe/Berlin", "2026-10-24T21:00", "2026-10-25T08:00", 12),
        ("America/New_York", "2026-03-07T21:00", "2026-03-08T08:00", 10),
        ("America/New_York", "2026-10-31T21:00", "2026-11-01T08:00", 12),
        ("Australia/Sydney", "2026-10-03T21:00", "2026-10-04T08:00", 10),
        ("Australia/Sydney", "2026-04-04T21:00", "2026-04-05T08:00", 12),
        ("Pacific/Chatham", "2026-09-26T21:00", "2026-09-27T08:00", 10),
        ("Pacific/Chatham", "2026-04-04T21:00", "2026-04-05T08:00", 12),
        ("America/Sao_Paulo", "2018-11-03T21:00", "2018-11-04T08:00", 10),
        ("America/Sao_Paulo", "2018-02-17T21:00", "2018-02-18T08:00", 12),
        ("Asia/Kolkata", "2026-03-28T21:00", "2026-03-29T08:00", 11),
    ],
)
def test_the_morning_after_clocks_change_is_at_8_there(
    zone: str, evening: str, morning: str, hours: int
) -> None:
    tz = ZoneInfo(zone)
    known = replace(KNOWN, zones=Zones((zone,), ZoneSource.OWN))
    begins = datetime.fromisoformat(evening).replace(tzinfo=tz)
    found = earliest(Wish(CALL, SERVICE), known, STORE, begins)
    assert found == datetime.fromisoformat(morning).replace(tzinfo=tz)
    assert found is not None
    assert found - begins.astimezone(UTC) == timedelta(hours=hours)


def test_no_policy_is_wider_than_the_law() -> None:
    with pytest.raises(HoursTooWide):
        Policy(hours=Hours((DayHours(time(7), time(20)),) * 7))


def test_a_moment_without_a_zone_is_not_judged() -> None:
    with pytest.raises(ValueError, match="2026"):
        permission(Wish(CALL, SERVICE), KNOWN, STORE, NOON.replace(tzinfo=None))
    with pytest.raises(ValueError, match="2026"):
        earliest(Wish(CALL, SERVICE), KNOWN, STORE, NOON.replace(tzinfo=None))
