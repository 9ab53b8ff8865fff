"""The money follows a day of issue that moved, an annulment that was undone, a decision of two.

The fact stands in `patents.FormerDay`, whoever wrote it; a sweep sees it. Until then nobody is told
anything wrong: the standing itself reads former days, and waiting money in time is undecided.
"""

import logging

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.services import record
from common.clock import now, today
from common.formats import short_day
from common.mishaps import log_mishap
from journal.history import plainly
from notifications.events import Event
from notifications.services import queue
from patents.models import Application, FormerDay
from patents.services.moving import followed
from payments import timeline
from payments.facts import case_of, standing_of
from payments.matching import Part
from payments.messages import DAY_CHECKED, DAY_FELL, DAY_MOVED, DAY_STOOD
from payments.models import Account, Place, Placement, QueueReason, Receipt, ReceiptStatus
from payments.services.ledger import claim_endings, joining, ledger, locks
from payments.services.ledger.books import Books, as_it_is
from payments.services.ledger.first_days import restate_without
from payments.services.ledger.payers import locked_payer
from payments.standing import Money, Standing, walk

logger = logging.getLogger(__name__)

LOCK = "moved-days"
MOVED = gettext_noop("The day of issue was corrected.")


def follow_moves() -> int:
    """Let the money hear of moves that are new; returns of how many applications it did."""
    if not locks.take(LOCK):
        return 0
    try:
        new = FormerDay.objects.not_followed().values_list("application_id", flat=True)
        return sum(_follow(pk) for pk in sorted(set(new)))
    finally:
        locks.give_back(LOCK)


def look_again() -> int:
    """Money that came since a move: does some of it wait for two, or none any more?"""
    later = FormerDay.objects.named_later().values_list("application_id", flat=True)
    found = Application.objects.filter(pk__in=later).select_related("person").order_by("pk")
    return sum(_follow(one.pk) for one in found if _asks(one) != _is_asked(one))


def _follow(application_id: int) -> bool:
    """One that fails must not stop the others; it is tried again."""
    try:
        follow(application_id)
    except Exception as error:
        what = f"the money of application {application_id} did not follow its day"
        log_mishap(logger, what, error)
        return False
    return True


@transaction.atomic
def follow(application_id: int) -> None:
    """Decide anew about the money of an application whose days moved, and tell the person.

    All accounts are held first: an import that read the former day has ended before we look.
    """
    locks.hold_accounts(Account.objects.values_list("number", flat=True))
    application = Application.objects.select_related("person", "patent").get(pk=application_id)
    new = list(application.former_days.not_followed())
    ledger.match_again(placements=_waiting(application))
    with translation.override(settings.LANGUAGE_CODE), plainly(MOVED):
        _give_up(application)
    asks = _asks(application)
    followed(application=application, seen=[one.pk for one in new], at=now(), asks=asks)
    _tell(application, new, asks)


def _waiting(application: Application) -> list[Placement]:
    """The person's, and what found no patent at all: that names people, not applications."""
    nobodys = Q(application__isnull=True, queue_reason=QueueReason.NO_ROOM)
    of_person = Q(application__person_id=application.person_id)
    return list(Placement.objects.queued().filter(of_person | nobodys))


# --- months that count no more


def _give_up(application: Application) -> None:
    """Months that are late by every day that may stand wait in the queue, as all late money."""
    locked_payer(application.person_id)
    late = [money for money in _late(application) if money.posted_on]
    rows = Placement.objects.matched().filter(application=application).select_related("line")
    books, fallen = Books(), [row for row in rows if _is_among(late, row)]
    joining.let_go(fallen)
    for row in fallen:
        books.instead(row, [_late_part(row)])
    books.write()
    for row in fallen:
        _release(row)
        restate_without(application=application, day=row.paid_on)


def _late(application: Application) -> tuple[Money, ...]:
    case = case_of(application, today())
    known = [money for money in case.money if money.known(today())]
    return walk(case.patent.issued_on, known, today(), case.patent.named).late


def _is_among(late: list[Money], row: Placement) -> bool:
    facts = (row.paid_on, row.months, joining.together(row))
    return facts in [(one.paid_on, one.months, one.amount) for one in late]


def _late_part(row: Placement) -> Part:
    reason = _("Paid on %(paid)s, late by the day of issue as it was corrected.")
    return as_it_is(
        row,
        place=Place.QUEUE,
        queue_reason=QueueReason.LATE,
        months=0,
        reason=reason % {"paid": short_day(row.paid_on)},
    )


def _release(row: Placement) -> None:
    """What the months had settled is open again."""
    posted = Receipt.objects.filter(pk=row.receipt_id, status=ReceiptStatus.POSTED)
    posted.update(status=ReceiptStatus.FORMED, posted_on=None)
    claim_endings.reopen(placement=row)
    facts = {"amount": row.amount, "paid_on": row.paid_on}
    record(person=row.application.person, kind=timeline.DAY_FELL, facts=facts)


# --- what waits for two, and what the person hears


def _asks(application: Application) -> bool:
    standing = standing_of(application.person)
    return _is_about(standing, application) and bool(standing.held)


def _is_asked(application: Application) -> bool:
    return application.former_days.asked().exists()


def _is_about(standing: Standing, application: Application) -> bool:
    return standing.case is not None and standing.case.application.number == application.number


def _tell(application: Application, new: list[FormerDay], asks: bool) -> None:
    """One message for all that is new: the last decision, or the day that moved."""
    moved = [one for one in new if one.issued_on != application.patent.issued_on]
    if not moved:
        return
    event, kind = _word(moved[-1].stands, asks)
    if kind:
        record(person=application.person, kind=kind, facts={"number": application.number})
    queue(event, application.pk, key=f"{event.code}:{moved[-1].pk}")


def _word(stands: bool | None, asks: bool) -> tuple[Event, str]:
    if stands is not None:
        return (DAY_STOOD, timeline.DAY_STOOD) if stands else (DAY_FELL, "")
    return (DAY_CHECKED, timeline.DAY_CHECKED) if asks else (DAY_MOVED, "")
