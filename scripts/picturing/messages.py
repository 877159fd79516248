"""Messages: the form to write one, what it shows when shut, the code for a telephone; templates."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from clientele.domain.client import Channel
from clientele.domain.contacting import Way
from clientele.domain.rules.shipped_templates import shipped_template
from clientele.services.messages import SayIfSent, say_if_sent
from clientele.store.queries.clients import Book, WhoseBook
from clientele.store.queries.message_fields import MatterKind, Meant
from clientele.store.queries.promises import open_promises
from clientele.ui.dialogs.edit_template import EditTemplateSheet
from clientele.ui.dialogs.templates import TemplatesSheet
from clientele.ui.dialogs.write_message import WriteMessageSheet
from clientele.ui.workplace import Workplace
from scripts.picturing.scene import Scene, client, over, settle


def scenes(place: Workplace, folder: Path) -> list[Scene]:
    """On the sample store."""
    window, desk = place.window, place.desk
    daniel = client(place, "Daniel Tran")
    with place.store.read() as session:
        whose = WhoseBook(Book.STORE, desk.me.id, desk.me.department_id)
        promised = [one for one in open_promises(session, whose, now=desk.now()) if one.garment]
    promise = next((one for one in promised if one.named.client_id == daniel), promised[0])
    made: list[WriteMessageSheet] = []

    def write(
        meant: Meant, channel: Channel | None = None, way: Way | None = None
    ) -> Callable[[], None]:
        def make() -> WriteMessageSheet:
            made[:] = [WriteMessageSheet(desk, window.content, meant, channel=channel)]
            return made[0]

        enter = over(place, place.client, make)

        def and_go() -> None:
            place.open_client(meant.client_id)
            enter()
            settle(place)
            if way is not None:
                made[0]._hand_over(way)
                settle(place)

        return and_go

    def not_sent() -> None:
        handed = made[0]._handed
        if handed is not None:
            desk.do(say_if_sent, SayIfSent(handed, desk.me.id, sent=False))
        settle(place)

    def templates() -> TemplatesSheet:
        return TemplatesSheet(desk, window.content)

    def edit() -> EditTemplateSheet:
        changed = shipped_template("alteration_ready", "en")
        return EditTemplateSheet(desk, window.content, changed)

    about = Meant(promise.named.client_id, MatterKind.PROMISE, promise.id)
    return [
        Scene("message", write(Meant(daniel))),
        Scene("message-promise", write(about, Channel.TEXT)),
        Scene("message-email", write(about, Channel.EMAIL)),
        Scene("message-call", write(about, Channel.CALL)),
        Scene("message-code", write(about, Channel.TEXT, Way.PHONE), leave=not_sent),
        Scene("templates", over(place, place.today, templates)),
        Scene("template", over(place, place.today, edit)),
    ]


def bare(place: Workplace) -> list[Scene]:
    """Nothing of its own on other books."""
    return []
