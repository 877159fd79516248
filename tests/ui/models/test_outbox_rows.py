"""Does an e-mail that may not go out say why, in the language of whoever looks?"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from clientele.domain.client import Channel, Purpose
from clientele.domain.rules.client_zones import ZoneSource
from clientele.domain.rules.permission_answers import Quiet, Refused, Wish
from clientele.domain.rules.permission_texts import answer_text
from clientele.domain.rules.sending import MailState, NotYet
from clientele.store.queries.outbox import OutboxRow
from clientele.store.queries.reading import Named
from clientele.system.formats import Formats
from clientele.ui.models.outbox_rows import outbox_row

NIGHT = datetime(2026, 11, 24, 22, 30, tzinfo=UTC)
MORNING = NIGHT + timedelta(hours=9, minutes=30)


def an_email(why: NotYet, answer: str) -> OutboxRow:
    return OutboxRow(
        id=1,
        named=Named(7, "Daniel", "Tran", ""),
        associate_id=1,
        associate="R. Okafor",
        subject="Your suit",
        body="It is ready.",
        state=MailState.REFUSED,
        why=why,
        answer=answer,
        queued_at=NIGHT,
        not_before=None,
        next_try_at=None,
        ended_at=None,
    )


def test_why_it_was_not_sent_is_worded_where_it_is_shown() -> None:
    zone = "Europe/London"
    quiet = Quiet(NIGHT, (zone,), zone, MORNING, False, ZoneSource.OWN, only_zone=True)
    wish = Wish(Channel.EMAIL, Purpose.SERVICE)
    kept = answer_text(Refused(wish, NIGHT, (quiet,), (), (), MORNING))
    words = {
        locale: outbox_row(
            an_email(NotYet.NOT_ALLOWED, kept), None, NIGHT, Formats(locale, zone), me=1
        ).body
        for locale in ("en", "de")
    }
    assert words["en"].startswith("It was not sent. It is 22:30 where the client is (London): ")
    assert "quiet until Wed 25 Nov 08:00" in words["en"]
    assert "quiet until Mi" in words["de"]


def test_a_sentence_that_was_kept_before_is_shown_as_it_is() -> None:
    row = an_email(NotYet.NOT_ALLOWED, "The client does not want to be reached.")
    body = outbox_row(row, None, NIGHT, Formats("en", "Europe/London"), me=1).body
    assert body == "It was not sent. The client does not want to be reached."
