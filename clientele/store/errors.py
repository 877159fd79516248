"""What can stand between a person and their book, each in one sentence.

Every one of these leaves the file as it was found.
"""

from __future__ import annotations

from clientele.domain.errors import Refusal


class StoreRefusal(Refusal):
    """The store cannot be opened or written."""


class NoBook(StoreRefusal):
    """There is no file at the path."""

    template = "There is no book at {path}. Choose where your book is, or begin a new one."


class BookExists(StoreRefusal):
    """A new book would have replaced a file."""

    template = (
        "There is already a file at {path}. It was left as it is; "
        "open it, or choose another place for the new book."
    )


class OverTheBook(StoreRefusal):
    """A file would have been written in place of the book, or of what stands beside it."""

    template = (
        "“{file}” belongs to the book itself. Nothing was written; "
        "choose another name for the file."
    )


class ForeignFile(StoreRefusal):
    """The file is not one of ours."""

    template = (
        "{path} is not a book of Clientele. "
        "It was left as it is; choose the file that holds your book."
    )


class WrongKey(StoreRefusal):
    """The key does not open the file."""

    template = (
        "This key does not open {path}. The file was left as it is; "
        "the recovery key that was printed at the start opens it."
    )


class NewerVersion(StoreRefusal):
    """A newer program wrote the file."""

    template = (
        "{path} was written by a newer Clientele (form {found}, this program knows {known}). "
        "It was left as it is; update Clientele on this terminal, then open it again."
    )


class ReadOnlyFile(StoreRefusal):
    """The file, its folder or its disk does not take writing."""

    template = (
        "{path} cannot be written: the file, its folder or the disk is read-only. "
        "Nothing was changed; allow writing there or move the book, then open it again."
    )


class DiskFull(StoreRefusal):
    """No room left."""

    template = (
        "The disk with {path} is full. What was saved before is safe, "
        "the last change was not kept; make room and do it again."
    )


class DiskTrouble(StoreRefusal):
    """The disk answered with an error."""

    template = (
        "The disk with {path} could not be read or written. What was saved before is kept as far "
        "as the disk has it; check the disk or its cable, then open the book again."
    )


class BookBusy(StoreRefusal):
    """Another connection kept the file locked for too long."""

    template = (
        "{path} is held by another program, such as a backup. "
        "Nothing was changed; wait until it has finished and do it again."
    )


class BookInUse(StoreRefusal):
    """Another Clientele has the book open."""

    template = (
        "{path} is already open in another window of Clientele on this terminal. "
        "Nothing was changed; go on in that window, or close it first."
    )


class DamagedBook(StoreRefusal):
    """The file opens but its content does not hold together."""

    template = (
        "{path} is damaged. It was left as it is; restore the newest backup, "
        "and keep the damaged file until the restored book is in use."
    )


class MigrationFailed(StoreRefusal):
    """The book could not be brought to the form this program needs."""

    template = (
        "{path} could not be brought to the form that this version needs. "
        "The book is as it was before, and a copy of it is at {backup}; "
        "go on with the version you had, and report this."
    )


class Cancelled(Exception):
    """A reading was called off because nobody waits for its answer. Not an error to show."""
