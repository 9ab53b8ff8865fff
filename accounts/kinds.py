"""The kinds of timeline entries that this app writes."""

from django.utils.translation import gettext_noop as _

from accounts.timeline import register

REGISTERED = register("person-registered", _("The centre wrote down your data."))
LOGIN_OPENED = register("login-opened", _("The number %(number)s became your login."))
PASSWORD_ISSUED = register("password-issued", _("The centre gave you a one-time password."))
PASSWORD_RESET = register("password-reset", _("A new one-time password was asked for by SMS."))
PASSWORD_CHANGED = register("password-changed", _("You chose a new password."))
NEW_DEVICE = register("new-device", _("The cabinet was opened on a new device: %(device)s."))
SESSION_REFUSED = register("session-refused", _("You said “it was not me” and ended a session."))
NOT_ME = register(
    "not-me-by-sms",
    _("An SMS from the phone %(phone)s said “NOT ME”. All phones were signed out."),
)
SAID_NUMBER_STOPPED = register(
    "said-number-stopped",
    _(
        "The phone that you named at the centre asked for no more SMS. Is it not yours? Tell the "
        "centre your number. SMS are switched on again in the settings."
    ),
)
NUMBER_DISOWNED = register(
    "number-disowned",
    _(
        "Whoever has the phone %(phone)s wrote “NOT ME”. We send nothing about you there any more. "
        "Is it yours? Confirm it with a code. If not, tell the centre your number."
    ),
)
NUMBER_ASKED = register("number-asked", _("Your application number was sent to your phone by SMS."))
RESET_USED = register(
    "password-reset-used",
    _("Somebody entered with the password from the SMS. All other phones were signed out."),
)
PHONE_ASKED = register("phone-change-asked", _("A code was sent to a new number: %(phone)s."))
PHONE_BOUND = register("phone-bound", _("Your own number is now %(phone)s."))
EMAIL_ASKED = register("email-asked", _("A letter with a link was sent to a new e-mail."))
EMAIL_CONFIRMED = register("email-confirmed", _("You confirmed your e-mail."))
ADDRESS_CHANGED = register("address-changed", _("You wrote down where you live."))
RECOVERY_ASKED = register(
    "recovery-asked",
    _("Access was asked for with the printed code. It opens in 24 hours for the phone %(phone)s."),
)
RECOVERY_STOPPED = register(
    "recovery-stopped", _("You stopped the access that was asked for with the printed code.")
)
RECOVERY_OPENED = register(
    "recovery-opened",
    _("24 hours passed. A new password went to the phone %(phone)s. The old phones are off."),
)
RECORDS_MERGED = register(
    "records-merged",
    _("The centre joined two records of you. These numbers open the same cabinet: %(numbers)s."),
)
DESK_PHONE_ASKED = register(
    "desk-phone-asked", _("At the desk another phone was asked for: %(phone)s.")
)
DESK_PHONE_REFUSED = register(
    "desk-phone-refused", _("The centre refused the other phone: %(phone)s. Nothing changed.")
)
RESET_TO_OTHER_PHONE = register(
    "password-reset-other-phone",
    _("The SMS did not arrive. A new password was sent to your other phone: %(phone)s."),
)
ACCOUNT_CLOSED = register("account-closed", _("The centre closed your cabinet."))
ACCOUNT_OPENED = register("account-opened", _("The centre opened your cabinet again."))
ACCOUNT_GIVEN_UP = register(
    "account-given-up", _("The centre deleted the access to your cabinet: nobody can enter it.")
)
DATA_CORRECTED = register(
    "data-corrected", _("The centre corrected your name, birth date or passport.")
)
SETTINGS_CHOSEN = register(
    "settings-chosen", _("You changed the settings: the language or the topics of messages.")
)
LETTERS_STOPPED = register(
    "letters-stopped", _("Letters about one topic were stopped by the link in a letter.")
)
LETTERS_AGAIN = register(
    "letters-again", _("Letters about one topic were switched on by the link in a letter.")
)
SMS_STOPPED = register("sms-stopped", _("SMS were stopped by an SMS from your phone."))
SMS_AGAIN = register("sms-again", _("SMS were switched on by an SMS from your phone."))

ISSUES = [PASSWORD_ISSUED, RESET_USED]  # each of them killed the password before
WAITS = [PASSWORD_ISSUED, PASSWORD_RESET, RESET_USED, RECOVERY_OPENED]  # the same for waiting ones
