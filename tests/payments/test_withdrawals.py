"""Wrong words are taken back from exactly those who read them, once, with an apology, by two."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError
from django.urls import reverse
from django.utils import translation

from accounts.models import Approval, TimelineEntry
from accounts.services import approvals
from common.clock import MOSCOW
from notifications.models import Message, MessageStatus
from payments.errors import NobodyWasTold
from payments.messages import APOLOGY
from payments.models import Placement, Statement, Withdrawal
from payments.services.deciding import by_hand, withdrawals
from payments.services.deciding.withdrawals import Scope
from payments.services.importing.completeness import open_account
from payments.services.importing.statements import import_statement
from payments.services.online.credits import count_what_is_over
from tests.factories import ApplicationFactory, InnFactory, PersonFactory, StaffFactory
from tests.payments.statement_files import ACCOUNT, order, piece, whole

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("february")]
FEBRUARY_9 = date(2026, 2, 9)
INNS = ["775100004210", "500100732259", "770100000142"]


@pytest.fixture
def people():
    """Of three, each paid by one statement, and each was told."""
    open_account(number=ACCOUNT, counted_through=date(2026, 2, 8))
    found = [
        ApplicationFactory(person=InnFactory(value=inn, person=PersonFactory()).person).person
        for inn in INNS
    ]
    lines = [
        order(number=inn, inn=inn, on=FEBRUARY_9, posted_on=FEBRUARY_9, amount=Decimal(10000))
        for inn in INNS
    ]
    import_statement(content=whole(*lines, first=FEBRUARY_9), name="wrong.txt")
    Message.objects.update(text="Деньги пришли", status=MessageStatus.SENT)
    return found


@pytest.fixture
def scope(people):
    return Scope(Statement.objects.get())


def close(*wrong) -> None:
    """The money of these people turns out to be nobody's: no word about it has gone out."""
    for row in Placement.objects.current().filter(application__person__in=wrong):
        books = by_hand.Books()
        nobodys = {"application_id": None, "receipt_id": None, "months": 0, "paid_on": None}
        waits = {"place": "queue", "queue_reason": "unknown_payer"}
        books.instead(row, [by_hand.as_it_is(row, **nobodys, **waits)])
        books.write()


def by_two(scope: Scope) -> None:
    asked = withdrawals.ask(scope=scope, actor=StaffFactory(), reason="файл другого центра")
    approvals.decide(approval=asked, granted=True, actor=StaffFactory())


def apologies() -> set[int]:
    return set(Message.objects.filter(event=APOLOGY.code).values_list("person_id", flat=True))


def test_exactly_those_whose_money_does_not_count_are_asked_for_pardon(people, scope):
    close(people[0], people[1])

    by_two(scope)
    withdrawals.take_back()

    assert apologies() == {people[0].pk, people[1].pk}
    told = TimelineEntry.objects.filter(kind="payments.apology")
    assert {entry.person_id for entry in told} == apologies()
    act = Withdrawal.objects.get()
    assert (act.people, act.told, act.percent) == (2, 2, 100)


def test_whoever_was_told_right_hears_nothing(people, scope):
    with pytest.raises(NobodyWasTold):
        by_two(scope)

    assert apologies() == set()


def test_whoever_was_told_already_that_it_does_not_count_hears_no_more(people, scope):
    [row] = Placement.objects.current().filter(application__person=people[0])
    asked = by_hand.ask(placement=row, shares=[], actor=StaffFactory(), reason="чужая строка")
    approvals.decide(approval=asked, granted=True, actor=StaffFactory())

    assert withdrawals.people(withdrawals.told(scope)) == 0


def test_nothing_is_said_before_the_second_word(people, scope):
    close(people[0])
    withdrawals.ask(scope=scope, actor=StaffFactory(), reason="ошибка")

    withdrawals.take_back()

    assert apologies() == set()


def test_who_asked_does_not_decide(people, scope):
    close(people[0])
    asked = withdrawals.ask(scope=scope, actor=(actor := StaffFactory()), reason="ошибка")

    with pytest.raises(approvals.AnotherMustDecide):
        approvals.decide(approval=asked, granted=True, actor=actor)


def test_run_again_and_asked_again_nobody_hears_it_twice(people, scope):
    close(people[0])
    by_two(scope)
    withdrawals.take_back()

    assert withdrawals.take_back() == 0
    with pytest.raises(NobodyWasTold):
        by_two(scope)
    assert Message.objects.filter(event=APOLOGY.code).count() == 1


def test_killed_in_the_middle_it_goes_on_with_those_who_are_left(people, scope, monkeypatch):
    monkeypatch.setattr(withdrawals, "AT_ONCE", 1)
    close(*people)
    by_two(scope)
    act = Withdrawal.objects.get()

    withdrawals._some_of(act.pk)
    act.refresh_from_db()
    assert (act.told, act.percent, act.finished_at) == (1, 33, None)

    assert withdrawals.take_back() == 2
    assert apologies() == {person.pk for person in people}


def test_two_wrong_messages_of_one_person_are_one_apology(people, scope, monkeypatch):
    monkeypatch.setattr(withdrawals, "AT_ONCE", 1)
    wrong = Message.objects.filter(person_id=people[0].pk)
    Message.objects.filter(person_id=people[1].pk).update(person_id=people[0].pk)
    close(people[0], people[1])

    by_two(scope)
    withdrawals.take_back()

    assert wrong.exclude(event=APOLOGY.code).filter(taken_back_at=None).count() == 0
    assert Message.objects.filter(event=APOLOGY.code).count() == 1
    assert Withdrawal.objects.get().told == 1


def of_event(days=1) -> Scope:
    since = datetime.combine(FEBRUARY_9 + timedelta(1), datetime.min.time(), MOSCOW)
    return Scope(None, "payments.posted_before_issue", since, since + timedelta(days))


def test_one_kind_of_message_of_some_days_is_taken_back_from_all_who_read_it(people):
    before = Message.objects.filter(person_id=people[2].pk)
    before.update(created_at=datetime(2026, 2, 9, 23, 59, tzinfo=MOSCOW))

    by_two(of_event())
    withdrawals.take_back()

    assert apologies() == {people[0].pk, people[1].pk}


def test_what_was_not_sent_yet_is_not_sent_any_more(people):
    unsent = Message.objects.filter(person_id=people[0].pk)
    unsent.update(text="", status=MessageStatus.QUEUED)

    by_two(of_event())
    withdrawals.take_back()

    assert unsent.get().status == MessageStatus.DROPPED
    assert apologies() == {people[1].pk, people[2].pk}


def test_an_apology_says_of_which_day_and_asks_pardon(people, scope):
    close(people[0])
    by_two(scope)
    withdrawals.take_back()

    subject = Message.objects.get(event=APOLOGY.code).subject_id
    assert APOLOGY.context(subject) == {
        "day": "10.02.2026",
        "tail": people[0].applications.get().number[-3:],
    }


def test_the_database_knows_no_act_without_what_it_takes_back(people, scope):
    close(people[0])
    asked = withdrawals.ask(scope=scope, actor=StaffFactory(), reason="ошибка")
    with pytest.raises(IntegrityError, match="withdrawal_of_a_statement_or_of_an_event"):
        Withdrawal.objects.create(approval=asked, people=1)


# --- the pages


@pytest.fixture
def clerk(client):
    with translation.override("en"):
        client.force_login(StaffFactory())
        client.cookies["django_language"] = "en"
        yield client


def test_the_page_of_a_statement_shows_how_many_and_which_words(clerk, people, scope):
    close(people[0], people[1])
    address = reverse("admin:payments_withdrawal_statement", args=[scope.statement.pk])

    page = clerk.get(address).content.decode()

    assert "An apology goes to 2 people." in page
    assert "Our message of 10.02.2026 about your payment was wrong" in page
    answer = clerk.post(address, {"ask": "1", "reason": "файл другого центра"})
    assert answer.status_code == 302
    assert Approval.objects.get().facts == {"statement": scope.statement.pk}


def test_the_page_of_a_kind_shows_it_first_and_asks_then(clerk, people):
    address = reverse("admin:payments_withdrawal_new")
    typed = {"event": "payments.posted_before_issue", "since": "10.02.2026", "until": "10.02.2026"}

    page = clerk.post(address, typed | {"look": "1"}).content.decode()
    assert "An apology goes to 3 people." in page
    assert not Approval.objects.exists()

    clerk.post(address, typed | {"ask": "1", "reason": "ошибка в шаблоне"})
    assert Approval.objects.get().facts["event"] == "payments.posted_before_issue"


def test_without_a_reason_nobody_is_asked(clerk, people, scope):
    close(people[0])
    address = reverse("admin:payments_withdrawal_statement", args=[scope.statement.pk])

    page = clerk.post(address, {"ask": "1", "reason": " "}).content.decode()

    assert 'class="errornote"' in page
    assert not Approval.objects.exists()


def test_more_than_a_month_is_refused(clerk, people):
    typed = {"event": "payments.posted", "since": "2026-01-01", "until": "2026-02-10", "look": "1"}

    page = clerk.post(reverse("admin:payments_withdrawal_new"), typed).content.decode()

    assert "Choose days in their order, a month at most." in page


def test_the_inbox_says_beside_the_message_that_it_was_wrong(client, people, scope):
    close(people[0])
    by_two(scope)
    withdrawals.take_back()
    client.force_login(people[0].user)
    client.cookies["django_language"] = "en"

    page = client.get(reverse("cabinet:messages")).content.decode()

    assert "This message was wrong. It is our mistake, we are sorry." in page


def test_the_list_says_how_far_an_act_has_come(clerk, people, scope):
    close(people[0])
    by_two(scope)

    page = clerk.get(reverse("admin:payments_withdrawal_changelist")).content.decode()

    assert "wrong.txt" in page


def test_many_apologies_are_composed_as_one_is_and_by_four_questions(
    people, scope, django_assert_num_queries
):
    close(*people[:2])
    by_two(scope)
    withdrawals.take_back()
    ids = set(Message.objects.filter(event=APOLOGY.code).values_list("subject_id", flat=True))

    with django_assert_num_queries(4):  # messages, applications, people, their phones
        told = APOLOGY.many(ids)

    assert len(ids) == 2
    assert told == {pk: (APOLOGY.recipient(pk), APOLOGY.context(pk)) for pk in ids}


def test_a_month_that_a_part_of_the_file_completed_elsewhere_is_taken_back_too(people):
    """A half of the file and a half of another one made a month, told with the other half; the
    whole day denies the first."""
    half = {"inn": INNS[0], "amount": Decimal(5000)}
    day, next_day = date(2026, 2, 10), date(2026, 2, 11)
    one = order(number="half", on=day, posted_on=day, **half)
    import_statement(content=piece(one, first=day, number="7"), name="piece.txt")
    rest = order(number="rest", on=next_day, posted_on=next_day, **half)
    import_statement(content=piece(rest, first=next_day, number="8"), name="rest.txt")
    assert count_what_is_over() == 1
    Message.objects.update(text="Вместе это месяц", status=MessageStatus.SENT)
    scope = Scope(Statement.objects.get(file_name="piece.txt"))
    assert withdrawals.people(withdrawals.told(scope)) == 0

    import_statement(content=whole(first=day), name="whole.txt")

    assert withdrawals.people(withdrawals.told(scope)) == 1
