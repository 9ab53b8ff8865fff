"""SMS operators in a process of their own: they answer after a while and remember what they took.

They know the sender's numbers: asked twice for one, they take one message. At the address stands
SMS Aero, at `/ru` SMS.RU; the first refuses every so many-th call, where that is asked.
"""

import asyncio
import json
import subprocess
import sys
import time
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

AT_ONCE, ASKED = 100, 600
SCRIPT = "from bench.stage.operator import serve; serve({milliseconds}, {log!r}, {port}, {refuse})"


@contextmanager
def answering(milliseconds: int, port: int = 0, refuse: int = 0):
    """The operators, ready to be asked; `port` 0 is any free one, `refuse` 3 every third call."""
    with TemporaryDirectory() as folder:
        log = Path(folder) / "log"
        told = {"milliseconds": milliseconds, "log": str(log), "port": port, "refuse": refuse}
        script = SCRIPT.format(**told)
        child = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
        try:
            yield Stub(f"http://127.0.0.1:{int(child.stdout.readline())}", log)
        finally:
            child.terminate()
            child.wait(20)
            child.stdout.close()


class Stub:
    def __init__(self, url: str, log: Path):
        self.url, self._log = url, log

    def latency(self) -> tuple[float, float]:
        """Milliseconds of an answer in the middle and of the slowest in a hundred, asked by as many
        at once as the portal does."""
        spent = sorted(asyncio.run(_asked(f"{self.url}/measure")))
        return 1000 * spent[len(spent) // 2], 1000 * spent[int(len(spent) * 0.99)]

    def taken(self) -> list[dict]:
        """Every request, in the order in which they were answered."""
        return [json.loads(line) for line in self._log.read_text().splitlines()]

    def references(self) -> list[str]:
        return [one["reference"] for one in self.taken()]

    def instants(self) -> list[float]:
        return [one["at"] for one in self.taken()]

    def by_reference(self) -> dict[str, float]:
        return {one["reference"]: one["at"] for one in self.taken()}

    def between(self, begin: float, end: float) -> int:
        return sum(begin < at < end for at in self.instants())


async def _asked(url: str) -> list[float]:
    import aiohttp

    gate = asyncio.Semaphore(AT_ONCE)

    async def one(session) -> float:
        async with gate:
            begun = time.perf_counter()
            async with session.post(url, json={"number": "7", "text": "?"}) as response:
                await response.read()
            return time.perf_counter() - begun

    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
        return await asyncio.gather(*(one(session) for _ in range(ASKED)))


def serve(milliseconds: int, log: str, port: int, refuse: int) -> None:
    """Runs until it is ended; says its port on the first line."""
    from aiohttp import web

    known: dict[str, int] = {}
    calls = count(1)
    written = open(log, "a", buffering=1)  # noqa: SIM115 - it lives as long as the process

    async def take(operator: str, asked, text: str) -> int:
        began = time.time()
        await asyncio.sleep(milliseconds / 1000)
        number = known.setdefault(asked["reference"], len(known) + 1)
        took = {"reference": asked["reference"], "text": text, "at": began, "operator": operator}
        written.write(json.dumps(took) + "\n")
        return number

    async def send(request):
        asked = await request.json()
        if refuse and next(calls) % refuse == 0:
            return web.Response(status=429)
        number = await take("smsaero", asked, asked["text"])
        return web.json_response({"success": True, "data": {"id": number, "cost": 5}})

    async def send_of_ru(request):
        asked = await request.post()
        one = {"status_code": 100, "sms_id": str(await take("smsru", asked, asked["msg"]))}
        return web.json_response({"status_code": 100, "sms": {asked["to"]: one}})

    async def measure(request):
        await request.read()
        await asyncio.sleep(milliseconds / 1000)
        return web.json_response({"success": True})

    async def started(_app):
        print(runner_port(), flush=True)

    import socket

    listening = socket.create_server(("127.0.0.1", port), backlog=1024)

    def runner_port() -> int:
        return listening.getsockname()[1]

    app = web.Application()
    app.add_routes([web.post("/sms/send", send), web.post("/ru/sms/send", send_of_ru)])
    app.add_routes([web.post("/measure", measure)])
    app.on_startup.append(started)
    web.run_app(app, sock=listening, print=None, access_log=None)
