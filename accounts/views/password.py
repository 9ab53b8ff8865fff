from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from accounts import services
from accounts.forms import PasswordForm
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
    return render(request, "accounts/password_change.html", {"form": form, "forced": forced})


def _changed(request, form: PasswordForm) -> bool:
    try:
        services.change_password(user=request.user, new_password=form.cleaned_data["new_password1"])
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return False
    update_session_auth_hash(request, request.user)  # the other sessions have the old hash
    return True


def _said_after_change(forced: bool) -> str:
    if forced:
        return _("You have entered the personal cabinet of a foreign citizen!")
    return _("The password is changed. On other phones and computers you are signed out.")
