"""An error's words may hold what nobody may read in a log: its type and places are enough."""

import logging
from pathlib import Path

from django.conf import settings

from common.logs import MaskingFormatter
from common.mishaps import log_mishap

logger = logging.getLogger("tests.mishaps")
APPS = ["accounts", "cabinet", "desk", "journal", "notifications", "patents", "payments", "ussd"]
# A step that the acquirer's word cannot make: its words are two statuses and nothing else.
NOTHING_PERSONAL = {"payments/services/online/charge_answers.py"}


def test_the_words_of_an_error_are_not_written(caplog):
    try:
        raise ValueError("Каримов Тимур") from KeyError("Каримова Зарина")
    except ValueError as error:
        log_mishap(logger, "upload 3 not imported", error)

    [record] = caplog.records
    written = MaskingFormatter("%(message)s").format(record)
    assert "Карим" not in written
    assert written.startswith("upload 3 not imported: ValueError at ")
    assert "test_mishaps.py:" in written


def test_an_error_that_nobody_raised_is_written_too(caplog):
    log_mishap(logger, "message 7", ValueError("+79161234567"))

    assert caplog.messages == ["message 7: ValueError at nowhere"]


def test_no_app_writes_the_words_of_whatever_went_wrong():
    found = {
        str(path.relative_to(settings.BASE_DIR))
        for app in APPS
        for path in Path(settings.BASE_DIR, app).rglob("*.py")
        if "logger.exception(" in path.read_text()
    }

    assert found == NOTHING_PERSONAL
