"""Accounts and people keep their history; passwords, even hashed, are no part of it.

Who is in which group, and what a group may do, stand in tables that Django makes: a proxy of each
carries the triggers.
"""

from django.contrib.auth.models import Group
from django.utils.translation import gettext_lazy as _

from accounts.models.contacts import Address, Email
from accounts.models.people import Passport, Person, Phone
from accounts.models.users import LoginName, User
from journal.history import keep_history


class Membership(User.groups.through):
    class Meta:
        proxy = True
        verbose_name = _("membership in a group")
        verbose_name_plural = _("memberships in groups")


class OwnPermission(User.user_permissions.through):
    class Meta:
        proxy = True
        verbose_name = _("permission of one account")
        verbose_name_plural = _("permissions of single accounts")


class GroupPermission(Group.permissions.through):
    class Meta:
        proxy = True
        verbose_name = _("permission of a group")
        verbose_name_plural = _("permissions of groups")


UserHistory = keep_history(User, exclude=["password", "waiting_password", "last_login"])
LoginNameHistory = keep_history(LoginName)
PersonHistory = keep_history(Person, exclude=["written"])
PhoneHistory = keep_history(Phone)
PassportHistory = keep_history(Passport)
EmailHistory = keep_history(Email, exclude=["token_hash"])
AddressHistory = keep_history(Address)
MembershipHistory = keep_history(Membership)
OwnPermissionHistory = keep_history(OwnPermission)
GroupPermissionHistory = keep_history(GroupPermission)
