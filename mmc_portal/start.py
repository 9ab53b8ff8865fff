"""What a process checks before it serves anybody."""

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError


def refuse_demo_people() -> None:
    """Their passwords stand in the README: outside the local mode nobody starts beside them.

    A database that is away or not yet migrated is somebody else's alarm.
    """
    if settings.LOCAL:
        return
    from accounts.models import User

    try:
        found = User.objects.filter(is_demo=True).exists()
    except DatabaseError:
        return
    if found:
        raise ImproperlyConfigured("Demo people live in this database: it is not for production.")
