"""Whoever was told that the term had passed hears that it has not, whatever put it right."""

from datetime import UTC, date, datetime

import pytest

from accounts.models import TimelineEntry
from accounts.services import approvals
from notifications.models import Channel, Message, MessageStatus, Topic
from notifications.services.composing import Composed
from notifications.services.preferences import choose
from notifications.services.wishes import wanted
from patents.models import Patent
from payments.messages import (
    APOLOGY,
    DAY_FELL,
    DAY_STOOD,
    LAPSE_WITHDRAWN,
    LAPSED,
    PAYMENT_UNCOUNTED,
)
from payments.models import Account, OpeningMonths
from payments.services.claims.claims import confirm
from payments.services.ledger import opening_corrections, wrong_lapses
from payments.services.notices import telling
from payments.standing import State
from tests.factories import (
    MONTHLY,
    InnFactory,
    OpeningMonthsFactory,
    PatentFactory,
    StaffFactory,
    statements_through,
)
from tests.payments.shown_cheques import IN_TIME, line, show, standing_on

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("february")]
NOON = datetime(2026, 2, 25, 9, tzinfo=UTC)


@pytest.fixture
def lapsed(february):
    """The opening counted one month of a patent of 15 January; on 25 February the term is over by
    the statements and the person was told so."""
    application = PatentFactory(issued_on=date(2026, 1, 15)).application
    OpeningMonthsFactory(application=application, months=1, amount=MONTHLY)
    february.move_to(NOON)
    statements_through(date(2026, 2, 21))
    Account.objects.update(counted_through=date(2025, 12, 31))
    telling.tell_of_days_over()
    assert told() == [LAPSED.code]
    hear()
    return application


def told() -> list[str]:
    return list(Message.objects.order_by("pk").values_list("event", flat=True))


def hear(**more) -> None:
    facts = {"text": "Срок прошёл", "status": MessageStatus.SENT} | more
    Message.objects.filter(event=LAPSED.code).update(**facts)


def correct(application, months: int) -> None:
    asked = opening_corrections.ask_correction(
        application=application,
        months=months,
        amount=MONTHLY * months,
        reason="в ведомости больше",
        actor=StaffFactory(),
    )
    approvals.decide(approval=asked, granted=True, actor=StaffFactory())


def test_corrected_opening_takes_the_words_back_at_once_and_only_once(lapsed):
    correct(lapsed, 3)
    telling.tell_of_days_over()
    telling.tell_of_days_over()

    assert told() == [LAPSED.code, APOLOGY.code]
    wrong, apology = Message.objects.order_by("pk")
    assert wrong.taken_back_at is not None
    assert (apology.subject_id, apology.person_id) == (wrong.pk, lapsed.person_id)
    entry = TimelineEntry.objects.get(kind="payments.apology")
    assert entry.facts == {"wrong_on": "2026-02-25"}


def test_without_the_look_the_wrong_words_would_stay(lapsed, monkeypatch):
    """The twin: the page says `valid`, the last SMS says that nothing came."""
    for module in (telling, opening_corrections):
        monkeypatch.setattr(module, "take_lapses_back", lambda people=None: 0)

    correct(lapsed, 3)
    telling.tell_of_days_over()

    assert standing_on(lapsed, NOON.date()).state == State.VALID
    assert told() == [LAPSED.code]


def test_whatever_prolonged_it_the_next_hour_takes_the_words_back(lapsed):
    OpeningMonths.objects.update(months=2, amount=MONTHLY * 2)

    telling.tell_of_days_over()

    assert told() == [LAPSED.code, APOLOGY.code]


def test_day_of_issue_that_moved_takes_them_back(lapsed):
    Patent.objects.update(issued_on=date(2026, 1, 28))
    assert standing_on(lapsed, NOON.date()).state not in (State.LAPSED, State.EXPIRED)

    telling.tell_of_days_over()

    assert told() == [LAPSED.code, APOLOGY.code]


def test_cheque_takes_them_back_when_it_is_confirmed_and_not_before(lapsed):
    claim = show(lapsed)
    telling.tell_of_days_over()
    assert APOLOGY.code not in told()

    confirm(claim=claim, paid_on=IN_TIME, actor=StaffFactory())
    telling.tell_of_days_over()

    assert told().count(APOLOGY.code) == 1


def test_nobody_hears_an_apology_for_words_that_never_left(lapsed):
    hear(text="", status=MessageStatus.DROPPED)

    correct(lapsed, 3)

    assert told() == [LAPSED.code]


def test_who_has_really_lapsed_hears_none_when_statements_are_annulled(lapsed):
    statements_through(date(2026, 2, 13))
    assert standing_on(lapsed, NOON.date()).state == State.UNSEEN

    telling.tell_of_days_over()

    assert told() == [LAPSED.code]


def test_fewer_months_take_nothing_back(lapsed):
    correct(lapsed, 0)

    assert told() == [LAPSED.code]


def test_line_that_took_them_back_with_its_own_words_needs_no_second_apology(lapsed):
    inn = InnFactory(person=lapsed.person).value

    line(on=IN_TIME, posted_on=date(2026, 2, 22), inn=inn)
    assert LAPSE_WITHDRAWN.code in told()

    telling.tell_of_days_over()

    assert APOLOGY.code not in told()


def test_month_that_is_proven_while_the_next_one_is_over_takes_its_own_words_back(lapsed, february):
    """Its "it has not passed" would be wrong by now; that nothing had come was wrong too."""
    february.move_to(datetime(2026, 3, 25, 9, tzinfo=UTC))
    statements_through(date(2026, 3, 22))
    OpeningMonths.objects.update(months=2, amount=MONTHLY * 2)
    assert standing_on(lapsed, date(2026, 3, 25)).state == State.LAPSED

    wrong_lapses.take_lapses_back()

    assert told() == [LAPSED.code, APOLOGY.code]


def test_whatever_corrects_a_legal_notice_is_legal():
    """Who switched the payments off got the wrong words; what corrects them must come as well."""
    events = {LAPSE_WITHDRAWN, APOLOGY, PAYMENT_UNCOUNTED, DAY_FELL, DAY_STOOD}

    assert [one.code for one in events if not one.legal] == []


def test_who_switched_the_payments_off_hears_that_the_words_were_wrong(lapsed):
    choose(person_id=lapsed.person_id, topic=Topic.MONEY, channel=Channel.SMS, on=False)
    correct(lapsed, 3)
    rows = list(Message.objects.filter(event=APOLOGY.code))

    wishes = wanted([Composed(row, "Ошибка") for row in rows], Channel.SMS)

    assert [one.row for one in wishes.goes] == rows
    assert len(rows) == 1
