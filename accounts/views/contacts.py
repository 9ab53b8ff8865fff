"""«Контакты»: phones, e-mail, address; and the way to stop a recovery that is not one's own."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from accounts import limits, services
from accounts.contacts import contacts_of
from accounts.forms import AddressForm, CodeForm, EmailForm, PhoneForm
from accounts.models import PhoneChange
from accounts.owner import person_of
from accounts.views.steps import get_or_post
from common import clock
from common.errors import Refusal

PASSWORDS_AN_HOUR = 10


@require_safe
@never_cache
def contacts(request):
    person = person_of(request)
    return render(request, "accounts/contacts.html", {"contacts": contacts_of(person)})


@get_or_post
@never_cache
@sensitive_post_parameters("password", "phone")
def change_phone(request):
    person = person_of(request)
    form = PhoneForm(request.user, _typed(request))
    if _is_guessing(request):
        form = PhoneForm(request.user)
        messages.warning(request, _("Too many tries. Wait an hour or call the hotline."))
    elif form.is_valid() and _done(
        form, services.ask_phone_change, person=person, number=form.cleaned_data["phone"]
    ):
        return redirect("accounts:phone_code")
    closed_until = services.phone_change_opens_at(person)
    context = {"form": form, "closed_until": closed_until}
    return render(request, "accounts/phone_change.html", context)


def _is_guessing(request) -> bool:
    """Somebody at an open cabinet tries passwords; each try counts before it is hashed."""
    key = limits.hashed("phone-password", request.user.pk)
    return request.method == "POST" and not limits.take(
        "phone-password", key, limits.HOUR, PASSWORDS_AN_HOUR
    )


@get_or_post
@never_cache
@sensitive_post_parameters("code")
def phone_code(request):
    person = person_of(request)
    change = PhoneChange.objects.open().filter(person=person, expires_at__gt=clock.now()).first()
    if change is None:
        return redirect("accounts:phone_change")
    form = CodeForm(_typed(request))
    if form.is_valid() and _done(
        form, services.confirm_phone, person=person, code=form.cleaned_data["code"]
    ):
        messages.success(request, _("The number is bound. SMS come to it now."))
        return redirect("accounts:contacts")
    return render(request, "accounts/phone_code.html", {"form": form, "change": change})


@get_or_post
@never_cache
def change_email(request):
    person = person_of(request)
    form = EmailForm(_typed(request))
    if form.is_valid() and _done(
        form, services.ask_email, person=person, address=form.cleaned_data["email"]
    ):
        messages.success(request, _("A letter is on its way. Open the link in it."))
        return redirect("accounts:contacts")
    return render(request, "accounts/email_change.html", {"form": form})


@login_not_required
@get_or_post
@never_cache
def confirm_email(request, token):
    """The mail's own machines open links too: only the button confirms."""
    if request.method != "POST":
        context = {"waits": services.email_waits(token=token), "token": token}
        return render(request, "accounts/email_confirm.html", context)
    try:
        services.confirm_email(token=token)
    except Refusal:
        return render(request, "accounts/email_confirm.html", {"waits": False})
    return render(request, "accounts/email_confirm.html", {"confirmed": True})


@get_or_post
@never_cache
def change_address(request):
    person = person_of(request)
    form = AddressForm(_typed(request))
    if form.is_valid():
        services.change_address(person=person, text=form.cleaned_data["address"])
        messages.success(request, _("The address is written down."))
        return redirect("accounts:contacts")
    return render(request, "accounts/address_change.html", {"form": form})


@require_POST
def stop_recovery(request):
    if services.stop_recovery(person=person_of(request)):
        messages.success(request, _("Stopped. Nobody gets into your cabinet with that code."))
    return redirect("accounts:contacts")


def _typed(request):
    return request.POST if request.method == "POST" else None


def _done(form, service, **wanted) -> bool:
    """Ask a service; what it refuses stands above the form."""
    try:
        service(**wanted)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return False
    return True
