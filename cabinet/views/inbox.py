from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.owner import person_of
from notifications.models import Message


@require_safe
def messages(request: HttpRequest) -> HttpResponse:
    rows = Message.objects.of(person_of(request).pk).exclude(text="")
    return render(request, "cabinet/messages.html", {"rows": rows[:100]})
