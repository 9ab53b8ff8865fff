"""The staff's list of waiting money with 200,000 waiting lines, and the reconciliation of a day in
a year of them: processor time of this process and of its database, the least of three.

The pages are asked through Django's test client; the database is kept between runs.
"""

import os
import subprocess
import sys
import time
from urllib.parse import urlencode

NAME = "bench_waiting"
PEOPLE, WAITING, DAYS, A_DAY, TRIES = 2000, 200_000, 365, 1000, 3
LISTS = {
    "page": {},
    "page_9": {"p": "9"},
    "kind": {"kind": "late"},
    "days_left_soon": {"left": "soon"},
    "days_left_unknown": {"left": "unknown"},
    "likely": {"sure": "likely"},
    "nobody_fits": {"sure": "nobody"},
    "all_money": {"shown": "current"},
    "with_history": {"shown": "all"},
    "by_days_left": {"o": "-8"},
}
SEARCHES = {"number_of_an_order": "W77777", "inn": "770000000777", "last_name": "каримов"}
LINES = """
INSERT INTO payments_statementline (id, statement_id, account_id, digest, occurrence, posted_on,
    document_number, document_date, amount, payer_name, payer_account, payer_inn, purpose, paid_on,
    own_day, said, payment_id, uin, raw, texts_hash)
SELECT {first} + n, (SELECT min(id) FROM payments_statement) + n % {days}, account.id,
    md5('{mark}' || n), 1, DATE '2026-02-10' - n % {days}, '{mark}' || n, DATE '2026-02-10', 10000,
    'ИВАНОВ ' || n, '40911810000000000991', '', 'НДФЛ по патенту', DATE '2026-02-10' - n % {days},
    false, 'new', '', '', '{{}}', ''
FROM generate_series(1, {count}) AS n, payments_account AS account;
INSERT INTO payments_placement (line_id, place, amount, application_id, months, paid_on,
    queue_reason, reason, score, likely, may_be_of, urgent_on, weighed_at, opened_at)
SELECT {first} + n, '{place}', 10000, {owner}, {months}, DATE '2026-02-10' - n % {days},
    {reason}, 'bench', CASE WHEN n % 3 = 0 THEN 80 WHEN n % 3 = 1 THEN 40 ELSE 0 END, {likely},
    NULL, CASE WHEN n % 3 < 2 THEN CURRENT_DATE + (n % 60 - 20) END, now(),
    now() - n % {days} * interval '1 day'
FROM generate_series(1, {count}) AS n;
"""
STATEMENTS = """
INSERT INTO payments_statement (content_hash, account_id, file_name, sender, file_number, first_day,
    last_day, whole_through, line_count, incoming, imported_at, finished_at, odd_lines,
    release_reason, annul_reason)
SELECT md5('s' || n), account.id, 'day ' || n, 'Казначейство', '', DATE '2026-02-10' - n,
    DATE '2026-02-10' - n, DATE '2026-02-10' - n, {a_day}, 10000 * {a_day}, now(), now(), 0, '', ''
FROM generate_series(0, {days} - 1) AS n, payments_account AS account
"""


def main() -> None:
    from bench.stage import worlds

    if not worlds.exists(NAME):
        _make(f"{NAME}_draft")
        worlds.renamed(f"{NAME}_draft", NAME)
    else:
        worlds.migrated(NAME)
    environment = {**os.environ, "DATABASE_URL": worlds.address(NAME)}
    command = [sys.executable, "-c", "from bench.waiting import ask; ask()"]
    subprocess.run(command, env=environment, check=True)


def _make(draft: str) -> None:
    from contextlib import closing

    from bench.stage import money_world, worlds

    worlds.empty(draft)
    money_world.fill(draft, PEOPLE)
    waits = f"CASE WHEN n % 4 = 0 THEN 1 + n % {PEOPLE} END"
    why = "CASE n % 4 WHEN 0 THEN 'late' WHEN 1 THEN 'ambiguous' ELSE 'unknown_payer' END"
    whose = "jsonb_build_array(jsonb_build_object('application', 1 + n % {}, 'receipt', NULL,"
    whose = whose.format(PEOPLE) + " 'score', 80, 'marks', jsonb_build_array('full_name')))"
    kinds = [
        {"mark": "W", "count": WAITING, "place": "queue", "owner": waits, "months": 0}
        | {"reason": why, "likely": whose, "first": 0},
        {"mark": "P", "count": DAYS * A_DAY, "place": "matched", "months": 1, "first": WAITING}
        | {"owner": f"1 + n % {PEOPLE}", "reason": "''", "likely": "NULL"},
    ]
    with closing(worlds.connected(draft)) as link, link.cursor() as cursor:
        link.autocommit = True
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(STATEMENTS.format(days=DAYS, a_day=A_DAY))
        for kind in kinds:
            cursor.execute(LINES.format(days=DAYS, **kind))
        cursor.execute("VACUUM ANALYZE")


def ask() -> None:
    """In the process whose settings name the database."""
    import django

    django.setup()
    from django.urls import reverse

    client = _clerk()
    queue, report = reverse("admin:payments_placement_changelist"), reverse("admin:reconciliation")
    for name, query in LISTS.items():
        _say(f"waiting_{name}", lambda query=query: client.get(f"{queue}?{urlencode(query)}"))
    for name, term in SEARCHES.items():
        _say(f"waiting_search_{name}", lambda term=term: client.post(queue, {"q": term}))
    _say("reconciliation_of_a_day", lambda: client.get(f"{report}?day=2026-02-03"))


def _clerk():
    from django.conf import settings
    from django.contrib.auth.models import Group
    from django.test import Client

    from accounts.models import User

    settings.ALLOWED_HOSTS = ["*"]
    user, _new = User.objects.get_or_create(username="bench-staff", is_staff=True)
    user.groups.set(Group.objects.all())
    client = Client(headers={"x-forwarded-proto": "https"})
    client.force_login(user)
    return client


def _say(name: str, visit) -> None:
    spent = min(_spent(visit) for _try in range(TRIES))
    print(f"{name}: {sum(spent) * 1000:.0f} ms, of them the database {spent[1] * 1000:.0f}")


def _spent(visit) -> tuple[float, float]:
    from django.db import connection

    from bench.stage.server import ran

    connection.ensure_connection()
    backend = str(connection.connection.info.backend_pid)
    own, other = time.process_time(), ran(backend)
    answer = visit()
    if answer.status_code != 200:
        raise RuntimeError(f"{answer.status_code} instead of a page")
    return time.process_time() - own, ran(backend) - other
