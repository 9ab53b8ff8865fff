"""Accounts and people keep their history; passwords, even hashed, are no part of it."""

from accounts.models.people import Passport, Person, Phone
from accounts.models.users import LoginName, User
from journal.history import keep_history

UserHistory = keep_history(User, exclude=["password", "waiting_password", "last_login"])
LoginNameHistory = keep_history(LoginName)
PersonHistory = keep_history(Person)
PhoneHistory = keep_history(Phone)
PassportHistory = keep_history(Passport)
