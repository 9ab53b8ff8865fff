from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from accounts import services, strength
from accounts.forms import PasswordForm
from accounts.services import sign_ins
from accounts.session_limits import SIGN_IN
from accounts.views.steps import get_or_post, home
from common.errors import Refusal


@get_or_post
@never_cache
@sensitive_post_parameters("old_password", "new_password1", "new_password2")
def change_password(request):
    form = PasswordForm(request.user, request.POST if request.method == "POST" else None)
    forced = request.user.must_change_password
    if form.is_valid() and _changed(request, form):
        messages.success(request, _said_after_change(forced))
        return redirect(home(request))
    context = {"form": form, "forced": forced, "strength": strength.WORDS}
    return render(request, "accounts/password_change.html", context)


def _changed(request, form: PasswordForm) -> bool:
    try:
        services.change_password(user=request.user, new_password=form.cleaned_data["new_password1"])
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return False
    update_session_auth_hash(request, request.user)  # the other sessions have the old hash
    _end_the_others(request)
    return True


def _end_the_others(request) -> None:
    here = request.session.get(SIGN_IN)
    sign_ins.end_others(user=request.user, keep_id=here)
    if here is not None:
        sign_ins.moved(sign_in_id=here, session_key=request.session.session_key)


def _said_after_change(forced: bool) -> str:
    if forced:
        return _("You have entered the personal cabinet of a foreign citizen!")
    return _("The password is changed. On other phones and computers you are signed out.")
