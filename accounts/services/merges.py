"""Two records of one person become one. Nothing is deleted: the other record points at it."""

from django.db import transaction

from accounts import kinds, merging
from accounts.errors import AlreadyMerged, ReasonMissing, SameRecord
from accounts.models import (
    Address,
    Approval,
    ApprovalKind,
    Email,
    LoginName,
    Passport,
    Person,
    Phone,
    PhoneChange,
    RecoveryHold,
    User,
)
from accounts.services.people import hold_still
from accounts.services.records import record
from common import clock
from journal.history import because
from notifications.services import hand_over

FOLLOWING = ["phones", "passports", "addresses", "emails", "phone_changes", "recovery_holds"]
STORY = ["timeline", "corrections", "approvals", "merged_records"]


@transaction.atomic
def ask_merge(*, keep: Person, gone: Person, actor: User, reason: str) -> Approval:
    """Ask for a merge; somebody else decides. Asking twice for the same gives the same row.

    Raises SameRecord, AlreadyMerged, ReasonMissing.
    """
    _both(keep, gone, reason)
    asked = Approval.objects.open().filter(
        kind=ApprovalKind.MERGE, person=keep, facts={"gone": gone.pk}
    )
    return asked.first() or Approval.objects.create(
        kind=ApprovalKind.MERGE,
        person=keep,
        facts={"gone": gone.pk},
        reason=reason.strip(),
        asked_by=actor,
    )


def carry_out(approval: Approval, actor: User) -> Person:
    """Do what a granted approval asks for."""
    gone = Person.objects.get(pk=approval.facts["gone"])
    return merge(keep=approval.person, gone=gone, actor=actor, reason=approval.reason)


@transaction.atomic
def merge(*, keep: Person, gone: Person, actor: User, reason: str) -> Person:
    """Everything of `gone` becomes a part of `keep`, which keeps its name, phones and password.

    Both records' numbers open the same cabinet. Phones and papers of `gone` stay as history; where
    `keep` has none in use, those of `gone` stay in use. The account of `gone` is closed, unless
    `keep` never had a password: then that account is the one that stays.
    Raises SameRecord, AlreadyMerged, ReasonMissing.
    """
    keep, gone = _both(keep, gone, reason)
    because(reason.strip())
    numbers = _numbers(gone)
    _move_story(keep, gone)
    _join_accounts(keep, gone)
    merging.follow_all(keep, gone)
    hand_over(from_person_id=gone.pk, to_person_id=keep.pk)
    gone.merged_into = keep
    gone.save(update_fields=["user", "merged_into"])
    facts = {"numbers": ", ".join(numbers) or "—", "reason": reason.strip()}
    record(person=keep, kind=kinds.RECORDS_MERGED, facts=facts, actor=actor)
    return keep


def _both(keep: Person, gone: Person, reason: str) -> tuple[Person, Person]:
    if keep.pk == gone.pk:
        raise SameRecord
    if not reason.strip():
        raise ReasonMissing
    found = hold_still(keep.pk, gone.pk)
    if any(person.merged_into_id for person in found.values()):
        raise AlreadyMerged
    return found[keep.pk], found[gone.pk]


def _numbers(person: Person) -> list[str]:
    logins = LoginName.objects.filter(user__person=person).order_by("pk")
    return list(logins.values_list("value", flat=True))


def _move_story(keep: Person, gone: Person) -> None:
    _close_what_both_have(keep, gone)
    for relation in [*FOLLOWING, *STORY]:
        field = Person._meta.get_field(relation).field.name
        getattr(gone, relation).update(**{field: keep})


def _close_what_both_have(keep: Person, gone: Person) -> None:
    """Of what a person has one at a time, the kept record's stays in use."""
    now, today = clock.now(), clock.today()
    if Phone.objects.current().filter(person=keep).exists():
        Phone.objects.current().filter(person=gone).update(valid_until=today)
    for dated in (Passport, Address):
        if dated.objects.current().filter(person=keep).exists():
            dated.objects.current().filter(person=gone).update(valid_until=today)
    if Email.objects.current().filter(person=keep).exists():
        Email.objects.current().filter(person=gone).update(valid_until=now)
    PhoneChange.objects.open().filter(person=gone).update(closed_at=now)
    RecoveryHold.objects.open().filter(person=gone).update(ended_at=now, objected=True)


def _join_accounts(keep: Person, gone: Person) -> None:
    if gone.user_id is None:
        return
    closing, gone.user = gone.user, None
    gone.save(update_fields=["user"])
    if keep.user_id is None or not keep.user.has_usable_password():
        closing, keep.user = keep.user, closing
        keep.save(update_fields=["user"])
    if closing is not None:
        _close_account(closing, keep.user)


def _close_account(closing: User, into: User) -> None:
    """Its numbers open the other account; its sessions, codes and devices end."""
    now = clock.now()
    closing.login_names.update(user=into)
    closing.recovery_codes.live().update(revoked_at=now)
    closing.devices.known().update(forgotten_at=now)
    closing.sign_ins.live().update(ended_at=now)
    closing.set_unusable_password()  # every session has the old hash
    closing.is_active = False
    closing.must_change_password, closing.password_expires_at = False, None
    closing.waiting_password, closing.waiting_until = "", None
    closing.save()
