"""The owner says that it was not them: what a stranger may hold is let go of at once."""

from django.db import transaction

from accounts import kinds
from accounts.models import Person, PhoneChange, User
from accounts.services import sign_ins
from accounts.services.people import hold_still
from accounts.services.records import record
from accounts.services.recovery import stop_recovery
from common import clock, identifiers


@transaction.atomic
def not_me(*, person: Person, phone: str) -> None:
    """Said by SMS from a phone of the person: access that was asked for stops, a new number is not
    bound, a password that waits dies, every session ends. The password stays, since an SMS can be
    forged; the desk calls the person.
    """
    hold_still(person.pk)
    stop_recovery(person=person)
    PhoneChange.objects.open().filter(person=person).update(closed_at=clock.now())
    if person.user_id:
        _let_go(person.user)
    record(person=person, kind=kinds.NOT_ME, facts={"phone": identifiers.mask_phone(phone)})


def _let_go(user: User) -> None:
    User.objects.filter(pk=user.pk).update(waiting_password="", waiting_until=None)
    user.devices.known().update(forgotten_at=clock.now())
    sign_ins.end_all(user_id=user.pk)
