"""Does a list ever find clients by another tag than it was made for?"""

from __future__ import annotations

import pytest

from clientele.domain.rules.filters import Condition, Filter, What
from clientele.services.clients import SetTag, set_tag
from clientele.services.lists import SaveList, save_list
from clientele.services.many import TagMany, tag_many
from clientele.services.tags import RemoveTag, remove_tag
from clientele.store.session import Store
from clientele.system.clock import FixedClock
from tests.services.floor import Floor, a_floor


@pytest.fixture
def floor(store: Store, clock: FixedClock) -> Floor:
    return a_floor(store, clock)


@pytest.mark.parametrize("many", [False, True])
def test_a_list_of_a_removed_tag_does_not_ask_for_the_next_one(floor: Floor, many: bool) -> None:
    vip = floor.new(set_tag, SetTag(floor.daniel, "VIP"))
    asked = Filter(parts=(Condition(What.TAG, about=vip),))
    floor.do(save_list, SaveList(floor.okafor, "The best", asked))
    floor.do(remove_tag, RemoveTag(vip))
    if many:
        new = floor.new(tag_many, TagMany((floor.daniel,), "Owes us"))
    else:
        new = floor.new(set_tag, SetTag(floor.daniel, "Owes us"))
    assert new == vip + 1
    assert floor.new(set_tag, SetTag(floor.daniel, "Golf")) == vip + 2
