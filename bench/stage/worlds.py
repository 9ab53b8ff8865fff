"""Databases of a benchmark, with few and with many people; kept between runs."""

import json
import os
import subprocess
import sys
from contextlib import closing, contextmanager
from urllib.parse import urlsplit, urlunsplit

from bench.stage import visits
from bench.stage.server import ROOT, Browser, Server, taken_by

CACHE = "/7"  # a database of the cache of our own


class World:
    def __init__(self, people: int):
        self.people = people

    def somebody(self):
        """In the midst of the others, with two patents and ten payments."""
        from accounts.models import Person

        crowd = Person.objects.filter(is_demo=False).order_by("pk")
        return crowd[self.people // 2 + 3]

    def staff(self):
        """One who stands in for everybody: sees every list, decides, answers calls."""
        from django.contrib.auth.models import Group

        from accounts.models import User

        user, _new = User.objects.get_or_create(username="bench-staff", is_staff=True)
        user.groups.set(Group.objects.all())
        return user

    def signed_in(self, user) -> str:
        from django.conf import settings
        from django.test import Client

        settings.ALLOWED_HOSTS = ["*"]
        client = Client(headers={"x-forwarded-proto": "https"})
        client.force_login(user)
        return (
            f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
        )

    def forget_kept(self) -> None:
        from django.core.cache import cache

        cache.clear()


class Observed(Browser):
    """Asks a server of another process and sees what its workers and their backends took."""

    def __init__(self, port: int, process: int, database: str):
        super().__init__(port)
        self._process, self._database = process, connected(database)
        self._database.autocommit = True  # a transaction would see the same backends again

    def cpu(self) -> tuple[float, float]:
        return taken_by(self._process, self._database)


class Opened:
    """A world in another process; this one only visits it."""

    def __init__(self, port: int, visits: dict, process: int, database: str):
        self.browser, self.visits = Observed(port, process, database), visits

    def milliseconds(self, name: str) -> float:
        return visits.spent(self.browser, self.visits[name])


@contextmanager
def opened(people: int):
    """Settings name one database, so each world has a process of its own."""
    script = f"from bench.stage.worlds import stand; stand({people})"
    child = subprocess.Popen(
        [sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT
    )
    try:
        yield Opened(**_told(child))
    finally:
        child.stdin.close()
        child.wait(60)


def _told(child) -> dict:
    """What the child says when it is ready: the last of its lines that begins as data do."""
    for line in child.stdout:
        if line.startswith(b"{"):
            return json.loads(line)
    raise RuntimeError("the world did not open")


def stand(people: int) -> None:
    """Serve until nobody listens."""
    with served(people) as (server, world):
        person = world.somebody()
        own, staff = world.signed_in(person.user), world.signed_in(world.staff())
        pages = visits.of_the_person(server, person, own)
        pages |= visits.of_the_staff(server, person, staff)
        told = {"port": server.port, "process": server.pid, "database": f"bench_{people}"}
        print(json.dumps(told | {"visits": pages}), flush=True)
        sys.stdin.read()


@contextmanager
def served(people: int):
    """A server and its world; this process speaks to the same database."""
    database, redis = _prepared(people), _redis()
    server = Server(database, redis)
    os.environ.update(server.environment)
    import django

    django.setup()
    with server:
        yield server, World(people)


def empty(name: str) -> str:
    """The address of a fresh database with all migrations and nobody in it."""
    _sql(f'DROP DATABASE IF EXISTS "{name}"')
    _sql(f'CREATE DATABASE "{name}"')
    _managed(name, ["migrate", "--no-input", "-v0"])
    return address(name)


def copied(name: str, copy: str) -> None:
    """One more database as this one is now; nobody may be connected to it."""
    _sql(f'DROP DATABASE IF EXISTS "{copy}"')
    _sql(f'CREATE DATABASE "{copy}" TEMPLATE "{name}"')


def connected(name: str):
    import psycopg2

    return psycopg2.connect(address(name))


def exists(name: str) -> bool:
    return bool(_sql("SELECT 1 FROM pg_database WHERE datname = %s", name))


def migrated(name: str) -> None:
    """A database kept from an earlier run, brought up to date."""
    _managed(name, ["migrate", "--no-input", "-v0"])


def renamed(name: str, new: str) -> None:
    _sql(f'ALTER DATABASE "{name}" RENAME TO "{new}"')


def _prepared(people: int) -> str:
    """The address of the database, made when it is not there yet."""
    name = f"bench_{people}"
    if not _sql("SELECT 1 FROM pg_database WHERE datname = %s", name):
        _sql(f'DROP DATABASE IF EXISTS "{name}_draft"')
        _sql(f'CREATE DATABASE "{name}_draft"')
        _managed(f"{name}_draft", ["migrate", "--no-input", "-v0"], ["make_people", str(people)])
        _sql(f'ALTER DATABASE "{name}_draft" RENAME TO "{name}"')
    else:
        _managed(name, ["migrate", "--no-input", "-v0"])
    return address(name)


def address(database: str) -> str:
    from mmc_portal.local import servers

    return urlunsplit(urlsplit(servers.database_url())._replace(path=f"/{database}"))


def _managed(database: str, *orders: list[str]) -> None:
    environment = {**os.environ, "DATABASE_URL": address(database)}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    for order in orders:
        command = [sys.executable, "manage.py", *order]
        subprocess.run(command, cwd=ROOT, env=environment, check=True)


def _sql(statement: str, *values: str) -> list[tuple]:
    with closing(connected("postgres")) as admin, admin.cursor() as cursor:
        admin.autocommit = True
        cursor.execute(statement, values or None)
        return cursor.fetchall() if cursor.description else []


def _redis() -> str:
    from mmc_portal.local import servers

    return servers.redis_url().rsplit("/", 1)[0] + CACHE
