"""How a person gets into the cabinet today, in the staff's words."""

from django.utils import timezone
from django.utils.translation import gettext

from accounts.models import User
from common import formats


def access_of(user: User | None) -> str:
    if user is None:
        return gettext("no login yet")
    if not user.is_active:
        return gettext("closed")
    if user.must_change_password:
        until = formats.day_year(timezone.localtime(user.password_expires_at).date())
        return gettext("one-time password until %(day)s") % {"day": until}
    return gettext("own password") if user.has_usable_password() else gettext("no password yet")
