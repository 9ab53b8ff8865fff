from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_safe

from accounts import services
from accounts.forms import RecoverForm
from accounts.views.steps import get_or_post
from common.errors import Refusal


@login_not_required
@get_or_post
@never_cache
@sensitive_post_parameters("code", "phone", "username")
def recover(request):
    form = RecoverForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and _asked(form):
        return redirect("accounts:recover_done")
    return render(request, "accounts/recover.html", {"form": form})


@login_not_required
@require_safe
def recover_done(request):
    return render(request, "accounts/recover_done.html")


def _asked(form: RecoverForm) -> bool:
    typed = form.cleaned_data
    try:
        services.ask_recovery(number=typed["username"], code=typed["code"], phone=typed["phone"])
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return False
    return True
