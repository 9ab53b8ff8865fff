"""What can be done with people, their logins and their passwords."""

from accounts.services.numbers import tell_numbers
from accounts.services.passwords import change_password, issue_password
from accounts.services.people import account_of, create_person, open_login
from accounts.services.records import record
from accounts.services.resets import ask_reset
from accounts.services.staff import allow_signing_in, issue_staff_password, open_staff

__all__ = [
    "account_of",
    "allow_signing_in",
    "ask_reset",
    "change_password",
    "create_person",
    "issue_password",
    "issue_staff_password",
    "open_login",
    "open_staff",
    "record",
    "tell_numbers",
]
