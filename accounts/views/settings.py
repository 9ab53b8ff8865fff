"""«Настройки»: which words, by which way, about what; and the link of a letter that stops it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from accounts import kinds, services
from accounts.contacts import contacts_of
from accounts.forms.settings import SettingsForm
from accounts.owner import person_of
from accounts.views.steps import get_or_post
from notifications import letters
from notifications.models import Channel


@get_or_post
@never_cache
def settings(request):
    person = person_of(request)
    typed = request.POST if request.method == "POST" else None
    form = SettingsForm(person, services.wishes_of(person), typed)
    if form.is_valid():
        services.choose_settings(person=person, **form.chosen())
        messages.success(request, _("The settings are saved."))
        return redirect("accounts:settings")
    context = {"form": form, "contacts": contacts_of(person)}
    return render(request, "accounts/settings.html", context)


@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request, token):
    """The link of a letter. A mail program POSTs it without a session, as RFC 8058 says; opening
    the page changes nothing, for scanners of letters open every link."""
    try:
        person_id, topic = letters.read_link(token)
    except ValueError:
        return render(request, "accounts/unsubscribe.html")
    again, done = "again" in request.POST, request.method == "POST"
    if done:
        kind = kinds.LETTERS_AGAIN if again else kinds.LETTERS_STOPPED
        wishes = {(topic, Channel.EMAIL): again}
        services.choose_topics(person_id=person_id, wishes=wishes, kind=kind)
    context = {"topic": topic.label, "token": token, "done": done, "again": again}
    return render(request, "accounts/unsubscribe.html", context)
