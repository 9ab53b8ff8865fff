from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from accounts.forms import LoginForm
from accounts.views.steps import get_or_post, home, wanted


@login_not_required
@get_or_post
@never_cache
@sensitive_post_parameters("password")
def log_in(request):
    if request.user.is_authenticated:
        return redirect(home(request))
    form = LoginForm(request, request.POST if request.method == "POST" else None)
    if form.is_valid():
        login(request, form.user)
        return redirect(home(request))
    return render(request, "accounts/login.html", {"form": form, "next": wanted(request)})


@login_not_required
@require_POST
def log_out(request):
    logout(request)
    return redirect("cabinet:landing")
