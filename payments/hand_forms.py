"""Whose the money of a line is, as staff type it: by numbers of applications and receipts."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from accounts.forms.people import DayField
from patents.models import Application
from payments import reference
from payments.claim_forms import RoublesField
from payments.models import Placement, Receipt
from payments.services.deciding.by_hand import Share

SHARES = 4


class FindForm(forms.Form):
    words = forms.CharField(
        label=_("Name or a number of any paper"),
        max_length=120,
        widget=forms.TextInput(attrs={"class": "vTextField", "autocomplete": "off"}),
        error_messages={"required": _("Write a name or a number.")},
    )


class TakeForm(forms.Form):
    """A candidate by the number of its row."""

    take = forms.IntegerField(min_value=1)


class SharesForm(forms.Form):
    """Up to four shares; the first one without a sum takes all."""

    def __init__(self, data=None, *, row: Placement):
        super().__init__(data)
        self.row = row
        for nth in range(1, SHARES + 1):
            self.fields[f"number_{nth}"] = forms.CharField(
                label=_t("%d. Application or receipt") % nth, required=False, max_length=40
            )
            self.fields[f"amount_{nth}"] = RoublesField(
                label=_t("%d. Sum, roubles") % nth, required=False, max_length=20
            )
        self.fields["paid_on"] = DayField(
            label=_("Day on the cheque"),
            required=False,
            help_text=_("Only where the line itself has no day of payment."),
        )
        self.fields["reason"] = forms.CharField(
            label=_("Reason"),
            max_length=300,
            widget=forms.TextInput(attrs={"class": "vTextField"}),
            error_messages={"required": _("Write the reason.")},
        )

    def clean_paid_on(self):
        day = self.cleaned_data["paid_on"]
        if day and day > self.row.line.posted_on:
            raise ValidationError(_t("Nobody pays after the money is posted."))
        return day

    def clean(self):
        found = super().clean()
        typed = [(found.get(f"number_{n}"), found.get(f"amount_{n}")) for n in range(1, SHARES + 1)]
        typed = [pair for pair in typed if any(pair)]
        shares = [self._share(*pair, alone=len(typed) == 1) for pair in typed]
        return {"shares": shares, "reason": found.get("reason", "")}

    def _share(self, number: str, amount, *, alone: bool) -> Share:
        if not amount and not alone:
            raise ValidationError(_t("Write a sum for each application or receipt."))
        application_id, receipt_id = _named(number)
        amount = amount or self.row.amount
        return Share(amount, application_id, receipt_id, self.cleaned_data.get("paid_on"))


def _named(number: str) -> tuple[int, int | None]:
    typed = reference.normalise(number or "")
    if reference.is_valid(typed):
        receipt = Receipt.objects.filter(reference=typed).first()
        if receipt:
            return receipt.application_id, receipt.pk
    application = Application.objects.filter(number=(number or "").strip()).first()
    if application is None:
        raise ValidationError(_t("Nobody has this number: %s.") % number)
    return application.pk, None
