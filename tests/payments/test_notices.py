"""Said because a day came: at 18:00, once, to exactly whom it is true for, and dropped when not."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import translation

from journal.models import JobRun
from notifications.length import segments
from notifications.models import Message
from payments import messages
from payments.coverage import pay_by
from payments.due import REMINDERS, due
from payments.facts import standing_of, standings_of
from payments.models import Account, Charge, Notice, Tariff
from payments.services.notices import candidates, telling
from payments.services.online.charges import start_charge
from payments.services.papers.receipts import form_receipt
from payments.standing import State
from payments.tasks import remind_in_the_evening, tell_of_days_over
from tests.at_once import at_once, meeting
from tests.factories import (
    ApplicationFactory,
    ChargeFactory,
    PatentFactory,
    PersonFactory,
    PlacementFactory,
    statements_through,
)
from tests.payments.shown_cheques import IN_TIME, line, show

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("february")]
BY = date(2026, 2, 14)


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 9, tzinfo=UTC)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """Of Moscow."""
    return datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(
        hours=hour - 3, minutes=minute
    )


@pytest.fixture
def first_month(application):
    """Covered through 14 February."""
    PlacementFactory(application=application)
    return application


@pytest.fixture
def evening(february):
    """18:00 of the day three days before."""
    february.move_to(at(date(2026, 2, 11), 18))
    return february


def said() -> list[tuple[str, date]]:
    return list(Notice.objects.order_by("pk").values_list("kind", "day"))


def queued() -> list[str]:
    return list(Message.objects.order_by("pk").values_list("event", flat=True))


def text(event, notice: Notice, language="ru") -> str:
    with translation.override(language):
        return translation.gettext(event.template) % event.context(notice.pk)


# --- reminders


@pytest.mark.parametrize(
    ("day", "kind"),
    [
        (date(2026, 2, 4), "remind-10"),
        (date(2026, 2, 11), "remind-3"),
        (date(2026, 2, 13), "remind-1"),
    ],
)
def test_ten_three_and_one_days_before_the_person_is_reminded(first_month, february, day, kind):
    february.move_to(at(day, 18))

    assert telling.remind_in_the_evening() == 1

    assert said() == [(kind, BY)]
    message = Message.objects.get()
    assert (message.event, message.person_id) == ("payments.reminder", first_month.person_id)
    assert message.subject_id == Notice.objects.get().pk


def test_the_three_reminders_of_a_month_are_three_messages(first_month, february):
    for day in range(1, 15):
        february.move_to(at(date(2026, 2, day), 18))
        telling.remind_in_the_evening()

    assert said() == [("remind-10", BY), ("remind-3", BY), ("remind-1", BY)]
    assert queued() == ["payments.reminder"] * 3


@pytest.mark.parametrize(("hour", "minute"), [(9, 0), (17, 59), (20, 55), (23, 0), (0, 0)])
def test_nobody_is_reminded_outside_the_evening(first_month, february, hour, minute):
    february.move_to(at(date(2026, 2, 11), hour, minute))

    assert telling.remind_in_the_evening() is None
    assert said() == []


def test_the_evening_is_of_moscow_at_midnight_too(first_month, february):
    """22:30 of Greenwich on the 10th is the 11th in Moscow, and no evening."""
    february.move_to(datetime(2026, 2, 10, 22, 30, tzinfo=UTC))

    assert telling.remind_in_the_evening() is None


def test_asked_every_five_minutes_it_says_it_once(first_month, evening):
    found = []
    for minute in range(0, 175, 5):
        evening.move_to(at(date(2026, 2, 11), 18, minute))
        found.append(telling.remind_in_the_evening())

    assert (sum(found), len(queued())) == (1, 1)


def test_the_words_name_the_price_and_the_day(first_month, evening):
    telling.remind_in_the_evening()
    found = text(messages.REMINDER, Notice.objects.get())

    tail = first_month.number[-3:]
    assert found == f"Патент …{tail}: 10 000 ₽ до 14.02.2026 включительно. Оплатили? Ждите."
    assert segments(found) == 1


def test_without_a_price_the_day_is_named_alone(first_month, evening):
    Tariff.objects.all().delete()
    telling.remind_in_the_evening()

    assert queued() == ["payments.reminder_without_price"]
    assert segments(text(messages.REMINDER_WITHOUT_PRICE, Notice.objects.get())) == 1


# --- never of a month that is posted or on its way


@pytest.fixture
def by_card(first_month):
    paper = form_receipt(application=first_month, months=1, on=date(2026, 2, 10))
    return ChargeFactory(receipt=paper, captured_at=noon(date(2026, 2, 10)))


def test_who_paid_by_card_is_not_reminded(by_card, evening):
    assert telling.remind_in_the_evening() == 0


def test_who_showed_a_cheque_is_not_reminded(first_month, evening):
    show(first_month, paid_on=date(2026, 2, 10))

    assert telling.remind_in_the_evening() == 0


def test_whose_month_is_posted_is_not_reminded(first_month, evening):
    PlacementFactory(application=first_month, paid_on=date(2026, 2, 9))

    assert telling.remind_in_the_evening() == 0


def test_while_money_is_on_its_way_the_next_month_is_reminded_of(by_card, february):
    february.move_to(at(date(2026, 3, 4), 18))

    assert telling.remind_in_the_evening() == 1
    assert queued() == ["payments.reminder_ahead"]
    found = text(messages.REMINDER_AHEAD, Notice.objects.get())
    assert "10.02.2026" in found
    assert "14.03.2026" in found


def test_who_left_a_page_open_is_reminded_when_it_closes_unpaid(first_month, evening, acquirer):
    paper = form_receipt(application=first_month, months=1, on=date(2026, 2, 11))
    charge = start_charge(receipt=paper)
    assert telling.remind_in_the_evening() == 0

    Charge.objects.filter(pk=charge.pk).update(status="canceled")
    evening.move_to(at(date(2026, 2, 11), 19, 30))

    assert telling.remind_in_the_evening() == 1


# --- a reminder that waits, and is paid


def test_a_reminder_that_waits_is_true_until_it_is_paid(first_month, evening):
    telling.remind_in_the_evening()
    notice = Notice.objects.get()
    assert messages.REMINDER.still_true(notice.pk)

    paper = form_receipt(application=first_month, months=1, on=date(2026, 2, 11))
    ChargeFactory(receipt=paper, captured_at=noon(date(2026, 2, 11)))

    assert not messages.REMINDER.still_true(notice.pk)


@pytest.mark.parametrize("posted_on", [date(2026, 2, 11)])
def test_a_reminder_that_waits_is_dropped_when_the_line_comes(first_month, evening, posted_on):
    telling.remind_in_the_evening()
    line(on=date(2026, 2, 10), posted_on=posted_on)

    assert not messages.REMINDER.still_true(Notice.objects.get().pk)


def test_a_reminder_that_waited_over_its_day_is_dropped(first_month, evening):
    telling.remind_in_the_evening()
    evening.move_to(at(date(2026, 2, 15), 9))

    assert not messages.REMINDER.still_true(Notice.objects.get().pk)


def test_money_that_is_posted_before_the_words_go_makes_them_no_less_true(by_card, february):
    february.move_to(at(date(2026, 3, 4), 18))
    telling.remind_in_the_evening()
    by_card.delete()
    PlacementFactory(application=by_card.receipt.application, paid_on=date(2026, 2, 10))

    assert messages.REMINDER_AHEAD.still_true(Notice.objects.get().pk)
    assert "10.02.2026" in text(messages.REMINDER_AHEAD, Notice.objects.get())


def test_the_twin_without_asking_again_the_person_would_be_asked_to_pay_what_is_paid(
    first_month, evening, monkeypatch
):
    monkeypatch.setattr("payments.messages.days.holds", lambda kind, day, it: True)
    telling.remind_in_the_evening()
    line(on=date(2026, 2, 10), posted_on=date(2026, 2, 11))

    assert messages.REMINDER.still_true(Notice.objects.get().pk)


# --- a run that is killed, two runs at once


def test_a_killed_run_goes_on_the_same_evening(evening, monkeypatch):
    """Killed after the first of three: five minutes later the other two are said."""
    for _person in range(3):
        PlacementFactory(application=PatentFactory().application)
    monkeypatch.setattr(telling, "AT_ONCE", 1)
    real, calls = telling.standings_of, []

    def dies(people, today):
        calls.append(people)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return real(people, today)

    monkeypatch.setattr(telling, "standings_of", dies)
    with pytest.raises(KeyboardInterrupt):
        telling.remind_in_the_evening()
    assert len(said()) == 1

    assert telling.remind_in_the_evening() == 2
    assert len(said()) == len(queued()) == 3
    assert JobRun.objects.get(job=telling.REMINDED).finished_at


def test_the_notice_and_its_message_are_written_together_or_not_at_all(
    first_month, evening, monkeypatch
):
    def fails(event, subjects):
        raise ConnectionError

    monkeypatch.setattr(telling, "queue_many", fails)
    with pytest.raises(ConnectionError):
        telling.remind_in_the_evening()

    assert said() == []


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_say_it_once(first_month, evening, monkeypatch):
    meeting(monkeypatch, telling, "standings_of", 2)
    monkeypatch.setattr(telling.locks, "take", lambda name: True)
    monkeypatch.setattr(telling.locks, "give_back", lambda name: None)

    found = at_once(telling.remind_in_the_evening, telling.remind_in_the_evening)

    assert (sorted(found), len(queued())) == ([0, 1], 1)


@pytest.mark.django_db(transaction=True)
def test_the_twin_without_the_constraint_two_runs_say_it_twice(first_month, evening, monkeypatch):
    meeting(monkeypatch, telling, "standings_of", 2)
    monkeypatch.setattr(telling.locks, "take", lambda name: True)
    monkeypatch.setattr(telling.locks, "give_back", lambda name: None)
    careless = telling.SAID.replace("ON CONFLICT (application_id, kind, day) DO NOTHING", "")
    monkeypatch.setattr(telling, "SAID", careless)
    with telling.connection.cursor() as cursor:
        cursor.execute("ALTER TABLE payments_notice DROP CONSTRAINT notice_once")
    try:
        at_once(telling.remind_in_the_evening, telling.remind_in_the_evening)
        assert len(queued()) == 2
    finally:
        with telling.connection.cursor() as cursor:
            cursor.execute("TRUNCATE payments_notice")
            cursor.execute(
                "ALTER TABLE payments_notice ADD CONSTRAINT notice_once"
                " UNIQUE (application_id, kind, day)"
            )


# --- days that are over


@pytest.fixture
def days_over(first_month, february):
    """25 February, nothing came for the second month; statements are set by each test."""
    february.move_to(noon(date(2026, 2, 25)))
    Account.objects.update(counted_through=date(2025, 12, 31))
    return first_month


@pytest.mark.parametrize(
    ("reach", "kinds"),
    [
        (date(2026, 2, 10), []),
        (date(2026, 2, 16), []),
        (date(2026, 2, 17), ["unseen"]),
        (date(2026, 2, 20), ["unseen"]),
        (date(2026, 2, 21), ["lapsed"]),
        (date(2026, 2, 24), ["lapsed"]),
    ],
)
def test_it_is_said_by_what_statements_show_and_not_by_the_clock(days_over, reach, kinds):
    statements_through(reach)

    telling.tell_of_days_over()

    assert said() == [(kind, BY) for kind in kinds]


def test_not_visible_comes_first_and_the_term_after_it_each_once(days_over):
    for day in range(10, 25):
        statements_through(date(2026, 2, day))
        telling.tell_of_days_over()

    assert said() == [("unseen", BY), ("lapsed", BY)]
    assert queued() == ["payments.unseen", "payments.lapsed"]


def test_without_an_account_nobody_is_told(application, february):
    february.move_to(noon(date(2026, 2, 25)))

    assert not Account.objects.exists()
    assert telling.tell_of_days_over() == 0


def test_who_is_told_that_the_term_has_passed_reads_the_same_on_their_page(days_over):
    statements_through(date(2026, 2, 21))
    telling.tell_of_days_over()

    assert standing_of(days_over.person).state == State.LAPSED
    found = text(messages.LAPSED, Notice.objects.get())
    assert "14.02.2026 включительно" in found
    assert "21.02.2026" in found
    assert segments(found) == 2
    assert messages.LAPSED.legal


def test_the_line_that_comes_while_the_words_wait_drops_them(days_over):
    statements_through(date(2026, 2, 21))
    telling.tell_of_days_over()
    notice = Notice.objects.get()
    assert messages.LAPSED.still_true(notice.pk)

    line(on=IN_TIME, posted_on=date(2026, 2, 22))

    assert not messages.LAPSED.still_true(notice.pk)
    assert messages.LAPSE_WITHDRAWN.code in queued()


def test_when_statements_are_annulled_words_that_wait_are_not_sent(days_over):
    statements_through(date(2026, 2, 21))
    telling.tell_of_days_over()

    statements_through(date(2026, 2, 13))

    assert not messages.LAPSED.still_true(Notice.objects.get().pk)


def test_what_the_opening_knew_is_no_news(days_over):
    account = statements_through(date(2026, 2, 24))
    Account.objects.filter(pk=account.pk).update(counted_through=date(2026, 2, 22))

    assert telling.tell_of_days_over() == 0


def test_what_was_known_a_day_after_the_opening_is_news(days_over):
    account = statements_through(date(2026, 2, 24))
    Account.objects.filter(pk=account.pk).update(counted_through=date(2026, 2, 20))

    assert telling.tell_of_days_over() == 1


def test_the_first_payment_that_nobody_sees_is_asked_about_once(application, february):
    february.move_to(noon(date(2026, 2, 25)))
    for day in (21, 22, 23):
        statements_through(date(2026, 1, day))
        telling.tell_of_days_over()

    assert said() == [("first-missing", date(2026, 1, 15))]
    assert segments(text(messages.FIRST_MISSING, Notice.objects.get())) <= 2


def test_the_first_payment_that_comes_makes_the_question_untrue(application, february):
    february.move_to(noon(date(2026, 2, 1)))
    statements_through(date(2026, 1, 22))
    telling.tell_of_days_over()
    PlacementFactory(application=application)

    assert not messages.FIRST_MISSING.still_true(Notice.objects.get().pk)


def test_an_hour_is_looked_at_once(days_over):
    statements_through(date(2026, 2, 21))

    assert telling.tell_every_hour() == 1
    assert telling.tell_every_hour() is None


# --- the last day to apply


@pytest.fixture
def year_paid(application, february):
    PlacementFactory(application=application, months=12, line__amount=120_000)
    return application


def test_the_last_day_to_apply_is_named(year_paid, february):
    for day in range(1, 32):
        february.move_to(at(date(2026, 12, day), 18))
        telling.remind_in_the_evening()

    assert [kind for kind, _day in said()] == ["reissue-10", "reissue-1"]
    found = text(messages.REISSUE, Notice.objects.first())
    assert "14.01.2027" in found
    assert segments(found) == 1


def test_who_has_applied_is_not_told_to(year_paid, february):
    ApplicationFactory(person=year_paid.person, accepted_on=date(2026, 12, 1))
    for day in range(1, 32):
        february.move_to(at(date(2026, 12, day), 18))
        telling.remind_in_the_evening()

    assert said() == []


def test_who_applies_while_the_words_wait_is_not_told(year_paid, february):
    for day in range(1, 28):
        february.move_to(at(date(2026, 12, day), 18))
        telling.remind_in_the_evening()
    notice = Notice.objects.last()
    february.move_to(at(notice.day, 9))
    assert messages.REISSUE.still_true(notice.pk)

    ApplicationFactory(person=year_paid.person, accepted_on=date(2026, 12, 20))

    assert not messages.REISSUE.still_true(notice.pk)


# --- whose case it is


def test_of_two_applications_the_one_that_speaks_is_reminded_of(first_month, evening):
    """The older patent has lived: its days are nobody's business any more."""
    old = ApplicationFactory(
        person=first_month.person, accepted_on=date(2024, 12, 20), status="issued"
    )
    PatentFactory(application=old, issued_on=date(2025, 2, 15))
    PlacementFactory(application=old, months=11, line__amount=110_000)

    telling.remind_in_the_evening()

    assert [row.application for row in Notice.objects.all()] == [first_month]


def test_a_notice_of_a_patent_that_was_annulled_is_dropped(first_month, evening):
    telling.remind_in_the_evening()
    patent = first_month.patent
    patent.annulled_on, patent.annulled_source = date(2026, 2, 11), "desk"
    patent.annulled_received_at = noon(date(2026, 2, 11))
    patent.save()

    assert not messages.REMINDER.still_true(Notice.objects.get().pk)


def test_another_persons_payment_drops_nothing(first_month, evening):
    other = PatentFactory(application__person=PersonFactory()).application
    PlacementFactory(application=other)
    telling.remind_in_the_evening()
    PlacementFactory(application=other, paid_on=date(2026, 2, 9))

    mine = Notice.objects.get(application=first_month)
    theirs = Notice.objects.get(application=other)

    assert messages.REMINDER.still_true(mine.pk)
    assert not messages.REMINDER.still_true(theirs.pk)


# --- whom is looked at


def test_many_standings_are_one_question(first_month, django_assert_num_queries):
    people = [first_month.person_id, PersonFactory().pk]
    day = date(2026, 2, 11)
    with django_assert_num_queries(1):
        found = dict(standings_of(people, day))

    assert found[people[0]] == standing_of(first_month.person, day)
    assert found[people[1]].state == State.NONE


@pytest.mark.parametrize("months", range(1, 12))
@pytest.mark.parametrize("issued_on", [date(2026, 1, 31), date(2026, 1, 15), date(2026, 2, 28)])
def test_nobody_who_is_due_is_missed(february, issued_on, months):
    """Whoever a standing says is due stands among those who are looked at, on each of the days."""
    person = PatentFactory(issued_on=issued_on).application.person
    PlacementFactory(
        application=person.applications.get(),
        months=months,
        line__amount=10_000 * months,
        paid_on=issued_on,
    )
    days = [pay_by(issued_on, months) - timedelta(days=back) for back in range(12)]
    reminded = [day for day in days if any(one.kind in REMINDERS for one in said_on(person, day))]

    assert len(reminded) == 3
    assert all(person.pk in candidates.to_remind(day) for day in reminded)


def said_on(person, day: date):
    return due(standing_of(person, day))


def test_the_tasks_do_it(days_over, february):
    statements_through(date(2026, 2, 21))
    tell_of_days_over()
    remind_in_the_evening()

    assert said() == [("lapsed", BY)]
