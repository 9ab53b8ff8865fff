"""Files beside the inbox go as the texts of payers do: of annulled statements, and refused ones."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings as portal

from accounts.services import approvals
from payments.models import RefusedFile, Statement
from payments.services.deciding import annulled
from payments.services.importing.completeness import open_account
from payments.services.importing.folder import import_folder
from payments.services.importing.refused import see
from payments.services.ledger.wiping import wipe_payer_texts
from tests.factories import StaffFactory
from tests.payments.statement_files import ACCOUNT, order, whole
from tests.payments.test_wiping import POSTED_ON, RELATIVE, of_relative, tables_with, weeks_later

__all__ = ["weeks_later"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(settings, tmp_path):
    """Drops a file and has it imported."""
    settings.ODD_LINES, settings.ODD_SHARE = 3, 0.3
    settings.STATEMENTS_DIR = tmp_path / "inbox"
    settings.STATEMENTS_DIR.mkdir()

    def drop(content: bytes):
        path = settings.STATEMENTS_DIR / "file.txt"
        path.write_bytes(content)
        os.utime(path, (1, 1))
        import_folder()

    return drop


def kept(where: str) -> int:
    folder = Path(portal.STATEMENTS_DIR).parent / where
    return len(list(folder.iterdir()))


def test_the_file_of_an_annulled_statement_goes_with_its_texts(folder, weeks_later):
    open_account(number=ACCOUNT, counted_through=POSTED_ON - timedelta(days=1))
    lines = [
        order(number=f"{one}", inn="", payer=RELATIVE, posted_on=POSTED_ON) for one in range(4)
    ]
    folder(whole(*lines, first=POSTED_ON))
    statement = Statement.objects.held().get()
    asked = annulled.ask(statement=statement, actor=StaffFactory(), reason="чужой файл")
    approvals.decide(approval=asked, granted=True, actor=StaffFactory())

    wipe_payer_texts()
    assert kept("done") == 1
    weeks_later()
    wipe_payer_texts()

    assert kept("done") == 0
    assert tables_with(RELATIVE) == set()


BAD = whole(of_relative("1", number="1"), of_relative("1", number="2"), first=POSTED_ON).replace(
    "Номер=2".encode("cp1251"), b"Hello"
)


def seen() -> None:
    for row in RefusedFile.objects.all():
        see(refused_id=row.pk, actor=StaffFactory())


def test_a_refused_file_that_staff_have_seen_goes_after_the_same_weeks(folder, weeks_later):
    folder(BAD)
    seen()

    weeks_later(timedelta(days=-1))
    wipe_payer_texts()
    assert kept("refused") == 2  # with the reason beside it
    weeks_later()
    wipe_payer_texts()

    assert kept("refused") == 0
    assert RefusedFile.objects.get().reason


def test_a_refused_file_that_nobody_has_seen_stays(folder, weeks_later):
    folder(BAD)
    weeks_later()

    wipe_payer_texts()

    assert kept("refused") == 2


def test_a_file_that_was_refused_again_lately_stays(folder, weeks_later):
    folder(BAD)
    weeks_later()
    folder(BAD)
    seen()

    wipe_payer_texts()

    assert kept("refused") == 2
