"""Is a name known again in capitals that the database knows nothing of?"""

from __future__ import annotations

from datetime import date

import pytest

from clientele.domain.rules.filters import Condition, Filter, What
from clientele.domain.tables import Department, Tag
from clientele.services.clients import SetTag, set_tag
from clientele.services.lists import ListNameTaken, SaveList, save_list
from clientele.services.many import FollowUpMany, TagMany, follow_up_many, tag_many
from clientele.services.tags import RenameTag, TagThere, rename_tag
from clientele.services.team import AddAssociate, AddDepartment, add_associate, add_department
from clientele.store.queries.called import called
from clientele.store.queries.many import asked_already
from clientele.store.queries.meant import associate_meant
from clientele.store.queries.tags import tags
from tests.services.floor import Floor


def test_a_tag_with_an_umlaut_is_one_tag(floor: Floor) -> None:
    key = floor.new(set_tag, SetTag(floor.daniel, "Übergrößen"))
    assert floor.new(set_tag, SetTag(floor.daniel, "Übergrößen")) == key
    assert floor.new(tag_many, TagMany((floor.daniel,), "ÜBERGRÖßEN")) == key
    assert [(row.name, row.clients) for row in floor.ask(tags)] == [("Übergrößen", 1)]
    other = floor.new(set_tag, SetTag(floor.daniel, "press"))
    with pytest.raises(TagThere, match="Übergrößen"):
        floor.do(rename_tag, RenameTag(other, "übergrößen"))
    floor.do(rename_tag, RenameTag(key, "übergrößen"))
    floor.do(tag_many, TagMany((floor.daniel,), "Übergrößen", on=False))
    assert [(row.name, row.clients) for row in floor.ask(tags)] == [("press", 1), ("übergrößen", 0)]


def test_the_one_that_is_spelt_so_itself_comes_first(floor: Floor) -> None:
    keys = [floor.add(Tag(name=name)) for name in ("ÉTÉ", "été")]
    assert [floor.ask(called, Tag, name) for name in ("ÉTÉ", "été", "Été")] == [*keys, keys[0]]
    assert floor.ask(called, Tag, "hiver") is None


def test_a_department_and_an_associate_are_known_again(floor: Floor) -> None:
    made = floor.new(add_department, AddDepartment("Écharpes"))
    assert floor.new(add_department, AddDepartment("Écharpes")) == made
    assert floor.ask(called, Department, "ÉCHARPES") == made
    who = floor.new(add_associate, AddAssociate("Ö. Çelik", "Écharpes"))
    assert floor.ask(associate_meant, "ö. çelik") == who


def test_a_list_and_a_follow_up_are_not_made_twice(floor: Floor) -> None:
    asked = Filter(parts=(Condition(What.MINE),))
    floor.do(save_list, SaveList(floor.okafor, "Été", asked))
    with pytest.raises(ListNameTaken):
        floor.do(save_list, SaveList(floor.okafor, "Été", asked))
    what = FollowUpMany((floor.daniel,), floor.okafor, "call", "Ärmel", date(2026, 12, 1))
    floor.do(follow_up_many, what)
    assert floor.ask(asked_already, [floor.daniel], "ärmel ") == {floor.daniel}
