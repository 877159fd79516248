"""Are photos and tags kept, changed for everybody and taken back?"""

from __future__ import annotations

import pytest

from clientele.domain.tables import Client
from clientele.services.clients import SetTag, set_tag
from clientele.services.photos import (
    MOST_BYTES,
    NotAScaledPhoto,
    RemovePhoto,
    SetPhoto,
    remove_photo,
    set_photo,
)
from clientele.services.tags import (
    MergeTags,
    RemoveTag,
    RenameTag,
    TagThere,
    TagWithoutName,
    merge_tags,
    remove_tag,
    rename_tag,
)
from clientele.store.queries.known_of import glance, photo_of
from clientele.store.queries.tags import tags, tags_like
from tests.services.floor import Floor

PICTURE, SMALL = b"\xff\xd8\xff large", b"\xff\xd8\xff small"


def counts(floor: Floor) -> dict[str, int]:
    return {row.name: row.clients for row in floor.ask(tags)}


def photo(floor: Floor) -> tuple[bytes | None, bytes | None]:
    return floor.ask(photo_of, floor.daniel), floor.ask(glance, floor.daniel).photo


def test_a_photo_is_kept_replaced_removed_and_brought_back(floor: Floor) -> None:
    first = floor.do(set_photo, SetPhoto(floor.daniel, PICTURE, SMALL, floor.okafor))
    assert first.clients == {floor.daniel}
    other = SetPhoto(floor.daniel, PICTURE + b"2", SMALL + b"2", floor.okafor)
    second = floor.do(set_photo, other)
    assert photo(floor) == (PICTURE + b"2", SMALL + b"2")
    floor.undo(second)
    assert photo(floor) == (PICTURE, SMALL)
    gone = floor.do(remove_photo, RemovePhoto(floor.daniel))
    assert photo(floor) == (None, None)
    floor.undo(gone)
    assert photo(floor) == (PICTURE, SMALL)
    floor.do(remove_photo, RemovePhoto(floor.daniel))
    assert not floor.do(remove_photo, RemovePhoto(floor.daniel))


@pytest.mark.parametrize("wrong", [b"\x89PNG", b"", b"\xff\xd8\xff" + bytes(MOST_BYTES)])
def test_only_a_scaled_photo_is_kept(floor: Floor, wrong: bytes) -> None:
    with pytest.raises(NotAScaledPhoto):
        floor.do(set_photo, SetPhoto(floor.daniel, wrong, SMALL, floor.okafor))
    assert photo(floor) == (None, None)


def test_a_tag_is_called_otherwise_for_everybody(floor: Floor) -> None:
    key = floor.new(set_tag, SetTag(floor.daniel, "vip"))
    floor.do(set_tag, SetTag(floor.daniel, "press"))
    changes = floor.do(rename_tag, RenameTag(key, " Very  important "))
    assert counts(floor) == {"press": 1, "Very important": 1}
    with pytest.raises(TagThere) as refused:
        floor.do(rename_tag, RenameTag(key, "PRESS"))
    assert "press" in refused.value.sentence
    with pytest.raises(TagWithoutName):
        floor.do(rename_tag, RenameTag(key, " "))
    floor.undo(changes)
    assert counts(floor) == {"press": 1, "vip": 1}


def test_two_tags_become_one_and_are_parted_again(floor: Floor) -> None:
    now = floor.clock.now()
    mia = floor.add(Client(given_name="Mia", created_at=now, updated_at=now))
    one = floor.new(set_tag, SetTag(floor.daniel, "vip"))
    two = floor.new(set_tag, SetTag(floor.daniel, "important"))
    floor.do(set_tag, SetTag(mia, "vip"))
    changes = floor.do(merge_tags, MergeTags(one, two))
    assert counts(floor) == {"important": 2}
    assert {floor.daniel, mia} <= changes.clients
    floor.undo(changes)
    assert counts(floor) == {"important": 1, "vip": 2}
    gone = floor.do(remove_tag, RemoveTag(one))
    assert counts(floor) == {"important": 1}
    floor.undo(gone)
    assert counts(floor) == {"important": 1, "vip": 2}


def test_tags_are_offered_by_any_of_their_words(floor: Floor) -> None:
    for name in ("VIP", "press list", "alterations on file", "friend of the press"):
        floor.do(set_tag, SetTag(floor.daniel, name))
    assert floor.ask(tags_like, "pre") == ("press list", "friend of the press")
    assert floor.ask(tags_like, "pre", but=("Press list",)) == ("friend of the press",)
    assert len(floor.ask(tags_like, "")) == 4
