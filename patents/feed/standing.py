"""Whether the rows still say what an item said. What the desk corrected since is its own word."""

from collections.abc import Callable, Mapping

from patents.feed.bringing import digest_of
from patents.feed.facts import Annulled, Fact, InnAssigned, Issued, NewsTold, Ready, Refused, Sent
from patents.feed.items import parse
from patents.feed.news import digest_of_news
from patents.models import FROM_MINISTRY, Application, ApplicationStatus, FeedItem, Patent


def stands(row: FeedItem, news: Mapping[str, str]) -> bool:
    """`row` comes with its application, patent, steps and INNs; `news` are digests by key."""
    fact = parse(row.payload)
    if isinstance(fact, NewsTold):
        return news.get(fact.news) == digest_of_news(fact)
    return row.application is not None and STANDS[type(fact)](row.application, fact)


def _step(application: Application, status: ApplicationStatus, fact: Fact) -> bool:
    found = next((one for one in application.steps.all() if one.status == status), None)
    return found is not None and (found.source not in FROM_MINISTRY or found.on == fact.occurred)


def _sent(application: Application, fact: Sent) -> bool:
    return _step(application, ApplicationStatus.IN_REVIEW, fact)


def _ready(application: Application, fact: Ready) -> bool:
    return application.ready_on is not None and _step(application, ApplicationStatus.READY, fact)


def _refused(application: Application, fact: Refused) -> bool:
    """Words that staff put right since leave the hash of the Ministry's word."""
    said = application.refusal_digest == digest_of(fact)
    return said and _step(application, ApplicationStatus.REFUSED, fact)


def _issued(application: Application, fact: Issued) -> bool:
    patent: Patent | None = getattr(application, "patent", None)
    if patent is None or patent.source not in FROM_MINISTRY:
        return patent is not None
    written = (patent.issued_on, patent.series, patent.number, patent.profession)
    return written == fact.word


def _annulled(application: Application, fact: Annulled) -> bool:
    patent: Patent | None = getattr(application, "patent", None)
    if patent is None or patent.annulled_on is None:
        return False
    if patent.annulled_source not in FROM_MINISTRY:
        return True
    return (patent.annulled_on, patent.annulled_reason) == fact.word


def _inn(application: Application, fact: InnAssigned) -> bool:
    """In use, or in use before a merge or a correction of the desk."""
    rows = application.person.inns.all()
    current = next((row for row in rows if row.valid_until is None), None)
    by_desk = current is not None and current.source not in FROM_MINISTRY
    theirs = (row for row in rows if row.value == fact.value)
    return any(
        by_desk or row.valid_until is None or row.valid_until >= row.valid_from for row in theirs
    )


STANDS: dict[type[Fact], Callable[[Application, Fact], bool]] = {
    Sent: _sent,
    Ready: _ready,
    Refused: _refused,
    Issued: _issued,
    Annulled: _annulled,
    InnAssigned: _inn,
}
