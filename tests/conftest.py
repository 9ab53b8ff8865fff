"""Fixtures and guards of the whole suite."""

import gc
import os

import pytest
from django.db import connection
from django.test import Client, TransactionTestCase
from django.utils import translation
from hypothesis import HealthCheck, settings

from tests.database import migrated_template
from tests.emptying import keep_shipped, put_back
from tests.html import faults

settings.register_profile(
    "short", max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile(
    "long", max_examples=3000, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "short"))


def pytest_sessionstart(session):
    """The pages speak Russian: compile the catalogues once, before the workers start."""
    if not hasattr(session.config, "workerinput"):
        from common.catalogues import compile_all

        compile_all()


def pytest_terminal_summary(terminalreporter):
    """What tests have counted (`record_property`), such as the executions of the fuzzers."""
    for report in terminalreporter.stats.get("passed", []):
        for name, value in report.user_properties:
            terminalreporter.write_line(f"{name}: {value}")


def pytest_collection_finish():
    """What is imported and collected lives to the end: nobody looks through it for garbage, and
    seldom through the rest: that took a sixth of the suite's processor time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(200_000, 20, 100)


@pytest.fixture(autouse=True)
def _nobodys_language():
    """A request of another test leaves its language behind; texts are written in the centre's."""
    translation.deactivate()


@pytest.fixture(autouse=True)
def _every_page_is_sound(monkeypatch):
    """Each HTML answer of the test client outside the admin is looked at as a reader would."""
    ask = Client.request

    def asked(self, **request):
        response = ask(self, **request)
        is_page = response.headers.get("Content-Type", "").startswith("text/html")
        if is_page and response.content and not request["PATH_INFO"].startswith("/admin/"):
            found = faults(response.content.decode())
            assert not found, f"{request['PATH_INFO']}: {found}"
        return response

    monkeypatch.setattr(Client, "request", asked)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings):
    connection.settings_dict["TEST"]["TEMPLATE"] = migrated_template()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """A test with real commits leaves rows behind: see `tests.emptying`."""
    with django_db_blocker.unblock():
        keep_shipped(connection)

    def empty(self):
        put_back(connection)

    TransactionTestCase._fixture_teardown = empty
