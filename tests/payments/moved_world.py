"""Somebody whose patent was issued on 15 January 2026, as we thought, and ways to move the day."""

from datetime import UTC, date, datetime

from accounts.services import approvals
from notifications.models import Message
from patents import services
from patents.models import Patent, Source
from patents.services import ministry, moving, unsaying
from payments.facts import standing_of
from payments.services.importing.statements import import_statement
from payments.services.ledger import moved_days
from tests.factories import StaffFactory, statements_through
from tests.payments.statement_files import order, whole

EARLIER, FIRST_DAY, LATER = date(2026, 1, 12), date(2026, 1, 15), date(2026, 1, 18)
LAST_NAMED = date(2026, 2, 14)
WHY = "на обороте другой день"
SAID = ministry.Said(Source.MINISTRY, datetime(2026, 2, 20, 9, tzinfo=UTC))


def feb(day):
    return date(2026, 2, day)


def pay(on, posted_on=None, number="1", **more):
    posted_on = posted_on or on
    content = whole(order(number=number, on=on, posted_on=posted_on, **more), first=posted_on)
    import_statement(content=content, name="file.txt")
    statements_through(feb(24))


def at_the_desk(patent, day):
    facts = {"series": patent.series, "number": patent.number, "profession": ""}
    services.correct_patent(patent=patent, issued_on=day, reason=WHY, agreed=True, **facts)


def by_the_ministry(patent, day):
    facts = {"series": patent.series, "number": patent.number, "profession": ""}
    ministry.restate_patent(patent=patent, issued_on=day, said=SAID, **facts)


def by_undoing(patent, day):
    """The desk had the right day, the Ministry another one by mistake: that is taken out."""
    was = patent.issued_on
    Patent.objects.filter(pk=patent.pk).update(issued_on=day)
    by_the_ministry(Patent.objects.get(pk=patent.pk), was)
    unsaying.unsay_issue(Patent.objects.get(pk=patent.pk).application)


def issued_anew(patent, day):
    application, facts = patent.application, {"series": patent.series, "number": patent.number}
    services.take_back(application=application, reason=WHY)
    services.issue_patent(application=application, issued_on=day, **facts)


WAYS = [at_the_desk, by_the_ministry, by_undoing, issued_anew]


def move(way, application, day):
    way(Patent.objects.get(application=application), day)
    return now(application)


def now(application, day=None):
    return standing_of(application.person, day)


def told(code):
    return Message.objects.filter(event=code).count()


def decide(application, stands):
    asked = moving.ask_decision(
        application=application, stands=stands, reason=WHY, actor=StaffFactory()
    )
    approvals.decide(approval=asked, granted=True, actor=StaffFactory())
    moved_days.follow_moves()
