"""`check_ledger` proves what is called complete, and names the files that still wait."""

from datetime import date

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import translation

from payments import reach
from payments.models import Account, Statement, StatementLine
from payments.services.importing import likely, released
from payments.services.importing.completeness import open_account
from payments.services.importing.statements import import_statement
from tests.factories import PlacementFactory, StaffFactory
from tests.payments.statement_files import ACCOUNT, POSTED, order, piece, whole

pytestmark = pytest.mark.django_db
DAY_BEFORE = date(2026, 2, 10)
ODD = [
    order(number=str(n), posted_on=date(2026, 2, 12), inn="", purpose=f"За товар {n}")
    for n in range(3)
]


@pytest.fixture
def taken(settings):
    """A whole day without a payment; complete through it."""
    settings.ODD_LINES = 3
    open_account(number=ACCOUNT, counted_through=DAY_BEFORE)
    import_statement(content=whole(), name="day.txt")
    return Account.objects.get()


def said(capsys) -> str:
    with translation.override("en"):
        call_command("check_ledger")
    return capsys.readouterr().out


def test_what_the_files_prove_is_no_fault(taken, capsys):
    assert "account" not in said(capsys)


@pytest.mark.parametrize("change", [{"complete_through": date(2026, 3, 1)}, {"broken_on": POSTED}])
def test_days_called_complete_that_no_file_proves_are_a_fault(taken, change, capsys):
    Account.objects.update(**change)

    with pytest.raises(SystemExit):
        said(capsys)

    assert f"account {ACCOUNT}" in capsys.readouterr().out


def test_a_file_that_is_gone_is_a_fault(taken, capsys):
    Statement.objects.update(finished_at=None)

    with pytest.raises(SystemExit):
        said(capsys)

    out = capsys.readouterr().out
    assert "its files prove 10.02.2026" in out
    assert "is not finished" in out


def test_a_held_file_is_named_and_is_no_fault(taken, capsys):
    import_statement(content=whole(*ODD, first=date(2026, 2, 12)), name="odd.txt")

    assert "is held: 3 lines wait for staff" in said(capsys)


# --- lines are kept for ever


def test_a_line_cannot_be_deleted():
    line = PlacementFactory().line

    with pytest.raises(DatabaseError, match="never changed or deleted"), transaction.atomic():
        StatementLine.objects.filter(pk=line.pk)._raw_delete("default")
    assert StatementLine.objects.count() == 1


def test_the_table_of_lines_cannot_be_emptied():
    PlacementFactory()
    connection.check_constraints()  # nothing is pending that would stop it before the guard

    with pytest.raises(DatabaseError, match="never emptied"), transaction.atomic():
        connection.cursor().execute("TRUNCATE payments_statementline CASCADE")
    assert StatementLine.objects.count() == 1


# --- what the staff read of it


def test_the_page_says_since_when_and_by_which_file_days_are_complete(taken, client):
    client.force_login(StaffFactory())
    page = client.get(reverse("admin:payments_account_change", args=[taken.pk])).content.decode()

    found = reach.of(taken)
    assert (found.through, found.statement.file_name) == (POSTED, "day.txt")
    assert found.since == found.changes[0].at
    assert "11.02.2026" in page
    assert "day.txt" in page


def test_an_account_that_went_back_and_on_is_known_since_the_last_time(taken):
    Account.objects.update(complete_through=DAY_BEFORE)
    Account.objects.update(complete_through=POSTED)

    found = reach.of(Account.objects.get())
    assert [one.through for one in found.changes] == [POSTED, DAY_BEFORE, POSTED, DAY_BEFORE]
    assert found.since == found.changes[0].at


@pytest.mark.parametrize(
    ("happens", "why"),
    [
        (lambda: None, "No statement"),
        (lambda: import_statement(content=whole(*ODD, first=date(2026, 2, 12)), name="o"), "held"),
    ],
    ids=["no file", "a held file"],
)
def test_the_first_missing_day_has_its_reason(taken, happens, why):
    happens()

    with translation.override("en"):
        found = reach.of(taken)
    assert found.missing == date(2026, 2, 12)
    assert why in found.why


def of_the_next_day(*orders: dict) -> None:
    import_statement(content=whole(*orders, first=date(2026, 2, 12)), name="next.txt")


def why_of(account: Account) -> str:
    with translation.override("en"):
        return reach.of(Account.objects.get(pk=account.pk)).why


def test_while_a_sum_waits_for_a_look_staff_read_that_and_not_that_a_file_is_missing(
    taken, monkeypatch
):
    monkeypatch.setattr(likely, "weigh_lines_of", lambda statement: None)
    of_the_next_day(ODD[0])

    assert "people the portal still looks for: 1." in why_of(taken)
    likely.weigh_waiting()
    assert why_of(taken) == "No statement of the whole day has come."  # of the day after


def test_while_a_released_file_is_being_posted_staff_read_that(taken):
    of_the_next_day(*ODD)
    statement = Statement.objects.held().get()
    with translation.override("en"):
        assert "held" in why_of(taken)

    released.release(statement=statement, actor=StaffFactory(), reason="сверено с банком")

    assert "being posted" in why_of(taken)


def test_a_held_register_of_the_day_is_named_beside_the_whole_day(taken):
    of_the_next_day()
    assert "No statement" in why_of(taken)  # of the day after

    pieces = piece(*ODD, first=date(2026, 2, 12))
    import_statement(content=pieces, name="piece.txt")

    assert "held" in why_of(taken)
