"""Visits of a world: what a person and a member of the staff open, type and press."""

import re
from collections.abc import Iterator
from html import unescape
from http import HTTPStatus
from http.client import RemoteDisconnected
from math import inf

ANSWERS = {HTTPStatus.OK, HTTPStatus.FOUND}
CHOICES = 8
LONG = 3000  # milliseconds
LINK = re.compile(r'href="(\?[^"]+)"')
ROW = re.compile(r'href="(/admin/[a-z]+/[a-z]+/[^/"?]+/change/)[^"]*"')
CHOSEN = re.compile(r'name="_selected_action" value="([^"]+)"')
PAGE = re.compile(r"(?:^|&)p=(\d+)")


def timed(few, many, tries: int) -> Iterator[tuple[str, tuple[float, float]]]:
    """Milliseconds of processor time of each visit that both worlds know, asked in turns."""
    for name in few.visits:
        if name in many.visits:
            turns = _turns(few, many, name, tries)
            yield name, tuple(min(side) for side in zip(*turns, strict=True))


def _turns(few, many, name: str, tries: int) -> list[tuple[float, float]]:
    """The first turn warms up; where it takes seconds, it has said enough."""
    first = few.milliseconds(name), many.milliseconds(name)
    if max(first) > LONG:
        return [first]
    return [(few.milliseconds(name), many.milliseconds(name)) for _ in range(tries)]


def spent(browser, visit: dict) -> float:
    """Milliseconds for the page, the redirect after a form included; infinite where the server
    gave up."""
    before = browser.cpu()
    try:
        follow(browser, visit)
    except (RemoteDisconnected, TimeoutError):
        return inf
    took = sum(browser.cpu()) - sum(before)
    return took * 1000 if took > 0 else inf  # a worker that was replaced begins from nothing


def follow(browser, visit: dict) -> str:
    path, cookie, fields = visit["path"], visit["cookie"], visit.get("fields")
    answer = browser.post(path, fields, cookie) if fields else browser.get(path, cookie)
    if fields and answer.status == HTTPStatus.FOUND:
        answer = browser.get(answer.headers["Location"], cookie)
    if answer.status not in ANSWERS:
        raise RuntimeError(f"no page: {answer.status} {path.partition('?')[0]}")
    return answer.body.decode(errors="replace")


def of_the_person(server, person, cookie: str) -> dict[str, dict]:
    """All addresses of a cabinet that need no argument, and a receipt."""
    from django.urls import reverse

    receipt = person.receipts.order_by("pk").last()
    own = [*_own_pages(), reverse("payments:receipt", args=[receipt.reference])]
    pages = {_name(path): {"path": path, "cookie": cookie} for path in own}
    pages["cabinet_receipt"] = pages.pop(_name(own[-1]))
    refused = HTTPStatus.METHOD_NOT_ALLOWED  # the target of a form
    return {
        name: visit
        for name, visit in pages.items()
        if server.get(visit["path"], cookie).status != refused
    }


def _own_pages() -> list[str]:
    from django.urls import NoReverseMatch, get_resolver, reverse

    found = set()
    for space, (_prefix, resolver) in get_resolver().namespace_dict.items():
        for name in (key for key in resolver.reverse_dict if isinstance(key, str)):
            try:
                found.add(reverse(f"{space}:{name}"))
            except NoReverseMatch:
                continue
    return sorted(page for page in found if page.startswith("/cabinet/"))


def of_the_staff(server, person, cookie: str) -> dict[str, dict]:
    """The first page, a card, worklists; each list with whatever its page offers."""
    from django.urls import reverse

    from desk.worklists import WORKLISTS

    terms = terms_of(person)
    pages = {
        "admin_index": _visit("/admin/", cookie),
        "admin_card": _visit(reverse("admin:person_card", args=[person.pk]), cookie),
    }
    for name in WORKLISTS:
        path = reverse("admin:worklist", args=[name])
        pages[f"worklist_{name}"] = _visit(path, cookie)
        pages[f"worklist_{name}_search"] = _visit(path, cookie, q=terms["last_name"])
    for kind, term in terms.items():
        pages[f"find_{kind}"] = _visit(reverse("admin:find"), cookie, q=term)
        pages[f"register_{kind}"] = _search("/admin/patents/application/add/", cookie, term)
        merge = reverse("admin:accounts_person_merge", args=[person.pk])
        pages[f"merge_{kind}"] = _search(merge, cookie, term)
    for name, path, searched in _lists():
        pages |= _of_a_list(server, name, path, cookie, terms if searched else {})
    return pages


def _lists() -> list[tuple[str, str, bool]]:
    """All of them; searched are those that grow with the people."""
    from django.contrib import admin
    from django.urls import reverse

    from desk.crowd.copies import about_people

    found, growing = [], about_people()
    for model, shown in admin.site._registry.items():
        name = f"{model._meta.app_label}_{model._meta.model_name}"
        page = reverse(f"admin:{name}_changelist")
        found.append((name, page, bool(shown.get_search_fields(None)) and model in growing))
    return found


def _of_a_list(server, name: str, path: str, cookie: str, terms: dict) -> dict[str, dict]:
    """The list, a row of it, its filters, orders, days, last page, searches and file."""
    first = _visit(path, cookie)
    html = unescape(follow(server, first))
    pages = {f"list_{name}": first}
    for address in ROW.findall(html)[:1]:
        pages[f"row_{name}"] = _visit(address, cookie)
        pages[f"history_{name}"] = _visit(address.replace("/change/", "/history/"), cookie)
    for query in _offered(html):
        said = PAGE.sub("page", query[1:])
        pages[f"list_{name}?{said}"] = _visit(path + query, cookie)
    for kind, term in terms.items():
        pages[f"search_{name}_{kind}"] = _search(path, cookie, term)
    chosen = CHOSEN.findall(html)[:50]
    if 'value="export"' in html and chosen:
        fields = {"action": "export", "_selected_action": chosen}
        pages[f"export_{name}"] = _visit(path, cookie, **fields)
    return pages


def _offered(html: str) -> list[str]:
    """Of the pages only the last, of a filter a few choices."""
    queries = list(dict.fromkeys(LINK.findall(html)))
    numbered = {int(found[1]): query for query in queries if (found := PAGE.search(query))}
    last = [numbered[max(numbered)]] if numbered else []
    others: dict[str, list] = {}
    for query in queries:
        if query not in numbered.values():
            others.setdefault(query.partition("=")[0], []).append(query)
    return [query for kind, some in others.items() for query in _few(kind, some)] + last


def _few(kind: str, queries: list[str]) -> list[str]:
    return queries if kind == "?o" else queries[:CHOICES]


def _search(path: str, cookie: str, term: str) -> dict:
    return _visit(path, cookie, q=term, search="1")


def _visit(path: str, cookie: str, **fields) -> dict:
    return {"path": path, "cookie": cookie, "fields": fields}


def terms_of(person) -> dict[str, str]:
    """What somebody at the window says or shows."""
    application = person.applications.order_by("pk").last()
    patent = person.applications.filter(patent__isnull=False).order_by("pk").first().patent
    return {
        "last_name": person.last_name,
        "full_name": person.full_name,
        "misspelt": person.last_name[:-2] + "ю" + person.last_name[-1],
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
