"""What a person hears when their day of issue moved; the subject is the application."""

from datetime import timedelta
from functools import partial

from django.utils.translation import gettext_noop as _

from accounts.recipients import recipient_of
from common.formats import short_day
from notifications.events import Event, Recipient
from notifications.models import Topic
from patents.models import Application, FormerDay
from payments.facts import standing_of
from payments.standing import Standing


def _application(application_id: int) -> Application:
    return Application.objects.select_related("person").get(pk=application_id)


def _applicant(application_id: int) -> Recipient:
    return recipient_of(_application(application_id).person_id)


def _standing_of(application_id: int) -> Standing | None:
    """None where the person stands in another case by now."""
    application = _application(application_id)
    now = standing_of(application.person)
    same = now.case and now.case.application.number == application.number
    return now if same and now.issued_on else None


def _tail(application_id: int) -> dict:
    return {"tail": _application(application_id).number[-3:]}


def _counted_from(application_id: int) -> dict:
    now = _standing_of(application_id)
    days = {"issued": short_day(now.issued_on), "day": short_day(now.covered_through)}
    return _tail(application_id) | days


def _is_covered(application_id: int) -> bool:
    now = _standing_of(application_id)
    return now is not None and now.today <= now.covered_through and not now.held


def _waits_for_two(application_id: int) -> bool:
    now = _standing_of(application_id)
    return now is not None and bool(now.held)


def _was_decided(stands: bool):
    days = FormerDay.objects.filter(stands=stands)
    return lambda pk: days.filter(application=pk).exists() and _standing_of(pk) is not None


_of_moved_day = partial(Event, topic=Topic.MONEY, recipient=_applicant, lifetime=timedelta(days=7))

DAY_MOVED = _of_moved_day(
    code="payments.day_moved",
    label=_("months are counted from another day"),
    template=_(
        "The months of your patent are counted from %(issued)s now (application ...%(tail)s). "
        "It is paid through %(day)s."
    ),
    context=_counted_from,
    still_true=_is_covered,
)

DAY_CHECKED = _of_moved_day(
    code="payments.day_checked",
    label=_("payments made by a wrong day of issue are checked"),
    template=_(
        "The day of issue of your patent was corrected (application ...%(tail)s). We are "
        "checking your payments. What to do: see your cabinet."
    ),
    context=_tail,
    still_true=_waits_for_two,
)

DAY_STOOD = _of_moved_day(
    code="payments.day_stood",
    label=_("payments made by a wrong day of issue are in time"),
    template=_(
        "We checked your payments (application ...%(tail)s). They count as paid in time. "
        "The patent is paid through %(day)s."
    ),
    context=_counted_from,
    still_true=_was_decided(True),
    legal=True,
)

DAY_FELL = _of_moved_day(
    code="payments.day_fell",
    label=_("payments made by a wrong day of issue do not count"),
    template=_(
        "We checked your payments (application ...%(tail)s). Not all of them prolong the patent. "
        "The money stays yours. Call the hotline."
    ),
    context=_tail,
    still_true=_was_decided(False),
    legal=True,
)
