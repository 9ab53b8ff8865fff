from io import BytesIO

from captcha.models import CaptchaStore
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from ranged_response import RangedFileResponse

from accounts import devices, services, speech
from accounts.forms import ResetForm
from accounts.views.steps import get_or_post
from common.errors import Refusal


@login_not_required
@get_or_post
@never_cache
def reset_password(request):
    form = ResetForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and (left := _asked(request, form)) is not None:
        return redirect(reverse("accounts:password_reset_done") + f"?left={left}")
    return render(
        request, "accounts/password_reset.html", {"form": form, "limit": settings.RESETS_A_DAY}
    )


@login_not_required
@require_safe
@never_cache
def reset_done(request):
    """How many are left is what the counter said for the number typed, known or not."""
    left = request.GET.get("left", "")
    known = left.isascii() and left.isdigit() and int(left) < settings.RESETS_A_DAY
    return render(
        request, "accounts/password_reset_done.html", {"left": int(left) if known else None}
    )


@login_not_required
@require_safe
@never_cache
def spoken_code(request, key):
    """The digits of a picture as sound."""
    store = CaptchaStore.objects.filter(hashkey=key).first()
    if store is None:
        raise Http404
    seed = salted_hmac("accounts.speech", key).hexdigest()
    sound = BytesIO(speech.spoken(store.response, seed))
    return RangedFileResponse(request, sound, content_type="audio/wav")


def _asked(request, form: ResetForm) -> int | None:
    """How many are left today; None when there are none."""
    number, phone = form.cleaned_data["username"], form.cleaned_data["phone"]
    try:
        device = devices.known(request, number)
        return services.ask_reset(number=number, phone=phone, device=device)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return None
