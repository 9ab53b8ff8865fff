"""What production serves: each file named by its content, small on the wire, nothing lost."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.http import HttpResponse
from django.test import RequestFactory, override_settings
from whitenoise.middleware import WhiteNoiseMiddleware

# One worker collects the files once.
pytestmark = pytest.mark.xdist_group("static")
ROOT = Path(__file__).resolve().parents[2]
ENVIRONMENT = ROOT / "mmc_portal" / "local" / "complete.env"
COLLECT = [sys.executable, "manage.py", "collectstatic"]
FIRST_WINDOW = 14 * 1024  # what a server may send before the first answer of a slow phone


@pytest.fixture(scope="module")
def served(tmp_path_factory) -> Path:
    """The folder that `collectstatic` makes with the settings of production, but for the scripts
    of Django's admin: to pack them twice takes as long as everything else."""
    target = tmp_path_factory.mktemp("static")
    lines = [line.partition("=") for line in ENVIRONMENT.read_text().splitlines() if "=" in line]
    environment = {
        **os.environ,
        **{name.strip(): value.strip().strip("'\"") for name, _, value in lines},
        "DJANGO_SETTINGS_MODULE": "mmc_portal.settings.production",
        "STATIC_ROOT": str(target),
    }
    done = subprocess.run(
        [*COLLECT, "--noinput", "-v0", "--ignore", "admin/js/*"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return target


@pytest.mark.parametrize(
    "name", ["css/portal", "css/desk", "vendor/bootstrap.min", "admin/css/base"]
)
def test_a_stylesheet_is_named_by_its_content_and_packed_twice(served, name):
    [sheet] = served.glob(f"{name}.*.css")

    assert re.fullmatch(r"[0-9a-f]{12}", sheet.name.split(".")[-2])
    for ending in (".br", ".gz"):
        packed = sheet.with_name(sheet.name + ending)
        assert packed.stat().st_size < sheet.stat().st_size / 2


@pytest.mark.parametrize("coding", ["br", "gzip"])
def test_a_browser_gets_the_packed_file_and_keeps_it(served, coding):
    [sheet] = served.glob("css/portal.*.css")
    storage = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    production = {
        "STATIC_ROOT": served,
        "STORAGES": {"staticfiles": storage},
        "WHITENOISE_USE_FINDERS": False,
        "WHITENOISE_AUTOREFRESH": False,
    }
    with override_settings(**production):
        server = WhiteNoiseMiddleware(lambda request: HttpResponse(status=404))
        request = RequestFactory().get(
            f"/static/css/{sheet.name}", headers={"accept-encoding": coding}
        )
        answer = server(request)

    assert answer.headers["Content-Encoding"] == coding
    assert "immutable" in answer.headers["Cache-Control"]
    answer.file_to_stream.close()


def test_our_own_stylesheet_fits_into_the_first_answer_of_a_slow_phone(served):
    [sheet] = served.glob("css/portal.*.css.br")

    assert sheet.stat().st_size < FIRST_WINDOW


def test_of_bootstrap_only_its_stylesheet_is_served(served):
    names = {path.name.split(".")[0] for path in (served / "vendor").iterdir()}

    assert names == {"bootstrap"}
    assert not list((served / "vendor").glob("*.js"))
