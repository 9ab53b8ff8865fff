"""The Ministry and the centre say different things: staff compare both and say which is true."""

from collections.abc import Callable

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common.errors import Refusal
from patents.feed import facts, undoing
from patents.feed.decisions import open_item, try_again
from patents.feed.items import parse
from patents.models import Application, ApplicationStatus, FeedItem, FeedKind, FeedReason
from patents.services import ministry
from patents.services.ministry import Said
from patents.services.taking_back import take_back

# What the rows of the centre say against each: these an operator may decide for the Ministry.
DISPUTED = frozenset(
    {
        FeedReason.NOT_AS_AT_DESK,
        FeedReason.REFUSED_AT_DESK,
        FeedReason.REFUSED_THOUGH_GRANTED,
        FeedReason.UNDONE_BEFORE,
    }
)
GRANTED = frozenset({ApplicationStatus.READY, ApplicationStatus.ISSUED})


class NothingToYield(Refusal):
    message = _("Here our records say nothing else. Correct what is wrong, then try again.")


def may_yield(item: FeedItem) -> bool:
    return item.reason in DISPUTED


def ministry_is_right(*, item: FeedItem, reason: str, actor: User) -> FeedItem:
    """Our record gives way to the item: history keeps what it was, with who decided and why.

    Raises AlreadyDecided, ReasonNeeded, NothingToYield, and what the services themselves refuse.
    """
    with transaction.atomic():
        row = open_item(item, reason)
        if not may_yield(row):
            raise NothingToYield
        _give_way(row, reason, actor)
        row.decided_by, row.decided_reason = actor, reason.strip()
        row.save(update_fields=["decided_by", "decided_reason"])
    try_again(items=[row])
    row.refresh_from_db()
    return row


def _give_way(row: FeedItem, reason: str, actor: User) -> None:
    if row.reason == FeedReason.UNDONE_BEFORE:
        undoing.believe_again(row)
        return
    if row.reason == FeedReason.NOT_AS_AT_DESK:
        RESTATED[row.kind](row.application, parse(row.payload), Said(row.source, row.received_at))
        return
    application = Application.objects.get(pk=row.application_id)
    wrong = GRANTED if row.kind == FeedKind.REFUSED else {ApplicationStatus.REFUSED}
    while application.status in wrong:
        take_back(application=application, reason=reason, actor=actor)
        application = Application.objects.get(pk=row.application_id)


def _issue(application: Application, fact: facts.Issued, said: Said) -> None:
    ministry.restate_patent(
        patent=application.patent,
        series=fact.series,
        number=fact.number,
        issued_on=fact.occurred,
        profession=fact.profession,
        said=said,
    )


def _annulment(application: Application, fact: facts.Annulled, said: Said) -> None:
    ministry.restate_annulment(
        patent=application.patent, annulled_on=fact.occurred, reason=fact.reason, said=said
    )


def _inn(application: Application, fact: facts.InnAssigned, said: Said) -> None:
    ministry.restate_inn(person=application.person, value=fact.value, on=fact.occurred, said=said)


RESTATED: dict[str, Callable] = {
    FeedKind.ISSUED: _issue,
    FeedKind.ANNULLED: _annulment,
    FeedKind.INN: _inn,
}
