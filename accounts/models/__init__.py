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
from accounts.models.desk import Approval, ApprovalKind, Correction
from accounts.models.history import (
    LoginNameHistory,
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
from accounts.models.users import LoginKind, LoginName, User

__all__ = [
    "CODE_TRIES",
    "Address",
    "Approval",
    "ApprovalKind",
    "Correction",
    "Country",
    "Device",
    "DoorRequest",
    "Email",
    "LoginKind",
    "LoginName",
    "LoginNameHistory",
    "Passport",
    "PassportHistory",
    "Person",
    "PersonHistory",
    "Phone",
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
