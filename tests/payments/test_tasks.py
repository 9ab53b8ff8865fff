"""The folder of statements: taken, refused, left alone, never twice at once."""

import os
import time

import pytest
from django.db import connections

from payments.models import Statement
from payments.services.importing import folder
from payments.services.importing import statements as statement_services
from payments.tasks import import_folder
from tests.factories import RegisterFactory
from tests.payments.statement_files import order, whole

pytestmark = pytest.mark.django_db
HEADS = "Дата зачисления;Дата операции;ФИО;ИНН;Сумма"
GARBAGE = b"PK\x03\x04 not a statement"


@pytest.fixture
def inbox(tmp_path, settings):
    settings.STATEMENTS_DIR = tmp_path / "inbox"
    settings.STATEMENTS_DIR.mkdir()
    return settings.STATEMENTS_DIR


def drop(inbox, name: str, content: bytes, *, age: int = 60):
    path = inbox / name
    path.write_bytes(content)
    os.utime(path, (time.time() - age,) * 2)
    return path


def names(where) -> list[str]:
    return sorted(path.name for path in where.iterdir()) if where.exists() else []


def test_a_good_file_is_imported_at_once_and_archived_under_its_hash(inbox):
    drop(inbox, "day.txt", whole(order()), age=0)

    import_folder()

    statement = Statement.objects.get()
    assert statement.file_name == "day.txt"
    assert names(inbox) == []
    assert names(inbox.parent / "done") == [f"{statement.content_hash[:12]}-day.txt"]


def test_a_bad_file_is_refused_with_its_reason_and_does_not_stop_the_others(inbox):
    drop(inbox, "a.txt", GARBAGE)
    drop(inbox, "b.txt", whole(order()))

    import_folder()

    assert Statement.objects.count() == 1
    bad, reason = names(inbox.parent / "refused")
    assert (bad[12:], reason) == ("-a.txt", f"{bad}.txt")
    text = (inbox.parent / "refused" / reason).read_text()
    assert "1CClientBankExchange" in text


@pytest.mark.parametrize("name", [".day.txt.part", "day.txt.part", "day.txt.tmp", "day.txt~"])
def test_a_file_with_a_temporary_name_is_left_alone(inbox, name):
    drop(inbox, name, whole(order()))

    import_folder()

    assert names(inbox) == [name]
    assert not Statement.objects.exists()


def test_a_file_still_being_written_is_left_alone_until_it_is_complete(inbox):
    content = whole(order())
    drop(inbox, "day.txt", content[:-300], age=0)
    import_folder()
    assert names(inbox) == ["day.txt"]

    drop(inbox, "day.txt", content, age=0)
    import_folder()

    assert Statement.objects.count() == 1


def test_a_register_still_being_written_is_left_alone_until_it_is_quiet(inbox):
    RegisterFactory()
    content = f"{HEADS}\r\n11.02.2026;05.02.2026;КАРИМОВ;;10000\r\n".encode("cp1251")
    drop(inbox, "register.csv", content, age=0)
    import_folder()
    assert names(inbox) == ["register.csv"]
    assert not Statement.objects.exists()

    drop(inbox, "register.csv", content, age=folder.QUIET_SECONDS + 1)
    import_folder()

    assert Statement.objects.get().line_count == 1


def test_a_file_that_stays_cut_off_is_refused_when_nobody_writes_any_more(inbox):
    drop(inbox, "day.txt", whole(order())[:-300], age=folder.QUIET_SECONDS + 1)

    import_folder()

    assert names(inbox) == []
    assert len(names(inbox.parent / "refused")) == 2


def test_an_accident_with_one_file_leaves_it_for_the_next_time(inbox, monkeypatch):
    drop(inbox, "a.txt", whole(order()))
    drop(inbox, "b.txt", whole(order(number="2"), number="2"))
    really = statement_services.import_statement

    def fall(*, content, name):
        if name == "a.txt":
            raise OSError("the disk is tired")
        return really(content=content, name=name)

    monkeypatch.setattr(folder, "import_statement", fall)
    import_folder()

    assert names(inbox) == ["a.txt"]
    assert Statement.objects.count() == 1


def test_folders_links_and_a_missing_inbox_do_no_harm(inbox):
    (inbox / "folder").mkdir()
    (inbox / "link.txt").symlink_to("/etc/passwd")
    import_folder()
    assert names(inbox) == ["folder", "link.txt"]

    (inbox / "link.txt").unlink()
    (inbox / "folder").rmdir()
    inbox.rmdir()
    import_folder()
    assert inbox.exists()


def test_a_name_as_long_as_a_disk_allows_is_archived_too(inbox):
    drop(inbox, "д" * 125 + ".txt", whole(order()))

    import_folder()

    assert len(names(inbox.parent / "done")) == 1


def test_a_file_too_big_is_refused_without_being_read(inbox, settings):
    settings.MAX_STATEMENT_BYTES = 100
    drop(inbox, "big.txt", whole(order()))

    import_folder()

    assert not Statement.objects.exists()
    assert len(names(inbox.parent / "refused")) == 2


def test_while_one_worker_imports_another_does_nothing(inbox):
    drop(inbox, "day.txt", whole(order()))
    other = connections["default"].copy()
    name = "hashtextextended(%s, 0)"
    with other.cursor() as cursor:
        cursor.execute(f"SELECT pg_try_advisory_lock({name})", [folder.LOCK])
        assert folder.import_folder() == 0
        cursor.execute(f"SELECT pg_advisory_unlock({name})", [folder.LOCK])
    other.close()

    assert folder.import_folder() == 1


def test_the_lock_is_given_back_even_after_an_accident(inbox, monkeypatch):
    def fall(folder):
        raise OSError("the disk is tired")

    monkeypatch.setattr(folder, "_waiting", fall)
    with pytest.raises(OSError, match="tired"):
        folder.import_folder()

    other = connections["default"].copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtextextended(%s, 0))", [folder.LOCK])
        assert cursor.fetchone() == (True,)
        cursor.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 0))", [folder.LOCK])
    other.close()


def test_the_log_tells_no_names_of_files(inbox, caplog):
    drop(inbox, "karimov.txt", GARBAGE)

    import_folder()

    assert "karimov" not in caplog.text
    assert "refused" in caplog.text
