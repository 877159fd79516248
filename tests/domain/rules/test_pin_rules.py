"""Which PINs may be chosen, and what is said of the others."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientele.domain.rules.pin_rules import (
    ARun,
    AYear,
    OftenChosen,
    OneDigit,
    PinRefused,
    TheOneBefore,
    TooShortForAManager,
    YourNumber,
    check_chosen,
)
from clientele.domain.team import Role


@pytest.mark.parametrize(
    ("pin", "why"),
    [
        ("123", PinRefused),
        ("123456789", PinRefused),
        ("12a4", PinRefused),
        ("\uff11\uff12\uff13\uff14", PinRefused),
        ("", PinRefused),
        ("0000", OneDigit),
        ("77777777", OneDigit),
        ("1212", OneDigit),
        ("505050", OneDigit),
        ("1234", ARun),
        ("7890", ARun),
        ("87654", ARun),
        ("01234567", ARun),
        ("1987", AYear),
        ("2024", AYear),
        ("2580", OftenChosen),
        ("112233", OftenChosen),
    ],
)
def test_what_is_soon_guessed_is_refused(pin: str, why: type[PinRefused]) -> None:
    with pytest.raises(PinRefused) as refused:
        check_chosen(pin)
    assert type(refused.value) is why
    assert "not changed" in refused.value.sentence
    assert "choose another" in refused.value.sentence


@pytest.mark.parametrize("pin", ["2468", "9731", "482913", "19871", "10101994"])
def test_others_are_taken(pin: str) -> None:
    check_chosen(pin)


@pytest.mark.parametrize("role", [Role.DEPARTMENT_MANAGER, Role.STORE_MANAGER])
def test_a_managers_is_longer(role: Role) -> None:
    with pytest.raises(TooShortForAManager, match="6 to 8 digits"):
        check_chosen("97310", role=role)
    check_chosen("973102", role=role)


def test_the_one_before_is_no_change() -> None:
    with pytest.raises(TheOneBefore):
        check_chosen("4829", before="4829")
    check_chosen("4829", before="48291")


@pytest.mark.parametrize("pin", ["4517", "624517", "00624517"])
def test_a_number_that_others_know_is_none(pin: str) -> None:
    with pytest.raises(YourNumber):
        check_chosen(pin, known=("", "+31 20 0062 45 17"))
    check_chosen("8362", known=("+31 20 0062 45 17",))


@given(st.text(max_size=12))
def test_no_pin_is_in_what_is_said_of_it(pin: str) -> None:
    refused = None
    try:
        check_chosen(pin, role=Role.STORE_MANAGER)
    except PinRefused as error:
        refused = error
    if refused is None:
        assert pin.isdigit()
        assert 6 <= len(pin) <= 8
    else:
        assert refused.values == {}
