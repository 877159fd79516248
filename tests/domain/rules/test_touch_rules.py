"""Can a rule be kept, read back, said in words, and which of two is the more specific?"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientele.domain.client import Channel, Purpose
from clientele.domain.errors import Refusal
from clientele.domain.money import MOST, Money
from clientele.domain.plans import OccasionKind
from clientele.domain.rules import touch_rules_words as words
from clientele.domain.rules.shipped_templates import call_sheet_key, shipped_template
from clientele.domain.rules.touch_rules import (
    LONGEST_WAIT,
    PRICED,
    Gets,
    Rule,
    RuleByRhythmWaits,
    RuleOutOfBounds,
    RuleWithoutDay,
    RuleWithoutName,
    RuleWithoutOccasion,
    RuleWithoutPurchase,
    RuleWithoutTemplate,
    Trigger,
    Unit,
    Whose,
    checked,
    edited,
    rank,
)
from clientele.domain.rules.touch_rules_meet import Why
from clientele.domain.rules.touch_rules_settle import Aftermath, Cause
from clientele.domain.rules.touch_rules_texts import (
    UnknownRule,
    rule_json,
    rule_of,
    starting_rules,
)
from clientele.domain.rules.touch_rules_words import (
    Piece,
    Says,
    because,
    beforehand,
    in_words,
    sentence,
)
from tests.domain.rules.touching import BOUGHT, SUITS, TODAY, a_fact, a_rule, euros

ids = st.frozensets(st.integers(1, 99), max_size=4)


@st.composite
def rules(draw: st.DrawFn) -> Rule:
    trigger = draw(st.sampled_from(Trigger))
    unit = draw(st.sampled_from(Unit))
    rhythm, occasion = trigger is Trigger.RHYTHM, trigger is Trigger.OCCASION
    money = st.builds(Money, st.integers(1, MOST), st.sampled_from(["EUR", "JPY", "KWD"]))
    return Rule(
        draw(st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=80)),
        trigger,
        draw(st.from_regex(r"[a-z]{1,9}(_[a-z0-9]{1,9}){0,3}", fullmatch=True)),
        draw(st.sampled_from(Channel)),
        id=draw(st.integers(1, 9)),
        version=draw(st.integers(1, 9)),
        on=draw(st.booleans()),
        otherwise=tuple(draw(st.lists(st.sampled_from(Channel), max_size=3))),
        wait=0 if rhythm else draw(st.integers(0, LONGEST_WAIT[unit])),
        unit=unit,
        overdue=draw(st.integers(0, 500)),
        years=draw(st.integers(1, 50)),
        not_on=draw(st.frozensets(st.integers(0, 6), max_size=6)),
        departments=draw(ids),
        least=draw(st.none() | money) if trigger in PRICED else None,
        tags=draw(ids),
        book=draw(st.none() | st.integers(1, 9)),
        kinds=draw(st.frozensets(st.sampled_from(OccasionKind))) if occasion else frozenset(),
        whose=draw(st.sampled_from(Whose)) if occasion else Whose.ANYBODY,
        gets=draw(st.sampled_from(Gets)),
        once_in=draw(st.integers(0, 3650)),
        among_all=draw(st.booleans()),
        expires=draw(st.integers(1, 365)),
    )


@given(rules())
def test_what_is_kept_is_read_back_the_same(rule: Rule) -> None:
    whole = checked(rule)
    again = rule_of(rule_json(whole), id=rule.id, version=rule.version, on=rule.on)
    assert again == whole
    assert rule_json(again) == rule_json(whole)


@given(rules())
def test_to_check_again_changes_nothing(rule: Rule) -> None:
    whole = checked(rule)
    assert checked(whole) == whole
    assert len(set(whole.channels)) == len(whole.channels)


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ({"name": "  "}, RuleWithoutName),
        ({"name": "n" * 81}, RuleWithoutName),
        ({"template": "Thank you"}, RuleWithoutTemplate),
        ({"template": ""}, RuleWithoutTemplate),
        ({"wait": 731}, RuleOutOfBounds),
        ({"wait": 61, "unit": "months"}, RuleOutOfBounds),
        ({"expires": 0}, RuleOutOfBounds),
        ({"once_in": 3651}, RuleOutOfBounds),
        ({"least": {"minor": 0, "currency": "EUR"}}, RuleOutOfBounds),
        ({"not_on": [0, 1, 2, 3, 4, 5, 6]}, RuleWithoutDay),
        (
            {"trigger": "occasion", "least": {"minor": 1, "currency": "EUR"}},
            RuleWithoutPurchase,
        ),
        ({"kinds": ["birthday"]}, RuleWithoutOccasion),
        ({"whose": "household"}, RuleWithoutOccasion),
        ({"trigger": "own rhythm", "wait": 3}, RuleByRhythmWaits),
        ({"form": 2}, UnknownRule),
        ({"trigger": "full moon"}, UnknownRule),
        ({"channel": "fax"}, UnknownRule),
        ({"channel": None}, UnknownRule),
        ({"weather": "fine"}, UnknownRule),
        ({"wait": "3"}, UnknownRule),
        ({"wait": -3}, UnknownRule),
        ({"wait": True}, UnknownRule),
        ({"not_on": [7]}, UnknownRule),
        ({"tags": 4}, UnknownRule),
        ({"tags": ["vip"]}, UnknownRule),
        ({"least": 500}, UnknownRule),
        ({"least": {"minor": 5, "currency": "euro"}}, UnknownRule),
        ({"kinds": ["moving house"]}, UnknownRule),
        ({"among_all": 1}, UnknownRule),
        ({"name": None}, UnknownRule),
    ],
)
def test_what_makes_no_sense_is_refused_in_a_sentence(
    said: dict[str, Any], refusal: type[Refusal]
) -> None:
    whole = {**json.loads(rule_json(a_rule())), **said}
    with pytest.raises(refusal) as refused:
        rule_of(json.dumps(whole))
    assert refused.value.sentence.endswith(".")
    assert "{" not in refused.value.sentence


@given(st.text(max_size=40) | st.recursive(st.none() | st.integers(), st.lists).map(json.dumps))
def test_no_text_is_a_bug(text: str) -> None:
    with pytest.raises(UnknownRule):
        rule_of(text)


@given(st.dictionaries(st.sampled_from(list(json.loads(rule_json(a_rule())))), st.text(max_size=9)))
def test_no_damage_is_a_bug(said: dict[str, str]) -> None:
    with suppress(Refusal):
        rule_of(json.dumps({**json.loads(rule_json(a_rule())), **said}))


def test_what_a_trigger_has_no_use_for_is_not_kept() -> None:
    said: dict[str, Any] = {"overdue": 40, "years": 3}
    assert (checked(a_rule(Trigger.RHYTHM, **said)).overdue, a_rule().overdue) == (40, 25)
    assert checked(a_rule(Trigger.ANNIVERSARY, **said)).years == 3
    assert checked(a_rule(**said)) == checked(a_rule())
    channels = (Channel.CALL, Channel.EMAIL, Channel.CALL)
    assert checked(a_rule(otherwise=channels)).channels == (Channel.EMAIL, Channel.CALL)
    rhythm = in_words(checked(a_rule(Trigger.RHYTHM, **said)))
    assert sentence(rhythm, _say).startswith(
        "When a client has been away 40 percent longer than usual, write an e-mail"
    )


def test_an_edit_has_a_new_version_and_no_edit_has_none() -> None:
    old = checked(a_rule(id=4, version=6))
    assert edited(old, replace(old, id=0, version=1)) == old
    new = edited(old, replace(old, name="Another name", version=99))
    assert (new.id, new.version, new.name) == (4, 7, "Another name")
    assert edited(old, replace(old, on=False)).version == 7
    with pytest.raises(RuleWithoutName):
        edited(old, replace(old, name=""))


def test_the_more_specific_wins() -> None:
    in_order = [
        a_rule(id=8),
        a_rule(id=3),
        a_rule(book=1),
        a_rule(least=euros(500)),
        a_rule(least=euros(900)),
        a_rule(departments=frozenset({1, 2})),
        a_rule(departments=frozenset({1})),
        a_rule(tags=frozenset({1})),
        a_rule(least=euros(500), departments=frozenset({1})),
        a_rule(tags=frozenset({1}), book=1),
        a_rule(Trigger.FIRST),
    ]
    assert sorted(in_order, key=rank) == in_order
    assert rank(a_rule(id=0)) < rank(a_rule(id=99)), "one not kept yet is the youngest"


@given(rules(), rules())
def test_no_two_rules_rank_the_same(one: Rule, other: Rule) -> None:
    assert (rank(one) == rank(other)) <= (one.id == other.id)


def test_about_their_own_things_is_service_and_all_else_is_news() -> None:
    own = {Trigger.ALTERATION, Trigger.MADE_RIGHT, Trigger.APPOINTMENT}
    assert {one for one in Trigger if a_rule(one).purpose is Purpose.SERVICE} == own


@pytest.mark.parametrize("language", ["en", "de", "nl", "fr", "de-AT"])
@pytest.mark.parametrize(("currency", "least"), [("EUR", 20000), ("JPY", 20000), ("KWD", 200000)])
def test_the_rules_that_a_store_starts_with(currency: str, least: int, language: str) -> None:
    start = starting_rules(currency, language)
    assert {one.trigger: one.template for one in start} == {
        Trigger.PURCHASE: "thank_you",
        Trigger.FIRST: "first_visit",
        Trigger.ALTERATION: "alteration_fits",
        Trigger.MADE_RIGHT: "made_right",
        Trigger.OCCASION: "before_occasion",
        Trigger.APPOINTMENT: "appointment_reminder",
        Trigger.RHYTHM: "hello",
        Trigger.ANNIVERSARY: "purchase_anniversary",
    }
    assert len(start) == len({one.name for one in start}) == 8
    assert all(one.on and one.id == 0 for one in start)
    assert start[0].least == Money(least, currency)
    english = [one.name for one in starting_rules(currency)]
    assert ([one.name for one in start] == english) is (language in ("en", "fr"))


def _say(piece: Piece) -> str:
    """As an English window says it, with one department and a few names."""
    number = str(piece.count)
    plural = "" if piece.count == 1 else "s"
    text = piece.template.replace("%n", number).replace("(s)", plural)
    return text.format(
        amount=f"€{piece.amount.minor // 100}" if piece.amount else "",
        departments=" and ".join("Men's Suits" for _ in piece.ids),
        tags=", ".join(f"№{one}" for one in piece.ids),
        associate="Ruth",
        kinds=", ".join(piece.words),
        channels=", ".join(piece.channels),
        template=" ".join(piece.words).replace("_", " "),
        weekdays=", ".join(f"day {one}" for one in piece.ids),
        day=piece.day,
        member="Emma",
    )


def test_a_rule_in_words() -> None:
    suits = a_rule(least=euros(500), departments=frozenset({SUITS}), expires=7)
    rule = replace(suits, channel=Channel.TEXT)
    assert sentence(in_words(rule), _say) == (
        "3 days after a purchase of €500 or more in Men's Suits, ask by text: thank you. "
        "Not worth doing after 7 more days."
    )


def test_everything_that_a_rule_says_is_in_its_words() -> None:
    rule = replace(
        a_rule(Trigger.OCCASION, wait=1, unit=Unit.MONTHS, once_in=14, among_all=False, on=False),
        kinds=frozenset({"wedding"}),
        whose=Whose.HOUSEHOLD,
        tags=frozenset({4}),
        book=3,
        gets=Gets.DEPARTMENT,
        not_on=frozenset({5}),
        otherwise=(Channel.CALL,),
    )
    assert sentence(in_words(rule), _say) == (
        "1 month before an occasion of somebody in the household such as wedding for clients with "
        "the tag №4 in the book of Ruth, write an e-mail: thank you. Or else by call. It goes to "
        "who knows the client in the department, or else to the owner. Not on day 5. For one "
        "client at most once in 14 days. Also soon after another follow-up. Not worth doing after "
        "14 more days. Switched off."
    )
    yearly = a_rule(Trigger.ANNIVERSARY, wait=0, years=2, least=euros(1000))
    assert sentence(in_words(yearly), _say).startswith(
        "On the anniversary of a purchase of €1000 or more in the first 2 years, write an e-mail"
    )


@given(rules())
def test_every_piece_is_among_the_words_to_translate(rule: Rule) -> None:
    said = {piece.template for piece in in_words(checked(rule))}
    assert said <= {*words.WORDS, words.TEMPLATE}
    assert sentence(in_words(checked(rule)), _say).endswith(".")


def test_every_reason_has_its_words() -> None:
    assert set(words.WHY) == set(Why)
    assert set(words.CAUSES) == set(Cause)
    assert set(words.BECAUSE) == set(Trigger)
    assert len(set(words.WORDS)) == len(words.WORDS)


def test_a_follow_up_says_where_it_comes_from() -> None:
    assert _say(because(BOUGHT)) == "Bought on 2026-11-18"
    assert because(BOUGHT).amount == euros(800)
    hers = a_fact(Trigger.OCCASION, TODAY, member_id=3, kind="birthday")
    assert _say(because(hers)) == "Emma: birthday on 2026-11-18"
    away = a_fact(Trigger.RHYTHM, TODAY, rhythm=40)
    assert _say(because(away)) == "Usually here every 40 days, last on 2026-11-18"


def test_a_change_is_said_beforehand() -> None:
    after = Aftermath(5, 2, 1, 3, because=((Cause.RULE_OFF, 2), (Why.AMOUNT, 1)))
    assert [_say(piece) for piece in beforehand(after)] == [
        "5 follow-ups will stay unchanged.",
        "2 of them a colleague has taken in hand.",
        "1 follow-up will move to another day.",
        "3 follow-ups will end.",
        "The rule was switched off.",
        "The amount is smaller.",
    ]
    assert [piece.template for piece in beforehand(Aftermath())] == [words.NOTHING_MADE]
    assert all(piece.says is Says.BECOMES for piece in beforehand(after))


@pytest.mark.parametrize("rule", starting_rules("EUR"), ids=lambda one: one.template)
def test_the_templates_of_the_rules_are_there_written_and_for_a_call(rule: Rule) -> None:
    written = shipped_template(rule.template, "en")
    call = shipped_template(call_sheet_key(rule.template), "en")
    assert written.purpose is call.purpose is rule.purpose
    assert {*written.channels, *call.channels} >= set(rule.channels)
