"""Somebody says that it was not them: the owner, of a stranger in the cabinet; or a stranger, of
our SMS about somebody else."""

from django.db import transaction
from django.utils.translation import gettext_noop

from accounts import kinds
from accounts.models import Person, Phone, PhoneChange, User
from accounts.services import sign_ins
from accounts.services.people import hold_still
from accounts.services.records import record
from accounts.services.recovery import stop_recovery
from common import clock, identifiers
from journal.history import plainly


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


def _stop_what_was_asked(phone: Phone, facts: dict) -> None:
    """The word may as well be the person's own answer to «somebody asks for your cabinet»: nothing
    opens by itself, and the desk calls."""
    changes = PhoneChange.objects.open().filter(person=phone.person)
    is_changing = changes.update(closed_at=phone.disowned_at)
    if stop_recovery(person=phone.person) or is_changing:
        record(person=phone.person, kind=kinds.NOT_ME, facts=facts)


@transaction.atomic
@plainly(gettext_noop("Whoever has the number answered NOT ME."))
def disown(*, number: str) -> bool:
    """Whoever has this number (E.164) says that our SMS are about somebody else: of everybody who
    only said it nothing goes there any more. Whether it is a number that was only said by anybody.
    """
    said = Phone.objects.only_said().filter(number=number)
    hold_still(*said.values_list("person_id", flat=True))
    facts = {"phone": identifiers.mask_phone(number)}
    # Asked again once they are held: a code may have proved the number meanwhile.
    for phone in said.select_related("person").order_by("pk"):
        phone.disowned_at = clock.now()
        phone.save(update_fields=["disowned_at"])
        record(person=phone.person, kind=kinds.NUMBER_DISOWNED, facts=facts)
        _stop_what_was_asked(phone, facts)
    return Phone.objects.disowned().filter(number=number).exists()
