"""How soon the login page can be read on a slow phone, by the throttling of Chromium.

The phone and its network: 400 kbit/s, 400 ms to each answer, a processor four times slower. Each
visit is a first one: nothing kept. Beside it, in turns, a page of the same words without a style:
what such a phone needs at least.
"""

import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, sync_playwright

from mmc_portal.local import browser, postgres

VISITS = 7
GOAL_SECONDS = 2.0
SLOW = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
CPU_TIMES_SLOWER = 4
PAINTED = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime"
START_SECONDS = 300


def main(given: list[str] = ()) -> None:
    with _portal() as url, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser.find(), args=["--no-sandbox"])
        page = f"{url}/login/"
        with _served(_words(page)) as bare:
            visits = [(_readable(chromium, page), _readable(chromium, bare)) for _ in range(VISITS)]
        chromium.close()
    ours, least = (median(column) for column in zip(*visits, strict=True))
    print(f"slow_phone_login: {ours:.2f} s (goal {GOAL_SECONDS}; slowest {max(visits)[0]:.2f})")
    print(f"slow_phone_bare_words: {least:.2f} s")
    print(f"slow_phone_ratio: {ours / least:.2f} ×")


def _readable(chromium: Browser, url: str) -> float:
    """Seconds from the wish to the first words on the screen; a fresh visitor each time."""
    context = chromium.new_context(viewport={"width": 360, "height": 740}, locale="ru-RU")
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", SLOW)
    session.send("Emulation.setCPUThrottlingRate", {"rate": CPU_TIMES_SLOWER})
    page.goto(url, wait_until="load")
    page.wait_for_function(PAINTED)
    seconds = page.evaluate(PAINTED) / 1000
    context.close()
    return seconds


def _words(url: str) -> bytes:
    """The page without its styles, scripts and pictures."""
    with urllib.request.urlopen(url) as answer:
        text = answer.read().decode()
    return re.sub(r"<link[^>]*>|<script.*?</script>|<svg.*?</svg>", "", text, flags=re.S).encode()


@contextmanager
def _served(words: bytes):
    class Page(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(words)))
            self.end_headers()
            self.wfile.write(words)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Page)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


@contextmanager
def _portal():
    """The portal as `make run` starts it, in a folder of its own; PORTAL_URL names another."""
    if url := os.environ.get("PORTAL_URL"):
        yield url
        return
    with tempfile.TemporaryDirectory() as var:
        port, beside = _free_ports()
        places = {"VAR_DIR": var, "PORT": str(port), "SANDBOX_PORT": str(beside)}
        command = [sys.executable, "-m", "mmc_portal.local", "run"]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        process = subprocess.Popen(command, env={**os.environ, **places}, **quiet)
        try:
            url = f"http://127.0.0.1:{port}"
            _wait(f"{url}/readyz")
            yield url
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(timeout=60)
            postgres.stop(Path(var))


def _free_ports() -> list[int]:
    with socket.socket() as one, socket.socket() as other:
        for taken in (one, other):
            taken.bind(("127.0.0.1", 0))
        return [taken.getsockname()[1] for taken in (one, other)]


def _wait(url: str) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        try:
            urllib.request.urlopen(url, timeout=5).close()
            return
        except OSError:
            time.sleep(1)
    raise TimeoutError(url)


if __name__ == "__main__":
    main()
