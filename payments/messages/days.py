"""What a person hears because a day came; the subject is the notice, which remembers the day."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from functools import partial

from django.db.models import Q
from django.utils.translation import gettext_noop as _

from accounts.recipients import recipient_of, recipients_of
from common.clock import today
from common.formats import short_day
from notifications.events import Event, Recipient, Told
from notifications.models import Topic
from patents.models import Application, ApplicationStatus
from payments.due import REISSUES, REMINDERS, holds
from payments.facts import standing_of, standings_of
from payments.messages.about import said_later
from payments.models import Notice, NoticeKind
from payments.standing import Standing


def _notice(pk: int) -> Notice:
    return Notice.objects.select_related("application__person").get(pk=pk)


def _recipient(pk: int) -> Recipient:
    return recipient_of(_notice(pk).application.person_id)


def speaks_of(application: Application, it: Standing) -> bool:
    """Whether the case that the person stands in is this application's."""
    return it.case is not None and it.case.application.number == application.number


def _still_true(pk: int) -> bool:
    """The words are asked again when they go: a payment since then has moved the day on."""
    notice = _notice(pk)
    return _is_true(notice, standing_of(notice.application.person))


def _is_true(notice: Notice, now: Standing) -> bool:
    same = speaks_of(notice.application, now) and holds(notice.kind, notice.day, now)
    return same and not (notice.kind in REISSUES and has_applied(notice.application))


def has_applied(application: Application) -> bool:
    """For the next patent, and was not refused."""
    later = Q(accepted_on__gt=application.accepted_on)
    later |= Q(accepted_on=application.accepted_on, pk__gt=application.pk)
    others = Application.objects.filter(later, person=application.person_id)
    return others.exclude(status=ApplicationStatus.REFUSED).exists()


def _with(words: Callable[[Standing], dict]) -> dict:
    """The words of an event, for one notice and for many at once."""

    def context(pk: int) -> dict:
        notice = _notice(pk)
        return _said(notice) | words(standing_of(notice.application.person))

    def many(pks: Iterable[int]) -> dict[int, Told]:
        notices = Notice.objects.filter(pk__in=set(pks)).select_related("application")
        people = sorted({notice.application.person_id for notice in notices})
        now, told = dict(standings_of(people, today())), recipients_of(people)
        return {
            notice.pk: Told(
                told[notice.application.person_id],
                _said(notice) | words(now[notice.application.person_id]),
            )
            for notice in notices
            if _is_true(notice, now[notice.application.person_id])
        }

    return {"context": context, "many": many}


def _said(notice: Notice) -> dict:
    return {"tail": notice.application.number[-3:], "day": short_day(notice.day)}


_of_day = partial(Event, recipient=_recipient, still_true=_still_true, topic=Topic.MONEY)
# Many at once, at six in the evening: they go after all that somebody waits for.
_reminder = partial(_of_day, topic=Topic.REMINDERS, bulk=True)

REMINDER = _reminder(
    code="payments.reminder",
    label=_("a reminder to pay"),
    template=_(
        "Pay for the patent: %(amount)s by %(day)s inclusive (application ...%(tail)s). "
        "Already paid? Wait."
    ),
    **_with(lambda it: {"amount": said_later(it.monthly)}),
)

REMINDER_WITHOUT_PRICE = _reminder(
    code="payments.reminder_without_price",
    label=_("a reminder to pay, the price not known yet"),
    template=_(
        "Pay for the patent by %(day)s inclusive (application ...%(tail)s). Already paid? Wait."
    ),
    **_with(lambda it: {}),
)


def _known_payment(it: Standing) -> dict:
    """The latest one that the person knows we know of; posted by now, perhaps."""
    days = [one.paid_on for one in (*it.living, *it.held, *it.paid)]
    return {"paid": short_day(max(days))}


REMINDER_AHEAD = _reminder(
    code="payments.reminder_ahead",
    label=_("a reminder to pay for the next month while a payment is on its way"),
    template=_(
        "We know of your payment of %(paid)s (application ...%(tail)s). Pay for the next month by "
        "%(day)s inclusive."
    ),
    **_with(_known_payment),
)

UNSEEN = _of_day(
    code="payments.unseen",
    label=_("the payment is not visible yet"),
    template=_(
        "We do not see your payment yet (application ...%(tail)s). Did you pay by %(day)s "
        "inclusive? Do nothing. Do you have a cheque? Show it to us."
    ),
    **_with(lambda it: {}),
    lifetime=timedelta(days=3),
)

LAPSED = _of_day(
    code="payments.lapsed",
    label=_("the term has passed, as the statements show it"),
    template=_(
        "A payment made by %(day)s inclusive had not reached the Treasury by %(by)s "
        "(application ...%(tail)s). A cheque? Show it. No cheque? Call us."
    ),
    **_with(lambda it: {"by": short_day(it.lapse_known_by)}),
    lifetime=timedelta(days=14),
    legal=True,
)

FIRST_MISSING = _of_day(
    code="payments.first_missing",
    label=_("the first payment is missing"),
    template=_(
        "The patent is issued (application ...%(tail)s). We do not see the first payment yet. Do "
        "you have a cheque? Show it to us. Do not pay a second time."
    ),
    **_with(lambda it: {}),
    lifetime=timedelta(days=14),
)

REISSUE = _reminder(
    code="payments.reissue",
    label=_("the last day to apply for a new patent"),
    template=_(
        "The year of the patent ends on %(end)s (application ...%(tail)s). Apply for a new one by "
        "%(day)s inclusive."
    ),
    **_with(lambda it: {"end": short_day(it.year_end)}),
    sample=lambda: {"end": short_day(date(2027, 2, 28))},
)

_OF_KIND = {
    NoticeKind.UNSEEN: UNSEEN,
    NoticeKind.LAPSED: LAPSED,
    NoticeKind.FIRST_MISSING: FIRST_MISSING,
} | dict.fromkeys(REISSUES, REISSUE)


def event_of(kind: NoticeKind, it: Standing) -> Event:
    """The words for a notice. Each reminder stays true when money is posted before it goes."""
    if kind not in REMINDERS:
        return _OF_KIND[kind]
    if it.living or it.held:
        return REMINDER_AHEAD
    same_year = it.pay_by.year == it.today.year
    return REMINDER if it.monthly and same_year else REMINDER_WITHOUT_PRICE
