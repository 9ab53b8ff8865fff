"""An import takes the same memory however long its file is."""

import tracemalloc
from datetime import date, timedelta
from pathlib import Path

import pytest

from payments.models import Placement, Statement
from payments.services import audit
from payments.services.importing import likely, released
from payments.services.importing.completeness import open_account
from payments.services.importing.statements import import_statement
from tests.factories import ApplicationFactory, InnFactory, StaffFactory
from tests.payments.statement_files import ACCOUNT, INN, POSTED, order, statement

pytestmark = pytest.mark.django_db
MEGABYTE = 2**20
GROWS_NO_MORE_THAN = MEGABYTE


@pytest.fixture(autouse=True)
def account(settings):
    settings.ODD_SHARE = 1
    open_account(number=ACCOUNT, counted_through=POSTED - timedelta(days=1))
    return ApplicationFactory(person=InnFactory(value=INN).person)


def long_file(path: Path, lines: int, day: date = POSTED) -> Path:
    """Written line by line: one payer is known and pays often, the others are nobody."""
    head, tail = statement(first=day).split("СекцияРасчСчет")[0], "КонецФайла\r\n"
    with path.open("w", encoding="cp1251", newline="") as file:
        file.write(head)
        for number in range(lines):
            one = order(number=f"{day:%d}-{number}", posted_on=day, inn=INN if number < 30 else "")
            pairs = [f"{key}={value}" for key, value in one.items()]
            file.write("\r\n".join(["СекцияДокумент=Поручение", *pairs, "КонецДокумента", ""]))
        file.write(tail)
    return path


def memory_of(job) -> int:
    """The most bytes that Python held at once meanwhile."""
    tracemalloc.start()
    try:
        job()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def take(path: Path):
    with path.open("rb") as file:
        return import_statement(content=file, name=path.name)


def memory_does_not_grow(job, *files: Path) -> None:
    """From the second file to the third; with the first one comes what is read once a process."""
    _first, few, many = (memory_of(lambda path=path: job(path)) for path in files)

    assert many < few + GROWS_NO_MORE_THAN


def files_of(folder: Path, *counts: int) -> list[Path]:
    return [
        long_file(folder / f"{lines}.txt", lines, POSTED + timedelta(days=place))
        for place, lines in enumerate(counts)
    ]


def test_seven_thousand_lines_take_the_memory_of_three_thousand(tmp_path, monkeypatch):
    """Slices are of two thousand; a line kept in memory would be a kilobyte. To look whose the
    nameless ones may be takes the most of the time, and the same for each file."""
    monkeypatch.setattr(likely, "MOST_IN_A_RUN", 100)
    memory_does_not_grow(take, *files_of(tmp_path, 100, 3_000, 7_000))

    assert Placement.objects.count() == 10_100


@pytest.mark.long
def test_a_hundred_thousand_lines_take_the_memory_of_ten_thousand(tmp_path):
    memory_does_not_grow(take, *files_of(tmp_path, 100, 10_000, 100_000))

    assert Placement.objects.count() == 110_100
    assert not audit.audit().faults


# Within one long transaction the database would count nothing and plan as if there were no lines.
@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_many_lines_of_a_released_statement_take_the_memory_of_few(tmp_path, settings):
    settings.ODD_LINES, settings.ODD_SHARE = 10, 0.1

    memory_does_not_grow(take_held_and_release, *files_of(tmp_path, 100, 4_000, 12_000))

    assert not Placement.objects.held().exists()
    assert not audit.audit().faults


def take_held_and_release(path: Path) -> None:
    take(path)
    held = Statement.objects.held().get()
    released.release(statement=held, actor=StaffFactory(), reason="Сверено")
    released.post_released()
