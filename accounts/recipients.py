"""Where a person is told something, and by what they know that it is us."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import OuterRef, QuerySet, Subquery

from accounts.models import Email, LoginName, Person, Phone, PhoneKind
from notifications.events import Recipient

TAIL = 3  # digits of the application that tell the person's own papers from a forgery


def tail_of(person_id: int) -> str:
    """The last digits of the newest application: enough for the person, nothing for a stranger."""
    logins = LoginName.objects.filter(user__person=person_id).order_by("-created_at", "-pk")
    newest = logins.values_list("value", flat=True).first()
    return newest[-TAIL:] if newest else "—"


def recipient_of(person_id: int) -> Recipient:
    """The person's current numbers, the best first.

    The own number comes first once it is bound: the person answered from it. Until then the
    centre's SIM does: it was handed over at the desk, while the own number was only said there. One
    whose holder said that it is not this person's is none of them.
    """
    person = _with_email().get(pk=person_id)
    return _recipient(person, person.phones.told())


def recipients_of(person_ids: Iterable[int]) -> dict[int, Recipient]:
    """As `recipient_of`, for many: two questions, whatever many."""
    people = _with_email().in_bulk(set(person_ids))
    phones = defaultdict(list)
    for phone in Phone.objects.told().filter(person__in=people):
        phones[phone.person_id].append(phone)
    return {pk: _recipient(person, phones[pk]) for pk, person in people.items()}


def _with_email() -> QuerySet:
    """The confirmed e-mail comes with the person: it costs no question of its own."""
    email = Email.objects.current().filter(person=OuterRef("pk")).values("address")
    return Person.objects.annotate(email=Subquery(email[:1]))


def best_first(phones: Iterable[Phone]) -> list[Phone]:
    """Of a person's numbers in use, those that SMS go to, in the order in which they are tried."""
    theirs = {phone.kind: phone for phone in phones if phone.disowned_at is None}
    own, sim = theirs.get(PhoneKind.OWN), theirs.get(PhoneKind.CENTRE_SIM)
    order = [own, sim] if own is not None and own.bound_at else [sim, own]
    return [phone for phone in order if phone is not None]


def _recipient(person: Person, phones: Iterable[Phone]) -> Recipient:
    phones = list(phones)
    addresses = tuple(dict.fromkeys(phone.number for phone in best_first(phones)))
    disowned = {phone.number for phone in phones if phone.disowned_at is not None}
    return Recipient(
        person_id=person.pk,
        language=person.language,
        addresses=addresses,
        email=person.email or "",
        latin=person.latin,
        disowned=frozenset(disowned.difference(addresses)),
    )
