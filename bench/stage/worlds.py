"""Databases of a benchmark, with few and with many people; kept between runs."""

import os
import subprocess
import sys
from contextlib import closing, contextmanager
from urllib.parse import urlsplit, urlunsplit

from bench.stage.server import ROOT, Server

CACHE = "/7"  # a database of the cache of our own


class World:
    def __init__(self, people: int):
        self.people = people

    def somebody(self):
        """In the midst of the others, with two patents and ten payments."""
        from accounts.models import Person

        crowd = Person.objects.filter(is_demo=False).order_by("pk")
        return crowd[self.people // 2 + 3]

    def operator(self):
        from django.contrib.auth.models import Group

        from accounts.models import User

        user, _new = User.objects.get_or_create(username="bench-operator", is_staff=True)
        user.groups.set(Group.objects.filter(name="operator"))
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
    return _address(name)


def _address(database: str) -> str:
    from mmc_portal.local import servers

    return urlunsplit(urlsplit(servers.database_url())._replace(path=f"/{database}"))


def _managed(database: str, *orders: list[str]) -> None:
    environment = {**os.environ, "DATABASE_URL": _address(database)}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    for order in orders:
        command = [sys.executable, "manage.py", *order]
        subprocess.run(command, cwd=ROOT, env=environment, check=True)


def _sql(statement: str, *values: str) -> list[tuple]:
    import psycopg2

    with closing(psycopg2.connect(_address("postgres"))) as admin, admin.cursor() as cursor:
        admin.autocommit = True
        cursor.execute(statement, values or None)
        return cursor.fetchall() if cursor.description else []


def _redis() -> str:
    from mmc_portal.local import servers

    return servers.redis_url().rsplit("/", 1)[0] + CACHE
