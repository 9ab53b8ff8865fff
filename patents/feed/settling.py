"""Brings applications, INNs and news to what all their items together say; each item gets its lot.

Everything about one application is decided at once, from all that ever came about it: so the order
in which items come leaves no trace.
"""

import logging
from collections.abc import Callable, Iterable

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils import translation

from accounts.models import Person
from common import clock
from common.errors import Refusal
from common.mishaps import log_mishap
from patents.feed.bringing import bring
from patents.feed.course import decide
from patents.feed.facts import Fact
from patents.feed.inns import decide_inn
from patents.feed.items import parse
from patents.feed.knowledge import known_inn_of, known_of
from patents.feed.news import decide_news, tell_news
from patents.feed.verdicts import Verdict, Word, word_of
from patents.models import (
    NOT_COUNTING,
    Application,
    FeedItem,
    FeedKind,
    FeedReason,
    FeedStatus,
)
from patents.services.ministry import Said, restate_inn

logger = logging.getLogger(__name__)


def settle() -> None:
    """Look at what is new, and again at what has become possible. What fails waits for the next."""
    _find_applications()
    _look_again_at_days_that_came()
    new = FeedItem.objects.received()
    about = new.exclude(application=None)
    courses = about.exclude(kind=FeedKind.INN).values_list("application_id", flat=True)
    people = about.filter(kind=FeedKind.INN).values_list("application__person_id", flat=True)
    _each(settle_application, courses)
    _each(settle_inn, people)
    _each(settle_news, new.filter(kind=FeedKind.NEWS).values_list("news_key", flat=True))


def _each(work: Callable, keys: Iterable[int | str]) -> None:
    for key in sorted(set(keys)):
        try:
            work(key)
        except Exception as error:  # one that fails must not stop the others; it is tried again
            log_mishap(logger, f"{work.__name__} {key} failed", error)


def _find_applications() -> None:
    """Items find their application by its number, also when somebody registers it later."""
    ours = Application.objects.filter(number=OuterRef("number"))
    nameless = FeedItem.objects.filter(application=None).exclude(number="")
    new = Q(status=FeedStatus.RECEIVED)
    unknown = Q(status=FeedStatus.BAD, reason=FeedReason.UNKNOWN_APPLICATION)
    nameless.filter(new | unknown).filter(Exists(ours)).update(
        application=Subquery(ours.values("pk")), status=FeedStatus.RECEIVED, reason=""
    )
    nameless.filter(Exists(ours)).update(application=Subquery(ours.values("pk")))
    nameless.filter(new).update(status=FeedStatus.BAD, reason=FeedReason.UNKNOWN_APPLICATION)


def _look_again_at_days_that_came() -> None:
    ahead = FeedItem.objects.filter(status=FeedStatus.BAD, reason=FeedReason.FUTURE)
    ahead.filter(occurred_on__lte=clock.today()).update(status=FeedStatus.RECEIVED, reason="")


def settle_application(application_id: int) -> None:
    """Decide about all items of an application and do what they say, in one transaction."""
    rows = of_course(application_id).counting()
    _or_refuse(rows, lambda: settle_course(application_id))


def of_course(application_id: int):
    facts = FeedItem.objects.facts().filter(application=application_id)
    return facts.exclude(kind=FeedKind.INN)


def of_inns(person_id: int):
    """Told of any of the person's applications."""
    facts = FeedItem.objects.facts().filter(kind=FeedKind.INN)
    return facts.filter(application__person=person_id)


def of_news(key: str):
    return FeedItem.objects.facts().filter(kind=FeedKind.NEWS, news_key=key)


def locked(application_id: int) -> Application:
    """Items are read after this: who decided from fewer of them never writes last."""
    return Application.objects.select_for_update(of=("self",)).get(pk=application_id)


def locked_person(person_id: int) -> Person:
    """As `locked`, for items about the INN."""
    return Person.objects.select_for_update(of=("self",), no_key=True).get(pk=person_id)


def locked_news(key: str):
    """As `locked`, for items about the same news: they themselves are all there is to lock."""
    return of_news(key).select_for_update(of=("self",)).order_by("pk")


def settle_course(application_id: int) -> None:
    """As `settle_application`, in the caller's transaction; raises what the services refuse."""
    application = locked(application_id)
    by_key, facts, undone = _read(of_course(application_id))
    decision = decide(known_of(application, facts, undone), facts)
    bring(application, decision.course, lambda fact: _said(by_key[fact.key]))
    _give(by_key, decision.verdicts)


def settle_inn(person_id: int) -> None:
    """The same about the INNs of a person, told of any of their applications."""
    rows = of_inns(person_id).counting()
    _or_refuse(rows, lambda: settle_inns(person_id))


def settle_inns(person_id: int) -> None:
    """As `settle_inn`, in the caller's transaction."""
    person = locked_person(person_id)
    by_key, facts, undone = _read(of_inns(person_id))
    chosen, verdicts = decide_inn(known_inn_of(person, facts, undone), facts)
    if chosen:
        said = _said(by_key[chosen.key])
        restate_inn(person=person, value=chosen.value, on=chosen.occurred, said=said)
    _give(by_key, verdicts)


def settle_news(key: str) -> None:
    """The wording recorded last is what people read."""
    with transaction.atomic():
        by_key, facts, undone = _read(locked_news(key))
        chosen, verdicts = decide_news(clock.today(), facts, undone)
        if chosen:
            tell_news(fact=chosen, said=_said(by_key[chosen.key]))
        _give(by_key, verdicts)


def _read(rows) -> tuple[dict[str, FeedItem], list[Fact], frozenset[Word]]:
    """Rows by the key of their fact, the facts that count, and what was undone."""
    counting = {row.digest: row for row in rows if row.status not in NOT_COUNTING}
    undone = (row for row in rows if row.status == FeedStatus.UNDONE)
    facts = [parse(row.payload) for row in counting.values()]
    return counting, facts, frozenset(word_of(parse(row.payload)) for row in undone)


def _said(row: FeedItem) -> Said:
    return Said(row.source, row.received_at)


def _give(by_key: dict[str, FeedItem], verdicts: dict[str, Verdict]) -> None:
    """Write down what became of each item, where it changed."""
    changed = []
    for key, verdict in verdicts.items():
        row, reason = by_key[key], verdict.reason or ""
        if (row.status, row.reason) != (verdict.status, reason):
            row.status, row.reason, row.detail = verdict.status, reason, ""
            changed.append(row)
    FeedItem.objects.bulk_update(changed, ["status", "reason", "detail"])


def _or_refuse(rows, work: Callable[[], None]) -> None:
    """A rule that the decision did not foresee refuses: staff read which one."""
    try:
        with transaction.atomic():
            work()
    except Refusal as refusal:
        with translation.override(settings.LANGUAGE_CODE):
            detail = str(refusal)[:300]
        rows.received().update(
            status=FeedStatus.BAD, reason=FeedReason.REFUSED_BY_RULES, detail=detail
        )
