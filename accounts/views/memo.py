from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe


@login_not_required
@require_safe
def memo(request):
    """One sheet to print and to hang up: how to sign in, and what to do when it does not work."""
    return render(request, "accounts/memo.html", {"entering": _entering(), "lost": _lost()})


def _entering() -> list[tuple[str, str]]:
    """Drawings and their sentences, in the order of the steps."""
    return [
        ("slip", _("Take the slip from the centre. It has your number and a password.")),
        ("phone", _("Point the camera at the square, or type the address. Type the password.")),
        ("password", _("Think of your own password: at least 10 characters.")),
        ("own", _("Write down your own phone number. Only then may the SIM card be thrown away.")),
    ]


def _lost() -> list[tuple[str, str]]:
    return [
        ("sms", _("Forgot the password? Press “I cannot enter”. It comes by SMS, 3 a day.")),
        ("phone", _("Forgot the number? Press “Forgot the application number?”. It comes by SMS.")),
        ("code", _("No SIM card? Type the recovery code of the slip. It works after 24 hours.")),
        ("centre", _("Have none of it? Come to the centre with your passport. It costs nothing.")),
    ]
