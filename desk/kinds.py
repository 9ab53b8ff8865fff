"""The kinds of timeline entries that the desk writes."""

from django.utils.translation import gettext_noop as _

from accounts.timeline import register

CALL_ASKED = register(
    "desk.call_asked", _("Somebody called the hotline about you. We sent a code to your phone.")
)
CALL_ANSWERED = register("desk.call_answered", _("You called the hotline and said the code."))
