"""A code that was copied or typed: pure form, the check itself is elsewhere."""

from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from payments import codes, reference

LONGEST = 400  # an address, a code, and the spaces of a paper


class CodeForm(forms.Form):
    code = forms.CharField(
        label=gettext_lazy("Code or address under the QR"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4, "autocapitalize": "characters"}),
        error_messages={
            "required": gettext_lazy("Write the code that stands under the QR."),
            "max_length": gettext_lazy("This is longer than a code of the centre."),
        },
    )

    def clean_code(self) -> str:
        text = self.cleaned_data["code"]
        if "/" in text and not _is_ours(text):
            raise ValidationError(
                _("This is an address of another site. Codes of the centre open %(site)s.")
                % {"site": settings.PORTAL_URL}
            )
        if codes.is_voice(reference.normalise(text)):
            raise ValidationError(
                _("These nine letters are for the telephone. Call the hotline and say them.")
            )
        return codes.typed(text)


def _is_ours(text: str) -> bool:
    place = "".join(text.split()).casefold()
    host = urlsplit(settings.PORTAL_URL).netloc.casefold()
    return place.partition("://")[2].startswith(f"{host}/verify/")
