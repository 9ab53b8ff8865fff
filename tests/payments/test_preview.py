"""What a register would do is shown before it is money; looking at it keeps and tells nothing."""

from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse

from journal.models import Look
from notifications.models import Message
from payments.models import Account, Placement, Sighting, Statement, StatementLine
from payments.services.importing import preview
from payments.services.importing.preview import look
from payments.services.importing.statements import import_statement
from payments.statements.errors import NotAStatement
from tests.factories import ApplicationFactory, InnFactory, RegisterFactory, StaffFactory
from tests.payments.statement_files import INN, order, whole

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("february")]
PAGE = reverse("admin:payments_statement_preview")
HEADS = "Дата зачисления;Дата операции;ФИО;ИНН;Сумма"
ENGLISH = {"accept-language": "en"}


def register(*rows: tuple[str, str]) -> bytes:
    lines = [f"09.02.2026;05.02.2026;КАРИМОВ ТИМУР;{inn};{amount}" for inn, amount in rows]
    return "\r\n".join([HEADS, *lines, ""]).encode("cp1251")


FILE = register((INN, "10000"), ("500100732259", "10000"), ("500100732259", "700"))


@pytest.fixture(autouse=True)
def described(db):
    RegisterFactory(account__counted_through=date(2026, 1, 1))
    return ApplicationFactory(person=InnFactory(value=INN).person)


def seen(content: bytes = FILE) -> preview.Preview:
    return look(content=BytesIO(content), name="register.csv")


def kept() -> list[int]:
    return [one.objects.count() for one in (Statement, StatementLine, Sighting, Placement, Message)]


def test_looking_keeps_nothing_and_tells_nobody(django_capture_on_commit_callbacks):
    before = list(Account.objects.values())

    with django_capture_on_commit_callbacks() as promised:
        seen()

    assert kept() == [0] * 5
    assert list(Account.objects.values()) == before
    assert promised == []


def test_the_counts_and_sums_are_those_of_the_import_that_follows(described):
    [account] = (found := seen()).accounts
    assert account.amount == 20_700
    assert [(row.count, row.amount) for row in account.ways] == [(1, 10_000), (2, 10_700)]

    assert import_statement(content=FILE, name="register.csv") == found.result


def test_each_line_says_as_it_is_read_where_its_money_would_go(described):
    rows = seen().rows

    strangers = [("500100732259", "")] * 2
    assert sorted((row.inn, row.application) for row in rows) == [
        *strangers,
        (INN, described.number),
    ]
    assert all(row.reason for row in rows)


def test_a_column_that_a_table_has_spoilt_shows(described):
    spoilt = register(*[("775100000000", f"{n}0000") for n in range(1, 5)])

    assert seen(spoilt).same_inn == [("775100000000", 4)]


def test_a_file_that_was_imported_is_known(described):
    import_statement(content=FILE, name="register.csv")

    found = seen()

    assert (found.is_known, found.result.known) == (True, 3)
    assert Statement.objects.count() == 1


def test_a_file_that_would_be_held_is_said_so_and_alarms_nobody(settings, caplog):
    settings.ODD_LINES, settings.ODD_SHARE = 2, 0.1

    [account] = seen().accounts

    assert account.held
    assert caplog.records == []


@pytest.mark.parametrize(
    "content", [b"no statement", b"x" * (preview.MAX_BYTES + 1)], ids=["no statement", "too big"]
)
def test_what_is_no_statement_or_too_big_is_refused(content):
    with pytest.raises(NotAStatement):
        seen(content)


def test_no_lock_stays_when_the_look_ends_badly(monkeypatch):
    def fails(*args):
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1/0")

    monkeypatch.setattr("payments.services.importing.slices.share_out", fails)
    with pytest.raises(Exception, match="division by zero"):
        seen()

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = %s",
            [connection.connection.info.backend_pid],
        )
        assert cursor.fetchone() == (0,)


# --- the page


def test_the_page_shows_what_would_match_and_whoever_is_shown_was_looked_at(client, described):
    client.force_login(StaffFactory())
    file = SimpleUploadedFile("register.csv", FILE)

    page = client.post(PAGE, {"file": file}, headers=ENGLISH).content.decode()

    assert "Would be posted: 1. Would wait for staff: 2." in page
    assert described.number in page
    assert Look.objects.filter(person_id=described.person_id).count() == 1
    assert kept() == [0] * 5


def test_a_statement_is_looked_at_too_and_a_wrong_file_is_refused_with_its_line(client):
    client.force_login(StaffFactory())
    good = whole(order(on=date(2026, 2, 9), posted_on=date(2026, 2, 9)), first=date(2026, 2, 9))
    wrong = good.replace("КонецДокумента".encode("cp1251"), b"")

    pages = [
        client.post(PAGE, {"file": SimpleUploadedFile("day.txt", one)}, headers=ENGLISH)
        for one in (good, wrong)
    ]

    assert "Would be posted: 1." in pages[0].content.decode()
    assert "Line " in pages[1].content.decode()
