"""The hotline: one page about one caller, after the caller said the code. It changes nothing."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.deaf import mark
from common.errors import Refusal
from desk import services
from desk.forms import CallerCodeForm, CallerForm
from desk.models import CallerCheck
from journal.services import record_look
from notifications.models import Message
from payments.promises import standing_told_to
from payments.sentence import sentence

MESSAGES = 10
get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@get_or_post
@never_cache
def hotline(request):
    _only_hotline(request)
    form = CallerForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            check = services.ask_caller(actor=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("admin:hotline_call", check.pk)
    return _page(request, form=form, button=_("Send a code to the person's phone"))


@get_or_post
@never_cache
def call(request, pk: int):
    """Before the code: a field for it. After it: what may be said."""
    _only_hotline(request)
    rows = CallerCheck.objects.select_related("person").filter(asked_by=request.user)
    check = get_object_or_404(rows, pk=pk)
    if services.is_talking(check, request.user):
        return _answer(request, check)
    form = CallerCodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            services.confirm_caller(check=check, actor=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("admin:hotline_call", pk)
    return _page(request, form=form, button=_("Check the code"), sent=True)


def _answer(request, check: CallerCheck):
    person = check.person
    record_look(actor_id=request.user.pk, person_id=person.pk, page="hotline")
    rows = Message.objects.of(person.pk).order_by("-pk")[:MESSAGES]
    said, phones = sentence(standing_told_to(person)), mark(person.phones.current())
    return _page(request, said=said, rows=rows, language=person.language, phones=phones)


def _only_hotline(request) -> None:
    if not request.user.has_perm("desk.add_callercheck"):
        raise PermissionDenied


def _page(request, **context):
    common = {**admin.site.each_context(request), "title": _("Hotline: a call")}
    return TemplateResponse(request, "admin/hotline.html", common | context)
