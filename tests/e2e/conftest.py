"""The whole portal as `make run` starts it, in a folder of its own, and a browser before it."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
import warnings
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import psycopg2
import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from mmc_portal.local import browser as chromium
from mmc_portal.local import postgres
from tests.database import copy_into
from tests.e2e import states
from tests.e2e.looks import Listener

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 300  # a busy machine starts the whole portal slowly
expect.set_options(timeout=30_000)
PHONE_SCREEN = {"width": 360, "height": 740}


def pytest_collection_modifyitems(items):
    """One worker runs all of them: the portal they share starts once."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.xdist_group("portal"))


@dataclass(frozen=True)
class RunningPortal:
    url: str
    sandbox: str
    var: Path

    def manage(self, *arguments: str) -> subprocess.CompletedProcess:
        """A management command by hand: it finds the servers of the running portal."""
        environment = {**os.environ, "VAR_DIR": str(self.var)}
        for name in ("DATABASE_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE"):
            environment.pop(name, None)
        command = [sys.executable, "manage.py", *arguments]
        return subprocess.run(
            command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
        )

    def asked(self, question: str):
        """One value out of its database; to ask by a management command takes seconds."""
        with closing(psycopg2.connect(postgres.start(self.var))) as connection:
            cursor = connection.cursor()
            cursor.execute(question)
            return cursor.fetchone()[0]

    def sms(self, phone: str) -> list[dict]:
        """What the sandbox's SMS centre has for a phone, newest first."""
        with urllib.request.urlopen(f"{self.sandbox}/api/sms?phone={phone}") as answer:
            return json.load(answer)


# For the package: the portal's eight processes are not to live on beside all other tests.
@pytest.fixture(scope="package")
def place(tmp_path_factory) -> Path:
    """A folder whose database has its tables: to migrate it once more takes half a minute."""
    var = tmp_path_factory.mktemp("portal")
    try:
        copy_into(postgres.start(var))
        yield var
    finally:
        postgres.stop(var)


@pytest.fixture(scope="package")
def portal(place) -> RunningPortal:
    var = place
    port, sandbox_port = _free_port(), _free_port()
    environment = {
        **os.environ,
        "VAR_DIR": str(var),
        "PORT": str(port),
        "SANDBOX_PORT": str(sandbox_port),
        "TREASURY_DELAY_SECONDS": "4",
    }
    for name in ("DATABASE_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE", "PORTAL_URL"):
        environment.pop(name, None)
    log = (var / "make-run.txt").open("w")
    process = subprocess.Popen(
        [sys.executable, "-m", "mmc_portal.local", "run"],
        cwd=ROOT,
        env=environment,
        stdout=log,
        stderr=subprocess.STDOUT,
    )
    try:
        url = f"http://127.0.0.1:{port}"
        _wait(f"{url}/readyz", process, var)
        yield RunningPortal(url, f"http://127.0.0.1:{sandbox_port}", var)
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=40)
        log.close()


# Not for the session: while Playwright lives its event loop does, and Django refuses the database
# to every other test of the same process.
@pytest.fixture(scope="package")
def browser() -> Browser:
    path = chromium.find()
    if path is None:
        if os.environ.get("CI"):
            pytest.fail("CI needs a browser and this machine has none")
        warnings.warn("NO BROWSER: the journeys were not tested", stacklevel=1)
        pytest.skip(chromium.MISSING)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=path,
            args=["--no-sandbox", "--disable-dev-shm-usage", "--disable-background-networking"],
        )
        yield started
        started.close()


@pytest.fixture
def page(browser) -> Page:
    context = browser.new_context(viewport=PHONE_SCREEN, locale="ru-RU")
    context.set_default_timeout(45_000)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="package")
def signed_in(portal, browser: Browser):
    """The cookies of somebody who has signed in once, by login."""
    known: dict[str, dict] = {}

    def of(login: str) -> dict:
        if login not in known:
            known[login] = _sign_in(portal, browser, login)
        return known[login]

    return of


def _sign_in(portal, browser: Browser, login: str) -> dict:
    context = browser.new_context(locale="ru-RU")
    page = context.new_page()
    page.goto(f"{portal.url}/login/")
    enter(page, login)
    page.wait_for_url(lambda url: "/login/" not in url)
    state = context.storage_state()
    context.close()
    return state


def enter(page: Page, login: str) -> None:
    page.fill("[name=username]", login)
    page.fill("[name=password]", f"demo-Parol-{login}")
    page.click("main [type=submit]")


@pytest.fixture
def opened(browser: Browser):
    """A page of a new context; what the browser complained about fails the test at its end."""
    contexts, listeners = [], []

    def open_(state: dict | None = None, **options) -> Page:
        # A colour in the middle of its change would be measured as too pale.
        options = {
            "viewport": PHONE_SCREEN,
            "locale": "ru-RU",
            "reduced_motion": "reduce",
            **options,
        }
        context = browser.new_context(storage_state=state, **options)
        context.set_default_timeout(45_000)
        contexts.append(context)
        page = context.new_page()
        listeners.append(Listener(page))
        return page

    yield open_
    heard = [line for listener in listeners for line in listener.heard]
    for context in contexts:
        context.close()
    assert heard == []


@pytest.fixture(scope="package")
def other_states(portal):
    made = portal.manage("shell", "-c", states.SCRIPT)
    assert made.returncode == 0, made.stderr


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait(url: str, process: subprocess.Popen, var: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except OSError:
            time.sleep(0.3)
    said = (var / "make-run.txt").read_text()
    pytest.fail(f"the portal did not start:\n{said[-3000:]}")
