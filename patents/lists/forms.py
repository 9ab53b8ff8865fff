"""A row of a list is checked as the one screen checks a person; questions become answers."""

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from accounts.models import Country, Person
from notifications import numbers
from patents.duplicates import Sought, like
from patents.forms.registration import ANOTHER, RegistrationForm
from patents.models import Ground

GROUNDS = {
    "первый": Ground.FIRST,
    "первый патент": Ground.FIRST,
    "первичный": Ground.FIRST,
    "first": Ground.FIRST,
    "переоформление": Ground.REISSUE,
    "повторный": Ground.REISSUE,
    "reissue": Ground.REISSUE,
}
YES = {"да", "yes", "1", "+", "true"}


class RowForm(RegistrationForm):
    """Nobody can be asked: an exact match is the known person, a likeness is left to the window."""

    def __init__(self, cells: dict[str, str]):
        read = {
            "no_patent_needed": cells["no_patent_needed"].casefold() in YES,
            "ground": ground_of(cells["ground"]),
        }
        super().__init__(cells | read)
        self.fields["ground"].error_messages["invalid_choice"] = _(
            "Write “first patent” or “re-issue”, or leave it empty."
        )
        self.fields["number"].required = False

    def clean_number(self):
        return super().clean_number() if self.cleaned_data["number"] else ""

    def _ask_about_phones(self, facts):
        """The row is taken, with a word about it."""

    def phone_notes(self) -> list[str]:
        """Of the phones that no SMS goes to, each with its column."""
        typed = {name: self.cleaned_data.get(name) for name in ["centre_sim", "own_phone"]}
        said = {name: numbers.advice(phone) for name, phone in typed.items() if phone}
        return [f"{self.fields[name].label}: {advice}" for name, advice in said.items() if advice]

    def _ask_who_it_is(self, facts):
        sought = self.sought()
        self.known = like(sought) if sought else []
        same = [person for person in self.known if _is(person, sought)]
        if len(same) == 1:
            facts["person"] = str(same[0].pk)
        elif self.known:
            names = ", ".join(person.full_name for person in self.known)
            sentence = _t("The centre knows somebody like this: %(names)s. Register at the window.")
            self.add_error(None, sentence % {"names": names})
        else:
            facts["person"] = ANOTHER

    def known_person(self) -> Person | None:
        chosen = self.applicant()
        return chosen if isinstance(chosen, Person) else None


def ground_of(text: str) -> str:
    """As people write it; what is not understood stays and is refused by the field."""
    return GROUNDS.get(text.strip().casefold(), text)


def _is(person: Person, sought: Sought) -> bool:
    """Name, birth date and a passport of now or before, all the same."""
    names = (person.last_name.casefold(), person.first_name.casefold(), person.birth_date)
    wanted = (sought.last_name.casefold(), sought.first_name.casefold(), sought.birth_date)
    return names == wanted and sought.passport in {row.number for row in person.passports.all()}


def country_code(text: str) -> str:
    """A country by its code, its English name or its name in the language of the page."""
    wanted = text.strip().casefold()
    for country in Country.objects.all():
        if wanted in {country.code.casefold(), country.name.casefold(), str(country).casefold()}:
            return country.code
    return text
