"""The last balance of a file is the first one of the next: else money is missing between."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from desk.waiting import KINDS
from payments.models import Account, Statement
from payments.services.importing import completeness
from payments.services.importing.completeness import open_account
from payments.services.importing.statements import import_statement
from payments.statements.joints import Whole, broken, trusted
from tests.factories import StaffFactory
from tests.payments import camt_files
from tests.payments.statement_files import ACCOUNT, order, whole

OPENING = date(2026, 2, 8)
FEB_9, FEB_10, FEB_11 = (OPENING + timedelta(days=more) for more in (1, 2, 3))


def of_day(day: date, before, after, *, pk=None, sender="A", last=None) -> Whole:
    said = [None if it is None else Decimal(it) for it in (before, after)]
    return Whole(pk or day.day, sender, day, last or day, *said)


def broken_days(*files: Whole) -> list[date]:
    return [joint.day for joint in broken(files)]


# --- the rule


def test_balances_that_follow_each_other_break_nothing():
    assert broken_days(of_day(FEB_9, 100, 150), of_day(FEB_10, 150, 150)) == []


def test_a_balance_that_jumps_breaks_the_evening_between():
    assert broken_days(of_day(FEB_9, 100, 150), of_day(FEB_10, 170, 180)) == [FEB_9]


def test_files_that_all_begin_with_the_same_balance_say_nothing_of_each_other():
    assert broken_days(of_day(FEB_9, 0, 150), of_day(FEB_10, 0, 30)) == []


def test_unless_balances_were_carried_on_before():
    files = of_day(FEB_9, 100, 150), of_day(FEB_10, 150, 180), of_day(FEB_11, 150, 160)

    assert broken_days(*files) == [FEB_10]


def test_each_sender_knows_its_own_balances():
    assert broken_days(of_day(FEB_9, 100, 150), of_day(FEB_10, 7, 8, sender="B")) == []


def test_one_of_several_files_that_agrees_is_enough():
    early, late = of_day(FEB_9, 100, 150), of_day(FEB_9, 100, 170, pk=90)

    assert broken_days(early, late, of_day(FEB_10, 170, 180)) == []


def test_a_file_without_balances_is_held_against_nobody():
    assert broken_days(of_day(FEB_9, 100, None), of_day(FEB_10, 170, 180)) == []


def test_the_treasury_empties_its_accounts_with_the_year():
    last, first = date(2025, 12, 31), date(2026, 1, 1)

    assert broken_days(of_day(last, 100, 150), of_day(first, 0, 10)) == []


def test_neither_side_of_a_broken_joint_is_trusted():
    files = [of_day(FEB_9, 100, 150), of_day(FEB_10, 170, 180), of_day(FEB_11, 180, 190)]

    assert [one.first_day for one in trusted(files, broken(files))] == [FEB_11]


# --- the import


def take(day: date, *orders, opening, kind=whole, **more) -> None:
    content = kind(*orders, first=day, opening=opening, **more)
    import_statement(content=content, name=f"{day}.txt")


def account() -> Account:
    return Account.objects.get()


@pytest.fixture
def opened(db):
    open_account(number=ACCOUNT, counted_through=OPENING)


FILES = {
    "9": (FEB_9, "1000.00"),  # without the payment of this day
    "10": (FEB_10, "11000.00"),
}


@pytest.mark.parametrize("ways", [("9", "10"), ("10", "9")])
def test_a_broken_joint_stops_completeness_in_either_order(opened, ways):
    for day, opening in map(FILES.get, ways):
        take(day, opening=opening)

    assert (account().complete_through, account().broken_on) == (OPENING, FEB_9)


def test_the_file_that_was_formed_anew_mends_it(opened):
    for day, opening in FILES.values():
        take(day, opening=opening)

    take(FEB_9, order(posted_on=FEB_9), opening="1000.00")

    assert (account().complete_through, account().broken_on) == (FEB_10, None)


def test_twin_without_the_look_a_day_that_leaves_money_out_is_complete(opened, monkeypatch):
    monkeypatch.setattr(completeness, "broken", lambda files: [])
    for day, opening in FILES.values():
        take(day, opening=opening)

    assert account().complete_through == FEB_10


def test_days_that_follow_each_other_are_complete(opened):
    take(FEB_9, order(posted_on=FEB_9), opening="1000.00")
    take(FEB_10, order(posted_on=FEB_10), opening="11000.00")
    take(FEB_11, opening="21000.00")

    assert (account().complete_through, account().broken_on) == (FEB_11, None)


def test_balances_are_kept_with_the_statement(opened):
    take(FEB_9, order(posted_on=FEB_9), opening="1000.00")

    kept = Statement.objects.get()
    assert (kept.balance_before, kept.balance_after) == (Decimal(1000), Decimal(11000))


def test_balances_of_camt_are_kept_too(opened):
    content = camt_files.whole(came="0", first=FEB_9, opening=Decimal(500))
    import_statement(content=content, name="camt.xml")

    kept = Statement.objects.get()
    assert (kept.balance_before, kept.balance_after) == (Decimal(500), Decimal(500))


def test_staff_have_one_alarm_and_one_line_of_work(
    opened, caplog, client, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        for day, opening in FILES.values():
            take(day, opening=opening)
        take(FEB_11, opening="11000.00")

    said = [text for text in caplog.messages if "do not follow" in text]
    assert said == [f"balances of account {account().pk} do not follow each other after 2026-02-09"]
    [work] = [work for work in KINDS if work.rows == Account.objects.disjoint]
    assert work.rows().count() == 1
    client.force_login(StaffFactory())
    assert client.get(work.address).context["cl"].result_count == 1


def test_the_page_of_the_account_names_both_files(opened, client):
    for day, opening in FILES.values():
        take(day, opening=opening)
    client.force_login(StaffFactory())

    address = reverse("admin:payments_account_change", args=[account().pk])
    page = client.get(address).content.decode().replace("\xa0", " ")

    for words in ("2026-02-09.txt", "2026-02-10.txt", "1 000 ₽", "11 000 ₽"):
        assert words in page
