"""Two processes take the same file in at once, as a folder task and a clerk may."""

import json
import os
import subprocess
import sys
from datetime import date
from urllib.parse import urlsplit

import pytest
from django.db import connection

from mmc_portal.local import servers
from payments.models import Placement, Statement, StatementLine
from payments.services.importing.completeness import open_account
from tests.factories import ApplicationFactory, InnFactory
from tests.payments.statement_files import ACCOUNT, INN, order, statement


@pytest.mark.django_db(transaction=True)
def test_the_same_statement_by_two_processes_at_once_posts_once(tmp_path):
    application = ApplicationFactory()
    InnFactory(person=application.person, value=INN)
    open_account(number=ACCOUNT, counted_through=date(2026, 2, 10))
    twins = (order(), order())
    target = tmp_path / "day.txt"
    target.write_bytes(statement(*twins).encode("cp1251"))

    running = [_import(target) for _process in range(2)]
    answers = [json.loads(process.communicate()[0]) for process in running]

    assert sorted(answer["matched"] for answer in answers) == [0, 2]
    assert sorted(answer["known"] for answer in answers) == [0, 2]
    assert Statement.objects.count() == 1
    assert StatementLine.objects.count() == 2
    assert Placement.objects.matched().count() == 2


def _import(target) -> subprocess.Popen:
    command = [sys.executable, "manage.py", "import_statement", "--json", str(target)]
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "mmc_portal.settings.test",
        "DATABASE_URL": _address_of_the_test_database(),
    }
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)


def _address_of_the_test_database() -> str:
    here = urlsplit(servers.database_url())
    return here._replace(path=f"/{connection.settings_dict['NAME']}").geturl()
