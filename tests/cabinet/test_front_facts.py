"""Each fact that home asks for shows at the next request, whatever page was kept before."""

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest

from accounts.models import Person, PhoneKind, RecoveryHold, TimelineEntry
from cabinet import front
from notifications.models import Preference
from patents.models import FormerDay, Source
from payments.models import (
    Account,
    ChargeStatus,
    Claim,
    Placement,
    QueueReason,
    Requisites,
    Tariff,
)
from tests.cabinet.home import NOON, page_of, to_mend
from tests.factories import (
    AnnouncementFactory,
    ApplicationFactory,
    ChargeFactory,
    InnFactory,
    NewsFactory,
    PatentFactory,
    PhoneFactory,
    PlacementFactory,
    ReceiptFactory,
    TillPaymentFactory,
    counted_elsewhere,
)

pytestmark = pytest.mark.django_db
OTHER_ACCOUNT = "03100643000000017300"


def _line_posted(application):
    PlacementFactory(application=application, paid_on=date(2026, 2, 10))


def _line_withdrawn(application):
    rows = Placement.objects.filter(application=application)
    rows.update(closed_at=NOON)
    for row in rows:
        counted_elsewhere(row)


def _late_line_queued(application):
    PlacementFactory(application=application, queued=True, queue_reason=QueueReason.LATE)


def _line_like_theirs(application):
    PlacementFactory(queued=True, queue_reason=QueueReason.AMBIGUOUS, may_be_of=[application.pk, 0])


def _charge_taken(application):
    ChargeFactory(receipt=ReceiptFactory(application=application))


def _page_of_the_acquirer_opened(application):
    """Begun in time, and nobody told its end: the Treasury's silence ends nothing."""
    receipt = ReceiptFactory(application=application)
    charge = ChargeFactory(receipt=receipt, status=ChargeStatus.PENDING, captured_at=None)
    type(charge).objects.filter(pk=charge.pk).update(created_at=NOON - timedelta(days=4))


def _cash_taken(application):
    TillPaymentFactory(receipt=ReceiptFactory(application=application))


def _cheque_shown(application):
    Claim.objects.create(
        application=application, months=1, amount=Decimal(10000), paid_on=date(2026, 2, 13)
    )


def _more_asked_about_a_cheque(application):
    _cheque_shown(application)
    Claim.objects.update(question="Чья это подпись?", asked_at=NOON)


def _patent_annulled(application):
    patent = application.patent
    patent.annulled_on, patent.annulled_reason = date(2026, 2, 16), "по суду"
    patent.annulled_source, patent.annulled_received_at = Source.MINISTRY, NOON
    patent.save()


def _date_of_issue_corrected(application):
    patent = application.patent
    patent.issued_on = date(2026, 1, 20)
    patent.save()


def _other_day_was_named(application):
    FormerDay.objects.create(application=application, issued_on=date(2026, 1, 20), until_at=NOON)


def _next_application(application):
    PatentFactory(application__person=application.person, issued_on=date(2026, 2, 16))


def _step_told_again(application):
    application.steps.filter(status="issued").update(source=Source.MINISTRY, received_at=NOON)


def _paper_to_be_mended(application):
    following = ApplicationFactory(person=application.person, accepted_on=date(2026, 2, 16))
    to_mend(following)


def _inn_came(application):
    InnFactory(person=application.person)


def _price_changed(application):
    Placement.objects.filter(application=application).update(months=2)
    Tariff.objects.filter(region="77").update(monthly=Decimal("10500.00"))


def _statement_came(application):
    Account.objects.update(complete_through=date(2026, 2, 21))


def _requisites_changed(application):
    Requisites.objects.update(account=OTHER_ACCOUNT)


def _paper_of_another_account(application):
    receipt = ReceiptFactory(application=application)
    receipt.snapshot["account"] = OTHER_ACCOUNT
    receipt.save()


def _something_happened(application):
    TimelineEntry.objects.create(person=application.person, kind="unknown")


def _number_bound(application):
    PhoneFactory(person=application.person, kind=PhoneKind.OWN, bound_at=NOON)


def _access_asked_for(application):
    RecoveryHold.objects.create(
        person=application.person, number="+79160000009", opens_at=NOON + timedelta(days=1)
    )


def _reminders_switched_off(application):
    Placement.objects.filter(application=application).update(months=2)  # a valid patent says it
    Preference.objects.create(
        person_id=application.person_id, topic="reminders", channel="sms", on=False
    )


def _number_given_up(application):
    application.person.phones.update(valid_until=date(2026, 2, 16))


def _sms_about_money_stopped(application):
    Preference.objects.create(
        person_id=application.person_id, topic="money", channel="sms", on=False
    )


def _announcement_written(application):
    AnnouncementFactory(last_day=None)


def _news_came(application):
    NewsFactory()


def _name_corrected(application):
    Person.objects.filter(pk=application.person_id).update(last_name="Каримова")


# What moves each part of the answer; a part without its fact fails.
FACTS = {
    "cases": [_date_of_issue_corrected, _next_application],
    "former": [_other_day_was_named],
    "posted": [_line_posted, _line_withdrawn],
    "queued": [_late_line_queued],
    "maybe": [_line_like_theirs],
    "charges": [_charge_taken],
    "asked": [_page_of_the_acquirer_opened],
    "tills": [_cash_taken],
    "claims": [_cheque_shown],
    "cheques_asked": [_more_asked_about_a_cheque],
    "papers": [_paper_of_another_account],
    "tariff": [_price_changed],
    "requisites": [_requisites_changed],
    "accounts": [_statement_came],
    "inn": [_inn_came],
    "news": [_something_happened],
    "hold": [_access_asked_for],
    "announcements": [_announcement_written],
    "unread": [_news_came],
    "steps": [_step_told_again],
    "annulled": [_patent_annulled],
    "mend": [_paper_to_be_mended],
    "bound": [_number_bound],
    "unreminded": [_reminders_switched_off],
    "phones": [_number_given_up],
    "sms_off": [_sms_about_money_stopped],
}
BY_PART = [(part, fact) for part, facts in FACTS.items() for fact in facts]


@pytest.fixture(autouse=True)
def reachable(patent):
    """The page promises an SMS only to whom one goes."""
    PhoneFactory(person=patent.application.person)


def asked(person):
    return front.QUESTION.ask(person=person.pk, day=NOON.date())


def seen(client) -> str:
    """The whole page without the token of the visit."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page_of(client))


def test_each_part_of_the_question_has_a_fact_that_moves_it():
    assert set(FACTS) == set(front.parts(1, NOON.date()))


@pytest.mark.parametrize(
    ("part", "fact"), BY_PART, ids=[f"{part}-{fact.__name__}" for part, fact in BY_PART]
)
def test_a_new_fact_shows_at_the_next_request(mine, patent, part, fact):
    person = patent.application.person
    page, told = seen(mine), asked(person)[part]

    fact(patent.application)

    assert asked(person)[part] != told
    assert seen(mine) != page


def test_a_corrected_name_shows_at_the_next_request(mine, patent):
    """Not of the question: the person's own row, which each request reads with the account."""
    page = seen(mine)

    _name_corrected(patent.application)

    assert seen(mine) != page
