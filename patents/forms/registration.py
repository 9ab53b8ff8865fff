"""What an operator types at registration: normalised and explained. Nothing here writes."""

from datetime import date, timedelta

from django import forms
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
from accounts.models import Country, Person
from common import clock, identifiers, languages
from common.formats import short_day
from notifications import numbers
from patents import papers
from patents.countries import known_to_need_none
from patents.duplicates import Sought, like
from patents.models import Ground

ANOTHER = "another"
ACCEPTED_WITHIN = timedelta(days=366)  # papers of a year ago are another application
NAME = ["last_name", "first_name", "middle_name", "latin_name", "birth_date"]
PHONES = ["centre_sim", "own_phone", "language"]
PAPERS = ["migration_card", "registration_slip", "registered_until"]
APPLICANT = [*NAME, "citizenship", "passport", *PHONES]


class GroundField(forms.TypedChoiceField):
    """Why the person applies. Untouched, the patents that the centre knows decide: None."""

    def __init__(self):
        super().__init__(
            label=_("Ground"),
            choices=[("", _("as the known patents say")), *Ground.choices],
            required=False,
            coerce=Ground,
            empty_value=None,
            help_text=_(
                "Whoever holds a patent applies for a re-issue. Choose it when the patent was "
                "issued elsewhere."
            ),
        )


class RegistrationForm(forms.Form):
    """One screen for one application. Warnings are questions: they ask for a tick or a choice."""

    number = forms.CharField(
        label=_("Application number"),
        max_length=20,
        help_text=_("The next free number is offered. Type another one if you have it."),
        error_messages={"required": _("Type the application number.")},
    )
    accepted_on = DayField(label=_("Accepted on"))
    ground = GroundField()
    last_name = NameField(label=_("Last name"))
    first_name = NameField(label=_("First name"))
    middle_name = NameField(label=_("Patronymic"), required=False)
    latin_name = LatinNameField(
        label=_("Full name in Latin letters"),
        help_text=_("As in the passport. May stay empty."),
    )
    birth_date = BirthDateField(label=_("Birth date"))
    citizenship = forms.ModelChoiceField(
        label=_("Citizenship"),
        queryset=Country.objects.all(),
        empty_label=_("Choose the country"),
        error_messages={"required": _("Choose the country.")},
    )
    no_patent_needed = forms.BooleanField(label=_("Register all the same"), required=False)
    passport = PassportField(label=_("Passport"))
    migration_card = forms.CharField(
        label=_("Migration card"),
        max_length=30,
        required=False,
        help_text=_("Series and number. Example: 4615 1234567."),
    )
    registration_slip = forms.CharField(
        label=_("Registration slip"),
        max_length=40,
        required=False,
        help_text=_("Number of the tear-off part. May stay empty."),
    )
    registered_until = DayField(label=_("Registered until"), required=False)
    centre_sim = forms.CharField(
        label=_("The centre's SIM card"),
        max_length=30,
        required=False,
        help_text=_("Fill in at least one of the two phones. The password goes to this one first."),
    )
    own_phone = forms.CharField(label=_("Own phone"), max_length=30, required=False)
    no_sms_anyway = forms.BooleanField(
        label=_("Register with this phone all the same"), required=False
    )
    language = forms.ChoiceField(label=_("Language"), choices=languages.told)
    person = forms.CharField(
        label=_("Person"),
        required=False,
        widget=forms.RadioSelect(attrs={"class": "radiolist"}),
        help_text=_("Look at the passport before you choose."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.known: list[Person] = []
        self.fields["citizenship"].choices = self._countries()

    def fieldsets(self) -> list:
        """What is on the screen, as the admin groups it; a question only when it must be asked."""
        groups = [
            (_("Application"), {"fields": ["number", "accepted_on", "ground"]}),
            (_("Person"), {"fields": [*NAME, "citizenship", *self._country_question()]}),
            (_("Papers"), {"fields": ["passport", *PAPERS]}),
            (_("Phones and language"), {"fields": self._phones()}),
        ]
        if self.known:
            groups.insert(0, (_("The centre may know this person"), {"fields": ["person"]}))
        return groups

    def _country_question(self) -> list[str]:
        asked = "no_patent_needed" in self.errors or self["no_patent_needed"].value()
        return ["no_patent_needed"] if asked else []

    def _phones(self) -> list[str]:
        asked = "no_sms_anyway" in self.errors or self["no_sms_anyway"].value()
        return [*PHONES, "no_sms_anyway"] if asked else PHONES

    @staticmethod
    def _countries():
        named = [(country.pk, str(country)) for country in Country.objects.all()]
        return [("", _("Choose the country")), *sorted(named, key=lambda pair: pair[1])]

    def clean_number(self):
        return identifiers.application_number(self.cleaned_data["number"])

    def clean_accepted_on(self):
        return _lately(self.cleaned_data["accepted_on"])

    def clean_migration_card(self):
        text = self.cleaned_data["migration_card"]
        return papers.migration_card(text) if text else ""

    def clean_centre_sim(self):
        text = self.cleaned_data["centre_sim"]
        return identifiers.phone(text) if text else ""

    def clean_own_phone(self):
        text = self.cleaned_data["own_phone"]
        return identifiers.phone(text) if text else ""

    def clean(self):
        facts = super().clean()
        self._check_phones(facts)
        self._ask_about_country(facts)
        self._ask_who_it_is(facts)
        return facts

    def _check_phones(self, facts):
        if self.errors.keys() & {"centre_sim", "own_phone"}:
            return
        if not facts["centre_sim"] and not facts["own_phone"]:
            self.add_error("centre_sim", _t("Type at least one phone: the password goes there."))
        elif facts["centre_sim"] == facts["own_phone"]:
            self.add_error("own_phone", _t("This is the same phone again. Leave this field empty."))
        else:
            self._ask_about_phones(facts)

    def _ask_about_phones(self, facts):
        """A number to call is worth having, but somebody must know that no SMS comes to it."""
        for name in ["centre_sim", "own_phone"]:
            advice = numbers.advice(facts[name]) if facts[name] else ""
            if advice and not facts["no_sms_anyway"]:
                self.add_error(name, advice)
                self.add_error("no_sms_anyway", _t("Tick this when there is no other phone."))

    def _ask_about_country(self, facts):
        country, day = facts.get("citizenship"), facts.get("accepted_on")
        if not (country and day) or not known_to_need_none(country.pk, day):
            return
        if not facts["no_patent_needed"]:
            self.add_error("no_patent_needed", self._no_patent_sentence(country, day))

    @staticmethod
    def _no_patent_sentence(country, day):
        sentence = _t(
            "On %(day)s citizens of this country (%(country)s) need no patent. "
            "Tick “Register all the same” if the application is right."
        )
        return sentence % {"day": short_day(day), "country": country}

    def _ask_who_it_is(self, facts):
        sought = self.sought()
        self.known = like(sought) if sought else []
        choices = [_choice(person) for person in self.known]
        if not choices:
            facts["person"] = ANOTHER
            return
        choices.append((ANOTHER, _("Another person")))
        self.fields["person"].widget.choices = choices
        if facts["person"] not in dict(choices):
            self.add_error("person", _t("We already know somebody like this. Who is it?"))

    def sought(self) -> Sought | None:
        """Whom to look for, once name, birth date and passport are clean."""
        wanted = ["last_name", "first_name", "birth_date", "passport"]
        if not all(self.cleaned_data.get(name) for name in wanted):
            return None
        return Sought(**{name: self.cleaned_data[name] for name in wanted})

    def applicant(self) -> Person | dict:
        """The known person who was chosen, or the facts of a new one."""
        chosen = [p for p in self.known if str(p.pk) == self.cleaned_data["person"]]
        return chosen[0] if chosen else {name: self.cleaned_data[name] for name in APPLICANT}

    def offer(self, number: str) -> None:
        """Put the next free number into the field instead of a taken one; the rest stays."""
        self.data = self.data.copy()
        self.data["number"] = number
        sentence = _t("This number is taken. The next free one is in the field now: %(number)s.")
        self.add_error("number", sentence % {"number": number})


class AnotherApplicationForm(forms.Form):
    """One more application of somebody known: the person's data stay as they are."""

    number = RegistrationForm.base_fields["number"]
    accepted_on = RegistrationForm.base_fields["accepted_on"]
    ground = RegistrationForm.base_fields["ground"]
    migration_card = RegistrationForm.base_fields["migration_card"]
    registration_slip = RegistrationForm.base_fields["registration_slip"]
    registered_until = RegistrationForm.base_fields["registered_until"]

    clean_number = RegistrationForm.clean_number
    clean_accepted_on = RegistrationForm.clean_accepted_on
    clean_migration_card = RegistrationForm.clean_migration_card
    offer = RegistrationForm.offer

    def fieldsets(self) -> list:
        return [(_("Application"), {"fields": list(self.fields)})]


class ListForm(forms.Form):
    file = forms.FileField(
        label=_("Excel (.xlsx) or CSV file"),
        max_length=200,
        error_messages={
            "required": _("Choose a file."),
            "empty": _("The file is empty."),
        },
    )


def _choice(person: Person) -> tuple[str, str]:
    facts = {
        "name": person.full_name,
        "born": short_day(person.birth_date),
        "passports": ", ".join(p.number for p in person.passports.all()),
        "numbers": ", ".join(a.number for a in person.applications.all()),
    }
    words = _t("%(name)s, born %(born)s, passport %(passports)s, applications: %(numbers)s")
    return str(person.pk), words % facts


def _lately(day: date) -> date:
    if day > clock.today():
        raise ValidationError(_t("This day has not come yet. Check the date."), code="future")
    if day < clock.today() - ACCEPTED_WITHIN:
        raise ValidationError(_t("This day was more than a year ago. Check the date."), code="old")
    return day
