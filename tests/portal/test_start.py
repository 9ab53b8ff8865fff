"""How a process starts: loudly, or not at all."""

import os
import subprocess
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured

from mmc_portal.start import refuse_demo_people
from tests.factories import UserFactory


def production(**environment: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "manage.py", "check"],
        env={
            "PATH": os.environ["PATH"],
            "DJANGO_SETTINGS_MODULE": "mmc_portal.settings.production",
            **environment,
        },
        capture_output=True,
        text=True,
        check=False,
    )


def test_production_names_every_secret_that_is_missing():
    answer = production(SECRET_KEY="x", DATABASE_URL="postgres://u:p@127.0.0.1:1/x")

    assert answer.returncode != 0
    said = answer.stderr.splitlines()[-1]
    assert (
        "SEALING_KEYS, SIGNING_KEYS, ALLOWED_HOSTS, PORTAL_URL, REDIS_URL, YOOKASSA_SHOP_ID" in said
    )
    assert "SECRET_KEY," not in said.replace("YOOKASSA_SECRET_KEY,", "")


@pytest.mark.django_db
def test_nothing_starts_beside_demo_people_outside_the_local_mode(settings):
    UserFactory(is_demo=True)
    settings.LOCAL = False

    with pytest.raises(ImproperlyConfigured, match="Demo people"):
        refuse_demo_people()


@pytest.mark.django_db
def test_the_local_mode_lives_with_them():
    UserFactory(is_demo=True)

    refuse_demo_people()


@pytest.mark.django_db
def test_a_production_without_them_starts(settings):
    settings.LOCAL = False

    refuse_demo_people()
