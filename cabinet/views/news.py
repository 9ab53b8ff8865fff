from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.owner import person_of
from patents.models import News
from patents.services.news import mark_seen

A_PAGE = 20


@require_safe
def news(request: HttpRequest) -> HttpResponse:
    """What stands on the page counts as read from now on; on this page it is still marked."""
    person = person_of(request)
    rows = Paginator(News.objects.shown().with_seen(person), A_PAGE)
    page = rows.get_page(request.GET.get("page"))
    page.object_list = list(page.object_list)
    mark_seen(person=person, news=[row for row in page if not row.seen])
    return render(request, "cabinet/news.html", {"page": page})
