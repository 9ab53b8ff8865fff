"""What staff write about an item of the feed, and the file of the Ministry."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from common import identifiers
from patents.models import Application


def _reason() -> forms.CharField:
    return forms.CharField(
        label=_("Why"),
        max_length=300,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        error_messages={"required": _("Write why you decide so.")},
    )


class AssignForm(forms.Form):
    """Which application the item is really about."""

    number = forms.CharField(
        label=_("Application number"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": _("Write the number of the application.")},
    )
    reason = _reason()

    def clean_number(self):
        number = identifiers.application_number(self.cleaned_data["number"])
        self.application = Application.objects.filter(number=number).first()
        if self.application is None:
            raise forms.ValidationError(_t("There is no application with this number."))
        return number


class SetAsideForm(forms.Form):
    reason = _reason()


class FeedFileForm(forms.Form):
    file = forms.FileField(
        label=_("File"),
        help_text=_("A file of the Interior Ministry: one item a line."),
        error_messages={"required": _("Choose the file."), "empty": _("The file is empty.")},
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > settings.MAX_FEED_FILE_BYTES:
            raise forms.ValidationError(_t("The file is too large."))
        return file
