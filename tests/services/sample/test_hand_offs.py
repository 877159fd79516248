"""Does the sample show a hand-off in each of its states, with words that fit?"""

from __future__ import annotations

from clientele.domain.client import HandOffState
from clientele.store.queries.hand_offs import hand_offs
from clientele.store.queries.today import today_page
from clientele.store.session import Store
from tests.services.sample.looking import NOW, rows


def test_one_waits_for_me_one_is_lent_and_a_hem_is_with_a_colleague(sample: Store) -> None:
    with sample.read() as session:
        found = hand_offs(session, 1, now=NOW)
        expected = {one.named.name: one.handed for one in today_page(session, 1, now=NOW).expected}
    (offered,) = found.inbox
    assert offered.giver.name == "Mateus Silva"
    assert offered.note.startswith("wants a suit to go with the shoes")
    (lent,) = found.lent_out
    assert (lent.taker.name, lent.lends) == ("Lena Sato", True)
    (hem,) = [row for row in found.lately if row.promise]
    assert hem.promise.startswith("trousers hemmed")
    handed = expected["Priya Oberoi"]
    assert handed is not None
    assert handed.giver.department == "Women's Shoes"
    assert handed.note == "looking for a winter wardrobe, hates wool"


def test_whoever_gives_owns_the_client_until_then(sample: Store) -> None:
    waiting = rows(
        sample,
        "SELECT h.from_id, m.associate_id FROM hand_off h JOIN book_membership m "
        "ON m.client_id = h.client_id AND m.role = 'owner' AND m.until IS NULL "
        "WHERE h.state = :state OR h.until_on IS NOT NULL",
        state=str(HandOffState.OFFERED),
    )
    assert len(waiting) == 2
    assert [giver for giver, _ in waiting] == [owner for _, owner in waiting]
