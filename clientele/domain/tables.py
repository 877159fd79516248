"""Every table, imported once, so that ``Table.metadata`` is whole."""

from clientele.domain.base import Table
from clientele.domain.client import (
    Address,
    BookMembership,
    Client,
    ClientReference,
    ClientTag,
    Consent,
    ContactPoint,
    HandOff,
    HouseholdMember,
    Tag,
)
from clientele.domain.contacting import (
    MailAccount,
    Message,
    MessageTemplate,
    ReachPolicy,
    ToldReminder,
    TouchMade,
    TouchRule,
)
from clientele.domain.history import (
    ContactMade,
    CreditShare,
    ImportBatch,
    ImportSeen,
    LineReturn,
    Note,
    PartPayment,
    Purchase,
    PurchaseLine,
)
from clientele.domain.known import (
    ClientCard,
    ClientPhoto,
    ClientSum,
    CustomField,
    CustomValue,
    NoteOffer,
)
from clientele.domain.lists import (
    ClientMerge,
    DuplicateLook,
    DuplicatePair,
    SavedList,
    SavedListMark,
)
from clientele.domain.plans import Appointment, AppointmentImport, Draft, FollowUp, Occasion
from clientele.domain.preferences import EvidenceAside, Preference, Size
from clientele.domain.promises import Promise, PromiseStep
from clientele.domain.recovery import MadeRight, MadeRightStep
from clientele.domain.team import Absence, Associate, Department, StoreProfile
from clientele.domain.trust import AuditEntry, AuditSeal, BackupMade
from clientele.domain.visits import ItemCredit, ShownItem, Visit, VisitCompanion, VisitStop
from clientele.domain.wishes import Gift, Wish
from clientele.domain.worth import WorthAside, WorthCall, WorthDay, WorthRun

__all__ = [
    "Absence",
    "Address",
    "Appointment",
    "AppointmentImport",
    "Associate",
    "AuditEntry",
    "AuditSeal",
    "BackupMade",
    "BookMembership",
    "Client",
    "ClientCard",
    "ClientMerge",
    "ClientPhoto",
    "ClientReference",
    "ClientSum",
    "ClientTag",
    "Consent",
    "ContactMade",
    "ContactPoint",
    "CreditShare",
    "CustomField",
    "CustomValue",
    "Department",
    "Draft",
    "DuplicateLook",
    "DuplicatePair",
    "EvidenceAside",
    "FollowUp",
    "Gift",
    "HandOff",
    "HouseholdMember",
    "ImportBatch",
    "ImportSeen",
    "ItemCredit",
    "LineReturn",
    "MadeRight",
    "MadeRightStep",
    "MailAccount",
    "Message",
    "MessageTemplate",
    "Note",
    "NoteOffer",
    "Occasion",
    "PartPayment",
    "Preference",
    "Promise",
    "PromiseStep",
    "Purchase",
    "PurchaseLine",
    "ReachPolicy",
    "SavedList",
    "SavedListMark",
    "ShownItem",
    "Size",
    "StoreProfile",
    "Table",
    "Tag",
    "ToldReminder",
    "TouchMade",
    "TouchRule",
    "Visit",
    "VisitCompanion",
    "VisitStop",
    "Wish",
    "WorthAside",
    "WorthCall",
    "WorthDay",
    "WorthRun",
]

metadata = Table.metadata
