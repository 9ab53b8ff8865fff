"""The passwords that the demo people and the demo staff are promised."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import transaction

from accounts.models import User
from common import clock
from desk.demo.people import PASSWORD, STAFF


def make_staff() -> None:
    """One member of the staff in each group; the supervisor is no superuser."""
    for name in STAFF:
        user, _is_new = User.objects.get_or_create(
            username=name, defaults={"is_staff": True, "is_demo": True}
        )
        give(user, PASSWORD + name)
        user.groups.set(Group.objects.filter(name=name))


@transaction.atomic
def give(user: User, password: str, *, temporary: bool = False) -> None:
    """Let this password open the account; one that is already right is not hashed again."""
    if user.must_change_password == temporary and user.check_password(password) and not temporary:
        return
    life = timedelta(days=settings.TEMPORARY_PASSWORD_DAYS)
    user.set_password(password)
    user.must_change_password = temporary
    user.password_expires_at = clock.now() + life if temporary else None
    user.save()
