"""What is true of accounts and people; each noun in a file of its kind."""

from accounts.models.access import (
    Device,
    DoorRequest,
    RateCounter,
    RecoveryCode,
    SignIn,
    SlipToken,
)
from accounts.models.contacts import CODE_TRIES, Address, Email, PhoneChange, RecoveryHold
from accounts.models.desk import Access, Approval, ApprovalKind, Correction
from accounts.models.history import (
    AddressHistory,
    EmailHistory,
    GroupPermission,
    GroupPermissionHistory,
    LoginNameHistory,
    Membership,
    MembershipHistory,
    OwnPermission,
    OwnPermissionHistory,
    PassportHistory,
    PersonHistory,
    PhoneHistory,
    UserHistory,
)
from accounts.models.people import (
    Country,
    Passport,
    Person,
    Phone,
    PhoneKind,
    TimelineEntry,
)
from accounts.models.second_step import PhoneApp
from accounts.models.users import LoginKind, LoginName, User

__all__ = [
    "CODE_TRIES",
    "Access",
    "Address",
    "AddressHistory",
    "Approval",
    "ApprovalKind",
    "Correction",
    "Country",
    "Device",
    "DoorRequest",
    "Email",
    "EmailHistory",
    "GroupPermission",
    "GroupPermissionHistory",
    "LoginKind",
    "LoginName",
    "LoginNameHistory",
    "Membership",
    "MembershipHistory",
    "OwnPermission",
    "OwnPermissionHistory",
    "Passport",
    "PassportHistory",
    "Person",
    "PersonHistory",
    "Phone",
    "PhoneApp",
    "PhoneChange",
    "PhoneHistory",
    "PhoneKind",
    "RateCounter",
    "RecoveryCode",
    "RecoveryHold",
    "SignIn",
    "SlipToken",
    "TimelineEntry",
    "User",
    "UserHistory",
]
