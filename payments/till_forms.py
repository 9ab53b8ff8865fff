"""What staff type at the cash desk."""

import re
from datetime import date, timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from accounts.forms.people import DayField
from common.clock import today
from common.formats import day_year
from payments import fiscal_code, reference
from payments.claim_forms import RoublesField
from payments.models import Charge, Receipt, Till
from payments.stop import Stop

OLDEST = timedelta(days=31)  # of a cheque that is recorded later
UNREAD = _("Read to the person what is already paid. Then mark this.")
HEARD = _("I read this to the person. The cheque here is for other money, of an earlier day")
NUMBER = r"[0-9A-Za-zА-Яа-яЁё/№-]{1,20}"


class KnowsForm(forms.Form):
    """What is already paid, read to the person; always right where nothing stands in the way.

    The tick holds for exactly what was read: when anything of it changes, it is asked for again.
    """

    known = forms.CharField(widget=forms.HiddenInput, required=False)
    knows = forms.BooleanField(
        label=_("The person knows all this and wants to pay nevertheless"), required=False
    )

    def __init__(self, *args, stop: Stop | None, paid_before: bool = False, **kwargs):
        """`paid_before`: the money was given on an earlier day, nobody pays now."""
        super().__init__(*args, **kwargs)
        self.stop = stop
        if paid_before:
            self.fields["knows"].label = HEARD

    @property
    def fingerprint(self) -> str:
        return self.stop.fingerprint if self.stop else ""

    def clean(self):
        said = super().clean()
        read = said.get("knows") and said.get("known") == self.fingerprint
        if self.stop and not read:
            self.add_error("knows", UNREAD)
        return said


class TakeForm(forms.Form):
    """The cheque that the till printed: its number, or its code from a scanner.

    While a payment page is open, the person must say that they will not pay there.
    """

    till = forms.ModelChoiceField(
        Till.objects.none(),
        label=_("Till"),
        error_messages={"required": _("Choose the till.")},
    )
    cheque = forms.CharField(
        label=_("Number of the cheque"),
        max_length=300,
        help_text=_("Or scan the code of the cheque: then the sum is read from it."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Write the number of the cheque.")},
    )
    amount = RoublesField(label=_("Sum on the cheque, roubles"), max_length=20, required=False)
    taken_on = DayField(
        label=_("Day on the cheque, if it is not today"),
        required=False,
        help_text=_("For an earlier day a colleague confirms the cheque."),
    )
    page_left = forms.BooleanField(
        label=_("The person will not pay on the page that is open"),
        required=False,
        help_text=_("If they pay there all the same, the money came twice: tell them so."),
    )

    def __init__(
        self,
        *args,
        page: Charge | None = None,
        only_earlier: bool = False,
        any_day: bool = False,
        **kwargs,
    ):
        """`only_earlier`: today's money is not taken; `any_day`: however old the cheque is."""
        super().__init__(*args, **kwargs)
        self.only_earlier, self.any_day = only_earlier, any_day
        self.fields["till"].queryset = Till.objects.open()
        if only_earlier:
            self.fields["taken_on"].label = _("Day on the cheque, before today")
        if page is None:
            del self.fields["page_left"]

    def clean_taken_on(self):
        return _not_too_far(self.cleaned_data["taken_on"], self.any_day)

    def clean_cheque(self) -> dict:
        text = self.cleaned_data["cheque"].strip()
        scanned = fiscal_code.read(text)
        if scanned:
            return _scanned(scanned, self.any_day)
        if not re.fullmatch(NUMBER, text):
            raise ValidationError(_t("This is no number of a cheque. Type what is printed on it."))
        return {"cheque_number": text}

    def clean(self):
        """As the arguments of `services.tills.take`."""
        said = super().clean()
        cheque = said.pop("cheque", None)
        if cheque is None:
            return said
        day = cheque.pop("taken_on", None)
        if day and said.get("taken_on") and said["taken_on"] != day:
            self.add_error("taken_on", _t("The code of the cheque has another day. Look again."))
        said["taken_on"] = day or said.get("taken_on")
        self._require_earlier(said["taken_on"])
        typed, read = said.get("amount"), cheque.get("amount")
        if read and typed and read != typed:
            self.add_error("amount", _t("The code of the cheque has another sum. Look again."))
        if not (read or typed) and "amount" not in self.errors:
            self.add_error("amount", _t("Write the sum."))
        return said | {"amount": typed or read} | cheque

    def _require_earlier(self, day: date | None) -> None:
        if self.only_earlier and (day or today()) >= today() and "taken_on" not in self.errors:
            self.add_error(
                "taken_on", _t("Only a cheque of an earlier day fits here. Write its day.")
            )


def _scanned(cheque: fiscal_code.FiscalCheque, any_day: bool) -> dict:
    if not cheque.is_income:
        raise ValidationError(_t("This cheque gives money back. Scan the cheque of the payment."))
    return {
        "taken_on": _not_too_far(cheque.paid_on, any_day),
        "cheque_number": cheque.number,
        "amount": cheque.amount,
        "fiscal_sign": cheque.fiscal_sign,
    }


def _not_too_far(day: date | None, any_day: bool) -> date | None:
    if day and day > today():
        raise ValidationError(_t("This day has not come yet."))
    if day and not any_day and day < today() - OLDEST:
        raise ValidationError(
            _t("This cheque is of %(day)s: too long ago. Ask a supervisor.")
            % {"day": day_year(day)}
        )
    return day


class CorrectForm(forms.Form):
    """What was recorded wrongly: whose money it is and how much, the day, or all of it."""

    RECEIPT, DAY, NOTHING = "receipt", "day", "nothing"
    CHOICES = [
        (RECEIPT, _("Another person or another sum: the money is of another receipt")),
        (DAY, _("Another day: the money was taken earlier")),
        (NOTHING, _("No money was taken, or it was given back at once")),
    ]

    what = forms.ChoiceField(
        label=_("What is wrong?"),
        choices=CHOICES,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what is wrong.")},
    )
    receipt = forms.CharField(
        label=_("Number of the right receipt"),
        max_length=20,
        required=False,
        help_text=_("Make it first: “Help with a payment” in the person's card."),
    )
    taken_on = DayField(label=_("Day of the payment"), required=False)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write the reason: a colleague decides by it.")},
    )

    def __init__(self, *args, posted: bool = False, **kwargs):
        """What the Treasury has received can only get another day."""
        super().__init__(*args, **kwargs)
        if posted:
            self.fields["what"].choices = [self.CHOICES[1]]
            self.fields["what"].initial = self.DAY
            del self.fields["receipt"]

    def clean_receipt(self) -> Receipt | None:
        typed = self.cleaned_data["receipt"]
        if not typed:
            return None
        number = reference.normalise(typed)
        found = Receipt.objects.for_list().filter(reference=number).first()
        if found is None:
            raise ValidationError(_t("There is no receipt of this number. Look at it again."))
        return found

    def clean_taken_on(self):
        day = self.cleaned_data["taken_on"]
        if day and day > today():
            raise ValidationError(_t("This day has not come yet."))
        return day

    def clean(self):
        said = super().clean()
        what = said.get("what")
        if what == self.RECEIPT and not said.get("receipt") and "receipt" not in self.errors:
            self.add_error("receipt", _t("Write the number of the right receipt."))
        if what == self.DAY and not said.get("taken_on") and "taken_on" not in self.errors:
            self.add_error("taken_on", _t("Choose the day."))
        return said
