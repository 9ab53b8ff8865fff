"""What the services without login say: of the one standing, for whoever has the number."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.names import forms_of
from patents.inns import current_inn
from patents.models import Application, Patent
from payments.facts import standing_of
from payments.models import Receipt
from payments.offers import is_about
from payments.sentence import third_party_words, ussd
from payments.sentence.outsiders import payment_due
from payments.standing import Standing, State, ThirdParty

SIGNS = {
    ThirdParty.VALID: "ok",
    ThirdParty.IN_TRANSIT: "way",
    ThirdParty.CHECKED: "unseen",
    ThirdParty.ENDED: "end",
    ThirdParty.NO_PATENT: "patent",
}
STATUS_SIGNS = {State.READY: "ready", State.PREPARING: "prep", State.REFUSED: "no"}


@dataclass(frozen=True, slots=True)
class Said:
    """`state` is a word for the page, `title` the sentence."""

    state: str
    sign: str
    title: str
    text: tuple[str, ...] = ()


def status_of(number: str) -> Said | None:
    """Is the patent of this application ready? None where nobody knows the number."""
    application = Application.objects.filter(number=number).select_related("person").first()
    if application is None:
        return None
    it = standing_of(application.person)
    if not is_about(it, application):
        return Said("over", "end", _("This application is closed. There is a newer one."))
    return Said(it.state.value, STATUS_SIGNS.get(it.state, "patent"), ussd.readiness(it))


def patent_of(series: str, number: str) -> Said | None:
    """Is this patent valid, is a payment due? None where nobody knows it."""
    patents = Patent.objects.select_related("application__person")
    patent = patents.filter(series=series, number=number).first()
    if patent is None:
        return None
    it = standing_of(patent.application.person)
    return _told(it) if is_about(it, patent.application) else _ended()


def of_paper(paper: Receipt) -> Said | None:
    """The same of the patent that a paper pays for; None before there is one."""
    it = standing_of(paper.person)
    return _told(it) if it.issued_on and is_about(it, paper.application) else None


def _told(it: Standing) -> Said:
    told = it.third_party
    return Said(told.value, SIGNS[told], third_party_words(told), payment_due(it))


def _ended() -> Said:
    ended = ThirdParty.ENDED
    return Said(ended.value, SIGNS[ended], third_party_words(ended))


def found(
    paper: tuple[str, ...], *, last_name: str, first_name: str = "", inn: str = ""
) -> Person | None:
    """Whose paper it is, if all that was typed of the person is right; else None."""
    person = _owner(paper)
    if person is None or not _called(person, last_name, 0):
        return None
    if inn and (not _called(person, first_name, 1) or current_inn(person) != inn):
        return None
    return person


def _owner(paper: tuple[str, ...]) -> Person | None:
    """By series and number of a patent, or by the number of an application."""
    if len(paper) == 1:
        return Person.objects.filter(applications__number=paper[0]).first()
    series, number = paper
    patent = {"applications__patent__series": series, "applications__patent__number": number}
    return Person.objects.filter(**patent).first()


def _called(person: Person, typed: str, part: int) -> bool:
    """In either alphabet, in the order of the names; the Latin name begins with the last one."""
    latin = [*person.latin_name.split(), "", ""][part]
    known = {form for name in (person.name_parts[part], latin) if name for form in forms_of(name)}
    return not known.isdisjoint(forms_of(" ".join(typed.split())))
