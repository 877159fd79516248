"""Is a refusal told in words that people understand: why, what instead, and when?"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from types import MappingProxyType

import pytest

from clientele.domain.client import Channel, Purpose
from clientele.domain.rules import permission_words
from clientele.domain.rules.client_zones import Zones, ZoneSource
from clientele.domain.rules.consent import Said, objection
from clientele.domain.rules.contact_limits import Contact, Limit
from clientele.domain.rules.permission import ChannelRule, Known, Point, Policy, permission
from clientele.domain.rules.permission_answers import Refused, Wish
from clientele.domain.rules.permission_words import Explained, Names, NotToBeReached, explained
from clientele.domain.rules.quiet_hours import DayHours, Hours
from clientele.system.formats import Formats

NOON = datetime(2026, 11, 24, 11, tzinfo=UTC)  # a Tuesday, 12:00 in Berlin
NIGHT = NOON + timedelta(hours=10, minutes=30)  # 22:30 in Berlin
DAY = timedelta(days=1)
BERLIN = Zones(("Europe/Berlin",), ZoneSource.OWN)
ENGLISH = Formats("en", "Europe/Berlin")
EVERYWHERE = tuple(Point(one) for one in Channel)
TEXT_NEWS, CALL_SERVICE = Wish(Channel.TEXT, Purpose.NEWS), Wish(Channel.CALL, Purpose.SERVICE)
STORE = Policy()


def told(
    wish: Wish,
    said: tuple[Said, ...] = (),
    contacts: tuple[Contact, ...] = (),
    *,
    points: tuple[Point, ...] = EVERYWHERE,
    zones: Zones = BERLIN,
    policy: Policy = STORE,
    at: datetime = NOON,
) -> Explained:
    """The refusal that is expected, in English."""
    answer = permission(wish, Known(zones, said, contacts, points), policy, at)
    assert isinstance(answer, Refused)
    return explained(answer, ENGLISH)


def test_what_cannot_be_read_is_said_whatever_else_speaks_against_it() -> None:
    no = Said(None, None, False, NOON)
    found = told(TEXT_NEWS, (no,), points=(), policy=Policy(unread='{"form":2'), at=NIGHT)
    assert found.sentence == (
        "How clients may be reached was kept in a way that this version cannot read "
        '(“{"form":2”), so nobody is reached. Update the program, or have a manager set it anew. '
        "Nothing else is allowed now. It stays so, whatever the time, until that is put right."
    )


def test_without_a_yes_the_client_is_to_be_asked() -> None:
    assert told(TEXT_NEWS).sentence == (
        "The client has not said yes to hearing about news by text message; ask them first. "
        "Allowed now by text message: only what is about their own orders, promises and "
        "appointments. It stays so, whatever the time, until the client says yes."
    )


@pytest.mark.parametrize(
    ("no", "sentence"),
    [
        (
            Said(Channel.TEXT, Purpose.NEWS, False, NOON),
            "The client does not want to hear about news by text message (said on 24 Nov 2026).",
        ),
        (
            Said(Channel.TEXT, None, False, NOON),
            "The client does not want to be reached by text message (said on 24 Nov 2026).",
        ),
        (
            objection(NOON),
            "The client does not want to hear about news, however it is sent "
            "(said on 24 Nov 2026).",
        ),
        (
            Said(None, None, False, NOON),
            "The client does not want to be reached at all (said on 24 Nov 2026).",
        ),
    ],
)
def test_a_refusal_is_told_as_wide_as_it_is(no: Said, sentence: str) -> None:
    assert told(TEXT_NEWS, (no,)).why == (sentence,)


def test_other_channels_are_offered_by_their_names() -> None:
    no = Said(Channel.CALL, None, False, NOON)
    assert told(CALL_SERVICE, (no,)).instead == ("Allowed now instead: e-mail and text message.",)


def test_where_nothing_is_allowed_that_is_said() -> None:
    assert told(CALL_SERVICE, (Said(None, None, False, NOON),)).instead == (
        "Nothing else is allowed now.",
    )


def test_at_night_it_says_until_when_and_where() -> None:
    found = told(CALL_SERVICE, at=NIGHT)
    assert found.why == (
        "It is 22:30 where the client is (Berlin): quiet until Wed 25 Nov 08:00 there.",
    )
    assert found.when == "It will be allowed on Wed 25 Nov 08:00."


def test_far_from_the_store_both_clocks_are_told() -> None:
    found = told(CALL_SERVICE, zones=Zones(("America/New_York",), ZoneSource.OWN))
    assert found.why == (
        "It is 06:00 where the client is (New York): quiet until Tue 24 Nov 08:00 there.",
    )
    assert found.when == "It will be allowed on Tue 24 Nov 14:00, Tue 24 Nov 08:00 in New York."


def test_a_place_that_is_only_possible_is_told_as_such() -> None:
    zones = Zones(("America/New_York", "Pacific/Honolulu"), ZoneSource.NUMBER)
    assert told(CALL_SERVICE, zones=zones).why == (
        "It is 01:00 in Honolulu, and the client may be there, since their time zone is not "
        "written down: quiet until Tue 24 Nov 08:00 there.",
    )
    store = Zones(("Europe/Berlin",), ZoneSource.STORE)
    assert "the client may be there" in told(CALL_SERVICE, zones=store, at=NIGHT).sentence


def test_a_day_off_is_told_as_one() -> None:
    policy = Policy(hours=Hours(days_off=frozenset({date(2026, 11, 24)})))
    assert told(CALL_SERVICE, policy=policy).why == (
        "It is Tuesday where the client is (Berlin), a day to leave them alone until "
        "Wed 25 Nov 08:00.",
    )
    guessed = Zones(("Europe/Berlin",), ZoneSource.STORE)
    assert told(CALL_SERVICE, policy=policy, zones=guessed).why == (
        "It is Tuesday in Berlin, and the client may be there, since their time zone is not "
        "written down: a day to leave them alone until Wed 25 Nov 08:00.",
    )


def test_hours_that_never_come_ask_for_the_zone() -> None:
    policy = Policy(hours=Hours((DayHours(time(9), time(10)),) * 7))
    zones = Zones(("America/New_York", "Europe/Berlin"), ZoneSource.NUMBER)
    found = told(CALL_SERVICE, zones=zones, policy=policy)
    assert found.why[0].endswith("write down their time zone.")
    assert found.when == "It stays so, whatever the time, until that is put right."
    shut = told(CALL_SERVICE, policy=Policy(hours=Hours((None,) * 7)))
    assert shut.why == (
        "The store's hours leave no time in the coming year to reach the client in Berlin.",
    )


def test_who_wrote_when_is_named() -> None:
    contacts = (
        Contact(NOON - DAY, Channel.EMAIL, Purpose.NEWS, "Tom Reed", "Men"),
        Contact(NOON - 3 * DAY, Channel.CALL, Purpose.SERVICE, "Ingrid Sørensen"),
    )
    found = told(CALL_SERVICE, contacts=contacts)
    assert found.why == (
        "A client is reached at most 2 times within 7 days over all departments: "
        "Ingrid Sørensen by telephone on Sat 21 Nov 12:00 and Tom Reed (Men) by e-mail on "
        "Mon 23 Nov 12:00. There is room again on Sat 28 Nov 12:00.",
    )
    assert found.when == "It will be allowed on Sat 28 Nov 12:00."


def test_what_is_planned_is_told_as_planned() -> None:
    planned = (
        Contact(NOON, Channel.EMAIL, Purpose.SERVICE, "Tom Reed", "Men", planned=True),
        Contact(NOON, Channel.TEXT, Purpose.SERVICE, "Ada", planned=True),
    )
    (why,) = told(CALL_SERVICE, contacts=planned).why
    assert "Ada by text message, planned for Tue 24 Nov 12:00" in why
    assert "Tom Reed (Men) by e-mail, planned for Tue 24 Nov 12:00" in why


@pytest.mark.parametrize(
    ("limit", "words"),
    [
        (Limit(1, 1), "reached at most once a day over"),
        (Limit(1, 3), "reached at most once within 3 days over"),
        (Limit(2, 1), "reached at most 2 times a day over"),
        (Limit(2, 3), "reached at most 2 times within 3 days over"),
        (Limit(1, 1, Purpose.NEWS), "hears about news at most once a day over"),
        (Limit(1, 3, Purpose.NEWS), "hears about news at most once within 3 days over"),
        (Limit(2, 1, Purpose.NEWS), "hears about news at most 2 times a day over"),
        (Limit(2, 3, Purpose.NEWS), "hears about news at most 2 times within 3 days over"),
    ],
)
def test_each_limit_is_told_as_it_is(limit: Limit, words: str) -> None:
    contacts = (Contact(NOON, Channel.EMAIL, Purpose.NEWS, "Tom"),) * 2
    yes = (Said(Channel.TEXT, Purpose.NEWS, True, NOON),)
    (why,) = told(TEXT_NEWS, yes, contacts, policy=Policy(limits=(limit,))).why
    assert words in why


def test_an_address_that_is_missing_or_unreadable_is_asked_for() -> None:
    found = told(CALL_SERVICE, points=(Point(Channel.EMAIL),))
    assert found.why == ("Nothing is written down to reach the client by telephone.",)
    assert found.instead == ("Allowed now instead: e-mail.",)
    found = told(CALL_SERVICE, points=(Point(Channel.CALL, readable=False),))
    assert found.why == (
        "What is written down to reach the client by telephone cannot be read; correct it.",
    )


def test_a_channel_of_no_use_to_the_store_is_told() -> None:
    found = told(CALL_SERVICE, policy=Policy(call=ChannelRule(used=False)))
    assert found.why == ("This store does not reach clients by telephone.",)


def test_a_doubt_goes_along() -> None:
    found = told(CALL_SERVICE, points=(Point(Channel.CALL, bounced_at=NOON - DAY),), at=NIGHT)
    assert found.sentence.endswith(
        "The last message by telephone came back on 23 Nov 2026; look at the address first."
    )


def test_the_refusal_that_is_raised_says_all_of_it_and_keeps_the_answer() -> None:
    points = (Point(Channel.TEXT, bounced_at=NOON),)
    answer = permission(TEXT_NEWS, Known(BERLIN, points=points), STORE, NIGHT)
    assert isinstance(answer, Refused)
    raised = NotToBeReached(answer, ENGLISH)
    assert raised.answer is answer
    assert raised.sentence == explained(answer, ENGLISH).sentence
    assert raised.template.format(**raised.values) == raised.sentence


def test_every_template_can_be_said_in_another_language() -> None:
    answer = permission(CALL_SERVICE, Known(BERLIN, points=EVERYWHERE), STORE, NIGHT)
    assert isinstance(answer, Refused)
    german = {
        permission_words.QUIET: "Beim Kunden ({city}) ist es {clock}: Ruhe bis {until}.",
        permission_words.INSTEAD_NOTHING: "Auch sonst ist jetzt nichts erlaubt.",
        permission_words.WHEN: "Erlaubt ab {moment}.",
    }
    names = Names(MappingProxyType({Channel.CALL: "Telefon"}), MappingProxyType({}))
    found = explained(answer, Formats("de", "Europe/Berlin"), names, german.__getitem__)
    assert found.sentence == (
        "Beim Kunden (Berlin) ist es 22:30: Ruhe bis Mi., 25. Nov. 08:00. "
        "Auch sonst ist jetzt nichts erlaubt. Erlaubt ab Mi., 25. Nov. 08:00."
    )
