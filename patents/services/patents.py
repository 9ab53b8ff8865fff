"""Patents: handed out, annulled."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from common import clock
from journal.history import because
from patents import errors, timeline
from patents.messages import PATENT_ANNULLED, PATENT_ISSUED
from patents.models import Application, ApplicationStatus, Patent, Source
from patents.papers import is_patent_number
from patents.services.checks import reason_given, refuse_outside, taken_means
from patents.services.rows import moved, note, tell, word, write_step

ANNULMENT = ["annulled_on", "annulled_reason", "annulled_source", "annulled_received_at"]


@transaction.atomic
def issue_patent(
    *,
    application: Application,
    series: str,
    number: str,
    issued_on: date,
    profession: str = "",
    actor: User | None = None,
    source: Source = Source.DESK,
    received_at: datetime | None = None,
) -> Patent:
    """Hand the patent out. `issued_on` is printed on its back; coverage counts from it."""
    if not is_patent_number(series, number):
        raise errors.PatentNumberWrong
    said = word(source, received_at, actor)
    application = moved(application, ApplicationStatus.ISSUED, said)
    refuse_outside(issued_on, application.accepted_on, _("A patent cannot be issued before %s."))
    with taken_means(errors.PatentTaken):
        patent = Patent.objects.create(
            application=application,
            series=series,
            number=number,
            issued_on=issued_on,
            profession=profession,
            **said.sourced,
        )
    application.save(update_fields=["status"])
    write_step(application, ApplicationStatus.ISSUED, issued_on, said)
    facts = {"patent": str(patent), "issued_on": issued_on}
    entry = note(application, timeline.ISSUED, actor, source=source, **facts)
    tell(PATENT_ISSUED, patent.pk, entry)
    return patent


@transaction.atomic
def annul(
    *,
    patent: Patent,
    annulled_on: date,
    reason: str,
    actor: User | None = None,
    source: Source = Source.DESK,
    received_at: datetime | None = None,
) -> Patent:
    """The Ministry annulled the patent; the person is told. The application stays issued."""
    reason = reason_given(reason)
    patent = (
        Patent.objects.select_for_update(of=("self",))
        .select_related("application__person")
        .get(pk=patent.pk)
    )
    if patent.annulled_on:
        raise errors.AlreadyAnnulled
    refuse_outside(annulled_on, patent.issued_on, _("A patent cannot be annulled before %s."))
    because(reason)
    patent.annulled_on, patent.annulled_reason = annulled_on, reason
    patent.annulled_source, patent.annulled_received_at = source, received_at or clock.now()
    patent.save(update_fields=ANNULMENT)
    facts = {"patent": str(patent), "annulled_on": annulled_on, "reason": reason}
    entry = note(patent.application, timeline.ANNULLED, actor, source=source, **facts)
    tell(PATENT_ANNULLED, patent.pk, entry)
    return patent
