"""What the patents tell a person. Texts are short: two SMS segments at most, no links."""

from datetime import timedelta

from django.utils.translation import gettext_noop as _

from accounts.recipients import recipient_of
from common.formats import short_day
from notifications.events import Event, Recipient
from patents.models import Application, ApplicationStatus, Inn, Patent

TOLD_WITHIN = timedelta(days=14)  # news of a paper stay useful longer than a reminder


def tail(application: Application) -> str:
    """The last digits: enough to know one's own application, nothing for a stranger."""
    return application.number[-3:]


def _applicant(application_id: int) -> Recipient:
    return recipient_of(
        Application.objects.values_list("person_id", flat=True).get(pk=application_id)
    )


def _holder(patent_id: int) -> Recipient:
    people = Patent.objects.values_list("application__person_id", flat=True)
    return recipient_of(people.get(pk=patent_id))


def _owner_of_inn(inn_id: int) -> Recipient:
    return recipient_of(Inn.objects.values_list("person_id", flat=True).get(pk=inn_id))


def _ready(application_id: int) -> dict:
    application = Application.objects.get(pk=application_id)
    return {"tail": tail(application), "day": short_day(application.ready_on)}


def _refused(application_id: int) -> dict:
    application = Application.objects.get(pk=application_id)
    return {"tail": tail(application), "day": short_day(application.refused_on)}


def _about(application_id: int) -> dict:
    return {"tail": tail(Application.objects.get(pk=application_id))}


def _issued(patent_id: int) -> dict:
    patent = Patent.objects.select_related("application").get(pk=patent_id)
    return {"tail": tail(patent.application), "day": short_day(patent.issued_on)}


def _annulled(patent_id: int) -> dict:
    patent = Patent.objects.select_related("application").get(pk=patent_id)
    return {"tail": tail(patent.application), "day": short_day(patent.annulled_on)}


def _inn(inn_id: int) -> dict:
    return {"inn": Inn.objects.get(pk=inn_id).value}


def _is(status: ApplicationStatus):
    return lambda pk: Application.objects.filter(pk=pk, status=status).exists()


def _is_valid(patent_id: int) -> bool:
    return Patent.objects.filter(pk=patent_id, annulled_on__isnull=True).exists()


def _is_annulled(patent_id: int) -> bool:
    return Patent.objects.filter(pk=patent_id, annulled_on__isnull=False).exists()


PATENT_READY = Event(
    code="patents.ready",
    label=_("the patent is ready"),
    template=_(
        "Your patent is ready (application ...%(tail)s). "
        "Come for it from %(day)s. Bring your passport."
    ),
    recipient=_applicant,
    context=_ready,
    still_true=_is(ApplicationStatus.READY),
    lifetime=TOLD_WITHIN,
)

APPLICATION_REFUSED = Event(
    code="patents.refused",
    label=_("the application was refused"),
    template=_(
        "The Interior Ministry refused the patent on %(day)s (application ...%(tail)s). "
        "The reason is in your cabinet."
    ),
    recipient=_applicant,
    context=_refused,
    still_true=_is(ApplicationStatus.REFUSED),
    legal=True,
    lifetime=TOLD_WITHIN,
)

PATENT_ISSUED = Event(
    code="patents.issued",
    label=_("the patent was issued"),
    template=_(
        "You were issued a patent on %(day)s (application ...%(tail)s). "
        "Your cabinet says when to pay."
    ),
    recipient=_holder,
    context=_issued,
    still_true=_is_valid,
    lifetime=TOLD_WITHIN,
)

PATENT_ANNULLED = Event(
    code="patents.annulled",
    label=_("the patent was annulled"),
    template=_(
        "The Interior Ministry annulled your patent on %(day)s (application ...%(tail)s). "
        "The reason is in your cabinet."
    ),
    recipient=_holder,
    context=_annulled,
    still_true=_is_annulled,
    legal=True,
    lifetime=TOLD_WITHIN,
)

ANNULMENT_WITHDRAWN = Event(
    code="patents.annulment_withdrawn",
    label=_("the annulment was taken back"),
    template=_(
        "The Interior Ministry took back the annulment of your patent (application ...%(tail)s)."
    ),
    recipient=_holder,
    context=_issued,
    still_true=_is_valid,
    legal=True,
    lifetime=TOLD_WITHIN,
)

STEP_TAKEN_BACK = Event(
    code="patents.step_taken_back",
    label=_("a wrong step was taken back"),
    template=_(
        "We made a mistake in your application ...%(tail)s and mended it. "
        "Your cabinet says how it stands."
    ),
    recipient=_applicant,
    context=_about,
    still_true=lambda pk: Application.objects.filter(pk=pk).exists(),
    legal=True,
    lifetime=TOLD_WITHIN,
)

INN_ASSIGNED = Event(
    code="patents.inn_assigned",
    label=_("the INN is known"),
    template=_(
        "Your INN: %(inn)s. It stands in every payment for the patent. You can pay in the cabinet."
    ),
    recipient=_owner_of_inn,
    context=_inn,
    still_true=lambda pk: Inn.objects.current().filter(pk=pk).exists(),
    lifetime=TOLD_WITHIN,
)
