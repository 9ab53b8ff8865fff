"""What the patents tell a person. Texts are short: two SMS segments at most, no links."""

from datetime import timedelta
from functools import partial

from django.utils.translation import gettext_noop as _

from accounts.recipients import recipient_of
from common.formats import short_day
from notifications.events import Event, Recipient
from notifications.models import Topic
from patents.models import Application, ApplicationStatus, Inn, Paper, Patent

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


def _of_paper(paper_id: int) -> Recipient:
    people = Paper.objects.values_list("application__person_id", flat=True)
    return recipient_of(people.get(pk=paper_id))


def _owner_of_inn(inn_id: int) -> Recipient:
    return recipient_of(Inn.objects.values_list("person_id", flat=True).get(pk=inn_id))


def _accepted(application_id: int) -> dict:
    application = Application.objects.get(pk=application_id)
    return {"tail": tail(application), "day": short_day(application.accepted_on)}


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


def _paper(paper_id: int) -> dict:
    return {"tail": tail(Paper.objects.select_related("application").get(pk=paper_id).application)}


def _inn(inn_id: int) -> dict:
    row = Inn.objects.get(pk=inn_id)
    theirs = Application.objects.filter(person=row.person_id).order_by("-accepted_on", "-pk")
    newest = theirs.first()
    return {"inn": row.value, "tail": tail(newest) if newest else "—"}


def _is(*among: ApplicationStatus):
    return lambda pk: Application.objects.filter(pk=pk, status__in=among).exists()


_exists = _is(*ApplicationStatus)
_is_not_ready = _is(ApplicationStatus.ACCEPTED, ApplicationStatus.IN_REVIEW)
_goes_on = _is(*(status for status in ApplicationStatus if status != ApplicationStatus.REFUSED))


def _is_valid(patent_id: int) -> bool:
    return Patent.objects.filter(pk=patent_id, annulled_on__isnull=True).exists()


def _is_annulled(patent_id: int) -> bool:
    return Patent.objects.filter(pk=patent_id, annulled_on__isnull=False).exists()


def _is_to_mend(paper_id: int) -> bool:
    return Paper.objects.to_mend().filter(pk=paper_id).exists()


_news = partial(Event, topic=Topic.PATENT, lifetime=TOLD_WITHIN)
_of_application = partial(_news, recipient=_applicant, context=_about)
_of_patent = partial(_news, recipient=_holder, context=_issued)

APPLICATION_ACCEPTED = _of_application(
    code="patents.accepted",
    label=_("the application was accepted"),
    template=_(
        "We accepted your application ...%(tail)s on %(day)s. Your password stays the same."
    ),
    context=_accepted,
    still_true=_exists,
)

PAPERS_SENT = _of_application(
    code="patents.in_review",
    label=_("the papers are at the Interior Ministry"),
    template=_(
        "Your application ...%(tail)s is at the Interior Ministry. "
        "We will tell you when the patent is ready."
    ),
    still_true=_is(ApplicationStatus.IN_REVIEW),
)

PATENT_READY = _of_application(
    code="patents.ready",
    label=_("the patent is ready"),
    template=_(
        "The patent is ready (application ...%(tail)s). Come from %(day)s. Bring your passport."
    ),
    context=_ready,
    still_true=_is(ApplicationStatus.READY),
)

READY_WITHDRAWN = _of_application(
    code="patents.step_withdrawn",
    label=_("the patent is not ready after all"),
    template=_(
        "The Interior Ministry corrected itself: your patent is not ready yet "
        "(application ...%(tail)s). We will tell you."
    ),
    still_true=_is_not_ready,
    legal=True,
)

REVIEW_WITHDRAWN = _of_application(
    code="patents.review_withdrawn",
    label=_("the papers are not at the Interior Ministry after all"),
    template=_(
        "The Interior Ministry corrected itself: it does not have your papers yet "
        "(application ...%(tail)s). We will tell you."
    ),
    still_true=_is(ApplicationStatus.ACCEPTED),
    legal=True,
)

APPLICATION_REFUSED = _of_application(
    code="patents.refused",
    label=_("the application was refused"),
    template=_(
        "The Interior Ministry refused the patent on %(day)s (application ...%(tail)s). "
        "Your cabinet says why."
    ),
    context=_refused,
    still_true=_is(ApplicationStatus.REFUSED),
    legal=True,
)

REFUSAL_RESTATED = _of_application(
    code="patents.refusal_restated",
    label=_("what is said of the refusal changed"),
    template=_(
        "There is new data about the refusal of the application ...%(tail)s. "
        "What to do: see your cabinet."
    ),
    still_true=_is(ApplicationStatus.REFUSED),
    legal=True,
)

REFUSAL_WITHDRAWN = _of_application(
    code="patents.refusal_withdrawn",
    label=_("the refusal was taken back"),
    template=_(
        "The Interior Ministry took its refusal back. Your application ...%(tail)s goes on."
    ),
    still_true=_goes_on,
    legal=True,
)

PATENT_ISSUED = _of_patent(
    code="patents.issued",
    label=_("the patent was issued"),
    template=_(
        "The patent was issued on %(day)s (application ...%(tail)s). Your cabinet says when to pay."
    ),
    still_true=_is_valid,
)

PATENT_CORRECTED = _of_patent(
    code="patents.patent_restated",
    label=_("the data of the patent were corrected"),
    template=_(
        "The data of your patent were corrected: issued on %(day)s "
        "(application ...%(tail)s). See the days to pay in your cabinet."
    ),
    still_true=_is_valid,
    legal=True,
)

PATENT_ANNULLED = _of_patent(
    code="patents.annulled",
    label=_("the patent was annulled"),
    template=_(
        "The Interior Ministry annulled the patent on %(day)s (application ...%(tail)s). "
        "The reason is in your cabinet."
    ),
    context=_annulled,
    still_true=_is_annulled,
    legal=True,
)

ANNULMENT_RESTATED = _of_patent(
    code="patents.annulment_restated",
    label=_("the day or the reason of the annulment was corrected"),
    template=_(
        "The Interior Ministry corrected the day or the reason of the annulment "
        "(application ...%(tail)s). See your cabinet."
    ),
    still_true=_is_annulled,
    legal=True,
)

ANNULMENT_WITHDRAWN = _of_patent(
    code="patents.annulment_withdrawn",
    label=_("the annulment was taken back"),
    template=_(
        "The Interior Ministry took back the annulment of your patent (application ...%(tail)s)."
    ),
    still_true=_is_valid,
    legal=True,
)

DATA_CORRECTED = _of_application(
    code="patents.corrected",
    label=_("the data of the application were corrected"),
    template=_(
        "We corrected the data of your application ...%(tail)s. Look at them in your cabinet."
    ),
    still_true=_exists,
    legal=True,
)

STEP_TAKEN_BACK = _of_application(
    code="patents.step_taken_back",
    label=_("a wrong step was taken back"),
    template=_(
        "We made a mistake in your application ...%(tail)s and mended it. "
        "Your cabinet says how it stands."
    ),
    still_true=_exists,
    legal=True,
)

WORD_UNDONE = _of_application(
    code="patents.word_undone",
    label=_("data of the Interior Ministry were mistaken"),
    template=_(
        "We are sorry: the data of the Interior Ministry about your application ...%(tail)s "
        "were mistaken. Your cabinet is right now."
    ),
    still_true=_exists,
    legal=True,
)

PAPER_TO_MEND = _news(
    code="patents.paper_to_mend",
    label=_("a paper has to be mended"),
    template=_(
        "A paper of your application ...%(tail)s has to be mended. Which and how: see your cabinet."
    ),
    recipient=_of_paper,
    context=_paper,
    still_true=_is_to_mend,
)

INN_ASSIGNED = _news(
    code="patents.inn_assigned",
    label=_("the INN is known"),
    template=_(
        "Your INN: %(inn)s (application ...%(tail)s). It stands in every payment for the patent."
    ),
    recipient=_owner_of_inn,
    context=_inn,
    still_true=lambda pk: Inn.objects.current().filter(pk=pk).exists(),
)
