"""Sums that came apart make whole months together, and each kopeck stays in one place."""

from datetime import date
from decimal import Decimal
from functools import partial

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from accounts.models import TimelineEntry
from notifications.models import Message
from payments.facts import standing_of
from payments.models import Place, Placement
from payments.services.audit import audit
from payments.services.importing.statements import import_statement
from payments.services.ledger import joining
from payments.services.ledger.returns import ask_return
from payments.services.online import credits
from payments.services.online.credits import NothingToCount, count_credit, surplus_of
from payments.standing import State
from payments.tasks import count_what_is_over
from tests.at_once import at_once, meeting, no_row_is_locked, outcome
from tests.factories import StaffFactory
from tests.payments.statement_files import order, piece, whole

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("february")]
FEBRUARY_8, FEBRUARY_9 = date(2026, 2, 8), date(2026, 2, 9)


def pay(amount: str, *, on: date, number: str, posted_on: date | None = None) -> None:
    posted_on = posted_on or on
    line = order(number=number, on=on, posted_on=posted_on, amount=Decimal(amount))
    import_statement(content=whole(line, first=posted_on), name=f"{number}.txt")


def places() -> list[tuple]:
    rows = Placement.objects.current().order_by("paid_on", "place", "pk")
    return [(row.place, row.amount, row.months, row.paid_on) for row in rows]


def is_sound() -> bool:
    """What is asked at the end of a transaction is asked now."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
    return audit().faults == []


@pytest.fixture
def covered(application):
    """The first month is posted: covered through 14 February; today is the 10th."""
    pay("10000", on=date(2026, 1, 14), number="first")
    return application


@pytest.fixture
def halves(covered):
    pay("5000", on=FEBRUARY_8, number="half")
    pay("6000", on=FEBRUARY_9, number="more")
    return covered


def test_two_parts_make_a_month_and_what_is_over_stays_credit(halves):
    assert count_credit(person=halves.person) == 1

    assert places()[1:] == [
        (Place.CREDIT, Decimal("1000"), 0, FEBRUARY_8),
        (Place.MATCHED, Decimal("4000"), 0, FEBRUARY_8),
        (Place.MATCHED, Decimal("6000"), 1, FEBRUARY_9),
    ]
    assert standing_of(halves.person).months == 2
    assert is_sound()


def test_the_portal_counts_them_by_itself(halves):
    count_what_is_over()

    assert standing_of(halves.person).months == 2
    assert standing_of(halves.person, date(2026, 3, 1)).state == State.VALID


def test_a_sum_and_its_surplus_make_months_with_the_next_part(covered):
    """12 000, of which 10 000 count, and then 8 000."""
    pay("12000", on=FEBRUARY_8, number="more")
    count_what_is_over()
    pay("8000", on=FEBRUARY_9, number="rest")
    count_what_is_over()

    assert standing_of(covered.person).months == 3
    assert is_sound()


def test_the_page_says_which_parts_made_the_month(halves, client):
    count_credit(person=halves.person)
    client.force_login(halves.person.user)

    page = client.get(reverse("payments:list"), headers={"accept-language": "en"}).content.decode()

    said = page.replace("\xa0", " ")[page.index("It came in parts") :]
    assert "4 000 ₽, paid on" in said
    assert "6 000 ₽, paid on" in said
    assert '<b class="n">10\xa0000\xa0₽</b>' in page


def test_the_person_hears_of_the_month_once_with_the_whole_sum(halves):
    before = set(Message.objects.values_list("pk", flat=True))

    count_credit(person=halves.person)

    [told] = Message.objects.exclude(pk__in=before)
    last = Placement.objects.months().latest("pk")
    assert (told.event, told.subject_id) == ("payments.posted", last.pk)


def test_a_month_is_paid_on_the_day_of_its_last_part(covered):
    """The first half was paid in time, the second one after the last covered day."""
    pay("5000", on=date(2026, 2, 14), number="half")
    pay("5000", on=date(2026, 2, 15), number="late")

    with pytest.raises(NothingToCount):
        count_credit(person=covered.person)
    assert standing_of(covered.person).months == 1


def test_on_the_last_covered_day_the_last_part_is_in_time(covered):
    pay("5000", on=date(2026, 2, 1), number="half", posted_on=date(2026, 2, 3))
    pay("5000", on=date(2026, 2, 14), number="rest", posted_on=date(2026, 2, 17))

    count_what_is_over()

    assert standing_of(covered.person, date(2026, 2, 18)).months == 2


@pytest.mark.parametrize(("second", "months"), [("4450", 0), ("5550", 1)])
def test_the_price_is_that_of_the_day_of_the_last_part(application, second, months):
    """8 900 a month until the end of 2025, 10 000 from then on."""
    pay("4450", on=date(2025, 12, 30), number="half")
    pay(second, on=date(2026, 1, 9), number="rest")

    count_what_is_over()

    assert standing_of(application.person).months == months


def test_parts_are_joined_anew_where_a_part_that_came_later_makes_more(application):
    """4 450 + 4 450 in December are a month of 8 900; 5 550 + 4 450 in January one of 10 000."""
    pay("4450", on=date(2025, 12, 20), number="a")
    pay("5550", on=date(2026, 1, 3), number="c")
    count_what_is_over()
    assert standing_of(application.person).months == 1

    pay("4450", on=date(2025, 12, 28), number="b", posted_on=date(2026, 1, 5))
    pay("4450", on=date(2026, 1, 6), number="d")
    count_what_is_over()

    assert standing_of(application.person).months == 2
    assert {row.completed_by_id for row in Placement.objects.matched()} != {None}
    assert is_sound()


def test_a_part_that_a_whole_day_denies_takes_the_month_and_leaves_the_rest(covered):
    pay("5000", on=FEBRUARY_8, number="half")
    line = order(number="rest", on=FEBRUARY_9, posted_on=FEBRUARY_9, amount=Decimal(5000))
    import_statement(content=piece(line, first=FEBRUARY_9, number="7"), name="piece.txt")
    count_what_is_over()
    assert standing_of(covered.person).months == 2

    import_statement(content=whole(first=FEBRUARY_9), name="whole.txt")

    assert places()[1:] == [
        (Place.CREDIT, Decimal("5000"), 0, FEBRUARY_8),
        (Place.QUEUE, Decimal("5000"), 0, FEBRUARY_9),
    ]
    assert standing_of(covered.person).months == 1
    assert TimelineEntry.objects.filter(kind="payments.fell_apart").count() == 1
    assert is_sound()


def test_the_rest_counts_again_with_another_part(covered):
    test_a_part_that_a_whole_day_denies_takes_the_month_and_leaves_the_rest(covered)
    pay("5000", on=date(2026, 2, 10), number="other")

    count_what_is_over()

    assert standing_of(covered.person).months == 2
    assert is_sound()


def test_money_that_is_asked_back_is_not_counted_meanwhile(covered):
    pay("12000", on=FEBRUARY_8, number="more")
    count_what_is_over()
    ask_return(placement=Placement.objects.credit().get(), actor=StaffFactory(), reason="-")
    pay("8000", on=FEBRUARY_9, number="rest")

    count_what_is_over()

    assert surplus_of(covered.person).months == 1


@pytest.mark.django_db(transaction=True)
def test_two_clicks_and_the_portal_itself_count_one_month(halves):
    def click() -> int:
        try:
            return count_credit(person=halves.person)
        except NothingToCount:
            return 0

    at_once(click, click, credits.count_what_is_over)

    assert standing_of(halves.person).months == 2
    assert audit().faults == []


@pytest.mark.django_db(transaction=True)
def test_twin_without_the_locks_the_click_or_the_portal_itself_stumbles(halves, monkeypatch):
    no_row_is_locked(monkeypatch)
    monkeypatch.setattr(credits, "hold_accounts", lambda numbers: None)
    meeting(monkeypatch, joining, "plan", 2)
    click = partial(count_credit, person=halves.person)

    found = at_once(outcome(click), outcome(credits.count_what_is_over))

    assert {1, IntegrityError} == set(found)


# --- what the database itself refuses


@pytest.fixture
def month(halves):
    """The last part of a month that two sums make."""
    count_credit(person=halves.person)
    return Placement.objects.joint().get(months=1)


def held_at_the_end(change) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():  # noqa: PT012
        change()
        connection.check_constraints()


def test_no_kopeck_is_in_two_places(month):
    month.pk, month.place, month.months = None, Place.CREDIT, 0

    with pytest.raises(IntegrityError, match="more than its sum"), transaction.atomic():
        month.save()


def test_no_kopeck_is_in_no_place(covered):
    held_at_the_end(lambda: Placement.objects.update(closed_at="2026-02-10T09:00:00Z"))


def test_a_month_does_not_end_without_its_parts(month):
    def close_the_last_part_alone():
        Placement.objects.filter(pk=month.pk).update(closed_at="2026-02-10T09:00:00Z")
        month.pk, month.place, month.months = None, Place.CREDIT, 0
        month.save()

    held_at_the_end(close_the_last_part_alone)


def test_a_part_without_a_month_is_nothing(month):
    part = Placement.objects.joint().get(months=0)

    with pytest.raises(IntegrityError), transaction.atomic():
        Placement.objects.filter(pk=part.pk).update(completed_by=None)


def test_a_part_that_was_paid_after_the_last_one_is_none(month):
    parts = Placement.objects.filter(completed_by=month)
    held_at_the_end(lambda: parts.update(paid_on=date(2026, 2, 20)))
