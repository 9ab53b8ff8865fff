"""What a person's page of contacts shows."""

from dataclasses import dataclass

from accounts.models import Address, Email, Person, Phone, PhoneKind, RecoveryHold


@dataclass(frozen=True)
class Contacts:
    phones: list[Phone]
    own_is_bound: bool
    only_disowned: bool
    email: Email | None
    unconfirmed: Email | None
    address: Address | None
    hold: RecoveryHold | None


def contacts_of(person: Person) -> Contacts:
    phones = list(person.phones.current().order_by("-bound_at", "kind"))
    emails = person.emails.filter(valid_until__isnull=True).order_by("-pk")
    return Contacts(
        phones=phones,
        own_is_bound=any(_is_bound(phone) for phone in phones),
        only_disowned=bool(phones) and all(phone.disowned_at for phone in phones),
        email=next((email for email in emails if email.confirmed_at), None),
        unconfirmed=next((email for email in emails if not email.confirmed_at), None),
        address=person.addresses.current().first(),
        hold=hold_of(person),
    )


def hold_of(person: Person) -> RecoveryHold | None:
    return RecoveryHold.objects.open().filter(person=person).first()


def _is_bound(phone: Phone) -> bool:
    return phone.kind == PhoneKind.OWN and phone.bound_at is not None
