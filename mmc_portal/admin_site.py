from django.contrib.admin import AdminSite
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _


class PortalAdminSite(AdminSite):
    site_title = _("Migration centre")
    site_header = _("Migration centre: staff desk")
    index_title = _("Work of the day")
    enable_nav_sidebar = False

    def get_urls(self):
        """Pages of the desk that belong to no single model."""
        from desk import card, views
        from desk.find import find
        from desk.work_page import worklist
        from notifications import previews
        from payments import assist, check_desk, cheque_desk, reconciliation_page, till_desk

        own = [
            path("search/", self.admin_view(find), name="find"),
            path("work/<slug:name>/", self.admin_view(worklist), name="worklist"),
            path("card/<int:pk>/", self.admin_view(card.card), name="person_card"),
            path("card/<int:pk>/phones/", self.admin_view(card.phones), name="person_phones"),
            path("card/<int:pk>/note/", self.admin_view(card.note), name="person_note"),
            path("notifications/texts/", self.admin_view(previews.texts), name="message_texts"),
            path("hotline/", self.admin_view(views.hotline), name="hotline"),
            path("hotline/<int:pk>/", self.admin_view(views.call), name="hotline_call"),
            path("assist/<int:pk>/", self.admin_view(assist.assist), name="assist"),
            path(
                "assist/<int:pk>/cheque/",
                self.admin_view(cheque_desk.show_for),
                name="assist_cheque",
            ),
            path(
                "assist/<int:pk>/<slug:reference>.pdf",
                self.admin_view(assist.paper),
                name="assist_paper",
            ),
            path(
                "assist/<int:pk>/<slug:reference>/",
                self.admin_view(assist.receipt),
                name="assist_receipt",
            ),
            path(
                "assist/<int:pk>/<slug:reference>/till/",
                self.admin_view(till_desk.take),
                name="till_take",
            ),
            path("check/", self.admin_view(check_desk.check_paper), name="check_paper"),
            path(
                "assist/<int:pk>/<slug:reference>/bank/",
                self.admin_view(till_desk.ask_bank),
                name="till_ask_bank",
            ),
            path("tills/", self.admin_view(till_desk.report), name="till_report"),
            path(
                "reconciliation/",
                self.admin_view(reconciliation_page.report),
                name="reconciliation",
            ),
            path(
                "tills/<int:pk>/correct/", self.admin_view(till_desk.correct), name="till_correct"
            ),
        ]
        return [*own, *super().get_urls()]

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
