"""The operator's desk in tests."""

from django.contrib.auth.models import Group

from accounts.models import User
from tests.factories import UserFactory


def sign_in_as(client, role: str) -> User:
    """The client works in the name of somebody of this group."""
    user = UserFactory(is_staff=True)
    user.groups.add(Group.objects.get(name=role))
    client.force_login(user)
    return user
