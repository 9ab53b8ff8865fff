"""Makes an application what its facts say: takes back, goes on, restates; each by a service."""

from collections.abc import Callable
from hashlib import sha256

from patents import services
from patents.feed.course import Course
from patents.feed.facts import Fact, Refused
from patents.models import FROM_MINISTRY, Application, ApplicationStatus, Patent, RefusalKind
from patents.services import ministry
from patents.services.ministry import Said

ON_THE_WAY = frozenset({ApplicationStatus.ACCEPTED, ApplicationStatus.IN_REVIEW})
SaidOf = Callable[[Fact], Said]


def bring(application: Application, course: Course, said_of: SaidOf) -> None:
    """The application is locked. What the desk entered is not touched: `course` leaves it out."""
    _take_back(application, course)
    _send(application, course, said_of)
    _make_ready(application, course, said_of)
    _refuse(application, course, said_of)
    _issue(application, course, said_of)
    _annul(application, course, said_of)


def _take_back(application: Application, course: Course) -> None:
    """What the Ministry said once and what stands no longer beside its later words."""
    patent = _patent(application)
    if patent and patent.annulled_source in FROM_MINISTRY and course.annulled is None:
        ministry.withdraw_annulment(patent=patent)
    told = _told(application)
    if ApplicationStatus.REFUSED in told and course.refused is None:
        ministry.withdraw_refusal(application=application)
    for status, fact in (
        (ApplicationStatus.READY, course.ready),
        (ApplicationStatus.IN_REVIEW, course.sent),
    ):
        if status in told and fact is None:
            ministry.withdraw_step(application=application, status=status)


def _told(application: Application) -> dict:
    """Steps that the Ministry told, each with its day."""
    steps = application.steps.filter(source__in=FROM_MINISTRY)
    return dict(steps.values_list("status", "on"))


def _patent(application: Application) -> Patent | None:
    return Patent.objects.select_related("application").filter(application=application).first()


def _status(application: Application) -> str:
    return Application.objects.values_list("status", flat=True).get(pk=application.pk)


def _send(application: Application, course: Course, said_of: SaidOf) -> None:
    if course.sent is None:
        return
    if _status(application) == ApplicationStatus.ACCEPTED:
        services.send_to_review(
            application=application, on=course.sent.occurred, **_by(said_of(course.sent))
        )
    else:
        _fill_in(application, ApplicationStatus.IN_REVIEW, course.sent, said_of)


def _make_ready(application: Application, course: Course, said_of: SaidOf) -> None:
    if course.ready is None:
        return
    if _status(application) in ON_THE_WAY:
        services.mark_ready(
            application=application, ready_on=course.ready.occurred, **_by(said_of(course.ready))
        )
    else:
        _fill_in(application, ApplicationStatus.READY, course.ready, said_of)


def _fill_in(application: Application, status: str, fact: Fact, said_of: SaidOf) -> None:
    """A step that is passed already, or told with another day."""
    if _told(application).get(status) != fact.occurred:
        ministry.restate_step(
            application=application, status=status, on=fact.occurred, said=said_of(fact)
        )


def _refuse(application: Application, course: Course, said_of: SaidOf) -> None:
    if course.refused is None:
        return
    facts, said = _of_refusal(course.refused), said_of(course.refused)
    row = Application.objects.get(pk=application.pk)
    if row.status in ON_THE_WAY:
        services.refuse(application=application, **facts, **_by(said))
    elif row.refusal_digest != facts["digest"]:
        ministry.restate_refusal(application=application, **facts, said=said)


def _of_refusal(fact: Refused) -> dict:
    """With another word the former advice goes, too: it may have been about another reason."""
    return {
        "refused_on": fact.occurred,
        "reason": fact.reason,
        "kind": RefusalKind.objects.filter(slug=fact.code).first() if fact.code else None,
        "advice": fact.advice,
        "until": fact.until,
        "digest": digest_of(fact),
    }


def digest_of(fact: Refused) -> str:
    """The word that stands in the application: another one is told anew."""
    return sha256(repr(fact.word).encode()).hexdigest()


def _issue(application: Application, course: Course, said_of: SaidOf) -> None:
    fact = course.issued
    if fact is None:
        return
    facts = {"series": fact.series, "number": fact.number, "profession": fact.profession}
    facts["issued_on"] = fact.occurred
    patent = _patent(application)
    if patent is None:
        services.issue_patent(application=application, **facts, **_by(said_of(fact)))
    elif any(getattr(patent, name) != value for name, value in facts.items()):
        ministry.restate_patent(patent=patent, **facts, said=said_of(fact))


def _annul(application: Application, course: Course, said_of: SaidOf) -> None:
    if course.annulled is None:
        return
    patent = _patent(application)
    facts = {"annulled_on": course.annulled.occurred, "reason": course.annulled.reason}
    if patent.annulled_on is None:
        services.annul(patent=patent, **facts, **_by(said_of(course.annulled)))
    elif (patent.annulled_on, patent.annulled_reason) != tuple(facts.values()):
        ministry.restate_annulment(patent=patent, **facts, said=said_of(course.annulled))


def _by(said: Said) -> dict:
    return {"source": said.source, "received_at": said.received_at}
