"""What this app tells people. The subject of a password's message is its timeline entry."""

from datetime import timedelta

from django.utils.translation import gettext_noop as _

from accounts import kinds
from accounts.models import LoginName, TimelineEntry
from accounts.recipients import recipient_of
from common import clock
from notifications.events import Event, Recipient

NUMBERS_IN_ONE_SMS = 3
TAIL = 3  # digits of the number that tell the person's own papers apart


def _recipient(entry_id: int) -> Recipient:
    return recipient_of(TimelineEntry.objects.get(pk=entry_id).person_id)


def _context(entry_id: int) -> dict:
    logins = LoginName.objects.filter(user__person__timeline=entry_id)
    newest = logins.order_by("-created_at", "-pk").first()
    return {"tail": newest.value[-TAIL:] if newest else ""}


def _newest_and_unused(entry_id: int) -> bool:
    """A later password killed this one; a changed one is no longer wanted."""
    entry = TimelineEntry.objects.filter(pk=entry_id, person__user__must_change_password=True)
    issue = entry.first()
    if issue is None:
        return False
    later = TimelineEntry.objects.filter(person=issue.person_id, pk__gt=issue.pk)
    return not later.filter(kind__in=kinds.ISSUES).exists()


PASSWORD_ISSUED = Event(
    code="accounts.password_issued",
    template=_("Application ...%(tail)s. One-time password: %(secret)s. Tell it to nobody"),
    recipient=_recipient,
    context=_context,
    still_true=_newest_and_unused,
    urgent=True,
    lifetime=timedelta(days=2),
)
PASSWORD_RESET = Event(
    code="accounts.password_reset",
    template=_("Application ...%(tail)s. New password: %(secret)s. Tell it to nobody"),
    recipient=_recipient,
    context=_context,
    still_true=_newest_and_unused,
    urgent=True,
    lifetime=timedelta(hours=3),
)


def _moment(entry_id: int) -> dict:
    entry = TimelineEntry.objects.get(pk=entry_id)
    at = entry.happened_at.astimezone(clock.MOSCOW)
    return {**_context(entry_id), "when": f"{at:%d.%m %H:%M}"}


def _numbers(entry_id: int) -> dict:
    logins = LoginName.objects.filter(user__person__timeline=entry_id)
    newest = logins.order_by("-created_at", "-pk").values_list("value", flat=True)
    return {"numbers": ", ".join(newest[:NUMBERS_IN_ONE_SMS])}


NEW_DEVICE = Event(
    code="accounts.new_device",
    template=_("Cabinet ...%(tail)s: new entrance %(when)s. Not you? Change the password"),
    recipient=_recipient,
    context=_moment,
    lifetime=timedelta(hours=24),
)
NUMBER_ASKED = Event(
    code="accounts.number_asked",
    template=_("Your application number: %(numbers)s"),
    recipient=_recipient,
    context=_numbers,
    urgent=True,
    lifetime=timedelta(hours=3),
)
