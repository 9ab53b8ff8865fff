"""Every page of a cabinet and every list and search of an operator, with few people and with many.

The time of an answer is the shortest of some: what else the machine does only adds to it.
"""

import json
import subprocess
import sys
from http import HTTPStatus
from time import perf_counter

FEW, MANY = 200, 200_000
TRIES = 7
SLOW = 1.5  # times; a page above it is named again at the end


def main() -> None:
    few, many = (_measured(people) for people in (FEW, MANY))
    ratios = {}
    for name in few:
        print(f"{name}_{FEW}: {few[name]:.1f} ms")
        print(f"{name}_{MANY}: {many[name]:.1f} ms")
        ratios[name] = many[name] / few[name]
    for name, ratio in sorted(ratios.items(), key=lambda one: -one[1]):
        if ratio > SLOW:
            print(f"slower_{name}: {ratio:.1f} ×")
    print(f"pages_measured: {len(few)} pages")
    print(f"pages_slower_than_{SLOW}: {sum(ratio > SLOW for ratio in ratios.values())} pages")


def _measured(people: int) -> dict[str, float]:
    """In a process of its own: settings name one database."""
    script = f"from bench.pages import measure; measure({people})"
    done = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True)
    return json.loads(done.stdout.splitlines()[-1])


def measure(people: int) -> None:
    from bench.stage import worlds

    with worlds.served(people) as (server, world):
        person, operator = world.somebody(), world.operator()
        cookie, staff = world.signed_in(person.user), world.signed_in(operator)
        found = {}
        for page in own_pages():
            if server.get(page, cookie).status == HTTPStatus.METHOD_NOT_ALLOWED:
                continue  # the target of a form
            found[_name(page)] = _shortest(lambda page=page: server.get(page, cookie))
        for name, page in staff_pages(operator, person).items():
            found[name] = _shortest(lambda page=page: server.get(page, staff))
        for kind, term in terms_of(person).items():
            typed = {"q": term}
            found[f"find_{kind}"] = _shortest(
                lambda typed=typed: server.post("/admin/search/", typed, staff)
            )
        print(json.dumps(found))


def _shortest(visit) -> float:
    """Milliseconds; the first visit only fills caches."""
    times = []
    for _try in range(TRIES + 1):
        start = perf_counter()
        answer = visit()
        times.append((perf_counter() - start) * 1000)
        if answer.status not in (HTTPStatus.OK, HTTPStatus.FOUND):
            raise RuntimeError(f"no page: {answer.status}")
    return min(times[1:])


def own_pages() -> list[str]:
    """All addresses of a cabinet that need no argument."""
    from django.urls import NoReverseMatch, get_resolver, reverse

    found = set()
    for space, (_prefix, resolver) in get_resolver().namespace_dict.items():
        for name in (key for key in resolver.reverse_dict if isinstance(key, str)):
            try:
                found.add(reverse(f"{space}:{name}"))
            except NoReverseMatch:
                continue
    return sorted(page for page in found if page.startswith("/cabinet/"))


def staff_pages(operator, person) -> dict[str, str]:
    """Lists of whatever an operator may see, each search of them, worklists and a card."""
    from urllib.parse import urlencode

    from django.contrib import admin
    from django.urls import reverse

    from desk.worklists import WORKLISTS

    pages = {"admin_index": "/admin/", "admin_card": reverse("admin:person_card", args=[person.pk])}
    for model, shown in admin.site._registry.items():
        if not operator.has_perm(f"{model._meta.app_label}.view_{model._meta.model_name}"):
            continue
        name = f"{model._meta.app_label}_{model._meta.model_name}"
        pages[f"list_{name}"] = page = reverse(f"admin:{name}_changelist")
        for kind, term in terms_of(person).items() if shown.search_fields else ():
            pages[f"search_{name}_{kind}"] = f"{page}?{urlencode({'q': term})}"
    for name in WORKLISTS:
        pages[f"worklist_{name}"] = reverse("admin:worklist", args=[name])
    return pages


def terms_of(person) -> dict[str, str]:
    """What somebody at the window says or shows."""
    application = person.applications.order_by("pk").last()
    patent = person.applications.filter(patent__isnull=False).order_by("pk").first().patent
    return {
        "last_name": person.last_name,
        "full_name": person.full_name,
        "number": application.number,
        "phone": person.phones.order_by("pk").last().number,
        "passport": person.passports.order_by("pk").last().number,
        "inn": person.inns.order_by("pk").last().value,
        "patent": patent.number,
        "reference": person.receipts.order_by("pk").last().reference,
        "nobody": "Нетакогочеловеканигде",
    }


def _name(page: str) -> str:
    return page.strip("/").replace("/", "_").replace("-", "_").replace(".", "_")
