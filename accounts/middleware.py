from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.shortcuts import redirect

ALWAYS_OPEN = {
    "accounts:password_change",
    "accounts:logout",
    "cabinet:help",
    "cabinet:no_access",
    "cabinet:no_sms",
    "cabinet:our_sms",
    "cabinet:words",
    "set_language",
}


class MustChangePassword:
    """A one-time password opens the change of the password and nothing else."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view_func, view_args, view_kwargs):
        user = request.user
        if not user.is_authenticated or not user.must_change_password:
            return None
        if request.resolver_match.view_name in ALWAYS_OPEN:
            return None
        return redirect("accounts:password_change")


BEFORE_THE_CODE = ALWAYS_OPEN | {"accounts:second_step"}


class StaffNeedsCode:
    """Members of the staff reach no page, their own or anybody's, before the second step."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view_func, view_args, view_kwargs):
        user = request.user
        if not settings.STAFF_TOTP or not user.is_authenticated or not user.is_staff:
            return None
        if user.is_verified() or request.resolver_match.view_name in BEFORE_THE_CODE:
            return None
        page = request.get_full_path() if request.method == "GET" else ""
        return redirect_to_login(page, "accounts:second_step")
