"""A file that the folder refused is seen by the staff, with its reason and its line."""

import hashlib

import pytest
from django.db import IntegrityError
from django.urls import reverse
from django.utils.html import escape

from desk.waiting import KINDS
from payments.models import RefusedFile
from payments.services.importing import folder
from payments.tasks import import_folder
from tests.factories import RegisterFactory, StaffFactory
from tests.payments.statement_files import order, whole
from tests.payments.test_tasks import HEADS, drop, names

pytestmark = pytest.mark.django_db
LIST = "admin:payments_statement_refused"
BAD = whole(order(), order(number="2")).replace("Номер=2".encode("cp1251"), b"Hello")
OLD = folder.QUIET_SECONDS + 1


@pytest.fixture
def inbox(tmp_path, settings):
    settings.STATEMENTS_DIR = tmp_path / "inbox"
    settings.STATEMENTS_DIR.mkdir()
    return settings.STATEMENTS_DIR


@pytest.fixture
def refused(inbox):
    drop(inbox, "day.txt", BAD, age=OLD)
    import_folder()
    return RefusedFile.objects.get()


def waiting() -> int:
    [work] = [work for work in KINDS if work.rows == RefusedFile.objects.unseen]
    return work.rows().count()


def test_its_row_says_which_file_why_and_where_it_lies(refused, inbox):
    assert refused.name == "day.txt"
    assert refused.content_hash == hashlib.sha256(BAD).hexdigest()
    assert refused.kept_as in names(inbox.parent / "refused")
    assert refused.reason in (inbox.parent / "refused" / f"{refused.kept_as}.txt").read_text()


def test_staff_read_the_line_and_the_reason_and_say_that_they_saw_it(refused, client):
    staff = StaffFactory(is_superuser=True)
    client.force_login(staff)
    assert waiting() == 1

    page = client.get(reverse(LIST)).content.decode()
    client.post(reverse("admin:payments_statement_seen", args=[refused.pk]))

    assert "day.txt" in page
    assert escape(refused.reason) in page
    assert refused.reason.startswith("Строка 32: ")
    refused.refresh_from_db()
    assert (waiting(), refused.seen_by) == (0, staff)


def test_the_same_file_refused_again_is_work_again(refused, inbox, client):
    client.force_login(StaffFactory(is_superuser=True))
    client.post(reverse("admin:payments_statement_seen", args=[refused.pk]))

    drop(inbox, "day.txt", BAD, age=OLD)
    import_folder()

    assert (waiting(), RefusedFile.objects.count()) == (1, 2)


def test_a_file_that_is_taken_in_later_waits_no_more(inbox):
    register = f"{HEADS}\n11.02.2026;05.02.2026;КАРИМОВ;775100004210;10000,00\n".encode()
    drop(inbox, "r.csv", register, age=OLD)
    import_folder()
    assert waiting() == 1

    RegisterFactory()
    drop(inbox, "r.csv", register, age=OLD)
    import_folder()

    assert waiting() == 0


def test_who_may_not_upload_sees_no_refused_files(refused, client):
    client.force_login(StaffFactory(is_superuser=False))

    assert client.get(reverse(LIST)).status_code == 403


def test_the_database_wants_to_know_who_saw_it(refused):
    with pytest.raises(IntegrityError):
        RefusedFile.objects.update(seen_by=StaffFactory())
