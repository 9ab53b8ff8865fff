"""People and the application numbers that open their cabinets."""

from datetime import date

from django.db import transaction

from accounts import kinds
from accounts.errors import LoginTaken
from accounts.models import LoginKind, LoginName, Passport, Person, Phone, PhoneKind, User
from accounts.services.records import record
from common import identifiers


@transaction.atomic
def create_person(
    *,
    last_name: str,
    first_name: str,
    birth_date: date,
    citizenship,
    passport: str,
    on: date,
    middle_name: str = "",
    latin_name: str = "",
    centre_sim: str = "",
    own_phone: str = "",
    language: str = "ru",
    is_demo: bool = False,
) -> Person:
    """A person with a passport and phones in use from the day `on`; there is no login yet."""
    person = Person.objects.create(
        last_name=last_name,
        first_name=first_name,
        middle_name=middle_name,
        latin_name=latin_name,
        birth_date=birth_date,
        citizenship=citizenship,
        language=language,
        is_demo=is_demo,
    )
    Passport.objects.create(person=person, number=passport, valid_from=on)
    _add_phone(person, PhoneKind.CENTRE_SIM, centre_sim, on)
    _add_phone(person, PhoneKind.OWN, own_phone, on)
    record(person=person, kind=kinds.REGISTERED)
    return person


def _add_phone(person: Person, kind: str, number: str, on: date) -> None:
    if number:
        number = identifiers.phone(number)
        Phone.objects.create(person=person, kind=kind, number=number, valid_from=on)


@transaction.atomic
def open_login(*, person: Person, number: str) -> LoginName:
    """Make an application number a login of the person's account; asking twice changes nothing.

    The first number makes the account, which nobody can enter before a password is issued.
    Raises LoginTaken when the number opens another cabinet.
    """
    user = account_of(person)
    login, is_new = LoginName.objects.get_or_create(
        kind=LoginKind.APPLICATION, value=number, defaults={"user": user}
    )
    if login.user_id != user.pk:
        raise LoginTaken
    if is_new:
        record(person=person, kind=kinds.LOGIN_OPENED, facts={"number": number})
    return login


def account_of(person: Person) -> User:
    """The account of the person, made when there is none yet; the person's row stays locked."""
    locked = hold_still(person.pk)[person.pk]
    if locked.user is None:
        locked.user = User(is_demo=locked.is_demo)
        locked.user.set_unusable_password()
        locked.user.save()
        locked.save(update_fields=["user"])
    person.user = locked.user
    return locked.user


def hold_still(*person_ids: int) -> dict[int, Person]:
    """Lock people in the order of their keys, then their accounts; nobody waits in a ring.

    Whoever uses a password locks the account first and then adds to the story. That needs no more
    than the person's key, which this lock leaves free. Whoever adds to the story first, or locks a
    row that a merge moves, and then writes into the account holds the person still before. So
    does who locks an application and then asks for a decision about the person: whoever decides
    has the person first and the application after.
    """
    people = Person.objects.select_for_update(of=("self",), no_key=True).order_by("pk")
    found = {person.pk: person for person in people.filter(pk__in=person_ids)}
    accounts = User.objects.select_for_update(no_key=True).order_by("pk")
    list(accounts.filter(pk__in=[person.user_id for person in found.values()]))
    return found
