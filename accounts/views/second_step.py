"""The second step of the staff. Migrants never come here."""

import segno
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django_otp import login as remember_device

from accounts.forms.second_step import NewDeviceForm, SecondStepForm
from accounts.services import second_steps
from accounts.views.steps import get_or_post, home, wanted


@get_or_post
@never_cache
@sensitive_post_parameters("code")
def second_step(request):
    """Asked after the password on every staff page; the first time it shows the new secret."""
    if not request.user.is_staff:
        raise PermissionDenied
    if request.user.is_verified():
        return redirect(home(request))
    known = second_steps.has_second_step(request.user)
    return _ask(request) if known else _enrol(request)


def _ask(request):
    form = SecondStepForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        code = form.cleaned_data["code"]
        device = second_steps.check_second_step(user=request.user, code=code)
        if device:
            _let_in(request, device)
            return redirect(home(request))
        form.add_error("code", _wrong())
    return render(request, "accounts/second_step.html", {"form": form, "next": wanted(request)})


@sensitive_variables()
def _enrol(request):
    form = NewDeviceForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        made = second_steps.confirm_device(user=request.user, code=form.cleaned_data["code"])
        if made:
            device, codes = made
            _let_in(request, device)
            context = {"codes": codes, "onward": home(request)}
            return render(request, "accounts/backup_codes.html", context)
        form.add_error("code", _wrong())
    device = second_steps.offered_device(user=request.user)
    context = {"form": form, "next": wanted(request), **_secret(device)}
    return render(request, "accounts/second_step_new.html", context)


def _secret(device) -> dict:
    address = device.config_url
    key = address.partition("secret=")[2].partition("&")[0]
    groups = " ".join(key[at : at + 4] for at in range(0, len(key), 4))
    picture = segno.make(address, error="m").svg_inline(scale=4, border=4, light="#fff")
    return {"picture": picture, "key": groups}


def _let_in(request, device) -> None:
    request.session.cycle_key()  # what was known before the code opens nothing after it
    remember_device(request, device)


def _wrong() -> str:
    return _("The code is wrong or was used already. Wait for the next one and write it.")
