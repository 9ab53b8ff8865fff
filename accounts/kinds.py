"""The kinds of timeline entries that this app writes."""

from django.utils.translation import gettext_noop as _

from accounts.timeline import register

REGISTERED = "person-registered"
LOGIN_OPENED = "login-opened"
PASSWORD_ISSUED = "password-issued"
PASSWORD_RESET = "password-reset"
PASSWORD_CHANGED = "password-changed"
NEW_DEVICE = "new-device"
SESSION_REFUSED = "session-refused"
NUMBER_ASKED = "number-asked"
RESET_USED = "password-reset-used"
PHONE_ASKED = "phone-change-asked"
PHONE_BOUND = "phone-bound"
EMAIL_ASKED = "email-asked"
EMAIL_CONFIRMED = "email-confirmed"
ADDRESS_CHANGED = "address-changed"
RECOVERY_ASKED = "recovery-asked"
RECOVERY_STOPPED = "recovery-stopped"
RECOVERY_OPENED = "recovery-opened"
RECORDS_MERGED = "records-merged"
DATA_CORRECTED = "data-corrected"
DESK_PHONE_ASKED = "desk-phone-asked"
DESK_PHONE_REFUSED = "desk-phone-refused"
RESET_TO_OTHER_PHONE = "password-reset-other-phone"

register(REGISTERED, _("The centre wrote down your data."))
register(LOGIN_OPENED, _("The number %(number)s became your login."))
register(PASSWORD_ISSUED, _("The centre gave you a one-time password."))
register(PASSWORD_RESET, _("A new one-time password was asked for by SMS."))
register(PASSWORD_CHANGED, _("You chose a new password."))
register(NEW_DEVICE, _("The cabinet was opened on a new device: %(device)s."))
register(SESSION_REFUSED, _("You said “it was not me” and ended a session."))
register(NUMBER_ASKED, _("Your application number was sent to your phone by SMS."))
register(
    RESET_USED,
    _("Somebody entered with the password from the SMS. All other phones were signed out."),
)
register(PHONE_ASKED, _("A code was sent to a new number: %(phone)s."))
register(PHONE_BOUND, _("Your own number is now %(phone)s."))
register(EMAIL_ASKED, _("A letter with a link was sent to a new e-mail."))
register(EMAIL_CONFIRMED, _("You confirmed your e-mail."))
register(ADDRESS_CHANGED, _("You wrote down where you live."))
register(
    RECOVERY_ASKED,
    _("Access was asked for with the printed code. It opens in 24 hours for the phone %(phone)s."),
)
register(RECOVERY_STOPPED, _("You stopped the access that was asked for with the printed code."))
register(
    RECOVERY_OPENED,
    _("24 hours passed. A new password went to the phone %(phone)s. The old phones are off."),
)
register(
    RECORDS_MERGED,
    _("The centre joined two records of you. These numbers open the same cabinet: %(numbers)s."),
)
register(DESK_PHONE_ASKED, _("At the desk another phone was asked for: %(phone)s."))
register(DESK_PHONE_REFUSED, _("The centre refused the other phone: %(phone)s. Nothing changed."))
register(
    RESET_TO_OTHER_PHONE,
    _("The SMS did not arrive. A new password was sent to your other phone: %(phone)s."),
)
register(DATA_CORRECTED, _("The centre corrected your name, birth date or passport."))

ISSUES = [PASSWORD_ISSUED, RESET_USED]  # each of them killed the password before
WAITS = [PASSWORD_ISSUED, PASSWORD_RESET, RESET_USED, RECOVERY_OPENED]  # the same for waiting ones
