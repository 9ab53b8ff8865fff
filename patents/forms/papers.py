"""A paper of an application as an operator writes it down."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from accounts.forms.people import DayField
from common import clock
from patents import papers
from patents.models import Paper, PaperState
from patents.services.papers import MIGRATION_CARD

FIELDS = ["state", "handed_on", "number", "issued_on", "valid_until", "remark"]


class PaperForm(forms.Form):
    state = forms.ChoiceField(label=_("State"), choices=PaperState)
    handed_on = DayField(label=_("Handed in on"), initial=clock.today)
    number = forms.CharField(label=_("Number"), max_length=40, required=False)
    issued_on = DayField(label=_("Issued on"), required=False)
    valid_until = DayField(label=_("Valid until"), required=False, help_text=_("Included."))
    remark = forms.CharField(
        label=_("Remark"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("What has to be mended. The person reads these words."),
    )

    def __init__(self, *args, kind, **kwargs):
        super().__init__(*args, **kwargs)
        self.kind = kind

    @classmethod
    def about(cls, kind, paper: Paper | None, data=None):
        """The form with what is known now."""
        known = {name: getattr(paper, name) for name in FIELDS} if paper else {}
        return cls(data, kind=kind, initial=known)

    def fieldsets(self) -> list:
        return [(None, {"fields": list(self.fields)})]

    def clean_number(self):
        text = self.cleaned_data["number"].strip()
        is_card = self.kind.slug == MIGRATION_CARD
        return papers.migration_card(text) if text and is_card else text

    def clean(self):
        facts = super().clean()
        if facts.get("state") == PaperState.MEND and not facts.get("remark"):
            words = _t("Write what has to be mended, in words that the person understands.")
            self.add_error("remark", ValidationError(words))
        return facts
