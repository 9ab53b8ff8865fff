"""Statement files through the browser: kept at once, and a page that shows how far a worker is."""

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from payments.models import Statement, Upload
from payments.services.importing import registers, uploads
from payments.statements.errors import NotAStatement
from payments.statements.formats import must_not_be_too_big, parser_of

LATELY = 10
LOOK_AGAIN_SECONDS = 3


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "1CClientBankExchange, ГИС ГМП, camt.053 or a described register, as its sender gave it"
        ),
        error_messages={"required": _("Choose the file."), "empty": _("The file is empty.")},
    )

    def clean_file(self):
        """What shows at once is said at once; the lines are read by a worker."""
        file = self.cleaned_data["file"]
        try:
            must_not_be_too_big(file.size, settings.MAX_UPLOADED_STATEMENT_BYTES)
            parser_of(file, registers.parsers())
        except NotAStatement as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return file


class Uploads:
    """Pages of the statements' admin."""

    def get_urls(self):
        view = self.admin_site.admin_view
        named = [
            ("upload/", self.upload_view, "upload"),
            ("upload/<int:pk>/", self.uploaded_view, "uploaded"),
            ("upload/<int:pk>/again/", require_POST(self.again_view), "again"),
        ]
        own = [path(at, view(page), name=f"payments_statement_{name}") for at, page, name in named]
        return [*own, *super().get_urls()]

    def has_upload_permission(self, request):
        return request.user.has_perm("payments.add_statement")

    def upload_view(self, request):
        self._must_be_allowed(request)
        posted = (request.POST, request.FILES) if request.method == "POST" else ()
        form = UploadForm(*posted)
        if form.is_valid():
            file = form.cleaned_data["file"]
            upload = uploads.keep_upload(file=file, name=file.name, actor=request.user)
            return redirect("admin:payments_statement_uploaded", upload.pk)
        stopped = Upload.objects.stopped()
        found = {"form": form, "stopped": stopped.count(), "lately": _first_those(stopped)}
        return self._page(request, "upload", gettext("Upload a statement"), **found)

    def uploaded_view(self, request, pk):
        self._must_be_allowed(request)
        upload = get_object_or_404(Upload, pk=pk)
        state = uploads.state(upload)
        found = {
            "state": state,
            "upload": upload,
            "progress": uploads.progress(upload),
            "statements": Statement.objects.filter(content_hash=upload.content_hash).select_related(
                "account"
            ),
        }
        page = self._page(request, "uploaded", upload.name, **found)
        if state.goes_on:
            page["Refresh"] = LOOK_AGAIN_SECONDS
        return page

    def again_view(self, request, pk):
        self._must_be_allowed(request)
        uploads.start_again(get_object_or_404(Upload, pk=pk).pk)
        return redirect("admin:payments_statement_uploaded", pk)

    def _must_be_allowed(self, request) -> None:
        if not self.has_upload_permission(request):
            raise PermissionDenied

    def _page(self, request, name: str, title: str, **found):
        context = self.admin_site.each_context(request) | {"opts": self.opts, "title": title}
        return TemplateResponse(request, f"admin/payments/statement/{name}.html", context | found)


def _first_those(stopped: QuerySet[Upload]) -> list[Upload]:
    """All that wait for staff, then the last ones."""
    return [*stopped, *Upload.objects.exclude(pk__in=stopped.values("pk"))[:LATELY]]


def upload_of(statement: Statement) -> Upload | None:
    """Where an unfinished one is seen to go on, if it came through the browser."""
    if not statement.is_unfinished:
        return None
    return Upload.objects.filter(content_hash=statement.content_hash, lines=None).first()
