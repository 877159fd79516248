"""The key on paper is read as people read: tolerantly, and with every single mistake noticed."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from clientele.store.recovery import MistypedRecoveryKey, read, written

secrets = st.binary(min_size=16, max_size=16)
SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
SECRET = bytes(range(16))


def test_it_looks_like_something_to_type() -> None:
    groups = written(SECRET).split("-")
    assert [len(group) for group in groups] == [4] * 7
    assert set("".join(groups)) <= set(SIGNS)


@given(secrets)
def test_what_is_written_is_read(secret: bytes) -> None:
    assert read(written(secret)) == secret


@given(secrets)
def test_it_is_read_as_people_write(secret: bytes) -> None:
    plain = written(secret)
    assert read(plain.lower().replace("-", " ") + "\n") == secret
    assert read(plain.replace("0", "O").replace("1", "l").replace("-", "")) == secret
    assert read(plain.replace("0", "o").replace("1", "I").replace("-", "–")) == secret


@given(secrets, st.integers(0, 27), st.sampled_from(SIGNS))
def test_one_wrong_sign_is_found_in_its_group(secret: bytes, place: int, sign: str) -> None:
    signs = list(written(secret).replace("-", ""))
    assume(signs[place] != sign)
    signs[place] = sign
    with pytest.raises(MistypedRecoveryKey) as caught:
        read("".join(signs))
    assert caught.value.values == {"group": place // 4 + 1}


@given(secrets, st.integers(0, 26))
def test_two_neighbours_changed_over_are_noticed(secret: bytes, place: int) -> None:
    signs = list(written(secret).replace("-", ""))
    assume(signs[place] != signs[place + 1])
    signs[place], signs[place + 1] = signs[place + 1], signs[place]
    with pytest.raises(MistypedRecoveryKey):
        read("".join(signs))


@pytest.mark.parametrize(("typed", "count"), [("", 0), ("ABCD", 4), ("0" * 29, 29)])
def test_too_short_or_too_long_says_so(typed: str, count: int) -> None:
    with pytest.raises(MistypedRecoveryKey) as caught:
        read(typed)
    assert caught.value.values == {"count": count}


def test_a_sign_that_is_never_used_points_to_its_group() -> None:
    signs = written(SECRET)
    with pytest.raises(MistypedRecoveryKey) as caught:
        read(signs[:11] + "U" + signs[12:])
    assert caught.value.values == {"group": 3}
