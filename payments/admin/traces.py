"""Searches for payments: what statements should have shown by now."""

from django.contrib import admin
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from common.clock import today
from common.found_admin import FoundByPerson
from common.readonly import roubles_of
from payments import reference
from payments.admin.base import PersonalMoneyAdmin, receipts_of
from payments.models import Trace


class SearchFilter(admin.SimpleListFilter):
    title = _("what to show")
    parameter_name = "shown"

    def lookups(self, request, model_admin):
        return [("all", _("ended searches too"))]

    def choices(self, changelist):
        first, *others = super().choices(changelist)
        return [first | {"display": _("what is searched for now")}, *others]

    def queryset(self, request, queryset):
        return queryset if self.value() == "all" else queryset.open()


@admin.register(Trace)
class TraceAdmin(FoundByPerson, PersonalMoneyAdmin):
    """The oldest first. A search ends by itself when a line shows the money."""

    list_display = ["person", "application", "sum", "paid_on", "days", "way", "started_at"]
    sum = roubles_of("amount", _("sum"))
    list_display_links = ["person"]
    list_select_related = ["application__person", "charge__receipt", "till_payment__till", "claim"]
    list_filter = [SearchFilter]
    path_to_person = "application__person"
    search_help_text = _("Receipt, acquirer's number, name, phone or a number of any paper")
    fields = [
        "application",
        "sum",
        "paid_on",
        "days",
        "way",
        "charge",
        "till_payment",
        "claim",
        "started_at",
    ]

    def history_parts(self, row):
        return []  # a search never changes: it is open while its money is on its way

    def person_id_of(self, row):
        return row.application.person_id

    def by_own_numbers(self, term: str):
        by_charge = Trace.objects.filter(charge__provider_id=term).order_by()
        return [by_charge.values_list("pk"), *receipts_of(term, "charges__trace")]

    @admin.display(description=_("person"), ordering="application__person__last_name")
    def person(self, trace):
        return trace.application.person

    @admin.display(description=_("days on its way"), ordering="-paid_on")
    def days(self, trace):
        return (today() - trace.paid_on).days

    @admin.display(description=_("how it was paid"))
    def way(self, trace):
        if trace.till_payment:
            return _t("%(till)s, cheque %(cheque)s") % {
                "till": trace.till_payment.till,
                "cheque": trace.till_payment.cheque_number,
            }
        if trace.charge is None:
            return _t("on a shown cheque")
        number = reference.display(trace.charge.receipt.reference)
        return _t("by card, receipt %(receipt)s, acquirer's number %(number)s") % {
            "receipt": number,
            "number": trace.charge.provider_id,
        }
