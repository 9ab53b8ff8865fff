from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout, update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import services
from accounts.forms import LoginForm, PasswordForm, ResetForm
from common.errors import Refusal

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@login_not_required
@get_or_post
@never_cache
@sensitive_post_parameters("password")
def log_in(request):
    if request.user.is_authenticated:
        return redirect(_home(request))
    form = LoginForm(request, request.POST if request.method == "POST" else None)
    if form.is_valid():
        login(request, form.user)
        return redirect(_home(request))
    return render(request, "accounts/login.html", {"form": form, "next": _wanted(request)})


@login_not_required
@require_POST
def log_out(request):
    logout(request)
    return redirect("cabinet:landing")


@get_or_post
@never_cache
@sensitive_post_parameters("old_password", "new_password1", "new_password2")
def change_password(request):
    form = PasswordForm(request.user, request.POST if request.method == "POST" else None)
    forced = request.user.must_change_password
    if form.is_valid() and _changed(request, form):
        messages.success(request, _said_after_change(forced))
        return redirect(_home(request))
    return render(request, "accounts/password_change.html", {"form": form, "forced": forced})


@login_not_required
@get_or_post
@never_cache
def reset_password(request):
    form = ResetForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and _asked(form):
        return redirect("accounts:password_reset_done")
    return render(
        request, "accounts/password_reset.html", {"form": form, "limit": settings.RESETS_A_DAY}
    )


@login_not_required
@require_safe
def reset_done(request):
    return render(request, "accounts/password_reset_done.html")


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


def _asked(form: ResetForm) -> bool:
    try:
        services.ask_reset(number=form.cleaned_data["username"], phone=form.cleaned_data["phone"])
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def _home(request) -> str:
    """Where a person goes after the door: the page asked for before, the desk or the cabinet."""
    return _wanted(request) or resolve_url(
        "admin:index" if request.user.is_staff else "cabinet:home"
    )


def _wanted(request) -> str:
    """`next`, when it is a page of this portal."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if safe else ""
