"""Giving the money of online payments back, and putting their final states right: by two."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from common.errors import Refusal
from common.formats import roubles
from common.found_admin import FoundByPerson
from common.readonly import roubles_of
from journal.services import record_look
from payments.admin.base import PersonalMoneyAdmin, receipts_of
from payments.models import Charge, ChargeStatus, Refund
from payments.reference import display
from payments.services.charge_corrections import ask_correction
from payments.services.charges import refresh_charge
from payments.services.refunds import PERMISSION, ask_refund, why_not


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The colleague who decides reads it, and it stays in the history."),
    )


class DecidedByTwo:
    """The pages of a charge where a refund or a correction is asked for."""

    change_form_template = "admin/payments/charge/change_form.html"

    def get_urls(self):
        wrap = self.admin_site.admin_view
        return [
            path("<int:pk>/refund/", wrap(self.refund_view), name="payments_charge_refund"),
            path("<int:pk>/correct/", wrap(self.correct_view), name="payments_charge_correct"),
            path("<int:pk>/ask/", wrap(self.ask_view), name="payments_charge_ask"),
            *super().get_urls(),
        ]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        may = {"may_ask_for_money": request.user.has_perm(PERMISSION)}
        return super().change_view(request, object_id, form_url, (extra_context or {}) | may)

    def refund_view(self, request, pk):
        charge = self._looked_at(request, pk)
        lead = why_not(charge) or _t(
            "%(amount)s of receipt %(receipt)s go back the way they came. The months of this "
            "payment are then not paid. Another member of the staff decides."
        ) % {"amount": roubles(charge.amount), "receipt": display(charge.receipt.reference)}
        return self._asked(request, charge, ask_refund, _t("Ask for a refund"), lead)

    def correct_view(self, request, pk):
        charge = self._looked_at(request, pk)
        lead = _t(
            "Only by the acquirer's own paper. “Taken” becomes “not paid”, “given back” becomes "
            "“taken”. Another member of the staff decides."
        )
        return self._asked(request, charge, ask_correction, _t("Ask for a correction"), lead)

    def ask_view(self, request, pk):
        """The acquirer is asked again; money that it took counts from then on."""
        charge = self._looked_at(request, pk)
        if request.method == "POST" and charge.provider_id:
            try:
                charge = refresh_charge(charge=charge)
                messages.success(request, ChargeStatus(charge.status).label)
            except Refusal as refusal:
                messages.error(request, str(refusal))
        return redirect("admin:payments_charge_change", pk)

    def _asked(self, request, charge: Charge, ask, title: str, lead: str):
        form = ReasonForm(request.POST if request.method == "POST" else None)
        if form.is_valid() and self._is_done(request, charge, ask, form):
            messages.success(request, _t("Asked. Another member of the staff decides."))
            return redirect("admin:payments_charge_change", charge.pk)
        context = self.admin_site.each_context(request) | {
            "opts": self.opts,
            "title": title,
            "charge": charge,
            "action": request.path,
            "lead": lead,
            "form": form,
            "button": title,
        }
        return TemplateResponse(request, "admin/payments/charge/ask.html", context)

    def _is_done(self, request, charge: Charge, ask, form) -> bool:
        try:
            ask(charge=charge, actor=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            return False
        return True

    def _looked_at(self, request, pk) -> Charge:
        if not request.user.has_perm(PERMISSION):
            raise PermissionDenied
        charge = get_object_or_404(Charge.objects.select_related("receipt__person"), pk=pk)
        person_id = charge.receipt.person_id
        record_look(actor_id=request.user.pk, person_id=person_id, page="charge")
        return charge


@admin.register(Refund)
class RefundAdmin(FoundByPerson, PersonalMoneyAdmin):
    list_display = ["created_at", "person", "sum", "status", "ended_at", "reason"]
    sum = roubles_of("amount", _("sum"))
    list_select_related = ["charge__receipt__person"]
    list_filter = ["status"]
    date_hierarchy = "created_at"
    path_to_person = "charge__receipt__person"
    search_help_text = _("Number of the receipt, name, phone or a number of any paper")
    fields = [
        *("charge", "sum", "status", "reason", "approval"),
        *("provider_id", "created_at", "told_at", "ended_at"),
    ]

    def person_id_of(self, row):
        return row.charge.receipt.person_id

    def by_own_numbers(self, term: str):
        return receipts_of(term, "charges__refunds")

    @admin.display(description=_("person"), ordering="charge__receipt__person__last_name")
    def person(self, refund):
        return refund.charge.receipt.person
