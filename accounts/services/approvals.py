"""Decisions of two: one member of the staff asks, another one decides, and only then it is done.

Apps above register what their kinds of decisions do: `register(ApprovalKind.X, Deed(...))`.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts import kinds
from accounts.errors import ReasonMissing
from accounts.models import Approval, ApprovalKind, Person, PhoneKind, User
from accounts.services import merges, phones
from accounts.services.passwords import issue_password
from accounts.services.people import hold_still
from accounts.services.records import record
from common import clock, identifiers
from common.errors import Refusal
from journal.history import because

DECIDES_FOR_PEOPLE = "accounts.add_approval"


@dataclass(frozen=True)
class Deed:
    """What a granted decision does, what its page says of it, and who may ask and decide."""

    do: Callable[[Approval, User], object]
    said: Callable[[Approval], dict]  # `text`, and `page` when there is more to read
    permission: str = DECIDES_FOR_PEOPLE
    undo: Callable[[Approval, User], object] | None = None  # what a refusal does


DEEDS: dict[str, Deed] = {}


def register(kind: ApprovalKind, deed: Deed) -> None:
    DEEDS[kind] = deed


class AnotherMustDecide(Refusal):
    message = _("Another member of staff must decide.")


class AlreadyDecided(Refusal):
    message = _("This was decided already.")


@transaction.atomic
def ask_phone(*, person: Person, number: str, actor: User, reason: str) -> Approval:
    """Ask for another phone at the desk; asking twice for the same gives the same row.

    Raises ReasonMissing. The number is E.164, as `identifiers.phone` gives it.
    """
    facts = {"number": identifiers.phone(number)}
    asked, is_new = ask(
        kind=ApprovalKind.PHONE, person=person, facts=facts, actor=actor, reason=reason
    )
    if is_new:
        _say(kinds.DESK_PHONE_ASKED, person, facts["number"], actor)
    return asked


@transaction.atomic
def ask(
    *, kind: ApprovalKind, person: Person | None, facts: dict, actor: User, reason: str
) -> tuple[Approval, bool]:
    """The open question of this kind about these facts, and whether it was asked only now.

    Raises ReasonMissing.
    """
    if not reason.strip():
        raise ReasonMissing
    if person is not None:
        Person.objects.select_for_update(of=("self",), no_key=True).get(pk=person.pk)
    same = Approval.objects.open().filter(kind=kind, person=person, facts=facts)
    if found := same.first():
        return found, False
    asked = Approval.objects.create(
        kind=kind, person=person, facts=facts, reason=reason.strip(), asked_by=actor
    )
    return asked, True


def _say(kind: str, person: Person, number: str, actor: User) -> None:
    record(person=person, kind=kind, facts={"phone": identifiers.mask_phone(number)}, actor=actor)


@transaction.atomic
def decide(*, approval: Approval, granted: bool, actor: User) -> Approval:
    """Grant or refuse, once; what is granted is done in the same transaction.

    Raises AnotherMustDecide, AlreadyDecided, and whatever the deed itself refuses.
    """
    approval = _held(approval)
    if approval.decided_at is not None:
        raise AlreadyDecided
    if approval.asked_by_id == actor.pk:
        raise AnotherMustDecide
    approval.decided_by, approval.decided_at, approval.granted = actor, clock.now(), granted
    approval.save(update_fields=["decided_by", "decided_at", "granted"])
    deed = DEEDS[approval.kind]
    if granted:
        because(approval.reason)
        deed.do(approval, actor)
    elif deed.undo:
        deed.undo(approval, actor)
    return approval


def _held(approval: Approval) -> Approval:
    """Its people are locked first: a merge holds people and moves the decisions about them."""
    about = Approval.objects.get(pk=approval.pk)
    hold_still(about.person_id, about.facts.get("gone", about.person_id))
    return Approval.objects.select_for_update(of=("self",)).get(pk=approval.pk)


def _give_phone(approval: Approval, actor: User) -> None:
    """The old numbers are told and end; a one-time password goes to the new one."""
    person = approval.person
    phones.bind_phone(person=person, number=approval.facts["number"], actor=actor)
    lost = person.phones.current().filter(kind=PhoneKind.CENTRE_SIM)
    lost.exclude(number=approval.facts["number"]).update(valid_until=clock.today())
    issue_password(person=person, actor=actor)


def _say_refused(approval: Approval, actor: User) -> None:
    _say(kinds.DESK_PHONE_REFUSED, approval.person, approval.facts["number"], actor)


def _other_record(approval: Approval) -> dict:
    other = Person.objects.get(pk=approval.facts["gone"])
    return {
        "text": other.full_name,
        "page": reverse("admin:accounts_person_change", args=[other.pk]),
    }


register(
    ApprovalKind.PHONE,
    Deed(
        _give_phone,
        lambda approval: {"text": approval.facts["number"]},
        undo=_say_refused,
    ),
)
register(ApprovalKind.MERGE, Deed(merges.carry_out, _other_record))
