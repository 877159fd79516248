"""What are the steps of a promise called on screen, and what happened to it? Stored is English."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from clientele.domain.promises import Happened
from clientele.store.queries.promise_history import Happening
from clientele.ui.models.plan_words import kind_words

translate = QCoreApplication.translate


def step_words(step: str) -> str:
    """How far it is, within a line: “sent”."""
    return {
        "fitted": translate("PromiseStep", "fitted"),
        "sent": translate("PromiseStep", "sent"),
        "ready": translate("PromiseStep", "ready"),
        "collected": translate("PromiseStep", "collected"),
        "ordered": translate("PromiseStep", "ordered"),
        "confirmed": translate("PromiseStep", "confirmed"),
        "arrived": translate("PromiseStep", "arrived"),
        "asked for": translate("PromiseStep", "asked for"),
        "on its way": translate("PromiseStep", "on its way"),
        "put aside": translate("PromiseStep", "put aside"),
        "taken in": translate("PromiseStep", "taken in"),
        "called back": translate("PromiseStep", "called back"),
        "taken on": translate("PromiseStep", "taken on"),
        "done": translate("PromiseStep", "done"),
    }.get(step, step)


def step_act(step: str) -> str:
    """What the button says that reaches a step: “Sent”."""
    words = step_words(step)
    return f"{words[:1].upper()}{words[1:]}"


def missing_words(step: str) -> str:
    """“not sent yet”: what should have happened by now."""
    return translate("PromiseStep", "not {step} yet").format(step=step_words(step))


def happened_words(one: Happening, department: str = "") -> str:
    """What happened, as the first line of the history: “Sent to Alterations”."""
    if one.what == "sent" and department:
        return translate("PromiseStep", "Sent to {place}").format(place=department)
    return {
        Happened.ASKED.value: translate("PromiseStep", "Asked how far it is"),
        Happened.HEARD.value: translate("PromiseStep", "Heard of it, on its way"),
        Happened.NOT_YET.value: translate("PromiseStep", "Not ready after all"),
        Happened.MOVED.value: translate("PromiseStep", "New date agreed"),
        Happened.PASSED_ON.value: translate("PromiseStep", "In hand with a colleague"),
        Happened.PRINTED.value: translate("PromiseStep", "Tag printed"),
        Happened.KEPT.value: translate("PromiseStep", "Kept"),
        Happened.BROKEN.value: translate("PromiseStep", "Not kept"),
    }.get(one.what) or step_act(one.what)


def place_words(kind: str, department: str, colleague: str) -> str:
    """Where the work is: “Alterations, M. Ricci”, “Transfer · Women's Shoes”."""
    what = kind_words(kind)
    place = ", ".join(part for part in (department, colleague) if part)
    # “Alteration · Alterations” would say the same twice.
    if department.casefold().startswith(what.casefold()):
        return place
    return " · ".join(part for part in (what, place) if part)


def ask_words(kind: str, what: str) -> str:
    """Why to call after a promise was kept: “how do the trousers fit?”."""
    template = {
        "alteration": translate("PromiseKind", "ask how it fits: {what}"),
        "repair": translate("PromiseKind", "ask whether it holds: {what}"),
    }.get(kind) or translate("PromiseKind", "ask how they like it: {what}")
    return template.format(what=what)
