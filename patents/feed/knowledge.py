"""What stands without the feed, read from the database for the pure decisions."""

from collections.abc import Collection

from accounts.models import Person
from common import clock
from patents.feed.course import Handed, Known
from patents.feed.facts import Fact, InnAssigned, Issued
from patents.feed.inns import KnownInn
from patents.feed.verdicts import Word
from patents.models import FROM_MINISTRY, Application, ApplicationStatus, Inn, Patent

NOTHING_UNDONE: frozenset[Word] = frozenset()


def known_of(
    application: Application, facts: Collection[Fact], undone: frozenset[Word] = NOTHING_UNDONE
) -> Known:
    steps = application.steps.all()
    desk = {step.status: step.on for step in steps if step.source not in FROM_MINISTRY}
    patent = Patent.objects.filter(application=application).first()
    return Known(
        today=clock.today(),
        accepted_on=application.accepted_on,
        sent=ApplicationStatus.IN_REVIEW in desk,
        ready=desk.get(ApplicationStatus.READY),
        refused=ApplicationStatus.REFUSED in desk,
        handed=_handed(patent),
        annulled_on=_annulled(patent),
        taken=_taken(application, facts),
        undone=undone,
    )


def _handed(patent: Patent | None) -> Handed | None:
    if patent is None or patent.source in FROM_MINISTRY:
        return None
    return Handed(patent.issued_on, patent.series, patent.number)


def _annulled(patent: Patent | None):
    return patent.annulled_on if patent and patent.annulled_source not in FROM_MINISTRY else None


def _taken(application: Application, facts: Collection[Fact]) -> frozenset[tuple[str, str]]:
    numbers = {fact.number for fact in facts if isinstance(fact, Issued)}
    others = Patent.objects.filter(number__in=numbers).exclude(application=application)
    return frozenset(others.values_list("series", "number"))


def known_inn_of(
    person: Person, facts: Collection[InnAssigned], undone: frozenset[Word] = NOTHING_UNDONE
) -> KnownInn:
    current = Inn.objects.current()
    own = current.filter(person=person).exclude(source__in=FROM_MINISTRY)
    others = current.filter(value__in={fact.value for fact in facts}).exclude(person=person)
    return KnownInn(
        today=clock.today(),
        entered=own.values_list("value", flat=True).first() or "",
        taken=frozenset(others.values_list("value", flat=True)),
        undone=undone,
    )
