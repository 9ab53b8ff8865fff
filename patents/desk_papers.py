"""Papers on the card of an application: what is needed, what was handed in, a form for each."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _t

from common import clock
from common.errors import Refusal
from journal.services import record_look
from patents import services
from patents.forms import PaperForm
from patents.models import Application, DocumentKind, Paper


@dataclass(frozen=True, slots=True)
class PaperRow:
    kind: DocumentKind
    paper: Paper | None


def rows_of(application: Application) -> list[PaperRow]:
    """The papers that the ground needs today, and those that were handed in beside them."""
    known = {paper.kind_id: paper for paper in application.papers.all()}
    kinds = DocumentKind.objects.all()
    needed = set(kinds.shown(clock.today()).needed_for(application.ground))
    return [
        PaperRow(kind, known.get(kind.pk))
        for kind in kinds.order_by("rank", "pk")
        if kind in needed or kind.pk in known
    ]


class PapersOfAnApplication:
    """A mixin of the applications' admin."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.paper_view)
        address = "<int:pk>/paper/<slug:slug>/"
        return [path(address, view, name="patents_application_paper"), *super().get_urls()]

    def paper_view(self, request, pk: int, slug: str):
        if not request.user.has_perm("patents.change_application"):
            raise PermissionDenied
        application = self._application(request, pk)
        kind = get_object_or_404(DocumentKind, slug=slug)
        record_look(
            actor_id=request.user.pk, person_id=application.person_id, page="application/paper"
        )
        paper = application.papers.filter(kind=kind).first()
        form = PaperForm.about(kind, paper, request.POST if request.method == "POST" else None)
        return self._paper_written(request, application, form) or self._form_page(
            request,
            form,
            str(kind),
            _t("Save"),
            application=application,
            back=_card(application),
        )

    def _paper_written(self, request, application, form):
        if not form.is_valid():
            return None
        try:
            services.record_paper(
                application=application, kind=form.kind, actor=request.user, **form.cleaned_data
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            return None
        messages.success(request, _t("Written down: %s.") % form.kind)
        return redirect(_card(application))


def _card(application: Application) -> str:
    return reverse("admin:patents_application_change", args=[application.pk])
