from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.owner import person_of
from cabinet import inbox

LAST_PAGE = 1000


@require_safe
def messages(request: HttpRequest) -> HttpResponse:
    page = _page(request.GET.get("page", ""))
    entries, has_older = inbox.page_of(person_of(request).pk, page)
    context = {
        "entries": entries,
        "newer": page - 1,
        "older": page + 1 if has_older else 0,
    }
    return render(request, "cabinet/messages.html", context)


def _page(typed: str) -> int:
    number = int(typed) if typed.isdecimal() and len(typed) < 6 else 1
    return min(max(number, 1), LAST_PAGE)
