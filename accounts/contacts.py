"""What a person's page of contacts shows."""

from dataclasses import dataclass

from accounts.deaf import mark
from accounts.models import Address, Email, Person, Phone, PhoneKind, RecoveryHold
from accounts.recipients import best_first


@dataclass(frozen=True)
class Contacts:
    """``phones``: all in use, each with `.deaf`: why no SMS reaches it. ``told``: the one that SMS
    and new passwords reach first."""

    phones: list[Phone]
    told: Phone | None
    own_is_bound: bool
    email: Email | None
    unconfirmed: Email | None
    address: Address | None
    hold: RecoveryHold | None


def contacts_of(person: Person) -> Contacts:
    phones = mark(person.phones.current().order_by("-bound_at", "kind"))
    emails = person.emails.filter(valid_until__isnull=True).order_by("-pk")
    return Contacts(
        phones=phones,
        told=next((phone for phone in told_numbers(person) if not phone.deaf), None),
        own_is_bound=any(_is_bound(phone) for phone in phones),
        email=next((email for email in emails if email.confirmed_at), None),
        unconfirmed=next((email for email in emails if not email.confirmed_at), None),
        address=person.addresses.current().first(),
        hold=hold_of(person),
    )


def told_numbers(person: Person) -> list[Phone]:
    """Those that SMS go to, the best first, each with `.deaf`: why none of them arrives."""
    return best_first(mark(person.phones.theirs()))


def hold_of(person: Person) -> RecoveryHold | None:
    return RecoveryHold.objects.open().filter(person=person).first()


def _is_bound(phone: Phone) -> bool:
    return phone.kind == PhoneKind.OWN and phone.bound_at is not None
