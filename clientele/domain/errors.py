"""Errors that the person at the terminal can cause or meet, kept apart from bugs.

A refusal carries one sentence for people: what is wrong, what was kept, what to do. The
sentence is a template with named values, so that the window can translate it and the command
line can print it as it stands. Anything that is not a ``Refusal`` is a bug.
"""

from __future__ import annotations


class Refusal(Exception):
    """Something cannot be done, and ``sentence`` says so in plain words.

    ``template`` is English with ``{named}`` values; ``values`` fill it. Values may hold what the
    user typed, so a refusal goes to the screen and never to the log.
    """

    template = "This cannot be done."

    def __init__(self, template: str | None = None, **values: object) -> None:
        self.template = template or type(self).template
        self.values = values
        super().__init__(self.sentence)

    @property
    def sentence(self) -> str:
        """The template, filled in."""
        return self.template.format(**self.values)


class NotThere(Refusal):
    """What was asked for is no longer, or never was, in the book."""

    template = "This is no longer in the book. Nothing was changed; go back and look again."


class CardNumberFound(Refusal):
    """A payment card number was typed or imported (PCI DSS 4.0.1 requirement 3.3.1)."""

    template = (
        "This looks like a card number, and the book never keeps one. "
        "That text was not saved; remove the number and write only the till's reference."
    )
