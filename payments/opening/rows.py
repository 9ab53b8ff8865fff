"""What one row may say: normalised and checked by itself, before it is held beside the others."""

from datetime import date, timedelta

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from accounts.forms.people import (
    BirthDateField,
    DayField,
    LatinNameField,
    NameField,
    PassportField,
)
from common import clock, identifiers
from common.formats import short_day
from patents import papers
from patents.models import ApplicationStatus
from payments import coverage
from payments.opening.columns import STATUS_WORDS
from payments.statements.values import LARGEST, sum_of

FIRST_PATENTS = date(2015, 1, 1)
A_LONG_STAY = timedelta(days=3 * 366)
NEEDED = {"required": _("This cell must not be empty.")}


class PastDay(DayField):
    """A day that has come, and that patents existed on."""

    def clean(self, value):
        day = super().clean(value)
        if day and not FIRST_PATENTS <= day <= clock.today():
            raise ValidationError(
                _t("This day is not between 01.01.2015 and today. Check the date."), code="day"
            )
        return day


class Text(forms.CharField):
    def __init__(self, **options):
        super().__init__(error_messages=NEEDED, **options)


class Roubles(Text):
    """«30 000,00» or 30000.00; an empty cell is nothing."""

    def clean(self, value):
        try:
            amount = sum_of(super().clean(value) or "0")
        except ValueError as error:
            raise ValidationError(_t("This is not a sum. Example: 30000.00.")) from error
        if not 0 <= amount <= LARGEST:
            raise ValidationError(_t("This is not a sum. Example: 30000.00."))
        return amount


class Number(Text):
    """A whole number from 0 on; an empty cell is 0."""

    def clean(self, value):
        text = super().clean(value) or "0"
        if not (text.isascii() and text.isdigit() and len(text) < 10):
            raise ValidationError(_t("This is not a whole number."))
        return int(text)


class OneRow(forms.Form):
    def _normal(self, key: str, normal):
        text = self.cleaned_data[key]
        return normal(text) if text else ""

    def _require_order(self, *keys: str) -> None:
        """Each of these days is on or after the one before it, as far as they are known."""
        known = [(key, self.cleaned_data.get(key)) for key in keys]
        known = [(key, day) for key, day in known if day]
        for (_before, earlier), (key, later) in zip(known, known[1:], strict=False):
            if later < earlier:
                self.add_error(key, _t("This day cannot be before %s.") % short_day(earlier))


class PersonRow(OneRow):
    """`countries` are the codes by every name, lower case, that a country may go by."""

    person = Text(max_length=40)
    last_name = NameField()
    first_name = NameField()
    middle_name = NameField(required=False)
    latin_name = LatinNameField()
    birth_date = BirthDateField()
    citizenship = Text()
    passport = PassportField()
    centre_sim = Text(required=False, max_length=30)
    own_phone = Text(required=False, max_length=30)
    language = Text(required=False)
    inn = Text(required=False, max_length=20)
    inn_since = PastDay(required=False)

    def __init__(self, cells: dict[str, str], countries: dict[str, str]):
        super().__init__(cells)
        self.countries = countries

    def clean_citizenship(self):
        code = self.countries.get(self.cleaned_data["citizenship"].casefold())
        if code is None:
            raise ValidationError(_t("This country is not known. Write its code, as UZB."))
        return code

    def clean_centre_sim(self):
        return self._normal("centre_sim", identifiers.phone)

    def clean_own_phone(self):
        number = self._normal("own_phone", identifiers.phone)
        if number and number == self.cleaned_data.get("centre_sim"):
            raise ValidationError(_t("This is the same phone again. Leave this field empty."))
        return number

    def clean_language(self):
        code = self.cleaned_data["language"].lower() or settings.LANGUAGE_CODE
        if code not in settings.TOLD_LANGUAGES:
            known = ", ".join(settings.TOLD_LANGUAGES)
            raise ValidationError(_t("This language is not known. Known are: %s.") % known)
        return code

    def clean_inn(self):
        return self._normal("inn", identifiers.inn)


class ApplicationRow(OneRow):
    number = Text()
    person = Text(max_length=40)
    status = Text()
    accepted_on = PastDay()
    sent_on = PastDay(required=False)
    ready_on = PastDay(required=False)
    refused_on = PastDay(required=False)
    refusal_reason = Text(required=False, max_length=300)
    migration_card = Text(required=False, max_length=30)
    registration_slip = Text(required=False, max_length=40)
    registered_until = DayField(required=False)
    first_paid_on = PastDay(required=False)
    months = Number(required=False)
    amount = Roubles(required=False)

    def clean_number(self):
        return identifiers.application_number(self.cleaned_data["number"])

    def clean_status(self):
        said = " ".join(self.cleaned_data["status"].split()).casefold()
        status = STATUS_WORDS.get(said, said)
        if status not in ApplicationStatus.values:
            known = ", ".join(STATUS_WORDS)
            raise ValidationError(_t("This state is not known. Known are: %s.") % known)
        return status

    def clean_migration_card(self):
        return self._normal("migration_card", papers.migration_card)

    def clean_registered_until(self):
        until = self.cleaned_data["registered_until"]
        if until and not FIRST_PATENTS <= until <= clock.today() + A_LONG_STAY:
            raise ValidationError(_t("This day is too far away. Check the date."), code="day")
        return until

    def clean_months(self):
        months = self.cleaned_data["months"]
        if months > coverage.MONTHS_IN_YEAR:
            raise ValidationError(_t("A patent has twelve months at most."))
        return months

    def clean(self):
        facts = super().clean()
        self._require_order("accepted_on", "sent_on", "ready_on")
        self._require_order("accepted_on", "refused_on")
        self._require_status_days(facts)
        both_said = "months" in facts and "amount" in facts
        if both_said and bool(facts["months"]) != bool(facts["amount"]):
            self.add_error("amount", _t("Months and their sum belong together."))
        return facts

    def _require_status_days(self, facts) -> None:
        status = facts.get("status")
        if status == ApplicationStatus.READY and not self._said("ready_on", facts):
            self.add_error("ready_on", _t("A ready patent needs the day since which it is ready."))
        if status == ApplicationStatus.REFUSED and not self._said("refused_on", facts):
            self.add_error("refused_on", _t("A refusal needs its day."))
        if status and status != ApplicationStatus.REFUSED and facts.get("refused_on"):
            self.add_error("refused_on", _t("Only a refused application has a day of refusal."))

    def _said(self, key: str, facts) -> bool:
        """A day that is wrong has its own reason already."""
        return bool(facts.get(key)) or key in self.errors


class PatentRow(OneRow):
    number = Text()
    series = Text()
    patent_number = Text()
    issued_on = PastDay()
    profession = Text(required=False, max_length=120)
    annulled_on = PastDay(required=False)
    annulled_reason = Text(required=False, max_length=300)

    def clean_number(self):
        return identifiers.application_number(self.cleaned_data["number"])

    def clean(self):
        facts = super().clean()
        self._require_order("issued_on", "annulled_on")
        if facts.get("series") and facts.get("patent_number"):
            facts["series"], facts["patent_number"] = self._patent(facts)
        return facts

    def _patent(self, facts) -> tuple[str, str]:
        try:
            return papers.patent_number(facts["series"], facts["patent_number"])
        except ValidationError as error:
            self.add_error("patent_number", error)
            return "", ""


class AccountRow(OneRow):
    account = Text(max_length=20)
    counted_through = PastDay()

    def clean_counted_through(self):
        day = self.cleaned_data["counted_through"]
        if day >= clock.today():
            raise ValidationError(_t("This day is not over. Name the last whole day counted."))
        return day


class TotalsRow(OneRow):
    people = Number()
    applications = Number()
    patents = Number()
    months = Number()
    amount = Roubles()
