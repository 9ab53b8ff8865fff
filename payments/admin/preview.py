"""A page that shows what a file would do, before anything of it is money."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from common.errors import Refusal
from journal.services import record_looks
from payments.services.importing import preview


class LookForm(forms.Form):
    file = forms.FileField(
        label=_("File"),
        help_text=_("A register, or another small statement. Nothing of it is kept."),
        error_messages={"required": _("Choose the file."), "empty": _("The file is empty.")},
    )


class Previewed:
    """Of the list of statements: look at a file first."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.preview_view)
        return [path("preview/", view, name="payments_statement_preview"), *super().get_urls()]

    def preview_view(self, request):
        if not self.has_upload_permission(request):
            raise PermissionDenied
        posted = (request.POST, request.FILES) if request.method == "POST" else ()
        form = LookForm(*posted)
        found = _looked(request, form) if form.is_valid() else None
        context = self.admin_site.each_context(request) | {
            "form": form,
            "found": found,
            "opts": self.opts,
            "title": gettext("What a file would do"),
        }
        return TemplateResponse(request, "admin/payments/statement/preview.html", context)


def _looked(request, form: LookForm) -> preview.Preview | None:
    file = form.cleaned_data["file"]
    try:
        found = preview.look(content=file, name=file.name)
    except Refusal as refusal:
        form.add_error("file", str(refusal))
        return None
    record_looks(actor_id=request.user.pk, person_ids=found.people, page="preview of a statement")
    return found
