from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts import services
from accounts.forms import ResetForm
from accounts.views.steps import get_or_post
from common.errors import Refusal


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


def _asked(form: ResetForm) -> bool:
    try:
        services.ask_reset(number=form.cleaned_data["username"], phone=form.cleaned_data["phone"])
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return False
    return True
