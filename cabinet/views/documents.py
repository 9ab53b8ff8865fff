from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.owner import person_of
from cabinet import sample
from cabinet.documents import documents_page
from common.clock import today


@require_safe
def documents(request: HttpRequest) -> HttpResponse:
    page = documents_page(person_of(request), request.GET.get("ground", ""))
    return render(request, "cabinet/documents.html", {"page": page, "today": today()})


@require_safe
def document_sample(request: HttpRequest) -> HttpResponse:
    """The application form as it looks filled in; every name and number in it is invented."""
    return render(request, "cabinet/document_sample.html", {"rows": sample.APPLICATION})
