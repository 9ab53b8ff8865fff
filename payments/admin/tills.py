"""The tills, edited by staff, and everything they took, read only."""

from django.contrib import admin
from django.db.models import Q
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from common.found_admin import FoundByPerson
from common.readonly import roubles_of
from common.staff_lists import StaffList
from journal.history_pages import HistoryIsShown
from payments.admin.base import PersonalMoneyAdmin, receipts_of
from payments.models import Till, TillPayment
from payments.reference import display


@admin.register(Till)
class TillAdmin(HistoryIsShown, StaffList, admin.ModelAdmin):
    list_display = ["name", "register_number", "is_open"]

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(TillPayment)
class TillPaymentAdmin(FoundByPerson, PersonalMoneyAdmin):
    list_display = ["taken_on", "till", "cheque_number", "person", "number", "sum", "recorded_by"]
    list_select_related = ["till", "receipt__person", "recorded_by"]
    list_filter = ["till"]
    path_to_person = "receipt__person"
    search_help_text = _("Cheque, receipt, name, phone or a number of any paper")
    date_hierarchy = "taken_on"
    sum = roubles_of("amount", _("sum"))
    fields = [
        *("till", "cheque_number", "fiscal_sign", "taken_on", "receipt", "sum"),
        *("recorded_by", "recorded_at", "corrects", "approval", "correction"),
    ]

    def history_parts(self, row):
        return []  # an entry never changes

    def person_id_of(self, row):
        return row.receipt and row.receipt.person_id

    def by_own_numbers(self, term: str):
        rows = TillPayment.objects.order_by()
        named = rows.filter(Q(cheque_number=term) | Q(fiscal_sign=term)).values_list("pk")
        return [named, *receipts_of(term, "till_payments")]

    @admin.display(description=_("person"), ordering="receipt__person__last_name")
    def person(self, row):
        return row.receipt and row.receipt.person

    @admin.display(description=_("receipt"), ordering="receipt__reference")
    def number(self, row):
        return row.receipt and display(row.receipt.reference)

    @admin.display(description=_("if it is wrong"))
    def correction(self, row):
        address = reverse("admin:till_correct", args=[row.pk])
        return format_html('<a href="{}">{}</a>', address, gettext("Correct the record"))
