"""Giving the money of online payments back, and putting their final states right: by two."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from accounts.forms.people import DayField
from common.errors import Refusal
from common.formats import roubles
from common.found_admin import FoundByPerson
from common.readonly import roubles_of
from journal.services import record_look
from payments.admin.base import PersonalMoneyAdmin, form_for, is_done, receipts_of
from payments.models import Charge, ChargeStatus, Refund
from payments.reference import display
from payments.services.online.charge_corrections import ask_correction
from payments.services.online.charges import refresh_charge
from payments.services.online.endings import ask_end, ask_end_refund, ask_settled
from payments.services.online.refunds import PERMISSION, ask_refund, why_not

ASKING = "admin/payments/charge/ask.html"


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The colleague who decides reads it, and it stays in the history."),
    )


class EndForm(ReasonForm):
    """How an online payment that nobody hears of has ended."""

    taken_on = DayField(
        label=_("Day on which the acquirer took the money, by its paper"),
        required=False,
        help_text=_("Empty: no money was taken."),
    )


class EndRefundForm(ReasonForm):
    given = forms.TypedChoiceField(
        label=_("What the acquirer's paper says"),
        choices=[("yes", _("given back")), ("no", _("not given back"))],
        coerce=lambda said: said == "yes",
    )


class DecidedByTwo:
    """The pages of a charge where a refund, a correction or an end is asked for."""

    change_form_template = "admin/payments/charge/change_form.html"

    def get_urls(self):
        wrap = self.admin_site.admin_view
        return [
            path("<int:pk>/refund/", wrap(self.refund_view), name="payments_charge_refund"),
            path("<int:pk>/correct/", wrap(self.correct_view), name="payments_charge_correct"),
            path("<int:pk>/end/", wrap(self.end_view), name="payments_charge_end"),
            path("<int:pk>/settle/", wrap(self.settle_view), name="payments_charge_settle"),
            path("<int:pk>/ask/", wrap(self.ask_view), name="payments_charge_ask"),
            *super().get_urls(),
        ]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        one = Charge.objects.filter(pk=object_id)
        may = {
            "may_ask_for_money": request.user.has_perm(PERMISSION),
            "is_endless": one.endless().exists(),
            "is_twice": one.paid_twice().exists(),
            "is_posted_too": one.posted_though_refunded().exists(),
        }
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

    def end_view(self, request, pk):
        charge = self._looked_at(request, pk)
        lead = _t(
            "The acquirer has said nothing of this payment for more than a day. First ask it "
            "again, then write to it. End the payment only by its own paper. Another member of "
            "the staff decides."
        )
        return self._asked(request, charge, ask_end, _t("End the payment"), lead, EndForm)

    def settle_view(self, request, pk):
        charge = self._looked_at(request, pk)
        lead = _t(
            "Money came twice. Say what becomes of it: the person wants it for the next months, or "
            "it was asked back from the tax office. Then it leaves the list. Another member of "
            "the staff decides."
        )
        return self._asked(request, charge, ask_settled, _t("Close the question"), lead)

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

    def _asked(self, request, charge: Charge, ask, title: str, lead: str, asking=ReasonForm):
        form = form_for(request, asking)
        if is_done(form, ask, charge=charge, actor=request.user):
            return _to_the_colleague(request, charge)
        return self.page(request, ASKING, charge=charge, form=form, **_said(request, title, lead))

    def _looked_at(self, request, pk) -> Charge:
        if not request.user.has_perm(PERMISSION):
            raise PermissionDenied
        charge = get_object_or_404(Charge.objects.select_related("receipt__person"), pk=pk)
        person_id = charge.receipt.person_id
        record_look(actor_id=request.user.pk, person_id=person_id, page="charge")
        return charge


class EndlessFilter(admin.SimpleListFilter):
    title = _("what to show")
    parameter_name = "shown"

    def lookups(self, request, model_admin):
        return [("endless", _("without an end for a day"))]

    def queryset(self, request, queryset):
        return queryset.endless() if self.value() == "endless" else queryset


@admin.register(Refund)
class RefundAdmin(FoundByPerson, PersonalMoneyAdmin):
    change_form_template = "admin/payments/refund/change_form.html"
    list_display = ["created_at", "person", "sum", "status", "ended_at", "reason"]
    sum = roubles_of("amount", _("sum"))
    list_select_related = ["charge__receipt__person"]
    list_filter = [EndlessFilter, "status"]
    date_hierarchy = "created_at"
    path_to_person = "charge__receipt__person"
    search_help_text = _("Number of the receipt, name, phone or a number of any paper")
    fields = [
        *("charge", "sum", "status", "reason", "approval"),
        *("provider_id", "created_at", "told_at", "ended_at"),
    ]

    def get_urls(self):
        view = self.admin_site.admin_view(self.end_view)
        return [path("<int:pk>/end/", view, name="payments_refund_end"), *super().get_urls()]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        is_endless = Refund.objects.endless().filter(pk=object_id).exists()
        may = {"may_end": is_endless and request.user.has_perm(PERMISSION)}
        return super().change_view(request, object_id, form_url, (extra_context or {}) | may)

    def end_view(self, request, pk):
        """Asks a colleague to end a refund that nobody hears of."""
        refund, form = self.row_for(request, pk, PERMISSION), form_for(request, EndRefundForm)
        if is_done(form, ask_end_refund, refund=refund, actor=request.user):
            return _to_the_colleague(request, refund)
        lead = _t("Only by the acquirer's own paper. Another member of the staff decides.")
        said = _said(request, _t("End the refund"), lead)
        return self.page(request, ASKING, charge=refund.charge, form=form, **said)

    def person_id_of(self, row):
        return row.charge.receipt.person_id

    def by_own_numbers(self, term: str):
        return receipts_of(term, "charges__refunds")

    @admin.display(description=_("person"), ordering="charge__receipt__person__last_name")
    def person(self, refund):
        return refund.charge.receipt.person


def _said(request, title: str, lead: str) -> dict:
    return {"title": title, "button": title, "lead": lead, "action": request.path}


def _to_the_colleague(request, row: Charge | Refund):
    messages.success(request, _t("Asked. Another member of the staff decides."))
    return redirect(f"admin:payments_{row._meta.model_name}_change", row.pk)
