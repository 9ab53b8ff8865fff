"""What a member of the staff may decide about an item that could not be taken."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common.errors import Refusal
from journal.history import because
from patents.feed.settling import settle
from patents.feed.taking import read_again
from patents.models import Application, FeedItem, FeedStatus


class AlreadyDecided(Refusal):
    message = _("This item is taken or set aside already.")


class NotAboutApplication(Refusal):
    message = _("This item cannot be read, or is not about an application.")


class ReasonNeeded(Refusal):
    message = _("Write why you decide so.")


def try_again(*, items: Iterable[FeedItem]) -> int:
    """Read and decide anew, as if they came now; how many were taken."""
    keys = [item.pk for item in items]
    with transaction.atomic():
        rows = list(FeedItem.objects.open().filter(pk__in=keys).select_for_update(of=("self",)))
        for row in rows:
            read_again(row)
    settle()
    taken = [FeedStatus.APPLIED, FeedStatus.KNOWN, FeedStatus.SUPERSEDED]
    return FeedItem.objects.filter(pk__in=[row.pk for row in rows], status__in=taken).count()


def assign(*, item: FeedItem, application: Application, reason: str, actor: User) -> FeedItem:
    """The Ministry wrote a wrong number: the item is about this application."""
    with transaction.atomic():
        row = open_item(item, reason, FeedItem.objects.assignable())
        if row.recorded_at is None or not row.number:
            raise NotAboutApplication
        row.application, row.status, row.reason = application, FeedStatus.RECEIVED, ""
        row.decided_by, row.decided_reason = actor, reason.strip()
        row.save()
    settle()
    row.refresh_from_db()
    return row


@transaction.atomic
def set_aside(*, item: FeedItem, reason: str, actor: User) -> FeedItem:
    """The item does not count. It stays in the list, with who decided and why."""
    row = open_item(item, reason)
    row.status, row.reason, row.detail = FeedStatus.SET_ASIDE, "", ""
    row.decided_by, row.decided_reason = actor, reason.strip()
    row.save()
    return row


def open_item(item: FeedItem, reason: str, among: QuerySet[FeedItem] | None = None) -> FeedItem:
    """The item locked, while staff may still decide. Raises ReasonNeeded, AlreadyDecided."""
    if not reason.strip():
        raise ReasonNeeded
    because(reason.strip())
    among = FeedItem.objects.open() if among is None else among
    row = among.filter(pk=item.pk).select_for_update(of=("self",)).first()
    if row is None:
        raise AlreadyDecided
    return row
