"""How numbers and addresses are told apart, compared and shown."""

from __future__ import annotations

import pytest

from clientele.domain.client import ContactKind
from clientele.domain.rules.contact_points import is_email, kind_of, normalised, shown


@pytest.mark.parametrize(
    ("text", "yes"),
    [
        ("nell@example.com", True),
        (" nell.marsh+shop@mail.example.co.uk ", True),
        ("nell@example", False),
        ("nell example.com", False),
        ("@example.com", False),
        ("a@b@c.de", False),
        ("020 555 0118", False),
    ],
)
def test_the_shape_of_an_address(text: str, yes: bool) -> None:
    assert is_email(text) is yes


def test_an_address_has_an_at() -> None:
    assert kind_of("nell@example.com") == "email"
    assert kind_of("+31 20 555 0118") == "phone"


@pytest.mark.parametrize(
    ("text", "country", "same"),
    [
        ("020 555 0118", "NL", "+31205550118"),
        ("(020) 555-0118", "NL", "+31205550118"),
        ("+31 20 5550118", "US", "+31205550118"),
        ("0031 20 555 0118", "NL", "+31205550118"),
        ("(212) 555-0118", "US", "+12125550118"),
        ("0118", "NL", "0118"),
        ("ext. 12", "NL", "12"),
        ("not a number", "NL", ""),
        ("020 555 0118", "", "0205550118"),
    ],
)
def test_two_ways_of_writing_a_number_are_one(text: str, country: str, same: str) -> None:
    assert normalised("phone", text, country) == same


def test_an_address_is_compared_in_lower_case() -> None:
    assert normalised("email", " Nell@Example.COM ", "NL") == "nell@example.com"


@pytest.mark.parametrize(
    ("value", "normal", "country", "words"),
    [
        ("0205550118", "+31205550118", "NL", "020 555 0118"),
        ("0205550118", "+31205550118", "US", "+31 20 555 0118"),
        ("ext. 12", "12", "NL", "ext. 12"),
    ],
)
def test_a_number_is_shown_as_people_read_it(
    value: str, normal: str, country: str, words: str
) -> None:
    assert shown("phone", value, normal, country) == words


def test_an_address_is_shown_as_it_was_typed() -> None:
    assert shown("email", "Nell@Example.com", "nell@example.com", "NL") == "Nell@Example.com"


def test_a_number_of_any_country_is_shown_as_the_library_lays_it_out() -> None:
    import phonenumbers as library

    for region in sorted(library.SUPPORTED_REGIONS):
        number = library.example_number(region)
        assert number is not None
        normal = library.format_number(number, library.PhoneNumberFormat.E164)
        code = number.country_code
        for home in (region, "IT", "US"):
            own = library.country_code_for_region(home) == code
            styles = library.PhoneNumberFormat
            style = styles.NATIONAL if own else styles.INTERNATIONAL
            expected = library.format_number(library.parse(normal, None), style)
            assert shown(ContactKind.PHONE, "as typed", normal, home) == expected
