"""Has every way of not being sent its sentence: what is wrong, what is kept, what to do?"""

from __future__ import annotations

import pytest

from clientele.domain.rules.sending_words import TEMPLATES, not_sent
from clientele.system.mail_answers import Ending, Outcome, Step, Why

WELL = {Ending.SENT, Ending.SIGNED_IN}


@pytest.mark.parametrize("ending", sorted(set(Ending) - WELL))
@pytest.mark.parametrize("why", Why)
def test_every_outcome_has_its_sentence(ending: Ending, why: Why) -> None:
    for step in Step:
        told = not_sent(Outcome(ending, step, why, 550, "no <who@where>"), server="mail.example")
        assert told is not None
        assert told.template in TEMPLATES
        assert "mail.example" in told.sentence
        assert "{" not in told.sentence
        assert "who@where" not in told.sentence
        assert ("Nothing was sent" in told.sentence or "not sent" in told.sentence) == (
            ending is not Ending.UNSURE
        ), "of what may have arrived nobody says that it was not sent"
        assert ("by itself" in told.sentence) == (ending is Ending.LATER)


@pytest.mark.parametrize("ending", sorted(WELL))
def test_what_worked_needs_no_words(ending: Ending) -> None:
    assert not_sent(Outcome(ending, Step.DOT), server="mail.example") is None


def test_no_two_certificates_are_told_alike() -> None:
    whys = (Why.EXPIRED, Why.NOT_YET_VALID, Why.OTHER_NAME, Why.UNKNOWN_ISSUER, Why.UNTRUSTED)
    told = [not_sent(Outcome(Ending.BAD_CERTIFICATE, Step.TLS, why), server="m") for why in whys]
    assert len({str(one) for one in told}) == len(whys)


def test_a_server_that_says_nothing_may_be_waiting_for_tls() -> None:
    silent = not_sent(Outcome(Ending.LATER, Step.GREETING, Why.SILENT), server="mail.example")
    assert silent is not None
    assert "TLS from the start" in silent.sentence
    for step in set(Step) - {Step.GREETING}:
        told = not_sent(Outcome(Ending.LATER, step, Why.SILENT), server="mail.example")
        assert told is not None
        assert "TLS" not in told.sentence
