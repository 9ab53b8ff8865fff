"""Files that the folder refused, with the reason and the line of each."""

from django.core.paginator import Paginator
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from payments.models import RefusedFile
from payments.services.importing import refused

ON_A_PAGE = 50


class RefusedFiles:
    """Pages of the statements' admin, beside those of uploads."""

    def get_urls(self):
        view = self.admin_site.admin_view
        refused_page, seen = (
            view(require_safe(self.refused_view)),
            view(require_POST(self.seen_view)),
        )
        return [
            path("refused/", refused_page, name="payments_statement_refused"),
            path("refused/<int:pk>/seen/", seen, name="payments_statement_seen"),
            *super().get_urls(),
        ]

    def refused_view(self, request):
        self._must_be_allowed(request)
        files = RefusedFile.objects.unseen().order_by("refused_at", "pk")
        page = Paginator(files, ON_A_PAGE).get_page(request.GET.get("page"))
        return self._page(request, "refused", gettext("Refused files"), page=page)

    def seen_view(self, request, pk):
        self._must_be_allowed(request)
        refused.see(refused_id=pk, actor=request.user)
        return redirect("admin:payments_statement_refused")
