"""Does one see beforehand whom an e-mail to many reaches, and is it queued and called off?"""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from sqlalchemy import select
from sqlmodel import col

from clientele.domain.tables import Consent, ContactPoint, MailAccount, Message
from clientele.store.session import Store
from clientele.system.clock import FixedClock
from clientele.ui.desk import Desk
from clientele.ui.dialogs import write_many
from clientele.ui.dialogs.write_many import WriteManySheet
from clientele.ui.models.rows import ROW_ROLE, Row
from clientele.ui.pages.clients import ClientsPage
from tests.ui.at_work import settle, sheet, shown

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def page(six: list[int], store: Store, clock: FixedClock, desk: Desk, qtbot: QtBot) -> ClientsPage:
    """All six have an address; the first four said yes to news."""
    with store.write() as session:
        session.add(
            MailAccount(
                whose="store", host="mail.example", port=465, security="tls", user="shop",
                sender_name="Herengracht", sender_address="hello@store.example",
                updated_at=clock.now(),
            )
        )  # fmt: skip
        for at, client in enumerate(six):
            mail = f"ann{at}@x.example"
            session.add(ContactPoint(client_id=client, kind="email", value=mail, normalised=mail))
            if at < 4:
                session.add(
                    Consent(client_id=client, channel="email", purpose="news", allowed=True,
                            said_at=clock.now())
                )  # fmt: skip
    made = shown(ClientsPage(desk), qtbot)
    made.chosen.only(six)
    return made


def queued(store: Store) -> list[int]:
    with store.read() as session:
        return sorted(session.scalars(select(col(Message.client_id))))


def test_it_says_whom_it_reaches_queues_each_and_one_undo_calls_all_off(
    page: ClientsPage,
    six: list[int],
    desk: Desk,
    store: Store,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(write_many, "AT_ONCE", 4)
    monkeypatch.setattr("clientele.ui.pages.clients_bulk.WRITTEN", 3)
    QTest.mouseClick(page.chosen.write_button, LEFT)
    settle(desk, qtbot)
    form = sheet(page, WriteManySheet)
    assert form.templates is not None
    assert not form.button.isEnabled()
    form.templates.choose("hello")
    form.templates.chosen.emit("hello")
    settle(desk, qtbot)
    assert form.told.text() == "4 clients will be written to · 2 left out"
    rows = [form.letters.model().index(at, 0).data(ROW_ROLE) for at in range(8)]
    left = [one for one in rows if isinstance(one, Row) and one.section == "Left out"]
    assert [one.key for one in left] == six[4:]
    assert all(one.sub for one in left)
    form.letters.set_current(six[0])
    assert "Ann" in form.letter.text()
    assert form.button.text().startswith("Queue 4 e-mails")
    with qtbot.waitSignal(desk.said) as said:
        QTest.mouseClick(form.button, LEFT)
    assert said.args == ["4 e-mails queued", True]
    settle(desk, qtbot)
    assert queued(store) == six[:4]
    desk.undo()
    settle(desk, qtbot)
    assert queued(store) == []
    assert not desk.can_undo()
