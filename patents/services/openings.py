"""Many applications at once, from the records that the centre kept before; nobody is told."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction

from accounts.models import Person
from accounts.services import record_many
from patents import timeline
from patents.models import (
    Application,
    ApplicationStatus,
    ApplicationStep,
    Ground,
    Inn,
    Patent,
    Source,
)
from patents.services.papers import FirstPapers, take_first_papers
from patents.services.rows import word

AT_ONCE = 2000


@dataclass(frozen=True, slots=True)
class Course:
    """An application as it stands; `facts` and `patent` are columns of their models.

    `sent_on` is the day on which the papers went to the Ministry, where somebody wrote it down.
    """

    person: Person
    facts: dict
    sent_on: date | None = None
    patent: dict | None = None
    papers: FirstPapers = field(default_factory=FirstPapers)


@transaction.atomic
def bring_applications(courses: Sequence[Course]) -> list[Application]:
    """Write applications, their steps and patents down, in the order given.

    The caller has checked the facts; the constraints of the database hold all the same.
    """
    said = word(Source.OPENING, None, None).sourced
    grounds = _grounds(courses)
    applications = [
        Application(person=one.person, ground=ground, **one.facts)
        for one, ground in zip(courses, grounds, strict=True)
    ]
    Application.objects.bulk_create(applications, batch_size=AT_ONCE)
    pairs = list(zip(applications, courses, strict=True))
    patents = [
        Patent(application=application, **one.patent, **said, **_annulment(one.patent, said))
        for application, one in pairs
        if one.patent
    ]
    Patent.objects.bulk_create(patents, batch_size=AT_ONCE)
    _bring_steps(pairs, said)
    papers = ((application, one.papers) for application, one in pairs)
    take_first_papers(papers, source=Source.OPENING)
    record_many(entry for pair in pairs for entry in _story(*pair))
    return applications


@transaction.atomic
def bring_inns(inns: Iterable[tuple[Person, str, date]]) -> None:
    """INNs of people who have none here, each known since its day."""
    said = word(Source.OPENING, None, None).sourced
    rows = [
        Inn(person=person, value=value, valid_from=since, **said) for person, value, since in inns
    ]
    Inn.objects.bulk_create(rows, batch_size=AT_ONCE)
    facts = {"source": Source.OPENING.value}
    record_many((row.person, timeline.INN_ENTERED, {"inn": row.value} | facts) for row in rows)


def _grounds(courses: Sequence[Course]) -> list[Ground]:
    """Whoever held a patent when they applied re-issues it; an annulled one begins anew."""
    held: dict[int, date] = {}
    for one in courses:
        if one.patent and not one.patent["annulled_on"]:
            day = one.patent["issued_on"]
            held[one.person.pk] = min(day, held.get(one.person.pk, day))
    return [
        Ground.REISSUE
        if held.get(one.person.pk, date.max) < one.facts["accepted_on"]
        else Ground.FIRST
        for one in courses
    ]


def _annulment(patent: dict, said: dict) -> dict:
    if not patent["annulled_on"]:
        return {}
    return {f"annulled_{name}": value for name, value in said.items()}


def _bring_steps(pairs: list[tuple[Application, Course]], said: dict) -> None:
    steps = (
        ApplicationStep(application=application, status=status, on=on, **said)
        for application, one in pairs
        for status, on in _days(one)
        if on
    )
    ApplicationStep.objects.bulk_create(steps, batch_size=AT_ONCE)


def _days(one: Course) -> tuple:
    return (
        (ApplicationStatus.ACCEPTED, one.facts["accepted_on"]),
        (ApplicationStatus.IN_REVIEW, one.sent_on),
        (ApplicationStatus.READY, one.facts["ready_on"]),
        (ApplicationStatus.REFUSED, one.facts["refused_on"]),
        (ApplicationStatus.ISSUED, one.patent and one.patent["issued_on"]),
    )


def _story(application: Application, one: Course) -> Iterable[tuple[Person, str, dict]]:
    """The course as the person reads it; days without an entry of their own are left out."""
    number, patent = {"number": application.number, "source": Source.OPENING.value}, one.patent
    facts = number | {"accepted_on": application.accepted_on}
    yield one.person, timeline.ACCEPTED, facts
    if application.ready_on:
        yield one.person, timeline.READY, number | {"ready_on": application.ready_on}
    if application.refused_on and application.refusal_reason:
        reason = {"reason": application.refusal_reason, "refused_on": application.refused_on}
        yield one.person, timeline.REFUSED, number | reason
    if patent:
        name = {"patent": f"{patent['series']} № {patent['number']}"}
        name["source"] = Source.OPENING.value
        yield one.person, timeline.ISSUED, name | {"issued_on": patent["issued_on"]}
        if patent["annulled_on"] and patent["annulled_reason"]:
            why = {"annulled_on": patent["annulled_on"], "reason": patent["annulled_reason"]}
            yield one.person, timeline.ANNULLED, name | why
