from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from accounts import devices, services, session_limits, slip, throttle
from accounts.forms import LoginForm, NumberForm
from accounts.services import entrance, sign_ins
from accounts.views.steps import get_or_post, home, wanted
from common import languages


@login_not_required
@get_or_post
@never_cache
@sensitive_post_parameters("password")
def log_in(request):
    if request.user.is_authenticated:
        return redirect(home(request))
    form = _login_form(request)
    if form.is_valid():
        return _entered(request, form)
    context = {
        "form": form,
        "next": wanted(request),
        "timed_out": request.session.pop(session_limits.TIMED_OUT, False),
    }
    return render(request, "accounts/login.html", context)


def _login_form(request) -> LoginForm:
    if request.method == "POST":
        return LoginForm(request, request.POST)
    number = slip.number_of_token(request.GET.get("t", ""))
    initial = {"username": number} if number else None
    return LoginForm(request, picture=throttle.picture_at_once(request), initial=initial)


def _entered(request, form: LoginForm):
    borrowed = form.cleaned_data["borrowed"]
    token = devices.token_for(request)
    login(request, form.user)
    sign_in = entrance.enter(
        user=form.user,
        session_key=request.session.session_key,
        token_hash=devices.hashed(token),
        label=devices.label_of(request),
        source=devices.source_of(request),
        borrowed=borrowed,
    )
    request.session[session_limits.SIGN_IN] = sign_in.pk
    response = redirect(home(request))
    if person := getattr(form.user, "person", None):
        languages.greet(request, response, person.language, once=borrowed)
    if borrowed:
        request.session[session_limits.BORROWED] = True
    else:
        devices.remember(response, token)
    return response


@login_not_required
@require_POST
def log_out(request):
    borrowed = request.session.get(session_limits.BORROWED)
    if session_limits.SIGN_IN in request.session:
        sign_ins.end(sign_in_id=request.session[session_limits.SIGN_IN])
    logout(request)
    response = redirect("cabinet:landing")
    response["Clear-Site-Data"] = '"cache", "storage"' if borrowed else '"cache"'
    return response


@login_not_required
@get_or_post
@never_cache
def forgot_number(request):
    form = NumberForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        services.tell_numbers(phone=form.cleaned_data["phone"], source=devices.source_of(request))
        return redirect("accounts:number_sent")
    return render(request, "accounts/forgot_number.html", {"form": form})


@login_not_required
@require_safe
def number_sent(request):
    return render(request, "accounts/number_sent.html")
