"""What a login costs with the hash of production: processor time, and how many a second."""

import os
from concurrent.futures import ProcessPoolExecutor
from statistics import median
from time import perf_counter, process_time

HASHER = ["accounts.hashers.Argon2id"]
PASSWORD, NUMBER = "dalniy-les-42", "1381161"
HASHES, LOGINS = 40, 60


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mmc_portal.settings.test")
    import django
    from django.conf import settings

    django.setup()
    settings.PASSWORD_HASHERS = HASHER
    cores = os.cpu_count() or 1
    print(f"login_hash_processor_time: {_hash_milliseconds():.1f} ms")
    print(f"login_hash_memory: {_memory_mebibytes()} MiB")
    print(f"login_cores: {cores} cores")
    _logins(cores)


def _hash_milliseconds() -> float:
    from django.contrib.auth.hashers import check_password, make_password

    stored, costs = make_password(PASSWORD), []
    for _ in range(HASHES):
        start = process_time()
        check_password("wrong wrong", stored)
        costs.append(process_time() - start)
    return median(costs) * 1000


def _memory_mebibytes() -> int:
    from accounts.hashers import Argon2id

    return Argon2id.memory_cost // 1024


def _logins(cores: int) -> None:
    """Whole requests, database and session included, in a database of their own."""
    from django.db import connection
    from django.test.utils import setup_test_environment, teardown_test_environment

    setup_test_environment(debug=False)
    name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        _somebody()
        connection.close()
        start = perf_counter()
        with ProcessPoolExecutor(cores) as pool:
            costs = [cost for costs in pool.map(_enter_often, range(cores)) for cost in costs]
        took = perf_counter() - start
        print(f"login_request: {median(costs) * 1000:.1f} ms")
        print(f"login_throughput: {len(costs) / took:.1f} logins/s")
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)
        teardown_test_environment()


def _somebody() -> None:
    from accounts.models import LoginKind, LoginName, User

    user = User(username="bench")
    user.set_password(PASSWORD)
    user.save()
    LoginName.objects.create(kind=LoginKind.APPLICATION, value=NUMBER, user=user)


def _enter_often(_process: int) -> list[float]:
    from django.test import Client

    costs, typed = [], {"username": NUMBER, "password": PASSWORD}
    for _ in range(LOGINS):
        client = Client()
        start = perf_counter()
        answer = client.post("/login/", typed)
        costs.append(perf_counter() - start)
        if answer.status_code != 302:
            raise RuntimeError(f"no login: {answer.status_code}")
    return costs
