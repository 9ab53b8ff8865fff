"""What payers wrote goes some weeks after the money was decided; its hash proves what it was."""

import hashlib
import json
import os
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from journal.models import JobRun
from payments.models import Outgoing, Place, Placement, StatementLine
from payments.services import audit
from payments.services.importing.folder import import_folder
from payments.services.importing.outgoing import look_at
from payments.services.importing.statements import import_statement
from payments.services.ledger import ledger, wiping
from payments.services.ledger.wiping import wipe_payer_texts
from payments.tasks import wipe_payer_texts as the_task
from tests.factories import StaffFactory
from tests.payments.shown_cheques import line
from tests.payments.statement_files import ACCOUNT, BANK_ACCOUNT, order, whole

pytestmark = pytest.mark.django_db
RELATIVE, HER_INN, HER_ACCOUNT = "ЗАБОТИНА ВЕРА", "500100732259", "40817810000000077123"
POSTED_ON = date(2026, 2, 19)


@pytest.fixture
def inn(covered):
    return covered.person.inns.get().value


def of_relative(inn: str, **more) -> dict:
    """A relative pays for the worker, whose INN stands in the purpose."""
    texts = {"payer": RELATIVE, "inn": HER_INN, "payer_account": HER_ACCOUNT}
    purpose = f"За Каримова, ИНН {inn}, от сестры Веры"
    return order(on=date(2026, 2, 13), posted_on=POSTED_ON, purpose=purpose, **texts | more)


@pytest.fixture
def decided(inn):
    """Posted on 19 February, the day before today."""
    import_statement(content=whole(of_relative(inn), first=POSTED_ON), name="file.txt")
    found = StatementLine.objects.latest("pk")
    assert found.placements.current().get().place == Place.MATCHED
    return found


@pytest.fixture
def weeks_later(february_20, settings):
    def go(extra=timedelta(hours=1)):
        instant = datetime(2026, 2, 20, 9, tzinfo=UTC)
        february_20.move_to(instant + timedelta(weeks=settings.PAYER_TEXTS_WEEKS) + extra)

    return go


def tables_with(*words: str) -> set[str]:
    """Every table of the database in which one of the words stands, whatever its columns."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        found = set()
        for name in tables:
            cursor.execute(f'SELECT string_agg("{name}"::text, \' \') FROM "{name}"')
            text = cursor.fetchone()[0] or ""
            # JSON keeps Russian as it is or by its numbers.
            if any(word in text or json.dumps(word)[1:-1] in text for word in words):
                found.add(name)
    return found


# --- what goes and what stays


def test_no_table_holds_a_word_of_the_payer_any_more(decided, weeks_later):
    assert tables_with(RELATIVE) == {"payments_statementline"}
    weeks_later()

    assert wipe_payer_texts() >= 1

    assert tables_with(RELATIVE, HER_INN, HER_ACCOUNT, "сестры") == set()


def test_the_hash_proves_what_the_line_said(decided, weeks_later):
    said = (
        *(decided.payer_name, decided.payer_account, decided.payer_inn),
        *(decided.purpose, decided.raw),
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::jsonb::text", [json.dumps(said, ensure_ascii=False)])
        text = cursor.fetchone()[0]
    weeks_later()
    wipe_payer_texts()

    decided.refresh_from_db()
    assert decided.texts_hash == hashlib.sha256(text.encode()).hexdigest()


def test_the_sum_the_days_and_the_likeness_stay(decided, weeks_later):
    names = ("digest", "occurrence", "posted_on", "document_number", "amount", "paid_on")
    before = [getattr(decided, name) for name in names]
    faults = audit.audit().faults  # of the fixture: its statement has no file
    weeks_later()
    wipe_payer_texts()

    decided.refresh_from_db()
    assert [getattr(decided, name) for name in names] == before
    assert audit.audit().faults == faults


def test_of_an_account_only_its_kind_stays(decided, weeks_later):
    weeks_later()
    wipe_payer_texts()

    decided.refresh_from_db()
    assert decided.payer_account == "40817" + "0" * 15


def test_the_worker_s_own_inn_stays_so_that_the_line_finds_them_again(inn, weeks_later, covered):
    line(on=date(2026, 2, 13), posted_on=POSTED_ON, inn=inn, payer="КАРИМОВ ТИМУР")
    weeks_later()
    wipe_payer_texts()

    found = StatementLine.objects.latest("pk")
    assert (found.payer_name, found.payer_inn) == ("", inn)
    [entry] = ledger.entries_of([found])
    assert set(entry.people) == {covered.person_id}


def test_our_receipt_s_number_stays(weeks_later, covered, receipt):
    weeks = {"on": date(2026, 2, 13), "posted_on": date(2026, 2, 19)}
    import_statement(
        content=whole(
            order(purpose=receipt.snapshot["purpose"], inn="0", **weeks), first=POSTED_ON
        ),
        name="file.txt",
    )
    weeks_later()
    wipe_payer_texts()

    assert StatementLine.objects.latest("pk").purpose == f"MMC{receipt.reference}"


def test_the_file_again_changes_nothing(decided, inn, weeks_later):
    weeks_later()
    wipe_payer_texts()
    places = list(Placement.objects.order_by("pk").values_list())

    content = whole(of_relative(inn), first=POSTED_ON) + b"\r\n"
    import_statement(content=content, name="again.txt")

    assert list(Placement.objects.order_by("pk").values_list()) == places
    assert tables_with(RELATIVE) == set()


# --- what is not touched


def test_a_day_too_early_nothing_goes(decided, weeks_later):
    weeks_later(timedelta(days=-1))

    assert wipe_payer_texts() == 0


def test_money_that_waits_for_staff_keeps_its_texts(covered, weeks_later):
    line(on=date(2026, 2, 13), posted_on=POSTED_ON, inn=HER_INN, payer=RELATIVE)
    weeks_later()
    wipe_payer_texts()

    assert StatementLine.objects.latest("pk").payer_name == RELATIVE


def test_what_was_decided_lately_keeps_its_texts_whenever_it_came(decided, inn, weeks_later):
    weeks_later()
    ledger.hold_as_repeat(line=decided, proven=True, reason="a copy")

    wipe_payer_texts()

    decided.refresh_from_db()
    assert decided.payer_name == RELATIVE


# --- the queue, its history, and what left


def test_an_inn_in_a_former_reason_of_the_queue_goes_too(covered, weeks_later):
    line(on=date(2026, 2, 13), posted_on=POSTED_ON, inn=HER_INN, payer=RELATIVE)
    waiting = StatementLine.objects.latest("pk")
    assert HER_INN in waiting.placements.get().reason
    ledger.hold_as_repeat(line=waiting, proven=True, reason="a copy")
    assert "payments_placementhistory" in tables_with(HER_INN)
    weeks_later()

    wipe_payer_texts()

    assert tables_with(HER_INN) == set()


def test_money_that_left_loses_its_texts_once_somebody_looked(covered, weeks_later):
    out = {"ПлательщикСчет": ACCOUNT, "ПолучательСчет": BANK_ACCOUNT, "ДатаСписано": "19.02.2026"}
    gone = order(purpose=f"Возврат {RELATIVE}", posted_on=POSTED_ON) | out
    import_statement(content=whole(gone, first=POSTED_ON), name="file.txt")
    weeks_later()
    wipe_payer_texts()
    assert "payments_outgoing" in tables_with(RELATIVE)

    look_at(rows=Outgoing.objects.all(), actor=StaffFactory())
    weeks_later(timedelta(weeks=20))
    wipe_payer_texts()

    assert tables_with(RELATIVE) == set()


# --- the guard


def test_the_guard_lets_nothing_else_through(decided):
    rows = StatementLine.objects.filter(pk=decided.pk)
    for wrong in (
        {"payer_name": ""},
        {"payer_name": "", "raw": {}, "wiped_at": datetime(2026, 2, 20, tzinfo=UTC)},
        {"amount": 1},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**wrong)


@pytest.mark.parametrize(
    "more", ["amount = 1", "digest = 'x'", "paid_on = NULL", "payer_account = '1'", "purpose = 'x'"]
)
def test_a_wiping_that_changes_something_else_is_refused(decided, more):
    name = more.split()[0]
    kept = "" if name in ("payer_account", "purpose") else "payer_account = '', purpose = '', "
    # The same without the extra part goes through: what is refused is the extra part.
    kept = kept.replace("payer_account = '', ", "")
    with connection.cursor() as cursor, pytest.raises(IntegrityError), transaction.atomic():
        cursor.execute(
            "UPDATE payments_statementline AS line SET wiped_at = now(), raw = '{}', "
            f"texts_hash = statement_line_texts_hash(line), payer_name = '', {kept}{more}"
        )


def test_a_line_is_wiped_once(decided, weeks_later):
    weeks_later()
    wipe_payer_texts()

    with connection.cursor() as cursor, pytest.raises(IntegrityError), transaction.atomic():
        cursor.execute("UPDATE payments_statementline SET texts_hash = 'another'")


def test_a_line_that_waits_cannot_be_wiped_by_anybody(covered):
    line(on=date(2026, 2, 13), posted_on=POSTED_ON, inn=HER_INN, payer=RELATIVE)
    waiting = StatementLine.objects.latest("pk")

    about = [datetime(2026, 2, 20, tzinfo=UTC), [waiting.pk]]
    with connection.cursor() as cursor, pytest.raises(IntegrityError), transaction.atomic():
        cursor.execute(wiping.LINES, about)


# --- files, and who starts it


def test_the_file_goes_with_its_last_text(inn, weeks_later, settings, tmp_path):
    settings.STATEMENTS_DIR = tmp_path / "inbox"
    settings.STATEMENTS_DIR.mkdir()
    path = settings.STATEMENTS_DIR / "file.txt"
    path.write_bytes(whole(of_relative(inn), first=POSTED_ON))
    os.utime(path, (1, 1))
    import_folder()
    assert len(list((tmp_path / "done").iterdir())) == 1

    wipe_payer_texts()
    assert len(list((tmp_path / "done").iterdir())) == 1
    weeks_later()
    wipe_payer_texts()

    assert list((tmp_path / "done").iterdir()) == []


def test_a_file_that_nobody_knows_stays(weeks_later, settings, tmp_path, db):
    settings.STATEMENTS_DIR = tmp_path / "inbox"
    (tmp_path / "done").mkdir()
    (tmp_path / "done" / "0123456789ab-file.txt").write_text("?")

    wipe_payer_texts()

    assert len(list((tmp_path / "done").iterdir())) == 1


def test_a_day_is_wiped_once_whoever_asks(decided, weeks_later):
    weeks_later()
    the_task()
    the_task()

    assert JobRun.objects.filter(job=wiping.JOB, finished_at__isnull=False).count() == 1
    decided.refresh_from_db()
    assert decided.wiped_at
