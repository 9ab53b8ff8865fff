"""Where a person is told something."""

from accounts.models import Person, PhoneKind
from notifications.events import Recipient


def recipient_of(person_id: int) -> Recipient:
    """The person's current numbers, the best first.

    The own number comes first once it is bound: the person answered from it. Until then the
    centre's SIM does: it was handed over at the desk, while the own number was only said there.
    """
    person = Person.objects.get(pk=person_id)
    current = {phone.kind: phone for phone in person.phones.current()}
    own, sim = current.get(PhoneKind.OWN), current.get(PhoneKind.CENTRE_SIM)
    order = [own, sim] if own is not None and own.bound_at else [sim, own]
    addresses = tuple(dict.fromkeys(phone.number for phone in order if phone is not None))
    return Recipient(
        person_id=person.pk, language=person.language, addresses=addresses, latin=person.latin
    )
