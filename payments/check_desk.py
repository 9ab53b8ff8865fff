"""Staff check a paper: a number, a scanned code, or a picture of it.

Everything goes by POST: what is typed here is about somebody, and addresses are logged.
"""

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from journal.services import record_looks
from payments import scan
from payments.checking import Answer, check

LONGEST = 2000  # a bank's code is a thousand characters at most


class CheckForm(forms.Form):
    text = forms.CharField(
        label=_("Number or scanned code"),
        max_length=LONGEST,
        required=False,
        help_text=_(
            "Number of the receipt or of the cheque, INN, application number; "
            "or scan the code of the receipt (ST0001…) or of the cheque (t=…&s=…)."
        ),
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off", "spellcheck": "false"}),
    )
    picture = forms.FileField(
        label=_("Or a picture of the paper"),
        required=False,
        help_text=_("JPG, PNG or PDF, up to 5 MB. It is not kept."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,application/pdf"}),
    )

    def clean_picture(self) -> list[bytes]:
        upload: UploadedFile | None = self.cleaned_data["picture"]
        if not upload:
            return []
        codes = scan.codes_in(upload)
        if not codes:
            raise forms.ValidationError(
                _t("There is no code in this picture. Take it nearer and in good light.")
            )
        return codes

    def clean(self):
        said = super().clean()
        typed = (said.get("text") or "").strip()
        if not typed and not said.get("picture") and not self.errors:
            raise forms.ValidationError(_t("Type a number, scan a code or choose a picture."))
        return said | {"said": [typed] if typed else said.get("picture", [])}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check_paper(request):
    if not request.user.has_perm("payments.view_receipt"):
        raise PermissionDenied
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = CheckForm(*sent)
    answers = [check(one) for one in form.cleaned_data["said"]] if form.is_valid() else []
    _looked(request, answers)
    context = admin.site.each_context(request) | {
        "title": _t("Check a receipt or a cheque"),
        "form": form,
        "answers": answers,
    }
    return TemplateResponse(request, "admin/check_paper.html", context)


def _looked(request, answers: list[Answer]) -> None:
    people = {person for answer in answers for person in answer.people}
    record_looks(actor_id=request.user.pk, person_ids=people, page="check paper")
