"""Statement files through the browser: answered at once, imported by a worker that may die."""

from datetime import timedelta
from io import BytesIO

import pytest
import time_machine
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from redis.exceptions import TimeoutError as RedisTimeout

from common import clock
from common import kept as keeping
from desk.waiting import KINDS
from payments.models import Placement, Statement, Upload
from payments.models.uploads import TRIES
from payments.services.importing import posting, statements, uploads
from payments.services.importing.completeness import open_account
from payments.services.importing.progress import progress_of
from payments.services.ledger import locks
from payments.services.ledger.wiping import wipe_payer_texts
from payments.tasks import import_folder, import_upload
from tests.at_once import at_once, meeting, over
from tests.factories import ApplicationFactory, InnFactory, StaffFactory
from tests.guards import without_rule
from tests.payments.statement_files import ACCOUNT, INN, POSTED, order, statement, whole

pytestmark = pytest.mark.django_db
ENGLISH = {"accept-language": "en"}
FILE = whole(order(), order(number="2", inn="0"))
SHORT = "10,00"


@pytest.fixture(autouse=True)
def disk(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.STATEMENTS_DIR = tmp_path / "inbox"
    return settings.MEDIA_ROOT / "statements"


@pytest.fixture(autouse=True)
def payer():
    open_account(number=ACCOUNT, counted_through=POSTED - timedelta(days=1))
    return ApplicationFactory(person=InnFactory(value=INN).person)


@pytest.fixture
def desk(client):
    client.force_login(StaffFactory(is_superuser=True))
    return client


def send(client, content: bytes = FILE) -> str:
    """The address of the page that answers."""
    file = SimpleUploadedFile("day.txt", content)
    return client.post(reverse("admin:payments_statement_upload"), {"file": file})["Location"]


def read(client, address: str) -> str:
    return client.get(address, headers=ENGLISH).content.decode()


def looks_again(client, address: str) -> bool:
    """Without any script of ours."""
    return "Refresh" in client.get(address).headers


def kept(content: bytes = FILE) -> Upload:
    return uploads.keep_upload(file=BytesIO(content), name="day.txt", actor=StaffFactory())


def test_the_answer_comes_before_the_import_and_the_page_looks_again_until_it_ends(desk, disk):
    page = send(desk)

    assert not Statement.objects.exists()
    assert "waits for its turn" in read(desk, page)
    assert looks_again(desk, page)

    import_folder()

    text = read(desk, page)
    assert "2 lines, 1 matched, 1 queued, 0 known" in text
    assert reverse("admin:payments_statement_change", args=[Statement.objects.get().pk]) in text
    assert not looks_again(desk, page)
    assert not list(disk.iterdir())


def test_the_page_shows_how_far_a_running_import_is(desk, monkeypatch):
    page, seen, post = send(desk), [], posting.post

    def posted_and_seen(one):
        seen.append(read(desk, page))
        return post(one)

    monkeypatch.setattr(posting, "post", posted_and_seen)
    import_folder()

    assert len(seen) == 1
    assert "The file is being imported." in seen[0]
    assert "Lines posted: 0 of 2 that are new." in seen[0]
    assert uploads.progress(Upload.objects.get()).posted == 2


def test_a_refused_file_is_kept_with_its_line_and_reason(desk, disk):
    page = send(desk, whole(order(), order(number="2", amount=SHORT), totals=False) + b"x")

    import_folder()

    text = read(desk, page)
    assert Upload.objects.get().refusal
    assert Upload.objects.get().refusal in text.replace("&quot;", '"')
    assert not Statement.objects.exists()
    assert len(list(disk.iterdir())) == 1


def test_a_refused_file_goes_when_texts_of_payers_are_wiped(desk, disk, settings):
    page = send(desk, whole(order(amount=SHORT), totals=False) + b"x")
    import_folder()
    assert "again/" in read(desk, page)

    with time_machine.travel(clock.now() + timedelta(weeks=settings.PAYER_TEXTS_WEEKS, days=1)):
        wipe_payer_texts()

    assert not list(disk.iterdir())
    address = reverse("admin:payments_statement_again", args=[Upload.objects.get().pk])
    assert desk.post(address).status_code == 302
    assert Upload.objects.get().refusal


def test_a_file_refused_for_an_account_is_taken_when_the_account_is_known(desk):
    other = "03100643000000018501"
    page = send(desk, statement(order(ПолучательСчет=other), account=other).encode("cp1251"))
    import_folder()
    assert other in read(desk, page)

    open_account(number=other, counted_through=POSTED - timedelta(days=1))
    desk.post(reverse("admin:payments_statement_again", args=[Upload.objects.get().pk]))
    import_folder()

    assert "1 lines, 1 matched, 0 queued, 0 known" in read(desk, page)


def test_the_same_file_again_is_the_same_page(desk):
    page = send(desk)
    import_folder()

    assert send(desk) == page
    import_folder()
    assert Upload.objects.get().tries == 1


class Killed(BaseException):
    """As a signal: nobody catches it."""


def dies(monkeypatch) -> None:
    def killed(_one):
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(posting, "post", killed)
        with pytest.raises(Killed):
            import_folder()


def test_what_a_dead_worker_left_is_gone_on_with(desk, monkeypatch):
    page = send(desk)
    dies(monkeypatch)
    assert "waits for its turn" in read(desk, page)

    import_folder()

    assert "2 lines, 1 matched, 1 queued, 0 known" in read(desk, page)


def test_a_file_that_ends_its_worker_each_time_waits_for_staff_who_start_it_again(
    desk, monkeypatch
):
    page = send(desk)
    for _try in range(TRIES):
        dies(monkeypatch)
    import_folder()

    text = read(desk, page)
    assert "does not go on by itself" in text
    assert not looks_again(desk, page)
    [waits] = [kind for kind in KINDS if kind.page == "admin:payments_statement_upload"]
    assert waits.rows().count() == 1

    desk.post(reverse("admin:payments_statement_again", args=[Upload.objects.get().pk]))
    import_folder()
    assert "2 lines, 1 matched, 1 queued, 0 known" in read(desk, page)
    assert waits.rows().count() == 0


def test_an_error_of_ours_is_tried_again_and_the_file_is_not_called_wrong(desk, monkeypatch):
    page = send(desk)
    with monkeypatch.context() as patched:
        patched.setattr(statements, "_begin", lambda *_all: 1 / 0)
        import_folder()
    assert not Upload.objects.get().refusal

    import_folder()
    assert "2 lines" in read(desk, page)


def test_what_has_ended_is_not_begun_again(desk):
    send(desk)
    import_folder()

    desk.post(reverse("admin:payments_statement_again", args=[Upload.objects.get().pk]))

    assert not Upload.objects.waiting().exists()


def test_an_upload_is_refused_or_counted_never_both():
    with pytest.raises(IntegrityError), transaction.atomic():
        Upload.objects.filter(pk=kept().pk).update(refusal="why", lines=1)


# --- at once


@pytest.mark.django_db(transaction=True)
def test_one_file_sent_twice_at_once_is_one_upload_with_one_file(disk):
    actor = StaffFactory()

    def keep():
        return uploads.keep_upload(file=BytesIO(FILE), name="day.txt", actor=actor).pk

    first, second = at_once(keep, keep)

    assert first == second
    assert len(list(disk.iterdir())) == 1


@pytest.mark.django_db(transaction=True)
def test_twin_without_the_constraint_it_is_two_uploads_with_two_files(disk, monkeypatch):
    actor = StaffFactory()
    meeting(monkeypatch, Upload, "save", 2)

    def keep():
        return uploads.keep_upload(file=BytesIO(FILE), name="day.txt", actor=actor).pk

    with without_rule(Upload, "content_hash"):
        first, second = at_once(keep, keep)

        assert first != second
        assert len(list(disk.iterdir())) == 2


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_import_an_upload_once():
    upload = kept()

    jobs = [lambda: uploads.import_upload(upload.pk)] * 2
    assert sorted(at_once(*jobs)) == [False, True]

    assert Upload.objects.get().tries == 1
    assert Placement.objects.current().count() == 2


@pytest.mark.django_db(transaction=True)
def test_twin_without_the_lock_both_workers_have_the_upload_in_their_hands(monkeypatch):
    """Its lines are posted once even so, for the import knows the file; its tries are used up."""
    upload = kept()
    monkeypatch.setattr(locks, "take", lambda name: True)
    meeting(monkeypatch, uploads, "import_statement", 2)

    jobs = [lambda: uploads.import_upload(upload.pk)] * 2
    assert at_once(*jobs) == [True, True]

    assert Upload.objects.get().tries == 2
    assert Placement.objects.current().count() == 2


@pytest.mark.django_db(transaction=True)
def test_an_upload_that_another_connection_holds_is_running_until_that_ends():
    upload = kept()

    def held():
        locks.take(uploads.lock_of(upload.pk))
        return at_once(lambda: (uploads.state(upload).is_running, import_upload(upload.pk)))

    [[(running, _nothing)]] = at_once(held)

    assert running
    assert over(lambda: not uploads.state(upload).is_running)
    assert Upload.objects.get().tries == 0


def test_an_import_goes_on_while_the_cache_does_not_answer(monkeypatch):
    def dead(*args, **kwargs):
        raise RedisTimeout

    monkeypatch.setattr(keeping, "_quiet_until", 0.0)
    monkeypatch.setattr(cache, "set", dead)
    monkeypatch.setattr(cache, "get", dead)
    upload = kept()

    assert uploads.import_upload(upload.pk)
    assert progress_of("nobody") is None
    assert Placement.objects.current().count() == 2
