"""What does a message say for a client, and what is still missing from it?"""

from __future__ import annotations

import unicodedata
from itertools import groupby

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientele.domain.client import Channel, Purpose
from clientele.domain.rules.template_fields import fields
from clientele.domain.rules.template_filling import (
    FieldsMissing,
    Filled,
    Piece,
    fill,
    sendable,
    still_missing,
)
from clientele.domain.rules.template_words import MistakenField
from clientele.domain.rules.templates import Because, Taken, Template, Variant, take

ALL = (Channel.TEXT, Channel.EMAIL, Channel.CALL)


def taken(body: str, subject: str = "Hello") -> Taken:
    """A template in English with these words."""
    variant = Variant("en", body, subject)
    return take(Template("A", Purpose.SERVICE, ALL, (variant,)), "en", "de")


def email(body: str, subject: str = "Hello", **values: str) -> Filled:
    """Those words as an e-mail; an underscore in a field's name stands for a space."""
    named = {name.replace("_", " "): value for name, value in values.items()}
    return fill(taken(body, subject), Channel.EMAIL, named)


def test_values_stand_in_the_words() -> None:
    filled = email("Hello {preferred name}: {item}.", "{item}", preferred_name="Nell", item="suit")
    assert (filled.subject, filled.body) == ("suit", "Hello Nell: suit.")
    assert filled.body_pieces == (
        Piece("Hello "),
        Piece("Nell", "preferred name"),
        Piece(": "),
        Piece("suit", "item"),
        Piece("."),
    )
    assert filled.used == ("item", "preferred name")
    assert (filled.missing, filled.left_out) == ((), ())
    assert (filled.language, filled.taken.because) == ("en", Because.CLIENT)
    sendable(filled.missing, filled.subject, filled.body)


def test_a_client_called_like_a_field_stays_so() -> None:
    body = "{preferred name}, {associate}"
    filled = email(body, preferred_name="{associate} [[x]] {0.__class__}", associate="Ada %s")
    assert filled.body == "{associate} [[x]] {0.__class__}, Ada %s"
    assert filled.missing == ()


def test_a_missing_field_is_shown_and_nothing_is_sent() -> None:
    filled = email("Until {day}: {item}.", "About {item}", item="  ")
    assert filled.missing == ("item", "day")
    assert filled.body == "Until {day}: {item}."
    assert Piece("{day}", "day", missing=True) in filled.body_pieces
    with pytest.raises(FieldsMissing, match="item, day"):
        sendable(filled.missing, filled.subject, filled.body)


def test_what_is_written_in_its_place_by_hand_is_enough() -> None:
    filled = email("Until {day}: {item}.", item="suit")
    assert still_missing(filled.missing, "Until {day}, soon") == ("day",)
    sendable(filled.missing, filled.subject, "Until Monday: suit.")


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("It is here[[ until {day}]].", "It is here."),
        ("It is here [[until {day}]], come.", "It is here, come."),
        ("It is [[until {day}]] here.", "It is here."),
        ("[[Until {day}:]] it is here.", "it is here."),
        ("It is here. [[Until {day}.]]", "It is here."),
        ("- One\n[[- Until {day}]]\n- Two", "- One\n- Two"),
        ("One\n\n[[Until {day}]]\n\nTwo", "One\n\nTwo"),
        ("One\n\n[[Until {day}]]\nTwo", "One\n\nTwo"),
        ("One[[\nUntil {day}]]\nTwo", "One\nTwo"),
        ("One [[{day}]]\nTwo", "One\nTwo"),
        ("[[{day}]] [[{time}]] [[{day}]]One", "One"),
        ("One [[{day}]] [[{time}]] [[{day}]] two", "One two"),
        ("{item} [[{day}]]", "suit"),
    ],
)
def test_a_part_that_is_left_out_leaves_no_gap(template: str, said: str) -> None:
    filled = email(template, item="suit")
    assert filled.body == said
    assert filled.missing == ()
    assert "day" in filled.left_out


def test_a_part_stays_when_all_its_fields_have_values() -> None:
    body = "Here[[ until {day} at {time}]]."
    assert email(body, day="Monday", time="9:00").body == "Here until Monday at 9:00."
    some = email(body, day="Monday")
    assert (some.body, some.left_out, some.used) == ("Here.", ("time",), ())


def test_a_value_is_one_line_and_cannot_steer() -> None:
    filled = email("{item}.", "{item}", item=" a\r\nBcc: b@c.de\x00\u2028c\t ")
    assert filled.subject == "a Bcc: b@c.de c"
    assert filled.body == "a Bcc: b@c.de c."


def test_a_text_message_has_no_subject_and_is_written_plainly() -> None:
    filled = fill(taken("It’s {amount}.", "{item}"), Channel.TEXT, {"amount": "486,00\u00a0€"})
    assert (filled.subject, filled.body, filled.missing) == ("", "It's 486,00 €.", ())
    assert filled.length is not None
    assert (filled.length.units, filled.length.parts) == (15, 1)
    assert fill(taken("It’s"), Channel.CALL, {}).body == "It’s"
    assert fill(taken("It’s"), Channel.CALL, {}).length is None


def test_what_cannot_be_filled_is_refused() -> None:
    with pytest.raises(MistakenField):
        email("{itme}")
    with pytest.raises(KeyError, match="shoe"):
        fill(taken("x"), Channel.TEXT, {"shoe": "x"})
    only_text = Template("A", Purpose.SERVICE, (Channel.TEXT,), (Variant("en", "x"),))
    with pytest.raises(ValueError, match="email"):
        fill(take(only_text, "en", ""), Channel.EMAIL, {})


typed = st.text() | st.sampled_from(["{associate}", "[[x]]", "{day}", "{{item}}", "%s", "{0}"])
values = st.dictionaries(st.sampled_from(sorted(fields())), typed)


@given(values)
def test_nothing_in_a_value_is_ever_read(given_values: dict[str, str]) -> None:
    names = sorted(fields())
    body = "|".join("{" + name + "}" for name in names)
    filled = fill(taken(body), Channel.EMAIL, given_values)
    pieces = [piece for piece in filled.body_pieces if piece.field]
    assert [piece.field for piece in pieces] == names
    assert [piece.words for piece in filled.body_pieces if not piece.field] == ["|"] * (
        len(names) - 1
    )
    for piece in pieces:
        assert piece.missing == (piece.field in filled.missing)
        if not piece.missing:
            assert piece.words == "".join(lines(given_values[piece.field])).strip()
    assert set(filled.used) | set(filled.missing) == set(names)


def lines(value: str) -> list[str]:
    """What stands between the signs of a value that steer, and a space for any run of these."""
    steers = (unicodedata.category(one) in ("Cc", "Zl", "Zp") for one in value)
    runs = groupby(zip(value, steers, strict=True), key=lambda pair: pair[1])
    return [" " if steer else "".join(one for one, _ in run) for steer, run in runs]
