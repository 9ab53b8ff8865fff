"""Where a person is told something."""

from django.contrib.auth.hashers import is_password_usable

from accounts import kinds
from accounts.models import Person, PhoneKind, TimelineEntry
from notifications.events import Recipient


def recipient_of(person_id: int) -> Recipient:
    """The person's current numbers, the best first.

    Until the first password was changed the centre's SIM comes first: it was handed over at the
    desk, while the own number was only said there.
    """
    person = Person.objects.select_related("user").get(pk=person_id)
    order = [PhoneKind.OWN, PhoneKind.CENTRE_SIM]
    if not has_own_password(person):
        order.reverse()
    current = {phone.kind: phone.number for phone in person.phones.current()}
    addresses = tuple(current[kind] for kind in order if kind in current)
    return Recipient(person_id=person.pk, language=person.language, addresses=addresses)


def has_own_password(person: Person) -> bool:
    """Has the person ever chosen a password? A reset in between does not undo it."""
    user = person.user
    if user is None:
        return False
    if not user.must_change_password and is_password_usable(user.password):
        return True
    return TimelineEntry.objects.filter(person=person, kind=kinds.PASSWORD_CHANGED).exists()
