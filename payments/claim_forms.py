"""What is typed about a cheque, by the person and by staff."""

import re
from decimal import Decimal, InvalidOperation

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from accounts.forms.people import DayField
from common.clock import today
from payments import cheques, fiscal_code

MISSING = {"paid_on": _("Choose the day."), "amount": _("Write the sum.")}
BIGGEST = Decimal("9999999.99")
# «10.000» as Azerbaijani and Romanian pages write it: three digits are never kopecks.
DOTTED = re.compile(r"\d{1,3}(\.\d{3})+(,\d{1,2})?")


class RoublesField(forms.CharField):
    """A sum as people write it: «10 000», «10000,00», «10 000 ₽», «10.000»."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def clean(self, value):
        typed = super().clean(value).strip().lower()
        if not typed:
            return None
        text = re.sub(r"[\s₽]|руб\.?$|р\.?$", "", typed)
        if DOTTED.fullmatch(text):
            text = text.replace(".", "")
        try:
            amount = Decimal(text.replace(",", "."))
        except InvalidOperation:
            amount = Decimal("NaN")
        if not amount.is_finite() or not 0 < amount <= BIGGEST or amount.as_tuple().exponent < -2:
            raise ValidationError(_t("This is not a sum. Example: 10 000."), code="invalid")
        return amount.quantize(Decimal("0.01"))


class ChequeForm(forms.Form):
    """What a photo's square code says needs not be typed; both stand before the staff."""

    cheque = forms.FileField(
        label=_("Photo of the cheque"),
        required=False,
        help_text=_("JPG, PNG or PDF, up to 5 MB. With a photo we find the money sooner."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,application/pdf"}),
        error_messages={
            "invalid": _("The file did not arrive. Choose it again."),
            "empty": _("The file is empty. Choose it again."),
        },
    )
    paid_on = DayField(
        label=_("Date on the cheque"),
        required=False,
        help_text=_("May stay empty when the photo shows the square code of the cheque."),
    )
    amount = RoublesField(
        label=_("Sum on the cheque, roubles"),
        max_length=20,
        required=False,
        help_text=_("Only the tax, without the bank's fee. Empty: as the square code says."),
    )
    bank = forms.CharField(
        label=_("Where did you pay?"),
        max_length=120,
        required=False,
        help_text=_("Name of the bank, shop or terminal. May stay empty."),
    )
    document_number = forms.CharField(
        label=_("Number on the cheque"),
        max_length=40,
        required=False,
        help_text=_("May stay empty."),
    )

    def clean_cheque(self):
        upload = self.cleaned_data["cheque"]
        if not upload:
            return None
        self.code = fiscal_code.find(upload)
        return cheques.taken_in(upload)

    def clean(self):
        said, code = super().clean(), getattr(self, "code", None)
        for name, words in MISSING.items():
            if name in self.errors or said.get(name) is not None:
                continue
            if code is None:
                self.add_error(name, ValidationError(words, code="required"))
            else:
                said[name] = getattr(code, name)
        return said | {"fiscal": code.text if code else ""}


class AskForm(forms.Form):
    question = forms.CharField(
        label=_("What you need from the person"),
        max_length=300,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text=_("The person reads this and sends another photo. Simple words."),
        error_messages={"required": _("Write what you need: the person reads it.")},
    )


class AnswerForm(forms.Form):
    cheque = forms.FileField(
        label=_("Photo"),
        help_text=_("JPG, PNG or PDF, up to 5 MB."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,application/pdf"}),
        error_messages={
            "required": _("Choose the photo."),
            "invalid": _("The file did not arrive. Choose it again."),
            "empty": _("The file is empty. Choose it again."),
        },
    )

    def clean_cheque(self):
        return cheques.taken_in(self.cleaned_data["cheque"])


class ConfirmForm(forms.Form):
    paid_on = DayField(label=_("Day of payment, as on the cheque"))


class RejectForm(forms.Form):
    reason = forms.CharField(
        label=_("Why the cheque does not count"),
        max_length=300,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text=_("The person reads this. Simple words."),
        error_messages={"required": _("Write the reason: the person reads it.")},
    )


class CancelForm(forms.Form):
    reason = forms.CharField(
        label=_("Why the receipt is cancelled"),
        max_length=300,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text=_("The person reads this. Simple words."),
        error_messages={"required": _("Write the reason: the person reads it.")},
    )


class KeptChequeForm(forms.Form):
    """A cheque for the archive; it says nothing of a month."""

    paid_on = DayField(label=_("Date on the cheque"))
    amount = RoublesField(
        label=_("Sum on the cheque, roubles"),
        max_length=20,
        error_messages={"required": _("Write the sum.")},
    )
    bank = forms.CharField(
        label=_("Where did you pay?"),
        max_length=120,
        required=False,
        help_text=_("May stay empty."),
    )
    cheque = forms.FileField(
        label=_("Photo of the cheque"),
        help_text=_("JPG, PNG or PDF, up to 5 MB."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,application/pdf"}),
        error_messages={
            "required": _("Choose the photo of the cheque."),
            "invalid": _("The file did not arrive. Choose it again."),
            "empty": _("The file is empty. Choose it again."),
        },
    )

    def clean_paid_on(self):
        paid_on = self.cleaned_data["paid_on"]
        if paid_on > today():
            raise ValidationError(_t("The date on the cheque cannot be in the future."))
        return paid_on

    def clean_cheque(self):
        return cheques.taken_in(self.cleaned_data["cheque"])


class WantedDayForm(forms.Form):
    until = DayField(label=_("Through what day do you need the patent?"))
