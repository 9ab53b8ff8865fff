"""What can be done with people, their logins and their passwords."""

from accounts.services.contacts import ask_email, change_address, confirm_email, email_waits
from accounts.services.numbers import tell_numbers
from accounts.services.openings import Newcomer, bring_people
from accounts.services.passwords import (
    adopt_waiting,
    change_password,
    issue_password,
    let_wait,
    waits,
)
from accounts.services.people import account_of, create_person, open_login
from accounts.services.phones import (
    ask_phone_change,
    bind_phone,
    confirm_phone,
    phone_change_opens_at,
)
from accounts.services.records import record, record_many, record_of_many
from accounts.services.recovery import ask_recovery, issue_recovery_code, stop_recovery
from accounts.services.resets import ask_reset
from accounts.services.staff import allow_signing_in, issue_staff_password, open_staff
from accounts.services.wishes import choose_settings, choose_topics, speak, wishes_of

__all__ = [
    "Newcomer",
    "account_of",
    "adopt_waiting",
    "allow_signing_in",
    "ask_email",
    "ask_phone_change",
    "ask_recovery",
    "ask_reset",
    "bind_phone",
    "bring_people",
    "change_address",
    "change_password",
    "choose_settings",
    "choose_topics",
    "confirm_email",
    "confirm_phone",
    "create_person",
    "email_waits",
    "issue_password",
    "issue_recovery_code",
    "issue_staff_password",
    "let_wait",
    "open_login",
    "open_staff",
    "phone_change_opens_at",
    "record",
    "record_many",
    "record_of_many",
    "stop_recovery",
    "tell_numbers",
    "speak",
    "waits",
    "wishes_of",
]
