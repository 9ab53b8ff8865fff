"""Where two of the staff take wrong words back, and how far each act has come."""

from datetime import date, datetime, time, timedelta

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.forms.people import DayField
from common.clock import MOSCOW
from common.errors import Refusal
from common.readonly import ReadOnlyAdmin
from notifications import events
from payments.messages import APOLOGY
from payments.models import Statement, Withdrawal
from payments.services.deciding import withdrawals
from payments.services.deciding.withdrawals import Scope

ONE_DAY = timedelta(days=1)
LONGEST = 31  # days of one act: more is looked for piece by piece


def _events() -> list[tuple[str, str]]:
    codes = (one.code for one in events.known() if one.code.startswith("payments."))
    return sorted((code, events.words(code)) for code in codes if code != APOLOGY.code)


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )


class WordsForm(ReasonForm):
    """A kind of message and the Moscow days on which it was written, both included."""

    event = forms.ChoiceField(label=_("Kind of message"), choices=_events)
    since = DayField(label=_("First day"))
    until = DayField(label=_("Last day, included"))

    field_order = ["event", "since", "until", "reason"]

    def clean(self):
        found = super().clean()
        first, last = found.get("since"), found.get("until")
        if first and last and not 0 <= (last - first).days < LONGEST:
            raise ValidationError(gettext("Choose days in their order, a month at most."))
        return found


@admin.register(Withdrawal)
class WithdrawalAdmin(ReadOnlyAdmin):
    list_display = ["started_at", "what", "people", "told", "finished_at"]
    list_select_related = ["statement"]
    fields = [
        *("what", "approval", "statement", "event", "since", "until"),
        *("people", "told", "started_at", "finished_at"),
    ]
    change_list_template = "admin/payments/withdrawal/change_list.html"

    def get_urls(self):
        new = self.admin_site.admin_view(self.new_view)
        statement = self.admin_site.admin_view(self.statement_view)
        return [
            path("new/", new, name="payments_withdrawal_new"),
            path("statement/<int:pk>/", statement, name="payments_withdrawal_statement"),
            *super().get_urls(),
        ]

    @admin.display(description=_("what"))
    def what(self, row):
        return str(row)

    def changelist_view(self, request, extra_context=None):
        may = {"may_take_back": request.user.has_perm(withdrawals.PERMISSION)}
        return super().changelist_view(request, {**may, **(extra_context or {})})

    def new_view(self, request):
        """First whom it was told, then the second word."""
        form = self._form(request, WordsForm)
        scope = _scope_of(form) if form.is_valid() else None
        return self._page(request, form, scope, gettext("Take wrong words back"))

    def statement_view(self, request, pk: int):
        form = self._form(request, ReasonForm)
        scope = Scope(get_object_or_404(Statement, pk=pk))
        return self._page(request, form, scope, gettext("Take back what a statement told"))

    def _form(self, request, kind):
        if not request.user.has_perm(withdrawals.PERMISSION):
            raise PermissionDenied
        return kind(request.POST if request.method == "POST" else None)

    def _page(self, request, form, scope: Scope | None, title: str):
        if "ask" in request.POST and form.is_valid() and self._asked(request, form, scope):
            return redirect("admin:accounts_approval_changelist")
        context = self.admin_site.each_context(request) | {
            "opts": self.opts,
            "title": title,
            "form": form,
            "scope": scope,
            "preview": scope and _preview(scope),
        }
        return TemplateResponse(request, "admin/payments/withdrawal/new.html", context)

    def _asked(self, request, form, scope: Scope) -> bool:
        reason = form.cleaned_data["reason"]
        try:
            withdrawals.ask(scope=scope, actor=request.user, reason=reason)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            return False
        words = gettext("Another member of the staff decides now. Nobody has been told yet.")
        self.message_user(request, words, messages.SUCCESS)
        return True


def _scope_of(form: WordsForm) -> Scope:
    typed = form.cleaned_data
    return Scope(
        None, typed["event"], _midnight(typed["since"]), _midnight(typed["until"] + ONE_DAY)
    )


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, MOSCOW)


def _preview(scope: Scope) -> dict:
    """How many, and the words as the first of them reads them."""
    rows = withdrawals.told(scope)
    first = rows.order_by("pk").first()
    return {
        "people": withdrawals.people(rows),
        "messages": rows.count(),
        "words": gettext(APOLOGY.template) % APOLOGY.context(first.pk) if first else "",
    }
