from django.contrib.admin import AdminSite
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _


class PortalAdminSite(AdminSite):
    site_title = _("Migration centre")
    site_header = _("Migration centre: staff desk")
    index_title = _("Work of the day")
    enable_nav_sidebar = False

    @method_decorator(login_not_required)
    def login(self, request, extra_context=None):
        """There is one door, with its limits: the admin has none of its own."""
        if self.has_permission(request):
            return redirect("admin:index")
        if request.user.is_authenticated:
            return redirect("cabinet:home")
        return redirect_to_login(request.GET.get("next", ""), "accounts:login")

    def password_change(self, request, extra_context=None):
        return redirect("accounts:password_change")

    def password_change_done(self, request, extra_context=None):
        return redirect("admin:index")

    def logout(self, request, extra_context=None):
        from accounts.views import log_out

        return log_out(request)

    def autocomplete_view(self, request):
        """No field of ours uses it, and it would show names of people without a trace."""
        raise Http404
