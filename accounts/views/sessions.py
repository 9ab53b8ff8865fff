from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts import session_limits
from accounts.services import sign_ins


@require_safe
def sessions(request):
    rows = sign_ins.living(request.user)
    here = request.session.get(session_limits.SIGN_IN)
    return render(request, "accounts/sessions.html", {"rows": rows, "here": here})


@require_POST
def end_other_sessions(request):
    sign_ins.end_others(user=request.user, keep_id=request.session.get(session_limits.SIGN_IN))
    messages.success(request, _("On other phones and computers you are signed out."))
    return redirect("accounts:sessions")


@require_POST
def not_me(request, pk: int):
    if sign_ins.not_me(user=request.user, sign_in_id=pk):
        messages.warning(
            request,
            _("That session is ended. Change the password now: somebody else knows it."),
        )
        return redirect("accounts:password_change")
    return redirect("accounts:sessions")
