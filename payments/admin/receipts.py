"""Receipts and online payments."""

from django.contrib import admin
from django.db.models import F, OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from common.readonly import roubles_of
from patents.found_admin import FoundByPapers
from payments import reference
from payments.admin.base import PersonalMoneyAdmin, receipts_of
from payments.models import Charge, Placement, Receipt


@admin.register(Receipt)
class ReceiptAdmin(FoundByPapers, PersonalMoneyAdmin):
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
    search_fields = ["reference"]
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


@admin.register(Charge)
class ChargeAdmin(FoundByPapers, PersonalMoneyAdmin):
    list_display = ["created_at", "receipt", "person", "sum", "status", "captured_at", "posted"]
    sum = roubles_of("amount", _("sum"))
    list_select_related = ["receipt__person"]
    list_filter = ["status"]
    search_fields = ["provider_id"]
    search_help_text = _("Acquirer's number, receipt, name, phone or a number of any paper")
    path_to_person = "receipt__person"
    date_hierarchy = "created_at"
    fields = [
        *("receipt", "sum", "status", "captured_at", "reason"),
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
