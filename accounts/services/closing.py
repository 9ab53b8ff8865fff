"""The cabinet of a person is closed, opened again or given up: two of the staff decide.

What is kept about patents and payments stays: the law asks for it. Numbers of applications stay,
too, so that none of them ever opens another cabinet.
"""

from django.db import transaction
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from accounts import kinds, messages
from accounts.errors import NoAccount
from accounts.models import Access, Approval, ApprovalKind, Person, User
from accounts.services import approvals, sign_ins
from accounts.services.phones import tell_each_number
from accounts.services.records import record
from common import clock
from common.errors import Refusal
from journal.history import plainly

SAID = {
    Access.CLOSED: (kinds.ACCOUNT_CLOSED, messages.ACCOUNT_CLOSED),
    Access.OPEN: (kinds.ACCOUNT_OPENED, messages.ACCOUNT_OPENED),
    Access.GIVEN_UP: (kinds.ACCOUNT_GIVEN_UP, messages.ACCOUNT_GIVEN_UP),
}


class AccessIsSo(Refusal):
    message = _("The cabinet is like this already.")


def ask_access(*, person: Person, access: Access, actor: User, reason: str) -> Approval:
    """Ask to close the cabinet, to open it again, or to give it up; asked twice it is one question.

    Raises NoAccount, AccessIsSo, ReasonMissing.
    """
    _require_change(person, access)
    asked, _is_new = approvals.ask(
        kind=ApprovalKind.ACCESS,
        person=person,
        facts={"access": access.value},
        actor=actor,
        reason=reason,
    )
    return asked


def _require_change(person: Person, access: Access) -> None:
    if person.user_id is None:
        raise NoAccount
    user = User.objects.get(pk=person.user_id)
    now = Access.OPEN if user.is_active else Access.CLOSED
    if now == access or (access == Access.GIVEN_UP and _is_given_up(user)):
        raise AccessIsSo


def _is_given_up(user: User) -> bool:
    return not user.is_active and not user.has_usable_password()


@transaction.atomic
def carry_out(approval: Approval, actor: User) -> None:
    """What a granted decision does; sessions end at once and every number in use hears of it."""
    person, access = approval.person, Access(approval.facts["access"])
    _require_change(person, access)
    user = User.objects.select_for_update().get(pk=person.user_id)
    user.is_active = access == Access.OPEN
    user.waiting_password, user.waiting_until = "", None
    if access == Access.GIVEN_UP:
        _forget_ways_in(person, user)
    with plainly(gettext_noop("The access to the cabinet was changed by two of the staff.")):
        user.save()
    if not user.is_active:
        sign_ins.end_all(user_id=user.pk)
    _tell(person, access, actor)


def _forget_ways_in(person: Person, user: User) -> None:
    """Nothing that opened the cabinet does again, should it be opened anew."""
    user.set_unusable_password()
    user.must_change_password, user.password_expires_at = False, None
    user.devices.update(forgotten_at=clock.now())
    user.recovery_codes.live().update(revoked_at=clock.now())
    person.emails.filter(valid_until__isnull=True).update(valid_until=clock.now())


def _tell(person: Person, access: Access, actor: User) -> None:
    kind, event = SAID[access]
    entry = record(person=person, kind=kind, actor=actor)
    tell_each_number(event, entry, set(person.phones.theirs().values_list("number", flat=True)))


def _said(approval: Approval) -> dict:
    return {"text": gettext(Access(approval.facts["access"]).label)}


approvals.register(ApprovalKind.ACCESS, approvals.Deed(carry_out, _said))
