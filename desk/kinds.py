"""The kinds of timeline entries that the desk writes."""

from django.utils.translation import gettext_noop as _

from accounts.timeline import register

CALL_ASKED = "desk.call_asked"
CALL_ANSWERED = "desk.call_answered"

register(CALL_ASKED, _("Somebody called the hotline about you. We sent a code to your phone."))
register(CALL_ANSWERED, _("You called the hotline and said the code."))
