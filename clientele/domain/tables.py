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
from clientele.domain.plans import Appointment, Draft, FollowUp, Occasion
from clientele.domain.preferences import Preference, Size
from clientele.domain.promises import Promise, PromiseStep
from clientele.domain.recovery import MadeRight, MadeRightStep
from clientele.domain.team import Absence, Associate, Department, StoreProfile
from clientele.domain.visits import ItemCredit, ShownItem, Visit, VisitCompanion, VisitStop

__all__ = [
    "Absence",
    "Address",
    "Appointment",
    "Associate",
    "BookMembership",
    "Client",
    "ClientReference",
    "ClientTag",
    "Consent",
    "ContactMade",
    "ContactPoint",
    "CreditShare",
    "Department",
    "Draft",
    "FollowUp",
    "HandOff",
    "HouseholdMember",
    "ImportBatch",
    "ImportSeen",
    "ItemCredit",
    "LineReturn",
    "MadeRight",
    "MadeRightStep",
    "Note",
    "Occasion",
    "PartPayment",
    "Preference",
    "Promise",
    "PromiseStep",
    "Purchase",
    "PurchaseLine",
    "ShownItem",
    "Size",
    "StoreProfile",
    "Table",
    "Tag",
    "Visit",
    "VisitCompanion",
    "VisitStop",
]

metadata = Table.metadata
