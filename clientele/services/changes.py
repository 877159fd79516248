"""What a write changed: the answer of every verb, and what pages look at to refresh.

The way of working is Anki's: one door for writes, and each write says what it touched.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from clientele.domain.rules.rights import Right
from clientele.services.images import RowImage


class Kind(StrEnum):
    """What can change: one kind per table, with the table's name as its value."""

    ABSENCE = "absence"
    ADDRESS = "address"
    APPOINTMENT = "appointment"
    APPOINTMENT_IMPORT = "appointment_import"
    ASSOCIATE = "associate"
    AUDIT_ENTRY = "audit_entry"
    AUDIT_SEAL = "audit_seal"
    BACKUP_MADE = "backup_made"
    BOOK_MEMBERSHIP = "book_membership"
    CLIENT = "client"
    CLIENT_CARD = "client_card"
    CLIENT_MERGE = "client_merge"
    CLIENT_PHOTO = "client_photo"
    CLIENT_REFERENCE = "client_reference"
    CLIENT_SUM = "client_sum"
    CLIENT_TAG = "client_tag"
    CONSENT = "consent"
    CONTACT_MADE = "contact_made"
    CONTACT_POINT = "contact_point"
    CREDIT_SHARE = "credit_share"
    CUSTOM_FIELD = "custom_field"
    CUSTOM_VALUE = "custom_value"
    DEPARTMENT = "department"
    DRAFT = "draft"
    DUPLICATE_LOOK = "duplicate_look"
    DUPLICATE_PAIR = "duplicate_pair"
    EVIDENCE_ASIDE = "evidence_aside"
    FOLLOW_UP = "follow_up"
    GIFT = "gift"
    HAND_OFF = "hand_off"
    HOUSEHOLD_MEMBER = "household_member"
    IMPORT_BATCH = "import_batch"
    IMPORT_SEEN = "import_seen"
    ITEM_CREDIT = "item_credit"
    LINE_RETURN = "line_return"
    MADE_RIGHT = "made_right"
    MADE_RIGHT_STEP = "made_right_step"
    MAIL_ACCOUNT = "mail_account"
    MESSAGE = "message"
    MESSAGE_TEMPLATE = "message_template"
    NOTE = "note"
    NOTE_OFFER = "note_offer"
    OCCASION = "occasion"
    PART_PAYMENT = "part_payment"
    PREFERENCE = "preference"
    PROMISE = "promise"
    PROMISE_STEP = "promise_step"
    PURCHASE = "purchase"
    PURCHASE_LINE = "purchase_line"
    REACH_POLICY = "reach_policy"
    SAVED_LIST = "saved_list"
    SAVED_LIST_MARK = "saved_list_mark"
    SHOWN_ITEM = "shown_item"
    SIZE = "size"
    STORE_PROFILE = "store_profile"
    TAG = "tag"
    TOLD_REMINDER = "told_reminder"
    TOUCH_MADE = "touch_made"
    TOUCH_RULE = "touch_rule"
    VISIT = "visit"
    VISIT_COMPANION = "visit_companion"
    VISIT_STOP = "visit_stop"
    WISH = "wish"
    WORTH_ASIDE = "worth_aside"
    WORTH_CALL = "worth_call"
    WORTH_DAY = "worth_day"
    WORTH_RUN = "worth_run"


@dataclass(frozen=True, slots=True)
class Undo:
    """What brings back how things were: images of rows, in the order they were written."""

    images: tuple[RowImage, ...]
    right: Right = Right.SERVE
    """What it needs to go back: what it needed to be done."""

    def after(self, earlier: Undo) -> Undo:
        """One step that undoes this and then ``earlier``, as for a word typed letter by letter."""
        return Undo(fold((*earlier.images, *self.images)), self.right)


@dataclass(frozen=True, slots=True)
class Stayed:
    """What came after a merge that was taken back, and stays with the client who was kept."""

    client_id: int
    name: str
    """Empty where nobody knows it."""
    rows: tuple[tuple[str, int], ...]
    """Tables and how many rows of each."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What one verb changed.

    ``ids`` are row ids by table name, ``clients`` the clients concerned, ``subject`` the id of
    what the verb was about (a new client, a visit), ``undo`` the way back or None.
    """

    ids: Mapping[str, frozenset[int]] = field(default_factory=dict)
    clients: frozenset[int] = frozenset()
    subject: int | None = None
    undo: Undo | None = None
    stayed: Stayed | None = None

    @property
    def kinds(self) -> frozenset[str]:
        """The tables in which anything changed."""
        return frozenset(self.ids)

    def touch(self, *kinds: str, client: int | None = None) -> bool:
        """Whether any of these kinds changed and, where a client is named, for that client."""
        if client is not None and self.clients and client not in self.clients:
            return False
        return bool(self.kinds & set(kinds))

    def __bool__(self) -> bool:
        return bool(self.ids)


def fold(images: Iterable[RowImage]) -> tuple[RowImage, ...]:
    """Several images of one row as one, from its first before to its last after.

    It stands where the row was first written; one that was removed stands where that happened, so
    that on the way back it is there again before what hangs on it.
    """
    rows: dict[tuple[str, tuple[object, ...]], RowImage] = {}
    for image in images:
        place = (image.table, image.key)
        first = rows.pop(place, None) if image.after is None else rows.get(place)
        rows[place] = image if first is None else image.following(first)
    return tuple(
        image for image in rows.values() if image.before is not None or image.after is not None
    )
