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
    HouseholdMember,
    Tag,
)
from clientele.domain.history import (
    ContactMade,
    CreditShare,
    ImportBatch,
    ImportSeen,
    Note,
    Purchase,
    PurchaseLine,
)
from clientele.domain.plans import Appointment, Draft, FollowUp, Occasion
from clientele.domain.preferences import Preference, Size
from clientele.domain.promises import Promise
from clientele.domain.team import Associate, Department, StoreProfile
from clientele.domain.visits import ShownItem, Visit, VisitStop

__all__ = [
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
    "HouseholdMember",
    "ImportBatch",
    "ImportSeen",
    "Note",
    "Occasion",
    "Preference",
    "Promise",
    "Purchase",
    "PurchaseLine",
    "ShownItem",
    "Size",
    "StoreProfile",
    "Table",
    "Tag",
    "Visit",
    "VisitStop",
]

metadata = Table.metadata
