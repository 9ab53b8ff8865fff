"""The kinds of timeline entries that this app writes."""

from django.utils.translation import gettext_noop as _

from accounts.timeline import register

REGISTERED = "person-registered"
LOGIN_OPENED = "login-opened"
PASSWORD_ISSUED = "password-issued"
PASSWORD_RESET = "password-reset"
PASSWORD_CHANGED = "password-changed"
RECORDS_MERGED = "records-merged"
DATA_CORRECTED = "data-corrected"

register(REGISTERED, _("The centre wrote down your data."))
register(LOGIN_OPENED, _("The number %(number)s became your login."))
register(PASSWORD_ISSUED, _("The centre gave you a one-time password."))
register(PASSWORD_RESET, _("A new one-time password was asked for by SMS."))
register(PASSWORD_CHANGED, _("You chose a new password."))
register(
    RECORDS_MERGED,
    _("The centre joined two records of you. These numbers open the same cabinet: %(numbers)s."),
)
register(DATA_CORRECTED, _("The centre corrected your data: %(what)s."))

ISSUES = [PASSWORD_ISSUED, PASSWORD_RESET]
