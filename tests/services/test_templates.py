"""Are templates kept as a manager writes them, and are the shipped ones always to be had again?"""

from __future__ import annotations

from dataclasses import replace

import pytest

from clientele.domain.client import Channel, Purpose
from clientele.domain.errors import NotThere
from clientele.domain.rules.rights import associate
from clientele.domain.rules.shipped_templates import shipped, shipped_template
from clientele.domain.rules.template_texts import (
    channels_read,
    channels_text,
    variants_read,
    variants_text,
)
from clientele.domain.rules.template_words import UnknownField
from clientele.domain.rules.templates import Address, Template, Variant
from clientele.domain.tables import Associate
from clientele.domain.team import Role
from clientele.services.acting import NotAllowed
from clientele.services.templates import (
    KeepTemplate,
    OfferTemplate,
    ShippedWordsAgain,
    keep_template,
    offer_template,
    shipped_words_again,
)
from clientele.store.queries.templates import StoreTemplate, all_templates, templates
from tests.services.floor import Floor


@pytest.fixture(autouse=True)
def _manager(floor: Floor) -> None:
    """R. Okafor is the manager of the store."""
    with floor.store.write() as session:
        row = session.get(Associate, floor.okafor)
        assert row is not None
        row.role = Role.STORE_MANAGER


OWN = Template(
    "Trunk show",
    Purpose.NEWS,
    (Channel.TEXT, Channel.EMAIL),
    (
        Variant("en", "Come and see, {preferred name}. {how to stop}", "A trunk show"),
        Variant("de", "Kommen Sie, {full name}. {how to stop}", "Einladung", Address.FORMAL),
    ),
)
HELLO = shipped_template("hello", "en")


def by_key(floor: Floor, language: str = "en") -> dict[str, StoreTemplate]:
    """All templates by their keys."""
    return {one.key: one for one in floor.ask(all_templates, language)}


def test_without_a_row_the_shipped_ones_are_there(floor: Floor) -> None:
    for language in ("en", "de", "nl"):
        assert floor.ask(templates, language) == shipped(language)
    assert floor.ask(templates, "fr") == shipped("en")


def test_an_own_one_comes_back_as_it_was_written(floor: Floor) -> None:
    floor.new(keep_template, KeepTemplate(OWN, floor.okafor))
    *_, last = floor.ask(all_templates, "en")
    assert replace(last.template, key="") == OWN
    assert (last.shipped, last.retired, last.changed_by) == (False, False, "R. Okafor")
    words = replace(last.template, name="Evening")
    floor.do(keep_template, KeepTemplate(words, floor.okafor))
    assert [one.template for one in floor.ask(all_templates, "en") if not one.shipped] == [words]


def test_a_changed_one_stands_in_the_place_of_the_shipped_one(floor: Floor) -> None:
    before = [one.key for one in floor.ask(all_templates, "en")]
    changed = replace(HELLO, variants=(Variant("en", "Hi {preferred name}.", "Hi"),))
    floor.do(keep_template, KeepTemplate(changed, floor.okafor))
    found = by_key(floor)
    assert list(found) == before
    assert (found["hello"].template, found["hello"].changed) == (changed, True)
    floor.do(shipped_words_again, ShippedWordsAgain("hello", floor.okafor))
    assert by_key(floor)["hello"] == StoreTemplate(HELLO, shipped=True)
    with pytest.raises(NotThere):
        floor.do(shipped_words_again, ShippedWordsAgain("hello", floor.okafor))


def test_back_to_the_shipped_words_can_be_undone(floor: Floor) -> None:
    changed = replace(HELLO, variants=(Variant("en", "Hi {preferred name}.", "Hi"),))
    floor.do(keep_template, KeepTemplate(changed, floor.okafor))
    floor.undo(floor.do(shipped_words_again, ShippedWordsAgain("hello", floor.okafor)))
    assert by_key(floor)["hello"].template == changed


def test_an_own_one_has_no_shipped_words(floor: Floor) -> None:
    floor.new(keep_template, KeepTemplate(OWN, floor.okafor))
    key = floor.ask(all_templates, "en")[-1].key
    with pytest.raises(NotThere):
        floor.do(shipped_words_again, ShippedWordsAgain(key, floor.okafor))


def test_what_is_put_away_is_not_offered_and_comes_back_in_every_language(floor: Floor) -> None:
    floor.do(offer_template, OfferTemplate(HELLO, False, floor.okafor))
    assert "hello" not in {one.key for one in floor.ask(templates, "en")}
    hello = by_key(floor, "de")["hello"]
    assert (hello.retired, hello.changed) == (True, False)
    assert hello.template == shipped_template("hello", "de")
    floor.do(offer_template, OfferTemplate(HELLO, True, floor.okafor))
    assert floor.ask(templates, "en") == shipped("en")


def test_only_managers_write(floor: Floor) -> None:
    with pytest.raises(NotAllowed):
        floor.do(keep_template, KeepTemplate(OWN, floor.silva), acting=associate(floor.silva))
    with pytest.raises(NotAllowed):
        floor.do(
            shipped_words_again,
            ShippedWordsAgain("hello", floor.silva),
            acting=associate(floor.silva),
        )
    with pytest.raises(NotAllowed):
        floor.do(
            offer_template, OfferTemplate(HELLO, False, floor.silva), acting=associate(floor.silva)
        )
    assert floor.ask(templates, "en") == shipped("en")


def test_words_that_cannot_be_read_are_never_kept(floor: Floor) -> None:
    bad = replace(OWN, variants=(Variant("en", "Hello {nobody}", "Hello"),))
    with pytest.raises(UnknownField):
        floor.do(keep_template, KeepTemplate(bad, floor.okafor))
    assert floor.ask(templates, "en") == shipped("en")


def test_texts_are_read_as_they_were_written() -> None:
    assert variants_read(variants_text(OWN.variants)) == OWN.variants
    assert channels_read(channels_text(OWN.channels)) == OWN.channels
    assert channels_read("fax,text") == (Channel.TEXT,)
    for body in ("", "{}x", '[{"language": "en"}]', '[{"language": 1}]', "[3]"):
        with pytest.raises(ValueError, match=r".*"):
            variants_read(body)
