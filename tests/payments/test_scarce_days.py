"""A working day that brings next to nothing is looked at before it counts as complete."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from payments.models import Account, Statement
from payments.services.importing import oddness, released
from payments.services.importing.completeness import open_account
from payments.services.importing.scarcity import Brought, usual_before
from payments.services.importing.statements import import_statement
from tests.factories import StaffFactory
from tests.payments.statement_files import ACCOUNT, order, piece, whole

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 2, 2)
SUNDAY = date(2026, 2, 8)
NEXT_MONDAY = date(2026, 2, 9)
LINES = 10


def lines(day: date, count: int, amount="10000.00") -> list[dict]:
    return [order(number=f"{day:%d}-{n}", posted_on=day, amount=amount) for n in range(count)]


def take(day: date, count: int, *, kind=whole, amount="10000.00", last=None) -> None:
    content = kind(*lines(day, count, amount), first=day, last=last)
    import_statement(content=content, name=f"{day}.txt")


def complete() -> date:
    return Account.objects.get().complete_through


@pytest.fixture(autouse=True)
def rules(settings):
    settings.SCARCE_FROM, settings.SCARCE_SHARE, settings.ODD_LINES = LINES, 0.2, 1000
    open_account(number=ACCOUNT, counted_through=MONDAY - timedelta(days=1))


@pytest.fixture
def week():
    """Five working days of ten payments each."""
    for more in range(5):
        take(MONDAY + timedelta(days=more), LINES)


@pytest.fixture
def weekend(week):
    take(SUNDAY - timedelta(days=1), 0, last=SUNDAY)


def test_an_empty_weekend_is_complete(weekend):
    assert complete() == SUNDAY


@pytest.mark.parametrize("count", [0, 1])
def test_a_working_day_with_next_to_nothing_is_held_and_completes_nothing(weekend, count):
    take(NEXT_MONDAY, count)

    held = Statement.objects.held().get()
    assert (held.scarce_on, complete()) == (NEXT_MONDAY, SUNDAY)


def test_as_many_payments_of_far_less_money_are_held_too(weekend):
    take(NEXT_MONDAY, LINES, amount="10.00")

    assert Statement.objects.held().get().scarce_on == NEXT_MONDAY


def test_a_quiet_day_is_not_held(weekend):
    take(NEXT_MONDAY, 4)

    assert complete() == NEXT_MONDAY


def test_of_several_days_in_a_file_each_working_one_is_looked_at(week):
    content = whole(*lines(NEXT_MONDAY, LINES), first=SUNDAY, last=date(2026, 2, 10))
    import_statement(content=content, name="three.txt")

    assert Statement.objects.held().get().scarce_on == date(2026, 2, 10)


def test_a_piece_of_a_day_may_be_small(weekend):
    take(NEXT_MONDAY, 1, kind=piece)

    assert not Statement.objects.held().exists()


def test_four_days_do_not_say_what_is_usual():
    for more in range(4):
        take(MONDAY + timedelta(days=more), LINES)

    take(MONDAY + timedelta(days=4), 0)

    assert complete() == MONDAY + timedelta(days=4)


def test_where_days_are_small_anyway_an_empty_one_is_usual(weekend, settings):
    settings.SCARCE_FROM = LINES + 1

    take(NEXT_MONDAY, 0)

    assert complete() == NEXT_MONDAY


def test_what_is_usual_is_the_median_of_whole_working_days(weekend):
    take(NEXT_MONDAY, 4)

    account = Account.objects.get()
    assert usual_before(account, date(2026, 2, 10)) == Brought(LINES, Decimal(100000))


def test_released_the_day_is_complete(weekend):
    take(NEXT_MONDAY, 1)

    held = Statement.objects.held().get()
    released.release(statement=held, actor=StaffFactory(), reason="Сверено с Казначейством")
    released.post_released()

    assert complete() == NEXT_MONDAY


def test_twin_without_the_look_a_filtered_file_completes_the_day(weekend, monkeypatch):
    monkeypatch.setattr(oddness, "scarce_day", lambda statement: None)

    take(NEXT_MONDAY, 0)

    assert complete() == NEXT_MONDAY


def test_the_page_of_release_says_which_day_and_what_is_usual(weekend, client):
    take(NEXT_MONDAY, 1)
    held = Statement.objects.held().get()
    client.force_login(StaffFactory(is_superuser=True))

    page = client.get(reverse("admin:payments_statement_release", args=[held.pk])).content.decode()

    assert "09.02.2026" in page
    assert "100 000" in page.replace("\xa0", " ")
