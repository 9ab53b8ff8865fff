"""An SMS operator in a process of its own: it answers after a while and remembers what it took.

It knows the sender's numbers: asked twice for one, it takes one message.
"""

import asyncio
import json
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

AT_ONCE, ASKED = 100, 600
SCRIPT = "from bench.stage.operator import serve; serve({milliseconds}, {log!r}, {port})"


@contextmanager
def answering(milliseconds: int, port: int = 0):
    """The operator, ready to be asked; `port` 0 is any free one."""
    with TemporaryDirectory() as folder:
        log = Path(folder) / "log"
        script = SCRIPT.format(milliseconds=milliseconds, log=str(log), port=port)
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


def serve(milliseconds: int, log: str, port: int) -> None:
    """Runs until it is ended; says its port on the first line."""
    from aiohttp import web

    known: dict[str, int] = {}
    written = open(log, "a", buffering=1)  # noqa: SIM115 - it lives as long as the process

    async def send(request):
        asked = await request.json()
        began = time.time()
        await asyncio.sleep(milliseconds / 1000)
        number = known.setdefault(asked["reference"], len(known) + 1)
        took = {"reference": asked["reference"], "text": asked["text"], "at": began}
        written.write(json.dumps(took) + "\n")
        return web.json_response({"success": True, "data": {"id": number, "cost": 5}})

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
    app.add_routes([web.post("/sms/send", send), web.post("/measure", measure)])
    app.on_startup.append(started)
    web.run_app(app, sock=listening, print=None, access_log=None)
