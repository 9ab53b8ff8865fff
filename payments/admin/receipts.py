"""Receipts and online payments."""

from django.contrib import admin, messages
from django.db.models import F, OuterRef, Subquery
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from common.found_admin import FoundByPerson
from common.readonly import roubles_of
from payments import reference
from payments.admin.base import PersonalMoneyAdmin, form_for, is_done, receipts_of
from payments.admin.refunds import DecidedByTwo
from payments.claim_forms import CancelForm
from payments.models import Charge, Placement, Receipt
from payments.services.papers.cancellations import cancel_receipt, why_not_cancelled


@admin.register(Receipt)
class ReceiptAdmin(FoundByPerson, PersonalMoneyAdmin):
    list_display = [
        "shown_reference",
        "person",
        "application",
        "months",
        "sum",
        "status",
        "formed_on",
        "posted_on",
    ]
    sum = roubles_of("amount", _("sum"))
    list_select_related = ["person", "application"]
    list_filter = ["status"]
    ordering = ["-formed_on", "-pk"]
    search_help_text = _("Receipt, name, phone or a number of any paper")
    date_hierarchy = "formed_on"
    exclude = ["snapshot"]

    def person_id_of(self, row):
        return row.person_id

    def by_own_numbers(self, term: str):
        return receipts_of(term, "pk")

    @admin.display(description=_("number"), ordering="reference")
    def shown_reference(self, receipt):
        return reference.display(receipt.reference)

    def get_urls(self):
        view = self.admin_site.admin_view(self.cancel_view)
        return [
            path("<int:pk>/cancel/", view, name="payments_receipt_cancel"),
            *super().get_urls(),
        ]

    def cancel_view(self, request, pk):
        """Asks for the reason, which the person reads; a paid receipt only says why not."""
        receipt = self.row_for(request, pk, "payments.change_receipt")
        form = form_for(request, CancelForm)
        if is_done(form, cancel_receipt, receipt=receipt, actor=request.user):
            messages.success(request, _t("The receipt is cancelled. The person reads why."))
            return redirect("admin:payments_receipt_change", receipt.pk)
        return self.page(
            request,
            "admin/payments/receipt/cancel.html",
            title=_t("Cancel receipt %s") % reference.display(receipt.reference),
            receipt=receipt,
            refusal=why_not_cancelled(receipt),
            form=form,
        )


class QuestionFilter(admin.SimpleListFilter):
    """Online payments about which staff must do something."""

    title = _("what to show")
    parameter_name = "shown"

    def lookups(self, request, model_admin):
        return [
            ("twice", _("paid twice")),
            ("endless", _("without an end for a day")),
            ("posted", _("given back, and received by the Treasury, too")),
        ]

    def queryset(self, request, queryset):
        chosen = {
            "twice": queryset.paid_twice,
            "endless": queryset.endless,
            "posted": queryset.posted_though_refunded,
        }
        return chosen.get(self.value(), queryset.all)()


@admin.register(Charge)
class ChargeAdmin(DecidedByTwo, FoundByPerson, PersonalMoneyAdmin):
    list_display = [
        *("created_at", "receipt", "person", "sum", "method"),
        *("status", "captured_at", "posted"),
    ]
    sum = roubles_of("amount", _("sum"))
    list_select_related = ["receipt__person"]
    list_filter = [QuestionFilter, "status", "method"]
    search_help_text = _("Acquirer's number, receipt, name, phone or a number of any paper")
    path_to_person = "application__person"
    date_hierarchy = "created_at"
    fields = [
        *("receipt", "sum", "method", "first_month", "last_month"),
        *("payers", "status", "captured_at", "reason", "correction"),
        *("left_at", "is_second", "settled_at"),
        *("provider_id", "idempotence_key", "created_at"),
    ]

    def get_queryset(self, request):
        current = Placement.objects.current().filter(charge=OuterRef("pk"))
        posted = Subquery(current.values("line__posted_on")[:1])
        return super().get_queryset(request).annotate(posted_on=posted)

    def person_id_of(self, row):
        return row.receipt.person_id

    def by_own_numbers(self, term: str):
        named = Charge.objects.filter(provider_id=term).values_list("pk")
        return [named, *receipts_of(term, "charges")]

    @admin.display(description=_("person"), ordering="receipt__person__last_name")
    def person(self, charge):
        return charge.receipt.person

    @admin.display(description=_("posted on"), ordering=F("posted_on"))
    def posted(self, charge):
        return charge.posted_on
